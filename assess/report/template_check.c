#include "report/template_check.h"

#include <string.h>

#include "base/text.h"
#include "page/logo.h"
#include "report/story.h"
#include "report/template_schema.h"

enum { LEAST_WIDTH = 300, LEAST_HEIGHT = 300 }; /* points for the text of a page */

typedef struct {
    const Ini *ini;
    GHashTable *vocabulary;
    Findings *findings;
} Checking;

static char *section_name(const IniSection *section)
{
    return section->name ? g_strdup_printf("%s %s", section->kind, section->name)
                         : g_strdup(section->kind);
}

static void add_words(const IniSection *section, GHashTable *vocabulary)
{
    g_autofree char *name = section_name(section);

    for (guint k = 0; k < section->entries->len; k++) {
        const IniEntry *entry = section->entries->pdata[k];
        char *word = g_strjoin("\n", name, entry->key, NULL);

        if (entry->language && g_hash_table_contains(vocabulary, word))
            g_free(word);
        else
            g_hash_table_replace(vocabulary, word, g_strdup(entry->value));
    }
}

void template_add_words(const Ini *ini, const char *section, GHashTable *vocabulary)
{
    const IniSection *found = ini_section(ini, section, NULL);

    if (found)
        add_words(found, vocabulary);
}

GHashTable *template_vocabulary(const Ini *ini)
{
    GHashTable *vocabulary = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < ini->sections->len; i++)
        add_words(ini->sections->pdata[i], vocabulary);
    return vocabulary;
}

/* ---- faults ---- */

static Finding *key_fault(const Checking *checking, const IniEntry *entry, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static Finding *key_fault(const Checking *checking, const IniEntry *entry, const char *format, ...)
{
    g_autofree char *message = NULL;
    Place place = ini_key_place(checking->ini, entry);
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(checking->findings, SEVERITY_ERROR, &place, "%s", message);
}

static Finding *value_fault(const Checking *checking, const IniEntry *entry, gsize offset,
                            gsize length, const char *message)
{
    Place place = ini_place(checking->ini, entry, offset);

    place.width = (guint)g_utf8_strlen(entry->value + offset, (gssize)length);
    return findings_add(checking->findings, SEVERITY_ERROR, &place, "%s", message);
}

static void hint_nearest(Finding *finding, const char *nearest, const char *format)
{
    g_auto(GStrv) parts = nearest ? g_strsplit(format, "*", 2) : NULL;

    if (parts)
        finding_hint(finding, "did you mean %s%s%s?", parts[0], nearest, parts[1]);
}

/* ---- places to be filled ---- */

static char *names_in(const char *text)
{
    GString *names = g_string_new(" ");

    for (const char *at = text; *at; at++) {
        gsize length = wording_place(at);

        if (length)
            g_string_append_printf(names, "%.*s ", (int)length - 2, at + 1);
    }
    return g_string_free(names, FALSE);
}

/* `places`: names with blanks around each. */
static void check_places(const Checking *checking, const IniEntry *entry, const char *places)
{
    for (const char *at = entry->value; *at; at++) {
        gsize length = wording_place(at);
        g_autofree char *name = length ? g_strndup(at + 1, length - 2) : NULL;
        g_autofree char *wanted = name ? g_strdup_printf(" %s ", name) : NULL;
        g_autofree char *message =
            name ? g_strdup_printf("nothing is filled in for {%s}", name) : NULL;
        g_auto(GStrv) known = NULL;
        g_autofree char *list = NULL;
        Finding *finding;

        if (!name || strstr(places, wanted))
            continue;
        finding = value_fault(checking, entry, (gsize)(at - entry->value), length, message);
        list = g_strstrip(g_strdup(places));
        known = g_strsplit(list, " ", -1);
        g_free(list);
        list = g_strjoinv("}, {", known);
        if (*list)
            finding_hint(finding, "expected {%s}", list);
    }
}

/* ---- values ---- */

/* A report tells of one company or of many. */
static void check_sort(const Checking *checking, const IniEntry *entry, const char *name,
                       gsize offset, int *first)
{
    int chapter = story_chapter(name);
    g_autofree char *message = NULL;

    if (strcmp(name, "page_break") == 0)
        return;
    if (*first < 0)
        *first = chapter;
    if (!story_chapters()[*first].tell == !story_chapters()[chapter].tell)
        return;
    message = g_strdup_printf("block \"%s\" is of a report about %s, \"%s\" of one about %s", name,
                              story_chapters()[chapter].tell ? "one company" : "a cohort",
                              story_chapters()[*first].name,
                              story_chapters()[*first].tell ? "one company" : "a cohort");
    value_fault(checking, entry, offset, strlen(name), message);
}

static void check_block(const Checking *checking, const IniEntry *entry, const char *name,
                        gsize offset)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    g_autofree char *message = g_strdup_printf("unknown block \"%s\"", name);

    for (const Chapter *chapter = story_chapters(); chapter->name; chapter++)
        g_ptr_array_add(known, (gpointer)chapter->name);
    g_ptr_array_add(known, NULL);
    hint_nearest(value_fault(checking, entry, offset, strlen(name), message),
                 text_nearest(name, (const char *const *)known->pdata), "\"*\"");
}

static void check_blocks(const Checking *checking, const IniEntry *entry)
{
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) names = ini_list(entry, &offsets);
    int first = -1;

    if (!*entry->value) {
        key_fault(checking, entry, "[report] names no blocks");
        return;
    }
    for (guint i = 0; names[i]; i++) {
        gsize offset = g_array_index(offsets, gsize, i);

        if (story_chapter(names[i]) < 0)
            check_block(checking, entry, names[i], offset);
        else
            check_sort(checking, entry, names[i], offset, &first);
    }
}

static void check_image(const Checking *checking, const IniEntry *entry)
{
    g_autofree char *path = template_image_path(entry);
    g_autofree char *fault = NULL;
    Logo *logo = *entry->value ? logo_load(path, &fault) : NULL;

    if (fault) {
        g_autofree char *message = g_strdup_printf("logo \"%s\" %s", entry->value, fault);

        value_fault(checking, entry, 0, strlen(entry->value), message);
    }
    logo_free(logo);
}

static gboolean is_value(const Checking *checking, const TemplateKey *key, const IniEntry *entry)
{
    static const char *const answers[] = { "yes", "no", NULL };
    PageSize page;
    Colour colour;
    TextStyle style;
    double points;

    switch (key->type) {
    case TEMPLATE_YESNO:
        return g_strv_contains(answers, entry->value);
    case TEMPLATE_SIZE:
        return theme_read_size(entry->value, &page);
    case TEMPLATE_POINTS:
        return theme_read_points(entry->value, key->least, key->most, &points);
    case TEMPLATE_COLOUR:
        return theme_read_colour(entry->value, &colour);
    case TEMPLATE_STYLE:
        return theme_read_style(entry->value, NULL, &style);
    case TEMPLATE_BLOCKS:
        check_blocks(checking, entry);
        return TRUE;
    case TEMPLATE_IMAGE:
        check_image(checking, entry);
        return TRUE;
    default:
        return TRUE;
    }
}

static void check_value(const Checking *checking, const TemplateKey *key, const IniEntry *entry)
{
    g_autofree char *message = NULL, *expected = NULL;

    if (key->type == TEMPLATE_TEXT) {
        check_places(checking, entry, key->places ? key->places : "");
        return;
    }
    if (entry->language) {
        key_fault(checking, entry, "\"%s\" is no text that could be translated", entry->key);
        return;
    }
    if (is_value(checking, key, entry))
        return;
    expected = template_expected(key);
    message = g_strdup_printf("%s = \"%s\": expected %s", entry->key, entry->value, expected);
    value_fault(checking, entry, 0, strlen(entry->value), message);
}

/* ---- keys and sections ---- */

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *nearest_word(const Checking *checking, const char *section, const char *key)
{
    g_autofree char *prefix = g_strconcat(section, "\n", NULL);
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    GHashTableIter iter;
    gpointer word;

    g_hash_table_iter_init(&iter, checking->vocabulary);
    while (g_hash_table_iter_next(&iter, &word, NULL))
        if (g_str_has_prefix(word, prefix))
            g_ptr_array_add(known, (char *)word + strlen(prefix));
    g_ptr_array_sort(known, by_name);
    g_ptr_array_add(known, NULL);
    return text_nearest(key, (const char *const *)known->pdata);
}

/* A word must be one that the template below knows, and hold no more places than there. */
static void check_word(const Checking *checking, const char *section, const IniEntry *entry)
{
    g_autofree char *word = g_strjoin("\n", section, entry->key, NULL);
    const char *below = g_hash_table_lookup(checking->vocabulary, word);
    g_autofree char *places = below ? names_in(below) : NULL;

    if (below)
        check_places(checking, entry, places);
    else
        hint_nearest(key_fault(checking, entry, "unknown word \"%s\" in [%s]", entry->key, section),
                     nearest_word(checking, section, entry->key), "\"*\"");
}

/* A figure of peers stands in one of the columns that [references] names. */
static void check_figure(const Checking *checking, const IniEntry *entry)
{
    const IniSection *head = ini_section(checking->ini, "references", NULL);
    const IniEntry *columns = head ? ini_entry(head, "columns") : NULL;
    g_auto(GStrv) names = columns ? ini_list(columns, NULL) : NULL;

    if (names && !g_strv_contains((const char *const *)names, entry->key))
        hint_nearest(key_fault(checking, entry, "no column \"%s\" in [references]", entry->key),
                     text_nearest(entry->key, (const char *const *)names), "\"*\"");
}

static void check_key(const Checking *checking, const TemplateSection *schema, const char *name,
                      const IniEntry *entry)
{
    const TemplateKey *key = template_key(schema, entry->key);

    if (entry->is_broken)
        return;
    if (entry->language && strcmp(entry->language, "zh") != 0)
        finding_hint(key_fault(checking, entry, "unknown language \"%s\"", entry->language),
                     "expected \"%s\" or \"%s[zh]\"", entry->key, entry->key);
    else if (schema->form == TEMPLATE_FIGURES)
        check_figure(checking, entry);
    else if (schema->form != TEMPLATE_KEYS)
        check_word(checking, name, entry);
    else if (key)
        check_value(checking, key, entry);
    else
        hint_nearest(key_fault(checking, entry, "unknown key \"%s\" in [%s]", entry->key, name),
                     template_nearest_key(schema, entry->key), "\"*\"");
}

static gboolean has_name(TemplateForm form)
{
    return form == TEMPLATE_FIGURES || form == TEMPLATE_MESSAGES;
}

/* Messages are those that the template below has. */
static gboolean is_message(const Checking *checking, const char *section)
{
    g_autofree char *word = g_strconcat(section, "\ntext", NULL);

    return g_hash_table_contains(checking->vocabulary, word);
}

static const char *nearest_message(const Checking *checking, const char *section)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
    const char *nearest = NULL;
    GHashTableIter iter;
    gpointer word;

    g_hash_table_iter_init(&iter, checking->vocabulary);
    while (g_hash_table_iter_next(&iter, &word, NULL))
        if (g_str_has_prefix(word, "finding "))
            g_ptr_array_add(known, g_strndup(word, strcspn(word, "\n")));
    g_ptr_array_sort(known, by_name);
    g_ptr_array_add(known, NULL);
    nearest = text_nearest(section, (const char *const *)known->pdata);
    return nearest ? g_intern_string(nearest) : NULL;
}

static void check_section(const Checking *checking, const IniSection *section)
{
    const TemplateSection *schema = template_section(section->kind);
    g_autofree char *name = section_name(section);
    Place place = ini_section_place(checking->ini, section);

    if (section->is_broken)
        return;
    if (!schema || has_name(schema->form) != (section->name != NULL)) {
        hint_nearest(
            findings_add(checking->findings, SEVERITY_ERROR, &place, "unknown section [%s]", name),
            schema ? NULL : template_nearest_section(section->kind), "[*]");
        return;
    }
    if (schema->form == TEMPLATE_MESSAGES && !is_message(checking, name)) {
        hint_nearest(
            findings_add(checking->findings, SEVERITY_ERROR, &place, "unknown section [%s]", name),
            nearest_message(checking, name), "[*]");
        return;
    }
    for (guint i = 0; i < section->entries->len; i++)
        check_key(checking, schema, name, section->entries->pdata[i]);
}

/* ---- what is missing ---- */

static gboolean is_needed(const TemplateKey *key)
{
    return key->type == TEMPLATE_BLOCKS || key->type == TEMPLATE_SIZE ||
           key->type == TEMPLATE_POINTS || key->type == TEMPLATE_COLOUR ||
           key->type == TEMPLATE_STYLE;
}

/* One finding for a section, whatever it lacks. */
static void tell_missing(const Checking *checking, const char *name, const GPtrArray *missing)
{
    const IniSection *section = ini_section(checking->ini, name, NULL);
    Place place = section ? ini_section_place(checking->ini, section)
                  : checking->ini->sections->len > 0
                      ? ini_section_place(checking->ini, checking->ini->sections->pdata[0])
                      : (Place){ .file = checking->ini->path };
    Finding *finding;

    if (missing->len == 0)
        return;
    if (missing->len == 1)
        finding = findings_add(checking->findings, SEVERITY_ERROR, &place, "[%s] lacks \"%s\"",
                               name, (char *)missing->pdata[0]);
    else
        finding = findings_add(checking->findings, SEVERITY_ERROR, &place,
                               "[%s] lacks \"%s\" and %u more", name, (char *)missing->pdata[0],
                               missing->len - 1);
    finding_hint(finding, "\"base = " TEMPLATE_DEFAULT "\" in [report] brings what is not given");
}

static void check_whole(const Checking *checking, const TemplateSection *schema)
{
    const IniSection *section = ini_section(checking->ini, schema->kind, NULL);
    g_autofree char *prefix = g_strconcat(schema->kind, "\n", NULL);
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    GHashTableIter iter;
    gpointer word;

    if (section && section->is_torn)
        return;
    for (const TemplateKey *key = schema->keys; key && key->name; key++)
        if (is_needed(key) && !(section && ini_entry(section, key->name)))
            g_ptr_array_add(missing, (gpointer)key->name);
    g_hash_table_iter_init(&iter, checking->vocabulary);
    while (schema->form == TEMPLATE_WORDS && g_hash_table_iter_next(&iter, &word, NULL))
        if (g_str_has_prefix(word, prefix) &&
            !(section && ini_entry(section, (char *)word + strlen(prefix))))
            g_ptr_array_add(missing, (char *)word + strlen(prefix));
    g_ptr_array_sort(missing, by_name);
    tell_missing(checking, schema->kind, missing);
}

/* ---- translations ---- */

static const IniEntry *translation_of_entry(const IniSection *section, const IniEntry *plain)
{
    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = section->entries->pdata[i];

        if (entry->language && strcmp(entry->key, plain->key) == 0)
            return entry;
    }
    return NULL;
}

/* A text that is said anew here, and in Chinese still as the template below has it. */
static void check_translation(const Checking *checking, const IniSection *section,
                              const IniEntry *entry)
{
    const IniEntry *other = entry->language ? NULL : translation_of_entry(section, entry);
    Place place = ini_key_place(checking->ini, entry);

    if (other && strcmp(entry->file, checking->ini->path) == 0 &&
        strcmp(other->file, entry->file) != 0)
        finding_hint(findings_add(checking->findings, SEVERITY_WARNING, &place,
                                  "the Chinese text of \"%s\" is still that of the base",
                                  entry->key),
                     "add \"%s[zh]\"", entry->key);
}

/* What the margins leave must hold a line of text. */
static void check_room(const Checking *checking)
{
    const IniSection *page = ini_section(checking->ini, "page", NULL);
    PageSize size = { 0 };
    const struct {
        const char *key;
        double *points;
    } sides[] = { { "left", &size.left },
                  { "right", &size.right },
                  { "top", &size.top },
                  { "bottom", &size.bottom } };
    Place place;

    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        const char *value = page ? ini_value(page, sides[i].key) : NULL;

        if (!value || !theme_read_points(value, 0, G_MAXDOUBLE, sides[i].points))
            return;
    }
    if (!ini_value(page, "size") || !theme_read_size(ini_value(page, "size"), &size))
        return;
    place = ini_section_place(checking->ini, page);
    if (size.width - size.left - size.right < LEAST_WIDTH ||
        size.height - size.top - size.bottom < LEAST_HEIGHT)
        findings_add(checking->findings, SEVERITY_ERROR, &place,
                     "the margins leave %g x %g points of the page, at least %d x %d are needed",
                     size.width - size.left - size.right, size.height - size.top - size.bottom,
                     LEAST_WIDTH, LEAST_HEIGHT);
}

void template_check(const Ini *ini, GHashTable *vocabulary, Findings *findings)
{
    const Checking checking = { ini, vocabulary, findings };

    for (guint i = 0; i < ini->sections->len; i++) {
        const IniSection *section = ini->sections->pdata[i];

        check_section(&checking, section);
        for (guint k = 0; k < section->entries->len; k++)
            check_translation(&checking, section, section->entries->pdata[k]);
    }
    check_room(&checking);
    if (ini->is_cut)
        return;
    for (const TemplateSection *schema = template_sections(); schema->kind; schema++)
        check_whole(&checking, schema);
}
