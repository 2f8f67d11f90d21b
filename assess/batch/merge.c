#include "batch/shard.h"

/* The run that the shards are of must be this one. */
static gboolean is_ours(const Batch *batch, const Shard *shard, GError **error)
{
    g_autofree char *difference = pins_difference(shard->run, batch->journal, GROUP_RUN);

    if (!difference)
        return TRUE;
    g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                "the shards are of something else: their %s", difference);
    return FALSE;
}

static gboolean add_all(Batch *batch, const GPtrArray *shards, GError **error)
{
    for (guint i = 0; i < shards->len && !batch->count.fault; i++)
        if (!shard_add(shards->pdata[i], batch, error))
            return FALSE;
    batch->phase = PHASE_FINISH;
    return batch_checkpoint(batch, error);
}

gboolean batch_merge(Batch *batch, const char *const *folders, GError **error)
{
    g_autoptr(GPtrArray) shards = shards_read(folders, error);
    gboolean is_merged;

    if (!shards || !is_ours(batch, shards->pdata[0], error)) {
        batch_forget(batch->order->folder, NULL); /* nothing is begun */
        return FALSE;
    }
    if (!grading_open_files(batch, error))
        return FALSE;
    is_merged = add_all(batch, shards, error);
    grading_close_files(batch);
    return is_merged && finish_run(batch, error);
}
