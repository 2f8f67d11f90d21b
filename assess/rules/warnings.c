/* What the conditions of a rubric show that its author can hardly have meant: told by `assess
 * check` alone. */
#include <string.h>

#include "rules/plan.h"

/* ---- levels ---- */

/* A level that nothing binds at can never be held. */
static void review_levels(const Plan *plan, Findings *findings)
{
    const Rubric *rubric = plan->rubric;
    const IniEntry *levels = ini_entry(ini_section(rubric->ini, "rubric", NULL), "levels");
    g_autofree gboolean *is_bound = g_new0(gboolean, rubric->levels->len);

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->kind != KIND_ADVICE)
            is_bound[RUBRIC_REQUIREMENT(rubric, i)->level] = TRUE;
    for (guint i = 0; levels && i < rubric->levels->len; i++) {
        Place place = ini_key_place(rubric->ini, levels);

        if (!is_bound[i])
            findings_add(findings, SEVERITY_WARNING, &place,
                         "level \"%s\" has no requirement that binds: it can never be held",
                         RUBRIC_LEVEL(rubric, i)->id);
    }
}

/* ---- falls_with ---- */

static gboolean rests_on(const Condition *condition, int question)
{
    for (guint i = 0; i < condition->questions->len; i++)
        if (g_array_index(condition->questions, int, i) == question)
            return TRUE;
    return FALSE;
}

static gboolean rests_on_dimension(const Rubric *rubric, const Condition *condition, int dimension)
{
    for (guint i = 0; i < condition->questions->len; i++) {
        const Question *question =
            RUBRIC_QUESTION(rubric, g_array_index(condition->questions, int, i));
        int at = question->dimension;

        for (; at != NOWHERE; at = RUBRIC_DIMENSION(rubric, at)->parent)
            if (at == dimension)
                return TRUE;
    }
    return FALSE;
}

/* Whether the condition rests on the question, or on one of the group or dimension, of this name.
 */
static gboolean rests_on_name(const Rubric *rubric, const Condition *condition, const char *id)
{
    int index = NOWHERE;
    const NameKind kind = rubric_find(rubric, id, &index);
    const GArray *group;

    if (kind == NAME_QUESTION)
        return rests_on(condition, index);
    if (kind == NAME_DIMENSION)
        return rests_on_dimension(rubric, condition, index);
    group = kind == NAME_GROUP ? RUBRIC_GROUP(rubric, index)->questions : NULL;
    for (guint i = 0; group && i < group->len; i++)
        if (rests_on(condition, g_array_index(group, int, i)))
            return TRUE;
    return FALSE;
}

static void review_falls_with(const Plan *plan, int requirement, Findings *findings)
{
    const Rubric *rubric = plan->rubric;
    const Requirement *it = RUBRIC_REQUIREMENT(rubric, requirement);
    const IniEntry *entry = ini_entry(it->section, "falls_with");
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = entry ? ini_list(entry, &offsets) : NULL;

    for (guint i = 0; ids && ids[i]; i++) {
        Place place = ini_place(rubric->ini, entry, g_array_index(offsets, gsize, i));

        if (rests_on_name(rubric, PLAN_CONDITION(plan, requirement), ids[i]))
            continue;
        place.width = (guint)strlen(ids[i]);
        findings_add(findings, SEVERITY_WARNING, &place,
                     "requirement \"%s\" cannot fall with \"%s\": it does not rest on it", it->id,
                     ids[i]);
    }
}

/* ---- requirements that say the same ---- */

/* Level, profiles and condition, blanks aside: what binds the same companies to the same. */
static char *demand_of(const Requirement *requirement)
{
    GString *demand = g_string_new(NULL);

    g_string_printf(demand, "%d:", requirement->level);
    for (char **id = requirement->profiles; id && *id; id++)
        g_string_append_printf(demand, "%s,", *id);
    g_string_append_c(demand, ':');
    for (const char *at = requirement->needs->value; *at; at++) {
        const gboolean is_blank = g_ascii_isspace(*at);

        if (!is_blank || demand->str[demand->len - 1] != ' ')
            g_string_append_c(demand, is_blank ? ' ' : *at);
    }
    return g_strchomp(g_string_free(demand, FALSE));
}

static void review_twins(const Plan *plan, Findings *findings)
{
    const Rubric *rubric = plan->rubric;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        char *demand = demand_of(requirement);
        const Requirement *first = g_hash_table_lookup(seen, demand);
        Place place;

        if (!first) {
            g_hash_table_insert(seen, demand, (gpointer)requirement);
            continue;
        }
        g_free(demand);
        place = ini_place(rubric->ini, requirement->needs, 0);
        place.width = (guint)g_utf8_strlen(requirement->needs->value, -1);
        findings_add(findings, SEVERITY_WARNING, &place,
                     "requirement \"%s\" needs the same as \"%s\", at the same level",
                     requirement->id, first->id);
    }
}

void plan_warnings(const Plan *plan, Findings *findings)
{
    review_levels(plan, findings);
    for (guint i = 0; i < plan->rubric->requirements->len; i++)
        review_falls_with(plan, (int)i, findings);
    review_twins(plan, findings);
}
