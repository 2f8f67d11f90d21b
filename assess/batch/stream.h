/* stream.h - the bytes of an export as text, in order, from a file or a pipe, in bounded memory.
 * What it begins with can be looked at before it is read. */
#pragma once

#include "intake/decoding.h"

enum { STREAM_HEAD = 4 * 1024 * 1024 /* bytes at the beginning that can be looked at */ };

typedef struct Stream Stream;

/* Open a file ("-": standard input). `stop`, read atomically, ends a wait for a pipe when it is
 * set; may be NULL. NULL and FILE_IO_ERROR_READ. Free with stream_free(). */
Stream *stream_open(const char *path, const gint *stop, GError **error);
void stream_free(Stream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stream, stream_free)

/* Find the encoding, or take `wanted` (a result of encoding_name(); NULL: find it), and give the
 * stream as UTF-8 text from now on, before anything is looked at or read. FALSE with
 * FILE_IO_ERROR_READ, or with an error in `findings` if it is no text: a spreadsheet, a web page,
 * nothing. */
gboolean stream_decode(Stream *stream, const char *wanted, EncodingFound *found, Findings *findings,
                       GError **error);
/* Where the text stopped because a byte did not decode; NULL if none did so far. What stands before
 * it was given. */
const DecodingFault *stream_fault(const Stream *stream);
/* The same in words, on one line; NULL if there is none. Free with g_free(). */
char *stream_fault_text(const Stream *stream);
/* Before stream_decode(): read on behind bytes that do not decode, where that is sound: see
 * decoding_tolerate(). The text is then no UTF-8 at these places, but for what stream_head() shows:
 * ChunkReader tells the records in which they stand. */
void stream_tolerate(Stream *stream);
gboolean stream_is_tolerant(const Stream *stream);
/* Tell of the first such byte before byte `offset` of the text, as far as stream_head() shows it.
 * FALSE if there is none. */
gboolean stream_tell_head(const Stream *stream, gsize offset, Findings *findings);
/* Whether reading ended because of `stop`: the text is not whole. */
gboolean stream_is_stopped(const Stream *stream);

/* What the text begins with, about STREAM_HEAD bytes, borrowed; before anything is read.
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
