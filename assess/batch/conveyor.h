/* conveyor.h - items that go round: workers fill them one at a time and in order, work on them side
 * by side, and empty them one at a time in the order they were filled in. How many workers there
 * are cannot be seen in what comes out. Memory is bounded by the number of items. Who fills an item
 * works on it, while it is in the processor's cache, and there are no threads beside the workers.
 */
#pragma once

#include <glib.h>

enum { CONVEYOR_WORKERS = 256 };

typedef struct {
    gpointer *items;
    guint n_items;     /* some more than workers, to keep all of them busy while one empties */
    gpointer *workers; /* what belongs to each */
    guint n_workers;
    gboolean (*fill)(gpointer item, gpointer data); /* FALSE: there is nothing more */
    void (*work)(gpointer item, gpointer worker);
    gboolean (*empty)(gpointer item, gpointer data); /* FALSE: what follows is not wanted */
    void (*idle)(gpointer data); /* several times a second, never beside `empty`; may be NULL */
    gpointer data;
} Conveyor;

/* Run until nothing more is filled and all is emptied. All threads are joined. FALSE if the system
 * gives no threads. */
gboolean conveyor_run(const Conveyor *conveyor);
