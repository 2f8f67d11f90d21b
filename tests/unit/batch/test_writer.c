#include "batch/writer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/file.h"

static void expect_text(const char *path, const char *expected)
{
    g_autofree char *text = NULL;

    cr_assert(g_file_get_contents(path, &text, NULL, NULL));
    cr_expect(eq(str, text, (char *)expected));
}

Test(writer, goes_on_where_a_checkpoint_was)
{
    g_autofree char *path = g_strdup("writer-XXXXXX");
    g_autoptr(Writer) first = NULL;
    g_autoptr(Writer) second = NULL;

    close(g_mkstemp(path));
    first = writer_open(path, FALSE, 0, NULL);
    cr_assert(writer_append(first, "abc", 3) && writer_sync(first));
    cr_expect(eq(u64, writer_size(first), 3));
    cr_assert(writer_append(first, "lost", 4));
    second = writer_open(path, TRUE, 3, NULL);
    cr_assert(writer_append(second, "def", 3));
    cr_expect(eq(u64, writer_size(second), 6));
    expect_text(path, "abcdef");
    g_unlink(path);
}

Test(writer, refuses_a_file_that_lost_what_a_checkpoint_had)
{
    g_autofree char *path = g_strdup("writer-XXXXXX");
    g_autoptr(GError) error = NULL;

    close(g_mkstemp(path));
    cr_expect(writer_open(path, TRUE, 9, &error) == NULL);
    cr_expect(g_str_has_suffix(error->message, "is shorter than the run left it"));
    g_unlink(path);
}

Test(writer, keeps_its_first_error)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Writer) full = writer_open("/dev/full", FALSE, 0, &error);

    cr_assert(full == NULL);
    cr_expect(g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_WRITE));
    cr_expect(writer_open("no/such/place", FALSE, 0, NULL) == NULL);
}
