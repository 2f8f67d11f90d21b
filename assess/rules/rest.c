#include "rules/rest.h"

static void mark_cells(const GArray *cells, gboolean *marks)
{
    for (guint i = 0; cells && i < cells->len; i++)
        marks[g_array_index(cells, Cell, i).question] = TRUE;
}

/* Whether the dimension's score counts in that of `top` (NOWHERE: of all): it lies under it, and no
 * weight on the way is 0. */
static gboolean counts_in(const Plan *plan, int dimension, int top)
{
    while (dimension != NOWHERE && dimension != top) {
        if (rational_sign(plan->dimension_weights[dimension]) == 0)
            return FALSE;
        dimension = RUBRIC_DIMENSION(plan->rubric, dimension)->parent;
    }
    return dimension == top;
}

/* Scored questions in and under the dimension (NOWHERE: all), of the level if one is given. With
 * `score = sum` a question needs no dimension to count in score(). */
static void mark_scored(const Plan *plan, int dimension, int level, gboolean *marks)
{
    const Rubric *rubric = plan->rubric;
    gboolean everywhere = dimension == NOWHERE && level == NOWHERE && rubric->score == SCORE_SUM;

    for (guint i = 0; i < rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);
        gboolean inside =
            question->dimension != NOWHERE && counts_in(plan, question->dimension, dimension);

        if (plan->scored[i] && (inside || everywhere) &&
            (level == NOWHERE || question->level == level))
            marks[i] = TRUE;
    }
}

static void mark_climb(const Plan *plan, gboolean *marks)
{
    for (guint level = 0; level < plan->rubric->levels->len; level++)
        mark_scored(plan, NOWHERE, (int)level, marks);
}

static void mark_score(const Plan *plan, const Node *node, gboolean *marks)
{
    if (node->target == NOWHERE && node->level == NOWHERE && plan->rubric->score == SCORE_CLIMB)
        mark_climb(plan, marks);
    else
        mark_scored(plan, node->target, node->level, marks);
}

static void mark_questions(const GArray *questions, gboolean *marks)
{
    for (guint i = 0; i < questions->len; i++)
        marks[g_array_index(questions, int, i)] = TRUE;
}

/* What the node names itself, not through its children. */
static void mark_own(const Plan *plan, const Node *node, gboolean *marks)
{
    if (node->question != NOWHERE)
        marks[node->question] = TRUE;
    if (node->other != NOWHERE)
        marks[node->other] = TRUE;
    mark_cells(node->cells, marks);
    mark_cells(node->cells2, marks);
    if (node->kind == NODE_SCORE)
        mark_score(plan, node, marks);
    if (node->kind == NODE_CLIMB)
        mark_climb(plan, marks);
    if (node->kind == NODE_MET)
        mark_questions(PLAN_CONDITION(plan, node->target)->questions, marks);
}

void rest_mark(const Plan *plan, int at, gboolean *marks)
{
    const Node *node = at == NOWHERE ? NULL : PLAN_NODE(plan, at);

    if (!node)
        return;
    rest_mark(plan, node->left, marks);
    rest_mark(plan, node->right, marks);
    mark_own(plan, node, marks);
}

static void fill_condition(const Plan *plan, Condition *condition, gboolean *marks)
{
    guint n = plan->rubric->questions->len;

    for (guint i = 0; i < n; i++)
        marks[i] = FALSE;
    for (int at = condition->first; at <= condition->root; at++)
        mark_own(plan, PLAN_NODE(plan, at), marks);
    for (int i = 0; i < (int)n; i++)
        if (marks[i])
            g_array_append_val(condition->questions, i);
}

/* In the plan's order, so that met() finds what its requirement rests on. */
void rest_fill(Plan *plan)
{
    g_autofree gboolean *marks = g_new(gboolean, plan->rubric->questions->len);

    for (guint r = 0; r < plan->order->len; r++)
        fill_condition(plan, PLAN_CONDITION(plan, g_array_index(plan->order, int, r)), marks);
    for (guint i = 0; i < plan->contradictions->len; i++)
        fill_condition(plan, PLAN_CONTRADICTION(plan, i), marks);
}
