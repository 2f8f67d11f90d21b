#include "cli/difference_writer.h"

const char *difference_word(const DifferenceWriter *writer, const char *key)
{
    return terminal_word(writer->terminal, "difference", key);
}

char *difference_fill(const DifferenceWriter *writer, const char *key, const char *hole,
                      const char *text)
{
    return wording_fill(writer->terminal->wording, "difference", key, writer->terminal->language,
                        hole, text, NULL);
}

void difference_detail(const DifferenceWriter *writer, const char *key, const char *text)
{
    g_autofree char *line = difference_fill(writer, key, "text", text);
    g_autofree char *indent = g_strconcat(writer->indent, "      ", NULL);

    terminal_lines(writer->terminal, writer->out, indent, indent, NULL, line);
}

void difference_heading(const DifferenceWriter *writer, const char *text)
{
    g_string_append_c(writer->out, '\n');
    terminal_lines(writer->terminal, writer->out, "", "", "strong", text);
}

void difference_line(const DifferenceWriter *writer, const char *mark, const char *text)
{
    g_autofree char *first = g_strdup_printf(
        "%s  %s ", writer->indent, terminal_word(writer->terminal, "difference marks", mark));
    g_autofree char *rest = g_strconcat(writer->indent, "    ", NULL);

    terminal_lines(writer->terminal, writer->out, first, rest,
                   terminal_word(writer->terminal, "difference colours", mark), text);
}

const char *change_title(const Difference *difference, const Change *change, const char *language)
{
    gboolean is_older = change->newer == NOWHERE;
    const Rubric *rubric = is_older ? difference->older : difference->newer;
    int at = is_older ? change->older : change->newer;

    switch (change->of) {
    case NAME_LEVEL:
        return localized_or(&RUBRIC_LEVEL(rubric, at)->title, language,
                            RUBRIC_LEVEL(rubric, at)->id);
    case NAME_DIMENSION:
        return localized_or(&RUBRIC_DIMENSION(rubric, at)->title, language,
                            RUBRIC_DIMENSION(rubric, at)->id);
    case NAME_REQUIREMENT:
        return localized_or(&RUBRIC_REQUIREMENT(rubric, at)->title, language,
                            RUBRIC_REQUIREMENT(rubric, at)->id);
    default:
        return localized_or(&RUBRIC_QUESTION(rubric, at)->ask, language,
                            RUBRIC_QUESTION(rubric, at)->id);
    }
}

int change_level(const Difference *difference, const Change *change, gboolean *is_older)
{
    int older, newer = NOWHERE;

    *is_older = FALSE;
    if (change->newer != NOWHERE)
        return RUBRIC_REQUIREMENT(difference->newer, change->newer)->level;
    older = RUBRIC_REQUIREMENT(difference->older, change->older)->level;
    if (rubric_find(difference->newer, RUBRIC_LEVEL(difference->older, older)->id, &newer) ==
        NAME_LEVEL)
        return newer;
    *is_older = TRUE;
    return older;
}

const Requirement *difference_requirement(const Difference *difference, const Change *change)
{
    return change->newer == NOWHERE ? RUBRIC_REQUIREMENT(difference->older, change->older)
                                    : RUBRIC_REQUIREMENT(difference->newer, change->newer);
}

Origin change_origin(const Difference *difference, const Change *change)
{
    gboolean was = change->older != NOWHERE &&
                   RUBRIC_REQUIREMENT(difference->older, change->older)->origin == ORIGIN_OFFICIAL;
    gboolean is = change->newer != NOWHERE &&
                  RUBRIC_REQUIREMENT(difference->newer, change->newer)->origin == ORIGIN_OFFICIAL;

    return was || is ? ORIGIN_OFFICIAL : ORIGIN_HOUSE;
}
