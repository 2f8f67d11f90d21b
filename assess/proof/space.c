#include "proof/space.h"

/* ---- the numbers that a question is compared with ---- */

typedef struct {
    Space *space;
    GArray **bounds;                  /* by question: of Rational */
    gboolean *is_asked_for, *is_read; /* by question: under answered(); in any other node */
} Survey;

static void add_bound(Survey *survey, int question, Rational number)
{
    if (!survey->bounds[question])
        survey->bounds[question] = g_array_new(FALSE, FALSE, sizeof(Rational));
    g_array_append_val(survey->bounds[question], number);
}

static void survey_compare(Survey *survey, const Node *compare)
{
    const Plan *plan = survey->space->plan;

    for (int side = 0; side < 2; side++) {
        const Node *value = PLAN_NODE(plan, side ? compare->right : compare->left);
        const Node *bound = PLAN_NODE(plan, side ? compare->left : compare->right);

        if (bound->kind != NODE_NUMBER)
            continue;
        if (value->kind == NODE_QUESTION || value->kind == NODE_YEARS)
            add_bound(survey, value->question, bound->number);
        for (guint i = 0; value->cells && i < value->cells->len; i++)
            if (value->kind == NODE_MIN || value->kind == NODE_MAX)
                add_bound(survey, g_array_index(value->cells, Cell, i).question, bound->number);
    }
}

static void survey_node(Survey *survey, const Node *node)
{
    if (node->kind == NODE_COMPARE)
        survey_compare(survey, node);
    if (node->question != NOWHERE)
        *(node->kind == NODE_ANSWERED ? &survey->is_asked_for[node->question]
                                      : &survey->is_read[node->question]) = TRUE;
    if (node->other != NOWHERE)
        survey->is_read[node->other] = TRUE;
    for (guint i = 0; node->cells && i < node->cells->len; i++)
        survey->is_read[g_array_index(node->cells, Cell, i).question] = TRUE;
}

/* ---- states ---- */

static int by_value(gconstpointer a, gconstpointer b)
{
    return rational_compare(*(const Rational *)a, *(const Rational *)b);
}

static State state_of(StateKind kind, Rational number)
{
    return (State){ .kind = kind, .number = number, .low = number, .high = number };
}

State state_na(void)
{
    return state_of(STATE_NA, RATIONAL_ZERO);
}

State state_tick(guint option, gboolean is_ticked)
{
    State state = state_of(is_ticked ? STATE_TICKED : STATE_UNTICKED, RATIONAL_ZERO);

    state.option = option;
    return state;
}

static Rational clip(Rational part)
{
    if (rational_sign(part) < 0)
        return RATIONAL_ZERO;
    return rational_compare(part, RATIONAL_ONE) > 0 ? RATIONAL_ONE : part;
}

/* As rules/score.h: linear from worst to best. */
static Rational score_at(const Question *question, Rational number)
{
    return clip(rational_div(NULL, rational_sub(NULL, number, question->worst),
                             rational_sub(NULL, question->best, question->worst)));
}

static void score_range(const Question *question, State *state)
{
    const gboolean falls = rational_compare(question->best, question->worst) < 0;
    Rational low, high;

    if (!question->has_worst)
        return;
    low = state->no_low ? (falls ? RATIONAL_ONE : RATIONAL_ZERO) : score_at(question, state->low);
    high =
        state->no_high ? (falls ? RATIONAL_ZERO : RATIONAL_ONE) : score_at(question, state->high);
    state->score_low = falls ? high : low;
    state->score_high = falls ? low : high;
}

static void add_number(GArray *states, const Question *question, State state)
{
    score_range(question, &state);
    g_array_append_val(states, state);
}

/* The range between two bounds, if a decimal lies in it. */
static void add_between(GArray *states, const Question *question, Rational low, Rational high)
{
    const gint64 steps = question->type == QUESTION_PERCENT ? 100000000 : 1000000;
    Rational middle = rational_div(NULL, rational_add(NULL, low, high), rational_int(2));
    Rational scaled = rational_mul(NULL, middle, rational_int(steps));
    State state = state_of(STATE_NUMBER, middle);

    if (!rational_is_integer(scaled) && !scaled.big) /* rounded down to what may be written */
        state.number =
            rational_ratio((gint64)((scaled.num - (scaled.num < 0)) / scaled.den), steps);
    if (rational_compare(state.number, low) <= 0)
        return;
    state.low = low;
    state.high = high;
    add_number(states, question, state);
}

static void add_open(GArray *states, const Question *question, Rational bound, gboolean above)
{
    State state = state_of(STATE_NUMBER, above ? rational_add(NULL, bound, RATIONAL_ONE)
                                               : rational_sub(NULL, bound, RATIONAL_ONE));

    *(above ? &state.low : &state.high) = bound;
    *(above ? &state.no_high : &state.no_low) = TRUE;
    add_number(states, question, state);
}

static gboolean is_allowed(const Question *question, Rational number)
{
    return !(question->has_min && rational_compare(number, question->min) < 0) &&
           !(question->has_max && rational_compare(number, question->max) > 0);
}

/* Sorted, each once, within the question's range. */
static GArray *number_bounds(const Question *question, const GArray *compared)
{
    GArray *bounds = g_array_new(FALSE, FALSE, sizeof(Rational));

    if (question->has_min)
        g_array_append_val(bounds, question->min);
    if (question->has_max)
        g_array_append_val(bounds, question->max);
    if (question->has_worst && is_allowed(question, question->worst))
        g_array_append_val(bounds, question->worst);
    if (question->has_worst && is_allowed(question, question->best))
        g_array_append_val(bounds, question->best);
    for (guint i = 0; compared && i < compared->len; i++)
        if (is_allowed(question, g_array_index(compared, Rational, i)))
            g_array_append_val(bounds, g_array_index(compared, Rational, i));
    if (bounds->len == 0)
        g_array_append_val(bounds, RATIONAL_ZERO);
    g_array_sort(bounds, by_value);
    for (guint i = 1; i < bounds->len;) {
        if (rational_compare(g_array_index(bounds, Rational, i - 1),
                             g_array_index(bounds, Rational, i)) == 0)
            g_array_remove_index(bounds, i);
        else
            i++;
    }
    return bounds;
}

static void reverse(GArray *states)
{
    for (guint i = 0; i < states->len / 2; i++) {
        State *a = &g_array_index(states, State, i);
        State *b = &g_array_index(states, State, states->len - 1 - i);
        State kept = *a;

        *a = *b;
        *b = kept;
    }
}

static void add_numbers(GArray *states, const Question *question, const GArray *compared)
{
    g_autoptr(GArray) bounds = number_bounds(question, compared);

    if (!question->has_min)
        add_open(states, question, g_array_index(bounds, Rational, 0), FALSE);
    for (guint i = 0; i < bounds->len; i++) {
        Rational bound = g_array_index(bounds, Rational, i);

        if (i > 0)
            add_between(states, question, g_array_index(bounds, Rational, i - 1), bound);
        add_number(states, question, state_of(STATE_NUMBER, bound));
    }
    if (!question->has_max)
        add_open(states, question, g_array_index(bounds, Rational, bounds->len - 1), TRUE);
    if (question->has_worst && rational_compare(question->best, question->worst) < 0)
        reverse(states);
}

/* Whole years: those beside each bound, 0 and one more than the last. */
static void add_years(GArray *states, const GArray *compared)
{
    g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(Rational));
    gint64 last = -1;

    g_array_append_val(years, RATIONAL_ZERO);
    for (guint i = 0; compared && i < compared->len; i++) {
        Rational bound = g_array_index(compared, Rational, i);
        gint64 whole = bound.big ? 0 : (gint64)(bound.num / bound.den);

        for (gint64 near = MAX(whole - 1, 0); near <= whole + 1; near++) {
            Rational year = rational_int(near);

            g_array_append_val(years, year);
        }
    }
    g_array_sort(years, by_value);
    for (guint i = 0; i < years->len; i++) {
        Rational year = g_array_index(years, Rational, i);
        State state = state_of(STATE_YEARS, year);

        if ((gint64)year.num != last)
            g_array_append_val(states, state);
        last = (gint64)year.num;
    }
}

static void add_options(GArray *states, const Question *question)
{
    for (guint i = 0; i < question->options->len; i++) {
        State state = state_of(STATE_OPTION, RATIONAL_ZERO);

        state.option = i;
        state.score_low = state.score_high = QUESTION_OPTION(question, i)->score;
        g_array_append_val(states, state);
    }
    /* a yesno question has no order of its own: the better answer scores more */
    if (question->type == QUESTION_YESNO &&
        rational_compare(QUESTION_OPTION(question, 0)->score, QUESTION_OPTION(question, 1)->score) >
            0)
        reverse(states);
}

static void add_states(Choices *choices, const Question *question, const GArray *compared)
{
    State answered = state_of(STATE_ANSWERED, RATIONAL_ZERO);

    choices->is_ordered = !question->is_field;
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        add_options(choices->states, question);
        break;
    case QUESTION_MULTI:
        choices->is_multi = TRUE;
        break;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        choices->is_ordered = question->has_worst;
        add_numbers(choices->states, question, compared);
        break;
    case QUESTION_DATE:
        choices->is_ordered = FALSE;
        add_years(choices->states, compared);
        break;
    case QUESTION_TEXT:
    case QUESTION_USCC:
        choices->is_ordered = FALSE;
        g_array_append_val(choices->states, answered);
        break;
    }
}

static void survey_free(Survey *survey)
{
    for (guint i = 0; i < survey->space->plan->rubric->questions->len; i++)
        g_clear_pointer(&survey->bounds[i], g_array_unref);
    g_free(survey->bounds);
    g_free(survey->is_asked_for);
    g_free(survey->is_read);
}

static void fill(Space *space, const Survey *survey, guint index)
{
    const Question *question = RUBRIC_QUESTION(space->plan->rubric, index);
    Choices *choices = &space->of[index];
    const State blank = state_of(STATE_BLANK, RATIONAL_ZERO);
    const State answered = state_of(STATE_ANSWERED, RATIONAL_ZERO);

    choices->states = g_array_new(FALSE, FALSE, sizeof(State));
    choices->is_field = question->is_field;
    choices->is_used =
        survey->is_read[index] || survey->is_asked_for[index] || space->plan->scored[index];
    choices->may_be_na = question->na && !space->plan->skipped[index];
    choices->may_be_blank =
        survey->is_asked_for[index] && !survey->is_read[index] && !space->plan->scored[index];
    if (choices->may_be_blank && question->type == QUESTION_MULTI)
        g_array_append_val(choices->states, answered); /* what is ticked is not read */
    else
        add_states(choices, question, survey->bounds[index]);
    if (choices->may_be_blank) {
        g_array_prepend_val(choices->states, blank);
        choices->is_ordered = FALSE;
    }
}

Space *space_new(const Plan *plan)
{
    const guint n = plan->rubric->questions->len;
    Space *space = g_new0(Space, 1);
    Survey survey = { space, g_new0(GArray *, n), g_new0(gboolean, n), g_new0(gboolean, n) };

    space->plan = plan;
    space->of = g_new0(Choices, n);
    for (guint i = 0; i < plan->rule_nodes; i++)
        survey_node(&survey, PLAN_NODE(plan, i));
    for (guint i = 0; i < n; i++)
        fill(space, &survey, i);
    survey_free(&survey);
    return space;
}

void space_free(Space *space)
{
    if (!space)
        return;
    for (guint i = 0; i < space->plan->rubric->questions->len; i++)
        g_array_unref(space->of[i].states);
    g_free(space->of);
    g_free(space);
}
