#include "cli/opening.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli/inspection_words.h"
#include "intake/delimiter.h"

enum {
    INSPECTED = 64 * 1024 * 1024 /* bytes: a larger file is not read again to say what it is */
};

/* ---- what is not there ---- */

/* A field that has a column. */
static gboolean has_field(const Survey *survey, const char *id)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));
    int field;

    return rubric_find(rubric, id, &field) == NAME_QUESTION && survey_has(survey, field);
}

/* Who is who, where the names of companies have no column. */
static void tell_nameless(const Survey *survey, Findings *findings)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));
    const Place place = { .file = survey_name(survey) };
    const char *by =
        has_field(survey, "uscc") ? "their social credit code" : "the number of their record";
    int field;

    if (rubric_find(rubric, "company", &field) == NAME_QUESTION && !has_field(survey, "company"))
        finding_hint(findings_add(findings, SEVERITY_WARNING, &place,
                                  "no column is bound to \"company\": companies are known by %s "
                                  "alone",
                                  by),
                     "`assess inspect --write-map` writes what is bound, to be edited for --map");
}

/* Questions that this survey does not answer: they are blank for everybody. */
static void tell_unasked(const Survey *survey, gboolean by_name, Findings *findings)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));
    const Place place = { .file = survey_name(survey) };
    g_autoptr(GPtrArray) unasked = g_ptr_array_new();
    g_autofree char *ids = NULL;
    guint all = 0;

    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        all += !question->is_field;
        if (!question->is_field && !survey_has(survey, (int)i))
            g_ptr_array_add(unasked, question->id);
    }
    if (unasked->len == 0)
        return;
    g_ptr_array_add(unasked, NULL);
    ids = g_strjoinv(", ", (char **)unasked->pdata);
    finding_hint(findings_add(findings, SEVERITY_WARNING, &place, "%u of %u questions %s no column",
                              unasked->len - 1, all, unasked->len == 2 ? "has" : "have"),
                 "%s", by_name ? ids : "-v names them; `assess inspect` shows what is bound");
}

void opening_tell(const Survey *survey, gboolean by_name, Findings *findings)
{
    tell_nameless(survey, findings);
    tell_unasked(survey, by_name, findings);
}

/* ---- files that are none ---- */

static gboolean is_empty(const Inspection *inspection)
{
    return !inspection->contents || contents_rows(inspection->contents)->rows == 0;
}

/* What is said of a file that is no table of companies; FALSE if that is not known better than by
 * who refused it. */
static gboolean tell_kind(const Inspection *inspection, Findings *findings)
{
    const Place place = { .file = inspection->name };
    const Shape *shape = inspection->shape;

    if (shape)
        finding_hint(findings_add(findings, SEVERITY_ERROR, &place, "%s", shape->message), "%s",
                     shape->hint);
    else if (inspection->is_sheet && inspection->is_text)
        finding_hint(findings_add(findings, SEVERITY_ERROR, &place,
                                  "this is an answer sheet, with a row for each question"),
                     "`assess score` grades it");
    else if (!inspection->is_text || (inspection->is_cut && is_empty(inspection)))
        findings_append(findings, inspection->findings);
    return findings_of(findings, SEVERITY_ERROR) > 0;
}

/* A delimiter that was given, and another one under which there are more columns. */
static gboolean tell_delimiter(const Inspection *given, const InspectionOrder *order,
                               Findings *findings)
{
    const Place place = { .file = given->name };
    InspectionOrder other = *order;
    g_autoptr(Inspection) found = NULL;
    guint n = inspection_n_columns(given), more;

    other.survey.delimiter = '\0';
    found = order->survey.delimiter ? inspection_new(&other, NULL) : NULL;
    more = found ? inspection_n_columns(found) : 0;
    if (more <= n)
        return FALSE;
    finding_hint(
        findings_add(findings, SEVERITY_ERROR, &place, "with --delimiter %s the header has %u %s",
                     delimiter_name(order->survey.delimiter), n, n == 1 ? "column" : "columns"),
        "with %s it has %u; without --delimiter that is found", delimiter_name(found->delimiter),
        more);
    return TRUE;
}

/* An encoding that was given, and another one in which columns are known. */
static gboolean tell_encoding(const Inspection *given, const InspectionOrder *order,
                              Findings *findings)
{
    const Place place = { .file = given->name };
    InspectionOrder other = *order;
    g_autoptr(Inspection) found = NULL;

    other.survey.encoding = NULL;
    found = order->survey.encoding && findings_of(given->findings, SEVERITY_ERROR) == 0
                ? inspection_new(&other, NULL)
                : NULL;
    if (!found || !found->survey || inspection_n_bound(found) == 0)
        return FALSE;
    finding_hint(findings_add(findings, SEVERITY_ERROR, &place,
                              "with --encoding %s no column of the rubric is found",
                              order->survey.encoding),
                 "with %s there are some; without --encoding that is found", found->encoding.name);
    return TRUE;
}

/* All that may be wrong, what is likeliest first. */
static gboolean tell(const Inspection *inspection, const InspectionOrder *order, Findings *findings)
{
    return tell_encoding(inspection, order, findings) ||
           tell_delimiter(inspection, order, findings) || tell_kind(inspection, findings);
}

gboolean opening_refused(const Session *session, const BatchOrder *order)
{
    const InspectionOrder inspecting = { .path = order->input,
                                         .vocabulary = order->vocabulary,
                                         .layouts = order->layouts,
                                         .survey = order->survey };
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Inspection) inspection = NULL;
    GStatBuf found;

    if (strcmp(order->input, "-") == 0 || g_stat(order->input, &found) != 0 ||
        !S_ISREG(found.st_mode) || found.st_size > INSPECTED)
        return FALSE;
    inspection = inspection_new(&inspecting, NULL);
    if (!inspection || !tell(inspection, &inspecting, findings))
        return FALSE;
    session_tell(session, findings);
    return TRUE;
}
