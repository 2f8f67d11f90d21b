#include "rules/block_grade.h"

#include <string.h>

#include "rules/block_condition.h"
#include "rules/block_counting.h"
#include "rules/block_decisive.h"
#include "rules/block_round.h"

struct BlockGrader {
    const Plan *plan;
    gint32 date;
    BlockReading *reading; /* the full one, after a block is graded */
    BlockScores *scores;
    BlockConditions *conditions;
    BlockRounding *rounding;
    BlockCounting *counting;
    BlockDecisive *decisive;
    GArray *bearing;  /* of int: questions that have `bears` */
    Numbers *numbers; /* big parts of the block at hand */
    GArray **binding; /* of int, by level: requirements that bind on it; beyond the top none */
    Grades grades;
};

static void find_binding(BlockGrader *grader)
{
    const Rubric *rubric = grader->plan->rubric;

    grader->binding = g_new(GArray *, rubric->levels->len + 1);
    for (guint i = 0; i <= rubric->levels->len; i++)
        grader->binding[i] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < (int)rubric->requirements->len; i++)
        if (PLAN_CONDITION(grader->plan, i)->binds && RUBRIC_REQUIREMENT(rubric, i)->level >= 0)
            g_array_append_val(grader->binding[RUBRIC_REQUIREMENT(rubric, i)->level], i);
}

BlockGrader *block_grader_new(const Plan *plan, gint32 date)
{
    BlockGrader *grader = g_new0(BlockGrader, 1);
    Grades *grades = &grader->grades;
    guint n = plan->rubric->dimensions->len + 1;

    grader->plan = plan;
    grader->date = date;
    for (guint i = 0; i < GRADE_READINGS; i++) {
        grades->level[i] = rows_new(1);
        grades->level_possible[i] = rows_new(1);
    }
    grades->status = g_new(guint8 *, plan->rubric->requirements->len);
    for (guint i = 0; i < plan->rubric->requirements->len; i++)
        grades->status[i] = rows_new(1);
    grades->scores = g_new(GradeScore, n);
    grades->counts = g_new(GradeCounts, n);
    for (guint i = 0; i < n; i++) {
        grades->scores[i] = (GradeScore){ rows_new(1), rows_new(1), rows_new(sizeof(gint64)),
                                          rows_new(sizeof(gint64)) };
        grades->counts[i] = (GradeCounts){ rows_new(sizeof(guint16)), rows_new(sizeof(guint16)),
                                           rows_new(sizeof(guint16)) };
    }
    grades->contradicted = g_new(guint8 *, MAX(plan->contradictions->len, 1));
    for (guint i = 0; i < plan->contradictions->len; i++)
        grades->contradicted[i] = rows_new(1);
    grades->future_dates = rows_new(sizeof(guint16));
    grader->reading = block_reading_new(plan, date);
    grader->scores = block_scores_new(plan);
    grader->conditions = block_conditions_new(plan, date);
    grader->rounding = block_rounding_new(plan);
    grader->counting = block_counting_new(plan->rubric);
    grader->decisive = block_decisive_new(plan);
    grader->bearing = g_array_new(FALSE, FALSE, sizeof(int));
    grader->numbers = numbers_new();
    find_binding(grader);
    grades->bears = g_new0(guint16 *, MAX(plan->rubric->questions->len, 1));
    return grader;
}

void block_grader_free(BlockGrader *grader)
{
    Grades *grades;

    if (!grader)
        return;
    grades = &grader->grades;
    for (guint i = 0; i < GRADE_READINGS; i++) {
        g_aligned_free(grades->level[i]);
        g_aligned_free(grades->level_possible[i]);
    }
    for (guint i = 0; i < grader->plan->rubric->requirements->len; i++)
        g_aligned_free(grades->status[i]);
    for (guint i = 0; i <= grader->plan->rubric->dimensions->len; i++) {
        g_aligned_free(grades->scores[i].state);
        g_aligned_free(grades->scores[i].is_longer);
        g_aligned_free(grades->scores[i].low);
        g_aligned_free(grades->scores[i].high);
        g_aligned_free(grades->counts[i].answered);
        g_aligned_free(grades->counts[i].asked);
        g_aligned_free(grades->counts[i].not_applicable);
    }
    for (guint i = 0; i < grader->plan->contradictions->len; i++)
        g_aligned_free(grades->contradicted[i]);
    g_free(grades->contradicted);
    g_free(grades->status);
    g_free(grades->scores);
    g_free(grades->counts);
    g_aligned_free(grades->future_dates);
    block_reading_free(grader->reading);
    block_scores_free(grader->scores);
    block_conditions_free(grader->conditions);
    block_rounding_free(grader->rounding);
    block_counting_free(grader->counting);
    block_decisive_free(grader->decisive);
    g_free(grades->bears);
    g_array_unref(grader->bearing);
    numbers_free(grader->numbers);
    for (guint i = 0; i <= grader->plan->rubric->levels->len; i++)
        g_array_unref(grader->binding[i]);
    g_free(grader->binding);
    g_free(grader);
}

/* ---- grading ---- */

/* Verdicts without the official one, which the full reading leads to. */
static void judge(BlockGrader *grader, const Block *block, Reading reading)
{
    Grades *grades = &grader->grades;

    block_reading_read(grader->reading, block, reading);
    if (reading == READING_FULL || block_conditions_use_scores(grader->conditions))
        block_scores_count(grader->scores, grader->reading, grader->numbers);
    block_conditions_judge(grader->conditions, grader->reading, grader->scores, grader->numbers);
    block_conditions_verdict(grader->conditions, FALSE, grades->level[reading],
                             grades->level_possible[reading]);
}

static void judge_official(BlockGrader *grader)
{
    Grades *grades = &grader->grades;

    block_conditions_judge_official(grader->conditions, grader->reading, grader->scores,
                                    grader->numbers);
    block_conditions_verdict(grader->conditions, TRUE, grades->level[READING_OFFICIAL],
                             grades->level_possible[READING_OFFICIAL]);
}

static void tell_statuses(BlockGrader *grader, const Block *block)
{
    for (guint i = 0; i < grader->plan->rubric->requirements->len; i++)
        rows_status(block_conditions_truth(grader->conditions, (int)i, FALSE), block->waived[i],
                    grader->grades.status[i]);
}

static void tell_contradictions(BlockGrader *grader)
{
    for (guint i = 0; i < grader->plan->contradictions->len; i++)
        rows_true(
            block_conditions_rows(grader->conditions, PLAN_CONTRADICTION(grader->plan, i)->root),
            grader->grades.contradicted[i]);
}

static void round_scores(BlockGrader *grader, guint n)
{
    const Grades *grades = &grader->grades;

    block_rounding_round(grader->rounding, block_scores_total(grader->scores), n,
                         &grades->scores[GRADE_ALL]);
    for (guint i = 0; i < grader->plan->rubric->dimensions->len; i++)
        block_rounding_round(grader->rounding, block_scores_mean(grader->scores, (int)i, NOWHERE),
                             n, &grades->scores[1 + i]);
}

static void find_bearing(BlockGrader *grader)
{
    g_array_set_size(grader->bearing, 0);
    for (int i = 0; i < (int)grader->plan->rubric->questions->len; i++)
        if (grader->grades.bears[i])
            g_array_append_val(grader->bearing, i);
}

const Grades *block_grade(BlockGrader *grader, const Block *block)
{
    grader->grades.n_rows = block->n_rows;
    grader->grades.has_evidenced = block->evidence_asked;
    numbers_reset(grader->numbers);
    if (block->evidence_asked)
        judge(grader, block, READING_EVIDENCED);
    judge(grader, block, READING_FULL);
    judge_official(grader);
    tell_statuses(grader, block);
    tell_contradictions(grader);
    round_scores(grader, block->n_rows);
    block_counting_count(grader->counting, grader->reading, &grader->grades);
    block_decisive_count(grader->decisive, grader->reading, grader->conditions, &grader->grades);
    find_bearing(grader);
    return &grader->grades;
}

const Plan *block_grader_plan(const BlockGrader *grader)
{
    return grader->plan;
}

gint32 block_grader_date(const BlockGrader *grader)
{
    return grader->date;
}

const Grades *block_grader_grades(const BlockGrader *grader)
{
    return &grader->grades;
}

/* ---- a row ---- */

guint block_blockers(const BlockGrader *grader, guint row, int *requirements)
{
    const GArray *binding = grader->binding[grader->grades.level[READING_FULL][row] + 1];
    int unknown[RUBRIC_REQUIREMENTS_LIMIT];
    guint n = 0, n_unknown = 0;

    for (guint i = 0; i < binding->len; i++) {
        int requirement = g_array_index(binding, int, i);
        guint8 status = grader->grades.status[requirement][row];

        if (status == STATUS_UNMET)
            requirements[n++] = requirement;
        else if (status == STATUS_UNKNOWN)
            unknown[n_unknown++] = requirement;
    }
    memcpy(requirements + n, unknown, n_unknown * sizeof *unknown);
    return n + n_unknown;
}

/* Most first, then in the rubric's order: sorted by counting. */
guint block_decisive(const BlockGrader *grader, guint row, int *questions)
{
    const Grades *grades = &grader->grades;
    const GArray *bearing = grader->bearing;
    guint16 bears[RUBRIC_QUESTIONS_LIMIT];
    guint from[RUBRIC_REQUIREMENTS_LIMIT + 1]; /* by how many it bears on: where these begin */
    guint most = 0, n = 0;

    if (grades->level[READING_FULL][row] >= grades->level_possible[READING_FULL][row])
        return 0;
    for (guint i = 0; i < bearing->len; i++) {
        bears[i] = grades->bears[g_array_index(bearing, int, i)][row];
        most = MAX(most, bears[i]);
    }
    memset(from, 0, (most + 1) * sizeof *from);
    for (guint i = 0; i < bearing->len; i++)
        from[bears[i]]++;
    for (guint many = most; many > 0; many--) {
        guint count = from[many];

        from[many] = n;
        n += count;
    }
    for (guint i = 0; i < bearing->len; i++)
        if (bears[i] > 0)
            questions[from[bears[i]]++] = g_array_index(bearing, int, i);
    return n;
}
