#include "batch/roll.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/file.h"

static char *write_table(const char *text)
{
    char *path = NULL;
    int fd = g_file_open_tmp("roll-XXXXXX", &path, NULL);

    cr_assert(ge(int, fd, 0));
    close(fd);
    cr_assert(g_file_set_contents(path, text, -1, NULL));
    return path;
}

Test(roll, calls_rows_in_order_with_their_cells)
{
    g_autofree char *path = write_table("\xef\xbb\xbfrecord,company,level\r\n"
                                        "2,\"Tie, \"\"Knot\"\"\nand Sons\",basic\r\n"
                                        "7,\"'=1+1\",\r\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(Roll) roll = roll_open(path, &error);
    const char *const *cells;

    cr_assert(roll != NULL);
    cr_assert(eq(u32, roll_n_columns(roll), 3));
    cr_assert(eq(int, roll_column(roll, "level"), 2));
    cr_assert(eq(int, roll_column(roll, "uscc"), ROLL_NO_COLUMN));
    cells = roll_next(roll, &error);
    cr_assert(eq(u64, roll_record(cells), 2));
    cr_assert(eq(str, (char *)cells[1], "Tie, \"Knot\"\nand Sons"));
    cells = roll_next(roll, &error);
    cr_assert(eq(u64, roll_record(cells), 7));
    cr_assert(eq(str, (char *)cells[1], "'=1+1"));
    cr_assert(eq(str, (char *)cells[2], ""));
    cr_assert(roll_next(roll, &error) == NULL);
    cr_assert(error == NULL);
    g_unlink(path);
}

Test(roll, goes_over_many_chunks)
{
    enum { ROWS = 300000 };
    g_autoptr(GString) text = g_string_new("record,level\r\n");
    g_autofree char *path = NULL;
    g_autoptr(Roll) roll = NULL;
    const char *const *cells;
    guint64 last = 0;

    for (guint i = 1; i <= ROWS; i++)
        g_string_append_printf(text, "%u,basic\r\n", i);
    path = write_table(text->str);
    roll = roll_open(path, NULL);
    while ((cells = roll_next(roll, NULL)) != NULL) {
        cr_assert(eq(u64, roll_record(cells), last + 1));
        last++;
    }
    cr_assert(eq(u64, last, ROWS));
    g_unlink(path);
}

Test(roll, refuses_what_a_run_does_not_write)
{
    static const char *const texts[] = { "", "company\r\nAcme\r\n", "record,level\r\n1\r\n",
                                         "record,level\r\n1,\"basic" };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *path = write_table(texts[i]);
        g_autofree char *expected = g_strdup_printf("\"%s\" is not as the run left it", path);
        g_autoptr(GError) error = NULL;
        g_autoptr(Roll) roll = roll_open(path, &error);

        cr_assert(roll == NULL, "text %u is taken", i);
        cr_assert(eq(str, error->message, expected));
        g_unlink(path);
    }
}
