#include "proof/encoding.h"

void number_clear(Number *number)
{
    g_clear_pointer(&number->top, linear_free);
    g_clear_pointer(&number->bottom, linear_free);
}

static const Number NOTHING = { NULL, NULL, LITERAL_NO, LITERAL_NO };

static gboolean give(Number *number, Linear *top, Linear *bottom, Literal none)
{
    *number = (Number){ top, bottom, none, LITERAL_NO };
    return TRUE;
}

/* ---- groups ---- */

/* The literal that no question of a group is applicable; `bottom` counts those that are. */
static Literal nothing_applicable(Sheet *sheet, const GArray *cells, Linear *bottom)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < cells->len; i++) {
        const Literal na = sheet_na(sheet, g_array_index(cells, Cell, i).question);

        g_array_append_val(none, na);
        linear_add_literal(bottom, sheet->encoder->numbers, literal_not(na), RATIONAL_ONE);
    }
    return program_all(sheet->encoder->program, none);
}

static Linear *count_cells(Sheet *sheet, const GArray *cells, Operator op)
{
    Linear *count = linear_new(RATIONAL_ZERO);

    for (guint i = 0; i < cells->len; i++) {
        const Cell *cell = &g_array_index(cells, Cell, i);

        linear_add_literal(count, sheet->encoder->numbers,
                           sheet_option(sheet, cell->question, op, (guint)cell->option),
                           RATIONAL_ONE);
    }
    return count;
}

static gboolean number_of_cells(Sheet *sheet, const Node *node, Number *number)
{
    Linear *bottom = linear_new(RATIONAL_ZERO);
    const Literal none = nothing_applicable(sheet, node->cells, bottom);
    Linear *top = count_cells(sheet, node->cells, node->op);

    if (node->kind == NODE_SHARE)
        return give(number, top, bottom, none);
    linear_free(bottom);
    return give(number, top, NULL, none);
}

static gboolean share_of(Sheet *sheet, const Node *node, Number *number)
{
    Encoder *encoder = sheet->encoder;
    g_autoptr(Linear) applicable = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) inside = NULL;
    Linear *top = linear_new(RATIONAL_ZERO);

    for (guint i = 0; i < node->cells->len; i++) {
        const Cell *first = &g_array_index(node->cells, Cell, i);
        const Cell *second = &g_array_index(node->cells2, Cell, i);
        const Literal both = program_and(
            encoder->program, sheet_option(sheet, first->question, node->op, (guint)first->option),
            sheet_option(sheet, second->question, node->op2, (guint)second->option));

        linear_add_literal(top, encoder->numbers, both, RATIONAL_ONE);
    }
    inside = count_cells(sheet, node->cells2, node->op2);
    give(number, top, inside, nothing_applicable(sheet, node->cells, applicable));
    number->undefined = program_and(encoder->program, literal_not(number->none),
                                    literal_not(program_above_zero(encoder->program, inside)));
    inside = NULL; /* it is the number's bottom now */
    return TRUE;
}

/* sum() and mean() of numbers: an amount is 0 where it is not applicable. */
static gboolean total_of(Sheet *sheet, const Node *node, Number *number)
{
    g_autoptr(Linear) top = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) bottom = linear_new(RATIONAL_ZERO);
    Literal none;

    for (guint i = 0; i < node->cells->len; i++) {
        g_autoptr(Linear) amount =
            sheet_amount(sheet, g_array_index(node->cells, Cell, i).question);

        if (!amount)
            return FALSE;
        linear_add(top, sheet->encoder->numbers, amount, RATIONAL_ONE);
    }
    none = nothing_applicable(sheet, node->cells, bottom);
    return give(number, g_steal_pointer(&top),
                node->kind == NODE_MEAN ? g_steal_pointer(&bottom) : NULL, none);
}

static gboolean ticked(Sheet *sheet, const Node *node, Number *number)
{
    Linear *count = linear_new(RATIONAL_ZERO);
    const Question *question = RUBRIC_QUESTION(sheet->encoder->plan->rubric, node->question);

    for (guint i = 0; i < question->options->len; i++)
        linear_add_literal(count, sheet->encoder->numbers, sheet_tick(sheet, node->question, i),
                           RATIONAL_ONE);
    return give(number, count, NULL, sheet_na(sheet, node->question));
}

/* ---- scores ---- */

/* Add a question with its weight to a weighted mean: top and bottom. */
static gboolean add_scored(Sheet *sheet, int question, Linear *top, Linear *bottom, GArray *none)
{
    Encoder *encoder = sheet->encoder;
    g_autoptr(Linear) score = sheet_score(sheet, question);
    const Literal na = sheet_na(sheet, question);
    const Rational weight = encoder->plan->weights[question];

    if (!score)
        return FALSE;
    linear_add(top, encoder->numbers, score, weight);
    linear_add_literal(bottom, encoder->numbers, literal_not(na), weight);
    g_array_append_val(none, na);
    return TRUE;
}

/* A mean whose denominator is constant becomes a sum. */
static void divide_out(Sheet *sheet, Number *number)
{
    Numbers *numbers = sheet->encoder->numbers;
    Linear *sum;

    if (number->bottom->terms->len > 0 || rational_sign(number->bottom->constant) == 0)
        return;
    sum = linear_new(RATIONAL_ZERO);
    linear_add(sum, numbers, number->top,
               rational_div(numbers, RATIONAL_ONE, number->bottom->constant));
    number_clear(number);
    number->top = sum;
}

/* The mean of some questions; nothing scored among them: `none` is yes. */
static gboolean mean_of_questions(Sheet *sheet, const GArray *questions, int level, Number *mean)
{
    const Plan *plan = sheet->encoder->plan;
    g_autoptr(Linear) top = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) bottom = linear_new(RATIONAL_ZERO);
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < questions->len; i++) {
        const int question = g_array_index(questions, int, i);

        if (!plan->scored[question] ||
            (level != NOWHERE && RUBRIC_QUESTION(plan->rubric, question)->level != level))
            continue;
        if (!add_scored(sheet, question, top, bottom, none))
            return FALSE;
    }
    give(mean, g_steal_pointer(&top), g_steal_pointer(&bottom),
         program_all(sheet->encoder->program, none));
    divide_out(sheet, mean);
    return TRUE;
}

static gboolean mean_of_dimension(Sheet *sheet, int dimension, int level, Number *mean);

/* One dimension's part of a mean: a quotient becomes a number of its own. */
static gboolean add_dimension(Sheet *sheet, int dimension, int level, Linear *top, Linear *bottom,
                              GArray *none)
{
    Encoder *encoder = sheet->encoder;
    const Rational weight = encoder->plan->dimension_weights[dimension];
    Number part = NOTHING;
    gboolean fits = mean_of_dimension(sheet, dimension, level, &part);

    if (fits && part.bottom && part.none != LITERAL_YES) {
        Linear *quotient = program_quotient(encoder->program, part.top, part.bottom, part.none);

        fits = encoder->plan->rubric->score != SCORE_SUM; /* scores may leave 0..1 there */
        linear_free(part.top);
        part.top = quotient;
    }
    if (fits && part.none != LITERAL_YES) {
        linear_add(top, encoder->numbers, part.top, weight);
        linear_add_literal(bottom, encoder->numbers, literal_not(part.none), weight);
    }
    g_array_append_val(none, part.none);
    number_clear(&part);
    return fits;
}

/* The one dimension with a weight; NOWHERE if there are others or none. */
static int only_weighed(const Sheet *sheet, const GArray *dimensions)
{
    int only = NOWHERE;

    for (guint i = 0; i < dimensions->len; i++) {
        const int dimension = g_array_index(dimensions, int, i);

        if (rational_sign(sheet->encoder->plan->dimension_weights[dimension]) == 0)
            continue;
        if (only != NOWHERE)
            return NOWHERE;
        only = dimension;
    }
    return only;
}

static gboolean mean_of_dimensions(Sheet *sheet, const GArray *dimensions, int level, Number *mean)
{
    g_autoptr(Linear) top = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) bottom = linear_new(RATIONAL_ZERO);
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(Literal));
    const int only = only_weighed(sheet, dimensions);

    if (only != NOWHERE) /* its own mean, whatever it weighs */
        return mean_of_dimension(sheet, only, level, mean);
    for (guint i = 0; i < dimensions->len; i++) {
        const int dimension = g_array_index(dimensions, int, i);

        if (rational_sign(sheet->encoder->plan->dimension_weights[dimension]) > 0 &&
            !add_dimension(sheet, dimension, level, top, bottom, none))
            return FALSE;
    }
    give(mean, g_steal_pointer(&top), g_steal_pointer(&bottom),
         program_all(sheet->encoder->program, none));
    divide_out(sheet, mean);
    return TRUE;
}

static gboolean mean_of_dimension(Sheet *sheet, int dimension, int level, Number *mean)
{
    const Dimension *at = RUBRIC_DIMENSION(sheet->encoder->plan->rubric, dimension);

    return at->children->len > 0 ? mean_of_dimensions(sheet, at->children, level, mean)
                                 : mean_of_questions(sheet, at->questions, level, mean);
}

static gboolean mean_of_all(Sheet *sheet, int level, Number *mean)
{
    const Rubric *rubric = sheet->encoder->plan->rubric;
    g_autoptr(GArray) top = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = 0; i < (int)rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(rubric, i)->parent == NOWHERE)
            g_array_append_val(top, i);
    return mean_of_dimensions(sheet, top, level, mean);
}

static gboolean score_sum(Sheet *sheet, Number *number)
{
    const Plan *plan = sheet->encoder->plan;
    g_autoptr(Linear) top = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) bottom = linear_new(RATIONAL_ZERO);
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < plan->rubric->n_questions; i++)
        if (plan->scored[i] && !add_scored(sheet, (int)i, top, bottom, none))
            return FALSE;
    return give(number, g_steal_pointer(&top), NULL, program_all(sheet->encoder->program, none));
}

static gboolean score_of(Sheet *sheet, const Node *node, Number *number)
{
    const ScoreMethod method = sheet->encoder->plan->rubric->score;

    if (node->target != NOWHERE)
        return mean_of_dimension(sheet, node->target, node->level, number);
    if (node->level == NOWHERE && method == SCORE_SUM)
        return score_sum(sheet, number);
    if (node->level == NOWHERE && method == SCORE_CLIMB)
        return FALSE;
    return mean_of_all(sheet, node->level, number);
}

/* ---- climb ---- */

/* Whether a level's score is at least (or above) a bar. */
static Literal passes(Sheet *sheet, const Linear *score, Rational bar, gboolean above)
{
    Numbers *numbers = sheet->encoder->numbers;
    g_autoptr(Linear) margin = linear_new(rational_neg(numbers, bar));

    linear_add(margin, numbers, score, RATIONAL_ONE);
    return above ? program_above_zero(sheet->encoder->program, margin)
                 : program_at_least_zero(sheet->encoder->program, margin);
}

enum { CLIMB_LIMIT = 8 /* levels that may drop out: each doubles the cases */ };

/* The score of a level, and when it has none. */
typedef struct {
    Linear *score;
    Literal none;
} Rung;

typedef struct {
    Sheet *sheet;
    GArray *rungs; /* of Rung, lowest first; levels that never have a score are left out */
    Rational pass;
    gboolean above; /* more than the bound is asked for */
} Climb;

static void rung_clear(gpointer data)
{
    linear_free(((Rung *)data)->score);
}

/* FALSE if a level's score is no sum. */
static gboolean add_rung(Climb *climb, int level, guint *open)
{
    Number score = NOTHING;
    gboolean fits = mean_of_all(climb->sheet, level, &score);
    Rung rung = { NULL, score.none };

    if (fits && score.none != LITERAL_YES) {
        rung.score = score.bottom ? program_quotient(climb->sheet->encoder->program, score.top,
                                                     score.bottom, score.none)
                                  : g_steal_pointer(&score.top);
        g_array_append_val(climb->rungs, rung);
        *open += score.none != LITERAL_NO;
    }
    number_clear(&score);
    return fits;
}

static gboolean add_rungs(Climb *climb)
{
    const Plan *plan = climb->sheet->encoder->plan;
    guint open = 0;

    for (int level = 0; level < (int)plan->rubric->levels->len; level++)
        if (!add_rung(climb, level, &open))
            return FALSE;
    return open <= CLIMB_LIMIT && plan->rubric->score != SCORE_SUM;
}

/* The climb from a rung on is at least the bound (or above it): from the bottom up, what is still
 * to be climbed. */
static Literal climbs(const Climb *climb, guint at, Rational bound)
{
    Numbers *numbers = climb->sheet->encoder->numbers;
    Program *program = climb->sheet->encoder->program;
    const Rung *rung = &g_array_index(climb->rungs, Rung, at);
    Literal passed, here, on;

    if (rational_sign(bound) < (climb->above ? 0 : 1)) /* 0 is enough */
        return LITERAL_YES;
    if (at == climb->rungs->len)
        return LITERAL_NO;
    passed = passes(climb->sheet, rung->score, climb->pass, FALSE);
    here = program_and(program, passes(climb->sheet, rung->score, bound, climb->above),
                       literal_not(passed));
    on = program_and(program, passed,
                     climbs(climb, at + 1, rational_sub(numbers, bound, RATIONAL_ONE)));
    here = program_and(program, literal_not(rung->none), program_or(program, here, on));
    if (rung->none == LITERAL_NO)
        return here;
    return program_or(program, here,
                      program_and(program, rung->none, climbs(climb, at + 1, bound)));
}

/* No level has a score. */
static Literal nothing_to_climb(const Climb *climb)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < climb->rungs->len; i++)
        g_array_append_val(none, g_array_index(climb->rungs, Rung, i).none);
    return program_all(climb->sheet->encoder->program, none);
}

gboolean sheet_climb(Sheet *sheet, const Node *node, Operator op, Rational bound, Logic *logic)
{
    g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(Rung));
    Program *program = sheet->encoder->program;
    Climb climb = { sheet, rungs,
                    node->kind == NODE_CLIMB ? node->number : sheet->encoder->plan->rubric->pass,
                    op == OP_GREATER || op == OP_LESS_EQUAL };
    Literal reached, none;

    g_array_set_clear_func(rungs, rung_clear);
    if (op == OP_EQUAL || op == OP_NOT_EQUAL || !add_rungs(&climb))
        return FALSE;
    reached = climbs(&climb, 0, bound);
    if (op == OP_LESS || op == OP_LESS_EQUAL)
        reached = literal_not(reached);
    none = nothing_to_climb(&climb);
    *logic = logic_of(program, program_and(program, reached, literal_not(none)), none);
    return TRUE;
}

/* ---- arithmetic ---- */

static gboolean add_numbers(Sheet *sheet, const Node *node, Number *number)
{
    Numbers *numbers = sheet->encoder->numbers;
    Program *program = sheet->encoder->program;
    Number left = NOTHING, right = NOTHING;
    gboolean fits = sheet_number(sheet, node->left, &left);

    fits = sheet_number(sheet, node->right, &right) && fits && !left.bottom && !right.bottom;
    if (fits) {
        Linear *sum = linear_new(RATIONAL_ZERO);

        linear_add(sum, numbers, left.top, RATIONAL_ONE);
        linear_add(sum, numbers, right.top, rational_int(node->kind == NODE_ADD ? 1 : -1));
        give(number, sum, NULL, program_or(program, left.none, right.none));
    }
    number_clear(&left);
    number_clear(&right);
    return fits;
}

/* A product or quotient with a constant that is not 0. */
static gboolean scale_number(Sheet *sheet, const Node *node, Number *number)
{
    Numbers *numbers = sheet->encoder->numbers;
    const Node *left = PLAN_NODE(sheet->encoder->plan, node->left);
    const Node *right = PLAN_NODE(sheet->encoder->plan, node->right);
    const gboolean by_left = node->kind == NODE_MUL && left->kind == NODE_NUMBER;
    Rational times = by_left ? left->number : right->number;
    Linear *scaled;

    if (!by_left && (right->kind != NODE_NUMBER || rational_sign(times) == 0))
        return FALSE;
    if (node->kind == NODE_DIV)
        times = rational_div(numbers, RATIONAL_ONE, times);
    if (!sheet_number(sheet, by_left ? node->right : node->left, number))
        return FALSE;
    scaled = linear_new(RATIONAL_ZERO);
    linear_add(scaled, numbers, number->top, times);
    linear_free(number->top);
    number->top = scaled;
    return TRUE;
}

static gboolean negate(Sheet *sheet, const Node *node, Number *number)
{
    Linear *negated;

    if (!sheet_number(sheet, node->left, number))
        return FALSE;
    negated = linear_new(RATIONAL_ZERO);
    linear_add(negated, sheet->encoder->numbers, number->top, rational_int(-1));
    linear_free(number->top);
    number->top = negated;
    return TRUE;
}

gboolean sheet_number(Sheet *sheet, int at, Number *number)
{
    const Node *node = PLAN_NODE(sheet->encoder->plan, at);
    Linear *amount;

    *number = NOTHING;
    switch (node->kind) {
    case NODE_NUMBER:
        return give(number, linear_new(node->number), NULL, LITERAL_NO);
    case NODE_QUESTION:
        amount = sheet_amount(sheet, node->question);
        return amount && give(number, amount, NULL, sheet_na(sheet, node->question));
    case NODE_COUNT:
    case NODE_SHARE:
        return number_of_cells(sheet, node, number);
    case NODE_SHARE_OF:
        return share_of(sheet, node, number);
    case NODE_TICKED:
        return ticked(sheet, node, number);
    case NODE_SUM:
    case NODE_MEAN:
        return total_of(sheet, node, number);
    case NODE_SCORE:
        return score_of(sheet, node, number);
    case NODE_ADD:
    case NODE_SUB:
        return add_numbers(sheet, node, number);
    case NODE_MUL:
    case NODE_DIV:
        return scale_number(sheet, node, number);
    case NODE_NEG:
        return negate(sheet, node, number);
    default:
        return FALSE;
    }
}
