#include "cohort/chunk.h"

#include <string.h>

#include "cohort/parity.h"

struct ChunkReader {
    Stream *stream;
    GByteArray *rest; /* behind the last cut */
    Parity parity;
    guint64 ordinal, offset, taken;
    gboolean is_at_end; /* of the text */
    gboolean is_done;
};

ChunkReader *chunk_reader_new(Stream *stream, guint64 offset, guint64 lines)
{
    ChunkReader *reader = g_new0(ChunkReader, 1);

    reader->stream = stream;
    reader->rest = g_byte_array_new();
    reader->parity = PARITY_BEGIN;
    reader->parity.lines = reader->parity.lines_at_end = lines;
    reader->offset = offset;
    return reader;
}

void chunk_reader_free(ChunkReader *reader)
{
    if (!reader)
        return;
    g_byte_array_unref(reader->rest);
    g_free(reader);
}

static void make_room(Chunk *chunk, gsize room)
{
    if (chunk->room >= room)
        return;
    chunk->text = g_realloc(chunk->text, room);
    chunk->room = room;
}

/* Read until the chunk has `size` bytes, fewer at the end. */
static gboolean fill(ChunkReader *reader, Chunk *chunk, gsize size, GError **error)
{
    gssize n;

    make_room(chunk, size);
    if (chunk->size >= size || reader->is_at_end)
        return TRUE;
    n = stream_read(reader->stream, chunk->text + chunk->size, size - chunk->size, error);
    if (n < 0)
        return FALSE;
    chunk->size += (gsize)n;
    reader->is_at_end = chunk->size < size;
    return !stream_is_stopped(reader->stream);
}

/* The text is at its end: it belongs to the chunk, but for a record that a fault cuts. */
static gsize find_end(ChunkReader *reader, Chunk *chunk, gsize last)
{
    Parity *parity = &reader->parity;
    gboolean is_cut = stream_fault(reader->stream) != NULL;

    if (is_cut && last > 0)
        return last;
    chunk->fault = stream_fault_text(reader->stream);
    chunk->is_open = parity->in_quotes && !is_cut;
    parity->records += !parity->is_between || is_cut;
    parity->lines_at_end = parity->lines;
    reader->is_done = TRUE;
    return chunk->size;
}

/* Where the chunk is cut: behind the last record end in its first CHUNK_SIZE bytes, or in twice as
 * many until there is one. FALSE with `error`, and if the stream was stopped. */
static gboolean find_cut(ChunkReader *reader, Chunk *chunk, gsize *cut, GError **error)
{
    gsize scanned = 0;

    for (gsize size = CHUNK_SIZE;; size *= 2) {
        gsize seen, end;

        if (!fill(reader, chunk, size + 1, error)) /* one more shows whether CR is CRLF */
            return FALSE;
        seen = MIN(size, chunk->size);
        end = parity_scan(&reader->parity, chunk->text + scanned, seen - scanned);
        end += end > 0 ? scanned : 0;
        if (seen == chunk->size) {
            *cut = find_end(reader, chunk, end);
            return TRUE;
        }
        if (end > 0) {
            *cut = chunk->text[end - 1] == '\r' && chunk->text[end] == '\n' ? end + 1 : end;
            return TRUE;
        }
        if (size >= CHUNK_LIMIT) {
            chunk->is_long = reader->is_done = TRUE;
            *cut = seen;
            return TRUE;
        }
        scanned = seen;
    }
}

static void begin_chunk(ChunkReader *reader, Chunk *chunk)
{
    chunk->is_open = chunk->is_long = FALSE;
    g_clear_pointer(&chunk->fault, g_free);
    chunk->ordinal = reader->ordinal++;
    chunk->offset = reader->offset;
    chunk->source = reader->taken;
    chunk->first_record = reader->parity.records + 1;
    chunk->first_line = reader->parity.lines + 1;
    make_room(chunk, MAX((gsize)reader->rest->len, CHUNK_SIZE + 1));
    if (reader->rest->len > 0)
        memcpy(chunk->text, reader->rest->data, reader->rest->len);
    chunk->size = reader->rest->len;
    g_byte_array_set_size(reader->rest, 0);
}

/* Where the reader is after the cut: the same as at the beginning of a text. */
static void end_chunk(ChunkReader *reader, Chunk *chunk, gsize cut)
{
    Parity *parity = &reader->parity;

    g_byte_array_append(reader->rest, (const guint8 *)chunk->text + cut,
                        (guint)(chunk->size - cut));
    chunk->size = cut;
    chunk->n_records = parity->records + 1 - chunk->first_record;
    reader->offset += cut;
    reader->taken = stream_taken(reader->stream);
    *parity = (Parity){ .is_between = TRUE,
                        .records = parity->records,
                        .lines = parity->lines_at_end,
                        .lines_at_end = parity->lines_at_end };
}

gboolean chunk_reader_next(ChunkReader *reader, Chunk *chunk, GError **error)
{
    gsize cut;

    if (reader->is_done)
        return FALSE;
    begin_chunk(reader, chunk);
    if (!find_cut(reader, chunk, &cut, error))
        return FALSE;
    end_chunk(reader, chunk, cut);
    return chunk->size > 0 || chunk->fault;
}

gboolean chunk_reader_is_done(const ChunkReader *reader)
{
    return reader->is_done;
}

/* Bytes of the line end at this place; 0 if there is none. */
static gsize line_end(const Chunk *chunk, gsize at)
{
    if (at >= chunk->size || (chunk->text[at] != '\n' && chunk->text[at] != '\r'))
        return 0;
    return chunk->text[at] == '\r' && at + 1 < chunk->size && chunk->text[at + 1] == '\n' ? 2 : 1;
}

/* Go behind the record that begins here. */
static void pass_record(const Chunk *chunk, ChunkPlace *place)
{
    gboolean in_quotes = FALSE, is_done = FALSE;

    while (place->offset < chunk->size && !is_done) {
        gsize length = line_end(chunk, place->offset);

        if (length == 0 && chunk->text[place->offset] == '"')
            in_quotes = !in_quotes;
        place->line += length > 0;
        place->offset += MAX(length, 1);
        is_done = length > 0 && !in_quotes;
    }
    place->record++;
}

guint64 chunk_line(const Chunk *chunk, guint64 record, ChunkPlace *place)
{
    if (place->record == 0 || record < place->record)
        *place = (ChunkPlace){ 0, chunk->first_record, chunk->first_line };
    for (;;) {
        gsize length;

        while ((length = line_end(chunk, place->offset)) > 0) {
            place->offset += length;
            place->line++;
        }
        if (place->record >= record || place->offset >= chunk->size)
            return place->line;
        pass_record(chunk, place);
    }
}

void chunk_clear(Chunk *chunk)
{
    g_clear_pointer(&chunk->text, g_free);
    g_clear_pointer(&chunk->fault, g_free);
    chunk->room = chunk->size = 0;
}
