#include "batch/shard.h"

#include "base/file.h"
#include "batch/folder.h"
#include "batch/splice.h"

#define SHARD_RUN "run"

/* ---- making ---- */

static gboolean gather(const Batch *batch, PartFile file, GError **error)
{
    g_autofree char *name = g_build_filename(BATCH_SHARD, part_name(file), NULL);

    return folder_finish(batch->order->folder, part_name(file), name, error);
}

static Journal *describe(const Batch *batch)
{
    Journal *run = journal_new();

    journal_copy(run, batch->journal, GROUP_RUN);
    journal_copy(run, batch->journal, GROUP_PLACE);
    journal_set_number(run, GROUP_STATE, "begin", batch->begin);
    journal_set_number(run, GROUP_STATE, "end", batch->end);
    journal_set_number(run, GROUP_STATE, "whole", batch->is_whole ? 1 : 0);
    journal_set_number(run, GROUP_STATE, "records", batch->count.records);
    journal_set_number(run, GROUP_STATE, "graded", batch->count.graded);
    journal_set_number(run, GROUP_STATE, "rejected", batch->count.rejected);
    journal_set_number(run, GROUP_STATE, "filtered", batch->count.filtered);
    journal_set_text(run, GROUP_STATE, "fault", batch->count.fault);
    return run;
}

gboolean shard_make(Batch *batch, GError **error)
{
    g_autofree char *folder = folder_done(batch->order->folder, BATCH_SHARD);
    g_autofree char *path = g_build_filename(folder, SHARD_RUN, NULL);
    g_autoptr(Journal) run = describe(batch);

    return folder_make_one(folder, error) && gather(batch, FILE_RESULTS, error) &&
           gather(batch, FILE_REJECTS, error) && gather(batch, FILE_REJECTED, error) &&
           gather(batch, FILE_COMPANIES, error) && batch_save_count(batch, folder, error) &&
           journal_save(run, path, error);
}

/* ---- reading ---- */

static void shard_free(Shard *shard)
{
    if (!shard)
        return;
    journal_free(shard->run);
    g_free(shard->fault);
    g_free(shard->folder);
    g_free(shard);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shard, shard_free)

/* Read what a folder holds. NULL with BATCH_ERROR_SHARDS or FILE_IO_ERROR. */
static Shard *read_shard(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, BATCH_SHARD, SHARD_RUN, NULL);
    g_autoptr(Shard) shard = g_new0(Shard, 1);

    shard->folder = g_strdup(folder);
    if (folder_has_part(folder, PART_JOURNAL)) {
        g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                    "\"%s\" holds a run that was not finished", folder);
        return NULL;
    }
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "cannot read \"%s\": %s", folder,
                    g_file_test(folder, G_FILE_TEST_EXISTS) ? "not a directory"
                                                            : "no such directory");
        return NULL;
    }
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS, "\"%s\" holds no shard", folder);
        return NULL;
    }
    shard->run = journal_read(path, error);
    if (!shard->run)
        return NULL;
    shard->number = (guint)journal_number(shard->run, GROUP_RUN, "shard");
    shard->of = (guint)journal_number(shard->run, GROUP_RUN, "shards");
    shard->begin = journal_number(shard->run, GROUP_STATE, "begin");
    shard->end = journal_number(shard->run, GROUP_STATE, "end");
    shard->is_whole = journal_number(shard->run, GROUP_STATE, "whole") != 0;
    shard->fault = journal_text(shard->run, GROUP_STATE, "fault");
    if (shard->fault && *shard->fault == '\0')
        g_clear_pointer(&shard->fault, g_free);
    journal_set_number(shard->run, GROUP_RUN, "shard", 0);
    journal_set_number(shard->run, GROUP_RUN, "shards", 0);
    return g_steal_pointer(&shard);
}

char *shard_text(const Shard *shard, const char *group, const char *key)
{
    return journal_text(shard->run, group, key);
}

/* ---- whether they fit together ---- */

static int by_number(gconstpointer a, gconstpointer b)
{
    const Shard *one = *(const Shard *const *)a, *other = *(const Shard *const *)b;

    return (one->number > other->number) - (one->number < other->number);
}

static gboolean is_alike(const Shard *first, const Shard *shard, GError **error)
{
    g_autofree char *difference = pins_difference(shard->run, first->run, GROUP_RUN);

    if (difference)
        g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                    "\"%s\" is a shard of another run than \"%s\": its %s", shard->folder,
                    first->folder, difference);
    else if (shard->of != first->of)
        g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                    "\"%s\" is one of %u shards, \"%s\" one of %u", shard->folder, shard->of,
                    first->folder, first->of);
    return !difference && shard->of == first->of;
}

/* That all numbers are there, once. */
static gboolean is_complete(const GPtrArray *shards, GError **error)
{
    const Shard *first = shards->pdata[0];

    for (guint i = 0; i < shards->len; i++) {
        const Shard *shard = shards->pdata[i], *before = i > 0 ? shards->pdata[i - 1] : NULL;

        if (before && before->number == shard->number) {
            g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                        "\"%s\" and \"%s\" both hold shard %u of %u", before->folder, shard->folder,
                        shard->number, shard->of);
            return FALSE;
        }
        if (shard->number != i + 1)
            break;
        if (i + 1 == first->of)
            return TRUE;
    }
    for (guint i = 0; i < first->of; i++) {
        if (i < shards->len && ((const Shard *)shards->pdata[i])->number == i + 1)
            continue;
        g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS, "shard %u of %u is missing", i + 1,
                    first->of);
        break;
    }
    return FALSE;
}

/* That each begins where the one before ends, up to one that the text cannot be read beyond. */
static gboolean is_continuous(const GPtrArray *shards, GError **error)
{
    const Shard *before = NULL;

    for (guint i = 0; i < shards->len; i++) {
        const Shard *shard = shards->pdata[i];

        if (shard->begin == shard->end && !shard->fault)
            continue;
        if (before && before->end != shard->begin) {
            g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                        "\"%s\" begins at byte %" G_GUINT64_FORMAT
                        " of the text, but \"%s\" ends at %" G_GUINT64_FORMAT,
                        shard->folder, shard->begin, before->folder, before->end);
            return FALSE;
        }
        if (shard->fault)
            return TRUE;
        before = shard;
    }
    return TRUE;
}

GPtrArray *shards_read(const char *const *folders, GError **error)
{
    g_autoptr(GPtrArray) shards = g_ptr_array_new_with_free_func((GDestroyNotify)shard_free);

    for (; *folders; folders++) {
        Shard *shard = read_shard(*folders, error);

        if (!shard)
            return NULL;
        g_ptr_array_add(shards, shard);
        if (!is_alike(shards->pdata[0], shard, error))
            return NULL;
    }
    g_ptr_array_sort(shards, by_number);
    if (!is_complete(shards, error) || !is_continuous(shards, error))
        return NULL;
    return g_steal_pointer(&shards);
}

/* ---- adding ---- */

static gboolean append(const Shard *shard, Batch *batch, PartFile file, GError **error)
{
    g_autofree char *path = g_build_filename(shard->folder, BATCH_SHARD, part_name(file), NULL);
    g_autoptr(Splice) splice = splice_onto(path, batch->files[file], error);
    guint64 size = splice ? splice_size(splice) : 0;

    if (!splice)
        return FALSE;
    splice_add(splice, 0, size);
    return splice_flush(splice, error);
}

gboolean shard_add(const Shard *shard, Batch *batch, GError **error)
{
    g_autofree char *folder = g_build_filename(shard->folder, BATCH_SHARD, NULL);

    batch->count.records += journal_number(shard->run, GROUP_STATE, "records");
    batch->count.graded += journal_number(shard->run, GROUP_STATE, "graded");
    batch->count.rejected += journal_number(shard->run, GROUP_STATE, "rejected");
    batch->count.filtered += journal_number(shard->run, GROUP_STATE, "filtered");
    if (shard->fault)
        batch->count.fault = g_strdup(shard->fault);
    return append(shard, batch, FILE_RESULTS, error) && append(shard, batch, FILE_REJECTS, error) &&
           append(shard, batch, FILE_REJECTED, error) &&
           append(shard, batch, FILE_COMPANIES, error) && batch_add_count(batch, folder, error);
}
