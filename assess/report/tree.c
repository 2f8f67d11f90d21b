#include "report/tree.h"

#include <string.h>

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

/* How much of the tree is wanted below a node. */
typedef enum { DEPTH_LINE, DEPTH_OPEN, DEPTH_ALL } Depth;

/* 0: fails, 1: open, 2: settled. What has no state goes with what is open. */
static guint rank_of(const Assessment *assessment, const Reason *reason)
{
    const char *state = state_of(assessment, reason);

    if (!state)
        return 1;
    if (strcmp(state, "unmet") == 0 || strcmp(state, "not_held") == 0)
        return 0;
    return strcmp(state, "unknown") == 0 || strcmp(state, "possible") == 0 ? 1 : 2;
}

/* The parts in the order of the lines: of a level, what stands in its way comes first. */
static GPtrArray *parts_in_order(const Assessment *assessment, const Reason *reason)
{
    GPtrArray *parts = g_ptr_array_new();
    guint n = reason->parts ? reason->parts->len : 0;
    guint ranks = reason->kind == REASON_LEVEL ? 3 : 1;

    for (guint rank = 0; rank < ranks; rank++)
        for (guint i = 0; i < n; i++)
            if (ranks == 1 || rank_of(assessment, reason->parts->pdata[i]) == rank)
                g_ptr_array_add(parts, reason->parts->pdata[i]);
    return parts;
}

/* A settled part needs no reasons, unless it is the reason, as the part of a `not` may be. */
static Depth depth_of(const Assessment *assessment, const Reason *reason, const GPtrArray *parts,
                      guint part, Depth depth)
{
    gboolean has_open = reason->kind == REASON_LEVEL;

    if (depth == DEPTH_ALL)
        return DEPTH_ALL;
    for (guint i = 0; i < parts->len && !has_open; i++)
        has_open = rank_of(assessment, parts->pdata[i]) < 2;
    return has_open && rank_of(assessment, parts->pdata[part]) == 2 ? DEPTH_LINE : DEPTH_OPEN;
}

/* `first` and `rest`: what stands before this node's lines and before those of its parts. */
static void append_node(const Terminal *terminal, GString *out, const Assessment *assessment,
                        const Reason *reason, Depth depth, const char *first, const char *rest)
{
    g_autoptr(GPtrArray) parts = parts_in_order(assessment, reason);
    const char *state = state_of(assessment, reason);
    g_autofree char *text = label(terminal, assessment, reason);
    g_autofree char *head =
        state ? g_strdup_printf("%s%s ", first, terminal_mark(terminal, state)) : g_strdup(first);
    g_autofree char *follow = g_strconcat(rest, state ? "  " : "", NULL);

    terminal_lines(terminal, out, head, follow, state ? terminal_colour(terminal, state) : NULL,
                   text);
    for (guint i = 0; i < parts->len && depth != DEPTH_LINE; i++) {
        gboolean last = i + 1 == parts->len;
        g_autofree char *branch = g_strconcat(rest, last ? "\u2514\u2500 " : "\u251c\u2500 ", NULL);
        g_autofree char *below = g_strconcat(rest, last ? "   " : "\u2502  ", NULL);

        append_node(terminal, out, assessment, parts->pdata[i],
                    depth_of(assessment, reason, parts, i, depth), branch, below);
    }
}

char *report_tree(const Terminal *terminal, const Assessment *assessment, const Reason *reason)
{
    GString *out = g_string_new(NULL);

    append_node(terminal, out, assessment, reason,
                terminal->all || reason->kind != REASON_LEVEL ? DEPTH_ALL : DEPTH_OPEN, "", "");
    return g_string_free(out, FALSE);
}
