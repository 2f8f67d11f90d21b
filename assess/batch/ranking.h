/* ranking.h - rank.csv: who is within a quota. The companies of results.csv are put in order by
 * what is certain: the level held, the low end of the score, the level still possible, the high end
 * of the score; equal ones share a place. The cut is what the company in the last place of the
 * quota has.
 *   place                      1 is the best; equal ones share one, and the next ones are left out
 *   company, uscc, level, level_possible, score_low, score_high, record     as in results.csv
 *   mark                       "tied at the cut": all that have what the last place of the quota
 *                              has, if they are more than its places; "undetermined": is below the
 *                              cut, and could be above it once its blanks are answered. These come
 *                              last, without a place, in the order of results.csv */
#pragma once

#include "rubric/rubric.h"

#define RANKING_FILE "rank.csv"

typedef struct {
    guint64 companies; /* in results.csv */
    guint64 listed;    /* within the quota, or tied at its cut */
    guint64 tied;      /* at the cut; 0 if the quota comes out even */
    guint64 undetermined;
} RankingCount;

/* Write `folder`/rank.csv from its results.csv. `quota` is 1 to PODIUM_PLACES. FALSE and
 * FILE_IO_ERROR. */
gboolean ranking_write(const char *folder, const Rubric *rubric, guint quota, gboolean has_mark,
                       RankingCount *count, GError **error);

/* Two decimals as results.csv has them, of any length: below 0 if the first is less. Blank is less
 * than any. */
int ranking_compare(const char *a, const char *b);
