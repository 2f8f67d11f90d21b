#include "batch/sample.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "batch/folder.h"

#define HEADER "record,company,uscc,level,level_possible,score_low\r\n"
#define CODE "91350100M000100Y43"

enum { ROWS = 6, DRAWN = 4 };

static const struct {
    const char *row, *key; /* of results.csv; what names the company */
} COMPANIES[ROWS] = {
    { "1,Acme," CODE ",basic,better,0.5\r\n", CODE },
    { "2,Bolt,,none,none,0\r\n", "Bolt" },
    { "3,\"Cast, Ltd\",,none,basic,\r\n", "Cast, Ltd" },
    { "4,,,basic,basic,0.1\r\n", "4" },
    { "5,\"'=1+1\",,basic,basic,0.1\r\n", "'=1+1" },
    { "6,Eel,913925570000000002,none,none,0\r\n", "913925570000000002" },
};

/* sample.csv of results with the rows in this order. Free with g_free(). */
static char *draw(const guint *order, guint size, const char *seed, guint *drawn)
{
    g_autofree char *folder = g_dir_make_tmp("sample-XXXXXX", NULL);
    g_autofree char *results = folder_path(folder, "results.csv");
    g_autofree char *sample = folder_path(folder, SAMPLE_FILE);
    g_autoptr(GString) text = g_string_new(HEADER);
    char *found = NULL;

    for (guint i = 0; i < ROWS; i++)
        g_string_append(text, COMPANIES[order[i]].row);
    cr_assert(g_file_set_contents(results, text->str, -1, NULL));
    cr_assert(sample_write(folder, size, seed, FALSE, drawn, NULL));
    cr_assert(g_file_get_contents(sample, &found, NULL, NULL));
    cr_assert(folder_remove(folder, NULL));
    return found;
}

static char *hash_of(const char *seed, const char *key)
{
    g_autofree char *text = g_strconcat(seed, ":", key, NULL);

    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

Test(sample, draws_by_the_hash_of_seed_and_name_whatever_the_order)
{
    static const char *const SEEDS[] = { "2026", "", "\xe6\x8a\xbd\xe6\x9f\xa5", "a:b" };
    static const guint ORDERS[][ROWS] = { { 0, 1, 2, 3, 4, 5 }, { 5, 3, 1, 0, 2, 4 } };

    for (guint i = 0; i < G_N_ELEMENTS(SEEDS); i++) {
        guint drawn = 0;
        g_autofree char *one = draw(ORDERS[0], DRAWN, SEEDS[i], &drawn);
        g_autofree char *other = draw(ORDERS[1], DRAWN, SEEDS[i], &drawn);
        g_auto(GStrv) lines = g_strsplit(one, "\r\n", -1);
        guint found = 0;

        cr_expect(eq(str, one, other), "seed %u", i);
        cr_expect(eq(u32, drawn, DRAWN));
        cr_expect(eq(str, lines[0], "place,company,uscc,level,level_possible,record,key,sha256"));
        for (guint k = 0; k < ROWS; k++) {
            g_autofree char *hash = hash_of(SEEDS[i], COMPANIES[k].key);
            guint place = 1;

            for (guint other_one = 0; other_one < ROWS; other_one++) {
                g_autofree char *beside = hash_of(SEEDS[i], COMPANIES[other_one].key);

                place += strcmp(beside, hash) < 0;
            }
            if (place > DRAWN) {
                cr_expect_null(strstr(one, hash), "seed %u, company %u", i, k);
                continue;
            }
            found++;
            cr_expect(g_str_has_suffix(lines[place], hash), "seed %u, place %u: %s", i, place,
                      lines[place]);
            cr_expect(eq(int, atoi(lines[place]), (int)place));
        }
        cr_expect(eq(u32, found, DRAWN));
        cr_expect(eq(str, lines[DRAWN + 1], ""), "and nothing else");
    }
}

Test(sample, takes_all_where_there_are_no_more_and_keeps_cells_guarded)
{
    static const guint ORDER[ROWS] = { 0, 1, 2, 3, 4, 5 };
    guint drawn = 0;
    g_autofree char *all = draw(ORDER, 100, "2026", &drawn);
    g_autofree char *guarded = hash_of("2026", "'=1+1");
    g_autofree char *expected = g_strdup_printf(",'=1+1,,basic,basic,5,'=1+1,%s\r\n", guarded);

    cr_expect(eq(u32, drawn, ROWS));
    cr_expect_not_null(strstr(all, expected), "%s", all);
    cr_expect_not_null(strstr(all, ",\"Cast, Ltd\",,none,basic,3,\"Cast, Ltd\","), "%s", all);
}
