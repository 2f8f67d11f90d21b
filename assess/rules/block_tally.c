#include "rules/block_tally.h"

#include <string.h>

enum { PART_LIMIT = G_MAXUINT8 }; /* questions that a byte counts */
enum { PAIR_OUTSIDE = 1, PAIR_WITH = 2, PAIR_WITHOUT = 4 };

static guint options_of(const Rubric *rubric, int question)
{
    return RUBRIC_QUESTION(rubric, question)->options->len;
}

static OptionTest *tests_of(const Rubric *rubric, const GArray *cells, Operator op)
{
    OptionTest *tests = g_new(OptionTest, MAX(cells->len, 1));

    for (guint i = 0; i < cells->len; i++) {
        const Cell *cell = &g_array_index(cells, Cell, i);

        tests[i] = option_test(op, (guint)cell->option, options_of(rubric, cell->question));
    }
    return tests;
}

static int *questions_of(const GArray *cells)
{
    int *questions = g_new(int, MAX(cells->len, 1));

    for (guint i = 0; i < cells->len; i++)
        questions[i] = g_array_index(cells, Cell, i).question;
    return questions;
}

BlockTally *block_tally_new(const Rubric *rubric, const Node *node)
{
    BlockTally *tally = g_new0(BlockTally, 1);

    tally->n = node->cells->len;
    tally->questions = questions_of(node->cells);
    tally->tests = tests_of(rubric, node->cells, node->op);
    tally->part = rows_new(1);
    tally->sure = rows_new(sizeof(guint16));
    tally->possible = rows_new(sizeof(guint16));
    tally->applicable = rows_new(sizeof(guint16));
    return tally;
}

void block_tally_free(BlockTally *tally)
{
    if (!tally)
        return;
    g_free(tally->questions);
    g_free(tally->tests);
    g_aligned_free(tally->part);
    g_aligned_free(tally->sure);
    g_aligned_free(tally->possible);
    g_aligned_free(tally->applicable);
    g_free(tally);
}

static gboolean has_gaps(const ReadColumn *column)
{
    return column->has_blank || column->has_none;
}

/* How many rows of a state there are among the questions that `counts` says; into `sum`. */
static void count_state(const BlockReading *reading, const int *questions, guint n, guint8 state,
                        const gboolean *counts, guint8 *part, guint16 *sum)
{
    guint pending = 0;

    for (guint i = 0; i < n; i++) {
        const ReadColumn *column = &reading->of[questions[i]];

        if ((counts && !counts[i]) || !(state == READ_NONE ? column->has_none : column->has_blank))
            continue;
        rows_count_state(column->state, state, part);
        if (++pending % PART_LIMIT == 0)
            rows_move(part, sum);
    }
    if (pending % PART_LIMIT != 0)
        rows_move(part, sum);
}

static void count_applicable(const BlockReading *reading, const int *questions, guint n,
                             guint8 *part, guint16 *applicable)
{
    guint16 none[BLOCK_ROWS] = { 0 };

    count_state(reading, questions, n, READ_NONE, NULL, part, none);
    rows_subtract16((guint16)n, none, applicable);
}

static void count_sure(BlockTally *tally, const BlockReading *reading)
{
    memset(tally->sure, 0, BLOCK_ROWS * sizeof *tally->sure);
    for (guint i = 0; i < tally->n; i++) {
        const ReadColumn *column = &reading->of[tally->questions[i]];

        if (has_gaps(column))
            rows_count_answered(column->state, column->option, tally->tests[i], tally->part);
        else
            rows_count(column->option, tally->tests[i], tally->part);
        if (i % PART_LIMIT == PART_LIMIT - 1)
            rows_move(tally->part, tally->sure);
    }
    rows_move(tally->part, tally->sure);
}

void block_tally_count(BlockTally *tally, const BlockReading *reading)
{
    gboolean sure[RUBRIC_QUESTIONS_LIMIT], open[RUBRIC_QUESTIONS_LIMIT];

    for (guint i = 0; i < tally->n; i++) {
        sure[i] = tally->tests[i].blank == TRUTH_TRUE;
        open[i] = tally->tests[i].blank == TRUTH_UNKNOWN;
    }
    count_sure(tally, reading);
    count_state(reading, tally->questions, tally->n, READ_BLANK, sure, tally->part, tally->sure);
    memcpy(tally->possible, tally->sure, BLOCK_ROWS * sizeof *tally->sure);
    count_state(reading, tally->questions, tally->n, READ_BLANK, open, tally->part,
                tally->possible);
    count_applicable(reading, tally->questions, tally->n, tally->part, tally->applicable);
}

ROWS_LOOP static void judge_any(const guint16 *restrict applicable, const guint16 *restrict sure,
                                const guint16 *restrict possible, guint8 *restrict truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint16 either = (guint16)((sure[i] > 0 ? 1 : 0) + (possible[i] > 0 ? 1 : 0));

        truth[i] = (guint8)(applicable[i] == 0 ? TRUTH_NONE : either);
    }
}

ROWS_LOOP static void judge_all(const guint16 *restrict applicable, const guint16 *restrict sure,
                                const guint16 *restrict possible, guint8 *restrict truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint16 every =
            (guint16)((sure[i] >= applicable[i] ? 1 : 0) + (possible[i] >= applicable[i] ? 1 : 0));

        truth[i] = (guint8)(applicable[i] == 0 ? TRUTH_NONE : every);
    }
}

/* TRUTH_TRUE is what is sure and possible, TRUTH_UNKNOWN what is possible alone. */
void block_tally_judge(const BlockTally *tally, gboolean any, guint8 *truth)
{
    (any ? judge_any : judge_all)(tally->applicable, tally->sure, tally->possible, truth);
}

/* ---- pairs ---- */

static gboolean holds(OptionTest test, guint option)
{
    guint8 at = (guint8)(option - test.from);

    return (at <= test.more ? test.inside : test.outside) == TRUTH_TRUE;
}

static guint8 outcomes(OptionTest first, OptionTest second, guint n_options)
{
    guint8 can = 0;

    for (guint option = 0; option < n_options; option++)
        can |= !holds(second, option) ? PAIR_OUTSIDE
               : holds(first, option) ? PAIR_WITH
                                      : PAIR_WITHOUT;
    return can;
}

BlockPair *block_pair_new(const Rubric *rubric, const Node *node)
{
    BlockPair *pair = g_new0(BlockPair, 1);
    guint16 **const sums[] = { &pair->can_with,     &pair->must_with,   &pair->can_without,
                               &pair->must_without, &pair->must_inside, &pair->applicable };

    pair->n = node->cells->len;
    pair->questions = questions_of(node->cells);
    pair->first = tests_of(rubric, node->cells, node->op);
    pair->second = tests_of(rubric, node->cells2, node->op2);
    pair->can = g_new0(guint8, MAX(pair->n, 1));
    for (guint i = 0; i < pair->n; i++)
        pair->can[i] =
            outcomes(pair->first[i], pair->second[i], options_of(rubric, pair->questions[i]));
    pair->part = rows_new(1);
    pair->part2 = rows_new(1);
    for (guint i = 0; i < G_N_ELEMENTS(sums); i++)
        *sums[i] = rows_new(sizeof(guint16));
    return pair;
}

void block_pair_free(BlockPair *pair)
{
    if (!pair)
        return;
    g_free(pair->questions);
    g_free(pair->first);
    g_free(pair->second);
    g_free(pair->can);
    g_aligned_free(pair->part);
    g_aligned_free(pair->part2);
    g_aligned_free(pair->can_with);
    g_aligned_free(pair->must_with);
    g_aligned_free(pair->can_without);
    g_aligned_free(pair->must_without);
    g_aligned_free(pair->must_inside);
    g_aligned_free(pair->applicable);
    g_free(pair);
}

static void count_answered(BlockPair *pair, const BlockReading *reading)
{
    memset(pair->must_with, 0, BLOCK_ROWS * sizeof *pair->must_with);
    memset(pair->must_without, 0, BLOCK_ROWS * sizeof *pair->must_without);
    for (guint i = 0; i < pair->n; i++) {
        const ReadColumn *column = &reading->of[pair->questions[i]];

        rows_count_pair(column->state, column->option, pair->first[i], pair->second[i], pair->part,
                        pair->part2);
        if (i % PART_LIMIT == PART_LIMIT - 1) {
            rows_move(pair->part, pair->must_with);
            rows_move(pair->part2, pair->must_without);
        }
    }
    rows_move(pair->part, pair->must_with);
    rows_move(pair->part2, pair->must_without);
}

/* Add the blanks that, in `only`, turn out as this alone, or may turn out so. */
static void count_blanks(BlockPair *pair, const BlockReading *reading, guint8 outcome,
                         gboolean only, guint16 *sum)
{
    gboolean counts[RUBRIC_QUESTIONS_LIMIT];

    for (guint i = 0; i < pair->n; i++)
        counts[i] = only ? pair->can[i] == outcome : (pair->can[i] & outcome) != 0;
    count_state(reading, pair->questions, pair->n, READ_BLANK, counts, pair->part, sum);
}

/* Those that cannot stay outside. */
static void count_inside(BlockPair *pair, const BlockReading *reading)
{
    gboolean counts[RUBRIC_QUESTIONS_LIMIT];

    for (guint i = 0; i < pair->n; i++)
        counts[i] = !(pair->can[i] & PAIR_OUTSIDE);
    memcpy(pair->must_inside, pair->must_with, BLOCK_ROWS * sizeof *pair->must_with);
    rows_sum16(pair->must_without, pair->must_inside);
    count_state(reading, pair->questions, pair->n, READ_BLANK, counts, pair->part,
                pair->must_inside);
}

void block_pair_count(BlockPair *pair, const BlockReading *reading)
{
    count_answered(pair, reading);
    count_inside(pair, reading);
    memcpy(pair->can_with, pair->must_with, BLOCK_ROWS * sizeof *pair->must_with);
    memcpy(pair->can_without, pair->must_without, BLOCK_ROWS * sizeof *pair->must_without);
    count_blanks(pair, reading, PAIR_WITH, FALSE, pair->can_with);
    count_blanks(pair, reading, PAIR_WITHOUT, FALSE, pair->can_without);
    count_blanks(pair, reading, PAIR_WITH, TRUE, pair->must_with);
    count_blanks(pair, reading, PAIR_WITHOUT, TRUE, pair->must_without);
    count_applicable(reading, pair->questions, pair->n, pair->part, pair->applicable);
}
