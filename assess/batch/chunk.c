#include "batch/chunk.h"

#include <string.h>

#include "batch/border.h"
#include "intake/encoding_utf8.h"

struct ChunkReader {
    Stream *stream;
    GByteArray *rest; /* behind the last cut */
    Border border;
    guint64 ordinal, offset, taken;
    gboolean is_at_end; /* of the text */
    gboolean is_done;
};

ChunkReader *chunk_reader_new(Stream *stream, char delimiter, guint64 offset, guint64 lines)
{
    ChunkReader *reader = g_new0(ChunkReader, 1);

    reader->stream = stream;
    reader->rest = g_byte_array_new();
    reader->border = border_begin(delimiter, 0, lines);
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
    Border *border = &reader->border;
    gboolean is_cut = stream_fault(reader->stream) != NULL;

    if (is_cut && last > 0)
        return last;
    chunk->fault = stream_fault_text(reader->stream);
    chunk->is_open = border->in_quotes && !is_cut;
    border->records += !border->is_between || is_cut;
    border->lines_at_end = border->lines;
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
        end = border_scan(&reader->border, chunk->text + scanned, seen - scanned);
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
    chunk->delimiter = reader->border.delimiter;
    chunk->ordinal = reader->ordinal++;
    chunk->offset = reader->offset;
    chunk->source = reader->taken;
    chunk->first_record = reader->border.records + 1;
    chunk->first_line = reader->border.lines + 1;
    make_room(chunk, MAX((gsize)reader->rest->len, CHUNK_SIZE + 1));
    if (reader->rest->len > 0)
        memcpy(chunk->text, reader->rest->data, reader->rest->len);
    chunk->size = reader->rest->len;
    g_byte_array_set_size(reader->rest, 0);
}

/* Where the reader is after the cut: the same as at the beginning of a text. */
static void end_chunk(ChunkReader *reader, Chunk *chunk, gsize cut)
{
    const Border *border = &reader->border;

    g_byte_array_append(reader->rest, (const guint8 *)chunk->text + cut,
                        (guint)(chunk->size - cut));
    chunk->size = cut;
    chunk->n_records = border->records + 1 - chunk->first_record;
    reader->offset += cut;
    reader->taken = stream_taken(reader->stream);
    reader->border = border_begin(border->delimiter, border->records, border->lines_at_end);
}

static void add_spoiled(Chunk *chunk, guint64 record, gboolean is_nul)
{
    const SurveyLeftOut spoiled = { record, is_nul ? SURVEY_ROW_NUL : SURVEY_ROW_BYTES };
    const guint n = chunk->spoiled ? chunk->spoiled->len : 0;

    if (!chunk->spoiled)
        chunk->spoiled = g_array_new(FALSE, FALSE, sizeof(SurveyLeftOut));
    if (n == 0 || g_array_index(chunk->spoiled, SurveyLeftOut, n - 1).record != record)
        g_array_append_val(chunk->spoiled, spoiled);
}

/* Find the records that hold bytes which are no text. What such bytes may be part of is never a
 * delimiter, a quote or a line end, so that all records end where they would without them. */
static void find_spoiled(Chunk *chunk)
{
    ChunkPlace place = CHUNK_BEGIN;
    guint64 record = chunk->first_record;
    gsize at = 0, end = 0;

    if (chunk->spoiled)
        g_array_set_size(chunk->spoiled, 0);
    while (at < chunk->size) {
        gboolean is_nul;
        gsize bad = encoding_utf8_mend(chunk->text, chunk->size, &at, &is_nul);

        if (bad == chunk->size)
            return;
        while (end <= bad) { /* of this record */
            chunk_line(chunk, record + 1, &place);
            end = place.offset;
            record += end <= bad ? 1 : 0;
        }
        add_spoiled(chunk, record, is_nul);
    }
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
    if (stream_is_tolerant(reader->stream))
        find_spoiled(chunk);
    return chunk->size > 0 || chunk->fault;
}

gboolean chunk_reader_is_done(const ChunkReader *reader)
{
    return reader->is_done;
}

guint64 chunk_line(const Chunk *chunk, guint64 record, ChunkPlace *place)
{
    if (place->record == 0 || record < place->record)
        *place = (ChunkPlace){ 0, chunk->first_record, chunk->first_line };
    for (;;) {
        const char *end = chunk->text + chunk->size, *at = chunk->text + place->offset;
        gsize length;

        while ((length = border_line_end(at, (gsize)(end - at))) > 0) {
            at += length;
            place->line++;
        }
        place->offset = (gsize)(at - chunk->text);
        if (place->record >= record || at == end)
            return place->line;
        place->offset += border_record(at, (gsize)(end - at), chunk->delimiter, &place->line);
        place->record++;
    }
}

void chunk_clear(Chunk *chunk)
{
    g_clear_pointer(&chunk->text, g_free);
    g_clear_pointer(&chunk->fault, g_free);
    g_clear_pointer(&chunk->spoiled, g_array_unref);
    chunk->room = chunk->size = 0;
}
