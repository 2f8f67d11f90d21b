#include "cli/difference_text.h"

#include <string.h>

#include "cli/condition_text.h"

enum { KINDS = CHANGE_CONDITION + 1 };

typedef struct {
    const Terminal *terminal;
    const Difference *difference;
    GString *out;
} Writer;

static const char *word(const Writer *writer, const char *key)
{
    return terminal_word(writer->terminal, "difference", key);
}

/* A sentence with one hole. */
static char *fill(const Writer *writer, const char *key, const char *hole, const char *text)
{
    return wording_fill(writer->terminal->wording, "difference", key, writer->terminal->language,
                        hole, text, NULL);
}

static void detail(const Writer *writer, const char *key, const char *text)
{
    g_autofree char *line = fill(writer, key, "text", text);

    terminal_lines(writer->terminal, writer->out, "      ", "      ", NULL, line);
}

static void heading(const Writer *writer, const char *text)
{
    g_string_append_c(writer->out, '\n');
    terminal_lines(writer->terminal, writer->out, "", "", "strong", text);
}

/* ---- titles ---- */

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

static const Requirement *requirement_of(const Difference *difference, const Change *change)
{
    return change->newer == NOWHERE ? RUBRIC_REQUIREMENT(difference->older, change->older)
                                    : RUBRIC_REQUIREMENT(difference->newer, change->newer);
}

/* ---- parts of conditions ---- */

static char *part_sentence(const Writer *writer, const Plan *plan, const Requirement *requirement,
                           int at)
{
    ConditionText part = condition_text(writer->terminal, plan, requirement, at);
    g_autofree char *text = part.text;

    return condition_sentence(writer->terminal, text, &part);
}

static const Requirement *side_requirement(const Difference *difference, const Change *change,
                                           gboolean is_older)
{
    return is_older ? RUBRIC_REQUIREMENT(difference->older, change->older)
                    : RUBRIC_REQUIREMENT(difference->newer, change->newer);
}

/* A part that both have, in another shape. */
static void write_pair(const Writer *writer, const Change *change, const PartChange *part)
{
    static const char *const SINCE[] = {
        [STRICTNESS_TIGHTER] = "since_tightened",
        [STRICTNESS_LOOSER] = "since_loosened",
        [STRICTNESS_CHANGED] = "since_changed",
    };
    const Difference *difference = writer->difference;
    g_autofree char *older = part_sentence(writer, difference->pairing.older,
                                           side_requirement(difference, change, TRUE), part->older);
    g_autofree char *newer =
        part_sentence(writer, difference->pairing.newer,
                      side_requirement(difference, change, FALSE), part->newer);

    if (PLAN_NODE(difference->pairing.newer, part->newer)->kind == NODE_MET &&
        PLAN_NODE(difference->pairing.older, part->older)->kind == NODE_MET) {
        detail(writer, SINCE[part->strictness], newer);
    } else if (strcmp(older, newer) == 0) {
        detail(writer, "over_others", newer);
    } else {
        detail(writer, "was", older);
        detail(writer, "now", newer);
    }
}

/* Parts that only one side has, those that are to reach the same option in one sentence. */
static void write_lone_parts(const Writer *writer, const Change *change, const char *key,
                             gboolean is_older, gboolean is_alternative)
{
    const Difference *difference = writer->difference;
    const Plan *plan = is_older ? difference->pairing.older : difference->pairing.newer;
    g_autoptr(GString) texts = g_string_new(NULL);
    ConditionText last = { NULL, NULL, NULL };

    for (guint i = 0; i <= change->parts->len; i++) {
        const PartChange *part =
            i < change->parts->len ? &g_array_index(change->parts, PartChange, i) : NULL;
        g_autofree char *line = NULL, *text = NULL;
        ConditionText next = { NULL, NULL, NULL };

        if (part && (part->is_alternative != is_alternative ||
                     (is_older ? part->newer : part->older) != NOWHERE))
            continue;
        if (part)
            next = condition_text(writer->terminal, plan,
                                  side_requirement(difference, change, is_older),
                                  is_older ? part->older : part->newer);
        text = next.text;
        if (texts->len > 0 && (!part || g_strcmp0(next.option, last.option) != 0 ||
                               g_strcmp0(next.key, last.key) != 0)) {
            line = condition_sentence(writer->terminal, texts->str, &last);
            detail(writer, key, line);
            g_string_truncate(texts, 0);
        }
        if (part)
            g_string_append_printf(texts, "%s%s", texts->len > 0 ? word(writer, "semicolon") : "",
                                   text);
        last = next;
    }
}

/* Whether one part is the whole condition on both sides. */
static gboolean is_whole(const Difference *difference, const Change *change)
{
    const PartChange *part = &g_array_index(change->parts, PartChange, 0);

    return part->older == PLAN_CONDITION(difference->pairing.older, change->older)->root &&
           part->newer == PLAN_CONDITION(difference->pairing.newer, change->newer)->root;
}

static void write_condition(const Writer *writer, const Change *change)
{
    for (guint i = 0; i < change->parts->len; i++) {
        const PartChange *part = &g_array_index(change->parts, PartChange, i);

        if (part->older != NOWHERE && part->newer != NOWHERE)
            write_pair(writer, change, part);
    }
    write_lone_parts(writer, change, "dropped", TRUE, FALSE);
    write_lone_parts(writer, change, "asked", FALSE, FALSE);
    write_lone_parts(writer, change, "not_enough", TRUE, TRUE);
    write_lone_parts(writer, change, "enough", FALSE, TRUE);
    if (!writer->terminal->all || is_whole(writer->difference, change))
        return;
    detail(writer, "was", change->from);
    detail(writer, "now", change->to);
}

/* ---- one requirement ---- */

/* A new id says nothing to a reader of requirements. */
static gboolean is_told(const Writer *writer, const Change *change)
{
    return change->of != NAME_REQUIREMENT || change->kind != CHANGE_RENAMED ||
           writer->terminal->all;
}

static const char *level_title(const Writer *writer, const char *id)
{
    int level = NOWHERE;

    rubric_find(writer->difference->older, id, &level);
    return terminal_level(writer->terminal, writer->difference->older, level);
}

static char *what_text(const Writer *writer, const Change *change)
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

static void write_line(const Writer *writer, const char *mark, const char *text)
{
    g_autofree char *first =
        g_strdup_printf("  %s ", terminal_word(writer->terminal, "difference marks", mark));

    terminal_lines(writer->terminal, writer->out, first, "    ",
                   terminal_word(writer->terminal, "difference colours", mark), text);
}

static void write_former_title(const Writer *writer, const Change *change)
{
    const Change former = { .of = change->of, .older = change->older, .newer = NOWHERE };

    detail(writer, "was", change_title(writer->difference, &former, writer->terminal->language));
}

static void write_details(const Writer *writer, const Change *change)
{
    if (change->kind == CHANGE_REWORDED)
        write_former_title(writer, change);
    else if (change->kind == CHANGE_ADDED && writer->terminal->all)
        detail(writer, "needs", change->to);
    else if (change->kind == CHANGE_TIGHTENED || change->kind == CHANGE_LOOSENED ||
             change->kind == CHANGE_CONDITION)
        write_condition(writer, change);
}

static gboolean is_of_same(const Change *a, const Change *b)
{
    return a->of == b->of && a->older == b->older && a->newer == b->newer;
}

/* All changes of the requirement whose first one stands at `from`; the mark is the last one's, for
 * a condition says most. */
static void write_requirement(const Writer *writer, guint from)
{
    const Difference *difference = writer->difference;
    const Change *first = DIFFERENCE_CHANGE(difference, from), *last = NULL;
    g_autofree char *origin = terminal_origin(writer->terminal, requirement_of(difference, first));
    g_autoptr(GString) what = g_string_new(NULL);
    g_autofree char *line = NULL;
    guint to = from;

    for (; to < difference->changes->len && is_of_same(first, DIFFERENCE_CHANGE(difference, to));
         to++) {
        const Change *change = DIFFERENCE_CHANGE(difference, to);
        g_autofree char *text = what_text(writer, change);

        if (!is_told(writer, change))
            continue;
        g_string_append_printf(what, "%s%s", last ? word(writer, "comma") : "", text);
        last = change;
    }
    if (!last)
        return;
    line =
        wording_fill(writer->terminal->wording, "difference", "entry", writer->terminal->language,
                     "title", change_title(difference, first, writer->terminal->language), "origin",
                     origin, "what", what->str, NULL);
    write_line(writer, mark_key(last), line);
    for (guint i = from; i < to; i++)
        write_details(writer, DIFFERENCE_CHANGE(difference, i));
}

/* ---- levels ---- */

/* Changes of requirements of one level; of a level that only the older rubric has. */
static gboolean is_at(const Writer *writer, const Change *change, int level, gboolean is_older)
{
    gboolean older = FALSE;

    return change->of == NAME_REQUIREMENT &&
           change_level(writer->difference, change, &older) == level && older == is_older;
}

/* Gates that stay as they are: their titles, joined; all requirements with -v. */
static char *unchanged_titles(const Writer *writer, int level)
{
    const Rubric *rubric = writer->difference->newer;
    GString *titles = g_string_new(NULL);

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        gboolean is_gate = requirement->origin == ORIGIN_OFFICIAL &&
                           (requirement->kind == KIND_GATE || requirement->kind == KIND_COVERAGE);

        if (requirement->level != level || (!is_gate && !writer->terminal->all) ||
            !difference_is_unchanged(writer->difference, (int)i))
            continue;
        g_string_append_printf(
            titles, "%s%s", titles->len > 0 ? word(writer, "semicolon") : "",
            localized_or(&requirement->title, writer->terminal->language, requirement->id));
    }
    return g_string_free(titles, FALSE);
}

static void write_level(const Writer *writer, int level, gboolean is_older)
{
    const Difference *difference = writer->difference;
    const Change *before = NULL;
    gboolean has_heading = FALSE;
    g_autofree char *titles = is_older ? NULL : unchanged_titles(writer, level);

    for (int official = 1; official >= 0; official--) {
        for (guint i = 0; i < difference->changes->len; i++) {
            const Change *change = DIFFERENCE_CHANGE(difference, i);
            gboolean begins = !before || !is_of_same(before, change);

            before = change;
            if (!begins || !is_at(writer, change, level, is_older) ||
                (requirement_of(difference, change)->origin == ORIGIN_OFFICIAL) != official)
                continue;
            if (!has_heading)
                heading(writer,
                        terminal_level(writer->terminal,
                                       is_older ? difference->older : difference->newer, level));
            has_heading = TRUE;
            write_requirement(writer, i);
        }
        before = NULL;
    }
    if (has_heading && titles && *titles != '\0') {
        g_autofree char *line = fill(writer, "unchanged", "titles", titles);

        write_line(writer, "unchanged", line);
    }
}

/* ---- levels, dimensions, questions themselves ---- */

/* Kinds of change one after the other, each in the order of the rubric. */
static void write_items(const Writer *writer, NameKind of, const char *title)
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
                heading(writer, word(writer, title));
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
            write_line(writer, mark_key(change), line);
            if (change->kind == CHANGE_REWORDED)
                write_former_title(writer, change);
        }
        if (left > 0) {
            g_autofree char *number = g_strdup_printf("%u", left);
            g_autofree char *more = fill(writer, "more", "number", number);

            terminal_lines(writer->terminal, writer->out, "    ", "    ", "quiet", more);
        }
    }
}

/* ---- the summary ---- */

static void add_count(const Writer *writer, GString *counts, const char *key, guint count)
{
    g_autofree char *number = g_strdup_printf("%u", count);
    g_autofree char *text = NULL;

    if (count == 0)
        return;
    text = wording_fill(writer->terminal->wording, "difference counts", key,
                        writer->terminal->language, "number", number, NULL);
    g_string_append_printf(counts, "%s%s", counts->len > 0 ? word(writer, "comma") : "", text);
}

static void summarise(const Writer *writer, const char *what, const guint *counts, guint unchanged)
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

static void summarise_items(const Writer *writer, NameKind of, const char *title)
{
    guint counts[KINDS] = { 0 };

    for (guint i = 0; i < writer->difference->changes->len; i++)
        if (DIFFERENCE_CHANGE(writer->difference, i)->of == of)
            counts[DIFFERENCE_CHANGE(writer->difference, i)->kind]++;
    summarise(writer, word(writer, title), counts, 0);
}

static gboolean is_told_of(const Writer *writer, int requirement)
{
    for (guint i = 0; i < writer->difference->changes->len; i++) {
        const Change *change = DIFFERENCE_CHANGE(writer->difference, i);

        if (change->of == NAME_REQUIREMENT && change->newer == requirement &&
            is_told(writer, change))
            return TRUE;
    }
    return FALSE;
}

static void summarise_level(const Writer *writer, int level, gboolean is_older)
{
    const Difference *difference = writer->difference;
    guint counts[KINDS] = { 0 }, unchanged = 0;

    for (guint i = 0; i < difference->changes->len; i++)
        if (is_at(writer, DIFFERENCE_CHANGE(difference, i), level, is_older) &&
            is_told(writer, DIFFERENCE_CHANGE(difference, i)))
            counts[DIFFERENCE_CHANGE(difference, i)->kind]++;
    for (guint i = 0; !is_older && i < difference->newer->requirements->len; i++)
        unchanged +=
            RUBRIC_REQUIREMENT(difference->newer, i)->level == level && !is_told_of(writer, (int)i);
    summarise(
        writer,
        terminal_level(writer->terminal, is_older ? difference->older : difference->newer, level),
        counts, unchanged);
}

/* What a draft or a partial edition does not say need not be gone. */
static void write_status(const Writer *writer, const Rubric *rubric)
{
    static const char *const KEYS[] = {
        [EDITION_IN_FORCE] = NULL,
        [EDITION_DRAFT] = "draft",
        [EDITION_PARTIAL] = "partial",
    };
    g_autofree char *line = NULL;

    if (!KEYS[rubric->status])
        return;
    line = fill(writer, KEYS[rubric->status], "edition", rubric->edition);
    terminal_lines(writer->terminal, writer->out, "  ", "  ", "open", line);
}

static void write_head(const Writer *writer)
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
    if (writer->difference->changes->len == 0)
        terminal_lines(writer->terminal, writer->out, "  ", "  ", NULL, word(writer, "nothing"));
}

/* For each level, then those of the older rubric that are gone. */
static void each_level(const Writer *writer, void (*write)(const Writer *, int, gboolean))
{
    const Rubric *older = writer->difference->older, *newer = writer->difference->newer;

    for (int i = 0; i < (int)newer->levels->len; i++)
        write(writer, i, FALSE);
    for (int i = 0; i < (int)older->levels->len; i++)
        write(writer, i, TRUE);
}

/* ---- answers ---- */

static void write_failures(const Writer *writer, const GArray *requirements)
{
    for (guint i = 0; i < requirements->len; i++) {
        const Requirement *requirement =
            RUBRIC_REQUIREMENT(writer->difference->newer, g_array_index(requirements, int, i));
        g_autofree char *origin = terminal_origin(writer->terminal, requirement);
        g_autofree char *text = wording_fill(
            writer->terminal->wording, "words", "requirement", writer->terminal->language, "title",
            localized_or(&requirement->title, writer->terminal->language, requirement->id),
            "origin", origin, NULL);

        detail(writer, "fails", text);
    }
}

/* Their titles in one sentence. */
static void write_open(const Writer *writer, const GArray *requirements)
{
    g_autoptr(GString) titles = g_string_new(NULL);

    for (guint i = 0; i < requirements->len; i++) {
        const Requirement *requirement =
            RUBRIC_REQUIREMENT(writer->difference->newer, g_array_index(requirements, int, i));

        g_string_append_printf(
            titles, "%s%s", i > 0 ? word(writer, "semicolon") : "",
            localized_or(&requirement->title, writer->terminal->language, requirement->id));
    }
    if (titles->len > 0)
        detail(writer, "open", titles->str);
}

static char *sheet_text(const Writer *writer, const Regrade *regrade)
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

static void write_sheets(const Writer *writer, const GPtrArray *regrades)
{
    guint kept = 0;

    if (regrades->len > 0)
        heading(writer, word(writer, "sheets"));
    for (guint i = 0; i < regrades->len; i++) {
        const Regrade *regrade = regrades->pdata[i];
        gboolean moves = regrade_moves(regrade);
        g_autofree char *line = sheet_text(writer, regrade);

        kept += !moves ? 1 : 0;
        if (!moves && !writer->terminal->all)
            continue;
        write_line(writer, moves ? "moved" : "unchanged", line);
        if (!moves)
            continue;
        write_failures(writer, regrade->failing);
        write_open(writer, regrade->open);
    }
    if (kept > 0 && !writer->terminal->all) {
        g_autofree char *number = g_strdup_printf("%u", kept);
        g_autofree char *line = fill(writer, "keep", "number", number);

        write_line(writer, "unchanged", line);
    }
}

char *difference_text(const Terminal *terminal, const Difference *difference,
                      const GPtrArray *regrades)
{
    Writer writer = { terminal, difference, g_string_new(NULL) };

    write_head(&writer);
    if (difference->changes->len > 0) {
        each_level(&writer, summarise_level);
        summarise_items(&writer, NAME_LEVEL, "levels");
        summarise_items(&writer, NAME_DIMENSION, "dimensions");
        summarise_items(&writer, NAME_QUESTION, "questions");
        each_level(&writer, write_level);
        write_items(&writer, NAME_LEVEL, "levels");
        write_items(&writer, NAME_DIMENSION, "dimensions");
        write_items(&writer, NAME_QUESTION, "questions");
    }
    write_sheets(&writer, regrades);
    return g_string_free(writer.out, FALSE);
}
