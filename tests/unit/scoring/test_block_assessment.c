#include "scoring/block_assessment.h"

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

Test(block_assessment, agrees_with_the_scalar_engine_on_a_rubric_of_everything)
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
Test(block_assessment, agrees_with_the_scalar_engine_on_the_rubrics_of_the_shelf)
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
