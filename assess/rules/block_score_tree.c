#include "rules/block_score_tree.h"

#include <string.h>

#include "rules/score.h"

struct Branch {
    BlockLeaf *leaf;     /* NULL if it has children, or no scored questions */
    GPtrArray *children; /* of Branch *, those that may have a score; borrowed */
    gint64 *weights;     /* of the children, whole numbers */
    BlockNumber *number;
    gboolean is_wide; /* 64 bits are not enough for its questions: it has no leaf */
    gboolean exists;  /* has scored questions in or under it */
    gint64 full_den; /* of its number in rows where all are applicable; 0: 64 bits are not enough */
    gint64 *factors; /* likewise: of the children's numerators */
    gint64 top;      /* likewise: no numerator is beyond it */
    gint64 unit;     /* see Part; 0: 64 bits are not enough */
    guint8 *gaps;    /* by row: something is not applicable */
    gboolean has_gaps; /* in a row of the block */
};

/* The mean of a branch in one row: low / (unit * part), likewise high; part 0: no score. */
typedef struct {
    gint64 low, high, part;
} Part;

static void branch_free(gpointer data)
{
    Branch *branch = data;

    block_leaf_free(branch->leaf);
    g_ptr_array_unref(branch->children);
    g_free(branch->weights);
    g_free(branch->factors);
    block_number_free(branch->number);
    g_aligned_free(branch->gaps);
    g_free(branch);
}

void score_tree_free(ScoreTree *tree)
{
    if (!tree)
        return;
    g_ptr_array_unref(tree->order);
    g_free(tree->of);
    g_free(tree);
}

/* ---- making ---- */

/* Weights of the children as whole numbers in one unit. FALSE if they do not fit. */
static gboolean scale_weights(const Plan *plan, const int *dimensions, Branch *branch, guint n)
{
    gint64 unit = 1;
    Int128 sum = 0;

    branch->weights = g_new0(gint64, MAX(n, 1));
    for (guint i = 0; i < n && unit != 0; i++) {
        Rational weight = plan->dimension_weights[dimensions[i]];

        unit = weight.big ? 0 : leaf_common(unit, weight.den);
    }
    for (guint i = 0; i < n && unit != 0; i++) {
        Rational weight = plan->dimension_weights[dimensions[i]];
        Int128 part = weight.num * (unit / weight.den);

        sum += part;
        if (sum > LEAF_LIMIT)
            return FALSE;
        branch->weights[i] = (gint64)part;
    }
    return unit != 0;
}

/* What the mean is made of where all is applicable: one denominator, one factor a child. */
static void combine_full(Branch *branch)
{
    gint64 den = 1;
    Int128 weight = 0, top = 0;

    branch->factors = g_new0(gint64, MAX(branch->children->len, 1));
    for (guint i = 0; i < branch->children->len; i++) {
        const Branch *child = branch->children->pdata[i];

        den = leaf_common(den, child->full_den);
        weight += branch->weights[i];
    }
    if (den == 0 || den > LEAF_LIMIT / weight)
        return;
    for (guint i = 0; i < branch->children->len; i++) {
        const Branch *child = branch->children->pdata[i];
        Int128 factor = (Int128)(den / child->full_den) * branch->weights[i];

        top += factor * child->top;
        if (factor > LEAF_LIMIT || top > LEAF_LIMIT)
            return;
        branch->factors[i] = (gint64)factor;
    }
    branch->top = (gint64)top;
    branch->full_den = (gint64)(den * weight);
}

static void combine_units(Branch *branch)
{
    branch->unit = 1;
    for (guint i = 0; i < branch->children->len; i++) {
        const Branch *child = branch->children->pdata[i];

        branch->unit = leaf_common(branch->unit, child->unit);
    }
}

static Branch *branch_new(void)
{
    Branch *branch = g_new0(Branch, 1);

    branch->children = g_ptr_array_new();
    branch->number = block_number_new();
    branch->gaps = rows_new(1);
    return branch;
}

static gboolean make_dimension(ScoreTree *tree, int dimension, const Value *blank);

/* A branch over dimensions: those without a score, or of no weight, are left out. */
static gboolean make_parent(ScoreTree *tree, Branch *branch, const int *dimensions, guint n,
                            const Value *blank)
{
    g_autofree int *kept = g_new(int, MAX(n, 1));
    guint n_kept = 0;

    for (guint i = 0; i < n; i++) {
        if (!make_dimension(tree, dimensions[i], blank))
            return FALSE;
        if (!tree->of[dimensions[i]]->exists ||
            rational_sign(tree->plan->dimension_weights[dimensions[i]]) == 0)
            continue;
        g_ptr_array_add(branch->children, tree->of[dimensions[i]]);
        kept[n_kept++] = dimensions[i];
    }
    branch->exists = n_kept > 0;
    if (!branch->exists)
        return TRUE;
    if (!scale_weights(tree->plan, kept, branch, n_kept))
        return FALSE;
    combine_full(branch);
    combine_units(branch);
    return TRUE;
}

static gboolean make_dimension(ScoreTree *tree, int dimension, const Value *blank)
{
    const Dimension *from = RUBRIC_DIMENSION(tree->plan->rubric, dimension);
    Branch *branch = branch_new();
    gboolean fits = TRUE;

    tree->of[dimension] = branch;
    if (from->children->len > 0) {
        fits = make_parent(tree, branch, (const int *)(const void *)from->children->data,
                           from->children->len, blank);
    } else {
        branch->leaf = block_leaf_new(tree->plan, dimension, tree->level, blank);
        branch->is_wide = branch->leaf == NULL;
        branch->exists = branch->is_wide || branch->leaf->full > 0;
        if (branch->leaf) {
            branch->unit = branch->leaf->unit;
            branch->full_den = branch->leaf->unit * branch->leaf->full;
            branch->top = branch->leaf->top;
        }
    }
    g_ptr_array_add(tree->order, branch);
    return fits;
}

static gboolean make_whole(ScoreTree *tree, const Value *blank)
{
    const Rubric *rubric = tree->plan->rubric;
    g_autofree int *tops = g_new(int, rubric->dimensions->len + 1);
    Branch *branch = branch_new();
    guint n = 0;
    gboolean fits;

    for (guint i = 0; i < rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(rubric, i)->parent == NOWHERE)
            tops[n++] = (int)i;
    tree->of[rubric->dimensions->len] = branch;
    fits = make_parent(tree, branch, tops, n, blank);
    g_ptr_array_add(tree->order, branch);
    return fits;
}

ScoreTree *score_tree_new(const Plan *plan, int level, const Value *blank)
{
    ScoreTree *tree = g_new0(ScoreTree, 1);

    tree->plan = plan;
    tree->level = level;
    tree->order = g_ptr_array_new_with_free_func(branch_free);
    tree->of = g_new0(Branch *, plan->rubric->dimensions->len + 1);
    if (!make_whole(tree, blank)) {
        g_clear_pointer(&tree, score_tree_free);
        return NULL;
    }
    for (guint i = 0; i < tree->order->len; i++) {
        Branch *branch = tree->order->pdata[i];

        if (!branch->exists)
            block_number_set_point(branch->number, value_none());
    }
    return tree;
}

/* ---- counting, all rows at once ---- */

/* Where something is not applicable, the denominator is that of the rest. */
static void count_leaf(Branch *branch, const BlockReading *reading)
{
    BlockNumber *number = branch->number;
    const BlockLeaf *leaf = branch->leaf;

    block_leaf_count(branch->leaf, reading, number->low, number->high);
    memset(number->flags, 0, BLOCK_ROWS);
    branch->has_gaps = leaf->has_none;
    block_number_set_den(number, branch->full_den);
    if (!leaf->has_none)
        return;
    number->den = 0;
    for (guint row = 0; row < BLOCK_ROWS; row++) {
        gint64 weight = leaf->weight[row];

        branch->gaps[row] = weight != leaf->full;
        number->flags[row] = weight == 0 ? NUMBER_NONE : 0;
        number->low_den[row] = number->high_den[row] = leaf->unit * MAX(weight, 1);
    }
}

ROWS_LOOP static void join_gaps(const guint8 *restrict from, guint8 *restrict to)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        to[i] |= from[i];
}

static void find_gaps(Branch *branch)
{
    branch->has_gaps = FALSE;
    for (guint i = 0; i < branch->children->len; i++) {
        const Branch *child = branch->children->pdata[i];

        if (!child->has_gaps)
            continue;
        if (!branch->has_gaps)
            memset(branch->gaps, 0, BLOCK_ROWS);
        branch->has_gaps = TRUE;
        join_gaps(child->gaps, branch->gaps);
    }
}

static void count_full(Branch *branch)
{
    BlockNumber *number = branch->number;

    memset(number->flags, 0, BLOCK_ROWS);
    memset(number->low, 0, BLOCK_ROWS * sizeof *number->low);
    memset(number->high, 0, BLOCK_ROWS * sizeof *number->high);
    block_number_set_den(number, branch->full_den);
    for (guint i = 0; i < branch->children->len; i++) {
        const Branch *child = branch->children->pdata[i];

        rows_add_numbers(child->number->low, branch->factors[i], number->low);
        rows_add_numbers(child->number->high, branch->factors[i], number->high);
    }
}

/* ---- a row by itself ---- */

/* sum * times + number * factor * times2; FALSE if it does not fit. */
static gboolean join(gint64 sum, gint64 times, gint64 number, gint64 factor, gint64 times2,
                     gint64 *joined)
{
    gint64 left, right;

    return !__builtin_mul_overflow(sum, times, &left) &&
           !__builtin_mul_overflow(number, factor, &right) &&
           !__builtin_mul_overflow(right, times2, &right) &&
           !__builtin_add_overflow(left, right, joined);
}

/* What two parts, above 0, lack to their least common multiple. */
static void find_common(gint64 a, gint64 b, gint64 *times_a, gint64 *times_b)
{
    gint64 divisor = b, rest = a % b;

    while (rest != 0) {
        gint64 next = divisor % rest;

        divisor = rest;
        rest = next;
    }
    *times_a = b / divisor;
    *times_b = a / divisor;
}

/* mean += weight * child, the denominators brought to a common one. FALSE if it does not fit. */
static gboolean add_part(Part *mean, gint64 factor, const Part *child)
{
    gint64 times, times2;

    find_common(mean->part, child->part, &times, &times2);
    return join(mean->low, times, child->low, factor, times2, &mean->low) &&
           join(mean->high, times, child->high, factor, times2, &mean->high) &&
           !__builtin_mul_overflow(mean->part, times, &mean->part);
}

/* The weighted mean of fractions. FALSE if 64 bits are not enough. */
static gboolean mean_part(const Branch *branch, guint row, Part *mean)
{
    gint64 weight = 0;

    if (branch->leaf) {
        const BlockLeaf *leaf = branch->leaf;

        *mean = (Part){ branch->number->low[row], branch->number->high[row],
                        leaf->has_none ? leaf->weight[row] : leaf->full };
        return TRUE;
    }
    *mean = (Part){ 0, 0, 1 };
    if (branch->unit == 0)
        return FALSE;
    for (guint i = 0; i < branch->children->len; i++) {
        const Branch *child = branch->children->pdata[i];
        gint64 factor;
        Part part;

        if (!mean_part(child, row, &part))
            return FALSE;
        if (part.part == 0)
            continue;
        if (__builtin_mul_overflow(branch->unit / child->unit, branch->weights[i], &factor) ||
            !add_part(mean, factor, &part))
            return FALSE;
        weight += branch->weights[i];
    }
    return !__builtin_mul_overflow(mean->part, weight, &mean->part);
}

/* The same in any size. */
static Value mean_value(const Branch *branch, guint row, Numbers *numbers)
{
    Rational low = RATIONAL_ZERO, high = RATIONAL_ZERO;
    gint64 weight = 0;

    if (branch->leaf || branch->is_wide)
        return block_number_value(branch->number, row);
    for (guint i = 0; i < branch->children->len; i++) {
        Value child = mean_value(branch->children->pdata[i], row, numbers);
        Rational part = rational_int(branch->weights[i]);

        if (!child.exists)
            continue;
        low = rational_add(numbers, low, rational_mul(numbers, child.low, part));
        high = rational_add(numbers, high, rational_mul(numbers, child.high, part));
        weight += branch->weights[i];
    }
    if (weight == 0)
        return value_none();
    return value_range(rational_div(numbers, low, rational_int(weight)),
                       rational_div(numbers, high, rational_int(weight)));
}

static gboolean is_inside(gint64 number)
{
    return number < LEAF_LIMIT && number > -LEAF_LIMIT;
}

static void count_row(Branch *branch, guint row, Numbers *numbers)
{
    BlockNumber *number = branch->number;
    gint64 den;
    Part mean;

    number->den = 0;
    if (!mean_part(branch, row, &mean) || !is_inside(mean.low) || !is_inside(mean.high) ||
        __builtin_mul_overflow(branch->unit, mean.part, &den) || !is_inside(den)) {
        block_number_put(number, row, mean_value(branch, row, numbers));
        return;
    }
    number->flags[row] = mean.part == 0 ? NUMBER_NONE : 0;
    number->low[row] = mean.low;
    number->high[row] = mean.high;
    number->low_den[row] = number->high_den[row] = MAX(den, 1);
}

/* The answers to the dimension's questions in one row, as they were read. */
static void fill_answers(const GArray *questions, const BlockReading *reading, guint row,
                         Answers *answers)
{
    for (guint i = 0; i < questions->len; i++) {
        int question = g_array_index(questions, int, i);
        Answer *answer = &answers->of[question];
        guint8 state = reading->of[question].state[row];

        answer->state = state == READ_NONE    ? ANSWER_NOT_APPLICABLE
                        : state == READ_BLANK ? ANSWER_BLANK
                                              : ANSWER_ANSWERED;
        if (state == READ_ANSWERED)
            block_reply(reading->block, (guint)question, row, answer);
    }
}

/* By the scalar engine. */
static void count_wide(const ScoreTree *tree, int dimension, const BlockReading *reading,
                       Numbers *numbers)
{
    const GArray *questions = RUBRIC_DIMENSION(tree->plan->rubric, dimension)->questions;
    g_autoptr(Answers) answers = answers_new(tree->plan->rubric);
    const Evaluation evaluation = {
        .plan = tree->plan, .answers = answers, .date = reading->date, .numbers = numbers
    };

    for (guint row = 0; row < reading->block->n_rows; row++) {
        fill_answers(questions, reading, row, answers);
        block_number_put(tree->of[dimension]->number, row,
                         score_mean(&evaluation, dimension, tree->level));
    }
}

static void count_branch(Branch *branch, const BlockReading *reading, Numbers *numbers)
{
    guint n = reading->block->n_rows;

    if (branch->leaf) {
        count_leaf(branch, reading);
        return;
    }
    find_gaps(branch);
    if (branch->full_den != 0)
        count_full(branch);
    if (branch->full_den == 0 || branch->has_gaps)
        for (guint row = 0; row < n; row++)
            if (branch->full_den == 0 || branch->gaps[row])
                count_row(branch, row, numbers);
}

void score_tree_count(ScoreTree *tree, const BlockReading *reading, Numbers *numbers)
{
    for (guint i = 0; i < tree->plan->rubric->dimensions->len; i++)
        if (tree->of[i]->is_wide)
            count_wide(tree, (int)i, reading, numbers);
    for (guint i = 0; i < tree->order->len; i++) {
        Branch *branch = tree->order->pdata[i];

        if (branch->exists && !branch->is_wide)
            count_branch(branch, reading, numbers);
    }
}

static const Branch *branch_of(const ScoreTree *tree, int dimension)
{
    return tree->of[dimension == NOWHERE ? (int)tree->plan->rubric->dimensions->len : dimension];
}

const BlockNumber *score_tree_number(const ScoreTree *tree, int dimension)
{
    return branch_of(tree, dimension)->number;
}

gboolean score_tree_is_wide(const ScoreTree *tree)
{
    for (guint i = 0; i < tree->order->len; i++)
        if (((const Branch *)tree->order->pdata[i])->is_wide)
            return TRUE;
    return FALSE;
}

const BlockLeaf *score_tree_leaf(const ScoreTree *tree, int dimension)
{
    const Branch *branch = branch_of(tree, dimension);

    return branch->exists ? branch->leaf : NULL;
}
