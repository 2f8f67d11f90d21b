/* chunk.h - whole records of an export, about CHUNK_SIZE bytes of them: what is graded at once by
 * one worker. Chunks are cut one after the other from the beginning of the text, by border.h, so
 * that the same text is cut alike in every run, whoever takes which. */
#pragma once

#include <glib.h>

#include "batch/stream.h"
#include "survey/survey.h"

enum {
    CHUNK_SIZE = 1024 * 1024,
    CHUNK_LIMIT = 8 * CHUNK_SIZE /* bytes of a record: what is longer is an unclosed quote */
};

typedef struct {
    char *text;
    gsize size, room;
    char delimiter;
    guint64 ordinal;                 /* 0 is the first */
    guint64 offset;                  /* of its first byte in the text */
    guint64 source;                  /* bytes of the source taken when it began */
    guint64 first_record, n_records; /* 1 is the first below the header; blank lines are none */
    guint64 first_line;              /* from 1 */
    gboolean is_open;                /* its last record does not end: a quote is not closed */
    gboolean is_long;                /* it begins a record that is longer than CHUNK_LIMIT */
    GArray *spoiled; /* of SurveyLeftOut: records with bytes that were no text, and are '?' now;
                      * NULL if there never was one */
    char *fault;     /* it begins a record in which the text ends before its time: why; or NULL */
} Chunk;

typedef struct ChunkReader ChunkReader;

/* Cut what follows in the stream, which is borrowed. `lines`: how many stand before it. Free with
 * chunk_reader_free(). */
ChunkReader *chunk_reader_new(Stream *stream, char delimiter, guint64 offset, guint64 lines);
void chunk_reader_free(ChunkReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ChunkReader, chunk_reader_free)

/* Cut the next one into `chunk`, whose memory is used again. FALSE at the end, when the stream was
 * stopped, or with FILE_IO_ERROR_READ. After a chunk that is open, long or at fault there is none.
 */
gboolean chunk_reader_next(ChunkReader *reader, Chunk *chunk, GError **error);

/* Whether the text was read to its end, or to where it cannot be read on. */
gboolean chunk_reader_is_done(const ChunkReader *reader);

/* The line where a record of the chunk begins, from 1; `record` as in `first_record`. Goes on from
 * what it was asked before, if `place` is the same and records come in order. */
typedef struct {
    gsize offset;
    guint64 record, line;
} ChunkPlace;
#define CHUNK_BEGIN ((ChunkPlace){ 0, 0, 0 })
guint64 chunk_line(const Chunk *chunk, guint64 record, ChunkPlace *place);

/* Free what a chunk holds. */
void chunk_clear(Chunk *chunk);
