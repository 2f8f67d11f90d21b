#include "batch/filter.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/booth.h"

enum { CONDITIONS = 3 };

static const char TABLE[] = BOOTH_HEADER "Acme,91350100M000100Y43,north,Jilin,yes,60\n"
                                         "Bolt,,south,JILIN ,yes,10\n"
                                         "Cast,,,,no,\n"
                                         "Dye,,north,,n/a: x,\n"
                                         ",,south,Ji lin,,90\n";

/* The numbers of the records that are taken, "1 3". */
static char *taken(Booth *booth)
{
    GString *numbers = g_string_new(NULL);

    marker_free(booth_work(booth));
    for (guint i = 0; i < booth->load->companies->len; i++)
        g_string_append_printf(numbers, "%s%" G_GUINT64_FORMAT, i ? " " : "",
                               g_array_index(booth->load->companies, Company, i).record);
    cr_expect(eq(u64, booth->load->filtered, 5 - booth->load->companies->len));
    return g_string_free(numbers, FALSE);
}

Test(filter, takes_the_companies_for_which_its_conditions_hold)
{
    static const struct {
        const char *conditions[CONDITIONS + 1];
        const char *records;
    } CASES[] = {
        { { "province=north" }, "1 4" },
        { { "Province=NORTH" }, "1 4" },
        { { "province=" }, "3" },
        { { "province=north", "province=south" }, "1 2 4 5" },
        { { "province=north", "province=" }, "1 3 4" },
        { { "province=north", "safe=yes" }, "1" },
        { { "province=north", "safe=yes", "province=south" }, "1 2" },
        { { "town=jilin" }, "1 2" },
        { { "town=Ji lin" }, "5" },
        { { "town=" }, "3 4" },
        { { "company=acme" }, "1" },
        { { "company=" }, "5" },
        { { "uscc=91350100M000100Y43" }, "1" },
        { { "safe=no" }, "3" },
        { { "safe=" }, "5" }, /* not applicable is no blank */
        { { "level=none" }, "3 4 5" },
        { { "level=basic" }, "2" },
        { { "level=Better one" }, "1" },
        { { "level=none", "level=better" }, "1 3 4 5" },
        { { "level=better", "province=south" }, "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *records = NULL;
        Booth booth;

        booth_open(&booth, TABLE, 5);
        booth_choose(&booth, CASES[i].conditions);
        records = taken(&booth);
        cr_expect(eq(str, records, (char *)CASES[i].records), "%s", CASES[i].conditions[0]);
        booth_clear(&booth);
    }
}

Test(filter, refuses_what_is_no_condition)
{
    static const struct {
        const char *condition, *problem, *hint;
    } CASES[] = {
        { "province", "\"province\" is not of the form FIELD=VALUE", NULL },
        { "provinc=north", "unknown field \"provinc\"", "did you mean \"province\"?" },
        { "zzz=1", "unknown field \"zzz\"", "known: level, company, uscc, province, town" },
        { "rate=5",
          "\"rate\" is a question of type percent, expected a field, or a question of type yesno "
          "or "
          "choice",
          NULL },
        { "level=basik", "unknown level \"basik\"", "did you mean \"basic\"?" },
        { "level=", "unknown level \"\"", "known: none, basic, better" },
        { "safe=n/a: x", "companies are chosen by what they answer, not by \"not applicable\"",
          NULL },
        { "town=\xff", "\"town=\xef\xbf\xbd\" is not UTF-8", NULL },
    };
    Booth booth;

    booth_open(&booth, TABLE, 5);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const char *conditions[] = { "province=north", CASES[i].condition, NULL };
        g_autofree char *problem = NULL, *hint = NULL;
        g_autoptr(Filter) filter = filter_new(booth.vocabulary, conditions, &problem, &hint);

        cr_expect_null(filter, "%s", CASES[i].condition);
        cr_expect(eq(str, problem ? problem : "", (char *)CASES[i].problem));
        cr_expect(eq(str, hint ? hint : "", (char *)(CASES[i].hint ? CASES[i].hint : "")), "%s",
                  CASES[i].condition);
    }
    booth_clear(&booth);
}
