/* statistics.h - fills the tallies of a cohort from graded blocks, column by column: see
 * cohort/tallies.h for what is counted. Exact and cheap; adding rows and taking them out again
 * leaves nothing behind. */
#pragma once

#include "cohort/tallies.h"
#include "rules/block_grade.h"

/* Count the rows of a block, graded under the plan of `statistics`: those that are not dropped and
 * for which `keep` is not 0 (NULL: all). `sign` is 1, or -1 to take out rows that were counted
 * before. */
void statistics_add(Statistics *statistics, const Block *block, const Grades *grades,
                    const guint8 *keep, int sign);

/* 128 bits that are equal for rows with equal answers to all questions, fields, dates of no
 * question and remarks aside, and for no others that anybody will meet. */
typedef struct {
    guint64 high, low;
} Fingerprint;

/* Of every row of a block; both parts 0 for a row with fewer than COHORT_FINGERPRINT_LEAST answers,
 * which is not to be compared. The same on every machine. */
void statistics_fingerprints(const Block *block, Fingerprint *fingerprints);
