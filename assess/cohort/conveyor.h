/* conveyor.h - items that go round: one thread fills them in order, workers work on them side by
 * side, and the calling thread empties them in the order they were filled in. How many workers
 * there are cannot be seen in what comes out. Memory is bounded by the number of items. */
#pragma once

#include <glib.h>

enum { CONVEYOR_WORKERS = 256 };

typedef struct {
    gpointer *items;
    guint n_items;     /* at least one more than workers, to keep all of them busy */
    gpointer *workers; /* what belongs to each */
    guint n_workers;
    gboolean (*fill)(gpointer item, gpointer data); /* FALSE: there is nothing more */
    void (*work)(gpointer item, gpointer worker);
    gboolean (*empty)(gpointer item, gpointer data); /* FALSE: what follows is not wanted */
    void (*idle)(gpointer data); /* calling thread, several times a second; may be NULL */
    gpointer data;
} Conveyor;

/* Run until nothing more is filled and all is emptied. All threads are joined. FALSE if the system
 * gives no threads. */
gboolean conveyor_run(const Conveyor *conveyor);
