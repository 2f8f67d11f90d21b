/* bars.h - horizontal bars under each other, each with its label at the left and its number at the
 * right. A bar is one length or a whole of parts that have steps, lowest first: a step is told by
 * the height of its part, by its ground (empty, light, hatched, full) and by the legend's words, so
 * that no colour has to be known. What is only possible has a dashed edge. */
#pragma once

#include "report/block.h"

typedef struct {
    double value;
    guint step;       /* 0 .. Bars.steps: 0 is none */
    gboolean is_open; /* only possible */
    char *text;       /* in the part, where it has room */
} BarPart;

typedef struct {
    char *label, *detail, *value; /* detail: a line under the label; NULL if none */
    Mark mark;                    /* before the label */
    GArray *parts;                /* of BarPart, left to right */
} Bar;

typedef struct {
    Figure figure;
    GArray *bars;      /* of Bar */
    GPtrArray *legend; /* of char *: of each step, from 0 on; empty for none */
    char *open_legend; /* what a dashed edge means; NULL if nothing has one */
    guint steps;
    double most;   /* the value that is as long as can be; 0: that of the longest bar */
    double labels; /* the labels' part of the width */
} Bars;

/* No bars yet; given to blocks_figure(), which frees it. */
Bars *bars_new(guint steps, double most);
void bars_legend(Bars *bars, const char *text);
void bars_open_legend(Bars *bars, const char *text);
void bars_add(Bars *bars, Mark mark, const char *label, const char *detail, const char *value);
/* Of the last bar. */
void bars_part(Bars *bars, double value, guint step, gboolean is_open, const char *text);

/* Take all bars from the n-th on out, into bars of the same scale without a legend; NULL if there
 * are no more than so many. The rest's first bars may be cut off again. */
Bars *bars_rest(Bars *bars, guint n);

/* The ground of a step in a box that is as high as the whole bar. */
void bars_draw_step(Canvas *canvas, const Theme *theme, Box box, guint step, guint steps,
                    gboolean is_open);
