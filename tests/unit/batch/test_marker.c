#include "batch/marker.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "batch/findings_table.h"
#include "cohort/booth.h"

static const char TABLE[] = BOOTH_HEADER "Acme,,north,Jilin,yes,60\n"
                                         ",,,,,\n"
                                         "Bolt,,south,,yes,much\n"
                                         "Cast,,,,no,10,too much\n"
                                         "\"Dye\nLtd\",,,,yes,\n"
                                         "Eel,,west,,no,much\n";

/* The first `n` cells of each row, joined by "|". */
static char *begin_of_rows(const GString *rows)
{
    GString *begins = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(rows->str, "\r\n", -1);

    for (guint i = 0; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", 3);

        g_string_append_printf(begins, "%s%s %s", i ? "|" : "", cells[0], cells[1]);
    }
    return g_string_free(begins, FALSE);
}

Test(marker, grades_or_rejects_each_record)
{
    static const struct {
        gboolean strict;
        const char *results, *rejects;
    } CASES[] = {
        { FALSE, "1 Acme|3 Bolt|5 \"Dye\nLtd\"|6 Eel",
          "survey.csv,2,3,all its cells are blank\r\n"
          "survey.csv,4,5,it has more cells than the header\r\n" },
        { TRUE, "1 Acme|5 \"Dye\nLtd\"",
          "survey.csv,2,3,all its cells are blank\r\n"
          "survey.csv,3,4,a cell cannot be read\r\n"
          "survey.csv,4,5,it has more cells than the header\r\n"
          "survey.csv,6,8,a cell cannot be read\r\n" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *results = NULL;
        Booth booth;

        booth_open(&booth, TABLE, 6);
        booth.plan.strict = CASES[i].strict;
        marker_free(booth_work(&booth));
        results = begin_of_rows(booth.load->results);
        cr_expect(eq(str, results, (char *)CASES[i].results));
        cr_expect(eq(str, booth.load->rejects->str, (char *)CASES[i].rejects));
        cr_expect(eq(u32, booth.load->rejected->len + booth.load->companies->len, 6));
        cr_expect_null(booth.load->fault);
        booth_clear(&booth);
    }
}

Test(marker, tells_where_the_text_cannot_be_read_on)
{
    Booth booth;

    booth_open(&booth, BOOTH_HEADER "Acme,,,,yes,1\nBolt,,,,yes,\"1\n", 2);
    booth.chunk.is_open = TRUE;
    marker_free(booth_work(&booth));
    cr_expect(eq(u32, booth.load->companies->len, 1));
    cr_expect_not_null(booth.load->fault);
    cr_expect(g_str_has_prefix(booth.load->rejects->str,
                               "survey.csv,2,3,\"the text cannot be read from here on: "),
              "%s", booth.load->rejects->str);
    booth_clear(&booth);
}

Test(marker, takes_rows_out_of_the_numbers_again)
{
    static const LeftOut OUT[] = { { 1, 3 }, { 5, 0 } };
    MarkerCount count, plain;
    Marker *marker;
    Booth booth, rest;

    booth_open(&booth, TABLE, 6);
    marker = booth_work(&booth);
    g_array_append_vals(booth.load->left_out, OUT, G_N_ELEMENTS(OUT));
    marker_take_out(marker, &booth.chunk, booth.load);
    cr_expect(eq(str, booth.load->rejects->str,
                 "survey.csv,1,2,duplicate of record 3\r\n"
                 "survey.csv,5,6,another record is of the same company\r\n"));
    marker_count_init(&count, &booth.plan);
    marker_collect(marker, 0, &count);

    booth_open(&rest, BOOTH_HEADER "Bolt,,south,,yes,much\nEel,,west,,no,much\n", 2);
    marker_free(marker);
    marker = booth_work(&rest);
    marker_count_init(&plain, &rest.plan);
    marker_collect(marker, 0, &plain);
    cr_expect(eq(i64, tallies_companies(count.statistics), 2));
    cr_expect(eq(i64, tallies_companies(plain.statistics), 2));
    cr_expect(memcmp(count.statistics->counts, plain.statistics->counts,
                     plain.statistics->layout.size * sizeof(gint64)) == 0);
    for (guint i = 0; i < 3; i++) { /* provinces, and not said */
        const CohortField *one = count.statistics->fields->pdata[0],
                          *other = plain.statistics->fields->pdata[0];

        cr_expect(memcmp(cohort_field_counts(count.statistics, one, i),
                         cohort_field_counts(plain.statistics, other, i),
                         plain.statistics->layout.group_size * sizeof(gint64)) == 0);
    }
    marker_free(marker);
    marker_count_clear(&count);
    marker_count_clear(&plain);
    booth_clear(&booth);
    booth_clear(&rest);
}

Test(marker, forgets_what_was_collected_and_keeps_epochs_apart)
{
    MarkerCount count;
    Marker *marker;
    Booth booth;

    booth_open(&booth, TABLE, 6);
    marker = booth_work(&booth); /* epoch 0 */
    booth.load->epoch = 1;
    marker_work(marker, &booth.chunk, booth.load);
    marker_work(marker, &booth.chunk, booth.load);
    marker_count_init(&count, &booth.plan);
    marker_collect(marker, 0, &count);
    cr_expect(eq(i64, tallies_companies(count.statistics), 4));
    marker_collect(marker, 0, &count);
    cr_expect(eq(i64, tallies_companies(count.statistics), 4));
    marker_collect(marker, 1, &count);
    cr_expect(eq(i64, tallies_companies(count.statistics), 12));
    marker_free(marker);
    marker_count_clear(&count);
    booth_clear(&booth);
}

Test(findings_table, tells_texts_that_could_not_be_read_once_with_their_number)
{
    g_autoptr(GString) table = g_string_new(NULL);
    MarkerCount count;
    Marker *marker;
    Booth booth;

    booth_open(&booth, TABLE, 6);
    marker = booth_work(&booth);
    marker_count_init(&count, &booth.plan);
    marker_collect(marker, 0, &count);
    findings_table(booth.survey, count.faults, &count.rows, table);
    cr_expect(g_str_has_prefix(table->str, "column,question,text,count,first_record,message\r\n"));
    cr_expect_not_null(strstr(table->str, "\r\nrate,rate,much,2,3,"), "%s", table->str);
    cr_expect_not_null(strstr(table->str, "\r\nprovince,province,west,1,6,"), "%s", table->str);
    marker_free(marker);
    marker_count_clear(&count);
    booth_clear(&booth);
}
