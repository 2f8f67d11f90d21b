#include "report/wording.h"

#include <stdarg.h>
#include <string.h>

/* `texts` is keyed by section, key and language (empty: plain), joined by line breaks, which no
 * name can hold. */
struct Wording {
    GHashTable *texts;
    GPtrArray *sections; /* of char *: "kind name" */
};

static char *text_key(const char *section, const char *key, const char *language)
{
    return g_strjoin("\n", section, key, language ? language : "", NULL);
}

static const char *lookup(const Wording *wording, const char *section, const char *key,
                          const char *language)
{
    g_autofree char *name = text_key(section, key, language);

    return g_hash_table_lookup(wording->texts, name);
}

gsize wording_place(const char *at)
{
    gsize length;

    if (*at != '{')
        return 0;
    length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_0123456789");
    return length > 0 && at[1 + length] == '}' ? length + 2 : 0;
}

/* A translation may leave out a value of the plain text, but can use no other: nobody would fill
 * it. */
static void check_placeholders(const Ini *ini, const IniEntry *entry, const char *plain,
                               Findings *findings)
{
    for (const char *at = entry->value; *at; at++) {
        gsize length = wording_place(at);
        g_autofree char *name = length ? g_strndup(at, length) : NULL;

        if (name && !strstr(plain, name)) {
            Place place = ini_place(ini, entry, (gsize)(at - entry->value));

            findings_add(findings, SEVERITY_ERROR, &place,
                         "%s in the translation of \"%s\" is not in the plain text", name,
                         entry->key);
        }
    }
}

static void read_section(Wording *wording, const Ini *ini, const IniSection *section,
                         Findings *findings)
{
    g_autofree char *name = section->name ? g_strdup_printf("%s %s", section->kind, section->name)
                                          : g_strdup(section->kind);

    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = section->entries->pdata[i];

        g_hash_table_insert(wording->texts, text_key(name, entry->key, entry->language),
                            g_strdup(entry->value));
    }
    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = section->entries->pdata[i];
        const IniEntry *plain = entry->language ? ini_entry(section, entry->key) : NULL;

        if (plain && plain->file == entry->file) /* a base is sound by itself */
            check_placeholders(ini, entry, plain->value, findings);
    }
    g_ptr_array_add(wording->sections, g_steal_pointer(&name));
}

Wording *wording_of(const Ini *ini, Findings *findings)
{
    Wording *wording = g_new0(Wording, 1);

    wording->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    wording->sections = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < ini->sections->len; i++)
        read_section(wording, ini, ini->sections->pdata[i], findings);
    return wording;
}

Wording *wording_load(const char *path, Findings *findings, GError **error)
{
    guint faults = findings_of(findings, SEVERITY_ERROR);
    g_autoptr(Ini) ini = ini_load(path, findings, error);
    g_autoptr(Wording) wording = ini ? wording_of(ini, findings) : NULL;

    if (!wording)
        return NULL;
    return findings_of(findings, SEVERITY_ERROR) == faults ? g_steal_pointer(&wording) : NULL;
}

void wording_free(Wording *wording)
{
    if (!wording)
        return;
    g_clear_pointer(&wording->texts, g_hash_table_unref);
    g_clear_pointer(&wording->sections, g_ptr_array_unref);
    g_free(wording);
}

const char *wording_get(const Wording *wording, const char *section, const char *key,
                        const char *language)
{
    const char *text = language ? lookup(wording, section, key, language) : NULL;

    if (!text)
        text = lookup(wording, section, key, NULL);
    return text ? text : key;
}

gboolean wording_has(const Wording *wording, const char *section, const char *key)
{
    return lookup(wording, section, key, NULL) != NULL;
}

const GPtrArray *wording_sections(const Wording *wording)
{
    return wording->sections;
}

static const char *value_of(const GPtrArray *pairs, const char *name, gsize length)
{
    for (guint i = 0; i + 1 < pairs->len; i += 2)
        if (strlen(pairs->pdata[i]) == length && memcmp(pairs->pdata[i], name, length) == 0)
            return pairs->pdata[i + 1];
    return NULL;
}

/* One pass, so that braces inside a value stay what they are. */
static char *filled(const char *text, const GPtrArray *pairs)
{
    GString *out = g_string_new(NULL);

    for (const char *at = text; *at;) {
        gsize length = wording_place(at);
        const char *value = length ? value_of(pairs, at + 1, length - 2) : NULL;

        if (value)
            g_string_append(out, value);
        else
            g_string_append_c(out, *at);
        at += value ? length : 1;
    }
    return g_string_free(out, FALSE);
}

char *wording_fill(const Wording *wording, const char *section, const char *key,
                   const char *language, ...)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    va_list list;

    va_start(list, language);
    for (char *name = va_arg(list, char *); name; name = va_arg(list, char *)) {
        g_ptr_array_add(pairs, name);
        g_ptr_array_add(pairs, va_arg(list, char *));
    }
    va_end(list);
    return filled(wording_get(wording, section, key, language), pairs);
}

char *wording_fill_pairs(const Wording *wording, const char *section, const char *key,
                         const char *language, const GPtrArray *pairs)
{
    return filled(wording_get(wording, section, key, language), pairs);
}
