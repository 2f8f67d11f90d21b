#include "batch/results.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/booth.h"

Test(results, have_columns_for_what_the_rubric_has)
{
    static const struct {
        gboolean has_evidence;
        const char *header;
    } CASES[] = {
        { FALSE, "record,company,uscc,province,town,level,level_possible,official_level,"
                 "official_level_possible,score_low,score_high,left_low,left_high,answered,asked,"
                 "not_applicable,blockers,decisive_blanks,findings\r\n" },
        { TRUE, "record,company,uscc,province,town,level,level_possible,official_level,"
                "official_level_possible,evidenced_level,evidenced_level_possible,score_low,"
                "score_high,left_low,left_high,answered,asked,not_applicable,blockers,"
                "decisive_blanks,findings\r\n" },
    };
    Booth booth;

    booth_open(&booth, BOOTH_HEADER "A,,,,,\n", 1);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Results) results = results_new(booth.compiled, CASES[i].has_evidence);
        g_autoptr(GString) header = g_string_new(NULL);

        results_header(results, header);
        cr_expect(eq(str, header->str, (char *)CASES[i].header));
    }
    booth_clear(&booth);
}

/* One record, and its row without the number of the record and the line break. */
static char *row_of(const char *record)
{
    g_autofree char *table = g_strconcat(BOOTH_HEADER, record, "\n", NULL);
    char *row;
    Booth booth;

    booth_open(&booth, table, 1);
    marker_free(booth_work(&booth));
    cr_assert(eq(u32, booth.load->companies->len, 1), "%s: %s", record, booth.load->rejects->str);
    cr_assert(g_str_has_prefix(booth.load->results->str, "1,"));
    cr_assert(g_str_has_suffix(booth.load->results->str, "\r\n"));
    row = g_strndup(booth.load->results->str + 2, booth.load->results->len - 4);
    booth_clear(&booth);
    return row;
}

Test(results, say_how_a_company_stands)
{
    static const struct {
        const char *record, *row;
    } CASES[] = {
        { "A,,north,,yes,50", "A,,north,,better,better,none,none,0.75,0.75,0.75,0.75,2,2,0,,,0" },
        { "A,,south,Jilin,yes,49.999999",
          "A,,south,Jilin,basic,basic,none,none,0.75,0.75,0.75,0.75,2,2,0,high,,0" },
        { "A,,,,yes,", "A,,,,basic,better,none,none,0.5,1,0.5,1,1,2,0,high,rate,0" },
        { "A,,,,no,100", "A,,,,none,none,none,none,0.5,0.5,0.5,0.5,2,2,0,gate,,0" },
        { "A,,,,,", "A,,,,none,better,none,none,0,1,0,1,0,2,0,gate,safe;rate,0" },
        { "A,,,,n/a: a,n/a: b", "A,,,,none,none,none,none,,,,,0,0,2,,,0" },
        { "A,,west,,yes,much", "A,,,,basic,better,none,none,0.5,1,0.5,1,1,2,0,high,rate,2" },
        { "A,91350100M000100Y43,,,yes,0",
          "A,91350100M000100Y43,,,basic,basic,none,none,0.5,0.5,0.5,0.5,2,2,0,high,,0" },
        { "A,91350100M000100Y44,,,yes,0",
          "A,,,,basic,basic,none,none,0.5,0.5,0.5,0.5,2,2,0,high,,1" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *row = row_of(CASES[i].record);

        cr_expect(eq(str, row, (char *)CASES[i].row), "%s", CASES[i].record);
    }
}

/* What a spreadsheet would take for a formula is guarded by an apostrophe; a number is none. */
Test(results, guard_cells_against_spreadsheets_and_leave_numbers)
{
    static const struct {
        const char *given, *cell;
    } CASES[] = {
        { "Acme", "Acme" },
        { "\xe9\x87\x91\xe5\xb1\x9e", "\xe9\x87\x91\xe5\xb1\x9e" },
        { "\"=1+1\"", "\"'=1+1\"" },
        { "+cmd", "\"'+cmd\"" },
        { "@sum(a1)", "\"'@sum(a1)\"" },
        { "-a", "\"'-a\"" },
        { "-", "\"'-\"" },
        { "-5", "-5" },
        { "-5.25", "-5.25" },
        { "\"-5,25\"", "\"-5,25\"" },
        { "-.5", "-.5" },
        { "\xef\xbc\x9d"
          "1",
          "\"'\xef\xbc\x9d"
          "1\"" }, /* a full-width sign */
        { "-5-5", "\"'-5-5\"" },
        { "a=1", "a=1" },
        { "5-1", "5-1" },
        { "\"a,b\"", "\"a,b\"" },
        { "a;b", "\"a;b\"" },
        { "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\"" },
        { "\"two\nlines\"", "\"two\nlines\"" },
        { "a\tb", "\"a\tb\"" },
        { "\"=\"\"\"", "\"'=\"\"\"" },
        { "=1", "\"'=1\"" },
        { "@1", "\"'@1\"" },
        { "+7", "+7" },
        { "'=1", "\"'=1\"" }, /* the guard of a table of ours, taken off and set again */
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *record = g_strdup_printf("%s,,,%s,yes,0", CASES[i].given, CASES[i].given);
        g_autofree char *row = row_of(record);
        g_autofree char *expected = g_strdup_printf("%s,,,%s,basic,", CASES[i].cell, CASES[i].cell);

        cr_expect(g_str_has_prefix(row, expected), "%s: %s instead of %s", CASES[i].given, row,
                  expected);
    }
}

/* Long names, quotes all through: the room of a row is counted before it is written. */
Test(results, have_room_for_the_longest_texts)
{
    enum { LENGTH = 3000 };
    g_autofree char *quotes = g_strnfill(2 * LENGTH, '"');
    g_autofree char *record = g_strdup_printf("\"%s\",,,\"%s\",yes,0", quotes, quotes);
    g_autofree char *row = row_of(record);
    gsize length = strspn(row, "\"");

    cr_expect(eq(sz, length, strspn(row + length + 3, "\"")));
    cr_expect(length % 2 == 0 && length > 2, "%zu", length);
    cr_expect(g_str_has_suffix(row, ",basic,basic,none,none,0.5,0.5,0.5,0.5,2,2,0,high,,0"));
}

Test(rejects, are_rows_of_source_record_line_and_reason)
{
    static const struct {
        const char *source, *reason, *row;
    } CASES[] = {
        { "a.csv", "all its cells are blank", "a.csv,7,9,all its cells are blank\r\n" },
        { "a,b.csv", "a \"b\"", "\"a,b.csv\",7,9,\"a \"\"b\"\"\"\r\n" },
        { "=a.csv", "x; y", "\"'=a.csv\",7,9,\"x; y\"\r\n" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Rejects) rejects = rejects_new(CASES[i].source);
        g_autoptr(GString) row = g_string_new(NULL);

        rejects_row(rejects, 7, 9, CASES[i].reason, row);
        cr_expect(eq(str, row->str, (char *)CASES[i].row));
    }
}
