/* Cases that ship with a rubric. Answers in a case are read when it is run. */
#include "base/text.h"
#include "rubric/loading.h"

static void unknown_question(Loading *loading, const IniEntry *entry, const SchemaSection *schema)
{
    g_autoptr(GPtrArray) ids = NULL;
    const Rubric *rubric = loading->rubric;

    if (unknown_is_excused(loading, entry, 0, entry->key))
        return;
    ids = g_ptr_array_new();
    for (guint i = 0; i < rubric->questions->len; i++)
        g_ptr_array_add(ids, RUBRIC_QUESTION(rubric, i)->id);
    for (const SchemaKey *key = schema->keys; key->name; key++)
        if (*key->name != '\0' && !g_str_has_suffix(key->name, " "))
            g_ptr_array_add(ids, (gpointer)key->name);
    unknown_tell(
        loading,
        key_fault(loading, entry, "unknown question \"%s\" in [%s]", entry->key, schema->kind),
        entry->key, ids);
}

void check_question_keys(Loading *loading, const IniSection *section)
{
    const SchemaSection *schema = schema_section(section->kind);

    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(section->entries, i);
        const SchemaKey *key = schema_key(schema, entry->key);

        if (*key->name == '\0' && rubric_find(loading->rubric, entry->key, NULL) != NAME_QUESTION)
            unknown_question(loading, entry, schema);
    }
}

static void check_level(Loading *loading, const IniEntry *entry)
{
    if (entry && !entry->is_broken && !g_str_equal(entry->value, "none"))
        read_reference(loading, entry, NAME_LEVEL);
}

/* A chain of `like` that comes back to its own beginning, told where it closes. */
static void check_like(Loading *loading, const IniSection *section)
{
    const IniSection *at = section;

    for (guint steps = 0; at && steps <= loading->ini->sections->len; steps++) {
        const IniEntry *like = ini_entry(at, "like");

        at = like && !like->is_broken ? ini_section(loading->ini, "case", like->value) : NULL;
        if (at != section)
            continue;
        value_fault(loading, ini_entry(section, "like"), 0, 0, "case \"%s\" starts from itself",
                    section->name);
        /* The others of the cycle lead to this one: do not tell them, too. */
        for (at = ini_section(loading->ini, "case", ini_value(section, "like")); at != section;
             at = ini_section(loading->ini, "case", ini_value(at, "like"))) {
            const IniEntry *next = ini_entry(at, "like");

            g_hash_table_add(loading->told, g_strdup_printf("%p:0", (const void *)next));
        }
        return;
    }
}

static void check_name(Loading *loading, const IniEntry *entry, const char *kind)
{
    g_auto(GStrv) ids = read_names(loading, entry, kind);
}

void load_cases(Loading *loading)
{
    GArray *cases = loading->rubric->cases;

    FOR_SECTIONS(loading->ini, section, "case")
    {
        Case test = { .section = section };

        test.id = g_strdup(section->name ? section->name : "");
        check_question_keys(loading, section);
        check_level(loading, ini_entry(section, "level"));
        check_level(loading, ini_entry(section, "level_possible"));
        check_level(loading, ini_entry(section, "official"));
        check_name(loading, ini_entry(section, "profile"), "profile");
        check_name(loading, ini_entry(section, "like"), "case");
        check_like(loading, section);
        g_array_append_val(cases, test);
    }
}
