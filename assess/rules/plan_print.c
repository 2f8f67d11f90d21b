/* The compiled rules as text, for people who doubt them: `assess explain --plan`. */
#include "rules/plan.h"

static const char *const NODE_WORDS[] = {
    [NODE_NUMBER] = "number",   [NODE_QUESTION] = "question", [NODE_OPTION] = "option",
    [NODE_OPTIONS] = "options", [NODE_COMPARE] = "compare",   [NODE_ADD] = "add",
    [NODE_SUB] = "subtract",    [NODE_MUL] = "multiply",      [NODE_DIV] = "divide",
    [NODE_NEG] = "negate",      [NODE_AND] = "and",           [NODE_OR] = "or",
    [NODE_NOT] = "not",         [NODE_SCORE] = "score",       [NODE_COUNT] = "count",
    [NODE_SHARE] = "share",     [NODE_SHARE_OF] = "share_of", [NODE_ANY] = "any",
    [NODE_ALL] = "all",         [NODE_TICKED] = "ticked",     [NODE_MIN] = "min",
    [NODE_MAX] = "max",         [NODE_SUM] = "sum",           [NODE_MEAN] = "mean",
    [NODE_HAS] = "has",         [NODE_ANSWERED] = "answered", [NODE_MET] = "met",
    [NODE_HELD] = "held",       [NODE_CLIMB] = "climb",       [NODE_YEARS] = "years",
};

static const char *question_id(const Plan *plan, int question)
{
    return RUBRIC_QUESTION(plan->rubric, question)->id;
}

static const char *option_id(const Plan *plan, int question, int option)
{
    return QUESTION_OPTION(RUBRIC_QUESTION(plan->rubric, question), option)->id;
}

static void print_cells(const Plan *plan, const GArray *cells, Operator op, GString *out)
{
    g_string_append(out, " {");
    for (guint i = 0; i < cells->len; i++) {
        const Cell *cell = &g_array_index(cells, Cell, i);

        g_string_append_printf(out, "%s%s", i ? ", " : "", question_id(plan, cell->question));
        if (cell->option != NOWHERE)
            g_string_append_printf(out, " %s %s", operator_text(op),
                                   option_id(plan, cell->question, cell->option));
    }
    g_string_append_c(out, '}');
}

static void print_target(const Plan *plan, const Node *node, GString *out)
{
    if (node->kind == NODE_SCORE) {
        g_string_append_printf(
            out, " %s",
            node->target == NOWHERE ? "all" : RUBRIC_DIMENSION(plan->rubric, node->target)->id);
        if (node->level != NOWHERE)
            g_string_append_printf(out, " level %s", RUBRIC_LEVEL(plan->rubric, node->level)->id);
    }
    if (node->kind == NODE_MET)
        g_string_append_printf(out, " %s", RUBRIC_REQUIREMENT(plan->rubric, node->target)->id);
    if (node->kind == NODE_HELD)
        g_string_append_printf(out, " %s", RUBRIC_LEVEL(plan->rubric, node->target)->id);
}

static void print_question(const Plan *plan, const Node *node, GString *out)
{
    if (node->question == NOWHERE)
        return;
    g_string_append_printf(out, " %s", question_id(plan, node->question));
    if (node->kind == NODE_OPTION)
        g_string_append_printf(out, " %s", operator_text(node->op));
    if (node->kind == NODE_OPTIONS)
        g_string_append_printf(out, " %s %s", operator_text(node->op),
                               question_id(plan, node->other));
    if (node->option != NOWHERE)
        g_string_append_printf(out, " %s", option_id(plan, node->question, node->option));
}

static void print_node(const Plan *plan, const Condition *condition, int at, GString *out)
{
    const Node *node = PLAN_NODE(plan, at);

    g_string_append_printf(out, "  %3d  %s", at - condition->first, NODE_WORDS[node->kind]);
    if (node->kind == NODE_NUMBER || node->kind == NODE_CLIMB) {
        g_autofree char *number = rational_format(node->number, 8, ROUND_HALF_UP);

        g_string_append_printf(out, " %s", number);
    }
    if (node->kind == NODE_COMPARE)
        g_string_append_printf(out, " %s", operator_text(node->op));
    if (node->left != NOWHERE)
        g_string_append_printf(out, " %d", node->left - condition->first);
    if (node->right != NOWHERE)
        g_string_append_printf(out, " %d", node->right - condition->first);
    print_question(plan, node, out);
    print_target(plan, node, out);
    if (node->cells)
        print_cells(plan, node->cells, node->op, out);
    if (node->cells2)
        print_cells(plan, node->cells2, node->op2, out);
    g_string_append_c(out, '\n');
}

static void print_condition(const Plan *plan, int requirement, GString *out)
{
    const Requirement *from = RUBRIC_REQUIREMENT(plan->rubric, requirement);
    const Condition *condition = PLAN_CONDITION(plan, requirement);

    g_string_append_printf(out, "\nrequirement %s: level %s, %s, %s%s%s\n", from->id,
                           RUBRIC_LEVEL(plan->rubric, from->level)->id,
                           requirement_kind_name(from->kind), origin_name(from->origin),
                           from->waivable ? ", waivable" : "",
                           condition->binds ? "" : ", does not bind");
    for (int at = condition->first; at <= condition->root; at++)
        print_node(plan, condition, at, out);
}

static void print_contradiction(const Plan *plan, guint index, GString *out)
{
    const Contradiction *from = RUBRIC_CONTRADICTION(plan->rubric, index);
    const Condition *condition = PLAN_CONTRADICTION(plan, index);

    g_string_append_printf(out, "\ncontradiction %s: %s\n", from->id, origin_name(from->origin));
    for (int at = condition->first; at <= condition->root; at++)
        print_node(plan, condition, at, out);
}

static void print_weights(const Plan *plan, GString *out)
{
    const Rubric *rubric = plan->rubric;

    for (guint i = 0; i < rubric->dimensions->len; i++) {
        g_autofree char *weight = rational_format(plan->dimension_weights[i], 6, ROUND_HALF_UP);

        g_string_append_printf(out, "dimension %s: weight %s\n", RUBRIC_DIMENSION(rubric, i)->id,
                               weight);
    }
    for (guint i = 0; i < rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);
        g_autofree char *weight = rational_format(plan->weights[i], 6, ROUND_HALF_UP);

        g_string_append_printf(
            out, "question %s: %s, %s%s", question->id, question_type_name(question->type),
            plan->scored[i] ? "weight " : "not scored", plan->scored[i] ? weight : "");
        g_string_append_printf(out, "%s\n", plan->skipped[i] ? ", skipped" : "");
    }
}

char *plan_print(const Plan *plan)
{
    static const char *const METHODS[] = { "mean", "sum", "climb" };
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "plan of %s@%s, score %s", plan->rubric->id, plan->rubric->edition,
                           METHODS[plan->rubric->score]);
    if (plan->profile != NOWHERE)
        g_string_append_printf(out, ", profile %s",
                               RUBRIC_PROFILE(plan->rubric, plan->profile)->id);
    g_string_append(out, "\n\n");
    print_weights(plan, out);
    for (guint i = 0; i < plan->order->len; i++)
        print_condition(plan, g_array_index(plan->order, int, i), out);
    for (guint i = 0; i < plan->contradictions->len; i++)
        print_contradiction(plan, i, out);
    return g_string_free(out, FALSE);
}
