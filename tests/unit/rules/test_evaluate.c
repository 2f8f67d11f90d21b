#include "rules/evaluate.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

static const char SECTIONS[] = "[scale s]\n"
                               "options = absent, built, ai\n"
                               "[group g]\n"
                               "title = G\n"
                               "type = choice\n"
                               "scale = s\n"
                               "na = yes\n"
                               "[group n]\n"
                               "title = N\n"
                               "type = number\n"
                               "na = yes\n"
                               "min = 0\n"
                               "max = 10\n"
                               "[question a]\n"
                               "ask = A\n"
                               "groups = g\n"
                               "[question b]\n"
                               "ask = B\n"
                               "groups = g\n"
                               "[question c]\n"
                               "ask = C\n"
                               "groups = g\n"
                               "[question y]\n"
                               "type = yesno\n"
                               "ask = Y\n"
                               "na = yes\n"
                               "[question z]\n"
                               "type = yesno\n"
                               "ask = Z\n"
                               "na = yes\n"
                               "[question m]\n"
                               "type = multi\n"
                               "options = one, two, three\n"
                               "ask = M\n"
                               "na = yes\n"
                               "[question p]\n"
                               "type = percent\n"
                               "ask = P\n"
                               "na = yes\n"
                               "[question u]\n"
                               "type = number\n"
                               "ask = U\n"
                               "[question v]\n"
                               "groups = n\n"
                               "ask = V\n"
                               "[question w]\n"
                               "groups = n\n"
                               "ask = W\n"
                               "[question t]\n"
                               "type = date\n"
                               "ask = T\n"
                               "[question x]\n"
                               "type = text\n"
                               "ask = X\n";

typedef struct {
    const char *needs;
    const char *answers; /* "a=built b=ai" */
    Truth truth;
} Try;

static void answer_all(Desk *desk, const char *answers)
{
    g_auto(GStrv) pairs = g_strsplit(answers, " ", -1);

    for (char **pair = pairs; *pair; pair++) {
        g_auto(GStrv) sides = g_strsplit(*pair, "=", 2);

        if (**pair)
            desk_answer(desk, sides[0], sides[1]);
    }
}

static void check(const Try *cases, guint n)
{
    static const char *const TRUTHS[] = { "false", "unknown", "true", "none" };

    for (guint i = 0; i < n; i++) {
        g_autoptr(Desk) desk = desk_new(SECTIONS, cases[i].needs);
        Truth truth;

        answer_all(desk, cases[i].answers);
        truth = desk_truth(desk);
        cr_expect(truth == cases[i].truth, "%s with %s is %s, expected %s", cases[i].needs,
                  cases[i].answers, TRUTHS[truth], TRUTHS[cases[i].truth]);
    }
}

Test(evaluate, compares_options_by_order)
{
    static const Try CASES[] = {
        { "a >= built", "a=built", TRUTH_TRUE },
        { "a > built", "a=built", TRUTH_FALSE },
        { "built <= a", "a=ai", TRUTH_TRUE },
        { "ai > a", "a=ai", TRUTH_FALSE },
        { "a >= built", "", TRUTH_UNKNOWN },
        { "a >= absent", "", TRUTH_TRUE },
        { "a < absent", "", TRUTH_FALSE },
        { "a = built", "a=built..ai", TRUTH_UNKNOWN },
        { "a != absent", "a=built..ai", TRUTH_TRUE },
        { "a >= built", "a=n/a", TRUTH_NONE },
        { "a = b", "a=ai b=ai", TRUTH_TRUE },
        { "a < b", "a=ai b=ai", TRUTH_FALSE },
        { "a > b", "a=ai", TRUTH_UNKNOWN },
        { "a >= b", "a=ai", TRUTH_TRUE },
        { "a >= b", "a=ai b=n/a", TRUTH_NONE },
        { "y", "y=yes", TRUTH_TRUE },
        { "not y", "y=yes", TRUTH_FALSE },
        { "y = no", "y=no", TRUTH_TRUE },
        { "y", "", TRUTH_UNKNOWN },
        { "y", "y=n/a", TRUTH_NONE },
        { "y = z", "y=no z=no", TRUTH_TRUE },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(evaluate, joins_truths_as_kleene_does)
{
    static const Try CASES[] = {
        { "y and z", "y=no", TRUTH_FALSE },
        { "y and z", "y=yes", TRUTH_UNKNOWN },
        { "y or z", "y=yes", TRUTH_TRUE },
        { "y or z", "y=no", TRUTH_UNKNOWN },
        { "y and z", "y=n/a z=no", TRUTH_FALSE },
        { "y or z", "y=n/a z=yes", TRUTH_TRUE },
        { "y and z", "y=n/a", TRUTH_UNKNOWN },
        { "y or z", "y=n/a z=n/a", TRUTH_NONE },
        { "not y and z", "y=n/a z=yes", TRUTH_TRUE },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(evaluate, counts_groups)
{
    static const Try CASES[] = {
        { "count(g >= built) = 2", "a=built b=ai c=absent", TRUTH_TRUE },
        { "count(g >= built) >= 1", "a=built", TRUTH_TRUE },
        { "count(g >= built) >= 2", "a=built", TRUTH_UNKNOWN },
        { "count(g >= built) >= 3", "a=n/a", TRUTH_FALSE },
        { "count(g >= built) = 0", "a=n/a b=n/a c=n/a", TRUTH_NONE },
        { "share(g >= built) = 0.5", "a=built b=absent c=n/a", TRUTH_TRUE },
        { "share(g >= built) * 3 = 1", "a=built b=absent c=absent", TRUTH_TRUE },
        { "any(g = ai)", "a=ai", TRUTH_TRUE },
        { "any(g = ai)", "a=built b=built c=n/a", TRUTH_FALSE },
        { "all(g >= built)", "a=built b=ai", TRUTH_UNKNOWN },
        { "all(g >= built)", "a=absent", TRUTH_FALSE },
        { "all(g >= built)", "a=n/a b=n/a c=n/a", TRUTH_NONE },
        { "count(m) = 2", "m=one;three", TRUTH_TRUE },
        { "count(m) = 0", "m=", TRUTH_TRUE },
        { "count(m) <= 3", "", TRUTH_TRUE },
        { "has(m, two)", "m=one;three", TRUTH_FALSE },
        { "has(m, two)", "m=two", TRUTH_TRUE },
        { "has(m, two)", "", TRUTH_UNKNOWN },
        { "has(m, two)", "m=n/a", TRUTH_NONE },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(evaluate, shares_one_part_of_another)
{
    static const Try CASES[] = {
        { "share(g >= ai, g >= built) = 0.5", "a=built b=ai c=absent", TRUTH_TRUE },
        { "share(g >= ai, g >= built) >= 0", "a=absent b=absent c=absent",
          TRUTH_FALSE }, /* undefined */
        { "share(g >= ai, g >= built) < 20%", "a=absent b=absent c=absent", TRUTH_FALSE },
        { "not share(g >= ai, g >= built) < 20%", "a=absent b=absent c=absent", TRUTH_TRUE },
        { "share(g >= ai, g >= built) >= 20%", "a=n/a b=n/a c=n/a", TRUTH_NONE },
        /* one blank scene: 1 of 1 to 1 of 2, so at least a half whatever it is */
        { "share(g >= ai, g >= built) >= 50%", "a=ai b=absent", TRUTH_TRUE },
        { "share(g >= ai, g >= built) > 50%", "a=ai b=absent", TRUTH_UNKNOWN },
        { "share(g >= ai, g >= built) <= 50%", "a=built b=absent", TRUTH_TRUE },
        /* all blank: what would be true whenever defined is unknown */
        { "share(g >= ai, g >= built) >= 0", "", TRUTH_UNKNOWN },
        { "share(g >= ai, g >= built) > 1", "", TRUTH_FALSE },
        /* only ai or absent is open: the share is 1 or undefined */
        { "share(g >= ai, g != built) >= 0", "a=absent b=absent c=absent", TRUTH_TRUE },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(evaluate, reckons_with_intervals)
{
    static const Try CASES[] = {
        { "0.1 + 0.2 >= 0.3", "", TRUTH_TRUE },
        { "1 / 3 * 3 = 1", "", TRUTH_TRUE },
        { "u >= 5", "u=5", TRUTH_TRUE },
        { "u >= 5", "", TRUTH_UNKNOWN },
        { "u * 0 = 0", "", TRUTH_TRUE },
        { "v >= 0", "", TRUTH_TRUE },
        { "v <= 10", "", TRUTH_TRUE },
        { "v > 10", "", TRUTH_FALSE },
        { "v + w >= 3", "v=3", TRUTH_TRUE },
        { "v + w >= 3", "v=3 w=n/a", TRUTH_NONE },
        { "v - w <= 10", "", TRUTH_TRUE },
        { "v >= 2", "v=2..4", TRUTH_TRUE },
        { "v >= 3", "v=2..4", TRUTH_UNKNOWN },
        { "-v <= 0", "", TRUTH_TRUE },
        { "u / v > 1", "u=5 v=0", TRUTH_FALSE },  /* undefined */
        { "u / v <= 1", "u=5 v=0", TRUTH_FALSE }, /* undefined */
        { "u / v >= 0.5", "u=5", TRUTH_UNKNOWN }, /* true unless v is 0 */
        { "u / v < 0.5", "u=5", TRUTH_FALSE },
        { "v / w > 2", "v=8 w=2", TRUTH_TRUE },
        { "p >= 60%", "p=60", TRUTH_TRUE },
        { "p >= 60%", "", TRUTH_UNKNOWN },
        { "p <= 100%", "", TRUTH_TRUE },
        { "p > 0", "p=0.5", TRUTH_TRUE },
        { "min(n) = 2", "v=2 w=7", TRUTH_TRUE },
        { "max(n) = 7", "v=2 w=7", TRUTH_TRUE },
        { "sum(n) = 9", "v=2 w=7", TRUTH_TRUE },
        { "mean(n) = 4.5", "v=2 w=7", TRUTH_TRUE },
        { "mean(n) = 7", "v=n/a w=7", TRUTH_TRUE },
        { "min(n) <= 2", "v=2", TRUTH_TRUE },
        { "max(n) >= 2", "v=2", TRUTH_TRUE },
        { "max(n) >= 3", "v=2", TRUTH_UNKNOWN },
        { "sum(n) >= 0", "v=n/a w=n/a", TRUTH_NONE },
        { "answered(x)", "x=hello", TRUTH_TRUE },
        { "answered(x)", "", TRUTH_UNKNOWN },
        { "answered(y)", "y=n/a", TRUTH_NONE },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(evaluate, counts_whole_years_by_the_calendar)
{
    static const Try CASES[] = {
        /* the assessment date is 2026-06-30 */
        { "years(t) = 3", "t=2023-06-30", TRUTH_TRUE },
        { "years(t) = 2", "t=2023-07-01", TRUTH_TRUE },
        { "years(t) = 0", "t=2026-06-30", TRUTH_TRUE },
        { "years(t) >= 0", "", TRUTH_TRUE },
        { "years(t) >= 3", "", TRUTH_UNKNOWN },
        { "years(t) >= 3", "t=2026-07-01", TRUTH_UNKNOWN }, /* in the future: counts as blank */
        { "years(t) = 6", "t=2020-02-29", TRUTH_TRUE },
        { "years(t) >= 2", "t=2022-01-01..2024-01-01", TRUTH_TRUE },
        { "years(t) >= 3", "t=2022-01-01..2024-01-01", TRUTH_UNKNOWN },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}
