#include "audit/difference.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

static const char QUESTIONS[] =
    "[question a]\ntype = yesno\nask = A\n[question b]\ntype = yesno\nask = B\n"
    "[question x]\ntype = yesno\nask = X\n"
    "[scale depth]\noptions = none, some, most, full\n"
    "[group g]\ntitle = G\ntype = choice\nscale = depth\n"
    "[question c]\nask = C\ngroups = g\n[question k]\nask = K\ngroups = g\n"
    "[question n]\ntype = number\nmin = 0\nmax = 10\nask = N\n"
    "[question p]\ntype = percent\nask = P\n"
    "[question m]\ntype = multi\noptions = red, green\nask = M\n"
    "[requirement base]\nlevel = basic\nkind = gate\norigin = house\ntitle = Base\n";

static Strictness compare(const char *older_sections, const char *older, const char *newer_sections,
                          const char *newer)
{
    g_autoptr(Desk) before = desk_new(older_sections, older);
    g_autoptr(Desk) after = desk_new(newer_sections, newer);
    g_autoptr(Difference) difference = difference_new(before->plan, after->plan, NULL);

    return strictness_of(&difference->pairing, desk_requirement(before, "r"),
                         desk_requirement(after, "r"), NULL);
}

/* The same answers on both desks, by the digits of `seed`. */
static void answer(Desk *desk, guint seed)
{
    static const struct {
        const char *question, *answers[4];
    } ANSWERS[] = {
        { "a", { "yes", "no", "yes", "no" } },
        { "b", { "yes", "no", "no", "yes" } },
        { "x", { "no", "no", "yes", "yes" } },
        { "c", { "none", "some", "most", "full" } },
        { "k", { "none", "some", "most", "full" } },
        { "n", { "1", "2", "3", "10" } },
        { "p", { "59", "60", "61", "70" } },
        { "m", { "red", "green", "red;green", "red" } },
    };

    for (guint i = 0; i < G_N_ELEMENTS(ANSWERS); i++)
        desk_answer(desk, ANSWERS[i].question, ANSWERS[i].answers[seed >> (2 * i) & 3]);
}

/* Whether no answers tried refute that the newer condition is so strict. */
static gboolean holds_in_practice(const char *sections, const char *older, const char *newer,
                                  Strictness found)
{
    enum { TRIED = 300, STEP = 40503 /* odd: all digits move */ };
    g_autoptr(Desk) before = desk_new(sections, older);
    g_autoptr(Desk) after = desk_new(sections, newer);

    for (guint i = 0; i < TRIED; i++) {
        Truth was, is;

        answer(before, i * STEP);
        answer(after, i * STEP);
        was = desk_truth(before);
        is = desk_truth(after);
        if (((found == STRICTNESS_TIGHTER || found == STRICTNESS_EQUAL) && is == TRUTH_TRUE &&
             was != TRUTH_TRUE) ||
            ((found == STRICTNESS_LOOSER || found == STRICTNESS_EQUAL) && was == TRUTH_TRUE &&
             is != TRUTH_TRUE))
            return FALSE;
    }
    return TRUE;
}

static const char *const NAMES[] = { "equal", "tighter", "looser", "changed" };

Test(strictness, is_decided_by_structure)
{
    static const struct {
        const char *older, *newer;
        Strictness found, back;
    } CASES[] = {
        { "a", "a", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "a", "a = yes", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "a", "b", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "a and b", "b and a", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "(a and b) and x", "a and (x and b)", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "a", "a and b", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "a", "a or b", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "a and b", "a or b", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "not (a and b)", "not a", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "a and b", "a and x", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "a and b", "a and b or x", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "a or b", "(a or b) and x", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "c >= some", "c >= most", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "c >= some", "some <= c", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "c > some", "c >= most", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "c <= some", "c <= most", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "c = some", "c >= some", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "c = some", "c = most", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "not c >= some", "not c >= most", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "c >= k", "c > k", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "p >= 60%", "p >= 70%", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "p >= 60%", "60% <= p", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "p > 60%", "p >= 60%", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "p >= 60%", "p <= 60%", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "n < 3", "n < 2", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "n + 1 >= 3", "n + 2 >= 3", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "5 - n >= 3", "5 - n >= 2", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "n * 2 >= 3", "n * 3 >= 3", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "n >= 3", "n >= p", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "count(g >= some) >= 1", "count(g >= most) >= 1", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "count(g >= some) >= 1", "count(g >= most) >= 2", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "count(g >= some) >= 2", "count(g >= most) >= 1", STRICTNESS_CHANGED,
          STRICTNESS_CHANGED },
        { "count(g >= some) <= 1", "count(g >= most) <= 1", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "share(g >= most, g >= some) >= 20%", "share(g >= full, g >= some) >= 20%",
          STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "share(g >= full, g >= some) >= 20%", "share(g >= full, g >= most) >= 20%",
          STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "any(g >= some)", "any(g >= most)", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "any(g >= some)", "all(g >= some)", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "has(m, red)", "has(m, red)", STRICTNESS_EQUAL, STRICTNESS_EQUAL },
        { "has(m, red)", "has(m, green)", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
        { "climb(80%) >= 0.5", "climb(90%) >= 0.5", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "score() >= 0.5", "score(d) >= 0.5", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
    };
    g_autofree char *sections = g_strconcat(QUESTIONS, "needs = a\n", NULL);

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Strictness found = compare(sections, CASES[i].older, sections, CASES[i].newer);
        Strictness back = compare(sections, CASES[i].newer, sections, CASES[i].older);

        cr_expect_eq(found, CASES[i].found, "%s -> %s: %s", CASES[i].older, CASES[i].newer,
                     NAMES[found]);
        cr_expect_eq(back, CASES[i].back, "%s -> %s: %s", CASES[i].newer, CASES[i].older,
                     NAMES[back]);
        cr_expect(holds_in_practice(sections, CASES[i].older, CASES[i].newer, found), "%s -> %s",
                  CASES[i].older, CASES[i].newer);
    }
}

Test(strictness, passes_through_requirements_that_are_named)
{
    g_autofree char *before = g_strconcat(QUESTIONS, "needs = \"c >= some\"\n", NULL);
    g_autofree char *after = g_strconcat(QUESTIONS, "needs = \"c >= most\"\n", NULL);

    cr_expect_eq(compare(before, "met(base)", after, "met(base)"), STRICTNESS_TIGHTER);
    cr_expect_eq(compare(before, "not met(base)", after, "not met(base)"), STRICTNESS_LOOSER);
}

Test(strictness, knows_a_group_that_grows)
{
    static const struct {
        const char *needs;
        Strictness found, back;
    } CASES[] = {
        { "count(g >= some) >= 1", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "any(g >= some)", STRICTNESS_LOOSER, STRICTNESS_TIGHTER },
        { "all(g >= some)", STRICTNESS_TIGHTER, STRICTNESS_LOOSER },
        { "share(g >= some) >= 50%", STRICTNESS_CHANGED, STRICTNESS_CHANGED },
    };
    g_autofree char *before = g_strconcat(QUESTIONS, "needs = a\n", NULL);
    g_autofree char *after =
        g_strconcat("[question more]\nask = More\ngroups = g\n", QUESTIONS, "needs = a\n", NULL);

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        cr_expect_eq(compare(before, CASES[i].needs, after, CASES[i].needs), CASES[i].found, "%s",
                     CASES[i].needs);
        cr_expect_eq(compare(after, CASES[i].needs, before, CASES[i].needs), CASES[i].back, "%s",
                     CASES[i].needs);
    }
}

Test(strictness, knows_what_a_score_is_made_of)
{
    static const char OLD[] = "[question s]\ntype = yesno\nask = S\ndimension = d\n";
    static const char *const NEW[] = {
        "[question s]\ntype = yesno\nask = S\ndimension = d\nweight = 2\n",
        "[question s]\ntype = yesno\nask = S\ndimension = d\nscore = 0, 0.5\n",
        "[question s]\ntype = yesno\nask = S\ndimension = d\n"
        "[question more]\ntype = yesno\nask = More\ndimension = d\n",
        "[question other]\ntype = yesno\nask = Other\ndimension = d\n",
    };

    cr_expect_eq(compare(OLD, "score(d) > 0.5", OLD, "score(d) > 0.5"), STRICTNESS_EQUAL);
    cr_expect_eq(compare(OLD, "score(d) > 0.5", OLD, "score(d) >= 0.5"), STRICTNESS_LOOSER);
    for (guint i = 0; i < G_N_ELEMENTS(NEW); i++)
        cr_expect_eq(compare(OLD, "score() > 0.5", NEW[i], "score() > 0.5"), STRICTNESS_CHANGED,
                     "%s", NEW[i]);
}

Test(strictness, compares_options_at_their_own_places)
{
    static const char OLD[] = "[question q]\ntype = choice\noptions = none, some, full\nask = Q\n";
    static const char MORE[] =
        "[question q]\ntype = choice\noptions = none, few, some, full\nask = Q\n";
    static const char TURNED[] =
        "[question q]\ntype = choice\noptions = full, some, none\nask = Q\n";

    cr_expect_eq(compare(OLD, "q >= some", MORE, "q >= some"), STRICTNESS_EQUAL);
    cr_expect_eq(compare(OLD, "q >= some", MORE, "q > some"), STRICTNESS_TIGHTER);
    cr_expect_eq(compare(OLD, "q >= some", TURNED, "q <= some"), STRICTNESS_EQUAL);
    cr_expect_eq(compare(OLD, "q >= some", TURNED, "q >= some"), STRICTNESS_CHANGED);
}

Test(strictness, knows_a_question_by_its_words)
{
    static const char OLD[] = "[question q]\ntype = yesno\nask = \"Is there a plan?\"\n";
    static const char NEW[] = "[question plan]\ntype = yesno\nask = \"Is there a  PLAN?\"\n";

    cr_expect_eq(compare(OLD, "q", NEW, "plan"), STRICTNESS_EQUAL);
}
