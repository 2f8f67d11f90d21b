#include "batch/splice.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <unistd.h>

Test(splice, copies_parts_in_the_order_they_are_added)
{
    g_autofree char *from = g_strdup("splice-XXXXXX");
    g_autofree char *to = g_strdup("spliced-XXXXXX");
    g_autoptr(Splice) splice = NULL;
    g_autofree char *text = NULL;

    close(g_mkstemp(from));
    close(g_mkstemp(to));
    cr_assert(g_file_set_contents(from, "0123456789", -1, NULL));
    splice = splice_open(from, to, NULL);
    cr_assert(eq(u64, splice_size(splice), 10));
    splice_add(splice, 5, 2);
    splice_add(splice, 7, 1);
    splice_add(splice, 0, 3);
    cr_assert(splice_end(splice, NULL));
    cr_assert(g_file_get_contents(to, &text, NULL, NULL));
    cr_expect(eq(str, text, "567012"));
    splice_add(splice, 9, 5);
    cr_expect(not(splice_flush(splice, NULL)), "there is no byte 10");
    g_unlink(from);
    g_unlink(to);
}
