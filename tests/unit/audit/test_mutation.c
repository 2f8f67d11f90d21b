#include "audit/mutation.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

static const char QUESTIONS[] =
    "[question a]\ntype = yesno\nask = A\n[question b]\ntype = yesno\nask = B\n"
    "[scale depth]\noptions = none, some, most, all_of_it\n"
    "[group g]\ntitle = G\ntype = choice\nscale = depth\n"
    "[question c]\nask = C\ngroups = g\n[question k]\nask = D\ngroups = g\n"
    "[group h]\ntitle = H\ntype = choice\nscale = depth\nna = yes\n"
    "[question e]\nask = E\ngroups = h\n[question f]\nask = F\ngroups = h\n"
    "[question n]\ntype = number\nmin = 0\nmax = 10\nask = N\n"
    "[question p]\ntype = percent\nask = P\n"
    "[question m]\ntype = multi\noptions = red, green\nask = M\n"
    "[question t]\ntype = date\nask = T\n";

/* "WRITTEN => READ; ..." */
static char *all_of(const char *needs)
{
    g_autoptr(Desk) desk = desk_new(QUESTIONS, needs);
    g_autoptr(GArray) mutations = mutations_of(desk->plan, desk_requirement(desk, "r"));
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < mutations->len; i++) {
        g_autofree char *written = NULL, *read = NULL;

        mutation_texts(&g_array_index(mutations, Mutation, i), needs, &written, &read);
        g_string_append_printf(text, "%s%s => %s", i ? "; " : "", written, read);
    }
    return g_string_free(text, FALSE);
}

Test(mutation, reads_one_word_otherwise)
{
    static const struct {
        const char *needs, *readings;
    } CASES[] = {
        { "a", "a => not a" },
        { "not a", "not a => a" },
        { "a and (b)", "a => not a; and => or; b => not b" },
        { "(a or b) and a", "a => not a; or => and; b => not b; and => or; a => not a" },
        { "c >= some", ">= some => > some; >= some => >= none" },
        { "some <= c", "some <= c => none <= c; some <= c => some < c" },
        { "c = some", "= some => != some; = some => = most; = some => = none" },
        { "c >= k", "c >= k => c > k" },
        { "any(g >= most)", "any(g >= most) => all(g >= most); >= most => > most; "
                            ">= most => >= some" },
        { "count(g >= most) + 1 - n > 2",
          ">= most => > most; >= most => >= some; + => -; 1 => 2; 1 => 0; - => +; "
          "> 2 => >= 2; > 2 => > 3; > 2 => > 1" },
        { "share(h >= most, h >= some) >= 30%",
          ">= most => > most; >= most => >= some; >= some => > some; >= some => >= none" },
        { "has(m, red)", "has(m, red) => not has(m, red)" },
        { "p >= 60%", ">= 60% => > 60%; >= 60% => >= 61%; >= 60% => >= 59%" },
        { "60% <= p", "60% <= => 61% <=; 60% <= => 59% <=; 60% <= => 60% <" },
        { "climb(80%) >= 0.5",
          "climb(80%) => climb(81%); climb(80%) => climb(79%); >= 0.5 => > 0.5; "
          ">= 0.5 => >= 0.51; >= 0.5 => >= 0.49" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *readings = all_of(CASES[i].needs);

        cr_expect_str_eq(readings, CASES[i].readings, "%s\n%s", CASES[i].needs, readings);
    }
}

Test(mutation, leaves_out_readings_that_change_nothing)
{
    static const struct {
        const char *needs, *readings;
    } CASES[] = {
        { "c >= none", ">= none => > none" }, /* `>= some` is the same, below there is nothing */
        { "c > all_of_it", "> all_of_it => >= all_of_it" },
        { "a = yes", "= yes => != yes" }, /* `= no` is the same */
        { "count(g >= all_of_it) > 0",
          ">= all_of_it => > all_of_it; >= all_of_it => >= most; > 0 => >= 0; > 0 => > 1" },
        { "n >= 10", ">= 10 => > 10; >= 10 => >= 9" }, /* above the range both are never */
        { "n >= 0", ">= 0 => > 0; >= 0 => >= 1" },
        { "share(g >= some) >= 30%", ">= some => > some; >= some => >= none" }, /* 0, 1/2, 1 */
        { "share(g >= some) >= 50%", ">= some => > some; >= some => >= none; >= 50% => > 50%" },
        { "count(m) >= 2", ">= 2 => > 2; >= 2 => >= 1" },
        { "years(t) >= 3", ">= 3 => > 3; >= 3 => >= 2" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *readings = all_of(CASES[i].needs);

        cr_expect_str_eq(readings, CASES[i].readings, "%s\n%s", CASES[i].needs, readings);
    }
}
