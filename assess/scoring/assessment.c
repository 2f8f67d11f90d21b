#include "scoring/assessment.h"

#include "base/date.h"
#include "scoring/decisive.h"

const char *level_status_name(LevelStatus status)
{
    static const char *const NAMES[] = { "held", "possible", "not_held" };

    return NAMES[status];
}

const char *assessment_level_id(const Assessment *assessment, int level)
{
    return level == NOWHERE ? "none" : RUBRIC_LEVEL(assessment->plan->rubric, level)->id;
}

gboolean assessment_is_refused(const Assessment *assessment)
{
    return assessment->strict && findings_of(assessment->answers->findings, SEVERITY_ERROR) > 0;
}

int assessment_next_level(const Assessment *assessment)
{
    int next = assessment->verdict.level + 1;

    return next < (int)assessment->plan->rubric->levels->len ? next : NOWHERE;
}

const GArray *assessment_because(const Assessment *assessment, int requirement)
{
    return PLAN_CONDITION(assessment->plan, requirement)->questions;
}

char *score_text(const Plan *plan, Score score, gboolean high)
{
    gboolean point = rational_compare(score.low, score.high) == 0;
    Rounding rounding = point ? ROUND_HALF_UP : high ? ROUND_UP : ROUND_DOWN;

    return rational_format_beside(high ? score.high : score.low, 6, rounding,
                                  (const Rational *)(const void *)plan->constants->data,
                                  plan->constants->len);
}

static Score score_of(Value value)
{
    if (!value.exists)
        return (Score){ FALSE, RATIONAL_ZERO, RATIONAL_ZERO };
    return (Score){ TRUE, value.low, value.high };
}

/* ---- findings that only grading can make ---- */

/* A date after the assessment date: a finding, and the answer is invalid, which counts as blank. */
static void refuse_future_dates(const Rubric *rubric, Answers *answers, gint32 date,
                                gboolean strict)
{
    g_autofree char *today = date_text(date);

    for (guint i = 0; i < rubric->n_questions; i++) {
        Answer *answer = &answers->of[i];
        g_autofree char *then = NULL;
        Place place = { 0 };

        if (RUBRIC_QUESTION(rubric, i)->type != QUESTION_DATE ||
            (answer->state != ANSWER_ANSWERED && answer->state != ANSWER_DISPUTED) ||
            answer->unknown || answer->to <= date)
            continue;
        then = date_text(answer->to);
        if (answers->sources->len > 0)
            place.file = g_array_index(answers->sources, Source, 0).file;
        findings_add(answers->findings, strict ? SEVERITY_ERROR : SEVERITY_WARNING, &place,
                     "\"%s\" is %s, after the assessment date %s, and counts as blank",
                     RUBRIC_QUESTION(rubric, i)->id, then, today);
        answer->state = ANSWER_INVALID;
    }
}

/* What a profile switches off is skipped, whatever the sheet says. */
static void skip_answers(const Plan *plan, Answers *answers)
{
    for (guint i = 0; i < plan->rubric->questions->len; i++)
        if (plan->skipped[i]) {
            answers->of[i].said = answers->of[i].state;
            answers->of[i].state = ANSWER_SKIPPED;
        }
}

char *contradiction_message(const Contradiction *contradiction)
{
    return g_strdup_printf("answers contradict each other: %s (%s)",
                           localized_or(&contradiction->title, NULL, contradiction->id),
                           contradiction->id);
}

/* Told and never binding: who answered knows which of the answers is wrong. */
static void find_contradictions(Assessment *assessment)
{
    const Plan *plan = assessment->plan;
    Place place = { 0 };

    assessment->contradictions = g_array_new(FALSE, FALSE, sizeof(int));
    if (assessment->answers->sources->len > 0)
        place.file = g_array_index(assessment->answers->sources, Source, 0).file;
    for (int i = 0; i < (int)plan->contradictions->len; i++) {
        g_autofree char *message = NULL;

        if (evaluation_truth(assessment->full, PLAN_CONTRADICTION(plan, i)->root) != TRUTH_TRUE)
            continue;
        message = contradiction_message(RUBRIC_CONTRADICTION(plan->rubric, i));
        findings_add(assessment->answers->findings, SEVERITY_WARNING, &place, "%s", message);
        g_array_append_val(assessment->contradictions, i);
    }
}

/* ---- the parts of an assessment ---- */

static void find_levels(Assessment *assessment)
{
    guint n = assessment->plan->rubric->levels->len;

    assessment->levels = g_new0(LevelStatus, n);
    for (guint i = 0; i < n; i++) {
        Truth truth = evaluation_level(assessment->full, (int)i);

        assessment->levels[i] = truth == TRUTH_TRUE      ? LEVEL_HELD
                                : truth == TRUTH_UNKNOWN ? LEVEL_POSSIBLE
                                                         : LEVEL_NOT_HELD;
    }
}

static void add_blockers(Assessment *assessment, int level, Status status)
{
    const Rubric *rubric = assessment->plan->rubric;

    for (int i = 0; i < (int)rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level == level && assessment->status[i] == status &&
            evaluation_binds(assessment->full, i))
            g_array_append_val(assessment->blockers, i);
}

static void find_blockers(Assessment *assessment)
{
    int next = assessment_next_level(assessment);

    assessment->blockers = g_array_new(FALSE, FALSE, sizeof(int));
    if (next == NOWHERE)
        return;
    add_blockers(assessment, next, STATUS_UNMET);
    add_blockers(assessment, next, STATUS_UNKNOWN);
}

static void count_question(const Assessment *assessment, int question, DimensionResult *result)
{
    if (!evaluation_is_applicable(assessment->full, question)) {
        result->not_applicable++;
        return;
    }
    result->asked++;
    result->answered += !evaluation_is_blank(assessment->full, question);
}

static void count_dimension(const Assessment *assessment, int dimension, DimensionResult *result)
{
    const Dimension *at = RUBRIC_DIMENSION(assessment->plan->rubric, dimension);

    for (guint i = 0; i < at->questions->len; i++)
        count_question(assessment, g_array_index(at->questions, int, i), result);
    for (guint i = 0; i < at->children->len; i++)
        count_dimension(assessment, g_array_index(at->children, int, i), result);
}

static void find_scores(Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;

    assessment->score = score_of(evaluation_score(assessment->full));
    assessment->question_scores = g_new0(Score, rubric->questions->len);
    for (guint i = 0; i < rubric->questions->len; i++)
        assessment->question_scores[i] =
            score_of(evaluation_question_score(assessment->full, (int)i));
    assessment->dimensions = g_new0(DimensionResult, rubric->dimensions->len);
    for (guint i = 0; i < rubric->dimensions->len; i++) {
        count_dimension(assessment, (int)i, &assessment->dimensions[i]);
        assessment->dimensions[i].score =
            score_of(evaluation_dimension_score(assessment->full, (int)i));
    }
}

static void find_statuses(Assessment *assessment)
{
    guint n = assessment->plan->rubric->requirements->len;

    assessment->status = g_new(Status, n);
    for (guint i = 0; i < n; i++) {
        assessment->status[i] = assessment->full->status[i];
        assessment->waived += assessment->status[i] == STATUS_WAIVED;
    }
}

static void find_verdicts(Assessment *assessment)
{
    assessment->verdict = assessment->full->verdict;
    assessment->official = assessment->official_reading->verdict;
    assessment->evidenced = (Verdict){ NOWHERE, NOWHERE };
    if (assessment->evidenced_reading)
        assessment->evidenced = assessment->evidenced_reading->verdict;
}

Assessment *assessment_new(const Plan *plan, Answers *answers, gint32 date, gboolean strict)
{
    Assessment *assessment = g_new0(Assessment, 1);

    assessment->plan = plan;
    assessment->answers = answers;
    assessment->date = date;
    assessment->strict = strict;
    refuse_future_dates(plan->rubric, answers, date, strict);
    skip_answers(plan, answers);
    assessment->full = evaluation_new(plan, answers, READING_FULL, date);
    assessment->official_reading = evaluation_new(plan, answers, READING_OFFICIAL, date);
    if (answers->evidence_asked)
        assessment->evidenced_reading = evaluation_new(plan, answers, READING_EVIDENCED, date);
    find_verdicts(assessment);
    find_statuses(assessment);
    find_levels(assessment);
    find_blockers(assessment);
    find_contradictions(assessment);
    find_scores(assessment);
    assessment->decisive = decisive_blanks(assessment->full);
    return assessment;
}

void assessment_set_peers(Assessment *assessment, Peers *peers)
{
    peers_free(assessment->peers);
    assessment->peers = peers;
}

void assessment_free(Assessment *assessment)
{
    if (!assessment)
        return;
    evaluation_free(assessment->full);
    evaluation_free(assessment->official_reading);
    evaluation_free(assessment->evidenced_reading);
    answers_free(assessment->answers);
    g_free(assessment->question_scores);
    g_free(assessment->dimensions);
    g_free(assessment->status);
    peers_free(assessment->peers);
    g_free(assessment->levels);
    g_array_unref(assessment->blockers);
    g_array_unref(assessment->contradictions);
    g_array_unref(assessment->decisive);
    g_free(assessment);
}
