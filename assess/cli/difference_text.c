#include "cli/difference_text.h"

#include <string.h>

#include "cli/difference_moves.h"
#include "cli/difference_parts.h"
#include "cli/difference_sheets.h"

enum { KINDS = CHANGE_CONDITION + 1 };

/* ---- one requirement ---- */

/* A new id says nothing to a reader of requirements. */
static gboolean is_told(const DifferenceWriter *writer, const Change *change)
{
    return change->of != NAME_REQUIREMENT || change->kind != CHANGE_RENAMED ||
           writer->terminal->all;
}

static const char *level_title(const DifferenceWriter *writer, const char *id)
{
    int level = NOWHERE;

    rubric_find(writer->difference->older, id, &level);
    return terminal_level(writer->terminal, writer->difference->older, level);
}

static char *what_text(const DifferenceWriter *writer, const Change *change)
{
    const char *from = change->from, *to = change->to;

    if (change->kind == CHANGE_MOVED)
        from = level_title(writer, from);
    if (change->kind == CHANGE_ORIGIN) {
        from = terminal_word(writer->terminal, "words", from);
        to = terminal_word(writer->terminal, "words", to);
    }
    return wording_fill(writer->terminal->wording, "difference what", change_name(change->kind),
                        writer->terminal->language, "from", from ? from : "", "to", to ? to : "",
                        NULL);
}

static const char *mark_key(const Change *change)
{
    switch (change->kind) {
    case CHANGE_ADDED:
    case CHANGE_REMOVED:
    case CHANGE_TIGHTENED:
    case CHANGE_LOOSENED:
    case CHANGE_MOVED:
        return change_name(change->kind);
    default:
        return "other";
    }
}

static void write_former_title(const DifferenceWriter *writer, const Change *change)
{
    const Change former = { .of = change->of, .older = change->older, .newer = NOWHERE };

    difference_detail(writer, "was",
                      change_title(writer->difference, &former, writer->terminal->language));
}

/* Of what only our reading changes the line is enough, unless all is asked for. */
static gboolean is_short(const DifferenceWriter *writer, const Change *change)
{
    return change_origin(writer->difference, change) == ORIGIN_HOUSE && !writer->terminal->all;
}

static void write_details(const DifferenceWriter *writer, const Change *change)
{
    if (is_short(writer, change))
        return;
    if (change->kind == CHANGE_REWORDED)
        write_former_title(writer, change);
    else if (change->kind == CHANGE_ADDED && writer->terminal->all)
        difference_detail(writer, "needs", change->to);
    else if (change->kind == CHANGE_TIGHTENED || change->kind == CHANGE_LOOSENED ||
             change->kind == CHANGE_CONDITION)
        difference_condition(writer, change);
}

static gboolean is_of_same(const Change *a, const Change *b)
{
    return a->of == b->of && a->older == b->older && a->newer == b->newer;
}

/* The clause: that the programme says it stands above. */
static char *origin_text(const DifferenceWriter *writer, const Requirement *requirement)
{
    const char *clause = localized_in(&requirement->clause, writer->terminal->language);

    return requirement->origin == ORIGIN_OFFICIAL && clause
               ? g_strdup(clause)
               : terminal_origin(writer->terminal, requirement);
}

/* All changes of the requirement whose first one stands at `from`; the mark is the last one's, for
 * a condition says most. */
static void write_requirement(const DifferenceWriter *writer, guint from)
{
    const Difference *difference = writer->difference;
    const Change *first = DIFFERENCE_CHANGE(difference, from), *last = NULL;
    g_autofree char *origin = origin_text(writer, difference_requirement(difference, first));
    g_autoptr(GString) what = g_string_new(NULL);
    g_autofree char *line = NULL;
    guint to = from;

    for (; to < difference->changes->len && is_of_same(first, DIFFERENCE_CHANGE(difference, to));
         to++) {
        const Change *change = DIFFERENCE_CHANGE(difference, to);
        g_autofree char *text = what_text(writer, change);

        if (!is_told(writer, change))
            continue;
        g_string_append_printf(what, "%s%s", last ? difference_word(writer, "comma") : "", text);
        last = change;
    }
    if (!last)
        return;
    line =
        wording_fill(writer->terminal->wording, "difference",
                     is_short(writer, first) ? "entry_house" : "entry", writer->terminal->language,
                     "title", change_title(difference, first, writer->terminal->language), "origin",
                     origin, "what", what->str, NULL);
    difference_line(writer, mark_key(last), line);
    for (guint i = from; i < to; i++)
        write_details(writer, DIFFERENCE_CHANGE(difference, i));
}

/* ---- levels ---- */

/* Changes of requirements of one level; of a level that only the older rubric has. */
static gboolean is_at(const DifferenceWriter *writer, const Change *change, int level,
                      gboolean is_older)
{
    gboolean older = FALSE;

    return change->of == NAME_REQUIREMENT &&
           change_level(writer->difference, change, &older) == level && older == is_older;
}

/* What the programme asks as before: gates; all of this origin with -v. */
static char *unchanged_titles(const DifferenceWriter *writer, int level, Origin origin)
{
    const Rubric *rubric = writer->difference->newer;
    GString *titles = g_string_new(NULL);

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        gboolean is_gate = origin == ORIGIN_OFFICIAL &&
                           (requirement->kind == KIND_GATE || requirement->kind == KIND_COVERAGE);

        if (requirement->level != level || requirement->origin != origin ||
            (!is_gate && !writer->terminal->all) ||
            !difference_is_unchanged(writer->difference, (int)i))
            continue;
        g_string_append_printf(
            titles, "%s%s", titles->len > 0 ? difference_word(writer, "semicolon") : "",
            localized_or(&requirement->title, writer->terminal->language, requirement->id));
    }
    return g_string_free(titles, FALSE);
}

/* The only change of this requirement, if it is one of content; else NULL. */
static const Change *content_of(const DifferenceWriter *writer, guint from)
{
    const GArray *changes = writer->difference->changes;
    const Change *first = DIFFERENCE_CHANGE(writer->difference, from), *found = NULL;

    for (guint i = from; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);

        if (!is_of_same(first, change))
            break;
        if (!is_told(writer, change))
            continue;
        if (found || !difference_is_content(writer->difference, change))
            return NULL;
        found = change;
    }
    return found;
}

/* The requirements of an origin that changed at a level, a line each; what was only added to or
 * dropped from the content that we read into it, together. */
static void write_changed(const DifferenceWriter *writer, int level, gboolean is_older,
                          Origin origin)
{
    const Difference *difference = writer->difference;
    g_autoptr(GPtrArray) content = g_ptr_array_new();

    for (guint i = 0; i < difference->changes->len; i++) {
        const Change *change = DIFFERENCE_CHANGE(difference, i);
        const Change *own = NULL;

        if ((i > 0 && is_of_same(change - 1, change)) || !is_at(writer, change, level, is_older) ||
            change_origin(difference, change) != origin)
            continue;
        if (origin == ORIGIN_HOUSE && !writer->terminal->all)
            own = content_of(writer, i);
        if (own)
            g_ptr_array_add(content, (gpointer)own);
        else
            write_requirement(writer, i);
    }
    difference_content(writer, content, FALSE);
    difference_content(writer, content, TRUE);
}

/* Nothing is written for a level at which there is nothing to say. */
static void write_level(const DifferenceWriter *writer, int level, gboolean is_older, Origin origin)
{
    const Rubric *rubric = is_older ? writer->difference->older : writer->difference->newer;
    g_autofree char *titles = is_older ? NULL : unchanged_titles(writer, level, origin);
    DifferenceWriter inner = *writer;
    g_autoptr(GString) lines = g_string_new(NULL);

    inner.out = lines;
    inner.indent = "  ";
    write_changed(&inner, level, is_older, origin);
    if (titles && *titles != '\0') {
        g_autofree char *line = difference_fill(writer, "unchanged", "titles", titles);

        difference_line(&inner, "unchanged", line);
    }
    if (lines->len == 0)
        return;
    terminal_lines(writer->terminal, writer->out, "  ", "  ", "strong",
                   terminal_level(writer->terminal, rubric, level));
    g_string_append(writer->out, lines->str);
}

/* For each level, then those of the older rubric that are gone. */
static void write_origin(const DifferenceWriter *writer, Origin origin, const char *title)
{
    const Rubric *older = writer->difference->older, *newer = writer->difference->newer;
    DifferenceWriter inner = *writer;
    g_autoptr(GString) lines = g_string_new(NULL);

    inner.out = lines;
    for (int i = 0; i < (int)newer->levels->len; i++)
        write_level(&inner, i, FALSE, origin);
    for (int i = 0; i < (int)older->levels->len; i++)
        write_level(&inner, i, TRUE, origin);
    if (lines->len == 0)
        return;
    difference_heading(writer, difference_word(writer, title));
    g_string_append(writer->out, lines->str);
}

/* ---- levels, dimensions, questions themselves ---- */

/* Kinds of change one after the other, each in the order of the rubric. */
static void write_items(const DifferenceWriter *writer, NameKind of, const char *title)
{
    const Difference *difference = writer->difference;
    gboolean has_heading = FALSE;

    for (int kind = 0; kind < KINDS; kind++) {
        guint shown = 0, left = 0;

        for (guint i = 0; i < difference->changes->len; i++) {
            const Change *change = DIFFERENCE_CHANGE(difference, i);
            g_autofree char *what = NULL, *line = NULL;

            if (change->of != of || (int)change->kind != kind)
                continue;
            if (!has_heading)
                difference_heading(writer, difference_word(writer, title));
            has_heading = TRUE;
            if (shown++ >= DIFFERENCE_TEXT_LIMIT && !writer->terminal->all) {
                left++;
                continue;
            }
            what = what_text(writer, change);
            line = wording_fill(writer->terminal->wording, "difference", "item",
                                writer->terminal->language, "title",
                                change_title(difference, change, writer->terminal->language),
                                "what", what, NULL);
            difference_line(writer, mark_key(change), line);
            if (change->kind == CHANGE_REWORDED)
                write_former_title(writer, change);
        }
        if (left > 0) {
            g_autofree char *number = g_strdup_printf("%u", left);
            g_autofree char *more = difference_fill(writer, "more", "number", number);

            terminal_lines(writer->terminal, writer->out, "    ", "    ", "quiet", more);
        }
    }
}

/* ---- questions ---- */

/* Questions of both editions that bind from another level on, and with -v all that changed. */
static void write_questions(const DifferenceWriter *writer)
{
    guint n = writer->difference->newer->questions->len;
    DifferenceWriter inner = *writer;
    g_autoptr(GString) lines = g_string_new(NULL);

    if (writer->terminal->all)
        write_items(writer, NAME_QUESTION, "questions");
    inner.out = lines;
    for (int i = 0; i < (int)n; i++) {
        g_autofree char *line = difference_move(writer, i);

        if (line)
            difference_line(&inner, "moved", line);
    }
    if (lines->len == 0)
        return;
    difference_heading(writer, difference_word(writer, "questions_moved"));
    g_string_append(writer->out, lines->str);
}

/* ---- the summary ---- */

static void add_count(const DifferenceWriter *writer, GString *counts, const char *key, guint count)
{
    g_autofree char *number = g_strdup_printf("%u", count);
    g_autofree char *text = NULL;

    if (count == 0)
        return;
    text = wording_fill(writer->terminal->wording, "difference counts", key,
                        writer->terminal->language, "number", number, NULL);
    g_string_append_printf(counts, "%s%s", counts->len > 0 ? difference_word(writer, "comma") : "",
                           text);
}

static void summarise(const DifferenceWriter *writer, const char *what, const guint *counts,
                      guint unchanged)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *line = NULL;

    for (int kind = 0; kind < KINDS; kind++)
        add_count(writer, text, change_name(kind), counts[kind]);
    add_count(writer, text, "unchanged", unchanged);
    if (text->len == 0)
        return;
    line = wording_fill(writer->terminal->wording, "difference", "summary",
                        writer->terminal->language, "what", what, "counts", text->str, NULL);
    terminal_lines(writer->terminal, writer->out, "  ", "    ", NULL, line);
}

static void summarise_items(const DifferenceWriter *writer, NameKind of, const char *title)
{
    guint counts[KINDS] = { 0 };

    for (guint i = 0; i < writer->difference->changes->len; i++)
        if (DIFFERENCE_CHANGE(writer->difference, i)->of == of)
            counts[DIFFERENCE_CHANGE(writer->difference, i)->kind]++;
    summarise(writer, difference_word(writer, title), counts, 0);
}

static gboolean is_told_of(const DifferenceWriter *writer, int requirement)
{
    for (guint i = 0; i < writer->difference->changes->len; i++) {
        const Change *change = DIFFERENCE_CHANGE(writer->difference, i);

        if (change->of == NAME_REQUIREMENT && change->newer == requirement &&
            is_told(writer, change))
            return TRUE;
    }
    return FALSE;
}

static void summarise_origin(const DifferenceWriter *writer, Origin origin, const char *title)
{
    const Difference *difference = writer->difference;
    guint counts[KINDS] = { 0 }, unchanged = 0;

    for (guint i = 0; i < difference->changes->len; i++) {
        const Change *change = DIFFERENCE_CHANGE(difference, i);

        if (change->of == NAME_REQUIREMENT && is_told(writer, change) &&
            change_origin(difference, change) == origin)
            counts[change->kind]++;
    }
    for (guint i = 0; i < difference->newer->requirements->len; i++)
        unchanged += RUBRIC_REQUIREMENT(difference->newer, i)->origin == origin &&
                     !is_told_of(writer, (int)i);
    summarise(writer, difference_word(writer, title), counts, unchanged);
}

/* What is to be known of an edition: a draft or a partial one need not say all. */
static void write_status(const DifferenceWriter *writer, const Rubric *rubric)
{
    static const char *const KEYS[] = {
        [EDITION_IN_FORCE] = NULL,
        [EDITION_DRAFT] = "draft",
        [EDITION_PARTIAL] = "partial",
    };
    const char *note = localized_in(&rubric->note, writer->terminal->language);
    g_autofree char *line = NULL, *unconfirmed = NULL;

    if (KEYS[rubric->status]) {
        line = difference_fill(writer, KEYS[rubric->status], "edition", rubric->edition);
        terminal_lines(writer->terminal, writer->out, "  ", "  ", "open", line);
    }
    if (!rubric->is_unconfirmed)
        return;
    unconfirmed = difference_fill(writer, writer->terminal->all ? "unconfirmed" : "unconfirmed_why",
                                  "edition", rubric->edition);
    terminal_lines(writer->terminal, writer->out, "  ", "  ", "open", unconfirmed);
    if (writer->terminal->all && note)
        terminal_lines(writer->terminal, writer->out, "    ", "    ", NULL, note);
}

/* What the newer edition says of its answers and those of the older one. */
static void write_kinship(const DifferenceWriter *writer)
{
    const Rubric *older = writer->difference->older, *newer = writer->difference->newer;

    for (guint i = 0; i < newer->same_as->len; i++) {
        const SameAs *same_as = &g_array_index(newer->same_as, SameAs, i);

        if (strcmp(same_as->edition, older->edition) == 0 && strcmp(older->id, newer->id) == 0 &&
            localized_is_set(&same_as->note))
            terminal_lines(writer->terminal, writer->out, "  ", "  ", "open",
                           localized_in(&same_as->note, writer->terminal->language));
    }
}

static void write_head(const DifferenceWriter *writer)
{
    const Rubric *older = writer->difference->older, *newer = writer->difference->newer;
    g_autofree char *from = g_strdup_printf("%s@%s", older->id, older->edition);
    g_autofree char *to = g_strdup_printf("%s@%s", newer->id, newer->edition);
    g_autofree char *head =
        wording_fill(writer->terminal->wording, "difference", "head", writer->terminal->language,
                     "older", from, "newer", to, NULL);

    terminal_lines(writer->terminal, writer->out, "", "", "strong", head);
    write_status(writer, older);
    write_status(writer, newer);
    write_kinship(writer);
    if (writer->difference->changes->len == 0)
        terminal_lines(writer->terminal, writer->out, "  ", "  ", NULL,
                       difference_word(writer, "nothing"));
}

char *difference_text(const Terminal *terminal, const Difference *difference,
                      const GPtrArray *regrades)
{
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    DifferenceWriter writer = { terminal, difference, g_string_new(NULL), "", told };

    write_head(&writer);
    if (difference->changes->len > 0) {
        summarise_origin(&writer, ORIGIN_OFFICIAL, "official");
        summarise_origin(&writer, ORIGIN_HOUSE, "house");
        summarise_items(&writer, NAME_LEVEL, "levels");
        summarise_items(&writer, NAME_DIMENSION, "dimensions");
        summarise_items(&writer, NAME_QUESTION, terminal->all ? "questions" : "questions_unnamed");
        write_origin(&writer, ORIGIN_OFFICIAL, "official_changes");
        write_origin(&writer, ORIGIN_HOUSE, "house_changes");
        write_items(&writer, NAME_LEVEL, "levels");
        write_items(&writer, NAME_DIMENSION, "dimensions");
        write_questions(&writer);
    }
    difference_sheets(&writer, regrades);
    return g_string_free(writer.out, FALSE);
}
