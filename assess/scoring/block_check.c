#include "scoring/block_check.h"

#include <string.h>

#include "scoring/assessment.h"

enum { PLACES = 6, MILLION = 1000000 };

static Assessment *assess(const BlockGrader *grader, const Block *block, guint row)
{
    return assessment_new(block_grader_plan(grader), block_answers(block, row),
                          block_grader_date(grader), FALSE);
}

static char *check_verdict(const Grades *grades, Reading reading, guint row, Verdict verdict)
{
    if (grades->level[reading][row] == verdict.level &&
        grades->level_possible[reading][row] == verdict.level_possible)
        return NULL;
    return g_strdup_printf("levels %d and %d in reading %d, expected %d and %d",
                           grades->level[reading][row], grades->level_possible[reading][row],
                           reading, verdict.level, verdict.level_possible);
}

static char *check_verdicts(const Grades *grades, guint row, const Assessment *assessment)
{
    char *fault = check_verdict(grades, READING_FULL, row, assessment->verdict);

    if (!fault)
        fault = check_verdict(grades, READING_OFFICIAL, row, assessment->official);
    if (!fault && grades->has_evidenced != (assessment->evidenced_reading != NULL))
        fault = g_strdup("evidence is asked for in one of them");
    if (!fault && grades->has_evidenced)
        fault = check_verdict(grades, READING_EVIDENCED, row, assessment->evidenced);
    return fault;
}

static char *check_statuses(const Grades *grades, guint row, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (grades->status[i][row] != assessment->status[i])
            return g_strdup_printf(
                "requirement \"%s\" is %s, expected %s", RUBRIC_REQUIREMENT(rubric, i)->id,
                status_name((Status)grades->status[i][row]), status_name(assessment->status[i]));
    return NULL;
}

static char *check_bound(guint score, gint64 millionths, const Assessment *assessment,
                         Score expected, gboolean high)
{
    g_autofree char *text =
        rational_format(rational_ratio(millionths, MILLION), PLACES, ROUND_DOWN);
    g_autofree char *wanted = score_text(assessment->plan, expected, high);

    if (strcmp(text, wanted) == 0)
        return NULL;
    return g_strdup_printf("score %u is \"%s\", expected \"%s\"", score, text, wanted);
}

static GradeScoreState state_of(Score score)
{
    if (!score.exists)
        return GRADE_NONE;
    return rational_compare(score.low, score.high) == 0 ? GRADE_POINT : GRADE_RANGE;
}

/* A longer score is always taken from the assessment. */
static char *check_score(const Grades *grades, guint score, guint row, const Assessment *assessment)
{
    const GradeScore *found = &grades->scores[score];
    Score expected =
        score == GRADE_ALL ? assessment->score : assessment->dimensions[score - 1].score;
    char *fault;

    if (found->state[row] != state_of(expected))
        return g_strdup_printf("score %u is of state %d, expected %d", score, found->state[row],
                               state_of(expected));
    if (!expected.exists || found->is_longer[row])
        return NULL;
    fault = check_bound(score, found->low[row], assessment, expected, FALSE);
    return fault ? fault : check_bound(score, found->high[row], assessment, expected, TRUE);
}

static char *check_counts(const Grades *grades, guint row, const Assessment *assessment)
{
    for (guint i = 0; i < assessment->plan->rubric->dimensions->len; i++) {
        const DimensionResult *wanted = &assessment->dimensions[i];
        const GradeCounts *counts = &grades->counts[1 + i];

        if (counts->answered[row] != wanted->answered || counts->asked[row] != wanted->asked ||
            counts->not_applicable[row] != wanted->not_applicable)
            return g_strdup_printf("%u of %u answered, %u not applicable in dimension %u, expected "
                                   "%u of %u, %u",
                                   counts->answered[row], counts->asked[row],
                                   counts->not_applicable[row], i, wanted->answered, wanted->asked,
                                   wanted->not_applicable);
    }
    return NULL;
}

/* What only grading finds: dates in the future, contradictions. */
static char *check_findings(const Grades *grades, guint row, const Assessment *assessment)
{
    guint found = grades->future_dates[row], at = 0;
    const GArray *wanted = assessment->contradictions;

    for (guint i = 0; i < assessment->plan->contradictions->len; i++) {
        gboolean is_wanted = at < wanted->len && g_array_index(wanted, int, at) == (int)i;

        if (grades->contradicted[i][row] != is_wanted)
            return g_strdup_printf("contradiction %u is %s", i, is_wanted ? "missed" : "invented");
        at += is_wanted ? 1 : 0;
        found += is_wanted ? 1 : 0;
    }
    if (found == findings_count(assessment->answers->findings))
        return NULL;
    return g_strdup_printf("%u findings, expected %u", found,
                           findings_count(assessment->answers->findings));
}

/* Both in the same order. */
static char *check_list(const char *what, const int *found, guint n, const GArray *wanted)
{
    if (n == wanted->len && (n == 0 || memcmp(found, wanted->data, n * sizeof(int)) == 0))
        return NULL;
    return g_strdup_printf("%u %s, expected %u, or not the same ones", n, what, wanted->len);
}

static char *check_lists(const BlockGrader *grader, guint row, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    g_autofree int *list = g_new(int, MAX(rubric->questions->len, rubric->requirements->len));
    char *fault =
        check_list("blockers", list, block_blockers(grader, row, list), assessment->blockers);

    if (fault)
        return fault;
    return check_list("decisive blanks", list, block_decisive(grader, row, list),
                      assessment->decisive);
}

char *block_check_row(const BlockGrader *grader, const Block *block, guint row)
{
    const Grades *grades = block_grader_grades(grader);
    g_autoptr(Assessment) assessment = assess(grader, block, row);
    char *fault = check_verdicts(grades, row, assessment);

    if (!fault)
        fault = check_statuses(grades, row, assessment);
    for (guint i = 0; !fault && i <= assessment->plan->rubric->dimensions->len; i++)
        fault = check_score(grades, i, row, assessment);
    if (!fault)
        fault = check_counts(grades, row, assessment);
    if (!fault)
        fault = check_findings(grades, row, assessment);
    return fault ? fault : check_lists(grader, row, assessment);
}
