#include "intake/reading.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"

enum { QUOTE_LIMIT = 60 /* characters of a user's text in a message */ };

Place reading_place(const Reading *reading, const CsvRecord *record, guint column)
{
    return (Place){
        .file = reading->file, .line = record->line, .record = record->record, .column = column
    };
}

Finding *reading_refuse(const Reading *reading, const CsvRecord *record, guint column,
                        const char *format, ...)
{
    Place place = reading_place(reading, record, column);
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(reading->errors, SEVERITY_ERROR, &place, "%s", message);
}

Answers *reading_answers(const Reading *reading, guint record)
{
    Answers *answers = answers_new(vocabulary_rubric(reading->vocabulary));
    Source source = { .file = g_strdup(reading->file),
                      .sha256 = g_strdup(reading->sha256),
                      .encoding = g_strdup("UTF-8"),
                      .record = record };

    g_array_append_val(answers->sources, source);
    return answers;
}

void reading_answer(const Reading *reading, Answers *answers, int question, const char *text,
                    const CsvRecord *record, guint column)
{
    Place place = reading_place(reading, record, column);
    g_autofree char *problem = NULL, *hint = NULL;
    Finding *finding;

    if (reply_read(reading->vocabulary, question, text, &answers->of[question], &problem, &hint))
        return;
    finding = findings_add(reading->strict ? reading->errors : answers->findings,
                           reading->strict ? SEVERITY_ERROR : SEVERITY_WARNING, &place, "%s: %s",
                           RUBRIC_QUESTION(answers->rubric, question)->id, problem);
    if (hint)
        finding_hint(finding, "%s", hint);
}

void reading_waiver(const Reading *reading, Answers *answers, int requirement, const char *reason,
                    gboolean may_be_blank, const CsvRecord *record, guint column)
{
    const Requirement *waived = RUBRIC_REQUIREMENT(answers->rubric, requirement);
    Place place = reading_place(reading, record, column);
    Finding *finding;

    if (reply_is_blank(reason)) {
        if (may_be_blank)
            return;
        finding = findings_add(answers->findings, SEVERITY_WARNING, &place,
                               "waiver of \"%s\" gives no reason and is ignored", waived->id);
        finding_hint(finding, "write the reason as the answer");
        return;
    }
    if (!waived->waivable) {
        finding =
            findings_add(answers->findings, SEVERITY_WARNING, &place,
                         "requirement \"%s\" may not be waived: the waiver is ignored", waived->id);
        finding_hint(finding, "only what a rubric asks for in principle may be waived");
        return;
    }
    reading_remark(&answers->waivers[requirement], reason);
}

void reading_remark(char **remark, const char *text)
{
    if (!*remark && !reply_is_blank(text))
        *remark = g_strdup(reply_unguarded(text));
}

int reading_question(const Reading *reading, const char *name, const CsvRecord *record,
                     guint column)
{
    int question = vocabulary_question(reading->vocabulary, name);
    const Rubric *rubric = vocabulary_rubric(reading->vocabulary);
    g_autofree char *quoted = NULL;
    const char *near;
    Finding *finding;

    if (question >= 0)
        return question;
    quoted = text_quote(name, QUOTE_LIMIT);
    if (question == VOCABULARY_AMBIGUOUS) {
        finding = reading_refuse(reading, record, column,
                                 "%s is the wording of more than one question", quoted);
        finding_hint(finding, "write the question's id");
        return NOWHERE;
    }
    finding = reading_refuse(reading, record, column, "unknown question %s", quoted);
    near = vocabulary_near_question(reading->vocabulary, name);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected the id or the wording of a question of %s@%s", rubric->id,
                     rubric->edition);
    return NOWHERE;
}

const char *reading_waived(const char *folded)
{
    static const char PREFIX[] = "waive:";

    if (!g_str_has_prefix(folded, PREFIX))
        return NULL;
    folded += strlen(PREFIX);
    while (*folded == ' ')
        folded++;
    return folded;
}

int reading_requirement(const Reading *reading, const char *name, const CsvRecord *record,
                        guint column)
{
    int requirement = vocabulary_requirement(reading->vocabulary, name);
    g_autofree char *quoted = NULL;
    const char *near;
    Finding *finding;

    if (requirement != NOWHERE)
        return requirement;
    quoted = text_quote(name, QUOTE_LIMIT);
    finding = reading_refuse(reading, record, column, "unknown requirement %s", quoted);
    near = vocabulary_near_requirement(reading->vocabulary, name);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected waive: and the id of a requirement");
    return NOWHERE;
}

gboolean reading_fits(const Reading *reading, const CsvRecord *record, guint header_cells,
                      guint least)
{
    guint filled = record->n_cells;

    while (filled > header_cells && reply_is_blank(record->cells[filled - 1]))
        filled--;
    if (filled > header_cells) {
        Finding *finding =
            reading_refuse(reading, record, header_cells + 1,
                           "record %u is too long: it has %u cells, the header has %u",
                           record->record, filled, header_cells);

        finding_hint(finding, "put a cell with a separator in it in double quotes");
        return FALSE;
    }
    if (record->n_cells < least) {
        reading_refuse(reading, record, record->n_cells,
                       "record %u is too short: it has %u %s, expected %u", record->record,
                       record->n_cells, record->n_cells == 1 ? "cell" : "cells", least);
        return FALSE;
    }
    return TRUE;
}

gboolean reading_is_blank(const CsvRecord *record)
{
    for (guint i = 0; i < record->n_cells; i++)
        if (!reply_is_blank(record->cells[i]))
            return FALSE;
    return TRUE;
}
