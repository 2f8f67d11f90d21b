#include "proof/example.h"

enum { EXAMPLE_DAY = 730120 /* 2000-01-01 */, SOME_YEARS = 10 };

/* What a text that must be filled says in a witness. */
static const char SAMPLE_TEXT[] = "Example";
static const char SAMPLE_CODE[] = "91350100M000100Y43";
static const char REASON[] = "tried by the check";

static void set_number(Answer *answer, Rational number)
{
    answer->least = answer->most = number;
}

/* The first of January so many years before the day of examples. */
static void set_years(Answer *answer, Rational years)
{
    GDate day;
    const gint64 before = (gint64)(years.num / years.den);

    g_date_clear(&day, 1);
    g_date_set_julian(&day, EXAMPLE_DAY);
    g_date_subtract_years(&day, (guint)CLAMP(before, 0, 1990));
    answer->from = answer->to = (gint32)g_date_get_julian(&day);
}

static void set_tick(Answer *answer, guint option, gboolean is_ticked)
{
    const guint64 bit = G_GUINT64_CONSTANT(1) << option;

    answer->must = answer->may = is_ticked ? answer->must | bit : answer->must & ~bit;
}

static const char *sample_of(const Question *question)
{
    return question->type == QUESTION_USCC ? SAMPLE_CODE : SAMPLE_TEXT;
}

static void write_state(const Question *question, Answer *answer, const State *state)
{
    answer->state = ANSWER_ANSWERED;
    g_clear_pointer(&answer->text, g_free);
    switch (state->kind) {
    case STATE_OPTION:
        answer->low = answer->high = state->option;
        break;
    case STATE_NUMBER:
        set_number(answer, state->number);
        break;
    case STATE_YEARS:
        set_years(answer, state->number);
        break;
    case STATE_ANSWERED: /* of a multi: nothing is ticked */
        answer->must = answer->may = 0;
        answer->text = g_strdup(sample_of(question));
        break;
    case STATE_BLANK:
        answer->state = ANSWER_BLANK;
        break;
    case STATE_NA:
        answer->state = ANSWER_NOT_APPLICABLE;
        answer->text = g_strdup(REASON);
        break;
    case STATE_TICKED:
    case STATE_UNTICKED:
        set_tick(answer, state->option, state->kind == STATE_TICKED);
        break;
    }
}

void example_set(Example *example, int question, const State *state)
{
    const Question *asked = RUBRIC_QUESTION(example->space->plan->rubric, question);

    write_state(asked, &example->answers->of[question], state);
    example->states[question] = *state;
}

void example_take(Example *example, const Example *from, int question)
{
    Answer *answer = &example->answers->of[question];
    const Answer *other = &from->answers->of[question];

    g_free(answer->text);
    *answer = *other;
    answer->text = g_strdup(other->text);
    example->states[question] = from->states[question];
}

gboolean example_agrees(const Example *example, const Example *other, int question)
{
    return answer_equals(RUBRIC_QUESTION(example->space->plan->rubric, question),
                         &example->answers->of[question], &other->answers->of[question]);
}

/* Fields are who is assessed: they stay blank unless something rests on them or they must be
 * filled. */
static void begin_field(Example *example, int index, const Question *field)
{
    const Choices *choices = &example->space->of[index];

    if (choices->is_used || field->required)
        example_set(example, index,
                    &g_array_index(choices->states, State, choices->states->len - 1));
}

static void begin_multi(Example *example, int index, const Question *question, gboolean is_best)
{
    for (guint i = 0; i < question->options->len; i++) {
        const int sign = rational_sign(QUESTION_OPTION(question, i)->score);
        const State state = state_tick(i, is_best ? sign >= 0 : sign < 0);

        example_set(example, index, &state);
    }
}

static Example *example_empty(const Space *space)
{
    Example *example = g_new0(Example, 1);

    example->space = space;
    example->answers = answers_new(space->plan->rubric);
    example->states = g_new0(State, space->plan->rubric->questions->len);
    example->day = EXAMPLE_DAY;
    return example;
}

Example *example_new(const Space *space, gboolean is_best)
{
    Example *example = example_empty(space);
    const Rubric *rubric = space->plan->rubric;

    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);
        const GArray *states = space->of[i].states;

        if (question->is_field)
            begin_field(example, (int)i, question);
        else if (space->of[i].is_multi)
            begin_multi(example, (int)i, question, is_best);
        else
            example_set(example, (int)i,
                        &g_array_index(states, State, is_best ? states->len - 1 : 0));
    }
    return example;
}

Example *example_copy(const Example *from)
{
    Example *example = example_empty(from->space);

    for (guint i = 0; i < from->answers->n_answers; i++)
        example_take(example, from, (int)i);
    return example;
}

void example_free(Example *example)
{
    if (!example)
        return;
    evaluation_free(example->grading);
    answers_free(example->answers);
    g_free(example->states);
    g_free(example);
}

const Evaluation *example_grade(Example *example)
{
    evaluation_free(example->grading);
    example->grading =
        evaluation_new(example->space->plan, example->answers, READING_FULL, example->day);
    return example->grading;
}

Answers *example_steal(Example *example)
{
    g_clear_pointer(&example->grading, evaluation_free);
    return g_steal_pointer(&example->answers);
}
