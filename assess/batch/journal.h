/* journal.h - how far a run is, on the disk: what it is a run of, and what was durable when it was
 * saved last. Groups of keys with whole numbers and texts. */
#pragma once

#include <glib.h>

typedef struct Journal Journal;

/* Empty. Free with journal_free(). */
Journal *journal_new(void);
/* NULL and FILE_IO_ERROR_READ, also if it is damaged. */
Journal *journal_read(const char *path, GError **error);
void journal_free(Journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Journal, journal_free)

void journal_set_number(Journal *journal, const char *group, const char *key, guint64 number);
void journal_set_text(Journal *journal, const char *group, const char *key, const char *text);
/* 0 and NULL for what is not there. Free the text with g_free(). */
guint64 journal_number(const Journal *journal, const char *group, const char *key);
char *journal_text(const Journal *journal, const char *group, const char *key);
/* Copy a group of another one. */
void journal_copy(Journal *journal, const Journal *from, const char *group);

/* The first key of a group whose text differs between the two, NULL if none does. Free with
 * g_free(). */
char *journal_difference(const Journal *journal, const Journal *other, const char *group);

/* As it is written. Free with g_free(). */
char *journal_bytes(const Journal *journal);
/* Write it whole and durably in place of the one before. FALSE and FILE_IO_ERROR_WRITE. */
gboolean journal_save(const Journal *journal, const char *path, GError **error);
