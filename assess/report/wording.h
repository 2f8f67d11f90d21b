/* wording.h - captions and sentences of reports by language, read from a template: sections
 * such as "[words]" and "[reference NAME]", keys `key` and `key[zh]`. C code holds no sentence that
 * a reader of a report sees. Read only once loaded. */
#pragma once

#include <glib.h>

#include "base/ini.h"

typedef struct Wording Wording;

/* Read a template file. NULL if it cannot be read (`error`) or has a fault (`findings`). Free with
 * wording_free(). */
Wording *wording_load(const char *path, Findings *findings, GError **error);
/* The same from a text that is loaded already; it is not needed any more then. NULL never. */
Wording *wording_of(const Ini *ini, Findings *findings);
void wording_free(Wording *wording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Wording, wording_free)

/* The text of `key` in `section` ("words", "colours", ...), in `language`, else in the plain one. A
 * key that the template lacks gives the key itself, so that a reader sees what is missing.
 * Borrowed. */
const char *wording_get(const Wording *wording, const char *section, const char *key,
                        const char *language);
gboolean wording_has(const Wording *wording, const char *section, const char *key);
/* Names of all sections in the order of the file: of char *, "reference NAME". Borrowed. */
const GPtrArray *wording_sections(const Wording *wording);
/* As wording_get() with each "{name}" replaced by the value that follows the name in the
 * NULL-terminated list of names and values. Free with g_free(). */
char *wording_fill(const Wording *wording, const char *section, const char *key,
                   const char *language, ...) G_GNUC_NULL_TERMINATED;
/* The same with names and values in an array, by turns. Free with g_free(). */
char *wording_fill_pairs(const Wording *wording, const char *section, const char *key,
                         const char *language, const GPtrArray *pairs);
/* The length of a "{name}" that begins at `at`, 0 if none does. */
gsize wording_place(const char *at);
