#include "batch/ledger.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "batch/folder.h"

typedef struct {
    GString *seen; /* "record@offset" in results.csv, "record-kept" of one left out */
    guint most;    /* stop after so many */
} Visit;

static gboolean note(const Company *company, const LeftOut *left_out, gpointer data)
{
    Visit *visit = data;

    if (left_out)
        g_string_append_printf(visit->seen, " %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
                               company->record, left_out->kept);
    else
        g_string_append_printf(visit->seen, " %" G_GUINT64_FORMAT "@%" G_GUINT64_FORMAT,
                               company->record, company->offset);
    return --visit->most > 0;
}

static void write_part(const char *folder, const char *name, const void *data, gsize size)
{
    g_autofree char *path = folder_part(folder, name);

    cr_assert(g_file_set_contents(path, data, (gssize)size, NULL));
}

Test(ledger, calls_companies_with_the_places_of_their_rows)
{
    static const Company COMPANIES[] = { { .record = 1, .length = 10 },
                                         { .record = 3, .length = 5 },
                                         { .record = 4, .length = 7 },
                                         { .record = 9, .length = 100 },
                                         { .record = 12, .length = 1 } };
    static const struct {
        LeftOut left_out[3];
        guint n, most;
        const char *seen;
    } CASES[] = {
        { { { 0, 0 } }, 0, 99, " 1@30 3@40 4@45 9@52 12@152" },
        { { { 3, 12 } }, 1, 99, " 1@30 3-12 4@40 9@47 12@147" },
        { { { 1, 0 }, { 4, 1 }, { 12, 9 } }, 3, 99, " 1-0 3@30 4-1 9@35 12-9" },
        { { { 3, 12 } }, 1, 3, " 1@30 3-12 4@40" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *folder = g_dir_make_tmp("ledger-XXXXXX", NULL);
        g_autoptr(Ledger) ledger = NULL;

        cr_assert(folder_make(folder, NULL));
        write_part(folder, LEDGER_COMPANIES, COMPANIES, sizeof COMPANIES);
        if (CASES[i].n > 0)
            write_part(folder, LEDGER_LEFT_OUT, CASES[i].left_out, CASES[i].n * sizeof(LeftOut));
        ledger = ledger_open(folder, 30, NULL);
        cr_assert(ledger != NULL);
        for (guint again = 0; again < 2; again++) {
            g_autoptr(GString) seen = g_string_new(NULL);
            Visit visit = { seen, CASES[i].most };

            cr_assert(ledger_each(ledger, note, &visit, NULL));
            cr_expect(eq(str, seen->str, (char *)CASES[i].seen), "time %u", again);
        }
        cr_assert(folder_remove(folder, NULL));
    }
}

Test(ledger, needs_its_companies)
{
    g_autofree char *folder = g_dir_make_tmp("ledger-XXXXXX", NULL);
    g_autofree char *path = folder_part(folder, LEDGER_COMPANIES);
    g_autofree char *expected = g_strdup_printf("cannot read \"%s\": no such file", path);
    g_autoptr(GError) error = NULL;

    cr_assert(folder_make(folder, NULL));
    cr_assert(ledger_open(folder, 0, &error) == NULL);
    cr_expect(g_str_has_prefix(error->message, expected), "%s", error->message);
    cr_assert(folder_remove(folder, NULL));
}
