/* The frame of a rubric: its head, levels, dimensions and groups. */
#include <string.h>

#include "base/text.h"
#include "rubric/loading.h"

static void item_is_id(Loading *loading, const IniEntry *entry, const char *id, gsize offset)
{
    if (!text_is_id(id))
        hint_text(value_fault(loading, entry, offset, strlen(id), "\"%s\" is not an id", id),
                  "an id has at most 64 of a-z, 0-9 and _, a letter first");
    else if (schema_is_reserved(id))
        hint_text(value_fault(loading, entry, offset, strlen(id),
                              "\"%s\" is reserved, it cannot be an id", id),
                  "it has a meaning of its own in conditions or cases");
}

/* ---- [rubric] ---- */

void load_head(Loading *loading)
{
    static const char *const methods[] = { "mean", "sum", "climb", NULL };
    static const char *const statuses[] = { "in_force", "draft", "partial", NULL };
    Rubric *rubric = loading->rubric;
    const IniSection *head = ini_section(loading->ini, "rubric", NULL);
    const IniEntry *score;

    rubric->pass = rational_ratio(4, 5);
    loading->levels_in_doubt = loading->dimensions_in_doubt = loading->scores_are_free = !head;
    if (!head)
        return;
    score = ini_entry(head, "score");
    rubric->id = read_string(ini_entry(head, "id"));
    rubric->edition = read_string(ini_entry(head, "edition"));
    rubric->base = read_string(ini_entry(head, "base"));
    rubric->score = (ScoreMethod)read_word(score, methods, SCORE_MEAN);
    loading->scores_are_free = in_doubt(head) || rubric->score == SCORE_SUM ||
                               (score && read_word(score, methods, -1) < 0);
    rubric->status =
        (EditionStatus)read_word(ini_entry(head, "status"), statuses, EDITION_IN_FORCE);
    rubric->is_unconfirmed = read_no(ini_entry(head, "confirmed"));
    rubric->has_weights_sum = read_number(ini_entry(head, "weights_sum"), &rubric->weights_sum);
    read_ratio(ini_entry(head, "pass"), &rubric->pass);
    read_text(head, "title", &rubric->title);
    read_text(head, "document", &rubric->document);
    read_text(head, "note", &rubric->note);
    read_text(head, "currency", &rubric->currency);
    if (rubric->id && *rubric->id && !text_is_id(rubric->id))
        item_is_id(loading, ini_entry(head, "id"), rubric->id, 0);
}

/* ---- lists of [rubric] ---- */

/* The ids of `levels =` or `dimensions =`, defined in that order; their sections follow by find().
 */
static const IniEntry *define_listed(Loading *loading, const char *key, NameKind kind, guint limit,
                                     gboolean *in_doubt_too)
{
    const IniSection *head = ini_section(loading->ini, "rubric", NULL);
    const IniEntry *entry = head ? ini_entry(head, key) : NULL;
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = NULL;

    *in_doubt_too |=
        head && (in_doubt(head) || (entry && entry->is_broken) || (!entry && kind == NAME_LEVEL));
    if (!entry || entry->is_broken || *entry->value == '\0')
        return entry;
    ids = ini_list(entry, &offsets);
    for (guint i = 0; ids[i]; i++) {
        const gsize offset = g_array_index(offsets, gsize, i);
        GArray *into = kind == NAME_LEVEL ? loading->rubric->levels : loading->rubric->dimensions;

        if (*ids[i] == '\0' || rubric_find(loading->rubric, ids[i], NULL) == kind)
            continue; /* told by check_sections() */
        item_is_id(loading, entry, ids[i], offset);
        if (rubric_find(loading->rubric, ids[i], NULL) != NAME_NONE) {
            value_fault(loading, entry, offset, strlen(ids[i]), "\"%s\" is already a level",
                        ids[i]);
            continue;
        }
        if (into->len == limit) {
            value_fault(loading, entry, offset, strlen(ids[i]), "more than %u %s", limit, key);
            break;
        }
        g_hash_table_insert(loading->rubric->names, g_strdup(ids[i]),
                            GUINT_TO_POINTER(((guint)kind << 24) | into->len));
        g_array_set_size(into, into->len + 1);
        if (kind == NAME_LEVEL)
            g_array_index(into, Level, into->len - 1).id = g_strdup(ids[i]);
        else
            g_array_index(into, Dimension, into->len - 1).id = g_strdup(ids[i]);
    }
    return entry;
}

static void not_listed(Loading *loading, const IniSection *section, const char *key,
                       const GPtrArray *ids)
{
    Finding *finding;
    g_autoptr(GPtrArray) candidates = g_ptr_array_new();

    for (guint i = 0; i < ids->len; i++)
        g_ptr_array_add(candidates, g_ptr_array_index(ids, i));
    g_ptr_array_add(candidates, NULL);
    finding = name_fault(loading, section, "[%s %s] is not in the \"%s\" of [rubric]",
                         section->kind, section->name, key);
    if (!finding)
        return;
    if (text_nearest(section->name, (const char *const *)candidates->pdata))
        finding_hint(finding, "it has \"%s\"",
                     text_nearest(section->name, (const char *const *)candidates->pdata));
    else
        finding_hint(finding, "add it to \"%s\"", key);
}

/* ---- levels ---- */

void load_levels(Loading *loading)
{
    Rubric *rubric = loading->rubric;

    define_listed(loading, "levels", NAME_LEVEL, RUBRIC_LEVELS_LIMIT, &loading->levels_in_doubt);
    FOR_SECTIONS(loading->ini, section, "level")
    {
        int index;

        if (!section->name || g_hash_table_contains(loading->doubtful, section->name))
            continue;
        if (rubric_find(rubric, section->name, &index) == NAME_LEVEL) {
            g_hash_table_insert(loading->sections, g_strdup(section->name), (gpointer)section);
            read_text(section, "title", &RUBRIC_LEVEL(rubric, index)->title);
            read_text(section, "note", &RUBRIC_LEVEL(rubric, index)->note);
        } else if (!loading->levels_in_doubt) {
            g_autoptr(GPtrArray) ids = g_ptr_array_new();

            for (guint i = 0; i < rubric->levels->len; i++)
                g_ptr_array_add(ids, RUBRIC_LEVEL(rubric, i)->id);
            not_listed(loading, section, "levels", ids);
            g_hash_table_add(loading->doubtful, g_strdup(section->name));
        }
    }
}

/* ---- dimensions ---- */

static Dimension *dimension_add(Loading *loading, const IniSection *section)
{
    GArray *dimensions = loading->rubric->dimensions;

    if (dimensions->len == RUBRIC_DIMENSIONS_LIMIT) { /* listed ones may have no section */
        if (!loading->has_lost_dimension)
            name_fault(loading, section, "more than %u dimensions", RUBRIC_DIMENSIONS_LIMIT);
        loading->has_lost_dimension = TRUE;
        g_hash_table_add(loading->doubtful, g_strdup(section->name));
        return NULL;
    }
    name_define(loading, section, NAME_DIMENSION, dimensions->len);
    g_array_set_size(dimensions, dimensions->len + 1);
    g_array_index(dimensions, Dimension, dimensions->len - 1).id = g_strdup(section->name);
    return &g_array_index(dimensions, Dimension, dimensions->len - 1);
}

static void load_dimension(Loading *loading, const IniSection *section, Dimension *dimension)
{
    g_hash_table_insert(loading->sections, g_strdup(section->name), (gpointer)section);
    read_text(section, "title", &dimension->title);
    read_text(section, "note", &dimension->note);
    read_number(ini_entry(section, "weight"), &dimension->weight);
}

void load_dimensions(Loading *loading)
{
    Rubric *rubric = loading->rubric;
    const IniEntry *list = define_listed(loading, "dimensions", NAME_DIMENSION,
                                         RUBRIC_DIMENSIONS_LIMIT, &loading->dimensions_in_doubt);
    const guint listed = rubric->dimensions->len;

    FOR_SECTIONS(loading->ini, section, "dimension")
    {
        int index;

        if (!section->name || g_hash_table_contains(loading->doubtful, section->name) ||
            rubric_find(rubric, section->name, &index) == NAME_DIMENSION)
            continue;
        if (list && !ini_entry(section, "parent") && !loading->dimensions_in_doubt &&
            !in_doubt(section)) {
            g_autoptr(GPtrArray) ids = g_ptr_array_new();

            for (guint i = 0; i < listed; i++)
                g_ptr_array_add(ids, RUBRIC_DIMENSION(rubric, i)->id);
            not_listed(loading, section, "dimensions", ids);
            g_hash_table_add(loading->doubtful, g_strdup(section->name));
            continue;
        }
        dimension_add(loading, section);
    }
    for (guint i = 0; i < rubric->dimensions->len; i++) {
        Dimension *dimension = RUBRIC_DIMENSION(rubric, i);
        const IniSection *section = ini_section(loading->ini, "dimension", dimension->id);

        dimension->weight = RATIONAL_ONE;
        dimension->parent = NOWHERE;
        dimension->children = g_array_new(FALSE, FALSE, sizeof(int));
        dimension->questions = g_array_new(FALSE, FALSE, sizeof(int));
        if (section)
            load_dimension(loading, section, dimension);
    }
}

/* Tell a chain of parents that comes back to where it began, once, and cut it. */
static void cut_cycle(Loading *loading, int start)
{
    Rubric *rubric = loading->rubric;
    g_autoptr(GString) chain = g_string_new(RUBRIC_DIMENSION(rubric, start)->id);
    int at = RUBRIC_DIMENSION(rubric, start)->parent;
    guint steps = 0;

    for (; at != NOWHERE && at != start && steps <= rubric->dimensions->len; steps++) {
        g_string_append_printf(chain, ", %s", RUBRIC_DIMENSION(rubric, at)->id);
        at = RUBRIC_DIMENSION(rubric, at)->parent;
    }
    if (at != start)
        return;
    value_fault(
        loading,
        ini_entry(ini_section(loading->ini, "dimension", RUBRIC_DIMENSION(rubric, start)->id),
                  "parent"),
        0, 0, "\"%s\" is its own ancestor: %s, %s", RUBRIC_DIMENSION(rubric, start)->id, chain->str,
        RUBRIC_DIMENSION(rubric, start)->id);
    RUBRIC_DIMENSION(rubric, start)->parent = NOWHERE;
}

void link_dimensions(Loading *loading)
{
    Rubric *rubric = loading->rubric;

    for (guint i = 0; i < rubric->dimensions->len; i++) {
        const IniSection *section =
            ini_section(loading->ini, "dimension", RUBRIC_DIMENSION(rubric, i)->id);

        if (section)
            RUBRIC_DIMENSION(rubric, i)->parent =
                read_reference(loading, ini_entry(section, "parent"), NAME_DIMENSION);
    }
    for (int i = 0; i < (int)rubric->dimensions->len; i++)
        cut_cycle(loading, i);
    for (int i = 0; i < (int)rubric->dimensions->len; i++) {
        const int parent = RUBRIC_DIMENSION(rubric, i)->parent;

        if (parent != NOWHERE)
            g_array_append_val(RUBRIC_DIMENSION(rubric, parent)->children, i);
    }
    for (guint i = 0; i < rubric->dimensions->len; i++) {
        const Dimension *dimension = RUBRIC_DIMENSION(rubric, i);
        const IniEntry *entry;

        if (dimension->children->len == 0 || dimension->questions->len == 0)
            continue;
        entry = ini_entry(
            ini_section(loading->ini, "dimension",
                        RUBRIC_DIMENSION(rubric, g_array_index(dimension->children, int, 0))->id),
            "parent");
        value_fault(loading, entry, 0, 0,
                    "dimension \"%s\" has dimensions and questions under it, such as \"%s\"",
                    dimension->id,
                    RUBRIC_QUESTION(rubric, g_array_index(dimension->questions, int, 0))->id);
    }
}

/* ---- groups ---- */

void load_groups(Loading *loading)
{
    Rubric *rubric = loading->rubric;

    FOR_SECTIONS(loading->ini, section, "group")
    {
        Group group = { 0 };

        name_define(loading, section, NAME_GROUP, rubric->groups->len);
        group.id = g_strdup(section->name);
        group.questions = g_array_new(FALSE, FALSE, sizeof(int));
        read_text(section, "title", &group.title);
        read_text(section, "note", &group.note);
        g_array_append_val(rubric->groups, group);
    }
}

/* The references of a group's defaults, also of a group without questions. */
void link_groups(Loading *loading)
{
    FOR_SECTIONS(loading->ini, section, "group")
    {
        read_reference(loading, ini_entry(section, "dimension"), NAME_DIMENSION);
        read_reference(loading, ini_entry(section, "level"), NAME_LEVEL);
        check_group_options(loading, section);
    }
}
