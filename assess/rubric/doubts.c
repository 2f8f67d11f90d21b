/* What in a faulty rubric may be other than it looks: found from the places of the faults, so that
 * whoever reads on does not complain of what follows from them. */
#include "rubric/loading.h"

/* Of these keys conditions are made: a fault of another key makes no name doubtful. */
static const char *const telling_keys[] = { "type",   "options", "scale",    "groups", "dimension",
                                            "origin", "parent",  "profiles", NULL };

typedef struct {
    Loading *loading;
    GHashTable *places; /* "file:line" of every error */
    GHashTable *names;
} Search;

static char *place_key(const char *file, guint line)
{
    return g_strdup_printf("%u:%s", line, file ? file : "");
}

static gboolean is_told(const Search *search, const char *file, guint line)
{
    g_autofree char *key = place_key(file, line);

    return g_hash_table_contains(search->places, key);
}

static gboolean entry_is_doubtful(const Search *search, const SchemaSection *schema,
                                  const IniEntry *entry)
{
    if (schema && schema_key(schema, entry->key) && !g_strv_contains(telling_keys, entry->key) &&
        !g_str_has_prefix(entry->key, "title."))
        return FALSE;
    for (guint i = 0; i < entry->parts->len; i++)
        if (is_told(search, entry->file, g_array_index(entry->parts, IniPart, i).line))
            return TRUE;
    return FALSE;
}

static gboolean section_is_doubtful(const Search *search, const IniSection *section)
{
    const SchemaSection *schema = schema_section(section->kind);

    if (!schema || in_doubt(section) || is_told(search, section->file, section->line))
        return TRUE;
    for (guint i = 0; i < section->entries->len; i++)
        if (entry_is_doubtful(search, schema, g_ptr_array_index(section->entries, i)))
            return TRUE;
    return FALSE;
}

static gboolean any_is_doubtful(const Search *search, const Question *question)
{
    const Rubric *rubric = search->loading->rubric;

    if (question->scale != NOWHERE &&
        g_hash_table_contains(search->names,
                              g_array_index(rubric->scales, Scale, question->scale).id))
        return TRUE;
    for (guint i = 0; i < question->groups->len; i++)
        if (g_hash_table_contains(
                search->names, RUBRIC_GROUP(rubric, g_array_index(question->groups, int, i))->id))
            return TRUE;
    return FALSE;
}

/* What a group or scale says, its questions say, too. */
static void pass_on(const Search *search)
{
    const Rubric *rubric = search->loading->rubric;

    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (any_is_doubtful(search, question))
            g_hash_table_add(search->names, g_strdup(question->id));
    }
}

Doubts *doubts_new(Loading *loading)
{
    Doubts *doubts = g_new0(Doubts, 1);
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const GPtrArray *sections = loading->ini->sections;
    Search search = { loading, places, NULL };

    doubts->names = search.names = g_hash_table_ref(loading->doubtful);
    doubts->any_name = loading->has_lost_name;
    doubts->levels = loading->levels_in_doubt;
    doubts->dimensions = loading->dimensions_in_doubt;
    for (guint i = 0; i < findings_count(loading->findings); i++) {
        const Finding *finding = findings_at(loading->findings, i);

        if (finding->severity == SEVERITY_ERROR)
            g_hash_table_add(places, place_key(finding->file, finding->line));
    }
    for (guint i = 0; i < sections->len; i++) {
        const IniSection *section = g_ptr_array_index(sections, i);

        if (section->name && section_is_doubtful(&search, section))
            g_hash_table_add(doubts->names, g_strdup(section->name));
    }
    pass_on(&search);
    return doubts;
}
