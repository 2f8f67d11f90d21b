/* The form of a rubric file against the schema: sections, keys, and what every value must look like
 * by itself. */
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "rubric/edition.h"
#include "rubric/loading.h"

static gboolean is_reference(const char *text)
{
    const char *at = strchr(text, '@');
    g_autofree char *id = at ? g_strndup(text, (gsize)(at - text)) : NULL;

    return id && text_is_id(id) && edition_is_valid(at + 1);
}

/* An id, with or without an edition. */
static gboolean is_rubric(const char *text)
{
    return strchr(text, '@') ? is_reference(text) : text_is_id(text);
}

/* ---- one value ---- */

static void check_number(Loading *loading, const IniEntry *entry, const char *text, gsize offset,
                         gboolean is_free)
{
    Rational value;
    const DecimalFault fault = rational_parse(text, &value);

    if (fault == DECIMAL_TOO_LONG)
        value_fault(
            loading, entry, offset, strlen(text),
            "\"%s\" has too many digits, expected at most 12 before the point and 6 after it",
            text);
    else if (fault == DECIMAL_NOT_A_NUMBER)
        value_fault(loading, entry, offset, strlen(text),
                    "\"%s\" is not a number, expected one such as 0.5", text);
    else if (!is_free && rational_sign(value) < 0)
        value_fault(loading, entry, offset, strlen(text),
                    "\"%s\" of \"%s\" is negative, expected 0 or more", text, entry->key);
}

static void check_list(Loading *loading, const IniEntry *entry, const SchemaKey *key)
{
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) items = ini_list(entry, &offsets);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; items[i]; i++) {
        const gsize offset = g_array_index(offsets, gsize, i);

        if (*items[i] == '\0')
            value_fault(loading, entry, offset, 1, "empty item %u in \"%s\"", i + 1, entry->key);
        else if (key->type == VALUE_NUMBERS)
            check_number(loading, entry, items[i], offset, TRUE);
        else if (!g_hash_table_add(seen, items[i]))
            value_fault(loading, entry, offset, strlen(items[i]), "\"%s\" stands twice in \"%s\"",
                        items[i], entry->key);
        else if (key->type == VALUE_RUBRICS && !is_rubric(items[i]))
            value_fault(loading, entry, offset, strlen(items[i]),
                        "\"%s\" is no rubric, expected an id or id@edition", items[i]);
    }
}

static gboolean value_fits(const IniEntry *entry, const SchemaKey *key)
{
    Rational value;
    gint32 day;

    switch (key->type) {
    case VALUE_RATIO:
        return read_ratio(entry, &value);
    case VALUE_YESNO:
        return g_str_equal(entry->value, "yes") || g_str_equal(entry->value, "no");
    case VALUE_WORD:
        return g_strv_contains(key->words, entry->value);
    case VALUE_DATE:
        return date_parse(entry->value, &day);
    case VALUE_EDITION:
        return edition_is_valid(entry->value);
    case VALUE_REFERENCE:
        return is_reference(entry->value);
    case VALUE_FORMAT:
        return g_str_equal(entry->value, "1");
    default:
        return TRUE;
    }
}

static void check_word(Loading *loading, const IniEntry *entry, const SchemaKey *key)
{
    g_autofree char *expected = schema_expected(key);
    const char *near = NULL;
    Finding *finding;

    if (value_fits(entry, key))
        return;
    finding = value_fault(loading, entry, 0, 0, "%s = \"%s\", expected %s", entry->key,
                          entry->value, expected);
    if (finding && key->type == VALUE_WORD)
        near = text_nearest(entry->value, key->words);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

/* Whether a `;` or `#` stands apart from the text before it, as a comment in a column of its own
 * does. */
static gboolean stands_apart(const char *mark)
{
    return mark[-1] == '\t' || mark[-2] == ' ' || mark[-2] == '\t' || mark[-2] == '=';
}

/* A text with `;` or `#` stands in double quotes. After a text without quotes, a comment keeps two
 * blanks away: with one, it may have been meant as text. */
static void check_comment(Loading *loading, const IniEntry *entry)
{
    for (guint i = 0; i < entry->parts->len; i++) {
        const IniPart *part = &g_array_index(entry->parts, IniPart, i);
        Place place = ini_place(loading->ini, entry, part->offset);
        const char *mark;

        if (part->comment == 0)
            continue;
        mark = g_utf8_offset_to_pointer(place.excerpt, part->comment - 1);
        if (stands_apart(mark))
            continue;
        place.column = part->comment;
        place.width = 1;
        finding_hint(findings_add(loading->findings, SEVERITY_ERROR, &place,
                                  "unquoted \"%c\" cuts the text of \"%s\" off", *mark, entry->key),
                     "put the text in double quotes; before a comment put two blanks");
    }
}

static gboolean is_text(const SchemaKey *key)
{
    return key->type == VALUE_TEXT || key->type == VALUE_STRING;
}

static gboolean goes_on(const SchemaKey *key)
{
    return is_text(key) || key->type == VALUE_CONDITION || key->type == VALUE_IDS ||
           key->type == VALUE_NUMBERS || key->type == VALUE_RAISES || key->type == VALUE_RUBRICS ||
           key->type == VALUE_ANSWER;
}

static void check_value(Loading *loading, const IniEntry *entry, const SchemaKey *key)
{
    if (entry->is_broken)
        return;
    if (entry->parts->len > 1 && !goes_on(key)) {
        key_fault(loading, entry, "\"%s\" goes on in \"%s.2\", expected one line", entry->key,
                  entry->key);
        return;
    }
    if (is_text(key)) {
        check_comment(loading, entry);
        return;
    }
    if (*entry->value == '\0') {
        g_autofree char *expected = schema_expected(key);

        if (key->type != VALUE_ANSWER)
            key_fault(loading, entry, "\"%s\" is empty, expected %s", entry->key, expected);
        return;
    }
    if (key->type == VALUE_IDS || key->type == VALUE_NUMBERS || key->type == VALUE_RAISES ||
        key->type == VALUE_RUBRICS)
        check_list(loading, entry, key);
    else if (key->type == VALUE_NUMBER || key->type == VALUE_POSITIVE)
        check_number(loading, entry, entry->value, 0, key->type == VALUE_NUMBER);
    else
        check_word(loading, entry, key);
}

/* ---- keys ---- */

/* Several keys that are near to none of the section's are those of a section whose head is missing:
 * one fault. */
static void check_unknown_key(Loading *loading, const SchemaSection *schema,
                              const IniSection *section, const IniEntry *entry)
{
    g_autofree char *mark = g_strdup_printf("%p:keys", (const void *)section);
    const char *near = schema_nearest_key(schema, entry->key);
    Finding *finding;

    if (!near && is_told_before(loading, mark, entry->line)) {
        loading->has_lost_name = TRUE;
        return;
    }
    finding = key_fault(loading, entry, "unknown key \"%s\" in [%s]", entry->key, schema->kind);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        remember_told(loading, mark, finding);
}

static void check_entry(Loading *loading, const SchemaSection *schema, const IniSection *section,
                        const IniEntry *entry)
{
    const SchemaKey *key = schema_key(schema, entry->key);

    if (!key) {
        check_unknown_key(loading, schema, section, entry);
        return;
    }
    if (entry->language && key->type != VALUE_TEXT)
        key_fault(loading, entry, "\"%s[%s]\" is not a text, it has no translation", entry->key,
                  entry->language);
    else
        check_value(loading, entry, key);
}

static void check_required(Loading *loading, const SchemaSection *schema, const IniSection *section)
{
    g_autofree char *head = section->name ? g_strdup_printf("%s %s", section->kind, section->name)
                                          : g_strdup(section->kind);

    for (const SchemaKey *key = schema->keys; key->name; key++) {
        const IniEntry *entry = key->is_required ? ini_entry(section, key->name) : NULL;
        /* What names a rubric is not taken over from its base. */
        const gboolean is_own = g_str_equal(key->name, "id") || g_str_equal(key->name, "edition");
        Place place;

        if (!key->is_required || (entry && (!is_own || entry->file == loading->ini->path)) ||
            ((!entry || is_own) && is_hidden(section, key->name)))
            continue;
        place = ini_section_place(loading->ini, section);
        findings_add(loading->findings, SEVERITY_ERROR, &place, "[%s] has no \"%s\": %s", head,
                     key->name, key->help);
    }
}

/* ---- sections ---- */

/* The kind that a head such as [questionplan] begins with, or the nearest one; NULL if none. */
static const char *kind_meant(const IniSection *section, const char **name)
{
    *name = section->name;
    for (const SchemaSection *schema = schema_sections(); schema->kind; schema++) {
        if (section->name || schema->name == SECTION_PLAIN ||
            !g_str_has_prefix(section->kind, schema->kind))
            continue;
        *name = section->kind + strlen(schema->kind);
        *name += strspn(*name, "_-.");
        return schema->kind;
    }
    return schema_nearest_section(section->kind);
}

/* A name from a head that has a fault. */
static void guess_name(Loading *loading, const char *name)
{
    g_hash_table_add(loading->doubtful, g_strdup(name));
    g_ptr_array_add(loading->guesses, (gpointer)name);
}

static void check_unknown_section(Loading *loading, const IniSection *section)
{
    Place place = ini_section_place(loading->ini, section);
    const char *name = NULL;
    const char *near = kind_meant(section, &name);
    Finding *finding;

    if (name && *name)
        guess_name(loading, name);
    else
        loading->has_lost_name |= section->is_broken || near;
    if (section->is_broken)
        return;
    finding =
        findings_add(loading->findings, SEVERITY_ERROR, &place, "unknown section [%s%s%s]",
                     section->kind, section->name ? " " : "", section->name ? section->name : "");
    if (near)
        finding_hint(finding, "did you mean [%s%s%s]?", near, name ? " " : "", name ? name : "");
}

static void check_name(Loading *loading, const SchemaSection *schema, const IniSection *section)
{
    const char *name = section->name;
    const guint before = findings_count(loading->findings);

    if (section->is_broken)
        ;
    else if (schema->name == SECTION_PLAIN && name)
        name_fault(loading, section, "[%s] takes no name", schema->kind);
    else if (schema->name != SECTION_PLAIN && !name)
        name_fault(loading, section, "[%s] has no name, expected [%s %s]", schema->kind,
                   schema->kind, schema->name == SECTION_ID ? "ID" : "EDITION");
    else if (schema->name == SECTION_EDITION && !edition_is_valid(name))
        name_fault(
            loading, section,
            "\"%s\" is not an edition, expected a year, and further numbers after \".\" or \"-\"",
            name);
    else if (schema->name == SECTION_ID && !text_is_id(name))
        hint_text(name_fault(loading, section, "\"%s\" is not an id", name),
                  "an id has at most 64 of a-z, 0-9 and _, a letter first");
    else if (schema->name == SECTION_ID && schema_is_reserved(name))
        hint_text(name_fault(loading, section, "\"%s\" is reserved, it cannot be an id", name),
                  "it has a meaning of its own in conditions or cases");
    if (name && (section->is_broken || findings_count(loading->findings) > before))
        guess_name(loading, name);
}

void check_form(Loading *loading)
{
    const GPtrArray *sections = loading->ini->sections;

    for (guint i = 0; i < sections->len; i++) {
        const IniSection *section = g_ptr_array_index(sections, i);
        const SchemaSection *schema = schema_section(section->kind);

        if (!schema) {
            check_unknown_section(loading, section);
            continue;
        }
        check_name(loading, schema, section);
        for (guint j = 0; !section->is_mixed && j < section->entries->len; j++)
            check_entry(loading, schema, section, g_ptr_array_index(section->entries, j));
    }
}

/* Declarations that only a note can justify. */
static void check_notes(Loading *loading, const IniSection *section)
{
    static const struct {
        const char *key, *value, *why;
    } declared[] = {
        { "confirmed", "no", "say in \"note\" what is to be compared with the document" },
        { "na_raises", "yes", "say in \"note\" why who does without it may stand higher" },
        { "record", "yes", "say in \"note\" what it is asked for" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(declared); i++) {
        const IniEntry *entry = ini_entry(section, declared[i].key);
        const char *note = entry ? ini_value(section, "note") : NULL;

        if (entry && g_str_equal(entry->value, declared[i].value) && (!note || *note == '\0') &&
            !is_hidden(section, "note"))
            hint_text(value_fault(loading, entry, 0, 0, "\"%s = %s\" without a note",
                                  declared[i].key, declared[i].value),
                      declared[i].why);
    }
}

void check_sections(Loading *loading)
{
    const GPtrArray *sections = loading->ini->sections;
    gboolean head_in_doubt = loading->ini->has_stray;

    check_form(loading);
    for (guint i = 0; i < sections->len; i++) {
        const IniSection *section = g_ptr_array_index(sections, i);
        const SchemaSection *schema = schema_section(section->kind);

        head_in_doubt |= schema ? g_str_equal(section->kind, "rubric") : !section->name;
        if (!schema)
            continue;
        check_required(loading, schema, section);
        check_notes(loading, section);
    }
    if (!ini_section(loading->ini, "rubric", NULL) && !head_in_doubt) {
        const Place place = { .file = loading->ini->path };

        findings_add(loading->findings, SEVERITY_ERROR, &place, "no section [rubric]");
    }
}
