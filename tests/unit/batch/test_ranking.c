#include "batch/ranking.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "batch/folder.h"
#include "cohort/booth.h"

Test(ranking, compares_decimals_of_any_length_exactly)
{
    /* from the least to the greatest */
    static const char *const order[] = { "",
                                         "-12",
                                         "-2.5",
                                         "-0.1",
                                         "0",
                                         "0.1",
                                         "0.666666",
                                         "0.6666666667",
                                         "0.66667",
                                         "1",
                                         "1.05",
                                         "9.9",
                                         "10",
                                         "99999999999999999999999.1",
                                         "99999999999999999999999.11" };

    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        for (guint k = 0; k < G_N_ELEMENTS(order); k++) {
            int found = ranking_compare(order[i], order[k]);

            gboolean is_right = i == k ? found == 0 : (found < 0) == (i < k) && found != 0;

            cr_expect(is_right, "\"%s\" and \"%s\"", order[i], order[k]);
        }
    cr_expect(eq(int, ranking_compare("0.5", "0.500"), 0));
}

#define HEADER "record,company,level,level_possible,score_low,score_high\r\n"
#define RANKED "place,company,level,level_possible,score_low,score_high,record,mark\r\n"

Test(ranking, lists_a_quota_with_ties_and_those_who_could_still_pass)
{
    static const struct {
        guint quota;
        const char *rows, *ranked;
        RankingCount count; /* companies, listed, tied, undetermined */
    } CASES[] = {
        { 2,
          "1,A,none,none,0.9,0.9\r\n2,B,better,better,0.1,0.1\r\n3,C,basic,basic,0.5,0.5\r\n",
          "1,B,better,better,0.1,0.1,2,\r\n2,C,basic,basic,0.5,0.5,3,\r\n",
          { 3, 2, 0, 0 } },
        { 1,
          "1,A,basic,basic,0.5,0.5\r\n2,B,basic,basic,0.50,0.5\r\n3,C,basic,basic,0.4,0.4\r\n",
          "1,A,basic,basic,0.5,0.5,1,tied at the cut\r\n"
          "1,B,basic,basic,0.50,0.5,2,tied at the cut\r\n",
          { 3, 2, 2, 0 } },
        { 2,
          "1,A,basic,basic,0.5,0.5\r\n2,B,basic,basic,0.5,0.5\r\n3,C,basic,basic,0.4,0.4\r\n",
          "1,A,basic,basic,0.5,0.5,1,\r\n1,B,basic,basic,0.5,0.5,2,\r\n",
          { 3, 2, 0, 0 } },
        { 1,
          "1,A,basic,basic,0.5,0.5\r\n2,B,basic,basic,0.4,0.6\r\n3,C,none,better,0.1,0.2\r\n"
          "4,D,basic,basic,0.4,0.5\r\n5,E,none,basic,0.1,0.4\r\n",
          "1,A,basic,basic,0.5,0.5,1,\r\n,B,basic,basic,0.4,0.6,2,undetermined\r\n"
          ",C,none,better,0.1,0.2,3,undetermined\r\n",
          { 5, 1, 0, 2 } },
        { 5,
          "1,\"'=1+1\",basic,basic,,\r\n2,B,basic,basic,0,0\r\n",
          "1,B,basic,basic,0,0,2,\r\n2,'=1+1,basic,basic,,,1,\r\n",
          { 2, 2, 0, 0 } },
    };
    Booth booth; /* for its levels */

    booth_open(&booth, BOOTH_HEADER "A,,,,,\n", 1);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *folder = g_dir_make_tmp("ranking-XXXXXX", NULL);
        g_autofree char *results = folder_path(folder, "results.csv");
        g_autofree char *path = folder_path(folder, RANKING_FILE);
        g_autofree char *table = g_strconcat(HEADER, CASES[i].rows, NULL);
        g_autofree char *expected = g_strconcat(RANKED, CASES[i].ranked, NULL);
        g_autofree char *found = NULL;
        RankingCount count = { 0 };

        cr_assert(g_file_set_contents(results, table, -1, NULL));
        cr_assert(ranking_write(folder, booth.rubric, CASES[i].quota, FALSE, &count, NULL));
        cr_assert(g_file_get_contents(path, &found, NULL, NULL));
        cr_expect(eq(str, found, expected), "case %u", i);
        cr_expect(memcmp(&count, &CASES[i].count, sizeof count) == 0, "case %u", i);
        cr_assert(folder_remove(folder, NULL));
    }
    booth_clear(&booth);
}
