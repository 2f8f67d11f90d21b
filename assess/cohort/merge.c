#include <string.h>

#include "cohort/folder.h"
#include "cohort/shard.h"

/* The run that the shards are of must be this one. */
static gboolean is_ours(const Batch *batch, const Shard *shard, GError **error)
{
    g_autoptr(Journal) own = journal_new();
    g_autofree char *key = NULL;
    g_autofree char *ours = NULL;
    g_autofree char *theirs = NULL;

    journal_copy(own, batch->journal, GROUP_RUN);
    journal_set_text(own, GROUP_RUN, "more", "");
    key = journal_difference(own, shard->run, GROUP_RUN);
    if (!key)
        return TRUE;
    ours = journal_text(own, GROUP_RUN, key);
    theirs = journal_text(shard->run, GROUP_RUN, key);
    g_set_error(error, BATCH_ERROR, BATCH_ERROR_SHARDS,
                "the shards are of something else: their %s is \"%s\", here it is \"%s\"", key,
                theirs ? theirs : "", ours ? ours : "");
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

    if (!shards || !is_ours(batch, shards->pdata[0], error))
        return FALSE;
    if (!grading_open_files(batch, error))
        return FALSE;
    is_merged = add_all(batch, shards, error);
    grading_close_files(batch);
    return is_merged && finish_run(batch, error);
}
