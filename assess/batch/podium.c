#include "batch/podium.h"

/* A heap with the worst on top. */
struct Podium {
    guint places;
    GCompareFunc compare;
    GDestroyNotify release;
    GPtrArray *items;
};

Podium *podium_new(guint places, GCompareFunc compare, GDestroyNotify release)
{
    Podium *podium = g_new0(Podium, 1);

    podium->places = MIN(places, PODIUM_PLACES);
    podium->compare = compare;
    podium->release = release;
    podium->items = g_ptr_array_new_with_free_func(release);
    return podium;
}

void podium_free(Podium *podium)
{
    if (!podium)
        return;
    g_ptr_array_unref(podium->items);
    g_free(podium);
}

static gboolean is_worse(const Podium *podium, guint one, guint other)
{
    return podium->compare(podium->items->pdata[one], podium->items->pdata[other]) > 0;
}

static void swap(const Podium *podium, guint one, guint other)
{
    gpointer item = podium->items->pdata[one];

    podium->items->pdata[one] = podium->items->pdata[other];
    podium->items->pdata[other] = item;
}

static void rise(const Podium *podium, guint at)
{
    for (; at > 0 && is_worse(podium, at, (at - 1) / 2); at = (at - 1) / 2)
        swap(podium, at, (at - 1) / 2);
}

static void sink(const Podium *podium, guint at)
{
    for (;;) {
        guint worst = at;

        for (guint child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < podium->items->len && is_worse(podium, child, worst))
                worst = child;
        if (worst == at)
            return;
        swap(podium, at, worst);
        at = worst;
    }
}

gboolean podium_wants(const Podium *podium, gconstpointer item)
{
    if (podium->items->len < podium->places)
        return TRUE;
    return podium->places > 0 && podium->compare(item, podium->items->pdata[0]) < 0;
}

void podium_add(Podium *podium, gpointer item)
{
    if (podium->items->len < podium->places) {
        g_ptr_array_add(podium->items, item);
        rise(podium, podium->items->len - 1);
        return;
    }
    podium->release(podium->items->pdata[0]);
    podium->items->pdata[0] = item;
    sink(podium, 0);
}

static int compare_places(gconstpointer a, gconstpointer b, gpointer data)
{
    const Podium *podium = data;

    return podium->compare(*(const gconstpointer *)a, *(const gconstpointer *)b);
}

const GPtrArray *podium_order(Podium *podium)
{
    g_ptr_array_sort_with_data(podium->items, compare_places, podium);
    return podium->items;
}
