#include "survey/survey_answers.h"

#include "intake/filing.h"
#include "intake/intake.h"
#include "intake/reply.h"
#include "survey/survey_cell.h"

typedef struct {
    const Filing *filing;
    const Survey *survey;
    const CsvRecord *record;
    Answers *answers;
    SurveyRecall recall;
    gpointer data;
} Reading;

static gboolean is_too_long(const Survey *survey, const CsvRecord *record)
{
    for (guint i = survey_n_columns(survey); i < record->n_cells; i++)
        if (!reply_is_blank(record->cells[i]))
            return TRUE;
    return FALSE;
}

/* The cell of a column; "" in a short record. */
static const char *cell_of(const CsvRecord *record, guint column)
{
    return column < record->n_cells ? record->cells[column] : "";
}

static gboolean is_dropped(const Survey *survey, const CsvRecord *record)
{
    SurveyDrop drop;

    if (filing_is_blank(record) || is_too_long(survey, record))
        return TRUE;
    for (guint i = 0; survey_drop(survey, i, &drop); i++)
        if (survey_cell_drops(drop.drop, cell_of(record, drop.column)))
            return TRUE;
    return FALSE;
}

static void tell(const Reading *reading, guint column, int question, const char *problem,
                 const char *hint)
{
    Place place = filing_place(reading->filing, reading->record, column + 1);
    Finding *finding =
        findings_add(reading->answers->findings, SEVERITY_WARNING, &place, "%s: %s",
                     RUBRIC_QUESTION(reading->answers->rubric, question)->id, problem);

    if (hint)
        finding_hint(finding, "%s", hint);
}

static void add_text(char **text, const char *more)
{
    char *joined = *text ? g_strconcat(*text, "; ", more, NULL) : g_strdup(more);

    g_free(*text);
    *text = joined;
}

/* As the reader joins the columns of a multiple choice. */
static void add_tick(const Reading *reading, guint i)
{
    const Survey *survey = reading->survey;
    const SurveyColumn *column = survey_column(survey, i);
    const Question *question = RUBRIC_QUESTION(reading->answers->rubric, column->binding.index);
    Answer *answer = &reading->answers->of[column->binding.index];
    const char *text = cell_of(reading->record, i);
    g_autofree char *problem = NULL, *hint = NULL;

    switch (survey_cell_tick(survey, column, text, &problem, &hint)) {
    case TICK_ON:
        answer->must |= G_GUINT64_CONSTANT(1) << column->binding.option;
        answer->may = answer->must;
        answer->state = MAX(answer->state, ANSWER_ANSWERED);
        add_text(&answer->text, QUESTION_OPTION(question, column->binding.option)->id);
        break;
    case TICK_OFF:
        if (answer->state == ANSWER_BLANK && survey_layout(survey)->all_unticked == UNTICKED_NONE)
            answer->state = ANSWER_ANSWERED;
        break;
    case TICK_FAULT:
        answer->state = ANSWER_INVALID;
        add_text(&answer->text, text);
        tell(reading, i, column->binding.index, problem, hint);
        break;
    case TICK_BLANK:
        break;
    }
}

static void add_answer(const Reading *reading, guint i)
{
    int question = survey_column(reading->survey, i)->binding.index;
    Answer *answer = &reading->answers->of[question];
    const char *text = cell_of(reading->record, i);
    g_autofree char *problem = NULL, *hint = NULL;

    if (*text == '\0' || (reading->recall && reading->recall(i, text, answer, reading->data)))
        return;
    if (!survey_cell_read(reading->survey, question, text, answer, &problem, &hint))
        tell(reading, i, question, problem, hint);
}

static void add_cell(const Reading *reading, guint i)
{
    int index = survey_column(reading->survey, i)->binding.index;
    const char *text = cell_of(reading->record, i);

    switch (survey_column(reading->survey, i)->binding.kind) {
    case BINDING_QUESTION:
        add_answer(reading, i);
        break;
    case BINDING_OPTION:
        add_tick(reading, i);
        break;
    case BINDING_EVIDENCE:
        filing_remark(&reading->answers->of[index].evidence, text);
        break;
    case BINDING_WAIVER:
        filing_waiver(reading->filing, reading->answers, index, text, reading->record, i + 1);
        break;
    default:
        break;
    }
}

/* Nothing ticked is an answer, too; it needs its words. */
static void name_empty_choices(const Survey *survey, Answers *answers)
{
    for (guint i = 0; i < survey_n_columns(survey); i++) {
        const Binding *binding = &survey_column(survey, i)->binding;
        Answer *answer = binding->kind == BINDING_OPTION ? &answers->of[binding->index] : NULL;

        if (answer && answer->state == ANSWER_ANSWERED && !answer->text)
            answer->text = g_strdup("none");
    }
}

Answers *survey_answers(const Survey *survey, const CsvRecord *record, SurveyRecall recall,
                        gpointer data)
{
    const Filing filing = { .vocabulary = survey_vocabulary(survey),
                            .file = survey_name(survey),
                            .sha256 = survey_sha256(survey),
                            .encoding = survey_encoding(survey) };
    Reading reading = { &filing, survey, record, NULL, recall, data };
    Answers *answers;

    if (is_dropped(survey, record))
        return NULL;
    reading.answers = answers = filing_answers(&filing, record->record);
    answers->evidence_asked = survey_asks_evidence(survey);
    for (guint i = 0; i < survey_n_columns(survey); i++)
        if (survey_column(survey, i)->twin == 0)
            add_cell(&reading, i);
    name_empty_choices(survey, answers);
    intake_remark(answers);
    return answers;
}
