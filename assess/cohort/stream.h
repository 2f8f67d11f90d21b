/* stream.h - the bytes of an export as text, in order, from a file or a pipe, in bounded memory.
 * What it begins with can be looked at before it is read. */
#pragma once

#include <glib.h>

enum { STREAM_HEAD = 4 * 1024 * 1024 /* bytes at the beginning that can be looked at */ };

typedef struct Stream Stream;

/* Open a file ("-": standard input). `stop`, read atomically, ends a wait for a pipe when it is
 * set; may be NULL. NULL and FILE_IO_ERROR_READ. Free with stream_free(). */
Stream *stream_open(const char *path, const gint *stop, GError **error);
void stream_free(Stream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stream, stream_free)

/* What the text begins with, at most STREAM_HEAD bytes, borrowed; before anything is read.
 * `is_whole`: there is no more. NULL and FILE_IO_ERROR_READ. */
const char *stream_head(Stream *stream, gsize *size, gboolean *is_whole, GError **error);
/* Read up to `size` bytes, fewer only at the end. -1 and FILE_IO_ERROR_READ. */
gssize stream_read(Stream *stream, char *to, gsize size, GError **error);

/* Bytes of the source that were taken so far. */
guint64 stream_taken(const Stream *stream);
/* Bytes of the source as a whole; 0 for a pipe. */
guint64 stream_size(const Stream *stream);
/* When a file was last changed, in nanoseconds since 1970; 0 for a pipe. */
gint64 stream_changed(const Stream *stream);
