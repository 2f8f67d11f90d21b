#include <string.h>

#include "base/file.h"
#include "batch/batching.h"
#include "batch/folder.h"

enum { EPOCH_CHUNKS = 64 /* chunks of an epoch at most */ };

/* ---- files ---- */

/* Open a part, where the journal says how long it is, so long. */
static Writer *open_part(const Batch *batch, PartFile file, GError **error)
{
    g_autofree char *path = folder_part(batch->order->folder, part_name(file));
    guint64 size = journal_number(batch->journal, GROUP_BYTES, part_name(file));

    return writer_open(path, TRUE, size, error);
}

static gboolean is_piped(const Batch *batch)
{
    return strcmp(batch->order->input, "-") == 0;
}

gboolean grading_open_files(Batch *batch, GError **error)
{
    for (guint i = 0; i < FILES; i++) {
        if (i == FILE_INPUT && !is_piped(batch))
            continue;
        if (!batch_has_folder(batch) && i != FILE_RESULTS)
            continue;
        batch->files[i] = batch_has_folder(batch) ? open_part(batch, (PartFile)i, error)
                                                  : writer_open("-", FALSE, 0, error);
        if (!batch->files[i])
            return FALSE;
    }
    if (writer_size(batch->files[FILE_RESULTS]) == 0 && batch->order->shards == 0)
        writer_append(batch->files[FILE_RESULTS], batch->header->str, batch->header->len);
    return TRUE;
}

void grading_close_files(Batch *batch)
{
    for (guint i = 0; i < FILES; i++)
        g_clear_pointer(&batch->files[i], writer_free);
}

/* ---- epochs ---- */

/* Microseconds between two checkpoints, and of an epoch at most. */
static gint64 checkpoint_time(const Batch *batch)
{
    return (gint64)batch->order->checkpoint * G_USEC_PER_SEC;
}

/* While reading: the epoch of the next chunk. A new one begins only when the one before the last
 * is collected, so that there are never more than two at work. */
static guint next_epoch(Batch *batch)
{
    gint64 now = g_get_monotonic_time();
    gboolean is_full =
        batch->epoch_chunks >= EPOCH_CHUNKS || now - batch->epoch_begun >= checkpoint_time(batch);

    if (is_full && (guint)g_atomic_int_get(&batch->collected) == batch->epoch) {
        batch->epoch++;
        batch->epoch_chunks = 0;
        batch->epoch_begun = now;
    }
    batch->epoch_chunks++;
    return batch->epoch;
}

static void collect(Batch *batch, guint epoch)
{
    for (guint i = 0; i < batch->markers->len; i++)
        marker_collect(batch->markers->pdata[i], epoch, &batch->total);
}

/* Before the first chunk of an epoch is written: all before it is. FALSE with an error that the
 * files have, or in `error`. */
static gboolean meet_epoch(Batch *batch, guint epoch, GError **error)
{
    guint collected = (guint)g_atomic_int_get(&batch->collected);

    if (epoch == collected)
        return TRUE;
    collect(batch, collected);
    g_atomic_int_set(&batch->collected, (gint)epoch);
    if (!batch_has_folder(batch) || g_get_monotonic_time() - batch->saved < checkpoint_time(batch))
        return TRUE;
    return batch_checkpoint(batch, error);
}

/* ---- walking ---- */

typedef struct {
    Batch *batch;
    GError *error;
    guint64 begin; /* chunk: those before it are written; batch->next moves on meanwhile */
} Grading;

/* In whose share of the source the chunk begins; from 1, 0 if it is not shared out. */
static guint64 shard_of(const Batch *batch, const Chunk *chunk)
{
    const BatchOrder *order = batch->order;
    guint64 size = MAX(batch->count.size, 1);

    return order->shards == 0 ? 0 : MIN(chunk->source, size - 1) * order->shards / size + 1;
}

static WalkWish wants(const Chunk *chunk, Load *load, gpointer data)
{
    Batch *batch = ((Grading *)data)->batch;
    guint64 shard = shard_of(batch, chunk);

    if (shard > batch->order->shard)
        return WALK_END;
    if (shard < batch->order->shard || chunk->ordinal < ((Grading *)data)->begin)
        return WALK_SKIP;
    load->epoch = next_epoch(batch);
    return WALK_TAKE;
}

static gboolean write_array(Writer *writer, const GArray *array)
{
    return writer_append(writer, array->data,
                         (gsize)array->len * g_array_get_element_size((GArray *)array));
}

static gboolean write_load(Batch *batch, const Chunk *chunk, const Load *load)
{
    Writer *const *files = batch->files;

    if (files[FILE_INPUT] && !writer_append(files[FILE_INPUT], chunk->text, chunk->size))
        return FALSE;
    return writer_append(files[FILE_RESULTS], load->results->str, load->results->len) &&
           writer_append(files[FILE_REJECTS], load->rejects->str, load->rejects->len) &&
           write_array(files[FILE_REJECTED], load->rejected) &&
           write_array(files[FILE_COMPANIES], load->companies);
}

/* Whether a company was there before; it is from now on. */
static gboolean was_seen(Batch *batch, const Company *company)
{
    guint64 key = company->key[0] ^ company->key[1] * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

    return company_has_key(company) && !g_hash_table_add(batch->seen, g_memdup2(&key, sizeof key));
}

/* How many records of a load count, and why the others do not. */
typedef struct {
    guint64 companies, left_out; /* the latter among the former */
    guint64 rejected, filtered;
} Passed;

/* How many of the records that were refused stand before this one. */
static guint rejected_before(const Load *load, guint64 record)
{
    guint n = 0;

    while (n < load->rejected->len && g_array_index(load->rejected, Rejected, n).record < record)
        n++;
    return n;
}

/* A company came again that must not: what stands behind its record counts as not read. */
static void cut(const Chunk *chunk, const Load *load, guint company, Passed *passed)
{
    const guint64 record = g_array_index(load->companies, Company, company).record;

    passed->companies = company + 1;
    passed->rejected = rejected_before(load, record);
    passed->filtered = record + 1 - chunk->first_record - passed->companies - passed->rejected;
}

/* To standard output: only what was not there before. */
static gboolean pass_load(Batch *batch, const Chunk *chunk, const Load *load, Passed *passed)
{
    Writer *out = batch->files[FILE_RESULTS];
    const char *row = load->results->str;

    for (guint i = 0; i < load->companies->len; i++) {
        const Company *company = &g_array_index(load->companies, Company, i);

        if (was_seen(batch, company)) {
            DuplicateCount *count = &batch->count.duplicates;

            count->second = count->left_out++ == 0 ? company->record : count->second;
            passed->left_out++;
            batch->count.is_cut = batch->order->duplicates == DUPLICATES_ERROR;
            if (batch->count.is_cut) {
                cut(chunk, load, i, passed);
                return FALSE;
            }
        } else if (!writer_append(out, row, company->length)) {
            return FALSE;
        }
        row += company->length;
    }
    return TRUE;
}

static gboolean take(const Chunk *chunk, const Load *load, gpointer data)
{
    Grading *grading = data;
    Batch *batch = grading->batch;
    Passed passed = { load->companies->len, 0, load->rejected->len, load->filtered };
    gboolean more;

    if (!meet_epoch(batch, load->epoch, &grading->error))
        return FALSE;
    more = batch_has_folder(batch) ? write_load(batch, chunk, load)
                                   : pass_load(batch, chunk, load, &passed);
    batch->begin = batch->end > 0 ? batch->begin : chunk->offset;
    batch->end = chunk->offset + chunk->size;
    batch->next = chunk->ordinal + 1;
    batch->count.graded += passed.companies - passed.left_out;
    batch->count.rejected += passed.rejected + passed.left_out;
    batch->count.filtered += passed.filtered;
    batch->count.records += passed.companies + passed.rejected + passed.filtered;
    batch->count.taken = chunk->source + chunk->size;
    batch->count.fault = batch->count.is_cut ? NULL : g_strdup(load->fault);
    if (batch->order->tell)
        batch->order->tell(batch->order->data);
    return more && !load->fault;
}

static void idle(gpointer data)
{
    const Batch *batch = ((Grading *)data)->batch;

    if (batch->order->tell)
        batch->order->tell(batch->order->data);
}

/* What is not collected yet: of the last two epochs. */
static void end(gboolean is_whole, gpointer data)
{
    Batch *batch = ((Grading *)data)->batch;
    guint collected = (guint)g_atomic_int_get(&batch->collected);

    collect(batch, collected);
    collect(batch, collected + 1);
    batch->is_whole = is_whole;
    batch->count.is_stopped = !is_whole && !batch->count.fault && batch->order->stop &&
                              g_atomic_int_get(batch->order->stop);
}

/* The header of what comes from standard input, so that all of it can be read again. */
static gboolean begin_input(Batch *batch, GError **error)
{
    g_autofree char *before = g_malloc(batch->text.offset + 1);
    gssize n = stream_read(batch->stream, before, batch->text.offset, error);

    if (n < 0)
        return FALSE;
    if (batch->files[FILE_INPUT] && writer_size(batch->files[FILE_INPUT]) == 0)
        writer_append(batch->files[FILE_INPUT], before, (gsize)n);
    return TRUE;
}

static gboolean find_error(const Batch *batch, GError **error)
{
    for (guint i = 0; i < FILES; i++)
        if (batch_take_error(batch->files[i], error))
            return TRUE;
    return FALSE;
}

/* Everything is graded, or it was stopped in between. */
static gboolean end_grading(Batch *batch, GError **error)
{
    if (find_error(batch, error))
        return FALSE;
    if (!batch_has_folder(batch))
        return TRUE;
    if (!batch->count.is_stopped)
        batch->phase = PHASE_FINISH;
    return batch_checkpoint(batch, error);
}

gboolean grading_run(Batch *batch, GError **error)
{
    g_autoptr(GPtrArray) markers = g_ptr_array_new();
    Grading grading = { .batch = batch, .begin = batch->next };
    const Walk walk = { .jobs = batch->order->jobs,
                        .plan = &batch->plan,
                        .markers = markers,
                        .wants = wants,
                        .work = marker_work,
                        .take = take,
                        .idle = idle,
                        .end = end,
                        .data = &grading };
    gboolean is_walked;

    batch->markers = markers;
    batch->epoch_begun = batch->saved = g_get_monotonic_time();
    batch->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    if (!grading_open_files(batch, error) || !begin_input(batch, error))
        return FALSE;
    is_walked = walk_run(&walk, &batch->text, batch->stream, error);
    if (grading.error) {
        g_clear_error(error);
        g_propagate_error(error, grading.error);
        is_walked = FALSE;
    }
    if (is_walked)
        is_walked = end_grading(batch, error);
    grading_close_files(batch);
    return is_walked;
}
