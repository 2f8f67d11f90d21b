#include "batch/sieve.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* Keys 0 to n - 1, of which every `every`th is added twice; spread as digests are, or not at all.
 */
static void key_of(guint number, gboolean is_spread, guint64 key[2])
{
    key[0] = is_spread ? number * G_GUINT64_CONSTANT(0xd1342543de82ef95) : 0;
    key[1] = is_spread ? key[0] ^ key[0] >> 29 : number;
}

static guint passed_singles(guint n, guint every, gboolean is_spread)
{
    g_autoptr(Sieve) sieve = sieve_new(n);
    guint64 key[2];
    guint passed = 0;

    for (guint i = 0; i < n; i++) {
        key_of(i, is_spread, key);
        for (guint times = i % every == 0 ? 1 + every : 1; times > 0; times--)
            sieve_add(sieve, key);
    }
    for (guint i = 0; i < n; i++) {
        key_of(i, is_spread, key);
        if (i % every == 0)
            cr_assert(sieve_holds(sieve, key), "misses %u of %u", i, n);
        else
            passed += sieve_holds(sieve, key) ? 1 : 0;
    }
    return passed;
}

Test(sieve, misses_no_key_that_was_added_twice_and_lets_few_others_through)
{
    static const guint sizes[] = { 1, 2, 7, 1000, 65536, 100000 };

    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        cr_assert(le(u32, passed_singles(sizes[i], 2, TRUE), sizes[i] / 8));
        cr_assert(le(u32, passed_singles(sizes[i], 3, FALSE), sizes[i] / 8));
    }
}

Test(sieve, holds_nothing_before_anything_is_added)
{
    g_autoptr(Sieve) sieve = sieve_new(0);
    guint64 key[2] = { 0, 0 };

    cr_assert_not(sieve_holds(sieve, key));
    sieve_add(sieve, key);
    cr_assert_not(sieve_holds(sieve, key));
    sieve_add(sieve, key);
    cr_assert(sieve_holds(sieve, key));
}
