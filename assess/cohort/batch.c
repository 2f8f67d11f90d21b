#include "cohort/batch.h"

#include <string.h>

#include "base/file.h"
#include "cohort/conveyor.h"
#include "cohort/marker.h"
#include "cohort/writer.h"
#include "report/csv.h"

enum { SPARE_LOADS = 3 /* beyond one a worker: read ahead, and waiting to be written */ };

struct Batch {
    const BatchOrder *order;
    Stream *stream;
    Survey *survey;
    Results *results;
    Rejects *rejects;
    MarkerPlan plan;
    ChunkReader *reader;
    GError *read_error;                /* the reading thread's, until it is joined */
    Writer *result_file, *reject_file; /* the latter NULL for standard output */
    BatchCount count;
    SurveyTally tally;
    guint epoch;
};

/* ---- opening ---- */

static char *source_name(const BatchOrder *order)
{
    if (order->name)
        return g_strdup(order->name);
    return strcmp(order->input, "-") == 0 ? g_strdup("-") : g_path_get_basename(order->input);
}

/* Read what the text begins with. FALSE with `error`, or with errors in `findings`. */
static gboolean open_survey(Batch *batch, Findings *findings, GError **error)
{
    const BatchOrder *order = batch->order;
    g_autofree char *name = source_name(order);
    SurveyOptions options = order->survey;
    EncodingFound found;
    const char *head;
    gsize size;
    gboolean is_whole;

    if (!stream_decode(batch->stream, options.encoding, &found, findings, error))
        return FALSE;
    options.encoding = found.name;
    head = stream_head(batch->stream, &size, &is_whole, error);
    batch->survey = survey_open(order->vocabulary, order->layouts, &options, name, head, size,
                                is_whole, findings);
    if (!batch->survey)
        return FALSE;
    batch->results = results_new(order->plan, survey_asks_evidence(batch->survey));
    batch->rejects = rejects_new(name);
    return TRUE;
}

Batch *batch_open(const BatchOrder *order, Findings *findings, GError **error)
{
    g_autoptr(Batch) batch = g_new0(Batch, 1);

    batch->order = order;
    batch->stream = stream_open(order->input, order->stop, error);
    if (!batch->stream || !open_survey(batch, findings, error))
        return NULL;
    batch->plan = (MarkerPlan){ .survey = batch->survey,
                                .plan = order->plan,
                                .results = batch->results,
                                .rejects = batch->rejects,
                                .date = order->date,
                                .strict = order->strict };
    batch->count.size = stream_size(batch->stream);
    return g_steal_pointer(&batch);
}

void batch_free(Batch *batch)
{
    if (!batch)
        return;
    chunk_reader_free(batch->reader);
    writer_free(batch->result_file);
    writer_free(batch->reject_file);
    rejects_free(batch->rejects);
    results_free(batch->results);
    survey_free(batch->survey);
    stream_free(batch->stream);
    g_free(batch->count.fault);
    g_clear_error(&batch->read_error);
    g_free(batch);
}

const BatchCount *batch_count(const Batch *batch)
{
    return &batch->count;
}

const Survey *batch_survey(const Batch *batch)
{
    return batch->survey;
}

const SurveyTally *batch_tally(const Batch *batch)
{
    return &batch->tally;
}

/* ---- files ---- */

static Writer *open_file(const Batch *batch, const char *name, GError **error)
{
    g_autofree char *path = NULL;

    if (!batch->order->folder)
        return writer_open("-", FALSE, 0, error);
    path = g_build_filename(batch->order->folder, name, NULL);
    return writer_open(path, FALSE, 0, error);
}

static gboolean write_header(const Batch *batch, Writer *writer,
                             void (*append)(const Results *, GString *))
{
    g_autoptr(GString) text = g_string_new(batch->order->has_mark ? CSV_MARK : "");

    append(batch->results, text);
    return writer_append(writer, text->str, text->len);
}

static void append_reject_header(const Results *results, GString *out)
{
    (void)results;
    rejects_header(out);
}

/* FALSE with `error`. */
static gboolean open_files(Batch *batch, GError **error)
{
    batch->result_file = open_file(batch, BATCH_RESULTS, error);
    if (!batch->result_file)
        return FALSE;
    write_header(batch, batch->result_file, results_header);
    if (!batch->order->folder)
        return TRUE;
    batch->reject_file = open_file(batch, BATCH_REJECTS, error);
    return batch->reject_file && write_header(batch, batch->reject_file, append_reject_header);
}

static gboolean take_error(const Writer *writer, GError **error)
{
    if (!writer || !writer_error(writer))
        return FALSE;
    if (error && !*error)
        *error = g_error_copy(writer_error(writer));
    return TRUE;
}

/* ---- grading ---- */

static gboolean fill_load(gpointer item, gpointer data)
{
    Batch *batch = data;
    Load *load = item;

    if (batch->order->stop && g_atomic_int_get(batch->order->stop))
        return FALSE;
    load->epoch = batch->epoch;
    return chunk_reader_next(batch->reader, &load->chunk, &batch->read_error);
}

static void work_load(gpointer item, gpointer worker)
{
    marker_work(worker, item);
}

static gboolean empty_load(gpointer item, gpointer data)
{
    Batch *batch = data;
    const Load *load = item;
    gboolean is_written = writer_append(batch->result_file, load->results->str, load->results->len);

    if (batch->reject_file)
        is_written =
            writer_append(batch->reject_file, load->rejects->str, load->rejects->len) && is_written;
    batch->count.graded += load->graded;
    batch->count.rejected += load->rejected;
    batch->count.records += load->graded + load->rejected;
    batch->count.taken = load->chunk.source + load->chunk.size;
    batch->count.fault = g_strdup(load->fault);
    if (batch->order->tell)
        batch->order->tell(batch->order->data);
    return is_written && !load->fault;
}

static void tell(gpointer data)
{
    const Batch *batch = data;

    if (batch->order->tell)
        batch->order->tell(batch->order->data);
}

/* FALSE if the system gives no threads. */
static gboolean run_conveyor(Batch *batch)
{
    const guint n_workers = CLAMP(batch->order->jobs, 1, CONVEYOR_WORKERS);
    g_autoptr(GPtrArray) loads = g_ptr_array_new_with_free_func((GDestroyNotify)load_free);
    g_autoptr(GPtrArray) markers = g_ptr_array_new_with_free_func((GDestroyNotify)marker_free);
    Conveyor conveyor = { .n_items = n_workers + SPARE_LOADS,
                          .n_workers = n_workers,
                          .fill = fill_load,
                          .work = work_load,
                          .empty = empty_load,
                          .idle = tell,
                          .data = batch };
    gboolean is_run;

    for (guint i = 0; i < conveyor.n_items; i++)
        g_ptr_array_add(loads, load_new());
    for (guint i = 0; i < n_workers; i++)
        g_ptr_array_add(markers, marker_new(&batch->plan));
    conveyor.items = loads->pdata;
    conveyor.workers = markers->pdata;
    is_run = conveyor_run(&conveyor);
    for (guint i = 0; i < n_workers; i++)
        survey_tally_add(&batch->tally, marker_tally(markers->pdata[i], 0));
    return is_run;
}

gboolean batch_run(Batch *batch, GError **error)
{
    gsize offset = survey_data_offset(batch->survey);
    g_autofree char *header = g_malloc(offset + 1);

    if (!open_files(batch, error))
        return FALSE;
    if (stream_read(batch->stream, header, offset, error) < 0)
        return FALSE;
    batch->reader = chunk_reader_new(batch->stream, offset, survey_data_line(batch->survey) - 1);
    if (!run_conveyor(batch)) {
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "the system gives no threads");
        return FALSE;
    }
    batch->count.is_stopped = batch->order->stop && g_atomic_int_get(batch->order->stop);
    if (batch->read_error) {
        g_propagate_error(error, g_steal_pointer(&batch->read_error));
        return FALSE;
    }
    return !take_error(batch->result_file, error) && !take_error(batch->reject_file, error);
}
