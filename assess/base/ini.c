#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create() */
#endif
#include "base/ini.h"

#include <iniparser/iniparser.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/ini_scan.h"

/* Lines given to iniparser at once: its dictionary is searched from end to end for every key. */
enum { CHUNK_LINES = 128 };

/* ---- lifecycle ---- */

void ini_entry_free(IniEntry *entry)
{
    g_free(entry->key);
    g_free(entry->language);
    g_free(entry->value);
    g_array_unref(entry->parts);
    g_free(entry);
}

static void entry_destroy(void *entry)
{
    ini_entry_free(entry);
}

IniSection *ini_section_new(const char *file)
{
    IniSection *section = g_new0(IniSection, 1);

    section->file = file;
    section->entries = g_ptr_array_new_with_free_func(entry_destroy);
    return section;
}

void ini_section_free(IniSection *section)
{
    g_free(section->kind);
    g_free(section->name);
    g_ptr_array_unref(section->entries);
    g_free(section);
}

char *ini_head(const char *kind, const char *name)
{
    return name ? g_strconcat(kind, " ", name, NULL) : g_strdup(kind);
}

static void section_destroy(void *section)
{
    ini_section_free(section);
}

static void ini_destroy(void *ini)
{
    ini_free(ini);
}

static Ini *ini_new(const char *path)
{
    Ini *ini = g_new0(Ini, 1);

    ini->path = g_strdup(path);
    ini->sections = g_ptr_array_new_with_free_func(section_destroy);
    ini->lines = g_ptr_array_new_with_free_func(g_free);
    ini->bases = g_ptr_array_new_with_free_func(ini_destroy);
    ini->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return ini;
}

void ini_free(Ini *ini)
{
    if (!ini)
        return;
    g_free(ini->path);
    g_free(ini->sha256);
    g_clear_pointer(&ini->bytes, g_bytes_unref);
    g_hash_table_unref(ini->index);
    g_ptr_array_unref(ini->sections);
    g_ptr_array_unref(ini->lines);
    g_ptr_array_unref(ini->bases);
    g_free(ini);
}

/* ---- values, by iniparser ---- */

/* The scan has told every fault, with its place. */
static int say_nothing(const char *format, ...)
{
    (void)format;
    return 0;
}

/* iniparser reads by path only: an anonymous file holds exactly the bytes that were scanned. */
static dictionary *load_text(const GString *text)
{
    const int file = memfd_create("ini", MFD_CLOEXEC);
    dictionary *loaded = NULL;

    if (file < 0)
        return NULL;
    if (file_write_all(file, text->str, text->len) == 0) {
        g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);

        iniparser_set_error_callback(say_nothing);
        loaded = iniparser_load(path);
        iniparser_set_error_callback(NULL);
    }
    close(file);
    return loaded;
}

static const char *line_of(const Ini *ini, guint line)
{
    return g_ptr_array_index(ini->lines, line - 1);
}

static gboolean is_loadable(const IniReading *reading)
{
    return !reading->is_broken && !reading->section->is_broken;
}

/* The lines of some readings, each under the head of its section. */
static GString *chunk_text(const Ini *ini, const IniReading *readings, guint n)
{
    GString *text = g_string_sized_new(8192);
    const IniSection *section = NULL;

    for (guint i = 0; i < n; i++) {
        const IniReading *reading = &readings[i];

        if (!is_loadable(reading))
            continue;
        if (reading->section != section) {
            section = reading->section;
            g_string_append_printf(text, "[%s%s%s]\n", section->kind, section->name ? " " : "",
                                   section->name ? section->name : "");
        }
        g_string_append(text, line_of(ini, reading->line));
        g_string_append_c(text, '\n');
    }
    return text;
}

/* What iniparser has for a reading; NULL if nothing. */
static const char *loaded_value(const Ini *ini, const dictionary *loaded, const IniReading *reading,
                                GString *buffer)
{
    const IniSection *section = reading->section;

    g_string_assign(buffer, section->kind);
    if (section->name) {
        g_string_append_c(buffer, ' ');
        g_string_append(buffer, section->name);
    }
    g_string_append_c(buffer, ':');
    g_string_append_len(buffer, line_of(ini, reading->line) + reading->key_start,
                        (gssize)reading->key_length);
    return iniparser_getstring(loaded, buffer->str, NULL);
}

/* Append a value as written: in double quotes \n is a line break and '' a double quote. */
static void append_decoded(GString *out, const char *raw, gsize length, gboolean quoted)
{
    if (!quoted) {
        g_string_append_len(out, raw, (gssize)length);
        return;
    }
    for (gsize i = 0; i < length; i++) {
        if (raw[i] == '\\' && i + 1 < length && raw[i + 1] == 'n')
            g_string_append_c(out, '\n');
        else if (raw[i] == '\'' && i + 1 < length && raw[i + 1] == '\'')
            g_string_append_c(out, '"');
        else {
            g_string_append_c(out, raw[i]);
            continue;
        }
        i++;
    }
}

static void append_value(IniReading *reading, const char *raw, gsize length, GString *buffer)
{
    IniEntry *entry = reading->entry;
    IniPart *part = &g_array_index(entry->parts, IniPart, reading->part);

    g_string_assign(buffer, entry->value);
    part->offset = buffer->len;
    append_decoded(buffer, raw, length, part->quoted);
    g_free(entry->value);
    entry->value = g_strndup(buffer->str, buffer->len);
}

static void two_readings(const Ini *ini, const IniReading *reading, Findings *findings)
{
    const IniPart *part = &g_array_index(reading->entry->parts, IniPart, reading->part);
    const Place place = { .file = ini->path,
                          .line = reading->line,
                          .column = part->column,
                          .excerpt = line_of(ini, reading->line) };

    reading->entry->is_broken = TRUE;
    findings_add(findings, SEVERITY_ERROR, &place, "value of \"%s\" can be read in two ways",
                 reading->entry->key);
}

static void load_chunk(const Ini *ini, IniReading *readings, guint n, Findings *findings)
{
    GString *text = chunk_text(ini, readings, n);
    GString *buffer = g_string_new(NULL);
    dictionary *loaded = load_text(text);

    if (!loaded && text->len > 0)
        findings_add(findings, SEVERITY_ERROR, &(Place){ .file = ini->path },
                     "the values could not be loaded: out of memory, or of room for files");
    for (guint i = 0; i < n; i++) {
        const char *raw = line_of(ini, readings[i].line) + readings[i].value_start;
        const gsize length = readings[i].value_length;
        const char *value = NULL;

        if (loaded && is_loadable(&readings[i])) {
            value = loaded_value(ini, loaded, &readings[i], buffer);
            if (!value || strlen(value) != length || memcmp(value, raw, length) != 0)
                two_readings(ini, &readings[i], findings);
        }
        append_value(&readings[i], value ? value : raw, value ? strlen(value) : length, buffer);
    }
    if (loaded)
        iniparser_freedict(loaded);
    g_string_free(buffer, TRUE);
    g_string_free(text, TRUE);
}

static Ini *parse(const char *path, GBytes *bytes, const char *skipped, Findings *findings)
{
    Ini *ini = ini_new(path);
    g_autoptr(GArray) readings = ini_scan(ini, bytes, skipped, findings);

    ini->bytes = g_bytes_ref(bytes);
    ini->sha256 = file_sha256(bytes);
    for (guint i = 0; i < readings->len; i += CHUNK_LINES)
        load_chunk(ini, &g_array_index(readings, IniReading, i),
                   MIN(CHUNK_LINES, readings->len - i), findings);
    return ini;
}

Ini *ini_parse(const char *path, GBytes *bytes, Findings *findings)
{
    return parse(path, bytes, NULL, findings);
}

Ini *ini_load_without(const char *path, const char *kind, Findings *findings, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, error);

    return bytes ? parse(path, bytes, kind, findings) : NULL;
}

Ini *ini_load(const char *path, Findings *findings, GError **error)
{
    return ini_load_without(path, NULL, findings, error);
}
