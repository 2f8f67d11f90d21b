/* sorter.h - rows of whole numbers sorted by all of them, from the first on, in bounded memory:
 * runs that fill it are sorted and go to a file without a name, and are merged in the end. */
#pragma once

#include <glib.h>

enum {
    SORTER_WORDS = 8,               /* numbers of a row at most */
    SORTER_MEMORY = 4 * 1024 * 1024 /* bytes of rows that are held at once */
};

typedef struct Sorter Sorter;
/* FALSE ends it. */
typedef gboolean (*SorterVisitor)(const guint64 *row, gpointer data);

/* Of rows with `words` numbers; runs go to a file in `folder`, which is borrowed. `memory`: bytes
 * of rows held at once, 0 for SORTER_MEMORY. Free with sorter_free(). */
Sorter *sorter_new(guint words, const char *folder, gsize memory);
void sorter_free(Sorter *sorter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sorter, sorter_free)

/* FALSE and FILE_IO_ERROR_WRITE. */
gboolean sorter_add(Sorter *sorter, const guint64 *row, GError **error);
/* Visit all rows in order, once. FALSE and FILE_IO_ERROR_*. */
gboolean sorter_each(Sorter *sorter, SorterVisitor visit, gpointer data, GError **error);
