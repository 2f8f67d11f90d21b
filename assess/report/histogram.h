/* histogram.h - how many there are from 0 to 100 %, in columns: what is certain is solid, what is
 * possible has a dashed edge beside it; numbers stand over the columns. Marks under the axis name
 * single values or ranges. */
#pragma once

#include "report/block.h"

typedef struct {
    double certain, possible;
    char *text; /* over the column; NULL for none */
} HistogramColumn;

typedef struct {
    double from, to; /* 0 .. 1; equal for one value */
    char *label;
} HistogramMark;

typedef struct {
    Figure figure;
    GArray *columns;          /* of HistogramColumn, of equal width */
    GArray *marks;            /* of HistogramMark */
    char *certain, *possible; /* of the legend */
} Histogram;

/* No columns yet; given to blocks_figure(), which frees it. */
Histogram *histogram_new(const char *certain, const char *possible);
void histogram_add(Histogram *histogram, double certain, double possible, const char *text);
void histogram_mark(Histogram *histogram, double from, double to, const char *label);
