#include "rules/evaluate.h"

#include "rules/compare.h"
#include "rules/reading.h"
#include "rules/score.h"

static const char *const STATUS_NAMES[] = { "met", "waived", "unmet", "unknown", "not_applicable" };

const char *status_name(Status status)
{
    return STATUS_NAMES[status];
}

/* ---- groups ---- */

/* Whether a cell's question compares so with the cell's option; none if it is not applicable. */
static Truth cell_truth(const Evaluation *evaluation, const Cell *cell, Operator op)
{
    guint low, high;

    if (!evaluation_is_applicable(evaluation, cell->question))
        return TRUTH_NONE;
    reading_options(evaluation, cell->question, &low, &high);
    return compare_ranges(op, low, high, (guint)cell->option, (guint)cell->option);
}

typedef struct {
    int applicable, sure, possible;
} Tally;

static Tally tally_cells(const Evaluation *evaluation, const Node *node)
{
    Tally tally = { 0, 0, 0 };

    for (guint i = 0; i < node->cells->len; i++) {
        Truth truth = cell_truth(evaluation, &g_array_index(node->cells, Cell, i), node->op);

        tally.applicable += truth != TRUTH_NONE;
        tally.sure += truth == TRUTH_TRUE;
        tally.possible += truth == TRUTH_TRUE || truth == TRUTH_UNKNOWN;
    }
    return tally;
}

static Value count_cells(const Evaluation *evaluation, const Node *node)
{
    Tally tally = tally_cells(evaluation, node);

    return tally.applicable ? value_range(rational_int(tally.sure), rational_int(tally.possible))
                            : value_none();
}

static Value share_cells(const Evaluation *evaluation, const Node *node)
{
    Tally tally = tally_cells(evaluation, node);

    return tally.applicable ? value_range(rational_ratio(tally.sure, tally.applicable),
                                          rational_ratio(tally.possible, tally.applicable))
                            : value_none();
}

/* How one question may turn out in share(first, second): outside the second, inside it with or
 * without the first. */
typedef struct {
    gboolean outside, with, without;
} Outcome;

static gboolean option_compares(Operator op, guint option, int bound)
{
    return compare_ranges(op, option, option, (guint)bound, (guint)bound) == TRUTH_TRUE;
}

static Outcome outcome_of(const Evaluation *evaluation, const Node *node, guint i)
{
    const Cell *first = &g_array_index(node->cells, Cell, i);
    const Cell *second = &g_array_index(node->cells2, Cell, i);
    Outcome outcome = { FALSE, FALSE, FALSE };
    guint low, high;

    reading_options(evaluation, first->question, &low, &high);
    for (guint option = low; option <= high; option++) {
        if (!option_compares(node->op2, option, second->option))
            outcome.outside = TRUE;
        else if (option_compares(node->op, option, first->option))
            outcome.with = TRUE;
        else
            outcome.without = TRUE;
    }
    return outcome;
}

/* The tightest bounds: each question turns out on its own. The most: all that can be "with" are, of
 * the others those that cannot stay outside are "without". The least: the other way round. */
static Value share_of_cells(const Evaluation *evaluation, const Node *node)
{
    int applicable = 0, can_with = 0, must_with = 0, can_without = 0, must_without = 0,
        must_inside = 0;
    Value value;

    for (guint i = 0; i < node->cells->len; i++) {
        Outcome outcome;

        if (!evaluation_is_applicable(evaluation, g_array_index(node->cells, Cell, i).question))
            continue;
        outcome = outcome_of(evaluation, node, i);
        applicable++;
        can_with += outcome.with;
        can_without += outcome.without;
        must_with += outcome.with && !outcome.without && !outcome.outside;
        must_without += outcome.without && !outcome.with && !outcome.outside;
        must_inside += !outcome.outside;
    }
    if (applicable == 0)
        return value_none();
    if (can_with + can_without == 0)
        return value_undefined();
    /* with nothing forced inside, one question that can be so is enough for 1, or 0 */
    value = value_range(must_with + can_without ? rational_ratio(must_with, must_with + can_without)
                                                : RATIONAL_ONE,
                        can_with + must_without ? rational_ratio(can_with, can_with + must_without)
                                                : RATIONAL_ZERO);
    value.may_be_undefined = must_inside == 0;
    return value;
}

static Truth any_or_all(const Evaluation *evaluation, const Node *node)
{
    Truth truth = TRUTH_NONE;

    for (guint i = 0; i < node->cells->len; i++) {
        Truth cell = cell_truth(evaluation, &g_array_index(node->cells, Cell, i), node->op);

        truth = node->kind == NODE_ANY ? truth_or(truth, cell) : truth_and(truth, cell);
    }
    return truth;
}

static Rational extreme(Rational a, Rational b, gboolean greater)
{
    return (rational_compare(a, b) < 0) == greater ? b : a;
}

/* min() or max() of what is known so far and one more. */
static Value value_extreme(Value a, Value b, gboolean greater)
{
    Value value = a;

    if (greater) {
        value.no_low = a.no_low && b.no_low;
        value.low = a.no_low ? b.low : b.no_low ? a.low : extreme(a.low, b.low, TRUE);
        value.no_high = a.no_high || b.no_high;
        value.high = extreme(a.high, b.high, TRUE);
    } else {
        value.no_high = a.no_high && b.no_high;
        value.high = a.no_high ? b.high : b.no_high ? a.high : extreme(a.high, b.high, FALSE);
        value.no_low = a.no_low || b.no_low;
        value.low = extreme(a.low, b.low, FALSE);
    }
    return value;
}

static Value aggregate(const Evaluation *evaluation, const Node *node)
{
    Value result = value_none();
    gint64 n = 0;

    for (guint i = 0; i < node->cells->len; i++) {
        Value value = reading_number(evaluation, g_array_index(node->cells, Cell, i).question);

        if (!value.exists)
            continue;
        n++;
        if (!result.exists)
            result = value;
        else if (node->kind == NODE_MIN || node->kind == NODE_MAX)
            result = value_extreme(result, value, node->kind == NODE_MAX);
        else
            result = value_add(evaluation->numbers, result, value);
    }
    if (node->kind == NODE_MEAN && n > 0)
        return value_div(evaluation->numbers, result, value_point(rational_int(n)));
    return result;
}

static gint64 bits(guint64 set)
{
    return __builtin_popcountll(set);
}

static Value count_ticks(const Evaluation *evaluation, const Node *node)
{
    guint64 must, may;

    if (!evaluation_is_applicable(evaluation, node->question))
        return value_none();
    reading_ticks(evaluation, node->question, &must, &may);
    return value_range(rational_int(bits(must)), rational_int(bits(may)));
}

/* ---- numbers ---- */

static Value arithmetic(const Evaluation *evaluation, const Node *node)
{
    Value left = evaluation_value(evaluation, node->left);
    Value right = node->right == NOWHERE ? left : evaluation_value(evaluation, node->right);

    switch (node->kind) {
    case NODE_ADD:
        return value_add(evaluation->numbers, left, right);
    case NODE_SUB:
        return value_sub(evaluation->numbers, left, right);
    case NODE_MUL:
        return value_mul(evaluation->numbers, left, right);
    case NODE_DIV:
        return value_div(evaluation->numbers, left, right);
    case NODE_NEG:
        return value_neg(evaluation->numbers, left);
    default:
        g_assert_not_reached();
    }
}

Value evaluation_value(const Evaluation *evaluation, int at)
{
    const Node *node = PLAN_NODE(evaluation->plan, at);

    switch (node->kind) {
    case NODE_NUMBER:
        return value_point(node->number);
    case NODE_QUESTION:
        return reading_number(evaluation, node->question);
    case NODE_SCORE:
        return node->target == NOWHERE && node->level == NOWHERE
                   ? score_total(evaluation)
                   : score_mean(evaluation, node->target, node->level);
    case NODE_CLIMB:
        return score_climb(evaluation, node->number);
    case NODE_COUNT:
        return count_cells(evaluation, node);
    case NODE_SHARE:
        return share_cells(evaluation, node);
    case NODE_SHARE_OF:
        return share_of_cells(evaluation, node);
    case NODE_TICKED:
        return count_ticks(evaluation, node);
    case NODE_MIN:
    case NODE_MAX:
    case NODE_SUM:
    case NODE_MEAN:
        return aggregate(evaluation, node);
    case NODE_YEARS:
        return reading_years(evaluation, node->question);
    default:
        return arithmetic(evaluation, node);
    }
}

/* ---- conditions ---- */

static Truth options_truth(const Evaluation *evaluation, const Node *node)
{
    guint low, high, low2 = (guint)node->option, high2 = (guint)node->option;

    if (!evaluation_is_applicable(evaluation, node->question))
        return TRUTH_NONE;
    if (node->kind == NODE_OPTIONS) {
        if (!evaluation_is_applicable(evaluation, node->other))
            return TRUTH_NONE;
        reading_options(evaluation, node->other, &low2, &high2);
    }
    reading_options(evaluation, node->question, &low, &high);
    return compare_ranges(node->op, low, high, low2, high2);
}

/* A yesno question: no is option 0, yes is 1. */
static Truth yesno_truth(const Evaluation *evaluation, int question)
{
    guint low, high;

    if (!evaluation_is_applicable(evaluation, question))
        return TRUTH_NONE;
    reading_options(evaluation, question, &low, &high);
    return compare_ranges(OP_EQUAL, low, high, 1, 1);
}

static Truth has_truth(const Evaluation *evaluation, const Node *node)
{
    guint64 must, may;

    if (!evaluation_is_applicable(evaluation, node->question))
        return TRUTH_NONE;
    reading_ticks(evaluation, node->question, &must, &may);
    return must >> node->option & 1  ? TRUTH_TRUE
           : may >> node->option & 1 ? TRUTH_UNKNOWN
                                     : TRUTH_FALSE;
}

static Truth answered_truth(const Evaluation *evaluation, int question)
{
    if (!evaluation_is_applicable(evaluation, question))
        return TRUTH_NONE;
    return evaluation_is_blank(evaluation, question) ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

static Truth truth_of_status(Status status)
{
    static const Truth TRUTHS[] = {
        [STATUS_MET] = TRUTH_TRUE,
        [STATUS_WAIVED] = TRUTH_TRUE,
        [STATUS_UNMET] = TRUTH_FALSE,
        [STATUS_UNKNOWN] = TRUTH_UNKNOWN,
        [STATUS_NOT_APPLICABLE] = TRUTH_NONE,
    };

    return TRUTHS[status];
}

Truth evaluation_truth(const Evaluation *evaluation, int at)
{
    const Node *node = PLAN_NODE(evaluation->plan, at);

    switch (node->kind) {
    case NODE_AND:
        return truth_and(evaluation_truth(evaluation, node->left),
                         evaluation_truth(evaluation, node->right));
    case NODE_OR:
        return truth_or(evaluation_truth(evaluation, node->left),
                        evaluation_truth(evaluation, node->right));
    case NODE_NOT:
        return truth_not(evaluation_truth(evaluation, node->left));
    case NODE_QUESTION:
        return yesno_truth(evaluation, node->question);
    case NODE_OPTION:
    case NODE_OPTIONS:
        return options_truth(evaluation, node);
    case NODE_COMPARE:
        return compare_values(node->op, evaluation_value(evaluation, node->left),
                              evaluation_value(evaluation, node->right));
    case NODE_ANY:
    case NODE_ALL:
        return any_or_all(evaluation, node);
    case NODE_HAS:
        return has_truth(evaluation, node);
    case NODE_ANSWERED:
        return answered_truth(evaluation, node->question);
    case NODE_MET:
        return truth_of_status(evaluation->status[node->target]);
    case NODE_HELD:
        return evaluation_level(evaluation, node->target);
    default:
        g_assert_not_reached();
    }
}

gboolean evaluation_binds(const Evaluation *evaluation, int requirement)
{
    return PLAN_CONDITION(evaluation->plan, requirement)->binds &&
           (evaluation->reading != READING_OFFICIAL ||
            RUBRIC_REQUIREMENT(evaluation->plan->rubric, requirement)->origin == ORIGIN_OFFICIAL);
}

Truth evaluation_level(const Evaluation *evaluation, int level)
{
    const Rubric *rubric = evaluation->plan->rubric;
    gboolean held = TRUE, possible = TRUE, own_met = FALSE, own_possible = FALSE;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        Status status = evaluation->status[i];

        if (requirement->level > level || !evaluation_binds(evaluation, (int)i))
            continue;
        held = held && status != STATUS_UNMET && status != STATUS_UNKNOWN;
        possible = possible && status != STATUS_UNMET;
        if (requirement->level == level) {
            /* a requirement that is waived while open may yet be met */
            own_met = own_met || status == STATUS_MET;
            own_possible = own_possible || evaluation->truth[i] == TRUTH_TRUE ||
                           evaluation->truth[i] == TRUTH_UNKNOWN;
        }
    }
    return held && own_met ? TRUTH_TRUE : possible && own_possible ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

static Status status_of(const Evaluation *evaluation, int requirement)
{
    Truth truth = evaluation->truth[requirement];

    if (truth == TRUTH_NONE)
        return STATUS_NOT_APPLICABLE;
    if (truth == TRUTH_TRUE)
        return STATUS_MET;
    if (evaluation->answers->waivers[requirement])
        return STATUS_WAIVED;
    return truth == TRUTH_FALSE ? STATUS_UNMET : STATUS_UNKNOWN;
}

/* A requirement of another profile says nothing about this company. */
static gboolean is_evaluated(const Evaluation *evaluation, int requirement)
{
    const Requirement *from = RUBRIC_REQUIREMENT(evaluation->plan->rubric, requirement);

    if (evaluation->reading == READING_OFFICIAL && from->origin != ORIGIN_OFFICIAL)
        return FALSE;
    return PLAN_CONDITION(evaluation->plan, requirement)->applies;
}

static void find_verdict(Evaluation *evaluation)
{
    evaluation->verdict = (Verdict){ NOWHERE, NOWHERE };
    for (guint level = 0; level < evaluation->plan->rubric->levels->len; level++) {
        Truth held = evaluation_level(evaluation, (int)level);

        if (held == TRUTH_TRUE)
            evaluation->verdict.level = (int)level;
        if (held != TRUTH_FALSE)
            evaluation->verdict.level_possible = (int)level;
    }
}

Evaluation *evaluation_new(const Plan *plan, const Answers *answers, Reading reading, gint32 date)
{
    Evaluation *evaluation = g_new0(Evaluation, 1);

    evaluation->plan = plan;
    evaluation->answers = answers;
    evaluation->reading = reading;
    evaluation->date = date;
    evaluation->numbers = numbers_new();
    evaluation->status = g_new(Status, plan->rubric->requirements->len);
    evaluation->truth = g_new(Truth, plan->rubric->requirements->len);
    for (guint i = 0; i < plan->rubric->requirements->len; i++) {
        evaluation->status[i] = STATUS_NOT_APPLICABLE;
        evaluation->truth[i] = TRUTH_NONE;
    }
    for (guint i = 0; i < plan->order->len; i++) {
        int requirement = g_array_index(plan->order, int, i);

        if (!is_evaluated(evaluation, requirement))
            continue;
        evaluation->truth[requirement] =
            evaluation_truth(evaluation, PLAN_CONDITION(plan, requirement)->root);
        evaluation->status[requirement] = status_of(evaluation, requirement);
    }
    find_verdict(evaluation);
    return evaluation;
}

void evaluation_free(Evaluation *evaluation)
{
    if (!evaluation)
        return;
    numbers_free(evaluation->numbers);
    g_free(evaluation->status);
    g_free(evaluation->truth);
    g_free(evaluation);
}
