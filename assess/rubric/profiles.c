/* Profiles: other weights, questions switched off. Whether an official requirement rests on a
 * question that is switched off is known once the conditions are compiled: rules/ tells it. */
#include <string.h>

#include "rubric/loading.h"

static void unknown_target(Loading *loading, const IniEntry *entry, const char *id)
{
    g_autoptr(GPtrArray) ids = NULL;
    const Rubric *rubric = loading->rubric;

    if (loading->dimensions_in_doubt || unknown_is_excused(loading, entry, 0, id))
        return;
    ids = g_ptr_array_new();
    for (guint i = 0; i < rubric->dimensions->len; i++)
        g_ptr_array_add(ids, RUBRIC_DIMENSION(rubric, i)->id);
    for (guint i = 0; i < rubric->n_questions; i++)
        g_ptr_array_add(ids, RUBRIC_QUESTION(rubric, i)->id);
    unknown_tell(
        loading,
        key_fault(loading, entry, "weight of \"%s\", which is no dimension or question", id), id,
        ids);
}

static void load_weight(Loading *loading, const IniEntry *entry, GArray *weights)
{
    const char *id = entry->key + strlen("weight ");
    int index = NOWHERE;
    const NameKind kind = rubric_find(loading->rubric, id += strspn(id, " \t"), &index);
    WeightChange change = { .is_dimension = kind == NAME_DIMENSION, .target = index };

    if (kind != NAME_DIMENSION &&
        (kind != NAME_QUESTION || RUBRIC_QUESTION(loading->rubric, index)->is_field))
        unknown_target(loading, entry, id);
    else if (read_number(entry, &change.weight))
        g_array_append_val(weights, change);
}

static void load_skips(Loading *loading, Profile *profile)
{
    const IniEntry *entry = ini_entry(profile->section, "skip");

    profile->skips = read_references(loading, entry, NAME_QUESTION);
    for (guint i = 0; i < profile->skips->len; i++) {
        const Question *question =
            RUBRIC_QUESTION(loading->rubric, g_array_index(profile->skips, int, i));

        if (question->is_field)
            value_fault(loading, entry, 0, 0, "\"%s\" is a field, expected a question",
                        question->id);
    }
}

void load_profiles(Loading *loading)
{
    GArray *profiles = loading->rubric->profiles;

    FOR_SECTIONS(loading->ini, section, "profile")
    {
        Profile profile = { .section = section };

        profile.id = g_strdup(section->name ? section->name : "");
        profile.weights = g_array_new(FALSE, TRUE, sizeof(WeightChange));
        read_text(section, "title", &profile.title);
        read_text(section, "note", &profile.note);
        profile.is_unconfirmed = read_no(ini_entry(section, "confirmed"));
        load_skips(loading, &profile);
        for (guint i = 0; i < section->entries->len; i++) {
            const IniEntry *entry = g_ptr_array_index(section->entries, i);

            if (g_str_has_prefix(entry->key, "weight ") && !entry->language)
                load_weight(loading, entry, profile.weights);
        }
        g_array_append_val(profiles, profile);
    }
}
