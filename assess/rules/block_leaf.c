#include "rules/block_leaf.h"

#include <string.h>

enum {
    CLASS_LIMIT = G_MAXUINT8, /* questions that a byte counts */
    STEPS_LIMIT = 8           /* with more options than that their scores are looked up */
};

typedef enum { CLASS_OPTIONS, CLASS_LINE, CLASS_TICKS } ClassKind;

/* Questions that score alike. All scores are weighted, in units of the leaf. */
typedef struct {
    ClassKind kind;
    GArray *questions; /* of int */
    gint64 weight;
    guint n_options;
    gint64 scores[RUBRIC_OPTIONS_LIMIT];
    gint64 blank_low, blank_high;
    gint64 worst, span, factor; /* line: clipped distance from the worst, in units of the answers */
    gboolean is_falling;
    gint64 most; /* the best of a line; no sum of ticks counts more */
} ScoreClass;

static void class_clear(gpointer data)
{
    g_array_unref(((ScoreClass *)data)->questions);
}

void block_leaf_free(BlockLeaf *leaf)
{
    if (!leaf)
        return;
    g_array_unref(leaf->classes);
    g_aligned_free(leaf->count);
    g_aligned_free(leaf->weight);
    g_free(leaf);
}

/* ---- making ---- */

static Int128 divisor(Int128 a, Int128 b)
{
    while (b != 0) {
        Int128 rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

gint64 leaf_common(gint64 a, Int128 b)
{
    Int128 common;

    if (a <= 0 || b <= 0 || b > LEAF_LIMIT)
        return 0;
    common = a / divisor(a, b) * b;
    return common > LEAF_LIMIT ? 0 : (gint64)common;
}

/* number * unit as a whole number; FALSE if it is none, or too large. */
static gboolean whole(Rational number, Int128 unit, gint64 *product)
{
    Int128 part;

    if (number.big || unit % number.den != 0 ||
        __builtin_mul_overflow(number.num, unit / number.den, &part) || part > LEAF_LIMIT ||
        part < -LEAF_LIMIT)
        return FALSE;
    *product = (gint64)part;
    return TRUE;
}

static gint64 answer_unit(const Question *question)
{
    return question->type == QUESTION_PERCENT ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_UNIT;
}

/* Its worst answer and the way to its best, in units of the answers. */
static gboolean line_of(const Question *question, ScoreClass *class)
{
    gint64 best;

    if (!whole(question->worst, answer_unit(question), &class->worst) ||
        !whole(question->best, answer_unit(question), &best))
        return FALSE;
    class->is_falling = best < class->worst;
    class->span = class->is_falling ? class->worst - best : best - class->worst;
    return TRUE;
}

static gboolean is_scored(const Plan *plan, int index, int level)
{
    return plan->scored[index] && !plan->skipped[index] &&
           (level == NOWHERE || RUBRIC_QUESTION(plan->rubric, index)->level == level);
}

/* Widen the units so that the question's scores are whole numbers. */
static gboolean fit_units(BlockLeaf *leaf, const Question *question, Rational weight)
{
    ScoreClass class = { 0 };

    leaf->weight_unit = weight.big ? 0 : leaf_common(leaf->weight_unit, weight.den);
    if (question->options) {
        for (guint i = 0; i < question->options->len && leaf->unit != 0; i++) {
            Rational score = QUESTION_OPTION(question, i)->score;

            leaf->unit = score.big ? 0 : leaf_common(leaf->unit, score.den);
        }
    } else {
        leaf->unit = line_of(question, &class) ? leaf_common(leaf->unit, class.span) : 0;
    }
    return leaf->unit != 0 && leaf->weight_unit != 0;
}

static gboolean weigh(const BlockLeaf *leaf, Rational score, gint64 weight, gint64 *scaled)
{
    Int128 part;
    gint64 plain;

    if (!whole(score, leaf->unit, &plain))
        return FALSE;
    part = (Int128)plain * weight;
    *scaled = (gint64)part;
    return part <= LEAF_LIMIT && part >= -LEAF_LIMIT;
}

static gboolean fill_class(const BlockLeaf *leaf, const Plan *plan, const Question *question,
                           ScoreClass *class)
{
    gboolean is_sum = plan->rubric->score == SCORE_SUM;

    class->kind = !question->options                 ? CLASS_LINE
                  : question->type == QUESTION_MULTI ? CLASS_TICKS
                                                     : CLASS_OPTIONS;
    if (class->kind == CLASS_LINE) {
        if (!line_of(question, class))
            return FALSE;
        class->factor = leaf->unit / class->span * class->weight;
        return weigh(leaf, RATIONAL_ONE, class->weight, &class->most);
    }
    class->n_options = question->options->len;
    for (guint i = 0; i < class->n_options; i++)
        if (!weigh(leaf, QUESTION_OPTION(question, i)->score, class->weight, &class->scores[i]))
            return FALSE;
    return weigh(leaf, RATIONAL_ONE, class->weight, &class->most) &&
           (!is_sum || (class->most = LEAF_LIMIT) > 0);
}

/* The greatest magnitude that one question adds, whatever is ticked. */
static Int128 top_of(const ScoreClass *class)
{
    Int128 top = MAX(ABS((Int128) class->blank_low), ABS((Int128) class->blank_high));
    Int128 ticked = 0;

    for (guint i = 0; i < class->n_options; i++) {
        top = MAX(top, ABS((Int128) class->scores[i]));
        ticked += ABS((Int128) class->scores[i]);
    }
    return class->kind == CLASS_TICKS  ? MAX(top, ticked)
           : class->kind == CLASS_LINE ? MAX(top, class->most)
                                       : top;
}

static gboolean scores_alike(const ScoreClass *a, const ScoreClass *b)
{
    return a->kind == CLASS_OPTIONS && b->kind == CLASS_OPTIONS && a->weight == b->weight &&
           a->n_options == b->n_options && a->questions->len < CLASS_LIMIT &&
           memcmp(a->scores, b->scores, a->n_options * sizeof a->scores[0]) == 0;
}

static void place(BlockLeaf *leaf, ScoreClass *class, int question)
{
    for (guint i = 0; i < leaf->classes->len; i++) {
        ScoreClass *other = &g_array_index(leaf->classes, ScoreClass, i);

        if (scores_alike(other, class)) {
            g_array_append_val(other->questions, question);
            return;
        }
    }
    class->questions = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_val(class->questions, question);
    g_array_append_val(leaf->classes, *class);
}

static gboolean add_question(BlockLeaf *leaf, const Plan *plan, int index, Value blank)
{
    const Question *question = RUBRIC_QUESTION(plan->rubric, index);
    ScoreClass class = { 0 };
    Int128 full, top;

    if (!whole(plan->weights[index], leaf->weight_unit, &class.weight) ||
        !weigh(leaf, blank.low, class.weight, &class.blank_low) ||
        !weigh(leaf, blank.high, class.weight, &class.blank_high) ||
        !fill_class(leaf, plan, question, &class))
        return FALSE;
    full = (Int128)leaf->full + class.weight;
    top = leaf->top + top_of(&class);
    if (top > LEAF_LIMIT || full > LEAF_LIMIT / leaf->unit)
        return FALSE;
    leaf->full = (gint64)full;
    leaf->top = (gint64)top;
    leaf->base += class.kind == CLASS_OPTIONS ? class.scores[0] : 0;
    place(leaf, &class, index);
    return TRUE;
}

BlockLeaf *block_leaf_new(const Plan *plan, int dimension, int level, const Value *blank)
{
    BlockLeaf *leaf = g_new0(BlockLeaf, 1);
    gboolean fits = TRUE;

    leaf->classes = g_array_new(FALSE, FALSE, sizeof(ScoreClass));
    g_array_set_clear_func(leaf->classes, class_clear);
    leaf->unit = leaf->weight_unit = 1;
    leaf->count = rows_new(1);
    leaf->weight = rows_new(sizeof(gint64));
    for (guint i = 0; fits && i < plan->rubric->n_questions; i++)
        if (RUBRIC_QUESTION(plan->rubric, i)->dimension == dimension &&
            is_scored(plan, (int)i, level))
            fits = fit_units(leaf, RUBRIC_QUESTION(plan->rubric, i), plan->weights[i]);
    for (guint i = 0; fits && i < plan->rubric->n_questions; i++)
        if (RUBRIC_QUESTION(plan->rubric, i)->dimension == dimension &&
            is_scored(plan, (int)i, level))
            fits = add_question(leaf, plan, (int)i, blank[i]);
    if (!fits)
        g_clear_pointer(&leaf, block_leaf_free);
    return leaf;
}

/* ---- counting ---- */

ROWS_LOOP static void add_looked_up(const guint8 *options, const gint64 *scores, gint64 *sum)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] += scores[options[i]] - scores[0];
}

ROWS_LOOP static void add_line(const ScoreClass *class, const gint64 *restrict numbers,
                               const guint8 *restrict read, gint64 *restrict sum)
{
    const gint64 worst = class->worst, span = class->span, factor = class->factor;
    const gint64 sign = class->is_falling ? -1 : 1;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        gint64 distance = sign * (numbers[i] - worst);
        gint64 known = read[i] == READ_ANSWERED ? CLAMP(distance, 0, span) : 0;

        sum[i] += known * factor;
    }
}

ROWS_LOOP static void add_ticks(const ScoreClass *class, const guint64 *restrict ticks,
                                const guint8 *restrict read, gint64 *restrict sum)
{
    gint64 ticked[BLOCK_ROWS] = { 0 };
    const gint64 most = class->most;

    for (guint option = 0; option < class->n_options; option++) {
        const gint64 score = class->scores[option];

        for (guint i = 0; i < BLOCK_ROWS; i++)
            ticked[i] += ticks[i] >> option & 1 ? score : 0;
    }
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] += read[i] == READ_ANSWERED ? MIN(ticked[i], most) : 0;
}

static const ReadColumn *column_of(const BlockReading *reading, const ScoreClass *class, guint i)
{
    return &reading->of[g_array_index(class->questions, int, i)];
}

/* Options step by step: how many answers are at least this far. */
static void add_steps(const BlockLeaf *leaf, const ScoreClass *class, const BlockReading *reading,
                      gint64 *sum)
{
    for (guint option = 1; option < class->n_options; option++) {
        gint64 step = class->scores[option] - class->scores[option - 1];

        if (step == 0)
            continue;
        memset(leaf->count, 0, BLOCK_ROWS);
        for (guint i = 0; i < class->questions->len; i++)
            rows_count_from(column_of(reading, class, i)->option, (guint8)option, leaf->count);
        rows_add_counts(leaf->count, step, sum);
    }
}

static void add_answered(const BlockLeaf *leaf, const ScoreClass *class,
                         const BlockReading *reading, gint64 *sum)
{
    const ReadColumn *column = column_of(reading, class, 0);

    if (class->kind == CLASS_LINE)
        add_line(class, column->from->number, column->state, sum);
    else if (class->kind == CLASS_TICKS)
        add_ticks(class, column->from->ticks, column->state, sum);
    else if (class->n_options <= STEPS_LIMIT)
        add_steps(leaf, class, reading, sum);
    else
        for (guint i = 0; i < class->questions->len; i++)
            add_looked_up(column_of(reading, class, i)->option, class->scores, sum);
}

/* How many questions of the class are so in each row, into leaf->count; FALSE if none is. */
static gboolean count_state(const BlockLeaf *leaf, const ScoreClass *class,
                            const BlockReading *reading, guint8 state)
{
    gboolean any = FALSE;

    for (guint i = 0; i < class->questions->len; i++) {
        const ReadColumn *column = column_of(reading, class, i);

        if (!(state == READ_NONE ? column->has_none : column->has_blank))
            continue;
        if (!any)
            memset(leaf->count, 0, BLOCK_ROWS);
        rows_count_state(column->state, state, leaf->count);
        any = TRUE;
    }
    return any;
}

/* What is not applicable was taken for the first option. */
static void take_out(BlockLeaf *leaf, const ScoreClass *class, const BlockReading *reading,
                     gint64 *sum)
{
    if (!count_state(leaf, class, reading, READ_NONE))
        return;
    if (!leaf->has_none)
        rows_set64(leaf->full, leaf->weight);
    leaf->has_none = TRUE;
    rows_add_counts(leaf->count, -class->weight, leaf->weight);
    if (class->kind == CLASS_OPTIONS)
        rows_add_counts(leaf->count, -class->scores[0], sum);
}

void block_leaf_count(BlockLeaf *leaf, const BlockReading *reading, gint64 *low, gint64 *high)
{
    leaf->has_none = FALSE;
    rows_set64(leaf->base, low);
    for (guint i = 0; i < leaf->classes->len; i++) {
        const ScoreClass *class = &g_array_index(leaf->classes, ScoreClass, i);

        add_answered(leaf, class, reading, low);
        take_out(leaf, class, reading, low);
    }
    memcpy(high, low, BLOCK_ROWS * sizeof *low);
    for (guint i = 0; i < leaf->classes->len; i++) {
        const ScoreClass *class = &g_array_index(leaf->classes, ScoreClass, i);
        gint64 base = class->kind == CLASS_OPTIONS ? class->scores[0] : 0;

        if (count_state(leaf, class, reading, READ_BLANK)) {
            rows_add_counts(leaf->count, class->blank_low - base, low);
            rows_add_counts(leaf->count, class->blank_high - base, high);
        }
    }
}
