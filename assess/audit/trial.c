#include "audit/trial.h"

enum { TRIAL_DAY = 730120 /* 2000-01-01 */, SOME_YEARS = 10 };

/* What a text that must be filled says in a witness. */
static const char SAMPLE_TEXT[] = "Example";
static const char SAMPLE_CODE[] = "91350100M000100Y43";
static const char REASON[] = "tried by the check";

static void set_number(Answer *answer, Rational number)
{
    answer->least = answer->most = number;
}

/* The first of January so many years before the day of trials. */
static void set_years(Answer *answer, Rational years)
{
    GDate day;
    const gint64 before = (gint64)(years.num / years.den);

    g_date_clear(&day, 1);
    g_date_set_julian(&day, TRIAL_DAY);
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

void trial_set(Trial *trial, int question, const State *state)
{
    const Question *asked = RUBRIC_QUESTION(trial->space->plan->rubric, question);

    write_state(asked, &trial->answers->of[question], state);
    trial->states[question] = *state;
}

void trial_take(Trial *trial, const Trial *from, int question)
{
    Answer *answer = &trial->answers->of[question];
    const Answer *other = &from->answers->of[question];

    g_free(answer->text);
    *answer = *other;
    answer->text = g_strdup(other->text);
    trial->states[question] = from->states[question];
}

gboolean trial_agrees(const Trial *trial, const Trial *other, int question)
{
    return answer_equals(RUBRIC_QUESTION(trial->space->plan->rubric, question),
                         &trial->answers->of[question], &other->answers->of[question]);
}

/* Fields are who is assessed: they stay blank unless something rests on them or they must be
 * filled. */
static void begin_field(Trial *trial, int index, const Question *field)
{
    const Choices *choices = &trial->space->of[index];

    if (choices->is_used || field->required)
        trial_set(trial, index, &g_array_index(choices->states, State, choices->states->len - 1));
}

static void begin_multi(Trial *trial, int index, const Question *question, gboolean is_best)
{
    for (guint i = 0; i < question->options->len; i++) {
        const int sign = rational_sign(QUESTION_OPTION(question, i)->score);
        const State state = state_tick(i, is_best ? sign >= 0 : sign < 0);

        trial_set(trial, index, &state);
    }
}

static Trial *trial_empty(const Space *space)
{
    Trial *trial = g_new0(Trial, 1);

    trial->space = space;
    trial->answers = answers_new(space->plan->rubric);
    trial->states = g_new0(State, space->plan->rubric->questions->len);
    trial->day = TRIAL_DAY;
    return trial;
}

Trial *trial_new(const Space *space, gboolean is_best)
{
    Trial *trial = trial_empty(space);
    const Rubric *rubric = space->plan->rubric;

    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);
        const GArray *states = space->of[i].states;

        if (question->is_field)
            begin_field(trial, (int)i, question);
        else if (space->of[i].is_multi)
            begin_multi(trial, (int)i, question, is_best);
        else
            trial_set(trial, (int)i, &g_array_index(states, State, is_best ? states->len - 1 : 0));
    }
    return trial;
}

Trial *trial_copy(const Trial *from)
{
    Trial *trial = trial_empty(from->space);

    for (guint i = 0; i < from->answers->n_answers; i++)
        trial_take(trial, from, (int)i);
    return trial;
}

void trial_free(Trial *trial)
{
    if (!trial)
        return;
    evaluation_free(trial->grading);
    answers_free(trial->answers);
    g_free(trial->states);
    g_free(trial);
}

const Evaluation *trial_grade(Trial *trial)
{
    evaluation_free(trial->grading);
    trial->grading = evaluation_new(trial->space->plan, trial->answers, READING_FULL, trial->day);
    return trial->grading;
}

Answers *trial_steal(Trial *trial)
{
    g_clear_pointer(&trial->grading, evaluation_free);
    return g_steal_pointer(&trial->answers);
}
