#include "scoring/assessment.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "support.h"

static const char LADDER[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one, two, three\ndimensions "
    "= d\n"
    "[level one]\ntitle = 1\n[level two]\ntitle = 2\n[level three]\ntitle = 3\n"
    "[dimension d]\ntitle = D\n"
    "[group q]\ntitle = Q\ntype = yesno\ndimension = d\nna = yes\n"
    "[question a]\ngroups = q\nask = A\n"
    "[question b]\ngroups = q\nask = B\n"
    "[question c]\ngroups = q\nask = C\n"
    "[question e]\ngroups = q\nask = E\n"
    "[question f]\ngroups = q\nask = F\n"
    "[requirement r1]\nlevel = one\nkind = gate\norigin = official\nclause = 1\ntitle = R1\nneeds "
    "= a\n"
    "[requirement r2]\nlevel = two\nkind = gate\norigin = official\nclause = 2\ntitle = R2\nneeds "
    "= b\nwaivable = yes\n"
    "[requirement h2]\nlevel = two\nkind = gate\norigin = house\ntitle = H2\nneeds = \"c or e\"\n"
    "[requirement adv]\nlevel = two\nkind = advice\norigin = house\ntitle = Adv\nneeds = f\n"
    "[requirement r3]\nlevel = three\nkind = gate\norigin = official\nclause = 3\ntitle = R3\n"
    "needs = \"held(two) and e\"\n";

static Desk *ladder(const char *answers)
{
    Desk *desk = desk_of(LADDER, NULL);
    g_auto(GStrv) pairs = g_strsplit(answers, " ", -1);

    for (char **pair = pairs; *pair; pair++)
        if (**pair)
            desk_answer(desk, (char[]){ **pair, '\0' }, *pair + 2);
    return desk;
}

Test(assessment, holds_the_highest_level_whose_requirements_are_met)
{
    static const struct {
        const char *answers, *level, *possible, *official, *official_possible;
    } CASES[] = {
        { "", "none", "three", "none", "three" },
        { "a=no", "none", "none", "none", "none" },
        { "a=yes b=no", "one", "one", "one", "one" },
        { "a=yes b=yes", "one", "three", "two", "three" },
        { "a=yes b=yes c=yes", "two", "three", "two", "three" },
        { "a=yes b=yes c=no e=no", "one", "one", "two", "two" },
        { "a=yes b=yes e=yes", "three", "three", "three", "three" },
        { "a=yes b=yes e=yes f=no", "three", "three", "three", "three" }, /* advice never binds */
        { "a=n/a b=yes c=yes", "two", "three", "two", "three" },
        { "a=n/a b=no", "none", "none", "none", "none" }, /* nothing of the first level is met */
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Desk) desk = ladder(CASES[i].answers);
        const Assessment *got = desk_assess(desk);

        cr_expect(
            eq(str, (char *)assessment_level_id(got, got->verdict.level), (char *)CASES[i].level),
            "%s", CASES[i].answers);
        cr_expect(eq(str, (char *)assessment_level_id(got, got->verdict.level_possible),
                     (char *)CASES[i].possible),
                  "%s", CASES[i].answers);
        cr_expect(eq(str, (char *)assessment_level_id(got, got->official.level),
                     (char *)CASES[i].official),
                  "%s", CASES[i].answers);
        cr_expect(eq(str, (char *)assessment_level_id(got, got->official.level_possible),
                     (char *)CASES[i].official_possible),
                  "%s", CASES[i].answers);
    }
}

static void waive(Desk *desk, const char *requirement)
{
    desk->answers->waivers[desk_requirement(desk, requirement)] = g_strdup("in principle");
}

Test(assessment, waives_what_is_unmet_and_counts_it)
{
    g_autoptr(Desk) desk = ladder("a=yes b=no c=yes");
    g_autoptr(Desk) met = ladder("a=yes b=yes c=yes");

    waive(desk, "r2");
    cr_expect(eq(int, (int)desk_status(desk, "r2"), STATUS_WAIVED));
    cr_expect(eq(uint, desk_assess(desk)->waived, 1));
    cr_expect(eq(int, desk_assess(desk)->verdict.level, 1));
    waive(met, "r2");
    cr_expect(eq(int, (int)desk_status(met, "r2"), STATUS_MET));
    cr_expect(eq(uint, desk_assess(met)->waived, 0));
}

Test(assessment, needs_one_own_requirement_met_not_only_waived)
{
    g_autoptr(Desk) desk = ladder("a=yes b=no c=n/a e=n/a");
    g_autoptr(Desk) open = ladder("a=yes c=n/a e=n/a");

    waive(desk, "r2");
    cr_expect(eq(int, desk_assess(desk)->verdict.level, 0));
    cr_expect(eq(int, desk_assess(desk)->verdict.level_possible, 0));
    waive(open, "r2");
    cr_expect(eq(int, desk_assess(open)->verdict.level, 0));
    cr_expect(eq(int, desk_assess(open)->verdict.level_possible, 2), "b may yet be met");
}

Test(assessment, reads_answers_without_evidence_as_blank_in_the_evidenced_verdict)
{
    g_autoptr(Desk) desk = ladder("a=yes b=yes c=yes");
    g_autoptr(Desk) without = ladder("a=yes");

    desk->answers->evidence_asked = TRUE;
    desk->answers->of[desk_question(desk, "a")].evidence = g_strdup("record 1");
    cr_expect(eq(int, desk_assess(desk)->verdict.level, 1));
    cr_expect(eq(int, desk_assess(desk)->evidenced.level, 0));
    cr_expect(eq(int, desk_assess(desk)->evidenced.level_possible, 2));
    cr_expect(zero(ptr, desk_assess(without)->evidenced_reading));
}

static char *ids(const Desk *desk, const GArray *indices, gboolean questions)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < indices->len; i++) {
        int index = g_array_index(indices, int, i);

        g_string_append_printf(out, "%s%s", i ? " " : "",
                               questions ? RUBRIC_QUESTION(desk->rubric, index)->id
                                         : RUBRIC_REQUIREMENT(desk->rubric, index)->id);
    }
    return g_string_free(out, FALSE);
}

Test(assessment, lists_blockers_and_decisive_blanks)
{
    static const struct {
        const char *answers, *blockers, *decisive;
    } CASES[] = {
        { "", "r1",
          "a b c e" }, /* each bears on its own requirement and, through held(two), on r3 */
        { "a=no", "r1", "" },
        { "a=yes c=no", "r2 h2", "b e" },
        { "a=yes b=no", "r2 h2",
          "" }, /* unmet before unknown; what is lost has no decisive blanks */
        { "a=yes e=no c=no", "h2 r2", "" },
        { "a=yes b=yes c=yes", "r3", "e" },
        { "a=yes b=yes e=yes", "", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Desk) desk = ladder(CASES[i].answers);
        g_autofree char *blockers = ids(desk, desk_assess(desk)->blockers, FALSE);
        g_autofree char *decisive = ids(desk, desk_assess(desk)->decisive, TRUE);

        cr_expect(eq(str, blockers, (char *)CASES[i].blockers), "%s", CASES[i].answers);
        cr_expect(eq(str, decisive, (char *)CASES[i].decisive), "%s", CASES[i].answers);
    }
}

Test(assessment, leaves_a_blank_that_decides_nothing_out)
{
    /* c is yes, so h2 is met whatever e is; in "c or e" with both blank each may decide */
    g_autoptr(Desk) desk =
        desk_new("[question c]\ntype = yesno\nask = C\n[question e]\ntype = yesno\nask = E\n"
                 "[question f]\ntype = yesno\nask = F\n",
                 "(c or e) and f");
    g_autofree char *decisive = NULL;

    desk_answer(desk, "c", "yes");
    decisive = ids(desk, desk_assess(desk)->decisive, TRUE);
    cr_expect(eq(str, decisive, "f"));
}

Test(assessment, counts_answers_by_dimension)
{
    g_autoptr(Desk) desk = ladder("a=yes b=n/a");
    const DimensionResult *result = &desk_assess(desk)->dimensions[0];

    cr_expect(eq(uint, result->answered, 1));
    cr_expect(eq(uint, result->asked, 4));
    cr_expect(eq(uint, result->not_applicable, 1));
}

Test(assessment, finds_a_date_after_the_assessment_and_reads_it_as_blank)
{
    g_autoptr(Desk) desk = desk_new("[question t]\ntype = date\nask = T\n", "years(t) >= 1");
    const Finding *finding;

    desk_answer(desk, "t", "2027-01-31");
    cr_expect(eq(int, (int)desk_status(desk, "r"), STATUS_UNKNOWN));
    cr_assert(eq(uint, findings_count(desk_assess(desk)->answers->findings), 1));
    finding = findings_at(desk_assess(desk)->answers->findings, 0);
    cr_expect(eq(str, finding->message,
                 "\"t\" is 2027-01-31, after the assessment date 2026-06-30, and counts as blank"));
    cr_expect(eq(int, (int)desk_assess(desk)->answers->of[0].state, ANSWER_INVALID));
}

Test(assessment, prints_scores_rounded_outwards_and_never_across_a_bar)
{
    g_autoptr(Desk) desk = desk_new("[question a]\ntype = yesno\nask = A\n", "score() >= 0.8 or a");
    static const struct {
        gint64 low, low_of, high, high_of;
        const char *low_text, *high_text;
    } CASES[] = {
        { 2, 3, 2, 3, "0.666667", "0.666667" },
        { 1, 3, 2, 3, "0.333333", "0.666667" },
        { 0, 1, 1, 1, "0", "1" },
        { 79999999, 100000000, 79999999, 100000000, "0.7999999", "0.7999999" },
        { 1, 2, 79999999, 100000000, "0.5", "0.7999999" },
        { 4, 5, 9, 10, "0.8", "0.9" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Score score = { TRUE, rational_ratio(CASES[i].low, CASES[i].low_of),
                        rational_ratio(CASES[i].high, CASES[i].high_of) };
        g_autofree char *low = score_text(desk->plan, score, FALSE);
        g_autofree char *high = score_text(desk->plan, score, TRUE);

        cr_expect(g_str_has_prefix(low, CASES[i].low_text), "%s", low);
        cr_expect(g_str_has_prefix(high, CASES[i].high_text), "%s", high);
    }
}

Test(assessment, binds_a_requirement_only_under_its_profiles)
{
    static const char TEXT[] =
        "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one\ndimensions = d\n"
        "[level one]\ntitle = 1\n[dimension d]\ntitle = D\n"
        "[question a]\ntype = yesno\nask = A\n[question b]\ntype = yesno\nask = B\n"
        "[requirement r1]\nlevel = one\nkind = gate\norigin = house\ntitle = R1\nneeds = a\n"
        "[requirement r2]\nlevel = one\nkind = gate\norigin = house\ntitle = R2\nneeds = "
        "b\nprofiles = p\n"
        "[profile p]\ntitle = P\n[profile q]\ntitle = Q\n";
    g_autoptr(Desk) under_p = desk_of(TEXT, "p");
    g_autoptr(Desk) under_q = desk_of(TEXT, "q");
    g_autoptr(Desk) plain = desk_of(TEXT, NULL);
    Desk *const DESKS[] = { under_p, under_q, plain };
    const int LEVELS[] = { NOWHERE, 0, 0 };

    for (guint i = 0; i < G_N_ELEMENTS(DESKS); i++) {
        desk_answer(DESKS[i], "a", "yes");
        desk_answer(DESKS[i], "b", "no");
        cr_expect(eq(int, desk_assess(DESKS[i])->verdict.level, LEVELS[i]));
    }
    cr_expect(eq(int, (int)desk_status(under_q, "r2"), STATUS_NOT_APPLICABLE));
}

Test(assessment, leaves_out_blanks_of_a_dimension_that_weighs_nothing)
{
    static const char TEXT[] =
        "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one\n"
        "dimensions = top, left, right\n[level one]\ntitle = 1\n[dimension top]\ntitle = T\n"
        "[dimension left]\ntitle = L\nparent = top\nweight = 0\n"
        "[dimension right]\ntitle = R\nparent = top\n"
        "[question a]\ntype = yesno\nask = A\ndimension = left\n"
        "[question b]\ntype = yesno\nask = B\ndimension = right\n"
        "[requirement r]\nlevel = one\nkind = gate\norigin = house\ntitle = R\n"
        "needs = \"score(top) >= 50%\"\n";
    g_autoptr(Desk) desk = desk_of(TEXT, NULL);
    g_autofree char *decisive = ids(desk, desk_assess(desk)->decisive, TRUE);

    cr_expect(eq(str, decisive, "b"));
}

Test(assessment, tells_answers_that_contradict_each_other_and_lets_the_level_stand)
{
    static const char TEXT[] =
        "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one\n"
        "dimensions = d\n[level one]\ntitle = 1\n[dimension d]\ntitle = D\n"
        "[question a]\ntype = yesno\nask = A\n[question b]\ntype = yesno\nask = B\n"
        "[requirement r]\nlevel = one\ntitle = R\nneeds = a\n"
        "[contradiction both]\ntitle = A without B\nwhen = \"a and not b\"\n";
    static const struct {
        const char *a, *b;
        guint contradictions;
    } CASES[] = { { "yes", "no", 1 }, { "yes", NULL, 0 }, { "yes", "yes", 0 }, { "no", "no", 0 } };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Desk) desk = desk_of(TEXT, NULL);
        const Assessment *got;

        desk_answer(desk, "a", CASES[i].a);
        if (CASES[i].b)
            desk_answer(desk, "b", CASES[i].b);
        got = desk_assess(desk);
        cr_assert_eq(got->contradictions->len, CASES[i].contradictions, "case %u", i);
        cr_assert_eq(findings_of(got->answers->findings, SEVERITY_WARNING),
                     CASES[i].contradictions);
        cr_assert_eq(got->verdict.level, strcmp(CASES[i].a, "yes") == 0 ? 0 : NOWHERE);
        if (CASES[i].contradictions > 0)
            cr_assert_str_eq(findings_at(got->answers->findings, 0)->message,
                             "answers contradict each other: A without B (both)");
    }
}
