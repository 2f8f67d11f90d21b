#include "cohort/hall.h"

#include <string.h>

#include "rules/crowd.h"
#include "support.h"

Hall hall_of(const char *path, guint rows, guint32 seed)
{
    static const CrowdMix MIX = { TRUE, TRUE, TRUE, TRUE };
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    Hall hall = { .date = support_day(2026, 6, 30) };

    hall.rubric = rubric_load(path, NULL, NULL, findings, NULL);
    g_assert_nonnull(hall.rubric);
    hall.plan = plan_compile(hall.rubric, NULL, findings);
    hall.block = crowd_block(hall.rubric, &MIX);
    crowd_fill(hall.block, rows, &MIX, hall.date, random);
    hall.grader = block_grader_new(hall.plan, hall.date);
    hall.grades = block_grade(hall.grader, hall.block);
    return hall;
}

void hall_clear(Hall *hall)
{
    block_grader_free(hall->grader);
    block_free(hall->block);
    plan_free(hall->plan);
    rubric_free(hall->rubric);
}

Statistics *hall_statistics(const Hall *hall)
{
    Statistics *statistics = statistics_new(hall->plan);

    statistics_add(statistics, hall->block, hall->grades, NULL, 1);
    statistics_date(statistics, hall->date);
    return statistics;
}

gboolean hall_are_equal(const Statistics *a, const Statistics *b)
{
    if (memcmp(a->counts, b->counts, a->layout.size * sizeof(gint64)) != 0)
        return FALSE;
    for (guint i = 0; i < a->fields->len; i++) {
        const CohortField *one = a->fields->pdata[i], *other = b->fields->pdata[i];

        if (one->counts->len != other->counts->len ||
            memcmp(one->counts->data, other->counts->data, one->counts->len * sizeof(gint64)) != 0)
            return FALSE;
    }
    return TRUE;
}
