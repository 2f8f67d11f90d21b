#include "batch/sieve.h"

enum {
    CELL_BITS = 2, /* of a cell: how often it was met, 2 at most */
    CELLS_OF_BYTE = 4,
    CELLS_OF_KEY = 16, /* one key in 16 falls on another's cell by chance */
    FEWEST_BITS = 10,  /* of a cell's number */
    MOST_BITS = 26
};

struct Sieve {
    guint8 *cells;
    guint bits; /* of a cell's number */
};

Sieve *sieve_new(guint64 n)
{
    Sieve *sieve = g_new0(Sieve, 1);

    sieve->bits = FEWEST_BITS;
    while (sieve->bits < MOST_BITS && G_GUINT64_CONSTANT(1) << sieve->bits < n * CELLS_OF_KEY)
        sieve->bits++;
    sieve->cells = g_new0(guint8, ((gsize)1 << sieve->bits) / CELLS_OF_BYTE);
    return sieve;
}

void sieve_free(Sieve *sieve)
{
    if (!sieve)
        return;
    g_free(sieve->cells);
    g_free(sieve);
}

/* The keys are digests already; the factor is 2^64 by the golden ratio (Knuth, TAOCP 3, 6.4). */
static gsize cell_of(const Sieve *sieve, const guint64 key[2])
{
    guint64 mixed = (key[0] ^ (key[1] << 1)) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

    return (gsize)(mixed >> (64 - sieve->bits));
}

void sieve_add(Sieve *sieve, const guint64 key[2])
{
    gsize cell = cell_of(sieve, key);
    guint shift = cell % CELLS_OF_BYTE * CELL_BITS;
    guint met = sieve->cells[cell / CELLS_OF_BYTE] >> shift & 3;

    if (met < 2)
        sieve->cells[cell / CELLS_OF_BYTE] += (guint8)(1 << shift);
}

gboolean sieve_holds(const Sieve *sieve, const guint64 key[2])
{
    gsize cell = cell_of(sieve, key);

    return (sieve->cells[cell / CELLS_OF_BYTE] >> (cell % CELLS_OF_BYTE * CELL_BITS) & 3) == 2;
}
