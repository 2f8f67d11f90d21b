#include "batch/roll.h"

#include <string.h>

#include "base/file.h"
#include "batch/chunk.h"
#include "intake/csv.h"
#include "report/csv.h"

struct Roll {
    char *path;
    Stream *stream;
    ChunkReader *reader;
    CsvParser *parser;
    Chunk chunk;
    GPtrArray *header; /* of char * */
    GString *bytes;    /* of the chunk's cells, each ended by NUL */
    GArray *starts;    /* of gsize: where each cell begins; a row has as many as the header */
    guint row_cells;   /* of the row that is being parsed */
    guint64 at;        /* the next cell */
    GPtrArray *cells;  /* of const char *: of the row handed out */
    gboolean is_uneven;
};

static gboolean refuse(const Roll *roll, GError **error)
{
    g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "\"%s\" is not as the run left it",
                roll->path);
    return FALSE;
}

/* ---- parsing a chunk ---- */

static void on_cell(void *bytes, size_t size, void *data)
{
    Roll *roll = data;
    gsize start = roll->bytes->len;

    g_string_append_len(roll->bytes, bytes, (gssize)size);
    g_string_append_c(roll->bytes, '\0');
    g_array_append_val(roll->starts, start);
    roll->row_cells++;
}

static void on_end(int line_end, void *data)
{
    Roll *roll = data;

    (void)line_end;
    if (roll->header->len == 0) {
        for (guint i = 0; i < roll->row_cells; i++)
            g_ptr_array_add(roll->header,
                            g_strdup(roll->bytes->str + g_array_index(roll->starts, gsize, i)));
        g_array_set_size(roll->starts, 0);
    }
    roll->is_uneven |= roll->row_cells != roll->header->len;
    roll->row_cells = 0;
}

/* Parse the next chunk. FALSE at the end, or with `error`. */
static gboolean read_chunk(Roll *roll, GError **error)
{
    static const CsvHandler HANDLER = { on_cell, on_end, NULL };

    g_string_truncate(roll->bytes, 0);
    g_array_set_size(roll->starts, 0);
    roll->at = 0;
    if (!chunk_reader_next(roll->reader, &roll->chunk, error))
        return FALSE;
    if (roll->chunk.is_long ||
        !csv_parser_read(roll->parser, roll->chunk.text, roll->chunk.size, &HANDLER, roll) ||
        roll->is_uneven)
        return refuse(roll, error);
    return TRUE;
}

/* ---- opening ---- */

static gboolean open_stream(Roll *roll, GError **error)
{
    const char *head;
    char mark[3];
    gsize size;
    gboolean is_whole;

    roll->stream = stream_open(roll->path, NULL, error);
    head = roll->stream ? stream_head(roll->stream, &size, &is_whole, error) : NULL;
    if (!head)
        return FALSE;
    if (size >= sizeof mark && memcmp(head, CSV_MARK, sizeof mark) == 0 &&
        stream_read(roll->stream, mark, sizeof mark, error) < 0)
        return FALSE;
    roll->reader = chunk_reader_new(roll->stream, ',', 0, 0);
    return TRUE;
}

Roll *roll_open(const char *path, GError **error)
{
    g_autoptr(Roll) roll = g_new0(Roll, 1);
    g_autoptr(GError) fault = NULL;

    roll->path = g_strdup(path);
    roll->header = g_ptr_array_new_with_free_func(g_free);
    roll->bytes = g_string_new(NULL);
    roll->starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    roll->cells = g_ptr_array_new();
    roll->parser = csv_parser_new(',');
    if (!open_stream(roll, error))
        return NULL;
    if (!read_chunk(roll, &fault) && fault) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return NULL;
    }
    if (roll->header->len == 0 || strcmp(roll_name(roll, 0), "record") != 0) {
        refuse(roll, error);
        return NULL;
    }
    return g_steal_pointer(&roll);
}

void roll_free(Roll *roll)
{
    if (!roll)
        return;
    csv_parser_free(roll->parser);
    chunk_reader_free(roll->reader);
    stream_free(roll->stream);
    chunk_clear(&roll->chunk);
    g_ptr_array_unref(roll->header);
    g_ptr_array_unref(roll->cells);
    g_array_unref(roll->starts);
    g_string_free(roll->bytes, TRUE);
    g_free(roll->path);
    g_free(roll);
}

guint roll_n_columns(const Roll *roll)
{
    return roll->header->len;
}

const char *roll_name(const Roll *roll, guint column)
{
    return roll->header->pdata[column];
}

int roll_column(const Roll *roll, const char *name)
{
    for (guint i = 0; i < roll->header->len; i++)
        if (strcmp(roll_name(roll, i), name) == 0)
            return (int)i;
    return ROLL_NO_COLUMN;
}

/* ---- reading ---- */

const char *const *roll_next(Roll *roll, GError **error)
{
    while (roll->at == roll->starts->len)
        if (!read_chunk(roll, error))
            return NULL;
    g_ptr_array_set_size(roll->cells, 0);
    for (guint i = 0; i < roll->header->len; i++, roll->at++)
        g_ptr_array_add(roll->cells,
                        roll->bytes->str + g_array_index(roll->starts, gsize, roll->at));
    return (const char *const *)roll->cells->pdata;
}

guint64 roll_record(const char *const *cells)
{
    return g_ascii_strtoull(cells[0], NULL, 10);
}
