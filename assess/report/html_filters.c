#include "report/canvas_svg.h"
#include "report/html_writer.h"
#include "report/markup.h"

/* How many rows of requirements the tables have, of each status and level. */
typedef struct {
    guint shown[SHOWN_KINDS], levels[RUBRIC_LEVELS_LIMIT];
} Counts;

static Counts count_rows(const HtmlWriter *writer)
{
    Counts counts = { 0 };

    for (guint i = 0; i < writer->blocks->len; i++) {
        const Listing *table = ((const ReportBlock *)writer->blocks->pdata[i])->table;

        for (guint row = 0; table && row < table->rows->len; row++) {
            int requirement = ((const Row *)table->rows->pdata[row])->requirement;

            if (requirement == NOWHERE)
                continue;
            counts.shown[html_shown(writer->story, requirement)]++;
            counts.levels[RUBRIC_REQUIREMENT(writer->story->rubric, requirement)->level]++;
        }
    }
    return counts;
}

static void put_box(HtmlWriter *writer, const char *kind, const char *value, Mark mark,
                    const char *text, guint count)
{
    GString *out = writer->out;

    g_string_append_printf(
        out, "<label><input type=\"checkbox\" class=\"%s\" value=\"%s\" checked>", kind, value);
    svg_mark(out, mark, writer->font, writer->theme);
    g_string_append(out, "<span>");
    markup_text(out, text);
    g_string_append_printf(out, "</span> <span class=\"count\">%u</span></label>\n", count);
}

static void open_set(HtmlWriter *writer, const char *legend)
{
    g_string_append(writer->out, "<fieldset><legend>");
    html_word(writer, legend);
    g_string_append(writer->out, "</legend>\n");
}

static void put_statuses(HtmlWriter *writer, const Counts *counts)
{
    static const Status STATUSES[SHOWN_KINDS] = {
        [SHOWN_UNMET] = STATUS_UNMET,
        [SHOWN_UNKNOWN] = STATUS_UNKNOWN,
        [SHOWN_ADVISED] = STATUS_NOT_APPLICABLE, /* shows the same mark */
        [SHOWN_WAIVED] = STATUS_WAIVED,
        [SHOWN_MET] = STATUS_MET,
        [SHOWN_NOT_APPLICABLE] = STATUS_NOT_APPLICABLE,
    };

    open_set(writer, "html_by_status");
    for (Shown shown = 0; shown < SHOWN_KINDS; shown++)
        if (counts->shown[shown] > 0)
            put_box(writer, "by-s", html_shown_name(shown), mark_of(STATUSES[shown]),
                    shown == SHOWN_ADVISED ? story_word(writer->story, "advice_unmet")
                                           : story_status(writer->story, STATUSES[shown]),
                    counts->shown[shown]);
    g_string_append(writer->out, "</fieldset>\n");
}

static void put_levels(HtmlWriter *writer, const Counts *counts)
{
    open_set(writer, "html_by_level");
    for (int level = 0; level < (int)writer->story->rubric->levels->len; level++) {
        g_autofree char *title = story_level(writer->story, level);
        g_autofree char *value = g_strdup_printf("%d", level);

        if (counts->levels[level] > 0)
            put_box(writer, "by-l", value, NO_MARK, title, counts->levels[level]);
    }
    g_string_append(writer->out, "</fieldset>\n");
}

void html_filters(HtmlWriter *writer)
{
    Counts counts = count_rows(writer);

    g_string_append(writer->out, "<form class=\"filters\" autocomplete=\"off\">\n");
    put_statuses(writer, &counts);
    put_levels(writer, &counts);
    g_string_append(writer->out, "<button type=\"reset\">");
    html_word(writer, "html_reset");
    g_string_append(writer->out, "</button>\n</form>\n");
}
