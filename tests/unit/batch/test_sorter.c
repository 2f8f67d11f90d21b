#include "batch/sorter.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

typedef struct {
    guint64 last[2], sum;
    gsize n;
} Seen;

static gboolean see(const guint64 *row, gpointer data)
{
    Seen *seen = data;

    cr_assert(seen->n == 0 || row[0] > seen->last[0] ||
              (row[0] == seen->last[0] && row[1] >= seen->last[1]));
    seen->last[0] = row[0];
    seen->last[1] = row[1];
    seen->sum += row[0] * 3 + row[1];
    seen->n++;
    return TRUE;
}

/* Rows with first numbers below `range`: few of them make many ties. */
static void sort_some(gsize n, gsize memory, guint64 range)
{
    g_autoptr(GRand) random = g_rand_new_with_seed((guint32)n);
    g_autoptr(Sorter) sorter = sorter_new(2, ".", memory);
    Seen seen = { .n = 0 };
    guint64 sum = 0;

    for (gsize i = 0; i < n; i++) {
        guint64 row[2] = { ((guint64)g_rand_int(random) << 32 | g_rand_int(random)) % range,
                           g_rand_int(random) };

        sum += row[0] * 3 + row[1];
        cr_assert(sorter_add(sorter, row, NULL));
    }
    cr_assert(sorter_each(sorter, see, &seen, NULL));
    cr_assert(eq(sz, seen.n, n));
    cr_assert(eq(u64, seen.sum, sum));
}

Test(sorter, sorts_what_fits_into_memory_and_what_does_not)
{
    static const gsize sizes[] = { 0, 1, 2, 3, 100, 1000, 20000 };
    static const gsize memories[] = { 1, 64, 4096, 100000, 0 };

    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (guint j = sizes[i] > 1000 ? 2 : 0; j < G_N_ELEMENTS(memories); j++) {
            sort_some(sizes[i], memories[j], G_MAXUINT64);
            sort_some(sizes[i], memories[j], 7);
        }
}
