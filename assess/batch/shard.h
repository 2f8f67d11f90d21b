/* shard.h - what a shard leaves for merging: a folder with its rows, its companies and its numbers,
 * and where in the text it begins and ends. */
#pragma once

#include "batch/batching.h"

/* Of a batch whose shard is graded: gather it in the folder of what is done. FALSE with `error`. */
gboolean shard_make(Batch *batch, GError **error);

typedef struct {
    char *folder; /* of the run, as the person named it */
    Journal *run;
    guint number, of;
    guint64 begin, end; /* bytes of the text; equal: no chunk was its share */
    gboolean is_whole;  /* the text was read to its end */
    char *fault;        /* why not, if it cannot be read on; or NULL */
} Shard;

/* The shards of folders, NULL-terminated, in their order in the text: one run's, none missing, none
 * twice, each beginning where the one before it ends. NULL with BATCH_ERROR_SHARDS that names the
 * folders. Of Shard *; free with g_ptr_array_unref(). */
GPtrArray *shards_read(const char *const *folders, GError **error);
/* What one shard says of the run, NULL if nothing: key as in the journal. Free with g_free(). */
char *shard_text(const Shard *shard, const char *group, const char *key);

/* Append its rows and add its numbers. */
gboolean shard_add(const Shard *shard, Batch *batch, GError **error);
