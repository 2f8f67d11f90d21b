#include "cli/difference_parts.h"

#include <string.h>

#include "cli/condition_text.h"
#include "cli/difference_moves.h"

static char *part_sentence(const DifferenceWriter *writer, const Plan *plan,
                           const Requirement *requirement, int at)
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
static void write_pair(const DifferenceWriter *writer, const Change *change, const PartChange *part)
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
        difference_detail(writer, SINCE[part->strictness], newer);
    } else if (strcmp(older, newer) == 0) {
        difference_detail(writer, "over_others", newer);
    } else {
        difference_detail(writer, "was", older);
        difference_detail(writer, "now", newer);
    }
}

/* Parts that only one side has, those that are to reach the same option in one sentence. */
static void write_lone_parts(const DifferenceWriter *writer, const Change *change, const char *key,
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
            difference_detail(writer, key, line);
            g_string_truncate(texts, 0);
        }
        if (part)
            g_string_append_printf(
                texts, "%s%s", texts->len > 0 ? difference_word(writer, "semicolon") : "", text);
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

void difference_condition(const DifferenceWriter *writer, const Change *change)
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
    difference_detail(writer, "was", change->from);
    difference_detail(writer, "now", change->to);
}

/* ---- the content of a level ---- */

static gboolean is_question(const Plan *plan, int at)
{
    NodeKind kind = PLAN_NODE(plan, at)->kind;

    return kind == NODE_OPTION || kind == NODE_QUESTION;
}

gboolean difference_is_content(const Difference *difference, const Change *change)
{
    const Plan *older = difference->pairing.older, *newer = difference->pairing.newer;

    if (!change->parts || change->parts->len == 0)
        return FALSE;
    for (guint i = 0; i < change->parts->len; i++) {
        const PartChange *part = &g_array_index(change->parts, PartChange, i);

        if (part->is_alternative)
            return FALSE;
        if (part->older != NOWHERE && part->newer != NOWHERE
                ? PLAN_NODE(newer, part->newer)->kind != NODE_MET ||
                      PLAN_NODE(older, part->older)->kind != NODE_MET
            : part->newer != NOWHERE ? !is_question(newer, part->newer)
                                     : !is_question(older, part->older))
            return FALSE;
    }
    return TRUE;
}

/* The words of a part, once. */
static void pool_part(const DifferenceWriter *writer, GPtrArray *texts, char *text,
                      gboolean is_older)
{
    if (g_hash_table_add(writer->told, g_strdup_printf("%d %s", is_older, text)))
        g_ptr_array_add(texts, text);
    else
        g_free(text);
}

/* "A; B; C; 14 more (-v shows all)" */
static char *content_text(const DifferenceWriter *writer, const GPtrArray *texts, guint limit)
{
    guint shown = texts->len > limit + 1 ? limit : texts->len;
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < shown; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? difference_word(writer, "semicolon") : "",
                               (const char *)texts->pdata[i]);
    if (shown < texts->len) {
        g_autofree char *number = g_strdup_printf("%u", texts->len - shown);
        g_autofree char *more = difference_fill(writer, "more_of_them", "number", number);

        g_string_append_printf(text, "%s%s", difference_word(writer, "semicolon"), more);
    }
    return g_string_free(text, FALSE);
}

static void pool_parts(const DifferenceWriter *writer, const Change *change, gboolean is_older,
                       GPtrArray *texts)
{
    const Difference *difference = writer->difference;
    const Plan *plan = is_older ? difference->pairing.older : difference->pairing.newer;

    for (guint i = 0; i < change->parts->len; i++) {
        const PartChange *part = &g_array_index(change->parts, PartChange, i);
        int at = is_older ? part->older : part->newer;

        if ((is_older ? part->newer : part->older) == NOWHERE &&
            !difference_is_moved(difference, PLAN_NODE(plan, at)->question, is_older))
            pool_part(writer, texts,
                      condition_text(writer->terminal, plan,
                                     side_requirement(difference, change, is_older), at)
                          .text,
                      is_older);
    }
}

void difference_content(const DifferenceWriter *writer, const GPtrArray *changes, gboolean is_older)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL, *line = NULL;

    for (guint i = 0; i < changes->len; i++)
        pool_parts(writer, changes->pdata[i], is_older, texts);
    if (texts->len == 0)
        return;
    text = content_text(writer, texts, is_older ? DIFFERENCE_DROPPED_LIMIT : texts->len);
    line = difference_fill(writer, is_older ? "dropped" : "asked", "text", text);
    difference_line(writer, is_older ? "removed" : "added", line);
}
