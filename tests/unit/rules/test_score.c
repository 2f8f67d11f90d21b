#include "rules/score.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

static void expect_score(Desk *desk, const char *low, const char *high)
{
    g_autoptr(Evaluation) evaluation =
        evaluation_new(desk->plan, desk->answers, READING_FULL, support_day(2026, 6, 30));
    Value value = evaluation_score(evaluation);
    g_autofree char *shown_low = rational_format(value.low, 9, ROUND_HALF_UP);
    g_autofree char *shown_high = rational_format(value.high, 9, ROUND_HALF_UP);

    cr_assert(value.exists);
    cr_expect(eq(str, shown_low, (char *)low));
    cr_expect(eq(str, shown_high, (char *)high));
}

Test(score, weighs_questions_and_leaves_out_what_is_not_applicable)
{
    g_autoptr(Desk) desk = desk_new(
        "[question a]\ntype = choice\noptions = x, y, z\nask = A\ndimension = d\nweight = 3\n"
        "[question b]\ntype = yesno\nask = B\ndimension = d\nna = yes\n"
        "[question c]\ntype = yesno\nask = C\ndimension = d\nweight = 0\n",
        "score() >= 0");

    expect_score(desk, "0", "1");
    desk_answer(desk, "a", "y");
    expect_score(desk, "0.375", "0.625");
    desk_answer(desk, "b", "yes");
    expect_score(desk, "0.625", "0.625");
    desk_answer(desk, "c", "no");
    expect_score(desk, "0.625", "0.625");
    desk_answer(desk, "b", "n/a");
    expect_score(desk, "0.5", "0.5");
}

Test(score, of_numbers_is_linear_and_clipped)
{
    g_autoptr(Desk) desk = desk_new(
        "[question a]\ntype = percent\nask = A\ndimension = d\nworst = 20\nbest = 90\n", "a >= 0");
    g_autoptr(Desk) falling = desk_new(
        "[question a]\ntype = number\nask = A\ndimension = d\nworst = 100\nbest = 50\nmin = 60\n",
        "a >= 0");

    expect_score(desk, "0", "1");
    desk_answer(desk, "a", "10");
    expect_score(desk, "0", "0");
    desk_answer(desk, "a", "55");
    expect_score(desk, "0.5", "0.5");
    desk_answer(desk, "a", "95");
    expect_score(desk, "1", "1");
    expect_score(falling, "0", "0.8");
    desk_answer(falling, "a", "75");
    expect_score(falling, "0.5", "0.5");
    desk_answer(falling, "a", "70..80");
    expect_score(falling, "0.4", "0.6");
}

Test(score, of_a_blank_covers_options_whose_scores_do_not_rise)
{
    g_autoptr(Desk) desk = desk_new("[question a]\ntype = choice\noptions = x, y, z\nscore = 0.2, "
                                    "1, 0.5\nask = A\ndimension = d\n",
                                    "a = x");

    expect_score(desk, "0.2", "1");
    desk_answer(desk, "a", "y..z");
    expect_score(desk, "0.5", "1");
}

Test(score, of_a_multi_adds_what_is_ticked_up_to_one)
{
    g_autoptr(Desk) desk = desk_new("[question m]\ntype = multi\noptions = x, y, z\nscore = 0.5, "
                                    "0.5, 0.5\nask = A\ndimension = d\n",
                                    "has(m, x)");

    expect_score(desk, "0", "1");
    desk_answer(desk, "m", "x");
    expect_score(desk, "0.5", "0.5");
    desk_answer(desk, "m", "x;y;z");
    expect_score(desk, "1", "1");
}

static const char TREE[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one, two, three\n"
    "dimensions = top, left, right, other\nscore = %s\n%s"
    "[level one]\ntitle = 1\n[level two]\ntitle = 2\n[level three]\ntitle = 3\n"
    "[dimension top]\ntitle = Top\nweight = 3\n"
    "[dimension left]\ntitle = Left\nparent = top\n"
    "[dimension right]\ntitle = Right\nparent = top\nweight = 4\n"
    "[dimension other]\ntitle = Other\n"
    "[question a]\ntype = yesno\nask = A\ndimension = left\nlevel = one\n"
    "[question b]\ntype = yesno\nask = B\ndimension = right\nlevel = two\n"
    "[question c]\ntype = multi\noptions = up, down\nscore = %s\nask = C\ndimension = other\n"
    "weight = 10\nlevel = three\n"
    "[requirement r]\nlevel = one\nkind = gate\norigin = house\ntitle = R\nneeds = a\n"
    "[profile p]\ntitle = P\nweight right = 1\nskip = c\n";

static Desk *tree(const char *method, const char *more, const char *scores, const char *profile)
{
    g_autofree char *text = g_strdup_printf(TREE, method, more, scores);

    return desk_of(text, profile);
}

Test(score, climbs_the_tree_of_dimensions)
{
    g_autoptr(Desk) desk = tree("mean", "", "0.5, 0.5", NULL);

    desk_answer(desk, "a", "yes");
    desk_answer(desk, "b", "no");
    desk_answer(desk, "c", "up");
    /* top = (1 * 1 + 4 * 0) / 5 = 0.2; all = (3 * 0.2 + 0.5) / 4 */
    expect_score(desk, "0.275", "0.275");
}

Test(score, follows_the_profile)
{
    g_autoptr(Desk) desk = tree("mean", "", "0.5, 0.5", "p");

    desk_answer(desk, "a", "yes");
    desk_answer(desk, "b", "no");
    /* right weighs 1, c is skipped and so is other */
    expect_score(desk, "0.5", "0.5");
}

Test(score, sums_points_of_any_sign)
{
    g_autoptr(Desk) desk = tree("sum", "", "2, -1.5", NULL);

    expect_score(desk, "-15", "22");
    desk_answer(desk, "a", "yes");
    desk_answer(desk, "b", "no");
    desk_answer(desk, "c", "up;down");
    expect_score(desk, "6", "6");
}

Test(score, climbs_level_by_level)
{
    g_autoptr(Desk) desk = tree("climb", "pass = 80%\n", "0.5, 0.5", NULL);

    expect_score(desk, "0", "3");
    desk_answer(desk, "a", "yes");
    expect_score(desk, "1", "3");
    desk_answer(desk, "b", "no");
    expect_score(desk, "1", "1");
    desk_answer(desk, "c", "up;down");
    expect_score(desk, "1", "1");
    desk_answer(desk, "b", "yes");
    desk_answer(desk, "c", "up");
    expect_score(desk, "2.5", "2.5");
    desk_answer(desk, "a", "no");
    expect_score(desk, "0", "0");
}
