#include "intake/survey.h"

#include <string.h>

#include "base/text.h"
#include "intake/csv.h"
#include "intake/delimiter.h"
#include "intake/filing.h"

enum { QUOTE_LIMIT = 60 /* characters of a user's text in a message */ };

struct Survey {
    const Vocabulary *vocabulary;
    char *name, *encoding, *sha256;
    char delimiter;
    gsize data_offset;
    guint data_line;
    GArray *columns; /* of SurveyColumn */
    gboolean asks_evidence;
};

/* A survey being opened. */
typedef struct {
    Survey *survey;
    const char *head; /* before delimiter_find() cut anything off */
    CsvText text;
    guint records;
    gboolean takes_any;
    Findings *findings;
} Opening;

static const char *const REASONS[SURVEY_REASONS_LIMIT] = {
    [SURVEY_ROW_BLANK] = "all its cells are blank",
    [SURVEY_ROW_LONG] = "it has more cells than the header",
};

static Finding *report(const Opening *opening, Severity severity, guint column, const char *format,
                       ...) G_GNUC_PRINTF(4, 5);
static Finding *report(const Opening *opening, Severity severity, guint column, const char *format,
                       ...)
{
    Place place = { .file = opening->survey->name, .line = opening->text.line, .column = column };
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(opening->findings, severity, &place, "%s", message);
}

/* ---- columns ---- */

static void tell_unknown(const Opening *opening, const SurveyColumn *column, guint number)
{
    const Vocabulary *vocabulary = opening->survey->vocabulary;
    g_autofree char *quoted = text_quote(column->name, QUOTE_LIMIT);
    gboolean is_ambiguous = column->binding.index == VOCABULARY_AMBIGUOUS;
    const char *near = is_ambiguous ? NULL : vocabulary_near_question(vocabulary, column->name);
    Finding *finding = is_ambiguous ? report(opening, SEVERITY_ERROR, number,
                                             "%s is the wording of more than one question", quoted)
                                    : report(opening, SEVERITY_WARNING, number,
                                             "unknown column %s is not read", quoted);

    if (is_ambiguous)
        finding_hint(finding, "write the question's id");
    else if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

static void refuse_waiver(const Opening *opening, const SurveyColumn *column, guint number)
{
    g_autofree char *folded = text_fold(column->name);
    const char *waived = filing_waived(folded);
    g_autofree char *quoted = text_quote(waived, QUOTE_LIMIT);
    const char *near = vocabulary_near_requirement(opening->survey->vocabulary, waived);
    Finding *finding = report(opening, SEVERITY_ERROR, number, "unknown requirement %s", quoted);

    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected waive: and the id of a requirement");
}

static void tell_unbound(const Opening *opening, const SurveyColumn *column, guint number)
{
    g_autofree char *folded = text_fold(column->name);

    if (filing_waived(folded))
        refuse_waiver(opening, column, number);
    else
        tell_unknown(opening, column, number);
}

/* The column that is bound so already, from 1; 0 if none is. */
static guint bound_before(const Survey *survey, Binding binding)
{
    for (guint i = 0; i < survey->columns->len; i++) {
        const Binding *before = &survey_column(survey, i)->binding;

        if (before->kind == binding.kind && before->index == binding.index)
            return i + 1;
    }
    return 0;
}

/* How many columns are questions. */
static guint bind_columns(Opening *opening, const CsvRecord *header)
{
    Survey *survey = opening->survey;
    const Rubric *rubric = vocabulary_rubric(survey->vocabulary);
    guint questions = 0;

    for (guint i = 0; i < header->n_cells; i++) {
        SurveyColumn column = { .name = g_strdup(header->cells[i]),
                                .binding = binding_find(survey->vocabulary, header->cells[i]) };

        if (column.binding.kind >= BINDING_QUESTION)
            column.twin = bound_before(survey, column.binding);
        g_array_append_val(survey->columns, column);
        if (column.binding.kind == BINDING_NOTHING)
            tell_unbound(opening, &column, i + 1);
        if (column.twin) {
            g_autofree char *quoted = text_quote(column.name, QUOTE_LIMIT);

            report(opening, SEVERITY_ERROR, i + 1, "column %s stands twice, in %u and %u", quoted,
                   column.twin, i + 1);
        }
        survey->asks_evidence |= column.binding.kind == BINDING_EVIDENCE;
        questions += column.binding.kind == BINDING_QUESTION &&
                     !RUBRIC_QUESTION(rubric, column.binding.index)->is_field;
    }
    return questions;
}

/* ---- the head ---- */

static void refuse_header(const Opening *opening)
{
    const Rubric *rubric = vocabulary_rubric(opening->survey->vocabulary);

    finding_hint(report(opening, SEVERITY_ERROR, 0, "not a table of rubric %s@%s", rubric->id,
                        rubric->edition),
                 "expected a header with a column for each question, by its id or wording");
}

static guint known_cells(const CsvRecord *header, gpointer data)
{
    const Vocabulary *vocabulary = data;
    guint known = 0;

    for (guint i = 0; i < header->n_cells; i++)
        known += binding_find(vocabulary, header->cells[i]).kind >= BINDING_QUESTION;
    return known;
}

static gboolean read_head(const CsvRecord *record, gpointer data)
{
    Opening *opening = data;
    Survey *survey = opening->survey;

    opening->records++;
    if (record->record == 0) {
        if (bind_columns(opening, record) == 0 && !opening->takes_any)
            refuse_header(opening);
        return TRUE;
    }
    survey->data_offset = (gsize)(opening->text.text - opening->head) + record->offset;
    survey->data_line = record->line;
    return FALSE;
}

static gboolean read_text(Opening *opening, gboolean is_whole)
{
    Survey *survey = opening->survey;
    g_autoptr(Findings) faults = findings_new();
    gboolean is_csv;

    if (opening->text.delimiter == '\0')
        delimiter_find(&opening->text, known_cells, (gpointer)survey->vocabulary);
    survey->delimiter = opening->text.delimiter;
    is_csv = csv_read(&opening->text, read_head, opening, faults);
    if (opening->records > 1)
        return TRUE;
    if (!is_csv && (is_whole || opening->records == 1))
        findings_append(opening->findings, faults);
    else if (!is_whole)
        report(opening, SEVERITY_ERROR, 0,
               "the header is too long: nothing else stands in the "
               "first %zu bytes",
               opening->text.size);
    else if (opening->records == 1)
        finding_hint(report(opening, SEVERITY_ERROR, 0, "the file has only a header"),
                     "expected a row for each company");
    else
        report(opening, SEVERITY_ERROR, 0, "the file is empty");
    return FALSE;
}

static void column_clear(gpointer data)
{
    g_free(((SurveyColumn *)data)->name);
}

Survey *survey_open(const Vocabulary *vocabulary, const Layouts *layouts,
                    const SurveyOptions *options, const char *name, const char *head, gsize size,
                    gboolean is_whole, Findings *findings)
{
    g_autoptr(Survey) survey = g_new0(Survey, 1);
    guint errors = findings_of(findings, SEVERITY_ERROR);
    Opening opening = {
        .survey = survey, .head = head, .takes_any = options->takes_any, .findings = findings
    };

    (void)layouts;
    survey->vocabulary = vocabulary;
    survey->name = g_strdup(name);
    survey->encoding = g_strdup(options->encoding ? options->encoding : "UTF-8");
    survey->sha256 = g_strdup(options->sha256);
    survey->columns = g_array_new(FALSE, FALSE, sizeof(SurveyColumn));
    g_array_set_clear_func(survey->columns, column_clear);
    opening.text = (CsvText){
        .file = survey->name, .text = head, .size = size, .line = 1, .delimiter = options->delimiter
    };
    if (!read_text(&opening, is_whole) || findings_of(findings, SEVERITY_ERROR) > errors)
        return NULL;
    return g_steal_pointer(&survey);
}

void survey_free(Survey *survey)
{
    if (!survey)
        return;
    g_array_unref(survey->columns);
    g_free(survey->name);
    g_free(survey->encoding);
    g_free(survey->sha256);
    g_free(survey);
}

/* ---- what is known ---- */

const Vocabulary *survey_vocabulary(const Survey *survey)
{
    return survey->vocabulary;
}

const char *survey_name(const Survey *survey)
{
    return survey->name;
}

const char *survey_encoding(const Survey *survey)
{
    return survey->encoding;
}

const char *survey_sha256(const Survey *survey)
{
    return survey->sha256;
}

char survey_delimiter(const Survey *survey)
{
    return survey->delimiter;
}

gsize survey_data_offset(const Survey *survey)
{
    return survey->data_offset;
}

guint survey_data_line(const Survey *survey)
{
    return survey->data_line;
}

guint survey_n_columns(const Survey *survey)
{
    return survey->columns->len;
}

const SurveyColumn *survey_column(const Survey *survey, guint column)
{
    return &g_array_index(survey->columns, SurveyColumn, column);
}

gboolean survey_asks_evidence(const Survey *survey)
{
    return survey->asks_evidence;
}

const char *survey_drop_reason(const Survey *survey, guint8 reason)
{
    (void)survey;
    return reason < SURVEY_REASONS_LIMIT ? REASONS[reason] : NULL;
}
