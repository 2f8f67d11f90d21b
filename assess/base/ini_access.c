/* Looking things up in a loaded INI file, and saying where they stand. */
#include <string.h>

#include "base/ini.h"
#include "base/ini_scan.h"

const IniSection *ini_section(const Ini *ini, const char *kind, const char *name)
{
    g_autofree char *head = ini_head(kind, name);
    g_autofree char *folded = g_ascii_strdown(head, -1);
    const IniSection *section = g_hash_table_lookup(ini->index, folded);

    if (!section || !g_str_equal(section->kind, kind) || g_strcmp0(section->name, name) != 0)
        return NULL;
    return section;
}

static IniEntry *find_entry(const IniSection *section, const char *key, const char *language,
                            guint *index)
{
    for (guint i = 0; i < section->entries->len; i++) {
        IniEntry *entry = g_ptr_array_index(section->entries, i);

        if (g_str_equal(entry->key, key) && g_strcmp0(entry->language, language) == 0) {
            if (index)
                *index = i;
            return entry;
        }
    }
    return NULL;
}

const IniEntry *ini_entry(const IniSection *section, const char *key)
{
    return find_entry(section, key, NULL, NULL);
}

const char *ini_value(const IniSection *section, const char *key)
{
    const IniEntry *entry = ini_entry(section, key);

    return entry ? entry->value : NULL;
}

/* ---- places ---- */

/* The line of a file of this text or of one of those merged into it; NULL if there is none fit to
 * show. */
static const char *source_line(const Ini *ini, const char *file, guint line)
{
    if (ini->path == file) {
        const char *text =
            line >= 1 && line <= ini->lines->len ? g_ptr_array_index(ini->lines, line - 1) : NULL;

        return text && strlen(text) <= INI_LINE_LIMIT ? text : NULL;
    }
    for (guint i = 0; i < ini->bases->len; i++) {
        const char *text = source_line(g_ptr_array_index(ini->bases, i), file, line);

        if (text)
            return text;
    }
    return NULL;
}

/* Characters of a part as written that stand for its first `bytes` bytes as read. */
static guint written_width(const char *written, gsize bytes, gboolean quoted)
{
    guint width = 0;

    while (bytes > 0 && *written) {
        const gsize step = (gsize)(g_utf8_next_char(written) - written);

        if (quoted && (g_str_has_prefix(written, "\\n") || g_str_has_prefix(written, "''"))) {
            written += 2;
            width += 2;
            bytes--;
            continue;
        }
        written += step;
        width++;
        bytes -= MIN(bytes, step);
    }
    return width;
}

Place ini_place(const Ini *ini, const IniEntry *entry, gsize offset)
{
    const IniPart *part = &g_array_index(entry->parts, IniPart, 0);
    Place place = { .file = entry->file };

    for (guint i = 1; i < entry->parts->len; i++) {
        const IniPart *next = &g_array_index(entry->parts, IniPart, i);

        if (next->offset > offset)
            break;
        part = next;
    }
    place.line = part->line;
    place.column = part->column;
    place.excerpt = source_line(ini, entry->file, part->line);
    if (place.excerpt)
        place.column += written_width(g_utf8_offset_to_pointer(place.excerpt, part->column - 1),
                                      offset - part->offset, part->quoted);
    return place;
}

Place ini_key_place(const Ini *ini, const IniEntry *entry)
{
    return (Place){ .file = entry->file,
                    .line = entry->line,
                    .column = entry->column,
                    .width = (guint)g_utf8_strlen(entry->key, -1),
                    .excerpt = source_line(ini, entry->file, entry->line) };
}

Place ini_section_place(const Ini *ini, const IniSection *section)
{
    g_autofree char *head = ini_head(section->kind, section->name);

    return (Place){ .file = section->file,
                    .line = section->line,
                    .column = section->column,
                    .width = (guint)g_utf8_strlen(head, -1) + 2,
                    .excerpt = source_line(ini, section->file, section->line) };
}

Place ini_name_place(const Ini *ini, const IniSection *section)
{
    Place place = ini_section_place(ini, section);

    place.column = section->name_column;
    place.width = (guint)g_utf8_strlen(section->name ? section->name : section->kind, -1);
    return place;
}

/* ---- lists ---- */

static void add_items(GPtrArray *items, GArray *starts, const char *value, gsize from, gsize to)
{
    while (from <= to) {
        const char *comma = memchr(value + from, ',', to - from);
        const gsize next = comma ? (gsize)(comma - value) : to;
        gsize start = from, end = next;

        while (start < end && g_ascii_isspace(value[start]))
            start++;
        while (end > start && g_ascii_isspace(value[end - 1]))
            end--;
        g_ptr_array_add(items, g_strndup(value + start, end - start));
        g_array_append_val(starts, start);
        from = next + 1;
    }
}

char **ini_list(const IniEntry *entry, GArray **offsets)
{
    GPtrArray *items = g_ptr_array_new();
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    const gsize length = strlen(entry->value);

    for (guint i = 0; i < entry->parts->len; i++) {
        const gsize from = g_array_index(entry->parts, IniPart, i).offset;
        const gsize to =
            i + 1 < entry->parts->len ? g_array_index(entry->parts, IniPart, i + 1).offset : length;

        add_items(items, starts, entry->value, from, to);
    }
    g_ptr_array_add(items, NULL);
    if (offsets)
        *offsets = g_steal_pointer(&starts);
    return (char **)g_ptr_array_free(items, FALSE);
}

/* ---- merging ---- */

/* Move the entries of `over` into `base`, each in the place of the one it replaces. */
static void merge_sections(IniSection *base, IniSection *over)
{
    for (guint i = 0; i < over->entries->len; i++) {
        IniEntry *entry = g_ptr_array_index(over->entries, i);
        guint index;

        if (find_entry(base, entry->key, entry->language, &index)) {
            ini_entry_free(g_ptr_array_index(base->entries, index));
            g_ptr_array_index(base->entries, index) = entry;
        } else {
            g_ptr_array_add(base->entries, entry);
        }
    }
    g_ptr_array_set_free_func(over->entries, NULL);
    base->file = over->file;
    base->line = over->line;
    base->column = over->column;
    base->name_column = over->name_column;
    base->is_broken |= over->is_broken;
    base->is_torn |= over->is_torn;
    base->is_mixed |= over->is_mixed;
}

void ini_merge(Ini *over, Ini *base)
{
    GPtrArray *sections = g_steal_pointer(&base->sections);

    for (guint i = 0; i < over->sections->len; i++) {
        IniSection *section = g_ptr_array_index(over->sections, i);
        g_autofree char *head = ini_head(section->kind, section->name);
        g_autofree char *folded = g_ascii_strdown(head, -1);
        IniSection *below = g_hash_table_lookup(base->index, folded);

        if (below) {
            merge_sections(below, section);
            ini_section_free(section);
        } else {
            g_ptr_array_add(sections, section);
            g_hash_table_insert(base->index, g_steal_pointer(&folded), section);
        }
    }
    g_ptr_array_set_free_func(over->sections, NULL);
    g_ptr_array_unref(over->sections);
    over->sections = sections;
    g_hash_table_unref(over->index);
    over->index = g_hash_table_ref(base->index);
    base->sections = g_ptr_array_new();
    g_ptr_array_add(over->bases, base);
}

static void append_hashes(const Ini *ini, GString *text)
{
    g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "", ini->sha256);
    for (guint i = 0; i < ini->bases->len; i++)
        append_hashes(ini->bases->pdata[i], text);
}

char *ini_hashes(const Ini *ini)
{
    GString *text = g_string_new(NULL);

    append_hashes(ini, text);
    return g_string_free(text, FALSE);
}
