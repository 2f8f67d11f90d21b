#include "rules/block_grade.h"

#include <errno.h>
#include <string.h>

struct BlockGrader {
    const Plan *plan;
    gint32 date;
    Grades grades;
};

static gpointer rows_new(gsize size)
{
    gpointer rows = g_aligned_alloc(BLOCK_ROWS, size, 64);

    return memset(rows, 0, BLOCK_ROWS * size);
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
    grades->future_dates = rows_new(sizeof(guint16));
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
    g_free(grades->status);
    g_free(grades->scores);
    g_free(grades->counts);
    g_aligned_free(grades->future_dates);
    g_free(grader);
}

/* ---- one row by the scalar engine ---- */

/* Decimal text in millionths; FALSE if it has more places or does not fit. */
static gboolean millionths(const char *text, gint64 *number)
{
    g_autofree char *digits = g_strdup(text);
    char *point = strchr(digits, '.'), *end;
    gsize places = point ? strlen(point + 1) : 0;
    g_autofree char *whole = NULL;

    if (point)
        memmove(point, point + 1, places + 1);
    if (places > 6)
        digits[strlen(digits) - (places - 6)] = '\0';
    whole = g_strdup_printf("%s%.*s", digits, places < 6 ? (int)(6 - places) : 0, "000000");
    errno = 0;
    *number = g_ascii_strtoll(whole, &end, 10);
    return errno == 0 && places <= 6;
}

static void set_score(const Plan *plan, Value value, GradeScore *score, guint row)
{
    gboolean is_point = value.exists && rational_compare(value.low, value.high) == 0;
    const Rational *bounds = (const Rational *)(const void *)plan->constants->data;
    g_autofree char *low = NULL, *high = NULL, *near_low = NULL, *near_high = NULL;
    Rounding down = is_point ? ROUND_HALF_UP : ROUND_DOWN;
    Rounding up = is_point ? ROUND_HALF_UP : ROUND_UP;
    gboolean fits;

    score->state[row] = !value.exists ? GRADE_NONE : is_point ? GRADE_POINT : GRADE_RANGE;
    low = rational_format(value.low, 6, down);
    high = rational_format(value.high, 6, up);
    near_low = rational_format_beside(value.low, 6, down, bounds, plan->constants->len);
    near_high = rational_format_beside(value.high, 6, up, bounds, plan->constants->len);
    fits = millionths(low, &score->low[row]);
    fits = millionths(high, &score->high[row]) && fits;
    score->is_longer[row] = !fits || strcmp(low, near_low) != 0 || strcmp(high, near_high) != 0;
}

static void count_question(const Evaluation *full, int question, const GradeCounts *counts,
                           guint row)
{
    if (!evaluation_is_applicable(full, question)) {
        counts->not_applicable[row]++;
        return;
    }
    counts->asked[row]++;
    if (!evaluation_is_blank(full, question))
        counts->answered[row]++;
}

static void count_row(const Evaluation *full, const Grades *grades, guint row)
{
    const Rubric *rubric = full->plan->rubric;

    for (guint i = 0; i <= rubric->dimensions->len; i++)
        grades->counts[i].answered[row] = grades->counts[i].asked[row] =
            grades->counts[i].not_applicable[row] = 0;
    grades->future_dates[row] = 0;
    for (guint i = 0; i < rubric->n_questions; i++) {
        const Answer *answer = &full->answers->of[i];
        const Question *question = RUBRIC_QUESTION(rubric, i);
        int dimension = question->dimension;

        if (question->type == QUESTION_DATE && answer->state == ANSWER_ANSWERED &&
            answer->to > full->date)
            grades->future_dates[row]++;
        count_question(full, (int)i, &grades->counts[GRADE_ALL], row);
        for (; dimension != NOWHERE; dimension = RUBRIC_DIMENSION(rubric, dimension)->parent)
            count_question(full, (int)i, &grades->counts[1 + dimension], row);
    }
}

static void grade_full(BlockGrader *grader, const Evaluation *full, guint row)
{
    const Rubric *rubric = grader->plan->rubric;
    Grades *grades = &grader->grades;

    for (guint i = 0; i < rubric->requirements->len; i++)
        grades->status[i][row] = (guint8)full->status[i];
    set_score(grader->plan, evaluation_score(full), &grades->scores[GRADE_ALL], row);
    for (guint i = 0; i < rubric->dimensions->len; i++)
        set_score(grader->plan, evaluation_dimension_score(full, (int)i), &grades->scores[1 + i],
                  row);
    count_row(full, grades, row);
}

static void grade_row(BlockGrader *grader, const Block *block, guint row)
{
    g_autoptr(Answers) answers = block_answers(block, row);

    for (guint i = 0; i < GRADE_READINGS; i++) {
        g_autoptr(Evaluation) evaluation = NULL;

        if (i == READING_EVIDENCED && !block->evidence_asked)
            break;
        evaluation = evaluation_new(grader->plan, answers, (Reading)i, grader->date);
        grader->grades.level[i][row] = (gint8)evaluation->verdict.level;
        grader->grades.level_possible[i][row] = (gint8)evaluation->verdict.level_possible;
        if (i == READING_FULL)
            grade_full(grader, evaluation, row);
    }
}

const Grades *block_grade(BlockGrader *grader, const Block *block)
{
    grader->grades.n_rows = block->n_rows;
    grader->grades.has_evidenced = block->evidence_asked;
    for (guint row = 0; row < block->n_rows; row++)
        grade_row(grader, block, row);
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
