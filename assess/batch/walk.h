/* walk.h - one walk over the records of a survey, from its beginning or again: its text is cut into
 * chunks in order, each is worked on by one of several workers, and what comes of it is taken in
 * the order of the text. Chunks are the same in every walk over the same text. */
#pragma once

#include "batch/marker.h"

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

typedef struct {
    guint jobs;             /* workers */
    const MarkerPlan *plan; /* of their markers */
    GPtrArray *markers;     /* empty: gets them, of Marker *, for as long as it is walked */
    /* While reading, one chunk after the other: what is to be done with it; NULL: take each. */
    WalkWish (*wants)(const Chunk *chunk, Load *load, gpointer data);
    /* Side by side. */
    void (*work)(Marker *marker, const Chunk *chunk, Load *load);
    /* One at a time, in order; FALSE ends the walk. */
    gboolean (*take)(const Chunk *chunk, const Load *load, gpointer data);
    void (*idle)(gpointer data); /* now and then, never beside `take`; may be NULL */
    /* After the last one. `is_whole`: the text was read to its end. */
    void (*end)(gboolean is_whole, gpointer data);
    gpointer data;
} Walk;

/* Open the text and stand before its first record. NULL and FILE_IO_ERROR_READ. Free with
 * stream_free(). */
Stream *walk_open(const WalkText *text, GError **error);
/* Walk over what follows in the stream, which stands before the first record. FALSE with `error` if
 * it cannot be read, or the system gives no threads. That `take` said FALSE is no error. */
gboolean walk_run(const Walk *walk, const WalkText *text, Stream *stream, GError **error);
