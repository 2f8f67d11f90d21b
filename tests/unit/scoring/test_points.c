#include "scoring/points.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

/* Two levels, a dimension with a part and another one; SCORE is put in. */
static const char SHEET[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one, two\n"
    "dimensions = d, part, e\nscore = SCORE\n"
    "[level one]\ntitle = 1\n[level two]\ntitle = 2\n"
    "[dimension d]\ntitle = D\n[dimension part]\ntitle = P\nparent = d\n[dimension e]\ntitle = E\n"
    "[scale three]\noptions = none, half, full\nscore = 0, 0.5, 1\ntitle.none = N\ntitle.half = H\n"
    "title.full = F\n"
    "[group q]\ntitle = Q\ntype = choice\nscale = three\nna = yes\n"
    "[question a]\ngroups = q\ndimension = part\nlevel = one\nweight = 14\nask = A\n"
    "[question b]\ngroups = q\ndimension = part\nlevel = two\nweight = 6\nask = B\n"
    "[question c]\ngroups = q\ndimension = e\nlevel = one\nweight = 7.25\nask = C\n"
    "[requirement r]\nlevel = one\nkind = gate\norigin = house\ntitle = R\n"
    "needs = \"score(all, one) >= 80%\"\n"
    "[requirement s]\nlevel = two\nkind = gate\norigin = house\ntitle = S\n"
    "needs = \"score(all, two) >= 80%\"\n";

static Desk *sheet(const char *score, const char *answers)
{
    g_auto(GStrv) parts = g_strsplit(SHEET, "SCORE", 2), pairs = g_strsplit(answers, " ", -1);
    g_autofree char *text = g_strjoinv(score, parts);
    Desk *desk = desk_of(text, NULL);

    for (char **pair = pairs; *pair; pair++)
        if (**pair)
            desk_answer(desk, (char[]){ **pair, '\0' }, *pair + 2);
    return desk;
}

/* "low to high of best" of a dimension of the sheet, NOWHERE: of the whole. */
static char *told(const char *score, const char *answers, int dimension)
{
    g_autoptr(Desk) desk = sheet(score, answers);
    g_autoptr(Numbers) numbers = numbers_new();
    const Assessment *assessment = desk_assess(desk);
    Points points = points_of(assessment, dimension, numbers);
    g_autofree char *low = points_text(&points, assessment->plan, FALSE);
    g_autofree char *high = points_text(&points, assessment->plan, TRUE);
    g_autofree char *best = rational_format(points.best, 2, ROUND_HALF_UP);

    return points.score.exists ? g_strdup_printf("%s to %s of %s", low, high, best)
                               : g_strdup("none");
}

Test(points, are_told_of_the_best_that_could_be_had)
{
    static const struct {
        const char *score, *answers;
        int dimension;
        const char *told;
    } CASES[] = {
        { "sum", "a=half b=full c=full", NOWHERE, "20.3 to 20.3 of 27.25" },
        { "sum", "a=half b=full c=full", 0, "13 to 13 of 20" },
        { "sum", "a=half b=full c=full", 1, "13 to 13 of 20" },
        { "sum", "a=half c=half", 0, "7 to 13 of 20" }, /* a blank */
        { "sum", "a=full b=n/a c=half", 0, "14 to 14 of 20" },
        { "sum", "a=full b=full", 2, "0 to 7.3 of 7.25" }, /* outward */
        { "sum", "a=n/a b=n/a c=half", 0, "none" },
        { "climb", "a=full b=half c=full", NOWHERE, "1.5 to 1.5 of 2" },
        { "climb", "a=full b=half c=full", 0, "50 to 50 of 1" }, /* the next level alone */
        { "climb", "a=half b=full c=full", 0, "50 to 50 of 1" },
        { "climb", "a=full c=full", 1, "0 to 100 of 1" },
        { "mean", "a=half b=full c=full", 0, "65 to 65 of 1" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *got = told(CASES[i].score, CASES[i].answers, CASES[i].dimension);

        cr_expect(eq(str, got, (char *)CASES[i].told), "%s, %s", CASES[i].score, CASES[i].answers);
    }
}

Test(points, count_the_questions_that_they_are_made_of)
{
    g_autoptr(Desk) sum = sheet("sum", "a=full"), climb = sheet("climb", "a=full c=full");
    guint answered, asked;

    points_count(desk_assess(sum), 0, &answered, &asked);
    cr_expect(answered == 1 && asked == 2);
    points_count(desk_assess(climb), 0, &answered, &asked); /* of level two: b alone */
    cr_expect(answered == 0 && asked == 1);
}
