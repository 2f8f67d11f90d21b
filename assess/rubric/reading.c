/* Values of entries: read, and their faults told. */
#include <string.h>

#include "base/text.h"
#include "rubric/loading.h"

/* ---- telling ---- */

/* NULL once more is told than is shown: a file with a fault on each line is not worth its hints. */
static Finding *tell(Loading *loading, const Place *place, const char *format, va_list arguments)
{
    g_autofree char *message = NULL;

    if (findings_of(loading->findings, SEVERITY_ERROR) > INI_FAULTS_LIMIT)
        return NULL;
    message = g_strdup_vprintf(format, arguments);
    return findings_add(loading->findings, SEVERITY_ERROR, place, "%s", message);
}

Finding *value_fault(Loading *loading, const IniEntry *entry, gsize offset, gsize length,
                     const char *format, ...)
{
    g_autofree char *mark = g_strdup_printf("%p:%" G_GSIZE_FORMAT, (const void *)entry, offset);
    Place place = ini_place(loading->ini, entry, offset);
    Finding *finding;
    va_list arguments;

    if (entry->is_broken || !g_hash_table_add(loading->told, g_steal_pointer(&mark)))
        return NULL;
    if (offset + length > strlen(entry->value) || length == 0)
        length = strlen(entry->value) - MIN(offset, strlen(entry->value));
    place.width = (guint)g_utf8_strlen(entry->value + offset, (gssize)length);
    va_start(arguments, format);
    finding = tell(loading, &place, format, arguments);
    va_end(arguments);
    return finding;
}

Finding *key_fault(Loading *loading, const IniEntry *entry, const char *format, ...)
{
    g_autofree char *mark = g_strdup_printf("%p:key", (const void *)entry);
    const Place place = ini_key_place(loading->ini, entry);
    Finding *finding;
    va_list arguments;

    if (!g_hash_table_add(loading->told, g_steal_pointer(&mark)))
        return NULL;
    va_start(arguments, format);
    finding = tell(loading, &place, format, arguments);
    va_end(arguments);
    return finding;
}

Finding *name_fault(Loading *loading, const IniSection *section, const char *format, ...)
{
    const Place place = ini_name_place(loading->ini, section);
    Finding *finding;
    va_list arguments;

    va_start(arguments, format);
    finding = tell(loading, &place, format, arguments);
    va_end(arguments);
    return finding;
}

void hint_text(Finding *finding, const char *hint)
{
    if (finding)
        finding_hint(finding, "%s", hint);
}

void hint_nearest(Finding *finding, const char *word, GPtrArray *candidates)
{
    const char *near;

    g_ptr_array_add(candidates, NULL);
    near = finding ? text_nearest(word, (const char *const *)candidates->pdata) : NULL;
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

gboolean in_doubt(const IniSection *section)
{
    return section->is_broken || section->is_torn;
}

gboolean is_hidden(const IniSection *section, const char *key)
{
    const SchemaSection *schema = schema_section(section->kind);

    if (in_doubt(section))
        return TRUE;
    for (guint i = 0; schema && i < section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(section->entries, i);

        if (!schema_key(schema, entry->key) &&
            g_strcmp0(schema_nearest_key(schema, entry->key), key) == 0)
            return TRUE;
    }
    return FALSE;
}

/* ---- values ---- */

gboolean read_number(const IniEntry *entry, Rational *value)
{
    return entry && !entry->is_broken && rational_parse(entry->value, value) == DECIMAL_OK;
}

gboolean read_ratio(const IniEntry *entry, Rational *value)
{
    g_autofree char *number = entry && !entry->is_broken ? g_strdup(entry->value) : NULL;
    const gboolean is_percent = number && g_str_has_suffix(number, "%");

    if (!number)
        return FALSE;
    if (is_percent)
        number[strlen(number) - 1] = '\0';
    if (rational_parse(g_strchomp(number), value) != DECIMAL_OK)
        return FALSE;
    if (is_percent)
        *value = rational_div(NULL, *value, rational_int(100));
    return rational_sign(*value) >= 0 && rational_compare(*value, RATIONAL_ONE) <= 0;
}

gboolean read_yes(const IniEntry *entry)
{
    return entry && !entry->is_broken && g_str_equal(entry->value, "yes");
}

gboolean read_no(const IniEntry *entry)
{
    return entry && !entry->is_broken && g_str_equal(entry->value, "no");
}

int read_word(const IniEntry *entry, const char *const *words, int otherwise)
{
    for (int i = 0; entry && !entry->is_broken && words[i]; i++)
        if (g_str_equal(entry->value, words[i]))
            return i;
    return otherwise;
}

void read_text(const IniSection *section, const char *key, Localized *text)
{
    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(section->entries, i);

        if (*entry->value != '\0' && g_str_equal(entry->key, key))
            localized_set(text, entry->language, entry->value);
    }
}

char *read_string(const IniEntry *entry)
{
    return entry && *entry->value ? g_strdup(entry->value) : NULL;
}

const IniSection *section_with(const IniSection *const *sections, const char *key)
{
    for (; *sections; sections++) {
        for (guint i = 0; i < (*sections)->entries->len; i++) {
            const IniEntry *entry = g_ptr_array_index((*sections)->entries, i);

            if (g_str_equal(entry->key, key))
                return *sections;
        }
    }
    return NULL;
}

/* ---- references ---- */

const char *name_kind_name(NameKind kind)
{
    static const char *const names[] = {
        [NAME_NONE] = "nothing",
        [NAME_QUESTION] = "a question",
        [NAME_DIMENSION] = "a dimension",
        [NAME_GROUP] = "a group",
        [NAME_LEVEL] = "a level",
        [NAME_SCALE] = "a scale",
        [NAME_REQUIREMENT] = "a requirement",
    };

    return names[kind];
}

static GPtrArray *names_of(const Rubric *rubric, NameKind kind)
{
    GPtrArray *names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer id, value;

    g_hash_table_iter_init(&iter, rubric->names);
    while (g_hash_table_iter_next(&iter, &id, &value))
        if (rubric_find(rubric, id, NULL) == kind)
            g_ptr_array_add(names, id);
    g_ptr_array_sort(names, (GCompareFunc)(void (*)(void))g_strcmp0);
    return names;
}

static gboolean kind_is_excused(const Loading *loading, NameKind kind)
{
    return (kind == NAME_LEVEL && loading->levels_in_doubt) ||
           (kind == NAME_DIMENSION && loading->dimensions_in_doubt);
}

/* ---- names that are unknown ---- */

typedef struct {
    Finding *finding; /* of the first place */
    GArray *lines;    /* of guint: the other places */
} Unknown;

void unknown_free(gpointer data)
{
    Unknown *unknown = data;

    g_array_unref(unknown->lines);
    g_free(unknown);
}

gboolean is_told_before(Loading *loading, const char *key, guint line)
{
    const Unknown *unknown = g_hash_table_lookup(loading->unknown, key);

    if (unknown && unknown->finding && unknown->finding->line != line)
        g_array_append_val(unknown->lines, line);
    return unknown != NULL;
}

void remember_told(Loading *loading, const char *key, Finding *finding)
{
    Unknown *unknown = g_new0(Unknown, 1);

    unknown->finding = finding;
    unknown->lines = g_array_new(FALSE, FALSE, sizeof(guint));
    g_hash_table_replace(loading->unknown, g_strdup(key), unknown);
}

/* Whether the id may be what a head with a fault was to define. */
static gboolean is_near_a_guess(const Loading *loading, const char *id)
{
    const char *near;

    if (loading->guesses->len == 0)
        return FALSE;
    g_ptr_array_add(loading->guesses, NULL);
    near = text_nearest(id, (const char *const *)loading->guesses->pdata);
    g_ptr_array_set_size(loading->guesses, (int)loading->guesses->len - 1);
    return near != NULL;
}

gboolean unknown_is_excused(Loading *loading, const IniEntry *entry, gsize offset, const char *id)
{
    if (is_near_a_guess(loading, id))
        g_hash_table_add(loading->doubtful, g_strdup(id));
    return is_told_before(loading, id, ini_place(loading->ini, entry, offset).line) ||
           loading->has_lost_name || g_hash_table_contains(loading->doubtful, id);
}

void unknown_tell(Loading *loading, Finding *finding, const char *id, GPtrArray *candidates)
{
    remember_told(loading, id, finding);
    hint_nearest(finding, id, candidates);
}

void missing_default(Loading *loading, const Question *question, const char *key,
                     const char *message, const char *hint)
{
    const char *groups = ini_value(question->section, "groups");
    g_autofree char *group = groups ? g_strndup(groups, strcspn(groups, ", ")) : NULL;
    g_autofree char *mark = g_strdup_printf("%s of: %s", key, group ? group : question->id);
    Finding *finding;

    if (is_told_before(loading, mark, question->section->line))
        return;
    finding = name_fault(loading, question->section, "%s", message);
    hint_text(finding, hint);
    remember_told(loading, mark, finding);
}

static int by_number(gconstpointer a, gconstpointer b)
{
    const guint left = *(const guint *)a, right = *(const guint *)b;

    return (left > right) - (left < right);
}

/* "did you mean "x"? also on lines 7, 12 and 3 more" */
static void tell_lines(const Unknown *unknown)
{
    enum { SHOWN = 5 };
    g_autoptr(GString) hint = g_string_new(unknown->finding->hint);
    const guint n = unknown->lines->len;

    g_array_sort(unknown->lines, by_number);
    if (hint->len > 0)
        g_string_append(hint, g_str_has_suffix(hint->str, "?") ? " " : "; ");
    g_string_append_printf(hint, "also on line%s ", n > 1 ? "s" : "");
    for (guint i = 0; i < MIN(n, SHOWN); i++)
        g_string_append_printf(hint, "%s%u", i > 0 ? ", " : "",
                               g_array_index(unknown->lines, guint, i));
    if (n > SHOWN)
        g_string_append_printf(hint, " and %u more", n - SHOWN);
    finding_hint(unknown->finding, "%s", hint->str);
}

static gboolean is_of_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* The offset of an id in a condition; -1 if it is not there. */
static gssize find_word(const char *text, const char *id)
{
    const gsize length = strlen(id);

    for (const char *at = strstr(text, id); at && length > 0; at = strstr(at + 1, id))
        if ((at == text || !is_of_word(at[-1])) && !is_of_word(at[length]))
            return at - text;
    return -1;
}

/* Conditions that use the id are places of it, too. */
static void look_into_conditions(Loading *loading, const char *id, const Unknown *unknown)
{
    FOR_SECTIONS(loading->ini, section, "requirement")
    {
        const IniEntry *needs = ini_entry(section, "needs");
        const gssize offset = needs && !needs->is_broken ? find_word(needs->value, id) : -1;

        if (offset >= 0) {
            const guint line = ini_place(loading->ini, needs, (gsize)offset).line;

            g_array_append_val(unknown->lines, line);
        }
    }
}

void unknown_close(Loading *loading)
{
    GHashTableIter iter;
    gpointer id, unknown;

    g_hash_table_iter_init(&iter, loading->unknown);
    while (g_hash_table_iter_next(&iter, &id, &unknown)) {
        if (!((const Unknown *)unknown)->finding)
            continue;
        look_into_conditions(loading, id, unknown);
        if (((const Unknown *)unknown)->lines->len > 0)
            tell_lines(unknown);
        g_hash_table_add(loading->doubtful, g_strdup(id));
    }
}

/* ---- references to names ---- */

int find_reference(Loading *loading, const IniEntry *entry, const char *id, gsize offset,
                   NameKind kind)
{
    int index = NOWHERE;
    const NameKind found = rubric_find(loading->rubric, id, &index);
    g_autoptr(GPtrArray) names = NULL;
    Finding *finding;

    if (found == kind)
        return index;
    if (*id == '\0' || kind_is_excused(loading, kind) ||
        unknown_is_excused(loading, entry, offset, id))
        return NOWHERE;
    if (found != NAME_NONE) {
        value_fault(loading, entry, offset, strlen(id), "\"%s\" is %s, expected %s", id,
                    name_kind_name(found), name_kind_name(kind));
        return NOWHERE;
    }
    finding = value_fault(loading, entry, offset, strlen(id), "unknown %s \"%s\"",
                          strchr(name_kind_name(kind), ' ') + 1, id);
    names = finding ? names_of(loading->rubric, kind) : g_ptr_array_new();
    unknown_tell(loading, finding, id, names);
    return NOWHERE;
}

int read_reference(Loading *loading, const IniEntry *entry, NameKind kind)
{
    if (!entry || entry->is_broken)
        return NOWHERE;
    return find_reference(loading, entry, entry->value, 0, kind);
}

GArray *read_references(Loading *loading, const IniEntry *entry, NameKind kind)
{
    GArray *indices = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = NULL;

    if (!entry || entry->is_broken)
        return indices;
    ids = ini_list(entry, &offsets);
    for (guint i = 0; ids[i]; i++) {
        const int index =
            find_reference(loading, entry, ids[i], g_array_index(offsets, gsize, i), kind);

        if (index != NOWHERE)
            g_array_append_val(indices, index);
    }
    return indices;
}

static GPtrArray *names_of_sections(const Ini *ini, const char *kind)
{
    GPtrArray *names = g_ptr_array_new();

    FOR_SECTIONS(ini, section, kind)
    if (section->name)
        g_ptr_array_add(names, section->name);
    return names;
}

char **read_names(Loading *loading, const IniEntry *entry, const char *kind)
{
    g_autoptr(GArray) offsets = NULL;
    char **ids;

    if (!entry || entry->is_broken)
        return NULL;
    ids = ini_list(entry, &offsets);
    for (guint i = 0; ids[i]; i++) {
        const gsize offset = g_array_index(offsets, gsize, i);
        g_autoptr(GPtrArray) names = NULL;
        Finding *finding;

        if (*ids[i] == '\0' || ini_section(loading->ini, kind, ids[i]) ||
            unknown_is_excused(loading, entry, offset, ids[i]))
            continue;
        finding =
            value_fault(loading, entry, offset, strlen(ids[i]), "unknown %s \"%s\"", kind, ids[i]);
        names = finding ? names_of_sections(loading->ini, kind) : g_ptr_array_new();
        unknown_tell(loading, finding, ids[i], names);
    }
    return ids;
}

/* ---- names ---- */

/* Where an id was defined first, for a message. */
static char *where(const Loading *loading, const char *id, NameKind kind, const char *file)
{
    const IniSection *section = g_hash_table_lookup(loading->sections, id);

    if (!section)
        return g_strdup(name_kind_name(kind));
    if (g_strcmp0(section->file, file) == 0)
        return g_strdup_printf("%s on line %u", name_kind_name(kind), section->line);
    return g_strdup_printf("%s on line %u of %s", name_kind_name(kind), section->line,
                           section->file);
}

void name_define(Loading *loading, const IniSection *section, NameKind kind, guint index)
{
    const NameKind taken =
        section->name ? rubric_find(loading->rubric, section->name, NULL) : NAME_NONE;

    if (!section->name || !text_is_id(section->name) || schema_is_reserved(section->name))
        return; /* told by check_sections() */
    if (taken != NAME_NONE) {
        g_autofree char *first = where(loading, section->name, taken, section->file);

        hint_text(name_fault(loading, section, "\"%s\" is already %s", section->name, first),
                  "questions, fields, dimensions, groups, levels, requirements and scales share "
                  "one namespace");
        return;
    }
    g_hash_table_insert(loading->rubric->names, g_strdup(section->name),
                        GUINT_TO_POINTER(((guint)kind << 24) | index));
    g_hash_table_insert(loading->sections, g_strdup(section->name), (gpointer)section);
}
