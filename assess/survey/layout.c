#include "survey/layout.h"

#include <string.h>

#include "base/ini.h"
#include "base/text.h"
#include "survey/layout_pattern.h"
#include "survey/layout_schema.h"

enum { BASES_LIMIT = 4 /* layouts below one, by `base` */ };

struct Layouts {
    GPtrArray *all; /* of Layout * */
};

/* A layout being read. */
typedef struct {
    const Ini *ini;
    Findings *findings;
} Reading;

/* ---- faults ---- */

static Finding *value_fault(const Reading *reading, const IniEntry *entry, gsize offset,
                            gsize length, const char *format, ...) G_GNUC_PRINTF(5, 6);
static Finding *value_fault(const Reading *reading, const IniEntry *entry, gsize offset,
                            gsize length, const char *format, ...)
{
    Place place = ini_place(reading->ini, entry, offset);
    g_autofree char *message = NULL;
    va_list arguments;

    place.width = (guint)g_utf8_strlen(entry->value + offset, (gssize)length);
    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(reading->findings, SEVERITY_ERROR, &place, "%s", message);
}

static void refuse_value(const Reading *reading, const LayoutKey *key, const IniEntry *entry)
{
    g_autofree char *quoted = text_quote(entry->value, 60);
    g_autofree char *expected = layout_expected(key);

    finding_hint(value_fault(reading, entry, 0, strlen(entry->value), "%s is no value of %s",
                             quoted, key->name),
                 "expected %s", expected);
}

/* ---- values ---- */

/* Folded items, none of which is empty. */
static char **read_list(const Reading *reading, const IniEntry *entry, gboolean are_marks)
{
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) items = ini_list(entry, &offsets);
    GPtrArray *list = g_ptr_array_new();

    for (guint i = 0; *entry->value && items[i]; i++) {
        if (*items[i] == '\0')
            value_fault(reading, entry, g_array_index(offsets, gsize, i), 0,
                        "an item of %s is empty", entry->key);
        else
            g_ptr_array_add(list,
                            are_marks ? g_strdup(layout_mark(items[i])) : text_fold(items[i]));
    }
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

/* The place that every pattern of a key must have, "" for none. */
static LayoutPlace needed_place(const char *key)
{
    return strcmp(key, "option") == 0 || strcmp(key, "more_option") == 0 ? PLACE_OPTION
                                                                         : PLACE_QUESTION;
}

static gboolean has_needed(const LayoutPattern *pattern, const char *key)
{
    LayoutPlace place = needed_place(key);

    return layout_pattern_has(pattern, place) ||
           (place == PLACE_OPTION && layout_pattern_has(pattern, PLACE_POSITION));
}

static GPtrArray *read_patterns(const Reading *reading, const IniEntry *entry)
{
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) items = ini_list(entry, &offsets);
    GPtrArray *patterns = g_ptr_array_new_with_free_func((GDestroyNotify)layout_pattern_free);

    for (guint i = 0; *entry->value && items[i]; i++) {
        g_autofree char *problem = NULL;
        gsize at = g_array_index(offsets, gsize, i), offset;
        LayoutPattern *pattern = layout_pattern_new(items[i], &problem, &offset);

        if (!pattern) {
            finding_hint(
                value_fault(reading, entry, at + offset, strlen(items[i]) - offset, "%s", problem),
                "places are {question}, {option}, {position}, {number} and {any}");
            continue;
        }
        g_ptr_array_add(patterns, pattern);
        if (!has_needed(pattern, entry->key))
            value_fault(reading, entry, at, strlen(items[i]), "a pattern of %s has no place {%s}",
                        entry->key,
                        needed_place(entry->key) == PLACE_OPTION ? "option" : "question");
    }
    return patterns;
}

static gboolean read_word(const LayoutKey *key, const char *value, guint *word)
{
    for (guint i = 0; key->words[i]; i++)
        if (strcmp(key->words[i], value) == 0) {
            *word = i;
            return TRUE;
        }
    return FALSE;
}

static gboolean read_count(const LayoutKey *key, const char *value, guint *count)
{
    guint64 number;

    if (!g_ascii_string_to_unsigned(value, 10, key->least, key->most, &number, NULL))
        return FALSE;
    *count = (guint)number;
    return TRUE;
}

/* Put a value where its key says; what was there is replaced. */
static void read_value(const Reading *reading, const LayoutKey *key, const IniEntry *entry,
                       gpointer object)
{
    gpointer place = (char *)object + key->offset;
    gboolean is_yes = strcmp(entry->value, "yes") == 0;

    switch (key->type) {
    case LAYOUT_TEXT:
        localized_set(place, entry->language, entry->value);
        break;
    case LAYOUT_STRING:
        *(char **)place = text_fold(entry->value);
        break;
    case LAYOUT_NAME:
        *(char **)place = g_strdup(entry->value);
        break;
    case LAYOUT_LIST:
    case LAYOUT_MARKS:
        *(char ***)place = read_list(reading, entry, key->type == LAYOUT_MARKS);
        break;
    case LAYOUT_PATTERNS:
        *(GPtrArray **)place = read_patterns(reading, entry);
        break;
    case LAYOUT_YESNO:
        if (!is_yes && strcmp(entry->value, "no") != 0)
            refuse_value(reading, key, entry);
        *(gboolean *)place = is_yes;
        break;
    case LAYOUT_WORD:
        if (!read_word(key, entry->value, place))
            refuse_value(reading, key, entry);
        break;
    case LAYOUT_COUNT:
        if (!read_count(key, entry->value, place))
            refuse_value(reading, key, entry);
        break;
    }
}

static void read_entry(const Reading *reading, const LayoutSection *known, const IniEntry *entry,
                       gpointer object)
{
    const LayoutKey *key = layout_key(known, entry->key);
    Place place = ini_key_place(reading->ini, entry);
    const char *near;
    Finding *finding;

    if (entry->is_broken)
        return;
    if (key && entry->language && key->type != LAYOUT_TEXT) {
        findings_add(reading->findings, SEVERITY_ERROR, &place, "%s is the same in all languages",
                     key->name);
    } else if (key) {
        read_value(reading, key, entry, object);
    } else {
        near = layout_nearest_key(known, entry->key);
        finding = findings_add(reading->findings, SEVERITY_ERROR, &place, "[%s] has no key \"%s\"",
                               known->kind, entry->key);
        if (near)
            finding_hint(finding, "did you mean \"%s\"?", near);
    }
}

/* ---- sections ---- */

static void check_required(const Reading *reading, const LayoutSection *known,
                           const IniSection *section)
{
    for (const LayoutKey *key = known->keys; key->name; key++) {
        Place place = ini_section_place(reading->ini, section);

        if (key->is_required && !section->is_torn && !ini_entry(section, key->name))
            findings_add(reading->findings, SEVERITY_ERROR, &place, "[%s%s%s] lacks \"%s\"",
                         known->kind, section->name ? " " : "", section->name ? section->name : "",
                         key->name);
    }
}

static gpointer new_element(const Reading *reading, const LayoutSection *known,
                            const IniSection *section, Layout *layout)
{
    GArray *array = *(GArray **)((char *)layout + known->array);
    Place place = ini_name_place(reading->ini, section);
    gpointer element;

    if (known->array == offsetof(Layout, drops) && array->len == LAYOUT_DROPS_LIMIT)
        findings_add(reading->findings, SEVERITY_ERROR, &place,
                     "more than %d sections [drop]: they are too many", LAYOUT_DROPS_LIMIT);
    g_array_set_size(array, array->len + 1);
    element = array->data + (array->len - 1) * known->size;
    *(char **)element = g_strdup(section->name);
    return element;
}

static void read_section(const Reading *reading, const IniSection *section, Layout *layout)
{
    const LayoutSection *known = layout_section(section->kind);
    Place place = ini_section_place(reading->ini, section);
    Place name_place = ini_name_place(reading->ini, section);
    gpointer object = layout;

    if (section->is_broken)
        return;
    if (!known) {
        const char *near = layout_nearest_section(section->kind);
        Finding *finding = findings_add(reading->findings, SEVERITY_ERROR, &place,
                                        "there is no section [%s]", section->kind);

        if (near)
            finding_hint(finding, "did you mean [%s]?", near);
        return;
    }
    if ((known->array != 0) != (section->name != NULL)) {
        findings_add(reading->findings, SEVERITY_ERROR, &name_place,
                     known->array ? "[%s] needs a name, such as [%s one]" : "[%s] takes no name",
                     known->kind, known->kind);
        return;
    }
    if (known->array)
        object = new_element(reading, known, section, layout);
    check_required(reading, known, section);
    for (guint i = 0; i < section->entries->len; i++)
        read_entry(reading, known, section->entries->pdata[i], object);
}

/* ---- freeing ---- */

static void free_value(const LayoutKey *key, gpointer object)
{
    gpointer place = (char *)object + key->offset;

    switch (key->type) {
    case LAYOUT_TEXT:
        localized_clear(place);
        break;
    case LAYOUT_STRING:
    case LAYOUT_NAME:
        g_free(*(char **)place);
        break;
    case LAYOUT_LIST:
    case LAYOUT_MARKS:
        g_strfreev(*(char ***)place);
        break;
    case LAYOUT_PATTERNS:
        g_clear_pointer((GPtrArray **)place, g_ptr_array_unref);
        break;
    default:
        break;
    }
}

static void free_values(const LayoutSection *section, gpointer object)
{
    for (const LayoutKey *key = section->keys; key->name; key++)
        free_value(key, object);
}

static void layout_free(gpointer data)
{
    Layout *layout = data;

    if (!layout)
        return;
    for (const LayoutSection *section = layout_sections(); section->kind; section++) {
        GArray *array = section->array ? *(GArray **)((char *)layout + section->array) : NULL;

        if (!section->array)
            free_values(section, layout);
        for (guint i = 0; array && i < array->len; i++) {
            gpointer element = array->data + i * section->size;

            free_values(section, element);
            g_free(*(char **)element);
        }
        if (array)
            g_array_unref(array);
    }
    g_free(layout->id);
    g_free(layout->path);
    g_free(layout->sha256);
    g_free(layout);
}

/* ---- files ---- */

/* Put the layouts that `ini` starts from under it; FALSE if one cannot be read. */
static gboolean add_bases(Ini *ini, guint depth, LayoutLocator locate, gpointer data,
                          Findings *findings, GError **error)
{
    const IniSection *section = ini_section(ini, "layout", NULL);
    const IniEntry *entry = section ? ini_entry(section, "base") : NULL;
    Place place = { 0 };
    g_autofree char *path = entry && locate ? locate(entry->value, data) : NULL;
    Ini *base;

    if (!entry)
        return TRUE;
    place = ini_place(ini, entry, 0);
    if (!path || depth == BASES_LIMIT) {
        findings_add(findings, SEVERITY_ERROR, &place,
                     path ? "too many layouts on top of one another: \"%s\""
                          : "there is no layout \"%s\"",
                     entry->value);
        return TRUE;
    }
    base = ini_load(path, findings, error);
    if (!base || !add_bases(base, depth + 1, locate, data, findings, error)) {
        ini_free(base);
        return FALSE;
    }
    ini_merge(ini, base);
    return TRUE;
}

static char *id_of(const char *path)
{
    char *id = g_path_get_basename(path);

    if (g_str_has_suffix(id, ".ini"))
        id[strlen(id) - strlen(".ini")] = '\0';
    return id;
}

static Layout *layout_new(const char *path)
{
    Layout *layout = g_new0(Layout, 1);

    layout->id = id_of(path);
    layout->path = g_strdup(path);
    for (const LayoutSection *section = layout_sections(); section->kind; section++)
        if (section->array)
            *(GArray **)((char *)layout + section->array) =
                g_array_new(FALSE, TRUE, (guint)section->size);
    return layout;
}

static void check_whole(const Reading *reading, Layout *layout)
{
    Place place = { .file = reading->ini->path, .line = 1 };

    if (!ini_section(reading->ini, "layout", NULL))
        finding_hint(findings_add(reading->findings, SEVERITY_ERROR, &place,
                                  "the file has no section [layout]"),
                     "expected [layout] with format = 1 and title");
    for (guint i = 0; i < layout->drops->len; i++) {
        LayoutDrop *drop = &g_array_index(layout->drops, LayoutDrop, i);

        const IniSection *section = ini_section(reading->ini, "drop", drop->id);

        drop->has_below = drop->below > 0;
        if (section)
            place = ini_section_place(reading->ini, section);
        if (!drop->blank && !drop->filled && !drop->is && !drop->has && !drop->has_below)
            findings_add(reading->findings, SEVERITY_ERROR, &place,
                         "[drop %s] says of no row that it is left out", drop->id);
    }
}

gboolean layouts_load(Layouts *layouts, const char *path, LayoutLocator locate, gpointer data,
                      Findings *findings, GError **error)
{
    guint errors = findings_of(findings, SEVERITY_ERROR);
    g_autoptr(Ini) ini = ini_load(path, findings, error);
    Reading reading = { ini, findings };
    Layout *layout;

    if (!ini || !add_bases(ini, 0, locate, data, findings, error))
        return FALSE;
    layout = layout_new(path);
    layout->sha256 = ini_hashes(ini);
    for (guint i = 0; i < ini->sections->len; i++)
        read_section(&reading, ini->sections->pdata[i], layout);
    check_whole(&reading, layout);
    if (findings_of(findings, SEVERITY_ERROR) > errors) {
        layout_free(layout);
        return FALSE;
    }
    if (layouts_find(layouts, layout->id) || layouts->all->len == LAYOUTS_LIMIT)
        layout_free(layout);
    else
        g_ptr_array_add(layouts->all, layout);
    return TRUE;
}

Layouts *layouts_new(void)
{
    Layouts *layouts = g_new(Layouts, 1);

    layouts->all = g_ptr_array_new_with_free_func(layout_free);
    return layouts;
}

void layouts_free(Layouts *layouts)
{
    if (!layouts)
        return;
    g_ptr_array_unref(layouts->all);
    g_free(layouts);
}

guint layouts_count(const Layouts *layouts)
{
    return layouts->all->len;
}

const Layout *layouts_at(const Layouts *layouts, guint index)
{
    return g_ptr_array_index(layouts->all, index);
}

const Layout *layout_plain(void)
{
    static const Layout plain = { .id = (char *)"table", .strict = TRUE };

    return &plain;
}

const Layout *layouts_find(const Layouts *layouts, const char *id)
{
    for (guint i = 0; i < layouts->all->len; i++)
        if (strcmp(layouts_at(layouts, i)->id, id) == 0)
            return layouts_at(layouts, i);
    return NULL;
}

const char *layouts_nearest(const Layouts *layouts, const char *id)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (guint i = 0; i < layouts->all->len; i++)
        g_ptr_array_add(ids, layouts_at(layouts, i)->id);
    g_ptr_array_add(ids, NULL);
    return text_nearest(id, (const char *const *)ids->pdata);
}

gboolean layout_names(char *const *names, const char *folded)
{
    for (; names && *names; names++)
        if (layout_mask_match(*names, folded))
            return TRUE;
    return FALSE;
}
