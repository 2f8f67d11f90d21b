#include "rules/reading.h"

static const Answer *answer_to(const Evaluation *evaluation, int question)
{
    return &evaluation->answers->of[question];
}

static const Question *question_at(const Evaluation *evaluation, int question)
{
    return RUBRIC_QUESTION(evaluation->plan->rubric, question);
}

gboolean evaluation_is_applicable(const Evaluation *evaluation, int question)
{
    AnswerState state = answer_to(evaluation, question)->state;

    return !evaluation->plan->skipped[question] && state != ANSWER_NOT_APPLICABLE &&
           state != ANSWER_SKIPPED;
}

/* A date after the assessment date says nothing: it counts as blank. */
static gboolean is_in_future(const Evaluation *evaluation, int question)
{
    const Answer *answer = answer_to(evaluation, question);

    return question_at(evaluation, question)->type == QUESTION_DATE &&
           answer->to > evaluation->date;
}

static gboolean lacks_evidence(const Evaluation *evaluation, int question)
{
    const Answer *answer = answer_to(evaluation, question);

    return evaluation->reading == READING_EVIDENCED &&
           !question_at(evaluation, question)->is_field &&
           (!answer->evidence || *answer->evidence == '\0');
}

gboolean evaluation_is_blank(const Evaluation *evaluation, int question)
{
    const Answer *answer = answer_to(evaluation, question);

    if (!evaluation_is_applicable(evaluation, question))
        return FALSE;
    if (answer->state == ANSWER_BLANK || answer->state == ANSWER_INVALID || answer->unknown)
        return TRUE;
    return is_in_future(evaluation, question) || lacks_evidence(evaluation, question);
}

void reading_options(const Evaluation *evaluation, int question, guint *low, guint *high)
{
    const Answer *answer = answer_to(evaluation, question);
    gboolean blank = evaluation_is_blank(evaluation, question);

    *low = blank ? 0 : answer->low;
    *high = blank ? question_at(evaluation, question)->options->len - 1 : answer->high;
}

void reading_ticks(const Evaluation *evaluation, int question, guint64 *must, guint64 *may)
{
    const Answer *answer = answer_to(evaluation, question);
    guint n = question_at(evaluation, question)->options->len;
    gboolean blank = evaluation_is_blank(evaluation, question);

    *must = blank ? 0 : answer->must;
    *may = blank ? (n == 64 ? G_MAXUINT64 : ((guint64)1 << n) - 1) : answer->may;
}

Value reading_number(const Evaluation *evaluation, int question)
{
    const Question *asked = question_at(evaluation, question);
    const Answer *answer = answer_to(evaluation, question);
    Value value;

    if (!evaluation_is_applicable(evaluation, question))
        return value_none();
    if (!evaluation_is_blank(evaluation, question))
        return value_range(answer->least, answer->most);
    value = value_point(RATIONAL_ZERO);
    value.low = asked->has_min ? asked->min : RATIONAL_ZERO;
    value.high = asked->has_max ? asked->max : RATIONAL_ZERO;
    value.no_low = !asked->has_min;
    value.no_high = !asked->has_max;
    return value;
}

gint64 reading_years_between(gint32 from, gint32 to)
{
    GDate a, b;
    gint64 years;

    g_date_clear(&a, 1);
    g_date_clear(&b, 1);
    g_date_set_julian(&a, (guint32)from);
    g_date_set_julian(&b, (guint32)to);
    years = (gint64)g_date_get_year(&b) - g_date_get_year(&a);
    if (g_date_get_month(&b) < g_date_get_month(&a) ||
        (g_date_get_month(&b) == g_date_get_month(&a) && g_date_get_day(&b) < g_date_get_day(&a)))
        years--;
    return years;
}

Value reading_years(const Evaluation *evaluation, int question)
{
    const Answer *answer = answer_to(evaluation, question);
    Value value;

    if (!evaluation_is_applicable(evaluation, question))
        return value_none();
    if (!evaluation_is_blank(evaluation, question))
        return value_range(rational_int(reading_years_between(answer->to, evaluation->date)),
                           rational_int(reading_years_between(answer->from, evaluation->date)));
    value = value_point(RATIONAL_ZERO);
    value.no_high = TRUE;
    return value;
}
