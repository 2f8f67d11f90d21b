#include "audit/mutants.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

/* The heads of all findings: "LINE:COLUMN MESSAGE". */
static char *told(const Findings *findings)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_string_append_printf(text, "%s%u:%u %s", i ? "\n" : "", finding->line, finding->column,
                               finding->message);
    }
    return g_string_free(text, FALSE);
}

static MutantCount run(const char *sections, const char *needs, char **notes)
{
    g_autoptr(Desk) desk = desk_new(sections, needs);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Cases) cases = cases_run(desk->rubric, desk->plan, findings);
    MutantCount count;

    cr_assert_eq(cases->failed, 0);
    count = mutants_run(cases, findings);
    *notes = told(findings);
    return count;
}

#define TWO "[question a]\ntype = yesno\nask = A\n[question b]\ntype = yesno\nask = B\n"
#define BEST "[case best]\ndefault = best\nlevel = basic\n"
#define WORST "[case worst]\ndefault = worst\nlevel = none\n"

Test(mutants, are_noticed_by_the_case_that_just_misses)
{
    g_autofree char *notes = NULL, *none = NULL;
    MutantCount count = run(TWO BEST WORST, "a and b", &notes);

    cr_expect_eq(count.tried, 4); /* left out, not a, or, not b */
    cr_expect_eq(count.noticed, 3);
    cr_expect(g_str_has_suffix(notes, "no case notices \"and\" read as \"or\""), "%s", notes);
    count = run(TWO BEST WORST "[case one]\na = yes\nb = no\nlevel = none\n", "a and b", &none);
    cr_expect_eq(count.noticed, 4);
    cr_expect_str_eq(none, "");
}

Test(mutants, of_advice_are_counted_apart)
{
    g_autofree char *notes = NULL;
    MutantCount count = run(TWO "[requirement hint]\nlevel = basic\nkind = advice\norigin = house\n"
                                "title = Hint\nneeds = \"not a\"\n" BEST WORST,
                            "b", &notes);

    cr_expect_eq(count.tried, 2);
    cr_expect_eq(count.noticed, 2);
    cr_expect_eq(count.of_advice, 2);
}

Test(mutants, of_weights_are_seen_by_scores_alone)
{
    static const char WEIGHED[] =

        "[question a]\ntype = yesno\nask = A\ndimension = d\nweight = 3\n"
        "[question b]\ntype = yesno\nask = B\ndimension = d\n"
        "[case a_alone]\na = yes\nb = no\nlevel = basic\n";
    g_autofree char *scored = g_strconcat(WEIGHED, "score = 0.75\n", NULL);
    g_autofree char *notes = NULL, *none = NULL;
    MutantCount count = run(WEIGHED, "a", &notes);

    cr_expect_eq(count.tried, 4);
    cr_expect_eq(count.noticed, 2);
    cr_expect(g_str_has_suffix(notes, "no case notices the weight 3 read as 0"), "%s", notes);
    count = run(scored, "a", &none);
    cr_expect_eq(count.noticed, 4);
    cr_expect_str_eq(none, "");
}
