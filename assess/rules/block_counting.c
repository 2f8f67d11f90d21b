#include "rules/block_counting.h"

#include <string.h>

enum { PART_LIMIT = G_MAXUINT8 }; /* questions that a byte counts */

struct BlockCounting {
    const Rubric *rubric;
    GArray **own;  /* of int, by dimension: questions directly in it; last: in none */
    guint *n;      /* by GRADE_ALL, 1 + dimension: questions in and under it */
    GArray *order; /* of int: dimensions, children first */
    guint8 *part;
};

static guint n_dimensions(const BlockCounting *counting)
{
    return counting->rubric->dimensions->len;
}

static void visit(BlockCounting *counting, int dimension)
{
    const Dimension *at = RUBRIC_DIMENSION(counting->rubric, dimension);

    for (guint i = 0; i < at->children->len; i++)
        visit(counting, g_array_index(at->children, int, i));
    g_array_append_val(counting->order, dimension);
}

BlockCounting *block_counting_new(const Rubric *rubric)
{
    BlockCounting *counting = g_new0(BlockCounting, 1);

    counting->rubric = rubric;
    counting->part = rows_new(1);
    counting->order = g_array_new(FALSE, FALSE, sizeof(int));
    counting->n = g_new0(guint, rubric->dimensions->len + 1);
    counting->own = g_new(GArray *, rubric->dimensions->len + 1);
    for (guint i = 0; i <= rubric->dimensions->len; i++)
        counting->own[i] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < (int)rubric->n_questions; i++) {
        int dimension = RUBRIC_QUESTION(rubric, i)->dimension;

        g_array_append_val(
            counting->own[dimension == NOWHERE ? (int)rubric->dimensions->len : dimension], i);
        counting->n[GRADE_ALL]++;
        for (; dimension != NOWHERE; dimension = RUBRIC_DIMENSION(rubric, dimension)->parent)
            counting->n[1 + dimension]++;
    }
    for (guint i = 0; i < rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(rubric, i)->parent == NOWHERE)
            visit(counting, (int)i);
    return counting;
}

void block_counting_free(BlockCounting *counting)
{
    if (!counting)
        return;
    for (guint i = 0; i <= n_dimensions(counting); i++)
        g_array_unref(counting->own[i]);
    g_free(counting->own);
    g_free(counting->n);
    g_array_unref(counting->order);
    g_aligned_free(counting->part);
    g_free(counting);
}

/* sum += the questions that are so. */
static void add_state(BlockCounting *counting, const BlockReading *reading, guint own, guint8 state,
                      guint16 *sum)
{
    const GArray *questions = counting->own[own];
    guint pending = 0;

    for (guint i = 0; i < questions->len; i++) {
        const ReadColumn *column = &reading->of[g_array_index(questions, int, i)];

        if (!(state == READ_NONE ? column->has_none : column->has_blank))
            continue;
        rows_count_state(column->state, state, counting->part);
        if (++pending % PART_LIMIT == 0)
            rows_move(counting->part, sum);
    }
    if (pending % PART_LIMIT != 0)
        rows_move(counting->part, sum);
}

/* Blanks are counted where the answered ones belong, for the time being. */
static void add_questions(BlockCounting *counting, const BlockReading *reading, guint own,
                          const GradeCounts *counts)
{
    add_state(counting, reading, own, READ_BLANK, counts->answered);
    add_state(counting, reading, own, READ_NONE, counts->not_applicable);
}

static void add_counts(const GradeCounts *part, const GradeCounts *whole)
{
    rows_sum16(part->answered, whole->answered);
    rows_sum16(part->not_applicable, whole->not_applicable);
}

static void settle(const GradeCounts *counts, guint n)
{
    guint16 blank[BLOCK_ROWS];

    memcpy(blank, counts->answered, sizeof blank);
    rows_subtract16((guint16)n, counts->not_applicable, counts->asked);
    rows_difference16(counts->asked, blank, counts->answered);
}

/* Dates are told even where the profile switches the question off. */
static void count_future(const BlockReading *reading, Grades *grades)
{
    const Rubric *rubric = reading->plan->rubric;

    memset(grades->future_dates, 0, BLOCK_ROWS * sizeof *grades->future_dates);
    for (guint i = 0; i < rubric->n_questions; i++) {
        const BlockColumn *column = &reading->block->of[i];

        for (guint row = 0; column->day && row < reading->block->n_rows; row++)
            if (column->state[row] == ANSWER_ANSWERED && column->day[row] > reading->date)
                grades->future_dates[row]++;
    }
}

void block_counting_count(BlockCounting *counting, const BlockReading *reading, Grades *grades)
{
    for (guint i = 0; i <= n_dimensions(counting); i++) {
        memset(grades->counts[i].answered, 0, BLOCK_ROWS * sizeof(guint16));
        memset(grades->counts[i].not_applicable, 0, BLOCK_ROWS * sizeof(guint16));
    }
    for (guint i = 0; i < counting->order->len; i++) {
        int dimension = g_array_index(counting->order, int, i);
        int parent = RUBRIC_DIMENSION(counting->rubric, dimension)->parent;

        add_questions(counting, reading, (guint)dimension, &grades->counts[1 + dimension]);
        add_counts(&grades->counts[1 + dimension],
                   &grades->counts[parent == NOWHERE ? GRADE_ALL : 1 + parent]);
    }
    add_questions(counting, reading, n_dimensions(counting), &grades->counts[GRADE_ALL]);
    for (guint i = 0; i <= n_dimensions(counting); i++)
        settle(&grades->counts[i], counting->n[i]);
    count_future(reading, grades);
}
