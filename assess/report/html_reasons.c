#include "report/canvas_svg.h"
#include "report/html_writer.h"
#include "report/markup.h"
#include "scoring/explain.h"

/* What the reader sees of one reason before its parts: a mark with its word, then the text. */
typedef struct {
    Mark mark;
    const char *word; /* NULL: numbers and answers are neither met nor unmet */
    char *text, *value, *link;
    gboolean is_rule; /* the text is the rubric's own language */
} Telling;

static void telling_clear(Telling *line)
{
    g_free(line->text);
    g_free(line->value);
    g_free(line->link);
}

static void tell_truth(const Story *story, const Reason *reason, Telling *line)
{
    static const Status STATUSES[] = { [TRUTH_FALSE] = STATUS_UNMET,
                                       [TRUTH_UNKNOWN] = STATUS_UNKNOWN,
                                       [TRUTH_TRUE] = STATUS_MET,
                                       [TRUTH_NONE] = STATUS_NOT_APPLICABLE };

    line->mark = mark_of(STATUSES[reason->truth]);
    line->word = story_status(story, STATUSES[reason->truth]);
    line->text = reason->text ? story_show(reason->text, STORY_TEXT_LIMIT) : NULL;
    line->is_rule = TRUE;
}

static void tell_requirement(const Story *story, const Reason *reason, Telling *line)
{
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, reason->index);

    line->mark = mark_of(reason->status);
    line->word = story_status(story, reason->status);
    line->text = story_title(story, &it->title, it->id);
    line->link = story_anchor(story, "requirement", it->id);
}

static void tell_level(const Story *story, const Reason *reason, Telling *line)
{
    static const MarkKind KINDS[] = {
        [LEVEL_HELD] = MARK_MET, [LEVEL_POSSIBLE] = MARK_UNKNOWN, [LEVEL_NOT_HELD] = MARK_UNMET
    };
    LevelStatus status = story->assessment->levels[reason->index];

    line->mark = (Mark){ KINDS[status], 0, 0 };
    line->word =
        wording_get(story->wording, "level_status", level_status_name(status), story->language);
    line->text = story_level(story, reason->index);
}

static Telling telling_of(const Story *story, const Reason *reason)
{
    Telling line = { .mark = NO_MARK };

    switch (reason->kind) {
    case REASON_LEVEL:
        tell_level(story, reason, &line);
        break;
    case REASON_REQUIREMENT:
        tell_requirement(story, reason, &line);
        break;
    case REASON_CONDITION:
        tell_truth(story, reason, &line);
        break;
    case REASON_VALUE:
        line.text = reason->text ? story_show(reason->text, STORY_TEXT_LIMIT) : NULL;
        line.is_rule = TRUE;
        break;
    case REASON_ANSWER:
        line.text = story_question_answered(story, reason->index);
        break;
    }
    line.value = g_strdup(reason->value);
    return line;
}

static void put_telling(HtmlWriter *writer, const Telling *line)
{
    GString *out = writer->out;
    gboolean leads = line->link && g_hash_table_contains(writer->anchors, line->link);
    const char *element = line->is_rule ? "code" : leads ? "a" : "span";

    if (line->word) {
        g_string_append(out, "<span class=\"state\">");
        svg_mark(out, line->mark, writer->font, writer->theme);
        markup_text(out, line->word);
        g_string_append(out, "</span> ");
    }
    if (line->text) {
        g_string_append_printf(out, "<%s", element);
        markup_direction(out, line->text);
        if (leads) {
            g_string_append(out, " href=\"#");
            markup_text(out, line->link);
            g_string_append_c(out, '"');
        }
        g_string_append_c(out, '>');
        markup_text(out, line->text);
        g_string_append_printf(out, "</%s>", element);
    }
    if (line->value) {
        g_string_append(out, line->text ? " = <b>" : "<b>");
        markup_text(out, line->value);
        g_string_append(out, "</b>");
    }
}

static void put_parts(HtmlWriter *writer, const Reason *reason)
{
    g_string_append(writer->out, "<ul>");
    for (guint i = 0; i < reason->parts->len; i++) {
        const Reason *part = reason->parts->pdata[i];
        Telling line = telling_of(writer->story, part);

        g_string_append(writer->out, "<li>");
        put_telling(writer, &line);
        telling_clear(&line);
        if (part->parts->len > 0)
            put_parts(writer, part);
        g_string_append(writer->out, "</li>");
    }
    g_string_append(writer->out, "</ul>");
}

void html_reasons(HtmlWriter *writer, int requirement)
{
    g_autoptr(Reason) reason = explain_requirement(writer->story->assessment, requirement);

    if (reason->parts->len == 0)
        return;
    g_string_append(writer->out, "<details class=\"reasons\"><summary>");
    html_word(writer, "html_reasons");
    g_string_append(writer->out, "</summary>");
    put_parts(writer, reason);
    g_string_append(writer->out, "</details>");
}
