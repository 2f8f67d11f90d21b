#include "cohort/benchmark.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/hall.h"
#include "cohort/withholding.h"
#include "support.h"

enum { ROWS = 300 };

static Assessment *assess_row(const Hall *hall, guint row)
{
    return assessment_new(hall->plan, block_answers(hall->block, row), hall->date, FALSE);
}

static void take_peers(Assessment *assessment, const Statistics *statistics)
{
    g_autoptr(GBytes) file = g_bytes_new_static("{}", 2);

    assessment_set_peers(assessment,
                         benchmark_new(statistics, file, assessment, "scenes", "built"));
}

static guint bin_of(const GradeScore *score, const gint64 *bounds, guint row)
{
    return score->state[row] == GRADE_NONE ? G_MAXUINT : bins_score(bounds[row], 1000000);
}

/* Percent of rows whose score lies in a lower bin: certainly, possibly. */
static void place_plainly(const Hall *hall, guint own, guint *certainly, guint *possibly)
{
    const GradeScore *score = &hall->grades->scores[GRADE_ALL];
    guint low = bin_of(score, score->low, own), high = bin_of(score, score->high, own);
    guint below = 0, may_be = 0, all = 0;

    for (guint row = 0; row < ROWS; row++) {
        if (score->state[row] == GRADE_NONE)
            continue;
        all++;
        below += bin_of(score, score->high, row) < low;
        may_be += bin_of(score, score->low, row) < high;
    }
    *certainly = below * 100 / all;
    *possibly = (may_be * 100 + all - 1) / all;
    if (below == may_be)
        *certainly = *possibly = (below * 200 + all) / (2 * all);
}

Test(benchmark, places_every_company_as_counting_its_peers_does)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 1);
    g_autoptr(Statistics) all = hall_statistics(&hall), few = statistics_withheld(all, 20);
    guint ranges = 0;

    for (guint row = 0; row < 60; row++) {
        g_autoptr(Assessment) one = assess_row(&hall, row), hidden = assess_row(&hall, row);
        const PeerPlace *place, *wide;
        guint certainly, possibly;

        if (!one->score.exists)
            continue;
        take_peers(one, all);
        take_peers(hidden, few);
        place = &g_array_index(one->peers->places, PeerPlace, 0);
        wide = &g_array_index(hidden->peers->places, PeerPlace, 0);
        place_plainly(&hall, row, &certainly, &possibly);
        cr_assert_eq(place->above_low, certainly, "row %u", row);
        cr_assert_eq(place->above_high, MAX(possibly, certainly), "row %u", row);
        cr_assert_leq(wide->above_low, place->above_low, "row %u", row); /* joined bins say less */
        cr_assert_geq(wide->above_high, place->above_high, "row %u", row);
        ranges += place->above_low < place->above_high;
    }
    cr_assert_gt(ranges, 5);
    hall_clear(&hall);
}

Test(benchmark, compares_with_the_group_of_the_company_unless_it_is_withheld)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 2);
    g_autoptr(Statistics) all = hall_statistics(&hall), none = statistics_withheld(all, 200);
    const CohortField *field = all->fields->pdata[0];
    guint compared = 0, small = 0;

    for (guint row = 0; row < 40; row++) {
        g_autoptr(Assessment) one = assess_row(&hall, row), hidden = assess_row(&hall, row);
        const Answer *answer = &one->answers->of[field->question];
        const PeerGroup *group;
        gint64 peers;

        if (answer->state != ANSWER_ANSWERED)
            continue;
        take_peers(one, all);
        take_peers(hidden, none);
        group = one->peers->groups->pdata[0];
        peers = *group_companies(cohort_field_counts(all, field, answer->low + 1));
        cr_assert_eq(group->peers, peers < 5 ? PEERS_WITHHELD : peers);
        cr_assert(peers < 5 || group->at_level >= 1); /* itself */
        small += peers < 5;
        group = hidden->peers->groups->pdata[0];
        cr_assert_eq(group->peers, PEERS_WITHHELD);
        cr_assert_eq(group->place.peers, 0);
        compared++;
    }
    cr_assert_gt(compared, 3 + small);
    cr_assert_gt(small, 0);
    hall_clear(&hall);
}

Test(benchmark, names_scenes_that_most_have_and_the_company_lacks)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 3);
    g_autoptr(Statistics) all = NULL;
    g_autoptr(Assessment) one = NULL;
    int group, first, second;

    rubric_find(hall.rubric, "scenes", &group);
    first = g_array_index(RUBRIC_GROUP(hall.rubric, group)->questions, int, 0);
    second = g_array_index(RUBRIC_GROUP(hall.rubric, group)->questions, int, 1);
    for (guint row = 0; row < ROWS; row++) {
        hall.block->of[first].state[row] = hall.block->of[second].state[row] = ANSWER_ANSWERED;
        hall.block->of[first].option[row] = row < 200 ? 2 : 0;
        hall.block->of[second].option[row] = row < 100 ? 3 : 1;
    }
    hall.grades = block_grade(hall.grader, hall.block);
    all = hall_statistics(&hall);
    one = assess_row(&hall, ROWS - 1);
    take_peers(one, all);
    cr_assert_gt(one->peers->scenes->len, 0);
    for (guint i = 0; i < one->peers->scenes->len; i++) {
        const PeerScene *scene = &g_array_index(one->peers->scenes, PeerScene, i);

        cr_assert_neq(scene->question, second);
        cr_assert_geq(scene->built * 2, scene->asked);
        if (scene->question == first)
            cr_assert_eq(scene->built, 200);
    }
    hall_clear(&hall);
}
