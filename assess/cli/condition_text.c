#include "cli/condition_text.h"

#include <string.h>

static const char *option_title(const Terminal *terminal, const Question *question, int option)
{
    return localized_or(&QUESTION_OPTION(question, option)->title, terminal->language,
                        QUESTION_OPTION(question, option)->id);
}

/* Title of the group or dimension that a call such as "any(scenes >= built)" is about. */
static char *group_title(const Terminal *terminal, const Rubric *rubric, const char *call)
{
    const char *from = strchr(call, '(') + 1;
    g_autofree char *inner = g_strndup(from, strcspn(from, "<>=!"));
    int index = NOWHERE;
    NameKind kind = rubric_find(rubric, g_strstrip(inner), &index);
    const Localized *title = kind == NAME_GROUP       ? &RUBRIC_GROUP(rubric, index)->title
                             : kind == NAME_DIMENSION ? &RUBRIC_DIMENSION(rubric, index)->title
                                                      : NULL;

    return title ? g_strdup(localized_or(title, terminal->language, inner))
                 : g_steal_pointer(&inner);
}

/* "Is it planned; is it simulated (at least "Mostly met")". */
char *condition_sentence(const Terminal *terminal, const char *text, const ConditionText *part)
{
    if (!part->option)
        return g_strdup(text);
    return wording_fill(terminal->wording, "difference", part->key, terminal->language, "question",
                        text, "option", part->option, NULL);
}

static char *part_sentence(const Terminal *terminal, const Plan *plan,
                           const Requirement *requirement, int at)
{
    ConditionText part = condition_text(terminal, plan, requirement, at);
    g_autofree char *text = part.text;

    return condition_sentence(terminal, text, &part);
}

/* "A, and B": an `or` within an `and` stands in brackets. */
static char *chain_text(const Terminal *terminal, const Plan *plan, const Requirement *requirement,
                        const Node *node)
{
    int sides[] = { node->left, node->right };
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autofree char *side = part_sentence(terminal, plan, requirement, sides[i]);
        gboolean in_brackets = node->kind == NODE_AND && PLAN_NODE(plan, sides[i])->kind == NODE_OR;

        if (i > 0)
            g_string_append(
                text, terminal_word(terminal, "difference", node->kind == NODE_AND ? "and" : "or"));
        g_string_append_printf(text, in_brackets ? "(%s)" : "%s", side);
    }
    return g_string_free(text, FALSE);
}

/* What is compared with an option in the words of its question or group. */
static ConditionText comparison_text(const Terminal *terminal, const Plan *plan, const Node *node,
                                     const char *call)
{
    static const char *const KEYS[] = {
        [OP_LESS] = "below",    [OP_LESS_EQUAL] = "at_most",
        [OP_GREATER] = "above", [OP_GREATER_EQUAL] = "at_least",
        [OP_EQUAL] = "exactly", [OP_NOT_EQUAL] = "other_than",
    };
    const Cell *cell;

    if (node->kind == NODE_OPTION)
        return (ConditionText){
            g_strdup(terminal_question(terminal, plan->rubric, node->question)),
            option_title(terminal, RUBRIC_QUESTION(plan->rubric, node->question), node->option),
            KEYS[node->op]
        };
    cell = &g_array_index(node->cells, Cell, 0);
    return (ConditionText){ group_title(terminal, plan->rubric, call),
                            option_title(terminal, RUBRIC_QUESTION(plan->rubric, cell->question),
                                         cell->option),
                            "any_at_least" };
}

/* "Work done by robots >= 60%": the question for its id, if the comparison begins with it. */
static char *number_text(const Terminal *terminal, const Plan *plan, const Node *node,
                         const char *call)
{
    const Node *left = PLAN_NODE(plan, node->left);
    guint behind = left->offset + left->length - node->offset;

    if (left->kind != NODE_QUESTION || left->offset != node->offset)
        return g_strndup(call, node->length);
    return g_strdup_printf("%s%.*s", terminal_question(terminal, plan->rubric, left->question),
                           (int)(node->length - behind), call + behind);
}

ConditionText condition_text(const Terminal *terminal, const Plan *plan,
                             const Requirement *requirement, int at)
{
    const Node *node = PLAN_NODE(plan, at);
    const char *call = requirement->needs->value + node->offset;
    const Requirement *target;
    char *text;

    switch (node->kind) {
    case NODE_OPTION:
        return comparison_text(terminal, plan, node, call);
    case NODE_ANY:
        if (node->op == OP_GREATER_EQUAL)
            return comparison_text(terminal, plan, node, call);
        text = g_strndup(call, node->length);
        break;
    case NODE_QUESTION:
        text = g_strdup(terminal_question(terminal, plan->rubric, node->question));
        break;
    case NODE_MET:
        target = RUBRIC_REQUIREMENT(plan->rubric, node->target);
        text = g_strdup(localized_or(&target->title, terminal->language, target->id));
        break;
    case NODE_AND:
    case NODE_OR:
        text = chain_text(terminal, plan, requirement, node);
        break;
    case NODE_COMPARE:
        text = number_text(terminal, plan, node, call);
        break;
    default:
        text = g_strndup(call, node->length);
    }
    return (ConditionText){ text, NULL, NULL };
}
