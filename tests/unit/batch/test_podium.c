#include "batch/podium.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static int compare(gconstpointer a, gconstpointer b)
{
    guint first = *(const guint *)a, second = *(const guint *)b;

    return (first > second) - (first < second);
}

static void offer(Podium *podium, guint number)
{
    if (podium_wants(podium, &number))
        podium_add(podium, g_memdup2(&number, sizeof number));
}

Test(podium, keeps_the_best_in_order)
{
    enum { ALL = 1009 }; /* a prime: every number comes once */

    for (guint places = 0; places < 40; places++) {
        g_autoptr(Podium) podium = podium_new(places, compare, g_free);
        const GPtrArray *order;

        for (guint i = 0; i < ALL; i++)
            offer(podium, (i * 137 + places) % ALL);
        order = podium_order(podium);
        cr_assert(eq(u32, order->len, places));
        for (guint i = 0; i < places; i++)
            cr_expect(eq(u32, *(const guint *)order->pdata[i], i), "%u places", places);
    }
}

Test(podium, has_fewer_than_its_places)
{
    g_autoptr(Podium) podium = podium_new(5, compare, g_free);
    const GPtrArray *order;

    offer(podium, 7);
    offer(podium, 3);
    order = podium_order(podium);
    cr_assert(eq(u32, order->len, 2));
    cr_assert(eq(u32, *(const guint *)order->pdata[0], 3));
}
