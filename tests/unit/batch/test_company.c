#include "batch/company.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/booth.h"

#define CODE "91350100M000100Y43"
#define OTHER_CODE "913925570000000002"

static const Company *company_at(const Booth *booth, guint i)
{
    return &g_array_index(booth->load->companies, Company, i);
}

Test(company, is_known_again_by_its_code_else_by_its_folded_name)
{
    static const struct {
        const char *one, *other; /* company and code */
        gboolean is_same;
    } CASES[] = {
        { "Acme,", "Acme,", TRUE },
        { "Acme,", "ACME,", TRUE },
        { "Acme,", "  Acme ,", TRUE },
        { "Acme Ltd,", "acme  ltd,", TRUE },
        { "Acme,", "\xef\xbc\xa1\xef\xbd\x83\xef\xbd\x8d\xef\xbd\x85,", TRUE }, /* full width */
        { "Acme,", "Acme Ltd,", FALSE },
        { "Acme,", "Acne,", FALSE },
        { "\xe9\x87\x91\xe5\xb1\x9e,", "\xe9\x87\x91\xe5\xb1\x9e,", TRUE },
        { "\xe9\x87\x91\xe5\xb1\x9e,", "\xe9\x87\x91,", FALSE },
        { "Acme," CODE, "Bolt," CODE, TRUE },
        { "Acme," CODE, "Acme,91350100m000100y43", TRUE },
        { "Acme," CODE, "Acme," OTHER_CODE, FALSE },
        { "Acme," CODE, "Acme,", FALSE },
        { CODE ",", "Acme," CODE, FALSE },            /* a name that looks like a code is a name */
        { "Acme,91350100M000100Y44", "Acme,", TRUE }, /* a wrong code is none */
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *table =
            g_strdup_printf(BOOTH_HEADER "%s,,,yes,1\n%s,,,no,2\n", CASES[i].one, CASES[i].other);
        gboolean is_same;
        Booth booth;

        booth_open(&booth, table, 2);
        marker_free(booth_work(&booth));
        cr_assert(eq(u32, booth.load->companies->len, 2));
        for (guint k = 0; k < 2; k++)
            cr_expect(company_has_key(company_at(&booth, k)), "%s", table);
        is_same =
            memcmp(company_at(&booth, 0)->key, company_at(&booth, 1)->key, sizeof(guint64[2])) == 0;
        cr_expect(eq(int, is_same, CASES[i].is_same), "%s", table);
        booth_clear(&booth);
    }
}

Test(company, keeps_how_it_stands_and_where_its_row_is)
{
    static const struct {
        gint8 level, level_possible;
        gint64 low, high;
        gboolean has_key;
    } EXPECTED[] = {
        { 1, 1, 750000, 750000, TRUE },
        { 0, 1, 500000, 1000000, TRUE },
        { -1, -1, 166666 + 1, 166667, FALSE },
        { -1, -1, G_MININT64, G_MININT64, TRUE },
    };
    gsize length = 0;
    Booth booth;

    booth_open(&booth,
               BOOTH_HEADER "A,,,,yes,50\nB,,,,yes,\n,,north,,no,33.333333\nC,,,,n/a: a,n/a: b\n",
               4);
    marker_free(booth_work(&booth));
    cr_assert(eq(u32, booth.load->companies->len, G_N_ELEMENTS(EXPECTED)));
    for (guint i = 0; i < G_N_ELEMENTS(EXPECTED); i++) {
        const Company *company = company_at(&booth, i);

        cr_expect(eq(u64, company->record, i + 1));
        cr_expect(eq(i8, company->level, EXPECTED[i].level), "%u", i);
        cr_expect(eq(i8, company->level_possible, EXPECTED[i].level_possible), "%u", i);
        cr_expect(eq(i64, company->low, EXPECTED[i].low), "%u", i);
        cr_expect(eq(i64, company->high, EXPECTED[i].high), "%u", i);
        cr_expect(eq(int, company_has_key(company), EXPECTED[i].has_key), "%u", i);
        length += company->length;
        cr_expect(eq(chr, booth.load->results->str[length - 1], '\n'), "%u", i);
    }
    cr_expect(eq(sz, length, booth.load->results->len));
    booth_clear(&booth);
}

Test(company, is_better_by_level_then_certain_then_possible_score)
{
    /* from the worst to the best */
    static const Company ORDER[] = {
        { .level = -1, .low = G_MININT64, .high = G_MININT64 },
        { .level = -1, .low = 0, .high = 0 },
        { .level = -1, .low = 900000, .high = 1000000 },
        { .level = 0, .low = 100000, .high = 100000 },
        { .level = 0, .low = 100000, .high = 100001 },
        { .level = 0, .low = 100001, .high = 100001 },
        { .level = 1, .low = G_MININT64, .high = G_MININT64 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(ORDER); i++)
        for (guint k = 0; k < G_N_ELEMENTS(ORDER); k++) {
            int found = company_compare(&ORDER[i], &ORDER[k]);

            cr_expect(eq(int, (found > 0) - (found < 0), (i > k) - (i < k)), "%u and %u", i, k);
        }
}
