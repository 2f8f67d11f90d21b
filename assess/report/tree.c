#include "report/tree.h"

#include "base/text.h"

static const char *truth_name(Truth truth)
{
    static const char *const names[] = {
        [TRUTH_FALSE] = "unmet",
        [TRUTH_UNKNOWN] = "unknown",
        [TRUTH_TRUE] = "met",
        [TRUTH_NONE] = "not_applicable",
    };

    return names[truth];
}

/* What tells mark and colour; NULL for numbers and answers, which are neither true nor false. */
static const char *state_of(const Assessment *assessment, const Reason *reason)
{
    switch (reason->kind) {
    case REASON_LEVEL:
        return level_status_name(assessment->levels[reason->index]);
    case REASON_REQUIREMENT:
        return status_name(reason->status);
    case REASON_CONDITION:
        return truth_name(reason->truth);
    case REASON_VALUE:
    case REASON_ANSWER:
        break;
    }
    return NULL;
}

static char *requirement_text(const Terminal *terminal, const Requirement *requirement,
                              Status status)
{
    g_autofree char *origin = terminal_origin(terminal, requirement);

    return wording_fill(terminal->wording, "words", "tree_requirement", terminal->language, "title",
                        localized_or(&requirement->title, terminal->language, requirement->id),
                        "id", requirement->id, "origin", origin, "status",
                        terminal_word(terminal, "status", status_name(status)), NULL);
}

static char *label(const Terminal *terminal, const Assessment *assessment, const Reason *reason)
{
    const Rubric *rubric = assessment->plan->rubric;
    g_autofree char *answer = NULL;

    switch (reason->kind) {
    case REASON_LEVEL:
        return wording_fill(
            terminal->wording, "words", "tree_level", terminal->language, "level",
            terminal_level(terminal, rubric, reason->index), "status",
            terminal_word(terminal, "status", level_status_name(assessment->levels[reason->index])),
            NULL);
    case REASON_REQUIREMENT:
        return requirement_text(terminal, RUBRIC_REQUIREMENT(rubric, reason->index),
                                reason->status);
    case REASON_ANSWER:
        answer = terminal_answer(terminal, assessment, reason->index);
        return g_strdup_printf("%s (%s)", answer, RUBRIC_QUESTION(rubric, reason->index)->id);
    case REASON_CONDITION:
    case REASON_VALUE:
        break;
    }
    if (reason->text && reason->value)
        return g_strdup_printf("%s = %s", reason->text, reason->value);
    return g_strdup(reason->text ? reason->text : reason->value ? reason->value : "");
}

/* `first` and `rest`: what stands before this node's lines and before those of its parts. */
static void append_node(const Terminal *terminal, GString *out, const Assessment *assessment,
                        const Reason *reason, const char *first, const char *rest)
{
    const char *state = state_of(assessment, reason);
    g_autofree char *text = label(terminal, assessment, reason);
    g_autofree char *head =
        state ? g_strdup_printf("%s%s ", first, terminal_mark(terminal, state)) : g_strdup(first);
    guint parts = reason->parts ? reason->parts->len : 0;
    g_autofree char *follow = g_strconcat(rest, state ? "  " : "", NULL);

    terminal_lines(terminal, out, head, follow, state ? terminal_colour(terminal, state) : NULL,
                   text);
    for (guint i = 0; i < parts; i++) {
        gboolean last = i + 1 == parts;
        g_autofree char *branch = g_strconcat(rest, last ? "\u2514\u2500 " : "\u251c\u2500 ", NULL);
        g_autofree char *below = g_strconcat(rest, last ? "   " : "\u2502  ", NULL);

        append_node(terminal, out, assessment, reason->parts->pdata[i], branch, below);
    }
}

char *report_tree(const Terminal *terminal, const Assessment *assessment, const Reason *reason)
{
    GString *out = g_string_new(NULL);

    append_node(terminal, out, assessment, reason, "", "");
    return g_string_free(out, FALSE);
}
