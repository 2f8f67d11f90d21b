#include <string.h>

#include "base/file.h"
#include "batch/batching.h"
#include "batch/folder.h"
#include "cohort/cohort_json.h"

static const char *const file_names[] = {
    [FILE_RESULTS] = PART_RESULTS,   [FILE_REJECTS] = PART_REJECTS,
    [FILE_REJECTED] = PART_REJECTED, [FILE_COMPANIES] = LEDGER_COMPANIES,
    [FILE_INPUT] = PART_INPUT,
};

const char *part_name(PartFile file)
{
    return file_names[file];
}

/* ---- what was counted ---- */

#define STATISTICS "statistics"
#define ROWS "rows"

/* The part of a checkpoint: numbers change from one to the next, so that a journal never speaks of
 * what another one left. */
static char *count_folder(const Batch *batch, guint64 checkpoint)
{
    g_autofree char *name = g_strdup_printf("count-%" G_GUINT64_FORMAT, checkpoint);

    return folder_part(batch->order->folder, name);
}

static GVariant *pack_rows(const SurveyTally *rows)
{
    GVariantBuilder dropped;

    g_variant_builder_init(&dropped, G_VARIANT_TYPE("at"));
    for (guint i = 0; i < SURVEY_REASONS_LIMIT; i++)
        g_variant_builder_add(&dropped, "t", rows->dropped[i]);
    return g_variant_new("(tatttttttt)", rows->records, &dropped, rows->short_rows,
                         rows->first_short, rows->first_quote, rows->unread, rows->unread_rows,
                         rows->lacking, rows->first_kept);
}

static void unpack_rows(GVariant *value, SurveyTally *rows)
{
    g_autoptr(GVariantIter) dropped = NULL;
    guint64 number;

    g_variant_get(value, "(tatttttttt)", &rows->records, &dropped, &rows->short_rows,
                  &rows->first_short, &rows->first_quote, &rows->unread, &rows->unread_rows,
                  &rows->lacking, &rows->first_kept);
    for (guint i = 0; g_variant_iter_next(dropped, "t", &number) && i < SURVEY_REASONS_LIMIT; i++)
        rows->dropped[i] = number;
}

#define PACKED_COUNT "((tatttttttt)v)"

gboolean batch_save_count(const Batch *batch, const char *folder, GError **error)
{
    g_autofree char *statistics = g_build_filename(folder, STATISTICS, NULL);
    g_autofree char *rows = g_build_filename(folder, ROWS, NULL);
    g_autofree char *json = statistics_json(batch->total.statistics, 0);
    g_autoptr(GVariant) faults = survey_faults_pack(batch->total.faults);
    g_autoptr(GVariant) packed = g_variant_ref_sink(
        g_variant_new("(@(tatttttttt)v)", pack_rows(&batch->total.rows), faults));

    return folder_make_one(folder, error) &&
           file_write(statistics, json, strlen(json), TRUE, error) &&
           file_write(rows, g_variant_get_data(packed), g_variant_get_size(packed), TRUE, error);
}

static gboolean damaged(const char *path, GError **error)
{
    g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "\"%s\" is damaged", path);
    return FALSE;
}

static gboolean read_statistics(const Batch *batch, const char *folder, MarkerCount *count,
                                GError **error)
{
    g_autofree char *path = g_build_filename(folder, STATISTICS, NULL);
    g_autoptr(GBytes) bytes = file_read(path, error);
    g_autofree char *fault = NULL;

    if (!bytes)
        return FALSE;
    count->statistics = statistics_read(batch->order->plan, bytes, &fault);
    return count->statistics || damaged(path, error);
}

static gboolean read_rows(const Batch *batch, const char *folder, MarkerCount *count,
                          GError **error)
{
    g_autofree char *path = g_build_filename(folder, ROWS, NULL);
    g_autoptr(GBytes) bytes = file_read(path, error);
    g_autoptr(GVariant) value = NULL;
    g_autoptr(GVariant) rows = NULL;
    g_autoptr(GVariant) faults = NULL;

    if (!bytes)
        return FALSE;
    value =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(PACKED_COUNT), bytes, FALSE));
    if (!g_variant_is_normal_form(value))
        return damaged(path, error);
    g_variant_get(value, "(@(tatttttttt)v)", &rows, &faults);
    count->faults = survey_faults_unpack(faults, survey_n_columns(batch->survey));
    unpack_rows(rows, &count->rows);
    return count->faults || damaged(path, error);
}

gboolean batch_add_count(Batch *batch, const char *folder, GError **error)
{
    MarkerCount count = { .faults = NULL };
    gboolean is_read =
        read_statistics(batch, folder, &count, error) && read_rows(batch, folder, &count, error);

    if (is_read)
        marker_count_add(&batch->total, &count);
    marker_count_clear(&count);
    return is_read;
}

static void forget_count(const Batch *batch, guint64 checkpoint)
{
    g_autofree char *folder = count_folder(batch, checkpoint);

    folder_remove(folder, NULL);
}

/* ---- the journal ---- */

static void set(Batch *batch, const char *key, guint64 number)
{
    journal_set_number(batch->journal, GROUP_STATE, key, number);
}

static guint64 get(const Batch *batch, const char *key)
{
    return journal_number(batch->journal, GROUP_STATE, key);
}

static gboolean sync_files(Batch *batch, GError **error)
{
    for (guint i = 0; i < FILES; i++)
        if (batch->files[i] && !writer_sync(batch->files[i]))
            return !batch_take_error(batch->files[i], error);
    return TRUE;
}

gboolean batch_checkpoint(Batch *batch, GError **error)
{
    g_autofree char *path = folder_part(batch->order->folder, PART_JOURNAL);
    g_autofree char *counts = NULL;

    if (!sync_files(batch, error))
        return FALSE;
    batch->checkpoint++;
    counts = count_folder(batch, batch->checkpoint);
    if (!batch_save_count(batch, counts, error))
        return FALSE;
    for (guint i = 0; i < FILES; i++)
        if (batch->files[i])
            journal_set_number(batch->journal, GROUP_BYTES, file_names[i],
                               writer_size(batch->files[i]));
    set(batch, "checkpoint", batch->checkpoint);
    set(batch, "phase", batch->phase);
    set(batch, "next", batch->next);
    set(batch, "begin", batch->begin);
    set(batch, "end", batch->end);
    set(batch, "whole", batch->is_whole ? 1 : 0);
    set(batch, "records", batch->count.records);
    set(batch, "graded", batch->count.graded);
    set(batch, "rejected", batch->count.rejected);
    set(batch, "filtered", batch->count.filtered);
    set(batch, "left_out", batch->count.duplicates.left_out);
    set(batch, "duplicated", batch->count.duplicates.companies);
    journal_set_text(batch->journal, GROUP_STATE, "fault", batch->count.fault);
    if (!journal_save(batch->journal, path, error))
        return FALSE;
    forget_count(batch, batch->checkpoint - 1);
    batch->saved = g_get_monotonic_time();
    return TRUE;
}

gboolean batch_restore(Batch *batch, GError **error)
{
    g_autofree char *counts = NULL;

    batch->checkpoint = get(batch, "checkpoint");
    batch->phase = (Phase)get(batch, "phase");
    batch->next = get(batch, "next");
    batch->begin = get(batch, "begin");
    batch->end = get(batch, "end");
    batch->is_whole = get(batch, "whole") != 0;
    batch->count.records = batch->count.resumed = get(batch, "records");
    batch->count.graded = get(batch, "graded");
    batch->count.rejected = get(batch, "rejected");
    batch->count.filtered = get(batch, "filtered");
    batch->count.duplicates.left_out = get(batch, "left_out");
    batch->count.duplicates.companies = get(batch, "duplicated");
    batch->count.fault = journal_text(batch->journal, GROUP_STATE, "fault");
    if (batch->count.fault && *batch->count.fault == '\0')
        g_clear_pointer(&batch->count.fault, g_free);
    counts = count_folder(batch, batch->checkpoint);
    return batch_add_count(batch, counts, error);
}
