#include "batch/batch.h"

#include <string.h>

#include "batch/batching.h"
#include "batch/folder.h"
#include "report/csv.h"

/* ---- opening ---- */

static char *source_name(const BatchOrder *order)
{
    if (order->name)
        return g_strdup(order->name);
    return strcmp(order->input, "-") == 0 ? g_strdup("-") : g_path_get_basename(order->input);
}

static void make_shared(Batch *batch)
{
    const BatchOrder *order = batch->order;

    batch->results = results_new(order->plan, survey_asks_evidence(batch->survey));
    batch->rejects = rejects_new(batch->name);
    batch->header = g_string_new(order->has_mark ? CSV_MARK : "");
    results_header(batch->results, batch->header);
    batch->plan = (MarkerPlan){ .survey = batch->survey,
                                .plan = order->plan,
                                .results = batch->results,
                                .rejects = batch->rejects,
                                .filter = order->filter,
                                .date = order->date,
                                .strict = order->strict };
    marker_count_init(&batch->total, &batch->plan);
    batch->text = (WalkText){ .path = order->input,
                              .encoding = batch->encoding,
                              .delimiter = survey_delimiter(batch->survey),
                              .offset = survey_data_offset(batch->survey),
                              .lines = survey_data_line(batch->survey) - 1,
                              .stop = order->stop };
    batch->count.size = stream_size(batch->stream);
    if (order->folder)
        batch->done = folder_done(order->folder, NULL);
    batch->input = order->folder && strcmp(order->input, "-") == 0
                       ? folder_part(order->folder, PART_INPUT)
                       : g_strdup(order->input);
}

/* Read what the text begins with. FALSE with `error`, or with errors in `findings`. */
static gboolean open_survey(Batch *batch, Findings *findings, GError **error)
{
    const BatchOrder *order = batch->order;
    SurveyOptions options = order->survey;
    EncodingFound found;
    const char *head;
    gsize size;
    gboolean is_whole;

    stream_tolerate(batch->stream);
    if (!stream_decode(batch->stream, options.encoding, &found, findings, error))
        return FALSE;
    batch->encoding = g_strdup(found.name);
    options.encoding = batch->encoding;
    head = stream_head(batch->stream, &size, &is_whole, error);
    batch->survey = survey_open(order->vocabulary, order->layouts, &options, batch->name, head,
                                size, is_whole, findings);
    if (stream_tell_head(batch->stream, batch->survey ? survey_data_offset(batch->survey) : size,
                         findings) ||
        !batch->survey)
        return FALSE;
    pins_set(batch->journal, order, batch->survey, batch->name, head, size,
             stream_size(batch->stream));
    journal_set_number(batch->journal, GROUP_PLACE, "changed",
                       (guint64)stream_changed(batch->stream));
    make_shared(batch);
    return TRUE;
}

Batch *batch_open(const BatchOrder *order, Findings *findings, GError **error)
{
    g_autoptr(Batch) batch = g_new0(Batch, 1);

    batch->order = order;
    batch->name = source_name(order);
    batch->journal = journal_new();
    batch->stream = stream_open(order->input, order->stop, error);
    if (!batch->stream || !open_survey(batch, findings, error))
        return NULL;
    if (order->shards > 0 && strcmp(order->input, "-") == 0) {
        g_set_error(error, BATCH_ERROR, BATCH_ERROR_SIZE,
                    "--shard needs a file: standard input cannot be shared out");
        return NULL;
    }
    return g_steal_pointer(&batch);
}

void batch_free(Batch *batch)
{
    if (!batch)
        return;
    for (guint i = 0; i < FILES; i++)
        writer_free(batch->files[i]);
    marker_count_clear(&batch->total);
    journal_free(batch->journal);
    rejects_free(batch->rejects);
    results_free(batch->results);
    survey_free(batch->survey);
    stream_free(batch->stream);
    if (batch->header)
        g_string_free(batch->header, TRUE);
    if (batch->seen)
        g_hash_table_unref(batch->seen);
    g_free(batch->count.fault);
    g_free(batch->encoding);
    g_free(batch->input);
    g_free(batch->done);
    g_free(batch->name);
    g_free(batch);
}

const BatchCount *batch_count(const Batch *batch)
{
    return &batch->count;
}

const Statistics *batch_statistics(const Batch *batch)
{
    return batch->total.statistics;
}

const SurveyTally *batch_tally(const Batch *batch)
{
    return &batch->total.rows;
}

const Survey *batch_survey(const Batch *batch)
{
    return batch->survey;
}

gboolean batch_has_folder(const Batch *batch)
{
    return batch->order->folder != NULL;
}

gboolean batch_take_error(const Writer *writer, GError **error)
{
    if (!writer || !writer_error(writer))
        return FALSE;
    if (error && !*error)
        *error = g_error_copy(writer_error(writer));
    return TRUE;
}

/* ---- whose directory it is ---- */

static gboolean refuse(GError **error, BatchError code, const char *folder, const char *what)
{
    g_set_error(error, BATCH_ERROR, code, "\"%s\" %s", folder, what);
    return FALSE;
}

/* Whether a journal is of the same run. */
static gboolean is_same(const Batch *batch, const Journal *other, GError **error)
{
    g_autofree char *difference = pins_difference(other, batch->journal, GROUP_RUN);

    if (!difference)
        difference = pins_difference(other, batch->journal, GROUP_MORE);
    if (!difference)
        return TRUE;
    g_set_error(error, BATCH_ERROR, BATCH_ERROR_OTHER,
                "\"%s\" holds a run of something else: its %s", batch->order->folder, difference);
    return FALSE;
}

/* A file that was written to since may hold anything. */
static gboolean is_unchanged(const Batch *batch, const Journal *other, GError **error)
{
    guint64 then = journal_number(other, GROUP_PLACE, "changed");

    if (then == journal_number(batch->journal, GROUP_PLACE, "changed"))
        return TRUE;
    g_set_error(error, BATCH_ERROR, BATCH_ERROR_OTHER, "\"%s\" was changed since the run began",
                batch->order->input);
    return FALSE;
}

gboolean batch_forget(const char *folder, GError **error)
{
    g_autofree char *journal = folder_part(folder, PART_JOURNAL);

    return folder_remove(journal, error) && folder_forget(folder, error);
}

static gboolean begin_anew(Batch *batch, GError **error)
{
    const char *folder = batch->order->folder;

    return folder_make(folder, error) && batch_forget(folder, error) &&
           folder_make(folder, error) && batch_checkpoint(batch, error);
}

/* Go on where it was stopped. */
static gboolean go_on(Batch *batch, GError **error)
{
    g_autofree char *path = folder_part(batch->order->folder, PART_JOURNAL);
    g_autoptr(Journal) journal = journal_read(path, error);

    if (!journal || !is_same(batch, journal, error) || !is_unchanged(batch, journal, error))
        return FALSE;
    journal_copy(batch->journal, journal, GROUP_STATE);
    journal_copy(batch->journal, journal, GROUP_BYTES);
    return folder_make(batch->order->folder, error) && batch_restore(batch, error);
}

/* The directory holds results, and no state. */
static gboolean meet_results(Batch *batch, GError **error)
{
    const char *folder = batch->order->folder;
    g_autofree char *path = folder_path(folder, BATCH_RUN);
    g_autoptr(Journal) run = NULL;

    if (!batch->order->resume)
        return refuse(error, BATCH_ERROR_EXISTS, folder, "holds the results of a run already");
    run = journal_read(path, error);
    if (!run || !is_same(batch, run, error) || !batch_forget(folder, error))
        return FALSE;
    batch->phase = PHASE_DONE;
    batch->count.was_done = TRUE;
    batch->count.records = journal_number(run, GROUP_STATE, "records");
    batch->count.graded = journal_number(run, GROUP_STATE, "graded");
    batch->count.rejected = journal_number(run, GROUP_STATE, "rejected");
    batch->count.filtered = journal_number(run, GROUP_STATE, "filtered");
    batch->count.fault = journal_text(run, GROUP_STATE, "fault");
    if (batch->count.fault && *batch->count.fault == '\0')
        g_clear_pointer(&batch->count.fault, g_free);
    return TRUE;
}

static gboolean enter_folder(Batch *batch, GError **error)
{
    const char *folder = batch->order->folder;

    if (batch->order->force && !batch->order->resume)
        return begin_anew(batch, error);
    if (folder_has_part(folder, PART_JOURNAL))
        return batch->order->resume
                   ? go_on(batch, error)
                   : refuse(error, BATCH_ERROR_EXISTS, folder, "holds a run that was not finished");
    if (folder_has(folder, BATCH_RUN) || folder_has(folder, BATCH_RESULTS))
        return meet_results(batch, error);
    return begin_anew(batch, error);
}

/* What others made before the run was stopped is made again. */
static gboolean forget_more(const Batch *batch, GError **error)
{
    static const char *const own[] = { BATCH_RESULTS, BATCH_REJECTS, BATCH_FINDINGS,
                                       BATCH_COHORT,  BATCH_RUN,     BATCH_SHARD,
                                       NULL };
    g_autoptr(GDir) dir = g_dir_open(batch->done, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(batch->done, name, NULL);

        if (!g_strv_contains(own, name) && !folder_remove(path, error))
            return FALSE;
    }
    return TRUE;
}

gboolean batch_enter(Batch *batch, GError **error)
{
    if (!batch->order->folder)
        return TRUE;
    if (!enter_folder(batch, error))
        return FALSE;
    return batch->phase >= PHASE_PLACE || forget_more(batch, error);
}

/* ---- running ---- */

gboolean batch_run(Batch *batch, GError **error)
{
    if (batch->phase == PHASE_GRADE && !grading_run(batch, error))
        return FALSE;
    return batch->phase != PHASE_FINISH || finish_run(batch, error);
}

gboolean batch_wants_more(const Batch *batch)
{
    return batch->order->folder && batch->order->shards == 0 && batch->phase <= PHASE_MORE;
}

const char *batch_done(const Batch *batch)
{
    return batch->done;
}

const char *batch_input(const Batch *batch)
{
    return batch->input;
}

static gboolean place(Batch *batch, GError **error)
{
    batch->phase = PHASE_PLACE;
    return batch_checkpoint(batch, error) && folder_place(batch->order->folder, error);
}

gboolean batch_end(Batch *batch, GError **error)
{
    const char *folder = batch->order->folder;

    if (!folder || batch->phase == PHASE_DONE)
        return TRUE;
    if (batch->phase < PHASE_MORE)
        return TRUE; /* stopped */
    return place(batch, error) && batch_forget(folder, error);
}
