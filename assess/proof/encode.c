#include "proof/encode.h"

#include "proof/encoding.h"
#include "rules/compare.h"

Encoder *encoder_new(const Space *space, Program *program, int question, State first, State second)
{
    const guint n = space->plan->rubric->questions->len;
    const guint n_requirements = space->plan->rubric->requirements->len;
    Encoder *encoder = g_new0(Encoder, 1);

    encoder->space = space;
    encoder->plan = space->plan;
    encoder->program = program;
    encoder->numbers = numbers_new();
    encoder->answers = g_new0(Encoded, n);
    for (int i = 0; i < 2; i++) {
        Sheet *sheet = &encoder->sheets[i];

        sheet->encoder = encoder;
        sheet->question = question;
        sheet->state = i == 0 ? first : second;
        sheet->logic = g_new0(Logic, n_requirements);
        sheet->is_known = g_new0(gboolean, n_requirements);
    }
    return encoder;
}

void encoder_free(Encoder *encoder)
{
    if (!encoder)
        return;
    for (guint i = 0; i < encoder->plan->rubric->questions->len; i++)
        encoded_clear(&encoder->answers[i]);
    for (int i = 0; i < 2; i++) {
        g_free(encoder->sheets[i].logic);
        g_free(encoder->sheets[i].is_known);
    }
    g_free(encoder->answers);
    numbers_free(encoder->numbers);
    g_free(encoder);
}

/* ---- truths ---- */

Logic logic_of(Program *program, Literal yes, Literal none)
{
    return (Logic){ yes, literal_not(program_or(program, yes, none)), none };
}

static Logic logic_open(Sheet *sheet, int at)
{
    Program *program = sheet->encoder->program;
    Literal none = sheet_make(sheet, at) ? program_literal(program) : LITERAL_NO;
    Literal yes = program_literal(program);

    if (none != LITERAL_NO)
        program_require(program, literal_not(program_and(program, yes, none)));
    return logic_of(program, yes, none);
}

static Logic logic_not(Logic logic)
{
    return (Logic){ logic.no, logic.yes, logic.none };
}

static void push(GArray *literals, Literal literal)
{
    g_array_append_val(literals, literal);
}

/* `and` of an array of Logic; what is not applicable drops out. */
static Logic all_of(Program *program, const GArray *parts)
{
    g_autoptr(GArray) no = g_array_new(FALSE, FALSE, sizeof(Literal));
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(Literal));
    Logic logic;

    for (guint i = 0; i < parts->len; i++) {
        push(no, g_array_index(parts, Logic, i).no);
        push(none, g_array_index(parts, Logic, i).none);
    }
    logic.no = program_any(program, no);
    logic.none = program_all(program, none);
    logic.yes = literal_not(program_or(program, logic.no, logic.none));
    return logic;
}

static Logic any_of(Program *program, const GArray *parts)
{
    g_autoptr(GArray) negated = g_array_copy((GArray *)parts);

    for (guint i = 0; i < negated->len; i++)
        g_array_index(negated, Logic, i) = logic_not(g_array_index(negated, Logic, i));
    return logic_not(all_of(program, negated));
}

static Logic encode_node(Sheet *sheet, int at);

/* The parts of a chain of one kind, `and` or `or`. */
static void flatten(Sheet *sheet, int at, NodeKind kind, GArray *parts)
{
    const Node *node = PLAN_NODE(sheet->encoder->plan, at);

    if (node->kind == kind) {
        flatten(sheet, node->left, kind, parts);
        flatten(sheet, node->right, kind, parts);
    } else {
        Logic logic = encode_node(sheet, at);

        g_array_append_val(parts, logic);
    }
}

static Logic encode_chain(Sheet *sheet, int at, NodeKind kind)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Logic));

    flatten(sheet, at, kind, parts);
    return kind == NODE_AND ? all_of(sheet->encoder->program, parts)
                            : any_of(sheet->encoder->program, parts);
}

/* ---- one question ---- */

Literal sheet_option(Sheet *sheet, int question, Operator op, guint option)
{
    g_autoptr(GArray) those = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < SPACE_STATES(sheet->encoder->space, question); i++) {
        const State *state = SPACE_STATE(sheet->encoder->space, question, i);

        if (compare_ranges(op, state->option, state->option, option, option) == TRUTH_TRUE)
            push(those, sheet_state(sheet, question, i));
    }
    return program_any(sheet->encoder->program, those);
}

static Logic encode_option(Sheet *sheet, int question, Operator op, int option)
{
    return logic_of(sheet->encoder->program, sheet_option(sheet, question, op, (guint)option),
                    sheet_na(sheet, question));
}

static Logic encode_options(Sheet *sheet, const Node *node)
{
    Program *program = sheet->encoder->program;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < SPACE_STATES(sheet->encoder->space, node->question); i++) {
        const State *state = SPACE_STATE(sheet->encoder->space, node->question, i);
        const Literal other =
            sheet_option(sheet, node->other, operator_mirrored(node->op), state->option);

        push(pairs, program_and(program, sheet_state(sheet, node->question, i), other));
    }
    return logic_of(
        program, program_any(program, pairs),
        program_or(program, sheet_na(sheet, node->question), sheet_na(sheet, node->other)));
}

/* A number, or years, against a constant: its states tell. */
static Logic encode_number(Sheet *sheet, int question, Operator op, Rational bound)
{
    g_autoptr(GArray) those = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < SPACE_STATES(sheet->encoder->space, question); i++) {
        const State *state = SPACE_STATE(sheet->encoder->space, question, i);

        if (compare_values(op, value_point(state->number), value_point(bound)) == TRUTH_TRUE)
            push(those, sheet_state(sheet, question, i));
    }
    return logic_of(sheet->encoder->program, program_any(sheet->encoder->program, those),
                    sheet_na(sheet, question));
}

/* min() and max() against a constant. */
static Logic encode_extreme(Sheet *sheet, int at, const Node *node, Operator op, Rational bound)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Logic));
    const gboolean rises = op == OP_GREATER || op == OP_GREATER_EQUAL;

    if (op == OP_EQUAL || op == OP_NOT_EQUAL)
        return logic_open(sheet, at);
    for (guint i = 0; i < node->cells->len; i++) {
        Logic part = encode_number(sheet, g_array_index(node->cells, Cell, i).question, op, bound);

        g_array_append_val(parts, part);
    }
    return (node->kind == NODE_MIN) == rises ? all_of(sheet->encoder->program, parts)
                                             : any_of(sheet->encoder->program, parts);
}

static Logic encode_cells(Sheet *sheet, const Node *node)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Logic));

    for (guint i = 0; i < node->cells->len; i++) {
        const Cell *cell = &g_array_index(node->cells, Cell, i);
        Logic part = encode_option(sheet, cell->question, node->op, cell->option);

        g_array_append_val(parts, part);
    }
    return node->kind == NODE_ALL ? all_of(sheet->encoder->program, parts)
                                  : any_of(sheet->encoder->program, parts);
}

/* ---- comparisons of sums ---- */

static Literal compare_sum(Program *program, Operator op, const Linear *sum)
{
    Literal at_least, above;

    switch (op) {
    case OP_GREATER_EQUAL:
        return program_at_least_zero(program, sum);
    case OP_GREATER:
        return program_above_zero(program, sum);
    case OP_LESS:
        return literal_not(program_at_least_zero(program, sum));
    case OP_LESS_EQUAL:
        return literal_not(program_above_zero(program, sum));
    case OP_EQUAL:
    case OP_NOT_EQUAL:
    default:
        at_least = program_at_least_zero(program, sum);
        above = program_above_zero(program, sum);
        at_least = program_and(program, at_least, literal_not(above));
        return op == OP_EQUAL ? at_least : literal_not(at_least);
    }
}

/* left - right as one sum: of a quotient and a constant, the quotient's parts. FALSE if it has no
 * such form. */
static gboolean subtract(Numbers *numbers, const Number *left, const Number *right, Linear *sum)
{
    const Rational minus = rational_int(-1);

    if (!left->bottom && !right->bottom) {
        linear_add(sum, numbers, left->top, RATIONAL_ONE);
        linear_add(sum, numbers, right->top, minus);
        return TRUE;
    }
    if (left->bottom && !right->bottom && right->top->terms->len == 0) {
        linear_add(sum, numbers, left->top, RATIONAL_ONE);
        linear_add(sum, numbers, left->bottom, rational_neg(numbers, right->top->constant));
        return TRUE;
    }
    if (!left->bottom && right->bottom && left->top->terms->len == 0) {
        linear_add(sum, numbers, right->bottom, left->top->constant);
        linear_add(sum, numbers, right->top, minus);
        return TRUE;
    }
    return FALSE;
}

static Logic compare_numbers(Sheet *sheet, int at, const Node *node)
{
    Encoder *encoder = sheet->encoder;
    Program *program = encoder->program;
    g_autoptr(Linear) sum = linear_new(RATIONAL_ZERO);
    Number left = { 0 }, right = { 0 };
    gboolean fits = sheet_number(sheet, node->left, &left);
    Logic logic;

    fits = sheet_number(sheet, node->right, &right) && fits &&
           subtract(encoder->numbers, &left, &right, sum);
    if (fits) {
        const Literal none = program_or(program, left.none, right.none);
        const Literal undefined = program_or(program, left.undefined, right.undefined);
        const Literal outside = program_or(program, none, undefined);

        logic = logic_of(
            program,
            program_and(program, compare_sum(program, node->op, sum), literal_not(outside)), none);
    } else {
        logic = logic_open(sheet, at);
    }
    number_clear(&left);
    number_clear(&right);
    return logic;
}

static gboolean is_climb(const Plan *plan, const Node *node)
{
    return node->kind == NODE_CLIMB ||
           (node->kind == NODE_SCORE && node->target == NOWHERE && node->level == NOWHERE &&
            plan->rubric->score == SCORE_CLIMB);
}

/* A value against a constant, where that is simpler than a sum. FALSE if it is not. */
static gboolean compare_simple(Sheet *sheet, int at, const Node *value, Operator op,
                               const Node *constant, Logic *logic)
{
    if (constant->kind != NODE_NUMBER)
        return FALSE;
    if (value->kind == NODE_QUESTION || value->kind == NODE_YEARS)
        *logic = encode_number(sheet, value->question, op, constant->number);
    else if (value->kind == NODE_MIN || value->kind == NODE_MAX)
        *logic = encode_extreme(sheet, at, value, op, constant->number);
    else if (!is_climb(sheet->encoder->plan, value) ||
             !sheet_climb(sheet, value, op, constant->number, logic))
        return FALSE;
    return TRUE;
}

static Logic encode_compare(Sheet *sheet, int at, const Node *node)
{
    const Node *left = PLAN_NODE(sheet->encoder->plan, node->left);
    const Node *right = PLAN_NODE(sheet->encoder->plan, node->right);
    Logic logic;

    if (compare_simple(sheet, at, left, node->op, right, &logic) ||
        compare_simple(sheet, at, right, operator_mirrored(node->op), left, &logic))
        return logic;
    return compare_numbers(sheet, at, node);
}

static Logic encode_has(Sheet *sheet, const Node *node)
{
    const Literal none = sheet_na(sheet, node->question);
    const Literal tick = sheet_tick(sheet, node->question, (guint)node->option);
    Program *program = sheet->encoder->program;

    return logic_of(program, program_and(program, tick, literal_not(none)), none);
}

/* A blank makes it unknown, and `not` leaves it so: neither side is met. Such a truth is left open;
 * a requirement with one is made anew wherever it is named. */
static Logic encode_answered(Sheet *sheet, const Node *node)
{
    const Choices *choices = &sheet->encoder->space->of[node->question];
    Program *program = sheet->encoder->program;
    const Literal na = sheet_na(sheet, node->question);
    Literal blank = LITERAL_NO, no;

    for (guint i = 0; i < choices->states->len; i++)
        if (g_array_index(choices->states, State, i).kind == STATE_BLANK)
            blank = sheet_state(sheet, node->question, i);
    if (blank == LITERAL_NO)
        return logic_of(program, literal_not(na), na);
    sheet->encoder->n_unknown++;
    no = program_and(program, blank, program_literal(program));
    return (Logic){ literal_not(program_or(program, no, na)), no, na };
}

static Literal sheet_level(Sheet *sheet, int level);

static Logic encode_node(Sheet *sheet, int at)
{
    const Encoder *encoder = sheet->encoder;
    const Node *node = PLAN_NODE(encoder->plan, at);
    const int index = (int)(sheet - encoder->sheets);

    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
        return encode_chain(sheet, at, node->kind);
    case NODE_NOT:
        return logic_not(encode_node(sheet, node->left));
    case NODE_QUESTION:
        return encode_option(sheet, node->question, OP_EQUAL, 1);
    case NODE_OPTION:
        return encode_option(sheet, node->question, node->op, node->option);
    case NODE_OPTIONS:
        return encode_options(sheet, node);
    case NODE_COMPARE:
        return encode_compare(sheet, at, node);
    case NODE_ANY:
    case NODE_ALL:
        return encode_cells(sheet, node);
    case NODE_HAS:
        return encode_has(sheet, node);
    case NODE_ANSWERED:
        return encode_answered(sheet, node);
    case NODE_MET:
        return encode_requirement(sheet->encoder, index, node->target);
    case NODE_HELD:
        return logic_of(encoder->program, sheet_level(sheet, node->target), LITERAL_NO);
    default:
        g_assert_not_reached();
    }
}

Logic encode_requirement(Encoder *encoder, int index, int requirement)
{
    Sheet *sheet = &encoder->sheets[index];
    const Condition *condition = PLAN_CONDITION(encoder->plan, requirement);

    if (!condition->applies)
        return (Logic){ LITERAL_NO, LITERAL_NO, LITERAL_YES };
    if (!sheet->is_known[requirement]) {
        const guint n_unknown = encoder->n_unknown;

        sheet->logic[requirement] = encode_node(sheet, condition->root);
        sheet->is_known[requirement] = encoder->n_unknown == n_unknown;
    }
    return sheet->logic[requirement];
}

static Literal sheet_level(Sheet *sheet, int level)
{
    Encoder *encoder = sheet->encoder;
    g_autoptr(GArray) unmet = g_array_new(FALSE, FALSE, sizeof(Literal));
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < encoder->plan->rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(encoder->plan->rubric, i);
        Logic logic;

        if (requirement->level > level || !PLAN_CONDITION(encoder->plan, i)->binds)
            continue;
        logic = encode_requirement(encoder, (int)(sheet - encoder->sheets), (int)i);
        push(unmet, logic.no);
        if (requirement->level == level)
            push(own, logic.yes);
    }
    return program_and(encoder->program, literal_not(program_any(encoder->program, unmet)),
                       program_any(encoder->program, own));
}

Literal encode_level(Encoder *encoder, int sheet, int level)
{
    return sheet_level(&encoder->sheets[sheet], level);
}
