#include "rules/block_condition.h"

#include <string.h>

#include "rules/compare.h"

/* A requirement in one reading. */
typedef struct {
    const guint8 *truth;   /* by row */
    const guint8 *counted; /* the same with waivers, as met() and held() take it */
} Judgement;

struct BlockConditions {
    const Plan *plan;
    BlockNode *nodes;
    gboolean *is_known; /* by node: in the pass at hand */
    Judgement *full;    /* by requirement: of the full or the evidenced reading */
    Judgement *official;
    guint8 **waived; /* by requirement: room for Judgement.counted */
    guint8 **waived_official;
    guint8 *none; /* TRUTH_NONE in all rows */
    guint8 *scratch, *least, *own;
    gboolean uses_scores;
};

/* One pass over the requirements. */
typedef struct {
    BlockConditions *conditions;
    const BlockReading *reading;
    const BlockScores *scores;
    Numbers *numbers;
    gboolean official;
} Pass;

BlockConditions *block_conditions_new(const Plan *plan, gint32 date)
{
    BlockConditions *conditions = g_new0(BlockConditions, 1);
    guint n = plan->rubric->requirements->len;

    conditions->plan = plan;
    conditions->nodes = block_nodes_new(plan, date);
    conditions->is_known = g_new0(gboolean, MAX(plan->nodes->len, 1));
    conditions->full = g_new0(Judgement, MAX(n, 1));
    conditions->official = g_new0(Judgement, MAX(n, 1));
    conditions->waived = g_new0(guint8 *, MAX(n, 1));
    conditions->waived_official = g_new0(guint8 *, MAX(n, 1));
    for (guint i = 0; i < n; i++) {
        conditions->waived[i] = rows_new(1);
        conditions->waived_official[i] = rows_new(1);
    }
    conditions->none = rows_new(1);
    memset(conditions->none, TRUTH_NONE, BLOCK_ROWS);
    conditions->scratch = rows_new(1);
    conditions->least = rows_new(1);
    conditions->own = rows_new(1);
    for (guint i = 0; i < plan->nodes->len; i++)
        if (PLAN_NODE(plan, i)->kind == NODE_SCORE || PLAN_NODE(plan, i)->kind == NODE_CLIMB)
            conditions->uses_scores = TRUE;
    return conditions;
}

void block_conditions_free(BlockConditions *conditions)
{
    if (!conditions)
        return;
    for (guint i = 0; i < conditions->plan->rubric->requirements->len; i++) {
        g_aligned_free(conditions->waived[i]);
        g_aligned_free(conditions->waived_official[i]);
    }
    block_nodes_free(conditions->nodes, conditions->plan->nodes->len);
    g_free(conditions->is_known);
    g_free(conditions->full);
    g_free(conditions->official);
    g_free(conditions->waived);
    g_free(conditions->waived_official);
    g_aligned_free(conditions->none);
    g_aligned_free(conditions->scratch);
    g_aligned_free(conditions->least);
    g_aligned_free(conditions->own);
    g_free(conditions);
}

gboolean block_conditions_use_scores(const BlockConditions *conditions)
{
    return conditions->uses_scores;
}

/* ---- levels ---- */

static gboolean binds(const BlockConditions *conditions, guint requirement, gboolean official)
{
    return PLAN_CONDITION(conditions->plan, requirement)->binds &&
           (!official ||
            RUBRIC_REQUIREMENT(conditions->plan->rubric, requirement)->origin == ORIGIN_OFFICIAL);
}

/* Whether the level is held, as evaluation_level(); uses `least` and `own`. */
static void judge_level(const BlockConditions *conditions, int level, gboolean official,
                        guint8 *truth)
{
    const Judgement *judged = official ? conditions->official : conditions->full;
    const Rubric *rubric = conditions->plan->rubric;

    memset(conditions->least, TRUTH_NONE, BLOCK_ROWS);
    memset(conditions->own, 0, BLOCK_ROWS);
    for (guint i = 0; i < rubric->requirements->len; i++) {
        int own = RUBRIC_REQUIREMENT(rubric, i)->level;

        if (own > level || !binds(conditions, i, official))
            continue;
        rows_least(judged[i].counted, conditions->least);
        if (own == level)
            rows_own(judged[i].truth, conditions->own);
    }
    rows_level(conditions->least, conditions->own, truth);
}

/* As judge_level() of every level from the lowest, each requirement looked at once. */
void block_conditions_verdict(const BlockConditions *conditions, gboolean official, gint8 *level,
                              gint8 *possible)
{
    const Judgement *judged = official ? conditions->official : conditions->full;
    const Rubric *rubric = conditions->plan->rubric;

    memset(level, NOWHERE, BLOCK_ROWS);
    memset(possible, NOWHERE, BLOCK_ROWS);
    memset(conditions->least, TRUTH_NONE, BLOCK_ROWS);
    for (int at = NOWHERE; at < (int)rubric->levels->len; at++) {
        memset(conditions->own, 0, BLOCK_ROWS);
        for (guint i = 0; i < rubric->requirements->len; i++)
            if (RUBRIC_REQUIREMENT(rubric, i)->level == at && binds(conditions, i, official)) {
                rows_least(judged[i].counted, conditions->least);
                rows_own(judged[i].truth, conditions->own);
            }
        if (at == NOWHERE)
            continue;
        rows_level(conditions->least, conditions->own, conditions->scratch);
        rows_verdict(conditions->scratch, (gint8)at, level, possible);
    }
}

/* ---- truths of nodes ---- */

static BlockNode *node_at(const Pass *pass, int at)
{
    BlockNode *nodes = pass->conditions->nodes;

    return &nodes[nodes[at].same];
}

static guint8 *truth_at(const Pass *pass, int at)
{
    BlockNode *node = node_at(pass, at);

    return pass->official && node->reads_levels ? node->official : node->truth;
}

static void test_question(const Pass *pass, const Node *node, OptionTest test, guint8 *truth)
{
    const ReadColumn *column = &pass->reading->of[node->question];

    rows_test(column->option, test, truth);
    if (column->has_blank || column->has_none)
        rows_fill_gaps(column->state, test.blank, truth);
}

static void test_tick(const Pass *pass, const Node *node, guint8 *truth)
{
    const ReadColumn *column = &pass->reading->of[node->question];

    rows_test_tick(column->from->ticks, (guint)node->option, truth);
    if (column->has_blank || column->has_none)
        rows_fill_gaps(column->state, TRUTH_UNKNOWN, truth);
}

static guint n_options(const Pass *pass, int question)
{
    return RUBRIC_QUESTION(pass->conditions->plan->rubric, question)->options->len;
}

/* Two questions on one scale: row by row, by the definition. */
static void compare_questions(const Pass *pass, const Node *node, guint8 *truth)
{
    const ReadColumn *a = &pass->reading->of[node->question], *b = &pass->reading->of[node->other];
    guint top = n_options(pass, node->question) - 1, top2 = n_options(pass, node->other) - 1;

    for (guint row = 0; row < pass->reading->block->n_rows; row++) {
        guint low = a->option[row], low2 = b->option[row];
        guint high = a->state[row] == READ_BLANK ? top : low;
        guint high2 = b->state[row] == READ_BLANK ? top2 : low2;

        truth[row] = a->state[row] == READ_NONE || b->state[row] == READ_NONE
                         ? TRUTH_NONE
                         : (guint8)compare_ranges(node->op, low, high, low2, high2);
    }
}

static void compare_numbers(const Pass *pass, int at, const Node *node, guint8 *truth)
{
    const BlockNode *nodes = pass->conditions->nodes;
    const Plan *plan = pass->conditions->plan;

    block_number_compare(node->op, &node_at(pass, at)->decision,
                         block_node_number(nodes, plan, (guint)node->left, pass->scores),
                         block_node_number(nodes, plan, (guint)node->right, pass->scores),
                         pass->reading->block->n_rows, truth);
}

static void judge_node(const Pass *pass, int at)
{
    BlockConditions *conditions = pass->conditions;
    const Node *node = PLAN_NODE(conditions->plan, at);
    guint8 *truth = truth_at(pass, at);

    switch (node->kind) {
    case NODE_AND:
        rows_and(truth_at(pass, node->left), truth_at(pass, node->right), truth);
        break;
    case NODE_OR:
        rows_or(truth_at(pass, node->left), truth_at(pass, node->right), truth);
        break;
    case NODE_NOT:
        rows_not(truth_at(pass, node->left), truth);
        break;
    case NODE_QUESTION:
    case NODE_OPTION:
        test_question(pass, node, node_at(pass, at)->test, truth);
        break;
    case NODE_OPTIONS:
        compare_questions(pass, node, truth);
        break;
    case NODE_COMPARE:
        compare_numbers(pass, at, node, truth);
        break;
    case NODE_ANY:
    case NODE_ALL:
        block_tally_judge(node_at(pass, at)->tally, node->kind == NODE_ANY, truth);
        break;
    case NODE_HAS:
        test_tick(pass, node, truth);
        break;
    case NODE_ANSWERED:
        rows_answered(pass->reading->of[node->question].state, truth);
        break;
    case NODE_MET:
        memcpy(truth,
               (pass->official ? conditions->official : conditions->full)[node->target].counted,
               BLOCK_ROWS);
        break;
    case NODE_HELD:
        judge_level(conditions, node->target, pass->official, truth);
        break;
    default:
        g_assert_not_reached();
    }
}

/* In the official reading only what looks at levels differs. */
static void judge_nodes(const Pass *pass, const Condition *condition)
{
    BlockConditions *conditions = pass->conditions;

    for (int at = condition->first; at <= condition->root; at++) {
        guint same = conditions->nodes[at].same;
        const BlockNode *node = &conditions->nodes[same];

        if (conditions->is_known[same] || (pass->official && !node->reads_levels))
            continue;
        conditions->is_known[same] = TRUE;
        if (node->is_number)
            block_node_count(conditions->nodes, same, pass->reading, pass->scores, pass->numbers);
        else
            judge_node(pass, (int)same);
    }
}

/* ---- requirements ---- */

static void judge_requirement(const Pass *pass, int requirement)
{
    BlockConditions *conditions = pass->conditions;
    const Condition *condition = PLAN_CONDITION(conditions->plan, requirement);
    Judgement *judged = &(pass->official ? conditions->official : conditions->full)[requirement];
    const guint8 *waived = pass->reading->block->waived[requirement];
    guint8 *counted =
        (pass->official ? conditions->waived_official : conditions->waived)[requirement];

    *judged = (Judgement){ conditions->none, conditions->none };
    if (!condition->applies ||
        (pass->official &&
         RUBRIC_REQUIREMENT(conditions->plan->rubric, requirement)->origin != ORIGIN_OFFICIAL))
        return;
    judge_nodes(pass, condition);
    judged->truth = judged->counted = truth_at(pass, condition->root);
    if (!waived)
        return;
    rows_waive(judged->truth, waived, counted);
    judged->counted = counted;
}

static void judge(Pass *pass)
{
    BlockConditions *conditions = pass->conditions;
    const Plan *plan = conditions->plan;

    memset(conditions->is_known, 0, plan->nodes->len * sizeof *conditions->is_known);
    for (guint i = 0; i < plan->rubric->requirements->len; i++)
        (pass->official ? conditions->official : conditions->full)[i] =
            (Judgement){ conditions->none, conditions->none };
    for (guint i = 0; i < plan->order->len; i++)
        judge_requirement(pass, g_array_index(plan->order, int, i));
}

void block_conditions_judge(BlockConditions *conditions, const BlockReading *reading,
                            const BlockScores *scores, Numbers *numbers)
{
    Pass pass = { conditions, reading, scores, numbers, FALSE };

    for (guint i = 0; i < conditions->plan->nodes->len; i++)
        if (conditions->nodes[i].owns_tally)
            block_tally_count(conditions->nodes[i].tally, reading);
    judge(&pass);
    if (reading->reading == READING_FULL)
        for (guint i = 0; i < conditions->plan->contradictions->len; i++)
            judge_nodes(&pass, PLAN_CONTRADICTION(conditions->plan, i));
}

void block_conditions_judge_official(BlockConditions *conditions, const BlockReading *reading,
                                     const BlockScores *scores, Numbers *numbers)
{
    Pass pass = { conditions, reading, scores, numbers, TRUE };

    judge(&pass);
}

const guint8 *block_conditions_truth(const BlockConditions *conditions, int requirement,
                                     gboolean official)
{
    return (official ? conditions->official : conditions->full)[requirement].truth;
}

const guint8 *block_conditions_rows(const BlockConditions *conditions, int node)
{
    return conditions->nodes[conditions->nodes[node].same].truth;
}
