#include "cohort/bins.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static Question percent_from(int min, int max)
{
    Question question = { .type = QUESTION_PERCENT, .has_min = TRUE, .has_max = TRUE };

    question.min = rational_ratio(min, 100);
    question.max = rational_ratio(max, 100);
    return question;
}

Test(bins, cut_a_range_into_a_hundred_parts)
{
    Question question = percent_from(0, 100);
    Bins bins = bins_of(&question);
    static const struct {
        gint64 number;
        guint bin;
    } CASES[] = { { -1, 0 },          { 0, 1 },           { 999999, 1 },     { 1000000, 2 },
                  { 28999999, 29 },   { 29000000, 30 },   { 99999999, 100 }, { 100000000, 100 },
                  { 100000001, 101 }, { G_MAXINT64, 101 } };

    cr_assert(bins.is_line);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        cr_assert_eq(bins_find(&bins, CASES[i].number), CASES[i].bin, "%ld", (long)CASES[i].number);
}

Test(bins, follow_leading_digits_where_a_range_says_little)
{
    Question wide = percent_from(-100, 10000), open = { .type = QUESTION_NUMBER };
    Bins bins = bins_of(&wide), other = bins_of(&open);
    gint64 before = -G_GINT64_CONSTANT(999999999999999999);

    cr_assert_not(bins.is_line);
    cr_assert_not(other.is_line);
    for (guint i = 1; i < DIGIT_BINS; i++) { /* every edge opens its bin */
        gint64 edge = bins_edge(&bins, i);

        if (edge > 0) {
            cr_assert_eq(bins_find(&bins, edge), i, "%u", i);
            cr_assert_eq(bins_find(&bins, edge - 1), i - 1, "%u", i);
        } else if (edge < 0) { /* mirrored: the edge is the one nearer to zero */
            cr_assert_eq(bins_find(&bins, edge), i, "%u", i);
        }
        cr_assert_gt(edge, before);
        before = edge;
    }
    cr_assert_eq(bins_edge(&bins, bins_find(&bins, 123456789)), 120000000);
    cr_assert_eq(bins_edge(&bins, bins_find(&bins, -99)), -99);
}

Test(bins, count_scores_in_whole_percents)
{
    static const struct {
        gint64 score, best;
        guint bin;
    } CASES[] = { { -5, 1000000, 0 },
                  { 0, 1000000, 0 },
                  { 289999, 1000000, 28 },
                  { 290000, 1000000, 29 },
                  { 999999, 1000000, 99 },
                  { 1000000, 1000000, 100 },
                  { 7, 7, 100 },
                  { 1, 3, 33 },
                  { 29, 100, 29 },
                  { 34500000, 60000000, 57 },
                  { 3, 0, 0 } };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        cr_assert_eq(bins_score(CASES[i].score, CASES[i].best), CASES[i].bin, "%ld of %ld",
                     (long)CASES[i].score, (long)CASES[i].best);
}

Test(bins, find_quantiles_by_rank)
{
    gint64 counts[SCORE_BINS] = { [10] = 1, [20] = 2, [90] = 1 };

    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 250), 10);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 251), 20);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 500), 20);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 750), 20);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 1000), 90);
    counts[10] = counts[20] = counts[90] = 0;
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 500), 0);
}

Test(bins, count_what_is_withheld_as_none)
{
    gint64 counts[SCORE_BINS] = { [5] = -1, [10] = 2, [15] = -1, [20] = 2 };

    cr_assert_eq(bins_total(counts, SCORE_BINS), 4);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 500), 10);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 501), 20);
    cr_assert_eq(bins_quantile(counts, SCORE_BINS, 1000), 20);
}
