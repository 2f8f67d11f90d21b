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
    Numbers *numbers; /* big parts of the block at hand */
    Grades grades;
};

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
    grader->numbers = numbers_new();
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
    numbers_free(grader->numbers);
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

static guint add_blockers(const BlockGrader *grader, guint row, Status status, int *requirements)
{
    const Rubric *rubric = grader->plan->rubric;
    int next = grader->grades.level[READING_FULL][row] + 1;
    guint n = 0;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level == next &&
            grader->grades.status[i][row] == status && PLAN_CONDITION(grader->plan, i)->binds)
            requirements[n++] = (int)i;
    return n;
}

guint block_blockers(const BlockGrader *grader, guint row, int *requirements)
{
    guint n = add_blockers(grader, row, STATUS_UNMET, requirements);

    return n + add_blockers(grader, row, STATUS_UNKNOWN, requirements + n);
}

/* Most first, then in the rubric's order: sorted by counting. */
guint block_decisive(const BlockGrader *grader, guint row, int *questions)
{
    guint16 *const *bears = grader->grades.bears;
    guint from[RUBRIC_REQUIREMENTS_LIMIT + 1]; /* by how many it bears on: where these begin */
    guint n_questions = grader->plan->rubric->questions->len, most = 0, n = 0;

    for (guint i = 0; i < n_questions; i++)
        most = bears[i] ? MAX(most, bears[i][row]) : most;
    memset(from, 0, (most + 1) * sizeof *from);
    for (guint i = 0; most > 0 && i < n_questions; i++)
        from[bears[i] ? bears[i][row] : 0]++;
    for (guint many = most; many > 0; many--) {
        guint count = from[many];

        from[many] = n;
        n += count;
    }
    for (guint i = 0; n > 0 && i < n_questions; i++)
        if (bears[i] && bears[i][row] > 0)
            questions[from[bears[i][row]]++] = (int)i;
    return n;
}
