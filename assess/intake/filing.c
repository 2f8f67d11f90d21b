#include "intake/filing.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"

enum { QUOTE_LIMIT = 60 /* characters of a user's text in a message */ };

Place filing_place(const Filing *filing, const CsvRecord *record, guint column)
{
    return (Place){
        .file = filing->file, .line = record->line, .record = record->record, .column = column
    };
}

Finding *filing_refuse(const Filing *filing, const CsvRecord *record, guint column,
                       const char *format, ...)
{
    Place place = filing_place(filing, record, column);
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(filing->errors, SEVERITY_ERROR, &place, "%s", message);
}

Answers *filing_answers(const Filing *filing, guint record)
{
    Answers *answers = answers_new(vocabulary_rubric(filing->vocabulary));
    Source source = { .file = g_strdup(filing->file),
                      .sha256 = g_strdup(filing->sha256),
                      .encoding = g_strdup(filing->encoding),
                      .record = record };

    g_array_append_val(answers->sources, source);
    return answers;
}

void filing_answer(const Filing *filing, Answers *answers, int question, const char *text,
                   const CsvRecord *record, guint column)
{
    Place place = filing_place(filing, record, column);
    g_autofree char *problem = NULL, *hint = NULL;
    Finding *finding;

    if (reply_read(filing->vocabulary, question, text, &answers->of[question], &problem, &hint))
        return;
    finding = findings_add(filing->strict ? filing->errors : answers->findings,
                           filing->strict ? SEVERITY_ERROR : SEVERITY_WARNING, &place, "%s: %s",
                           RUBRIC_QUESTION(answers->rubric, question)->id, problem);
    if (hint)
        finding_hint(finding, "%s", hint);
}

void filing_waiver(const Filing *filing, Answers *answers, int requirement, const char *reason,
                   const CsvRecord *record, guint column)
{
    const Requirement *waived = RUBRIC_REQUIREMENT(answers->rubric, requirement);
    Place place = filing_place(filing, record, column);
    Finding *finding;

    /* a form has a row for every waiver that may be asked for: most stay blank */
    if (reply_is_blank(reason))
        return;
    if (!waived->waivable) {
        finding =
            findings_add(answers->findings, SEVERITY_WARNING, &place,
                         "requirement \"%s\" may not be waived: the waiver is ignored", waived->id);
        finding_hint(finding, "only what a rubric asks for in principle may be waived");
        return;
    }
    filing_remark(&answers->waivers[requirement], reason);
}

void filing_remark(char **remark, const char *text)
{
    if (!*remark && !reply_is_blank(text))
        *remark = g_strdup(reply_unguarded(text));
}

int filing_question(const Filing *filing, const char *name, const CsvRecord *record, guint column)
{
    int question = vocabulary_question(filing->vocabulary, name);
    const Rubric *rubric = vocabulary_rubric(filing->vocabulary);
    g_autofree char *quoted = NULL;
    const char *near;
    Finding *finding;

    if (question >= 0)
        return question;
    quoted = text_quote(name, QUOTE_LIMIT);
    if (question == VOCABULARY_AMBIGUOUS) {
        finding = filing_refuse(filing, record, column,
                                "%s is the wording of more than one question", quoted);
        finding_hint(finding, "write the question's id");
        return NOWHERE;
    }
    finding = filing_refuse(filing, record, column, "unknown question %s", quoted);
    near = vocabulary_near_question(filing->vocabulary, name);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected the id or the wording of a question of %s@%s", rubric->id,
                     rubric->edition);
    return NOWHERE;
}

const char *filing_waived(const char *folded)
{
    static const char PREFIX[] = "waive:";

    if (!g_str_has_prefix(folded, PREFIX))
        return NULL;
    folded += strlen(PREFIX);
    while (*folded == ' ')
        folded++;
    return folded;
}

int filing_requirement(const Filing *filing, const char *name, const CsvRecord *record,
                       guint column)
{
    int requirement = vocabulary_requirement(filing->vocabulary, name);
    g_autofree char *quoted = NULL;
    const char *near;
    Finding *finding;

    if (requirement != NOWHERE)
        return requirement;
    quoted = text_quote(name, QUOTE_LIMIT);
    finding = filing_refuse(filing, record, column, "unknown requirement %s", quoted);
    near = vocabulary_near_requirement(filing->vocabulary, name);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected waive: and the id of a requirement");
    return NOWHERE;
}

gboolean filing_fits(const Filing *filing, const CsvRecord *record, guint header_cells, guint least)
{
    guint filled = record->n_cells;

    while (filled > header_cells && reply_is_blank(record->cells[filled - 1]))
        filled--;
    if (filled > header_cells) {
        Finding *finding =
            filing_refuse(filing, record, header_cells + 1,
                          "record %u is too long: it has %u cells, the header has %u",
                          record->record, filled, header_cells);

        finding_hint(finding, "put a cell with a separator in it in double quotes");
        return FALSE;
    }
    if (record->n_cells < least) {
        filing_refuse(filing, record, record->n_cells,
                      "record %u is too short: it has %u %s, expected %u", record->record,
                      record->n_cells, record->n_cells == 1 ? "cell" : "cells", least);
        return FALSE;
    }
    return TRUE;
}

gboolean filing_is_blank(const CsvRecord *record)
{
    for (guint i = 0; i < record->n_cells; i++)
        if (!reply_is_blank(record->cells[i]))
            return FALSE;
    return TRUE;
}
