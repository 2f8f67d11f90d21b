/* splice.h - parts of a file copied one after the other onto another one; parts that follow one
 * another are copied at once. An error sticks. */
#pragma once

#include "batch/writer.h"

typedef struct Splice Splice;

/* Into a new file; onto a writer, which is borrowed. NULL and FILE_IO_ERROR_*. Free with
 * splice_free(). */
Splice *splice_open(const char *from, const char *to, GError **error);
Splice *splice_onto(const char *from, Writer *writer, GError **error);
void splice_free(Splice *splice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Splice, splice_free)

/* The bytes are copied now or later, in order. */
void splice_add(Splice *splice, guint64 offset, guint64 size);
/* Bytes of the file that is copied from. */
guint64 splice_size(const Splice *splice);
gboolean splice_error(const Splice *splice);
/* Copy what was added. FALSE and the first error. */
gboolean splice_flush(Splice *splice, GError **error);
/* The same, durably. */
gboolean splice_end(Splice *splice, GError **error);
