#include "proof/effect.h"

#include "rules/compare.h"

/* One step, and what is under way. */
typedef struct {
    const Space *space;
    const Plan *plan;
    int question;
    const State *from, *to;
} Step;

static guint effect_at(const Step *step, int at);

enum { UNDEFINED = 4 /* beside the bits of Effect: may become or cease to be undefined */ };

static guint flipped(guint effect)
{
    return (effect & EFFECT_UP ? EFFECT_DOWN : 0U) | (effect & EFFECT_DOWN ? EFFECT_UP : 0U) |
           (effect & UNDEFINED);
}

static guint by_order(int order)
{
    return order < 0 ? EFFECT_UP : order > 0 ? EFFECT_DOWN : EFFECT_NONE;
}

static guint by_truth(gboolean before, gboolean after)
{
    return by_order((int)before - (int)after);
}

/* ---- the question itself ---- */

static gboolean compares(const State *state, Operator op, int option)
{
    return compare_ranges(op, state->option, state->option, (guint)option, (guint)option) ==
           TRUTH_TRUE;
}

static guint of_option(const Step *step, Operator op, int option)
{
    return by_truth(compares(step->from, op, option), compares(step->to, op, option));
}

static guint of_number(const Step *step)
{
    return by_order(rational_compare(step->from->number, step->to->number));
}

static gboolean is_ordering(Operator op)
{
    return op != OP_EQUAL && op != OP_NOT_EQUAL;
}

static gboolean is_rising(Operator op)
{
    return op == OP_GREATER || op == OP_GREATER_EQUAL;
}

/* Two choice questions against one another: only their order counts. */
static guint of_options(const Step *step, const Node *node)
{
    guint effect = by_order((int)step->from->option - (int)step->to->option);

    if (node->question == node->other)
        return EFFECT_NONE;
    if (!is_ordering(node->op))
        return effect ? EFFECT_BOTH : EFFECT_NONE;
    if (node->question != step->question)
        effect = flipped(effect);
    return is_rising(node->op) ? effect : flipped(effect);
}

/* ---- scores ---- */

static Rational tick_score(const Step *step)
{
    return QUESTION_OPTION(RUBRIC_QUESTION(step->plan->rubric, step->question), step->to->option)
        ->score;
}

static guint of_own_score(const Step *step)
{
    guint effect;

    if (!step->plan->scored[step->question])
        return EFFECT_NONE;
    if (step->to->kind == STATE_TICKED || step->to->kind == STATE_UNTICKED) {
        effect = by_order(-rational_sign(tick_score(step)));
        return step->to->kind == STATE_TICKED ? effect : flipped(effect);
    }
    return by_order(rational_compare(step->from->score_low, step->to->score_low)) |
           by_order(rational_compare(step->from->score_high, step->to->score_high));
}

static gboolean is_under(const Step *step, int dimension)
{
    int at = RUBRIC_QUESTION(step->plan->rubric, step->question)->dimension;

    if (dimension == NOWHERE)
        return at != NOWHERE;
    while (at != NOWHERE && at != dimension)
        at = RUBRIC_DIMENSION(step->plan->rubric, at)->parent;
    return at == dimension;
}

/* Means with weights of 0 or more, sums and climbs rise with each score. */
static guint of_score(const Step *step, const Node *node)
{
    const Question *question = RUBRIC_QUESTION(step->plan->rubric, step->question);
    const gboolean is_total = node->target == NOWHERE && node->level == NOWHERE;

    if (question->is_field)
        return EFFECT_NONE;
    if (is_total && step->plan->rubric->score == SCORE_SUM)
        return of_own_score(step);
    if (!is_under(step, node->target) || (node->level != NOWHERE && question->level != node->level))
        return EFFECT_NONE;
    return of_own_score(step);
}

/* ---- groups ---- */

static int cell_of(const Step *step, const GArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        if (g_array_index(cells, Cell, i).question == step->question)
            return (int)i;
    return NOWHERE;
}

static guint of_cells(const Step *step, const Node *node)
{
    const int cell = cell_of(step, node->cells);

    return cell == NOWHERE
               ? EFFECT_NONE
               : of_option(step, node->op, g_array_index(node->cells, Cell, cell).option);
}

typedef enum { OUTSIDE, WITHOUT, WITH } Standing;

static Standing standing(const Node *node, const State *state, int cell)
{
    if (!compares(state, node->op2, g_array_index(node->cells2, Cell, cell).option))
        return OUTSIDE;
    return compares(state, node->op, g_array_index(node->cells, Cell, cell).option) ? WITH
                                                                                    : WITHOUT;
}

/* share(a, b): what enters without a lowers it, what enters with a raises it. */
static guint of_share_of(const Step *step, const Node *node)
{
    static const guint EFFECTS[3][3] = {
        [OUTSIDE] = { EFFECT_NONE, EFFECT_DOWN | UNDEFINED, EFFECT_UP | UNDEFINED },
        [WITHOUT] = { EFFECT_UP | UNDEFINED, EFFECT_NONE, EFFECT_UP },
        [WITH] = { EFFECT_DOWN | UNDEFINED, EFFECT_DOWN, EFFECT_NONE },
    };
    const int cell = cell_of(step, node->cells);

    return cell == NOWHERE
               ? EFFECT_NONE
               : EFFECTS[standing(node, step->from, cell)][standing(node, step->to, cell)];
}

static guint of_ticks(const Step *step, const Node *node)
{
    if (node->question != step->question ||
        (node->kind == NODE_HAS && (guint)node->option != step->to->option))
        return EFFECT_NONE;
    return by_truth(step->from->kind == STATE_TICKED, step->to->kind == STATE_TICKED);
}

/* ---- arithmetic and comparisons ---- */

static int constant_sign(const Step *step, int at)
{
    const Node *node = PLAN_NODE(step->plan, at);

    if (node->kind == NODE_NUMBER)
        return rational_sign(node->number);
    return node->kind == NODE_NEG ? -constant_sign(step, node->left) : 0;
}

static guint scaled(guint effect, int sign)
{
    if (effect == EFFECT_NONE)
        return EFFECT_NONE;
    if (sign == 0)
        return EFFECT_BOTH | UNDEFINED;
    return sign > 0 ? effect : flipped(effect);
}

static guint of_arithmetic(const Step *step, const Node *node)
{
    const guint left = effect_at(step, node->left);
    const guint right = node->right == NOWHERE ? 0U : effect_at(step, node->right);

    switch (node->kind) {
    case NODE_ADD:
        return left | right;
    case NODE_SUB:
        return left | flipped(right);
    case NODE_NEG:
        return flipped(left);
    case NODE_MUL:
        return scaled(left, constant_sign(step, node->right)) |
               scaled(right, constant_sign(step, node->left));
    default: /* a division */
        return scaled(left, constant_sign(step, node->right)) |
               (right ? EFFECT_BOTH | UNDEFINED : 0U);
    }
}

/* Undefined makes a comparison false, as does a share of 0 where it is to be above 0: only then
 * does definedness add no move of its own. */
static gboolean is_like_zero(const Step *step, const Node *compare)
{
    const Node *left = PLAN_NODE(step->plan, compare->left);
    const Node *right = PLAN_NODE(step->plan, compare->right);

    if (left->kind == NODE_SHARE_OF && right->kind == NODE_NUMBER && is_rising(compare->op))
        return rational_sign(right->number) > 0;
    return right->kind == NODE_SHARE_OF && left->kind == NODE_NUMBER && !is_rising(compare->op) &&
           is_ordering(compare->op) && rational_sign(left->number) > 0;
}

static guint of_compare(const Step *step, const Node *node)
{
    guint effect = effect_at(step, node->left) | flipped(effect_at(step, node->right));

    if (effect & UNDEFINED && !is_like_zero(step, node))
        return EFFECT_BOTH;
    effect &= (guint)EFFECT_BOTH;
    if (!is_ordering(node->op))
        return effect ? EFFECT_BOTH : EFFECT_NONE;
    return is_rising(node->op) ? effect : flipped(effect);
}

static guint of_level(const Step *step, int level)
{
    const Rubric *rubric = step->plan->rubric;
    guint effect = EFFECT_NONE;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level <= level && PLAN_CONDITION(step->plan, i)->binds)
            effect |= effect_at(step, PLAN_CONDITION(step->plan, i)->root);
    return effect;
}

static guint of_question(const Step *step, const Node *node)
{
    if (node->question != step->question)
        return EFFECT_NONE;
    return step->from->kind == STATE_OPTION ? of_option(step, OP_EQUAL, 1) : of_number(step);
}

static guint of_answered(const Step *step, const Node *node)
{
    return node->question == step->question
               ? by_truth(step->from->kind != STATE_BLANK, step->to->kind != STATE_BLANK)
               : EFFECT_NONE;
}

static guint effect_at(const Step *step, int at)
{
    const Node *node = PLAN_NODE(step->plan, at);

    switch (node->kind) {
    case NODE_NUMBER:
        return EFFECT_NONE;
    case NODE_QUESTION:
    case NODE_YEARS:
        return of_question(step, node);
    case NODE_OPTION:
        return node->question == step->question ? of_option(step, node->op, node->option)
                                                : EFFECT_NONE;
    case NODE_OPTIONS:
        return node->question == step->question || node->other == step->question
                   ? of_options(step, node)
                   : EFFECT_NONE;
    case NODE_AND:
    case NODE_OR:
        return effect_at(step, node->left) | effect_at(step, node->right);
    case NODE_NOT:
        return flipped(effect_at(step, node->left));
    case NODE_COMPARE:
        return of_compare(step, node);
    case NODE_SCORE:
    case NODE_CLIMB:
        return of_score(step, node);
    case NODE_COUNT:
    case NODE_SHARE:
    case NODE_ANY:
    case NODE_ALL:
        return of_cells(step, node);
    case NODE_SHARE_OF:
        return of_share_of(step, node);
    case NODE_TICKED:
    case NODE_HAS:
        return of_ticks(step, node);
    case NODE_MIN:
    case NODE_MAX:
    case NODE_SUM:
    case NODE_MEAN:
        return cell_of(step, node->cells) == NOWHERE ? EFFECT_NONE : of_number(step);
    case NODE_ANSWERED:
        return of_answered(step, node);
    case NODE_MET:
        return effect_at(step, PLAN_CONDITION(step->plan, node->target)->root);
    case NODE_HELD:
        return of_level(step, node->target);
    default:
        return of_arithmetic(step, node);
    }
}

Effect effect_on_node(const Space *space, int node, int question, const State *from,
                      const State *to)
{
    const Step step = { space, space->plan, question, from, to };

    return (Effect)(effect_at(&step, node) & (guint)EFFECT_BOTH);
}

Effect effect_on_requirement(const Space *space, int requirement, int question, const State *from,
                             const State *to)
{
    return effect_on_node(space, PLAN_CONDITION(space->plan, requirement)->root, question, from,
                          to);
}

Effect effect_on_score(const Space *space, int question, const State *from, const State *to)
{
    const Node total = { .kind = NODE_SCORE, .target = NOWHERE, .level = NOWHERE };
    const Step step = { space, space->plan, question, from, to };

    return (Effect)(of_score(&step, &total) & (guint)EFFECT_BOTH);
}
