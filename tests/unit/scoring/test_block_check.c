#include "scoring/block_check.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "rubric/whole.h"
#include "rules/crowd.h"
#include "support.h"

/* Grade blocks of every mix by both engines. */
static void compare_engines(const Plan *plan, const char *name, guint n_rows, GRand *random)
{
    gint32 date = support_day(2026, 6, 30);
    g_autoptr(BlockGrader) grader = block_grader_new(plan, date);

    for (guint i = 0; i < 16; i++) {
        const CrowdMix mix = { i & 1, i & 2, i & 4, i & 8 };
        g_autoptr(Block) block = crowd_block(plan->rubric, &mix);

        crowd_fill(block, n_rows, &mix, date, random);
        block_grade(grader, block);
        for (guint row = 0; row < n_rows; row++) {
            g_autofree char *fault = block_check_row(grader, block, row);

            cr_expect(fault == NULL, "%s, mix %u, row %u: %s", name, i, row, fault);
            if (fault)
                return;
        }
    }
}

Test(block_check, agrees_with_the_scalar_engine_on_a_rubric_of_everything)
{
    const char *const PROFILES[] = { NULL, "short" };

    for (guint i = 0; i < G_N_ELEMENTS(PROFILES); i++) {
        g_autoptr(Desk) desk = desk_of(whole_rubric, PROFILES[i]);
        g_autoptr(GRand) random = g_rand_new_with_seed(i);

        compare_engines(desk->plan, "whole", 40, random);
    }
}

static char *beside(const char *reference, gpointer folder)
{
    g_auto(GStrv) parts = g_strsplit(reference, "@", 2);

    return g_strdup_printf("%s/%s_%s.ini", (const char *)folder, parts[0], parts[1]);
}

/* From the root of the source tree, where unit tests run. Longer runs, also over random rubrics:
 * tests/run_blocks.py. */
Test(block_check, agrees_with_the_scalar_engine_on_the_rubrics_of_the_shelf)
{
    g_autoptr(GDir) folder = g_dir_open("rubrics", 0, NULL);
    const char *name;

    cr_assert(folder != NULL, "no rubrics here");
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename("rubrics", name, NULL);
        g_autoptr(Findings) findings = findings_new();
        g_autoptr(Rubric) rubric = rubric_load(path, beside, "rubrics", findings, NULL);
        g_autoptr(Plan) plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;
        g_autoptr(GRand) random = g_rand_new_with_seed(1);

        cr_assert(plan != NULL, "%s", path);
        compare_engines(plan, name, 6, random);
    }
}

/* A rubric of two levels and dimensions d and e; takes `sections`. */
static void compare_text(const char *score, GString *sections, const char *name, guint n_rows)
{
    g_autofree char *text = g_strdup_printf("[rubric]\n"
                                            "id = test\n"
                                            "edition = 2025\n"
                                            "format = 1\n"
                                            "title = Test\n"
                                            "levels = low, top\n"
                                            "dimensions = d, e\n"
                                            "score = %s\n"
                                            "[level low]\n"
                                            "[level top]\n"
                                            "[dimension d]\n"
                                            "[dimension e]\n"
                                            "weight = 0.000003\n"
                                            "%s",
                                            score, sections->str);
    g_autoptr(Desk) desk = desk_of(text, NULL);
    g_autoptr(GRand) random = g_rand_new_with_seed(n_rows);

    compare_engines(desk->plan, name, n_rows, random);
    g_string_free(sections, TRUE);
}

static void require(GString *sections, const char *level, const char *needs)
{
    g_string_append_printf(sections, "[requirement r%zu]\nlevel = %s\nneeds = \"%s\"\n",
                           sections->len, level, needs);
}

/* Bytes count up to 255 questions at a time. */
Test(block_check, counts_more_questions_than_a_byte)
{
    GString *sections = g_string_new("[scale s]\n"
                                     "options = a, b, c, d1, e1, f, g1, h, i, j, k, l\n"
                                     "[group g]\n"
                                     "type = choice\n"
                                     "scale = s\n"
                                     "na = yes\n"
                                     "[group y]\n"
                                     "type = yesno\n"
                                     "na = yes\n");

    for (guint i = 0; i < 520; i++)
        g_string_append_printf(sections, "[question g_%u]\ngroups = g\ndimension = d\nask = G\n",
                               i);
    for (guint i = 0; i < 300; i++)
        g_string_append_printf(sections, "[question y_%u]\ngroups = y\ndimension = e\nask = Y\n",
                               i);
    require(sections, "low", "count(g >= f) >= 300 or count(y = yes) > 256");
    require(sections, "low", "any(g = k) and not all(g >= b)");
    require(sections, "top", "share(g >= h, g >= c) >= 50% or share(g != l) < 99%");
    require(sections, "top", "share(y = yes) >= 50% and score(d) >= 40%");
    compare_text("mean", sections, "wide", 3);
}

/* Most options, numbers of most digits, sums and weights beyond 64 bits. */
Test(block_check, goes_to_the_limits_of_numbers)
{
    static const char *const SCORES[] = { "mean", "sum", "climb" };

    for (guint k = 0; k < G_N_ELEMENTS(SCORES); k++) {
        GString *sections = g_string_new("[group n]\ntype = number\n"
                                         "[question m]\ntype = multi\ndimension = d\nask = M\n"
                                         "level = low\noptions = t0");

        for (guint i = 1; i < RUBRIC_OPTIONS_LIMIT; i++)
            g_string_append_printf(sections, ", t%u", i);
        g_string_append(sections, "\n[question c]\ntype = choice\ndimension = e\nask = C\n"
                                  "level = top\noptions = o0");
        for (guint i = 1; i < RUBRIC_OPTIONS_LIMIT; i++)
            g_string_append_printf(sections, ", o%u", i);
        for (guint i = 0; i < 12; i++)
            g_string_append_printf(sections,
                                   "\n[question n%u]\ngroups = n\ndimension = d\nask = N\n"
                                   "worst = 0.00000%u\nbest = 999999999%u.%u\nlevel = top\n"
                                   "weight = %u99999999.999999\n%s",
                                   i, i % 10, i % 10, i + 1, i + 1, i % 3 ? "" : "min = -1.5\n");
        require(sections, "low", "sum(n) > 1000000 or mean(n) <= 0.000001");
        require(sections, "low", "has(m, t63) or count(m) >= 40 or c >= o62");
        require(sections, "top", "n1 * n2 - n3 / n4 >= n5 or min(n) + max(n) > 999999999999");
        require(sections, "top", "score(all, top) >= 0.5 or score(d) < 33.333333%");
        compare_text(SCORES[k], sections, SCORES[k], 20);
    }
}

/* A condition that is met by what another level holds, in every reading. */
Test(block_check, follows_met_and_held)
{
    GString *sections = g_string_new("[question a]\ntype = yesno\nna = yes\nask = A\n"
                                     "[question b]\ntype = yesno\nna = yes\nask = B\n"
                                     "[requirement ra]\nlevel = low\nneeds = a\nwaivable = yes\n"
                                     "origin = official\nclause = 1\n"
                                     "[requirement rb]\nlevel = low\nneeds = b\n"
                                     "[requirement rc]\nlevel = top\nneeds = \"held(low) and b\"\n"
                                     "origin = official\nclause = 2\n"
                                     "[requirement rd]\nlevel = top\n"
                                     "needs = \"met(rc) or not met(ra)\"\n");

    compare_text("mean", sections, "held", 64);
}
