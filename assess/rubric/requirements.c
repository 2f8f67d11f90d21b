/* Requirements: everything but their conditions, which rules/ compiles. */
#include "rubric/loading.h"

void name_requirements(Loading *loading)
{
    GArray *requirements = loading->rubric->requirements;

    FOR_SECTIONS(loading->ini, section, "requirement")
    {
        Requirement requirement = { .section = section, .level = NOWHERE };

        name_define(loading, section, NAME_REQUIREMENT, requirements->len);
        requirement.id = g_strdup(section->name ? section->name : "");
        g_array_append_val(requirements, requirement);
    }
}

/* Questions in and under a dimension. */
static void add_dimension(const Rubric *rubric, int index, GArray *questions)
{
    const Dimension *dimension = RUBRIC_DIMENSION(rubric, index);

    g_array_append_vals(questions, dimension->questions->data, dimension->questions->len);
    for (guint i = 0; i < dimension->children->len; i++)
        add_dimension(rubric, g_array_index(dimension->children, int, i), questions);
}

/* The questions that `falls_with` names, itself or by their group or dimension. */
static GArray *read_falls_with(Loading *loading, const IniEntry *entry)
{
    GArray *questions = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = entry && !entry->is_broken ? ini_list(entry, &offsets) : NULL;

    for (guint i = 0; ids && ids[i]; i++) {
        int index = NOWHERE;
        const NameKind kind = rubric_find(loading->rubric, ids[i], &index);

        if (kind == NAME_GROUP) {
            const GArray *group = RUBRIC_GROUP(loading->rubric, index)->questions;

            g_array_append_vals(questions, group->data, group->len);
        } else if (kind == NAME_DIMENSION) {
            add_dimension(loading->rubric, index, questions);
        } else {
            index = find_reference(loading, entry, ids[i], g_array_index(offsets, gsize, i),
                                   NAME_QUESTION);
            if (index != NOWHERE)
                g_array_append_val(questions, index);
        }
    }
    return questions;
}

static void load_requirement(Loading *loading, Requirement *requirement)
{
    static const char *const kinds[] = { "eligibility", "gate",   "coverage",
                                         "outcome",     "advice", NULL };
    static const char *const origins[] = { "house", "official", NULL };
    const IniSection *section = requirement->section;
    const IniEntry *origin = ini_entry(section, "origin");

    requirement->level = read_reference(loading, ini_entry(section, "level"), NAME_LEVEL);
    requirement->kind = (RequirementKind)read_word(ini_entry(section, "kind"), kinds, KIND_GATE);
    requirement->origin = (Origin)read_word(origin, origins, ORIGIN_HOUSE);
    read_text(section, "clause", &requirement->clause);
    read_text(section, "title", &requirement->title);
    read_text(section, "note", &requirement->note);
    requirement->needs = ini_entry(section, "needs");
    requirement->waivable = read_yes(ini_entry(section, "waivable"));
    requirement->falls_with = read_falls_with(loading, ini_entry(section, "falls_with"));
    requirement->profiles = read_names(loading, ini_entry(section, "profiles"), "profile");
    if (requirement->origin == ORIGIN_OFFICIAL && !localized_is_set(&requirement->clause) &&
        !is_hidden(section, "clause"))
        hint_text(value_fault(loading, origin, 0, 0, "official requirement \"%s\" has no clause",
                              requirement->id),
                  "name the clause of the document, or say \"origin = house\"");
}

void load_requirements(Loading *loading)
{
    for (guint i = 0; i < loading->rubric->requirements->len; i++)
        load_requirement(loading, RUBRIC_REQUIREMENT(loading->rubric, i));
}
