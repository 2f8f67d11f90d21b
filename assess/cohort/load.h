/* load.h - a chunk on its way: what goes in as text comes out as rows of results.csv and
 * rejects.csv. Its memory is used again for the next one. */
#pragma once

#include "cohort/chunk.h"

typedef struct {
    Chunk chunk;
    guint epoch;      /* of a checkpoint */
    GString *results; /* rows */
    GString *rejects;
    guint64 graded, rejected;
    char *fault; /* why the text cannot be read on behind these rows; NULL: it can */
} Load;

/* Free with load_free(). */
Load *load_new(void);
void load_free(Load *load);
/* Empty, but for the chunk. */
void load_clear(Load *load);
