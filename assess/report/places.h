/* places.h - what people fill in by hand on paper: places for seals and signatures, side by side,
 * and room to write. */
#pragma once

#include "report/block.h"

typedef struct {
    char *title;    /* who seals or signs */
    char *lines[2]; /* what is written under it: name, date; NULL for none */
} Seal;

typedef struct {
    Figure figure;
    char *hint;
    GArray *seals; /* of Seal */
} Seals;

/* No places yet; `hint` is what stands in each where the seal goes. Given to blocks_figure(), which
 * frees it. */
Seals *seals_new(const char *hint);
void seals_add(Seals *seals, const char *title, const char *first, const char *second);

typedef struct {
    Figure figure;
    char *text;
    guint lines;
} Room;

/* A frame with what is to be written there, and `lines` empty lines. */
Room *room_new(const char *text, guint lines);
