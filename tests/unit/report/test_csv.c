#include "report/csv.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(csv_out, quotes_and_guards_cells)
{
    static const struct {
        const char *text, *cell;
    } cases[] = {
        { NULL, "" },
        { "", "" },
        { "plain text", "plain text" },
        { "a,b", "\"a,b\"" },
        { "a;b", "\"a;b\"" },
        { "say \"yes\"", "\"say \"\"yes\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { " padded", "\" padded\"" },
        { "padded ", "\"padded \"" },
        { "=1+1", "\"'=1+1\"" },
        { "+cmd|x", "\"'+cmd|x\"" },
        { "-cmd", "\"'-cmd\"" },
        { "@SUM(A1)", "\"'@SUM(A1)\"" },
        { "\tx", "\"'\tx\"" },
        { "\rx", "\"'\rx\"" },
        { "-5", "-5" },
        { "+1.50", "+1.50" },
        { "-5-5", "\"'-5-5\"" },
        { "-", "\"'-\"" },
        { "-.5", "-.5" },
        { "-1,5", "\"-1,5\"" },
        { "-5%", "-5%" },
        { "=5", "\"'=5\"" },
        { "@5", "\"'@5\"" },
        { "\t5", "\"'\t5\"" },
        { "\uff1d1+1", "\"'\uff1d1+1\"" },
        { "\uff0b\u5382", "\"'\uff0b\u5382\"" },
        { "\uff0dcmd", "\"'\uff0dcmd\"" },
        { "\uff20SUM(A1)", "\"'\uff20SUM(A1)\"" },
        { "\uff0d5", "\uff0d5" },
        { "\uff08a\uff09", "\uff08a\uff09" },
        { "a=b", "a=b" },
        { "\u662f", "\u662f" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        csv_cell(out, cases[i].text);
        cr_expect(eq(str, out->str, (char *)cases[i].cell), "case %u", i);
    }
}

Test(csv_out, ends_rows_with_crlf)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *const cells[] = { "a", NULL, "c" };

    csv_row(out, "x", "", "y", NULL);
    csv_row_of(out, cells, G_N_ELEMENTS(cells));
    cr_expect(eq(str, out->str, "x,,y\r\na,,c\r\n"));
}
