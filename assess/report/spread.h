/* spread.h - how values are spread, a line each: from the lowest tenth to the highest a thin line,
 * the middle half a box, the median a notch; the numbers stand at the right. One company may be
 * marked in it, by a range. */
#pragma once

#include "report/block.h"

typedef struct {
    char *label, *detail, *value;
    double tenth, quarter, median, three_quarters, nine_tenths; /* 0 .. 1 of the axis */
    gboolean is_known, has_own;
    double own_low, own_high;
} SpreadRow;

typedef struct {
    Figure figure;
    GArray *rows;             /* of SpreadRow */
    char *half, *range, *own; /* of the legend; own is NULL where no company is marked */
    char *first, *last;       /* under the axis's ends; NULL: none */
} Spread;

/* No rows yet; given to blocks_figure(), which frees it. */
Spread *spread_new(const char *half, const char *range, const char *own);
void spread_axis(Spread *spread, const char *first, const char *last);
/* The texts are copied, the rest is taken from `row`. */
void spread_add(Spread *spread, const SpreadRow *row);
