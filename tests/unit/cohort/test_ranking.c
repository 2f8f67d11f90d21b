#include "cohort/ranking.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

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
