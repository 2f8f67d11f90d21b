#include "proof/encoding.h"

#include <math.h>

#include "rules/rest.h"

void encoded_clear(Encoded *encoded)
{
    g_clear_pointer(&encoded->states, g_array_unref);
    g_clear_pointer(&encoded->ticks, g_array_unref);
    g_clear_pointer(&encoded->score, linear_free);
}

static const Choices *choices_of(const Sheet *sheet, int question)
{
    return &sheet->encoder->space->of[question];
}

static const Question *question_at(const Sheet *sheet, int question)
{
    return RUBRIC_QUESTION(sheet->encoder->plan->rubric, question);
}

static void add_literal(Program *program, GArray *literals)
{
    const Literal literal = program_literal(program);

    g_array_append_val(literals, literal);
}

static void make_ticks(Program *program, const Question *question, Encoded *encoded)
{
    for (guint i = 0; i < question->options->len; i++) {
        add_literal(program, encoded->ticks);
        program_require(program,
                        literal_not(program_and(program, encoded->na,
                                                g_array_index(encoded->ticks, Literal, i))));
    }
}

static void make_states(Program *program, guint n, Encoded *encoded)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (guint i = 0; i < n; i++)
        add_literal(program, encoded->states);
    g_array_append_vals(all, encoded->states->data, encoded->states->len);
    g_array_append_val(all, encoded->na);
    program_one_of(program, all);
}

/* The literals of a question, made when it is first met. */
static Encoded *encoded_at(Sheet *sheet, int question)
{
    Encoded *encoded = &sheet->encoder->answers[question];
    const Choices *choices = choices_of(sheet, question);
    Program *program = sheet->encoder->program;

    if (encoded->is_made)
        return encoded;
    encoded->is_made = TRUE;
    encoded->states = g_array_new(FALSE, FALSE, sizeof(Literal));
    encoded->ticks = g_array_new(FALSE, FALSE, sizeof(Literal));
    encoded->na = LITERAL_NO;
    if (sheet->encoder->plan->skipped[question])
        encoded->na = LITERAL_YES;
    else if (choices->may_be_na)
        encoded->na = program_literal(program);
    if (choices->is_multi)
        make_ticks(program, question_at(sheet, question), encoded);
    else
        make_states(program, choices->states->len, encoded);
    return encoded;
}

static gboolean is_tick(const State *state)
{
    return state->kind == STATE_TICKED || state->kind == STATE_UNTICKED;
}

static gboolean is_same(const State *a, const State *b)
{
    return a->kind == b->kind && a->option == b->option &&
           rational_compare(a->number, b->number) == 0;
}

/* Whether the question's whole answer is given in this sheet. */
static gboolean is_given(const Sheet *sheet, int question)
{
    return question == sheet->question && !is_tick(&sheet->state);
}

Literal sheet_state(Sheet *sheet, int question, guint state)
{
    if (is_given(sheet, question))
        return is_same(SPACE_STATE(sheet->encoder->space, question, state), &sheet->state)
                   ? LITERAL_YES
                   : LITERAL_NO;
    return g_array_index(encoded_at(sheet, question)->states, Literal, state);
}

Literal sheet_tick(Sheet *sheet, int question, guint option)
{
    if (question == sheet->question && !is_tick(&sheet->state))
        return LITERAL_NO; /* not applicable */
    if (question == sheet->question && option == sheet->state.option)
        return sheet->state.kind == STATE_TICKED ? LITERAL_YES : LITERAL_NO;
    return g_array_index(encoded_at(sheet, question)->ticks, Literal, option);
}

Literal sheet_na(Sheet *sheet, int question)
{
    if (question == sheet->question)
        return sheet->state.kind == STATE_NA ? LITERAL_YES : LITERAL_NO;
    return encoded_at(sheet, question)->na;
}

gboolean sheet_make(Sheet *sheet, int node)
{
    const Space *space = sheet->encoder->space;
    const guint n = space->plan->rubric->questions->len;
    g_autofree gboolean *marks = g_new0(gboolean, n);
    gboolean may_be_na = FALSE;

    rest_mark(space->plan, node, marks);
    for (guint i = 0; i < n; i++) {
        if (!marks[i])
            continue;
        encoded_at(sheet, (int)i);
        may_be_na |= space->of[i].may_be_na || space->plan->skipped[i];
    }
    return may_be_na;
}

/* ---- sums ---- */

/* The ticked scores; NULL where they could be cut at 1. */
static Linear *ticked_score(Sheet *sheet, int question)
{
    Numbers *numbers = sheet->encoder->numbers;
    const Question *asked = question_at(sheet, question);
    Linear *score = linear_new(RATIONAL_ZERO);
    Rational most = RATIONAL_ZERO;

    for (guint i = 0; i < asked->options->len; i++) {
        const Rational each = QUESTION_OPTION(asked, i)->score;

        if (rational_sign(each) > 0)
            most = rational_add(numbers, most, each);
        linear_add_literal(score, numbers, sheet_tick(sheet, question, i), each);
    }
    if (sheet->encoder->plan->rubric->score == SCORE_SUM ||
        rational_compare(most, RATIONAL_ONE) <= 0)
        return score;
    linear_free(score);
    return NULL;
}

/* Between the bounds of the state that it is in: the same number for both bounds if all are
 * points. */
static Linear *within_states(Sheet *sheet, int question, gboolean of_score)
{
    Numbers *numbers = sheet->encoder->numbers;
    g_autoptr(Linear) low = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) high = linear_new(RATIONAL_ZERO);
    gboolean is_exact = TRUE;

    for (guint i = 0; i < SPACE_STATES(sheet->encoder->space, question); i++) {
        const State *state = SPACE_STATE(sheet->encoder->space, question, i);
        const Literal literal = sheet_state(sheet, question, i);
        const Rational least = of_score ? state->score_low : state->low;
        const Rational most = of_score ? state->score_high : state->high;

        if (literal == LITERAL_NO)
            continue;
        if (!of_score && (state->no_low || state->no_high))
            return NULL;
        is_exact = is_exact && rational_compare(least, most) == 0;
        linear_add_literal(low, numbers, literal, least);
        linear_add_literal(high, numbers, literal, most);
    }
    if (is_exact)
        return g_steal_pointer(&low);
    return program_between(sheet->encoder->program, low, high);
}

static Linear *linear_copy(const Linear *from, Numbers *numbers)
{
    Linear *copy = linear_new(RATIONAL_ZERO);

    linear_add(copy, numbers, from, RATIONAL_ONE);
    return copy;
}

Linear *sheet_score(Sheet *sheet, int question)
{
    Encoded *encoded;

    if (choices_of(sheet, question)->is_multi)
        return ticked_score(sheet, question);
    if (is_given(sheet, question))
        return within_states(sheet, question, TRUE);
    encoded = encoded_at(sheet, question);
    if (!encoded->score)
        encoded->score = within_states(sheet, question, TRUE);
    return linear_copy(encoded->score, sheet->encoder->numbers);
}

Linear *sheet_amount(Sheet *sheet, int question)
{
    return within_states(sheet, question, FALSE);
}

/* ---- reading a solution ---- */

/* Within a range that number whose score the solution says, as a decimal that may be written. */
static void place_number(const Question *question, const Encoded *encoded, const double *solution,
                         State *state)
{
    const gint64 steps = question->type == QUESTION_PERCENT ? 100000000 : 1000000;
    const double worst = rational_to_double(question->worst);
    double number;
    Rational placed;

    if (!encoded->score || !question->has_worst ||
        rational_compare(state->score_low, state->score_high) == 0)
        return;
    number = worst +
             linear_value(encoded->score, solution) * (rational_to_double(question->best) - worst);
    if (!isfinite(number) || fabs(number) > 1e9)
        return;
    placed = rational_ratio((gint64)llround(number * (double)steps), steps);
    if (rational_compare(placed, state->low) > 0 && rational_compare(placed, state->high) < 0)
        state->number = placed;
}

static void read_states(const Encoder *encoder, int index, const double *solution, Example *example)
{
    const Encoded *encoded = &encoder->answers[index];

    for (guint i = 0; i < encoded->states->len; i++) {
        State state = *SPACE_STATE(encoder->space, index, i);

        if (!literal_holds(g_array_index(encoded->states, Literal, i), solution))
            continue;
        if (state.kind == STATE_NUMBER)
            place_number(RUBRIC_QUESTION(encoder->plan->rubric, index), encoded, solution, &state);
        example_set(example, index, &state);
    }
}

void encoder_read(const Encoder *encoder, int sheet, const double *solution, Example *example)
{
    const State na = state_na();

    for (guint i = 0; i < encoder->plan->rubric->questions->len; i++) {
        const Encoded *encoded = &encoder->answers[i];

        if (!encoded->is_made || encoder->plan->skipped[i])
            continue;
        for (guint k = 0; k < encoded->ticks->len; k++) {
            const State tick =
                state_tick(k, literal_holds(g_array_index(encoded->ticks, Literal, k), solution));

            example_set(example, (int)i, &tick);
        }
        read_states(encoder, (int)i, solution, example);
        if (literal_holds(encoded->na, solution))
            example_set(example, (int)i, &na);
    }
    if (encoder->sheets[sheet].question != NOWHERE)
        example_set(example, encoder->sheets[sheet].question, &encoder->sheets[sheet].state);
}

/* A literal as it is in the solution. */
static void add_literal_holding(GArray *holding, Literal literal, const double *solution)
{
    const Literal held = literal_holds(literal, solution) ? literal : literal_not(literal);

    g_array_append_val(holding, held);
}

static void add_holding(GArray *holding, const GArray *all, const double *solution)
{
    for (guint i = 0; i < all->len; i++)
        add_literal_holding(holding, g_array_index(all, Literal, i), solution);
}

static gboolean is_range(const State *state)
{
    return state->kind == STATE_NUMBER &&
           (state->no_low || state->no_high || rational_compare(state->low, state->high) != 0);
}

/* Whether a question is answered by a range of numbers. */
static gboolean stands_for_range(const Encoder *encoder, guint question, const double *solution)
{
    const GArray *states = encoder->answers[question].states;

    for (guint i = 0; i < states->len; i++)
        if (literal_holds(g_array_index(states, Literal, i), solution) &&
            is_range(SPACE_STATE(encoder->space, question, i)))
            return TRUE;
    return FALSE;
}

gboolean encoder_forbid(Encoder *encoder, const double *solution)
{
    g_autoptr(GArray) holding = g_array_new(FALSE, FALSE, sizeof(Literal));

    for (int i = 0; i < 2; i++)
        if (encoder->sheets[i].question != NOWHERE && is_range(&encoder->sheets[i].state))
            return FALSE;
    for (guint i = 0; i < encoder->plan->rubric->questions->len; i++) {
        if (!encoder->answers[i].is_made)
            continue;
        if (stands_for_range(encoder, i, solution))
            return FALSE;
        add_holding(holding, encoder->answers[i].states, solution);
        add_holding(holding, encoder->answers[i].ticks, solution);
        add_literal_holding(holding, encoder->answers[i].na, solution);
    }
    program_require(encoder->program, literal_not(program_all(encoder->program, holding)));
    return TRUE;
}
