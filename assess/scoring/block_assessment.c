#include "scoring/block_assessment.h"

#include <string.h>

#include "scoring/assessment.h"

enum { PLACES = 6, DIGITS = 24 };

/* Of the numbers that an answer and a score have. */
static void append_millionths(gint64 number, GString *text)
{
    char digits[DIGITS];
    guint64 rest = number < 0 ? -(guint64)number : (guint64)number;
    guint at = DIGITS, places = PLACES;

    while (places > 0 && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    for (guint n = 0; n <= places || rest > 0; n++) {
        if (places > 0 && n == places)
            digits[--at] = '.';
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (number < 0)
        digits[--at] = '-';
    g_string_append_len(text, digits + at, DIGITS - at);
}

static Assessment *assess(const BlockGrader *grader, const Block *block, guint row)
{
    return assessment_new(block_grader_plan(grader), block_answers(block, row),
                          block_grader_date(grader), FALSE);
}

static Score score_of(const Assessment *assessment, guint score)
{
    return score == GRADE_ALL ? assessment->score : assessment->dimensions[score - 1].score;
}

void block_score_text(const BlockGrader *grader, const Block *block, guint score, guint row,
                      gboolean high, GString *text)
{
    const GradeScore *from = &block_grader_grades(grader)->scores[score];

    if (from->state[row] == GRADE_NONE)
        return;
    if (from->is_longer[row]) {
        g_autoptr(Assessment) assessment = assess(grader, block, row);
        g_autofree char *exact = score_text(assessment->plan, score_of(assessment, score), high);

        g_string_append(text, exact);
    } else {
        append_millionths(high ? from->high[row] : from->low[row], text);
    }
}

/* ---- both engines ---- */

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

static char *check_bound(const BlockGrader *grader, const Block *block, guint score, guint row,
                         const Assessment *assessment, gboolean high)
{
    Score expected = score_of(assessment, score);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *wanted =
        expected.exists ? score_text(assessment->plan, expected, high) : g_strdup("");

    block_score_text(grader, block, score, row, high, text);
    if (strcmp(text->str, wanted) == 0)
        return NULL;
    return g_strdup_printf("score %u is \"%s\", expected \"%s\"", score, text->str, wanted);
}

static char *check_score(const BlockGrader *grader, const Block *block, guint score, guint row,
                         const Assessment *assessment)
{
    Score expected = score_of(assessment, score);
    GradeScoreState wanted = !expected.exists                                     ? GRADE_NONE
                             : rational_compare(expected.low, expected.high) == 0 ? GRADE_POINT
                                                                                  : GRADE_RANGE;
    GradeScoreState state = (GradeScoreState)block_grader_grades(grader)->scores[score].state[row];
    char *fault;

    if (state != wanted)
        return g_strdup_printf("score %u is of state %d, expected %d", score, state, wanted);
    fault = check_bound(grader, block, score, row, assessment, FALSE);
    return fault ? fault : check_bound(grader, block, score, row, assessment, TRUE);
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
        fault = check_score(grader, block, i, row, assessment);
    if (!fault)
        fault = check_counts(grades, row, assessment);
    if (!fault)
        fault = check_findings(grades, row, assessment);
    return fault ? fault : check_lists(grader, row, assessment);
}
