#include "cli/difference_sheets.h"

static void write_failures(const DifferenceWriter *writer, const GArray *requirements)
{
    for (guint i = 0; i < requirements->len; i++) {
        const Requirement *requirement =
            RUBRIC_REQUIREMENT(writer->difference->newer, g_array_index(requirements, int, i));
        g_autofree char *origin = terminal_origin(writer->terminal, requirement);
        g_autofree char *text = wording_fill(
            writer->terminal->wording, "words", "requirement", writer->terminal->language, "title",
            localized_or(&requirement->title, writer->terminal->language, requirement->id),
            "origin", origin, NULL);

        difference_detail(writer, "fails", text);
    }
}

/* Their titles in one sentence. */
static void write_open(const DifferenceWriter *writer, const GArray *requirements)
{
    g_autoptr(GString) titles = g_string_new(NULL);

    for (guint i = 0; i < requirements->len; i++) {
        const Requirement *requirement =
            RUBRIC_REQUIREMENT(writer->difference->newer, g_array_index(requirements, int, i));

        g_string_append_printf(
            titles, "%s%s", i > 0 ? difference_word(writer, "semicolon") : "",
            localized_or(&requirement->title, writer->terminal->language, requirement->id));
    }
    if (titles->len > 0)
        difference_detail(writer, "open", titles->str);
}

static char *sheet_text(const DifferenceWriter *writer, const Regrade *regrade)
{
    const Assessment *before = regrade->before, *after = regrade->after;
    const Terminal *terminal = writer->terminal;
    const char *company = answers_company(before->answers);
    gboolean is_open = after->verdict.level != after->verdict.level_possible;

    return wording_fill(
        terminal->wording, "difference",
        !regrade_moves(regrade) ? "sheet_keeps"
        : is_open               ? "sheet_possible"
                                : "sheet",
        terminal->language, "company",
        company ? company : terminal_word(terminal, "words", "no_company"), "before",
        terminal_level(terminal, before->plan->rubric, before->verdict.level), "after",
        terminal_level(terminal, after->plan->rubric, after->verdict.level), "possible",
        terminal_level(terminal, after->plan->rubric, after->verdict.level_possible), NULL);
}

void difference_sheets(const DifferenceWriter *writer, const GPtrArray *regrades)
{
    guint kept = 0;

    if (regrades->len > 0)
        difference_heading(writer, difference_word(writer, "sheets"));
    for (guint i = 0; i < regrades->len; i++) {
        const Regrade *regrade = regrades->pdata[i];
        gboolean moves = regrade_moves(regrade);
        g_autofree char *line = sheet_text(writer, regrade);

        kept += !moves ? 1 : 0;
        if (!moves && !writer->terminal->all)
            continue;
        difference_line(writer, moves ? "moved" : "unchanged", line);
        if (!moves)
            continue;
        write_failures(writer, regrade->failing);
        write_open(writer, regrade->open);
    }
    if (kept > 0 && !writer->terminal->all) {
        g_autofree char *number = g_strdup_printf("%u", kept);
        g_autofree char *line = difference_fill(writer, "keep", "number", number);

        difference_line(writer, "unchanged", line);
    }
}
