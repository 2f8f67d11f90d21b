#include "scoring/explain.h"

/* Explaining goes into each requirement once: met() may lead to it from many sides. */
typedef struct {
    const Assessment *assessment;
    gboolean *shown; /* by requirement */
} Explainer;

static Reason *explain_node(Explainer *explainer, int requirement, int at);
static Reason *explain_one(Explainer *explainer, int requirement);

static void part_free(gpointer part)
{
    reason_free(part);
}

void reason_free(Reason *reason)
{
    if (!reason)
        return;
    g_free(reason->text);
    g_free(reason->value);
    g_ptr_array_unref(reason->parts);
    g_free(reason);
}

static Reason *reason_new(ReasonKind kind, int index)
{
    Reason *reason = g_new0(Reason, 1);

    reason->kind = kind;
    reason->index = index;
    reason->truth = TRUTH_NONE;
    reason->status = STATUS_NOT_APPLICABLE;
    reason->parts = g_ptr_array_new_with_free_func(part_free);
    return reason;
}

static char *source_text(const Explainer *explainer, int requirement, const Node *node)
{
    const IniEntry *needs =
        RUBRIC_REQUIREMENT(explainer->assessment->plan->rubric, requirement)->needs;

    return g_strndup(needs->value + node->offset, node->length);
}

/* "0.5", "0.5..0.75", "..0.75", "0.5..", "none" for no value, "undefined"; rounded so that no
 * comparison looks other than it came out. */
static char *value_text(const Plan *plan, Value value)
{
    const Rational *bounds = (const Rational *)(const void *)plan->constants->data;
    guint n = plan->constants->len;
    gboolean point;
    g_autofree char *low = NULL;
    g_autofree char *high = NULL;

    if (!value.exists)
        return g_strdup("none");
    if (!value.may_be_defined)
        return g_strdup("undefined");
    point = !value.no_low && !value.no_high && rational_compare(value.low, value.high) == 0;
    low = value.no_low
              ? g_strdup("")
              : rational_format_beside(value.low, 6, point ? ROUND_HALF_UP : ROUND_DOWN, bounds, n);
    high =
        value.no_high ? g_strdup("") : rational_format_beside(value.high, 6, ROUND_UP, bounds, n);
    if (point)
        return g_strdup_printf("%s%s", low, value.may_be_undefined ? " or undefined" : "");
    return g_strdup_printf("%s..%s%s", low, high, value.may_be_undefined ? " or undefined" : "");
}

static void add_answer(Reason *reason, int question)
{
    g_ptr_array_add(reason->parts, reason_new(REASON_ANSWER, question));
}

static void add_answers(Reason *reason, const Node *node)
{
    if (node->question != NOWHERE)
        add_answer(reason, node->question);
    if (node->other != NOWHERE)
        add_answer(reason, node->other);
    for (guint i = 0; node->cells && i < node->cells->len; i++)
        add_answer(reason, g_array_index(node->cells, Cell, i).question);
}

static Reason *explain_value(Explainer *explainer, int requirement, int at)
{
    const Plan *plan = explainer->assessment->plan;
    const Node *node = PLAN_NODE(plan, at);
    Reason *reason = reason_new(REASON_VALUE, NOWHERE);

    reason->text = source_text(explainer, requirement, node);
    reason->value = value_text(plan, evaluation_value(explainer->assessment->full, at));
    if (node->left != NOWHERE && PLAN_NODE(plan, node->left)->kind != NODE_NUMBER)
        g_ptr_array_add(reason->parts, explain_value(explainer, requirement, node->left));
    if (node->right != NOWHERE && PLAN_NODE(plan, node->right)->kind != NODE_NUMBER)
        g_ptr_array_add(reason->parts, explain_value(explainer, requirement, node->right));
    add_answers(reason, node);
    return reason;
}

/* `a and b and c` is one reason with three parts. */
static void add_operands(Explainer *explainer, Reason *reason, int requirement, int at,
                         NodeKind kind)
{
    const Node *node = PLAN_NODE(explainer->assessment->plan, at);

    if (node->kind != kind) {
        g_ptr_array_add(reason->parts, explain_node(explainer, requirement, at));
        return;
    }
    add_operands(explainer, reason, requirement, node->left, kind);
    add_operands(explainer, reason, requirement, node->right, kind);
}

static void add_sides(Explainer *explainer, Reason *reason, int requirement, const Node *node)
{
    const int sides[] = { node->left, node->right };

    for (guint i = 0; i < G_N_ELEMENTS(sides); i++)
        if (PLAN_NODE(explainer->assessment->plan, sides[i])->kind != NODE_NUMBER)
            g_ptr_array_add(reason->parts, explain_value(explainer, requirement, sides[i]));
}

static gboolean is_failing(Status status)
{
    return status == STATUS_UNMET || status == STATUS_UNKNOWN;
}

/* A level's own requirements, and those of lower levels that fail. */
static void add_requirements(Explainer *explainer, Reason *reason, int level)
{
    const Assessment *assessment = explainer->assessment;
    const Rubric *rubric = assessment->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        int own = RUBRIC_REQUIREMENT(rubric, i)->level;

        if (evaluation_binds(assessment->full, (int)i) &&
            (own == level || (own < level && is_failing(assessment->status[i]))))
            g_ptr_array_add(reason->parts, explain_one(explainer, (int)i));
    }
}

static Reason *explain_held(Explainer *explainer, int level)
{
    Reason *reason = reason_new(REASON_LEVEL, level);

    reason->truth = evaluation_level(explainer->assessment->full, level);
    add_requirements(explainer, reason, level);
    return reason;
}

static void add_parts(Explainer *explainer, Reason *reason, int requirement, int at)
{
    const Node *node = PLAN_NODE(explainer->assessment->plan, at);

    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
        add_operands(explainer, reason, requirement, at, node->kind);
        break;
    case NODE_NOT:
        g_ptr_array_add(reason->parts, explain_node(explainer, requirement, node->left));
        break;
    case NODE_COMPARE:
        add_sides(explainer, reason, requirement, node);
        break;
    case NODE_MET:
        g_ptr_array_add(reason->parts, explain_one(explainer, node->target));
        break;
    case NODE_HELD:
        g_ptr_array_add(reason->parts, explain_held(explainer, node->target));
        break;
    default:
        add_answers(reason, node);
    }
}

static Reason *explain_node(Explainer *explainer, int requirement, int at)
{
    Reason *reason = reason_new(REASON_CONDITION, NOWHERE);

    reason->text = source_text(explainer, requirement, PLAN_NODE(explainer->assessment->plan, at));
    reason->truth = evaluation_truth(explainer->assessment->full, at);
    add_parts(explainer, reason, requirement, at);
    return reason;
}

static Reason *explain_one(Explainer *explainer, int requirement)
{
    const Assessment *assessment = explainer->assessment;
    Reason *reason = reason_new(REASON_REQUIREMENT, requirement);

    reason->status = assessment->status[requirement];
    reason->truth = assessment->full->truth[requirement];
    if (explainer->shown[requirement])
        return reason;
    explainer->shown[requirement] = TRUE;
    g_ptr_array_add(
        reason->parts,
        explain_node(explainer, requirement, PLAN_CONDITION(assessment->plan, requirement)->root));
    return reason;
}

Reason *explain_requirement(const Assessment *assessment, int requirement)
{
    g_autofree gboolean *shown = g_new0(gboolean, assessment->plan->rubric->requirements->len);
    Explainer explainer = { assessment, shown };

    return explain_one(&explainer, requirement);
}

Reason *explain_level(const Assessment *assessment, int level)
{
    g_autofree gboolean *shown = g_new0(gboolean, assessment->plan->rubric->requirements->len);
    Explainer explainer = { assessment, shown };

    return explain_held(&explainer, level);
}
