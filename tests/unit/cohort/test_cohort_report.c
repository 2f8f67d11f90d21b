#include "cohort/cohort_report.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/hall.h"
#include "cohort/withholding.h"
#include "report/bars.h"

enum { ROWS = 400 };

static const char *const BOTH[] = { "en", "zh", NULL };

static char *locate(const char *name, gpointer data)
{
    (void)data;
    return g_strdup_printf("templates/%s.ini", name);
}

static Template *cohort_template(void)
{
    g_autoptr(Findings) findings = findings_new();
    Template *template = template_load("templates/cohort.ini", locate, NULL, findings, NULL);

    cr_assert_not_null(template, "%s",
                       findings_count(findings) ? findings_at(findings, 0)->message : "");
    cr_assert(template->is_of_cohort);
    return template;
}

static char *page_of(const Statistics *statistics)
{
    g_autoptr(Template) template = cohort_template();
    g_autoptr(GBytes) bytes = cohort_html(statistics, NULL, template, BOTH);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);

    return g_strndup(text, size);
}

static gsize pdf_of(const Statistics *statistics)
{
    g_autoptr(Template) template = cohort_template();
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) first = cohort_pdf(statistics, NULL, template, BOTH, findings, NULL);
    g_autoptr(GBytes) second = cohort_pdf(statistics, NULL, template, BOTH, findings, NULL);

    cr_assert_not_null(first);
    cr_assert(g_bytes_equal(first, second));
    return g_bytes_get_size(first);
}

Test(cohort_report, says_the_same_numbers_in_both_languages)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 1);
    g_autoptr(Statistics) got = hall_statistics(&hall);
    g_autofree char *page = NULL, *none = NULL;

    statistics_reject(got, "a preview", 12);
    page = page_of(got);
    none = g_strdup_printf("%ld hold no level", (long)tallies_level(got, READING_FULL, FALSE)[0]);
    cr_assert_not_null(strstr(page, ">400 companies<"));
    cr_assert_not_null(strstr(page, ">400家企业<"));
    cr_assert_not_null(strstr(page, none), "%s", none);
    cr_assert_not_null(strstr(page, "12 of 412 rows were not graded"));
    cr_assert_not_null(strstr(page, "412行中有12行未评定"));
    hall_clear(&hall);
}

/* Whatever a word may hold: the style has braces of its own. */
Test(cohort_report, fills_every_place_of_its_words)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 2);
    g_autoptr(Statistics) got = hall_statistics(&hall), shown = NULL;
    g_autofree char *page = NULL;
    const char *body;

    statistics_identical(got, 4, 2);
    shown = statistics_withheld(got, 8);
    page = page_of(shown);
    body = strstr(page, "<body>");
    cr_assert_null(strchr(body, '{'), "%.60s", strchr(body, '{'));
    cr_assert_not_null(strstr(body, "Numbers of fewer than 8 companies are withheld"));
    hall_clear(&hall);
}

/* What may be said, and what would be said of numbers that are not told. */
Test(cohort_report, claims_nothing_of_what_is_withheld_or_of_nobody)
{
    static const char *const NEVER[] = { "No blank answer decides anything",
                                         "No company has a score",
                                         "withheld hold",
                                         "0 companies hold",
                                         "withheld家",
                                         "Half of the companies score",
                                         "Least often" };
    Hall hall = hall_of(HALL_MIIT, 8, 3);
    g_autoptr(Statistics) all = hall_statistics(&hall), nobody = statistics_new(hall.plan),
                          few = statistics_withheld(all, 5), hidden = statistics_withheld(all, 9);
    const struct {
        const Statistics *statistics;
        const char *says;
    } cases[] = {
        { nobody, "No company was graded." },
        { few, "How the scores are spread is withheld" },
        { hidden, ">Fewer than 9 companies<" },
    };

    statistics_date(nobody, hall.date);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *page = page_of(cases[i].statistics);

        cr_assert_not_null(strstr(page, cases[i].says), "%s", cases[i].says);
        for (guint k = 0; k < G_N_ELEMENTS(NEVER); k++)
            cr_assert_null(strstr(page, NEVER[k]), "%s: %s", cases[i].says, NEVER[k]);
        cr_assert_null(strstr(page, "At least half of the companies hold"), "%s", cases[i].says);
    }
    hall_clear(&hall);
}

Test(cohort_report, speaks_of_one_company_as_of_one)
{
    Hall hall = hall_of(HALL_MIIT, 1, 5);
    g_autoptr(Statistics) one = hall_statistics(&hall);
    g_autofree char *page = page_of(one);

    cr_assert_not_null(strstr(page, ">1 company<"));
    cr_assert_not_null(strstr(page, ">The company holds"));
    cr_assert_not_null(strstr(page, ">该企业"));
    cr_assert_null(strstr(page, "1 companies"));
    cr_assert_null(strstr(page, "of the companies score"));
    hall_clear(&hall);
}

Test(cohort_report, is_made_of_any_rubric_and_of_few_companies)
{
    static const char *const PATHS[] = { HALL_MIIT, HALL_MATURITY, HALL_SHEET_OF_POINTS };

    for (guint i = 0; i < G_N_ELEMENTS(PATHS); i++) {
        Hall hall = hall_of(PATHS[i], 60, i);
        g_autoptr(Statistics) all = hall_statistics(&hall), none = statistics_new(hall.plan),
                              hidden = statistics_withheld(all, 100);

        statistics_date(none, hall.date);
        cr_assert_gt(pdf_of(all), 20000);
        cr_assert_gt(pdf_of(none), 5000);
        cr_assert_gt(pdf_of(hidden), 5000);
        hall_clear(&hall);
    }
}

Test(bars, are_cut_without_a_change_of_scale)
{
    Bars *bars = bars_new(1, 0), *rest;

    bars_legend(bars, "a");
    for (guint i = 0; i < 5; i++) {
        bars_add(bars, NO_MARK, "label", NULL, "1");
        bars_part(bars, i == 0 ? 8 : 2, 1, FALSE, NULL);
    }
    rest = bars_rest(bars, 3);
    cr_assert_eq(bars->bars->len, 3);
    cr_assert_eq(rest->bars->len, 2);
    cr_assert_float_eq(rest->most, 8, 1e-9);
    cr_assert_eq(rest->legend->len, 0);
    cr_assert_null(bars_rest(rest, 2));
    bars->figure.kind->free(&bars->figure);
    rest->figure.kind->free(&rest->figure);
}
