/* writer.h - a file that grows: appended to in order, made durable at checkpoints, cut back to one
 * when a run goes on. An error sticks: what follows it is not written. */
#pragma once

#include <glib.h>

typedef struct Writer Writer;

/* Make the file, or open it to go on behind its first `size` bytes if `resumed`; "-" is standard
 * output. NULL and FILE_IO_ERROR_WRITE; also if the file is shorter than `size`. Free with
 * writer_free(). */
Writer *writer_open(const char *path, gboolean resumed, guint64 size, GError **error);
void writer_free(Writer *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Writer, writer_free)

/* FALSE after an error, which stays in writer_error(). */
gboolean writer_append(Writer *writer, const void *data, gsize size);
/* What was appended so far is on the disk afterwards. FALSE after an error. */
gboolean writer_sync(Writer *writer);
guint64 writer_size(const Writer *writer);
/* The first error; NULL if there is none. Borrowed. */
const GError *writer_error(const Writer *writer);
