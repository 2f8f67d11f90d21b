#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "batch/batching.h"
#include "batch/findings_table.h"
#include "batch/folder.h"
#include "batch/shard.h"
#include "batch/splice.h"
#include "cohort/cohort_json.h"
#include "report/csv.h"

/* Rejects of those left out, on their way into rejects.csv. */
#define PART_DUPLICATES "duplicates" /* rows */
#define PART_DUPLICATED "duplicated" /* of Rejected: one a row of it */

/* ---- results ---- */

typedef struct {
    Splice *splice;
    guint64 offset; /* in the part */
} Keeping;

static gboolean keep_row(const Company *company, const LeftOut *left_out, gpointer data)
{
    Keeping *keeping = data;

    if (!left_out)
        splice_add(keeping->splice, keeping->offset, company->length);
    keeping->offset += company->length;
    return !splice_error(keeping->splice);
}

/* results.csv without the rows of those left out. */
static gboolean filter_results(const Batch *batch, GError **error)
{
    const char *folder = batch->order->folder;
    g_autofree char *from = folder_part(folder, PART_RESULTS);
    g_autofree char *to = folder_done(folder, BATCH_RESULTS);
    g_autoptr(Ledger) ledger = ledger_open(folder, 0, error);
    g_autoptr(Splice) splice = ledger ? splice_open(from, to, error) : NULL;
    Keeping keeping = { .splice = splice, .offset = batch->header->len };

    if (!splice)
        return FALSE;
    splice_add(splice, 0, batch->header->len);
    return ledger_each(ledger, keep_row, &keeping, error) && splice_end(splice, error);
}

/* ---- those left out ---- */

typedef struct {
    Batch *batch;
    FILE *left_out; /* of reading */
    LeftOut next;
    Writer *rows, *index;
    MarkerCount *total;
    GPtrArray *markers;
} TakingOut;

static void read_next(TakingOut *taking)
{
    if (fread(&taking->next, sizeof taking->next, 1, taking->left_out) != 1)
        taking->next.record = G_MAXUINT64;
}

/* While reading: the chunk's rows that are left out. */
static WalkWish wants(const Chunk *chunk, Load *load, gpointer data)
{
    TakingOut *taking = data;
    guint64 end = chunk->first_record + chunk->n_records;

    load->epoch = 0;
    g_array_set_size(load->left_out, 0);
    while (taking->next.record < end) {
        g_array_append_val(load->left_out, taking->next);
        read_next(taking);
    }
    if (load->left_out->len > 0)
        return WALK_TAKE;
    return taking->next.record == G_MAXUINT64 ? WALK_END : WALK_SKIP;
}

static gboolean take(const Chunk *chunk, const Load *load, gpointer data)
{
    const TakingOut *taking = data;
    const BatchOrder *order = taking->batch->order;

    (void)chunk;
    if (order->tell)
        order->tell(order->data);
    return writer_append(taking->rows, load->rejects->str, load->rejects->len) &&
           writer_append(taking->index, load->rejected->data,
                         load->rejected->len * sizeof(Rejected));
}

static void end(gboolean is_whole, gpointer data)
{
    const TakingOut *taking = data;

    (void)is_whole;
    for (guint i = 0; i < taking->markers->len; i++)
        marker_collect(taking->markers->pdata[i], 0, taking->total);
}

static gboolean walk_again(Batch *batch, TakingOut *taking, GError **error)
{
    const Walk walk = { .jobs = batch->order->jobs,
                        .plan = &batch->plan,
                        .markers = taking->markers,
                        .wants = wants,
                        .work = marker_take_out,
                        .take = take,
                        .end = end,
                        .data = taking };
    WalkText text = batch->text;
    g_autoptr(Stream) stream = NULL;

    text.path = batch->input;
    text.stop = NULL; /* this is short, and is all or nothing */
    if (strcmp(batch->order->input, "-") == 0)
        text.encoding = "UTF-8";
    stream = walk_open(&text, error);
    return stream && walk_run(&walk, &text, stream, error) &&
           !batch_take_error(taking->rows, error) && !batch_take_error(taking->index, error);
}

/* Read the rows of those left out again: take them out of the numbers, and write why. */
static gboolean take_out(Batch *batch, MarkerCount *total, GError **error)
{
    const char *folder = batch->order->folder;
    g_autofree char *left_out = folder_part(folder, LEDGER_LEFT_OUT);
    g_autofree char *rows = folder_part(folder, PART_DUPLICATES);
    g_autofree char *index = folder_part(folder, PART_DUPLICATED);
    g_autoptr(GPtrArray) markers = g_ptr_array_new();
    TakingOut taking = { .batch = batch, .total = total, .markers = markers };
    gboolean is_taken;

    taking.left_out = fopen(left_out, "rbe");
    if (!taking.left_out)
        return file_fault(error, FILE_IO_ERROR_READ, left_out, errno);
    read_next(&taking);
    taking.rows = writer_open(rows, FALSE, 0, error);
    taking.index = taking.rows ? writer_open(index, FALSE, 0, error) : NULL;
    is_taken = taking.index && walk_again(batch, &taking, error);
    fclose(taking.left_out);
    writer_free(taking.rows);
    writer_free(taking.index);
    return is_taken;
}

/* ---- rejects ---- */

/* Rows of one of two parts, with the index that says how long they are. */
typedef struct {
    FILE *index;
    Splice *splice;
    guint64 offset;
    Rejected next;
} Rows;

static void step(Rows *rows)
{
    if (!rows->index || fread(&rows->next, sizeof rows->next, 1, rows->index) != 1)
        rows->next.record = G_MAXUINT64;
}

static gboolean open_rows(Rows *rows, const char *folder, const char *part, const char *index,
                          Writer *out, GError **error)
{
    g_autofree char *path = folder_part(folder, part);
    g_autofree char *index_path = folder_part(folder, index);

    rows->splice = splice_onto(path, out, error);
    rows->index = rows->splice ? fopen(index_path, "rbe") : NULL;
    if (rows->splice && !rows->index)
        file_fault(error, FILE_IO_ERROR_READ, index_path, errno);
    step(rows);
    return rows->index != NULL;
}

static void close_rows(Rows *rows)
{
    splice_free(rows->splice);
    if (rows->index)
        fclose(rows->index);
}

static void pass_row(Rows *rows)
{
    splice_add(rows->splice, rows->offset, rows->next.length);
    rows->offset += rows->next.length;
    step(rows);
}

/* The rows of both in the order of records. */
static gboolean merge_rows(Rows *refused, Rows *left_out, GError **error)
{
    Rows *last = NULL;

    while (refused->next.record != G_MAXUINT64 || left_out->next.record != G_MAXUINT64) {
        Rows *next = refused->next.record < left_out->next.record ? refused : left_out;

        if (last && last != next && !splice_flush(last->splice, error))
            return FALSE;
        pass_row(next);
        last = next;
    }
    return !last || splice_flush(last->splice, error);
}

static gboolean write_rejects(const Batch *batch, gboolean has_left_out, GError **error)
{
    const char *folder = batch->order->folder;
    g_autofree char *path = folder_done(folder, BATCH_REJECTS);
    g_autoptr(GString) header = g_string_new(batch->order->has_mark ? CSV_MARK : "");
    g_autoptr(Writer) out = writer_open(path, FALSE, 0, error);
    Rows refused = { .offset = 0 }, left_out = { .next.record = G_MAXUINT64 };
    gboolean is_written;

    if (!out)
        return FALSE;
    rejects_header(header);
    writer_append(out, header->str, header->len);
    is_written = open_rows(&refused, folder, PART_REJECTS, PART_REJECTED, out, error) &&
                 (!has_left_out ||
                  open_rows(&left_out, folder, PART_DUPLICATES, PART_DUPLICATED, out, error)) &&
                 merge_rows(&refused, &left_out, error);
    close_rows(&refused);
    close_rows(&left_out);
    writer_sync(out);
    return is_written && !batch_take_error(out, error);
}

/* ---- what many say ---- */

static gboolean write_text(const Batch *batch, const char *name, const char *text, gsize size,
                           GError **error)
{
    g_autofree char *path = folder_done(batch->order->folder, name);

    return file_write(path, text, size, TRUE, error);
}

static gboolean write_cohort(Batch *batch, GError **error)
{
    Statistics *statistics = batch->total.statistics;
    const DuplicateCount *duplicates = &batch->count.duplicates;
    g_autofree char *json = NULL;
    g_autoptr(GString) findings = g_string_new(batch->order->has_mark ? CSV_MARK : "");

    statistics_date(statistics, batch->order->date);
    statistics_identical(statistics, (gint64)duplicates->alike, (gint64)duplicates->sets);
    json = statistics_json(statistics, batch->order->min_group);
    findings_table(batch->survey, batch->total.faults, &batch->total.rows, findings);
    return write_text(batch, BATCH_COHORT, json, strlen(json), error) &&
           write_text(batch, BATCH_FINDINGS, findings->str, findings->len, error);
}

/* What the results are of, and how many. */
static gboolean write_run(Batch *batch, GError **error)
{
    g_autoptr(Journal) run = journal_new();
    g_autofree char *text = NULL;

    journal_copy(run, batch->journal, GROUP_RUN);
    journal_copy(run, batch->journal, GROUP_MORE);
    journal_set_number(run, GROUP_STATE, "records", batch->count.records);
    journal_set_number(run, GROUP_STATE, "graded", batch->count.graded);
    journal_set_number(run, GROUP_STATE, "rejected", batch->count.rejected);
    journal_set_number(run, GROUP_STATE, "filtered", batch->count.filtered);
    journal_set_number(run, GROUP_STATE, "duplicates", batch->count.duplicates.left_out);
    journal_set_text(run, GROUP_STATE, "fault", batch->count.fault);
    text = journal_bytes(run);
    return write_text(batch, BATCH_RUN, text, strlen(text), error);
}

/* ---- phases ---- */

static gboolean resolve(Batch *batch, GError **error)
{
    DuplicateCount *duplicates = &batch->count.duplicates;

    if (!duplicates_resolve(batch->order->folder, batch->order->duplicates, duplicates, error))
        return FALSE;
    batch->count.graded -= duplicates->left_out;
    batch->count.rejected += duplicates->left_out;
    return duplicates->left_out == 0 || take_out(batch, &batch->total, error);
}

static gboolean make_files(Batch *batch, GError **error)
{
    const char *folder = batch->order->folder;
    gboolean has_left_out;

    if (!resolve(batch, error))
        return FALSE;
    has_left_out = batch->count.duplicates.left_out > 0;
    return (has_left_out ? filter_results(batch, error)
                         : folder_finish(folder, PART_RESULTS, BATCH_RESULTS, error)) &&
           write_rejects(batch, has_left_out, error) && write_cohort(batch, error) &&
           write_run(batch, error);
}

static gboolean make_shard(Batch *batch, GError **error)
{
    return shard_make(batch, error) && write_run(batch, error);
}

gboolean finish_run(Batch *batch, GError **error)
{
    if (!(batch->order->shards > 0 ? make_shard(batch, error) : make_files(batch, error)))
        return FALSE;
    batch->phase = PHASE_MORE;
    return batch_checkpoint(batch, error);
}
