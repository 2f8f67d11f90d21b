#include "survey/survey_doubt.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"
#include "survey/survey.h"

static Finding *warn(const SurveyDoubt *doubt, Findings *findings, const char *message)
{
    const Header *header = doubt->header;
    const Place place = { .file = doubt->name,
                          .line = g_array_index(header->records, HeaderRecord, 0).line };

    return findings_add(findings, SEVERITY_WARNING, &place, "%s", message);
}

static void doubt_layout(const SurveyDoubt *doubt, Findings *findings)
{
    const Header *header = doubt->header;
    const Layout *layout = header->layout, *other;
    g_autofree char *message = NULL;
    Finding *finding;

    /* what was one answer a row is read on without its header */
    if (!doubt->is_named || layout->reply || header_bears(header, layout))
        return;
    message = g_strdup_printf("its first rows bear no sign of layout \"%s\"", layout->id);
    finding = warn(doubt, findings, message);
    other = header_signed_by(header, doubt->layouts);
    if (other)
        finding_hint(finding, "they bear one of layout \"%s\"", other->id);
    else if (header->rows > 1)
        finding_hint(
            finding,
            "its first %u rows are taken as the header: name no layout if a company stands "
            "there",
            header->rows);
    else
        finding_hint(finding, "name no layout to have it found");
}

static gboolean stands_in(char *const *words, const char *folded)
{
    return words && g_strv_contains((const char *const *)words, folded);
}

/* Whether what stands in a column of yes and no is 1 and 2, and the layout knows neither. */
static gboolean is_numbered(const Header *header, guint column)
{
    const Layout *layout = header->layout;
    guint n = 0;

    for (guint i = header->rows; i < header->records->len; i++) {
        const HeaderRecord *record = &g_array_index(header->records, HeaderRecord, i);
        const char *cell = column < record->n_cells ? record->cells[column] : "";
        g_autofree char *folded = text_fold(cell);

        if (reply_is_blank(cell) || stands_in(layout->blank, folded) ||
            stands_in(layout->not_shown, folded))
            continue;
        if ((strcmp(folded, "1") != 0 && strcmp(folded, "2") != 0) ||
            stands_in(layout->yes, folded) || stands_in(layout->no, folded))
            return FALSE;
        n++;
    }
    return n > 0;
}

static void doubt_numbers(const SurveyDoubt *doubt, Findings *findings)
{
    const Rubric *rubric = vocabulary_rubric(doubt->vocabulary);
    const Layout *layout = doubt->header->layout;
    g_autofree char *message = NULL;
    Finding *finding;
    guint n = 0;

    for (guint i = 0; layout->coded && i < doubt->columns->len; i++) {
        const Binding *binding = &g_array_index(doubt->columns, SurveyColumn, i).binding;

        n += binding->kind == BINDING_QUESTION &&
             RUBRIC_QUESTION(rubric, binding->index)->type == QUESTION_YESNO &&
             is_numbered(doubt->header, i);
    }
    if (n == 0)
        return;
    message =
        g_strdup_printf("yes and no stand as 1 and 2 in %u %s, and layout \"%s\" does not say "
                        "which is which",
                        n, n == 1 ? "column" : "columns", layout->id);
    finding = warn(doubt, findings, message);
    if (layout->numbered)
        finding_hint(finding, "if the form lists yes first, name --layout %s", layout->numbered);
    else
        finding_hint(finding, "a layout of one's own says it: [cells] yes = 1, no = 2");
}

void survey_doubt(const SurveyDoubt *doubt, Findings *findings)
{
    doubt_layout(doubt, findings);
    doubt_numbers(doubt, findings);
}
