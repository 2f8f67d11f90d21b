/* walk.h - one walk over the records of a survey, from its beginning or again: its text is cut into
 * chunks in order, each is worked on by one of several workers, and what comes of it is taken in
 * the order of the text. Chunks are the same in every walk over the same text. */
#pragma once

#include "cohort/chunk.h"

/* What is walked over. */
typedef struct {
    const char *path;     /* "-": standard input */
    const char *encoding; /* a result of encoding_name() */
    char delimiter;
    gsize offset;     /* of the first record, in the text */
    guint64 lines;    /* that stand before it */
    const gint *stop; /* read atomically; may be NULL */
} WalkText;

typedef enum { WALK_TAKE, WALK_SKIP, WALK_END /* neither this nor those behind it */ } WalkWish;

/* An item is what comes of one chunk; its memory is used again. A worker belongs to one thread. */
typedef struct {
    guint jobs; /* workers */
    gpointer (*item_new)(gpointer data);
    void (*item_free)(gpointer item);
    gpointer (*worker_new)(gpointer data);
    void (*worker_free)(gpointer worker);
    /* Reading: what is to be done with the chunk; NULL: take each. */
    WalkWish (*wants)(const Chunk *chunk, gpointer item, gpointer data);
    /* Worker's thread. */
    void (*work)(const Chunk *chunk, gpointer item, gpointer worker);
    /* Calling thread, in order; FALSE ends the walk. */
    gboolean (*take)(const Chunk *chunk, gpointer item, gpointer data);
    void (*idle)(gpointer data); /* now and then, never beside `take`; may be NULL */
    /* Calling thread, after the last one, while the workers are still there; may be NULL.
     * `is_whole`: the text was read to its end. */
    void (*end)(gboolean is_whole, gpointer data);
    gpointer data;
} Walk;

/* Open the text and stand before its first record. NULL and FILE_IO_ERROR_READ. Free with
 * stream_free(). */
Stream *walk_open(const WalkText *text, GError **error);
/* Walk over what follows in the stream, which stands before the first record. FALSE with `error` if
 * it cannot be read, or the system gives no threads. That `take` said FALSE is no error. */
gboolean walk_run(const Walk *walk, const WalkText *text, Stream *stream, GError **error);
