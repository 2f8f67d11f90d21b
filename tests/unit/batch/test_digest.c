#include "batch/digest.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* Of the reference implementation: key 00 01 ... 0f, no text. */
Test(digest, is_siphash_of_128_bits)
{
    guint64 digest[2];

    digest_of(0, "", 0, digest);
    cr_expect(eq(u64, digest[0], G_GUINT64_CONSTANT(0xe6a825ba047f81a3)));
    cr_expect(eq(u64, digest[1], G_GUINT64_CONSTANT(0x930255c71472f66d)));
}

Test(digest, tells_texts_and_their_kinds_apart)
{
    guint64 one[2], other[2];

    digest_of('c', "91350100M000100Y43", 18, one);
    digest_of('n', "91350100M000100Y43", 18, other);
    cr_expect(ne(u64, one[0], other[0]));
    digest_of('c', "91350100M000100Y44", 18, other);
    cr_expect(ne(u64, one[0], other[0]));
}
