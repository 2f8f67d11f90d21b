/* bins.h - the fixed bins that scores and indicators are counted in, so that counts of two cohorts
 * can be added and subtracted. A score lies in a bin of 1 %: from its lower edge up to, but
 * without, the next one; 100 % is a bin of its own. Numbers are millionths of what a questionnaire
 * shows (a percent answer: of a percent point) and lie in a hundred equal bins of their range, with
 * one bin below and one above, or, where no range is known or it says little, in bins of two
 * leading digits: 1.2, 120 and 0.00012 are lower edges. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"

enum {
    SCORE_BINS = 101,
    LINE_BINS = 102,
    DIGIT_MAGNITUDES = 9 + 17 * 90, /* 1 to 9 millionths, then powers of ten up to 10^12 */
    DIGIT_BINS = 2 * DIGIT_MAGNITUDES + 1
};

typedef struct {
    gboolean is_line;   /* a range in equal parts */
    gint64 least, most; /* of a line */
    double scale;       /* bins a millionth, nearly */
} Bins;

/* The bins of a number or percent question. A line from `worst` to `best`, or from `min` to `max`
 * of a percent question if they are not more than 100 points apart. */
Bins bins_of(const Question *question);
guint bins_number(const Bins *bins);
/* Where a number lies, and the lowest number of a bin. Exact. The first bin of a line has no lower
 * edge: it is given as the range's. */
guint bins_find(const Bins *bins, gint64 millionths);
gint64 bins_edge(const Bins *bins, guint bin);
/* The bin of a score in millionths of a whole of `best` millionths; below 0 the first, above the
 * best the last. */
guint bins_score(gint64 millionths, gint64 best);

/* How many are counted; the bin in which the one of rank ceil(total * part / 1000) lies, counted
 * from 1: 500 is the median. 0 of nothing. Numbers below 0, those withheld, count as none. */
gint64 bins_total(const gint64 *counts, guint n);
guint bins_quantile(const gint64 *counts, guint n, guint per_mille);
