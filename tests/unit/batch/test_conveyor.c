#include "batch/conveyor.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

enum { ITEMS = 5 };

typedef struct {
    guint number, result;
} Item;

typedef struct {
    guint next, all, stop_at;
    GArray *results;
} Run;

static gboolean fill(gpointer item, gpointer data)
{
    Run *run = data;

    if (run->next == run->all)
        return FALSE;
    ((Item *)item)->number = run->next++;
    return TRUE;
}

/* Every third takes longer, so that later ones overtake it. */
static void work(gpointer item, gpointer worker)
{
    Item *at = item;

    if (at->number % 3 == 0)
        g_usleep(200);
    at->result = at->number * 2;
    ++*(guint *)worker;
}

static gboolean empty(gpointer item, gpointer data)
{
    Run *run = data;

    g_array_append_val(run->results, ((Item *)item)->result);
    return run->results->len != run->stop_at;
}

static void run_with(guint workers, guint all, guint stop_at)
{
    Item items[ITEMS] = { 0 };
    gpointer places[ITEMS], hands[8];
    guint counts[8] = { 0 }, sum = 0;
    g_autoptr(GArray) results = g_array_new(FALSE, FALSE, sizeof(guint));
    Run run = { .all = all, .stop_at = stop_at, .results = results };
    Conveyor conveyor = { .items = places,
                          .n_items = ITEMS,
                          .workers = hands,
                          .n_workers = workers,
                          .fill = fill,
                          .work = work,
                          .empty = empty,
                          .data = &run };

    for (guint i = 0; i < ITEMS; i++)
        places[i] = &items[i];
    for (guint i = 0; i < 8; i++)
        hands[i] = &counts[i];
    cr_assert(conveyor_run(&conveyor));
    cr_assert(eq(u32, results->len, stop_at ? stop_at : all));
    for (guint i = 0; i < results->len; i++)
        cr_assert(eq(u32, g_array_index(results, guint, i), 2 * i));
    for (guint i = 0; i < 8; i++)
        sum += counts[i];
    cr_assert(ge(u32, sum, results->len));
}

Test(conveyor, gives_items_back_in_order_whoever_worked_on_them)
{
    for (guint workers = 1; workers <= 8; workers++) {
        run_with(workers, 0, 0);
        run_with(workers, 1, 0);
        run_with(workers, 500, 0);
    }
}

Test(conveyor, stops_when_nothing_more_is_wanted)
{
    for (guint workers = 1; workers <= 8; workers++)
        run_with(workers, 500, 7);
}
