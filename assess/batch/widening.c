#include "batch/widening.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/chunk.h"
#include "survey/survey_long.h"

/* A long table being rewritten. */
typedef struct {
    const Widening *order;
    SurveyLong *table;
    Stream *stream;
    GString *out; /* not yet written */
    int fd;
    const char *path;
    gboolean is_told; /* that a quote is taken as text */
} Rewriting;

static gboolean write_out(Rewriting *rewriting, GError **error)
{
    int code = file_write_all(rewriting->fd, rewriting->out->str, rewriting->out->len);

    if (code != 0)
        return file_fault(error, FILE_IO_ERROR_WRITE, rewriting->path, code);
    g_string_truncate(rewriting->out, 0);
    return TRUE;
}

static gboolean add_record(const CsvRecord *record, gpointer data)
{
    Rewriting *rewriting = data;

    survey_long_add(rewriting->table, record, rewriting->out);
    return TRUE;
}

/* FALSE with what is wrong in `findings`. */
static gboolean add_chunk(Rewriting *rewriting, const Chunk *chunk, Findings *findings)
{
    CsvText text = { .file = rewriting->order->name,
                     .text = chunk->text,
                     .size = chunk->size,
                     .line = (guint)chunk->first_line,
                     .record = (guint)chunk->first_record,
                     .delimiter = survey_long_delimiter(rewriting->table),
                     .lenient = TRUE };
    Place place = { .file = rewriting->order->name, .record = (guint)chunk->first_record };
    g_autoptr(Findings) found = findings_new();
    gboolean is_good = csv_read(&text, add_record, rewriting, found);

    if (is_good && (chunk->fault || chunk->is_long)) {
        is_good = FALSE;
        findings_add(found, SEVERITY_ERROR, &place, "%s",
                     chunk->fault ? chunk->fault : "a record is longer than 8 MiB");
    }
    if (!rewriting->order->is_told && !(is_good && rewriting->is_told))
        findings_append(findings, found);
    rewriting->is_told |= findings_count(found) > 0;
    return is_good;
}

static gboolean skip(Rewriting *rewriting, GError **error)
{
    gsize offset = survey_long_data_offset(rewriting->table);
    g_autofree char *before = g_malloc(offset);

    return stream_read(rewriting->stream, before, offset, error) >= 0;
}

static gboolean rewrite(Rewriting *rewriting, Findings *findings, GError **error)
{
    g_autoptr(ChunkReader) reader = chunk_reader_new(
        rewriting->stream, survey_long_delimiter(rewriting->table),
        survey_long_data_offset(rewriting->table), survey_long_data_line(rewriting->table) - 1);
    g_autoptr(GError) problem = NULL;
    Chunk chunk = { 0 };
    gboolean is_good = skip(rewriting, error);

    survey_long_header(rewriting->table, rewriting->out);
    while (is_good && chunk_reader_next(reader, &chunk, &problem))
        is_good = add_chunk(rewriting, &chunk, findings) && write_out(rewriting, error);
    chunk_clear(&chunk);
    if (problem) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    return is_good && survey_long_end(rewriting->table, rewriting->out, findings) &&
           write_out(rewriting, error);
}

/* The same time of change, so that a run that goes on knows it again. */
static void copy_time(const Rewriting *rewriting)
{
    gint64 changed = stream_changed(rewriting->stream);
    const struct timespec times[] = {
        { .tv_sec = changed / 1000000000, .tv_nsec = changed % 1000000000 },
        { .tv_sec = changed / 1000000000, .tv_nsec = changed % 1000000000 },
    };

    /* without it the run is taken for one of another file, no worse */
    (void)!futimens(rewriting->fd, times);
}

static gboolean write_wide(Rewriting *rewriting, char **path, Findings *findings, GError **error)
{
    g_autofree char *temporary = g_build_filename(g_get_tmp_dir(), "assess-long-XXXXXX", NULL);
    gboolean is_written;

    rewriting->fd = g_mkstemp(temporary);
    if (rewriting->fd < 0)
        return file_fault(error, FILE_IO_ERROR_WRITE, temporary, errno);
    rewriting->path = temporary;
    rewriting->out = g_string_new(NULL);
    is_written = rewrite(rewriting, findings, error);
    copy_time(rewriting);
    g_string_free(rewriting->out, TRUE);
    close(rewriting->fd);
    if (!is_written)
        g_unlink(temporary);
    else
        *path = g_steal_pointer(&temporary);
    return is_written;
}

void widened_clear(Widened *widened)
{
    g_clear_pointer(&widened->path, g_free);
    g_clear_pointer(&widened->layout, g_free);
    g_clear_pointer(&widened->encoding, g_free);
}

gboolean widening_do(const Widening *widening, Widened *widened, Findings *findings, GError **error)
{
    g_autoptr(Stream) stream = NULL;
    g_autoptr(SurveyLong) table = NULL;
    g_autoptr(Findings) told = findings_new();
    Rewriting rewriting = { .order = widening };
    EncodingFound found;
    const char *head;
    gsize size;
    gboolean is_whole;

    *widened = (Widened){ NULL };
    if (strcmp(widening->input, "-") == 0)
        return TRUE;
    stream = stream_open(widening->input, widening->stop, error);
    if (!stream)
        return FALSE;
    /* what is to be told of a table that is not long is told by who grades it */
    if (!stream_decode(stream, widening->survey->encoding, &found, told, error))
        return *error == NULL;
    head = stream_head(stream, &size, &is_whole, error);
    if (!head)
        return FALSE;
    table = survey_long_open(widening->vocabulary, widening->layouts, widening->survey,
                             widening->name, head, size, findings);
    if (!table)
        return TRUE;
    if (!widening->is_told)
        findings_append(findings, told);
    rewriting.table = table;
    rewriting.stream = stream;
    widened->layout = g_strdup(survey_long_layout(table));
    widened->encoding = g_strdup(found.name);
    return write_wide(&rewriting, &widened->path, findings, error);
}
