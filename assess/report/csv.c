#include "report/csv.h"

#include <stdarg.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

void csv_cell(GString *out, const char *text)
{
    gboolean run = text && text_runs(text) && !text_is_signed_number(text);
    gboolean quoted =
        text && (run || strpbrk(text, "\",;\t\r\n") || *text == ' ' || g_str_has_suffix(text, " "));

    if (quoted)
        g_string_append_c(out, '"');
    if (run)
        g_string_append_c(out, '\'');
    for (const char *at = text ? text : ""; *at; at++) {
        if (*at == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *at);
    }
    if (quoted)
        g_string_append_c(out, '"');
}

void csv_row_of(GString *out, const char *const *cells, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        csv_cell(out, cells[i]);
    }
    g_string_append(out, "\r\n");
}

void csv_row(GString *out, ...)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new();
    const char *cell;
    va_list arguments;

    va_start(arguments, out);
    while ((cell = va_arg(arguments, const char *)))
        g_ptr_array_add(cells, (gpointer)cell);
    va_end(arguments);
    csv_row_of(out, (const char *const *)cells->pdata, cells->len);
}

/* "maturity=level3; scene_22=deployed": what the requirement rests on. */
static char *because_text(const Assessment *assessment, int requirement)
{
    const GArray *because = assessment_because(assessment, requirement);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < because->len; i++) {
        int question = g_array_index(because, int, i);
        g_autofree char *value = answer_value(assessment->answers, question);

        g_string_append_printf(text, "%s%s=%s", i > 0 ? "; " : "",
                               RUBRIC_QUESTION(assessment->plan->rubric, question)->id,
                               value ? value : "");
    }
    return g_string_free(text, FALSE);
}

void report_csv_header(GString *out)
{
    g_string_append(out, CSV_MARK);
    csv_row(out, "company", "rubric", "edition", "date", "level_held", "level_possible", "level",
            "requirement", "status", "kind", "origin", "clause", "title", "answers", NULL);
}

void report_csv(GString *out, const Assessment *assessment, const char *language)
{
    const Rubric *rubric = assessment->plan->rubric;
    g_autofree char *date = date_text(assessment->date);
    const char *company = answers_company(assessment->answers);

    for (guint level = 0; level < rubric->levels->len; level++) {
        for (guint i = 0; i < rubric->requirements->len; i++) {
            const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
            g_autofree char *because = NULL;

            if (requirement->level != (int)level)
                continue;
            because = because_text(assessment, (int)i);
            csv_row(out, company ? company : "", rubric->id, rubric->edition, date,
                    assessment_level_id(assessment, assessment->verdict.level),
                    assessment_level_id(assessment, assessment->verdict.level_possible),
                    RUBRIC_LEVEL(rubric, level)->id, requirement->id,
                    status_name(assessment->status[i]), requirement_kind_name(requirement->kind),
                    origin_name(requirement->origin),
                    localized_or(&requirement->clause, language, ""),
                    localized_or(&requirement->title, language, requirement->id), because, NULL);
        }
    }
}
