#include "batch/spool.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"

static guint64 number_of(guint64 place, guint64 round)
{
    return (place + round) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
}

Test(spool, gives_back_what_fits_into_memory_and_what_does_not)
{
    static const guint64 COUNTS[] = { 0,
                                      1,
                                      SPOOL_NUMBERS - 1,
                                      SPOOL_NUMBERS,
                                      SPOOL_NUMBERS + 1,
                                      3 * SPOOL_NUMBERS,
                                      5 * SPOOL_NUMBERS + 7,
                                      2 * SPOOL_NUMBERS };
    g_autoptr(Spool) spool = spool_new(".");

    for (guint round = 0; round < G_N_ELEMENTS(COUNTS); round++) {
        guint64 count = COUNTS[round], number = 0;

        spool_clear(spool);
        for (guint64 i = 0; i < count; i++)
            cr_assert(spool_add(spool, number_of(i, round), NULL));
        cr_assert(eq(u64, spool_count(spool), count));
        if (count > 0) {
            cr_assert(spool_get(spool, (count - 1) / 2, &number, NULL));
            cr_assert(eq(u64, number, number_of((count - 1) / 2, round)));
        }
        for (guint64 i = 0; i < count; i++) {
            cr_assert(spool_get(spool, i, &number, NULL));
            cr_assert(number == number_of(i, round));
        }
    }
}

Test(spool, needs_its_folder_only_when_memory_is_full)
{
    g_autoptr(Spool) spool = spool_new("no/such/folder");
    g_autoptr(GError) error = NULL;

    for (guint64 i = 0; i < SPOOL_NUMBERS; i++)
        cr_assert(spool_add(spool, i, NULL));
    cr_expect(not(spool_add(spool, 0, &error)));
    cr_assert_not_null(error);
    cr_expect(eq(int, error->code, FILE_IO_ERROR_WRITE));
}
