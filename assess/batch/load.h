/* load.h - what comes of a chunk: rows of results.csv and rejects.csv, and of each row what is kept
 * of it. Its memory is used again for the next chunk. */
#pragma once

#include "batch/ledger.h"

/* Of a row of rejects.csv. */
typedef struct {
    guint64 record, length;
} Rejected;

typedef struct {
    guint epoch;                /* of a checkpoint */
    GString *results, *rejects; /* rows */
    GArray *companies;          /* of Company: one a row of results */
    GArray *rejected;           /* of Rejected: one a row of rejects */
    GArray *left_out;           /* of LeftOut: rows to be taken out of the numbers again */
    guint64 filtered;           /* rows that are not wanted */
    char *fault;                /* why the text cannot be read on behind these rows; NULL: it can */
} Load;

/* Free with load_free(). */
Load *load_new(void);
void load_free(Load *load);
/* Empty, but for the epoch and who is left out. */
void load_clear(Load *load);
