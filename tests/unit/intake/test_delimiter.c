#include "intake/delimiter.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static char found_in(const char *content)
{
    CsvText text = { .file = "a.csv", .text = content, .size = strlen(content), .line = 1 };

    delimiter_find(&text, NULL, NULL);
    return text.delimiter;
}

Test(delimiter, is_the_one_that_cuts_records_evenly)
{
    static const struct {
        const char *text;
        char delimiter;
    } CASES[] = {
        { "a,b\n1,2\n", ',' },
        { "a;b\n1;2\n", ';' },
        { "a\tb\n1\t2\n", '\t' },
        { "a|b\n1|2\n", '|' },
        { "", ',' },
        { "only one column\nx\n", ',' },
        /* decimal commas */
        { "a;b;c\n1,5;2,5;3\n2,5;1,5;4\n", ';' },
        /* option texts with semicolons, unquoted */
        { "id,systems,policy\n1,ERP;MES,yes\n2,ERP,no\n3,ERP;MES;WMS,yes\n", ',' },
        /* every row holds one semicolon */
        { "id,time,systems,policy\n1,9:00,ERP;MES,yes\n2,9:01,ERP;PLM,no\n3,9:02,MES;WMS,yes\n",
          ',' },
        { "\"a, b\";\"c, d\"\n\"1, 2\";\"3, 4\"\n", ';' },
        { "a,b\n\"1;2;3\",4\n\"1;2;3\",5\n", ',' },
        /* a title above the header */
        { "Survey of factories\nid;company;policy\n1;A;yes\n2;B;no\n", ';' },
        /* ragged */
        { "a,b,c,d,e\n1,2,3,4,5\n1,2,3\n1,2,3,4,5\n1,2\n", ',' },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        cr_expect(eq(chr, found_in(CASES[i].text), CASES[i].delimiter), "case %u", i);
}

Test(delimiter, is_told_by_a_first_line_which_is_cut_off)
{
    static const struct {
        const char *text, *rest;
        char delimiter;
    } CASES[] = {
        { "sep=;\na,b;c\n", "a,b;c\n", ';' },
        { "SEP=|\r\na,b|c\n", "a,b|c\n", '|' },
        { "sep=\t\ra\tb\r", "a\tb\r", '\t' },
        { "sep=,x\n", "sep=,x\n", ',' },
        { "sep=;", "", ';' },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        CsvText text = { .text = CASES[i].text, .size = strlen(CASES[i].text), .line = 1 };
        g_autofree char *rest = NULL;

        delimiter_find(&text, NULL, NULL);
        rest = g_strndup(text.text, text.size);
        cr_expect(eq(str, rest, (char *)CASES[i].rest), "case %u", i);
        cr_expect(eq(chr, text.delimiter, CASES[i].delimiter), "case %u", i);
    }
}

Test(delimiter, has_a_name)
{
    cr_expect(eq(chr, delimiter_named("tab"), '\t'));
    cr_expect(eq(chr, delimiter_named("|"), '|'));
    cr_expect(eq(chr, delimiter_named(""), '\0'));
    cr_expect(eq(chr, delimiter_named("colon"), '\0'));
    cr_expect(eq(str, (char *)delimiter_name(';'), "semicolon"));
    cr_expect(eq(ptr, (void *)delimiter_name('x'), NULL));
}
