#include "batch/findings_table.h"

#include "report/csv.h"

static const char *question_of(const Survey *survey, guint column)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));
    const Binding *binding = &survey_column(survey, column)->binding;

    return binding->kind == BINDING_WAIVER || binding->index < 0
               ? ""
               : RUBRIC_QUESTION(rubric, binding->index)->id;
}

static void add_row(const Survey *survey, guint column, const char *text, guint64 count,
                    guint64 first, const char *message, GString *out)
{
    g_autofree char *times = g_strdup_printf("%" G_GUINT64_FORMAT, count);
    g_autofree char *record = g_strdup_printf("%" G_GUINT64_FORMAT, first);

    csv_row(out, survey_column(survey, column)->name, question_of(survey, column), text, times,
            record, message, NULL);
}

/* What of a column is not told by its texts. */
static void add_rest(const Survey *survey, const SurveyFaults *faults, const guint64 *told,
                     guint column, GString *out)
{
    const SurveyFaultColumn *all = survey_faults_column(faults, column);

    if (all->count > told[column])
        add_row(survey, column, "", all->count - told[column], all->first,
                "further texts that could not be read", out);
}

/* What must not be blank, and has no column: of every record. */
static void add_lacking(const Survey *survey, const SurveyTally *tally, GString *out)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));
    const guint64 records = tally->dropped[SURVEY_KEPT];
    g_autofree char *times = g_strdup_printf("%" G_GUINT64_FORMAT, records);
    g_autofree char *first = g_strdup_printf("%" G_GUINT64_FORMAT, tally->first_kept);

    for (guint i = 0; records > 0 && i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (question->required && !survey_has(survey, (int)i))
            csv_row(out, "", question->id, "", times, first, SURVEY_LACKING ": it has no column",
                    NULL);
    }
}

void findings_table(const Survey *survey, const SurveyFaults *faults, const SurveyTally *tally,
                    GString *out)
{
    g_autoptr(GPtrArray) list = survey_faults_list(faults);
    g_autofree guint64 *told = g_new0(guint64, survey_n_columns(survey) + 1);

    csv_row(out, "column", "question", "text", "count", "first_record", "message", NULL);
    for (guint i = 0; i < list->len; i++) {
        const SurveyFault *fault = list->pdata[i];

        add_row(survey, fault->column, fault->text, fault->count, fault->first, fault->message,
                out);
        told[fault->column] += fault->count;
    }
    for (guint i = 0; i < survey_n_columns(survey); i++)
        add_rest(survey, faults, told, i, out);
    add_lacking(survey, tally, out);
}
