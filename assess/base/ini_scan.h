/* ini_scan.h - the lines of an INI text: sections, keys, where every value stands, and all faults
 * of the text. It reads no values for use: the readings tell the loader what the value of each line
 * ought to be. */
#pragma once

#include "base/ini.h"

/* One line `key = value`. Offsets are bytes of the line. */
typedef struct {
    IniSection *section;
    IniEntry *entry;
    guint part;       /* index in entry->parts */
    guint line;       /* from 1 */
    gsize key_length; /* the key as written begins at key_start */
    gsize key_start;
    gsize value_start, value_length;
    gboolean is_broken; /* the line has a fault: it is not to be loaded */
} IniReading;

/* Fill `ini` (path, and empty arrays) with the lines and sections of the bytes. Returns an array of
 * IniReading, in the order of the file; free with g_array_unref(). Faults go to `findings`. Of
 * sections of the kind `skipped` (NULL: none) nothing but the head is read. */
GArray *ini_scan(Ini *ini, GBytes *bytes, const char *skipped, Findings *findings);

/* The head as iniparser is to see it: "kind" or "kind name". Free with g_free(). */
char *ini_head(const char *kind, const char *name);
/* An empty section; free with ini_section_free(). */
IniSection *ini_section_new(const char *file);
void ini_section_free(IniSection *section);
void ini_entry_free(IniEntry *entry);
