#include "rules/block_score.h"

#include <string.h>

#include "rules/block_score_tree.h"
#include "rules/score.h"

/* The total of `score = sum`: weighted sums of the dimensions' questions in one unit. */
typedef struct {
    BlockLeaf *loose;   /* questions without a dimension */
    gint64 *low, *high; /* of these */
    gint64 den;         /* 0: 64 bits are not enough */
    gint64 *factors;    /* by dimension, then of `loose`; 0 where nothing is scored */
} ScoreSum;

struct BlockScores {
    const Plan *plan;
    gboolean fits;        /* else all is done by the scalar engine */
    ScoreTree **trees;    /* of all questions, then by level; NULL if not used or not fitting */
    gboolean *used;       /* levels whose questions are scored by themselves */
    ScoreSum *sum;        /* NULL if the score is no sum */
    BlockNumber *total;   /* NULL if it is the mean of all */
    BlockNumber **scalar; /* where it does not fit: by tree and dimension, the whole last */
};

static guint n_trees(const BlockScores *scores)
{
    return scores->plan->rubric->levels->len + 1;
}

static guint n_branches(const BlockScores *scores)
{
    return scores->plan->rubric->dimensions->len + 1;
}

static gboolean is_used(const BlockScores *scores, guint tree)
{
    return tree == 0 || scores->used[tree - 1];
}

/* ---- making ---- */

static void find_used(BlockScores *scores)
{
    const Plan *plan = scores->plan;
    gboolean all = plan->rubric->score == SCORE_CLIMB;

    scores->used = g_new0(gboolean, MAX(plan->rubric->levels->len, 1));
    for (guint i = 0; i < plan->nodes->len; i++) {
        const Node *node = PLAN_NODE(plan, i);

        all = all || node->kind == NODE_CLIMB;
        if (node->kind == NODE_SCORE && node->level != NOWHERE)
            scores->used[node->level] = TRUE;
    }
    for (guint i = 0; all && i < plan->rubric->levels->len; i++)
        scores->used[i] = TRUE;
}

/* The score of every question while it is blank, from the scalar engine. */
static Value *score_blanks(const Plan *plan, Numbers *numbers)
{
    g_autoptr(Answers) answers = answers_new(plan->rubric);
    const Evaluation evaluation = { .plan = plan, .answers = answers, .numbers = numbers };
    Value *blank = g_new(Value, MAX(plan->rubric->questions->len, 1));

    for (guint i = 0; i < plan->rubric->questions->len; i++)
        blank[i] = evaluation_question_score(&evaluation, (int)i);
    return blank;
}

static void sum_free(ScoreSum *sum)
{
    if (!sum)
        return;
    block_leaf_free(sum->loose);
    g_aligned_free(sum->low);
    g_aligned_free(sum->high);
    g_free(sum->factors);
    g_free(sum);
}

static const BlockLeaf *leaf_of(const BlockScores *scores, const ScoreSum *sum, guint i)
{
    if (i == scores->plan->rubric->dimensions->len)
        return sum->loose->full > 0 ? sum->loose : NULL;
    return score_tree_leaf(scores->trees[0], (int)i);
}

static void combine_sum(const BlockScores *scores, ScoreSum *sum)
{
    gint64 den = 1;
    Int128 top = 0;

    sum->factors = g_new0(gint64, n_branches(scores));
    for (guint i = 0; i < n_branches(scores); i++) {
        const BlockLeaf *leaf = leaf_of(scores, sum, i);

        if (leaf)
            den = leaf_common(den, (Int128)leaf->unit * leaf->weight_unit);
    }
    for (guint i = 0; den != 0 && i < n_branches(scores); i++) {
        const BlockLeaf *leaf = leaf_of(scores, sum, i);

        if (!leaf)
            continue;
        sum->factors[i] = den / (leaf->unit * leaf->weight_unit);
        top += (Int128)sum->factors[i] * leaf->top;
        if (top > LEAF_LIMIT)
            return;
    }
    sum->den = den;
}

/* FALSE if 64 bits are not enough for the loose questions. */
static gboolean make_sum(BlockScores *scores, const Value *blank)
{
    ScoreSum *sum = g_new0(ScoreSum, 1);

    scores->sum = sum;
    sum->low = rows_new(sizeof(gint64));
    sum->high = rows_new(sizeof(gint64));
    sum->loose = block_leaf_new(scores->plan, NOWHERE, NOWHERE, blank);
    if (!sum->loose || score_tree_is_wide(scores->trees[0]))
        return FALSE;
    combine_sum(scores, sum);
    return sum->den != 0;
}

static gboolean make_trees(BlockScores *scores, const Value *blank)
{
    scores->trees = g_new0(ScoreTree *, n_trees(scores));
    for (guint i = 0; i < n_trees(scores); i++) {
        if (!is_used(scores, i))
            continue;
        scores->trees[i] = score_tree_new(scores->plan, (int)i - 1, blank);
        if (!scores->trees[i])
            return FALSE;
    }
    return scores->plan->rubric->score != SCORE_SUM || make_sum(scores, blank);
}

/* A dimension has children or questions; where it has both, only the scalar engine knows. */
static gboolean is_clean(const Rubric *rubric)
{
    for (guint i = 0; i < rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(rubric, i)->children->len > 0 &&
            RUBRIC_DIMENSION(rubric, i)->questions->len > 0)
            return FALSE;
    return TRUE;
}

static void make_scalar(BlockScores *scores)
{
    scores->scalar = g_new0(BlockNumber *, (gsize)n_trees(scores) * n_branches(scores));
    for (guint i = 0; i < n_trees(scores) * n_branches(scores); i++)
        if (is_used(scores, i / n_branches(scores)))
            scores->scalar[i] = block_number_new();
}

BlockScores *block_scores_new(const Plan *plan)
{
    BlockScores *scores = g_new0(BlockScores, 1);
    g_autoptr(Numbers) numbers = numbers_new();
    g_autofree Value *blank = score_blanks(plan, numbers);

    scores->plan = plan;
    find_used(scores);
    scores->fits = is_clean(plan->rubric) && make_trees(scores, blank);
    if (!scores->fits)
        make_scalar(scores);
    if (plan->rubric->score != SCORE_MEAN)
        scores->total = block_number_new();
    return scores;
}

void block_scores_free(BlockScores *scores)
{
    if (!scores)
        return;
    for (guint i = 0; scores->trees && i < n_trees(scores); i++)
        score_tree_free(scores->trees[i]);
    for (guint i = 0; scores->scalar && i < n_trees(scores) * n_branches(scores); i++)
        block_number_free(scores->scalar[i]);
    g_free(scores->trees);
    g_free(scores->scalar);
    g_free(scores->used);
    sum_free(scores->sum);
    block_number_free(scores->total);
    g_free(scores);
}

/* ---- a sum ---- */

/* Whether a scored question is applicable in the row. */
static gboolean has_score(const BlockScores *scores, guint row)
{
    for (guint i = 0; i < n_branches(scores); i++) {
        const BlockLeaf *leaf = leaf_of(scores, scores->sum, i);

        if (leaf && (!leaf->has_none || leaf->weight[row] > 0))
            return TRUE;
    }
    return FALSE;
}

static void count_sum(BlockScores *scores, const BlockReading *reading)
{
    ScoreSum *sum = scores->sum;
    BlockNumber *total = scores->total;

    block_leaf_count(sum->loose, reading, sum->low, sum->high);
    memset(total->low, 0, BLOCK_ROWS * sizeof *total->low);
    memset(total->high, 0, BLOCK_ROWS * sizeof *total->high);
    block_number_set_den(total, sum->den);
    for (guint i = 0; i + 1 < n_branches(scores); i++) {
        const BlockNumber *number = score_tree_number(scores->trees[0], (int)i);

        if (sum->factors[i] == 0)
            continue;
        rows_add_numbers(number->low, sum->factors[i], total->low);
        rows_add_numbers(number->high, sum->factors[i], total->high);
    }
    rows_add_numbers(sum->low, sum->factors[n_branches(scores) - 1], total->low);
    rows_add_numbers(sum->high, sum->factors[n_branches(scores) - 1], total->high);
    for (guint row = 0; row < reading->block->n_rows; row++)
        total->flags[row] = has_score(scores, row) ? 0 : NUMBER_NONE;
}

/* ---- by the scalar engine ---- */

static void count_scalar(BlockScores *scores, const BlockReading *reading, Numbers *numbers)
{
    for (guint row = 0; row < reading->block->n_rows; row++) {
        g_autoptr(Answers) answers = block_answers(reading->block, row);
        const Evaluation evaluation = { .plan = scores->plan,
                                        .answers = answers,
                                        .reading = reading->reading,
                                        .date = reading->date,
                                        .numbers = numbers };

        for (guint i = 0; i < n_trees(scores) * n_branches(scores); i++) {
            int dimension = (int)(i % n_branches(scores));

            if (scores->scalar[i])
                block_number_put(
                    scores->scalar[i], row,
                    score_mean(&evaluation,
                               dimension + 1 == (int)n_branches(scores) ? NOWHERE : dimension,
                               (int)(i / n_branches(scores)) - 1));
        }
        if (scores->total)
            block_number_put(scores->total, row, score_total(&evaluation));
    }
}

void block_scores_count(BlockScores *scores, const BlockReading *reading, Numbers *numbers)
{
    if (!scores->fits) {
        count_scalar(scores, reading, numbers);
        return;
    }
    for (guint i = 0; i < n_trees(scores); i++)
        if (scores->trees[i])
            score_tree_count(scores->trees[i], reading, numbers);
    if (scores->sum)
        count_sum(scores, reading);
    if (scores->plan->rubric->score == SCORE_CLIMB)
        block_scores_climb(scores, scores->plan->rubric->pass, reading->block->n_rows, numbers,
                           scores->total);
}

const BlockNumber *block_scores_mean(const BlockScores *scores, int dimension, int level)
{
    guint tree = (guint)(level + 1);

    if (scores->fits)
        return score_tree_number(scores->trees[tree], dimension);
    return scores->scalar[tree * n_branches(scores) +
                          (dimension == NOWHERE ? n_branches(scores) - 1 : (guint)dimension)];
}

const BlockNumber *block_scores_total(const BlockScores *scores)
{
    return scores->total ? scores->total : block_scores_mean(scores, NOWHERE, NOWHERE);
}

/* ---- the climb ---- */

/* One end of what the climb adds from a level on. */
typedef struct {
    gint64 num, den;
} End;

/* Sign of a - b. */
static int order(End a, End b)
{
    Int128 left = (Int128)a.num * b.den, right = (Int128)b.num * a.den;

    return (left > right) - (left < right);
}

/* The same as score_climb(), of one row. FALSE if a level's score is no plain fraction, or 64 bits
 * are not enough. */
static gboolean climb_row(const BlockScores *scores, End bar, guint row, BlockNumber *climb)
{
    End low = { 0, 1 }, high = { 0, 1 };
    gboolean any = FALSE;

    for (int level = (int)n_trees(scores) - 2; level >= 0; level--) {
        const BlockNumber *score = block_scores_mean(scores, NOWHERE, level);
        End score_low = { score->low[row], score->low_den[row] };
        End score_high = { score->high[row], score->high_den[row] };
        End passed_low = { low.num + low.den, low.den };
        End passed_high = { high.num + high.den, high.den };

        if (score->flags[row] & NUMBER_NONE)
            continue;
        if (score->flags[row] || passed_low.num > LEAF_LIMIT || passed_high.num > LEAF_LIMIT)
            return FALSE;
        any = TRUE;
        if (order(score_low, bar) >= 0) {
            low = passed_low;
            high = passed_high;
        } else if (order(score_high, bar) < 0) {
            low = score_low;
            high = score_high;
        } else {
            low = order(score_low, passed_low) <= 0 ? score_low : passed_low;
            high = order(bar, passed_high) >= 0 ? bar : passed_high;
        }
    }
    climb->flags[row] = any ? 0 : NUMBER_NONE;
    climb->low[row] = low.num;
    climb->low_den[row] = low.den;
    climb->high[row] = high.num;
    climb->high_den[row] = high.den;
    return TRUE;
}

static Value climb_value(const BlockScores *scores, Rational bar, guint row, Numbers *numbers)
{
    Value rest = value_point(RATIONAL_ZERO);
    gboolean any = FALSE;

    for (int level = (int)n_trees(scores) - 2; level >= 0; level--) {
        Value score = block_number_value(block_scores_mean(scores, NOWHERE, level), row);

        if (!score.exists)
            continue;
        any = TRUE;
        rest = score_climb_on(numbers, bar, score, rest);
    }
    return any ? rest : value_none();
}

void block_scores_climb(const BlockScores *scores, Rational bar, guint n, Numbers *numbers,
                        BlockNumber *climb)
{
    gboolean is_plain =
        !bar.big && bar.num < LEAF_LIMIT && bar.num > -LEAF_LIMIT && bar.den < LEAF_LIMIT;
    End end = { 0, 1 };

    if (is_plain)
        end = (End){ (gint64)bar.num, (gint64)bar.den };
    climb->den = 0;
    for (guint row = 0; row < n; row++)
        if (!is_plain || !climb_row(scores, end, row, climb))
            block_number_put(climb, row, climb_value(scores, bar, row, numbers));
}
