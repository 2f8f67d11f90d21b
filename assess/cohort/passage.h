/* passage.h - one walk over numbers that stand in a text of JSON, either way: written from memory,
 * or read into it. Objects are entered by name and left again. A value of another form is
 * remembered as a fault and read as 0. */
#pragma once

#include <glib.h>

typedef struct Passage Passage;

Passage *passage_writer(void);
/* NULL if the text is no object of JSON, or too large. */
Passage *passage_reader(GBytes *text);
void passage_free(Passage *passage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Passage, passage_free)
/* What was written, with all objects left: indented, its members in the order of writing, ending in
 * a line break. Free with g_free(). */
char *passage_end(const Passage *passage);

gboolean passage_writes(const Passage *passage);
/* While reading an object that is not there is empty. */
void passage_open(Passage *passage, const char *key);
void passage_close(Passage *passage);
/* Names in the open object while reading, in the order of the file: of char *. Free with
 * g_ptr_array_unref(). */
GPtrArray *passage_names(const Passage *passage);
gboolean passage_has(const Passage *passage, const char *key);

/* A number, 0 or more, or null, which is PASSAGE_NULL. One that is not there is 0. */
void passage_number(Passage *passage, const char *key, gint64 *number);
enum { PASSAGE_NULL = -1 };
/* A text, or null: read into `*text`, the caller's, or written from it. */
void passage_text(Passage *passage, const char *key, char **text);
void passage_flag(Passage *passage, const char *key, gboolean *flag);
/* Remember what is wrong, unless something was before. */
void passage_complain(Passage *passage, const char *key, const char *what);
/* As in "has at \"fields.province\" no object"; NULL if nothing is wrong. */
const char *passage_fault(const Passage *passage);
