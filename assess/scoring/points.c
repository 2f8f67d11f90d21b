#include "scoring/points.h"

#include "rules/score.h"

enum { PART_PLACES = 1, SUM_PLACES = 1, CLIMB_PLACES = 2 };

Points points_part(Score score)
{
    return (Points){ score, RATIONAL_ONE, TRUE, PART_PLACES };
}

Points points_at(const Assessment *assessment, int dimension, int level)
{
    Value value = score_mean(assessment->full, dimension, level);

    return points_part((Score){ value.exists, value.low, value.high });
}

int points_level(const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    int next = assessment_next_level(assessment);

    if (rubric->score != SCORE_CLIMB)
        return NOWHERE;
    return next == NOWHERE ? (int)rubric->levels->len - 1 : next;
}

static gboolean is_under(const Rubric *rubric, int at, int dimension)
{
    while (at != NOWHERE && at != dimension)
        at = RUBRIC_DIMENSION(rubric, at)->parent;
    return at == dimension;
}

/* What is not applicable scores nothing and is still among the best total: the sheet's points stay
 * what they are. */
static Points points_sum(const Assessment *assessment, int dimension, Numbers *numbers)
{
    const Plan *plan = assessment->plan;
    Points sum = { { FALSE, RATIONAL_ZERO, RATIONAL_ZERO }, RATIONAL_ZERO, FALSE, SUM_PLACES };

    for (guint i = 0; i < plan->rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(plan->rubric, i);
        const Score *score = &assessment->question_scores[i];
        Rational weight = plan->weights[i];

        if (!plan->scored[i] || plan->skipped[i] ||
            (dimension != NOWHERE && !is_under(plan->rubric, question->dimension, dimension)))
            continue;
        sum.best = rational_add(numbers, sum.best,
                                rational_mul(numbers, weight, question_best(question, numbers)));
        if (!score->exists)
            continue;
        sum.score.exists = TRUE;
        sum.score.low =
            rational_add(numbers, sum.score.low, rational_mul(numbers, weight, score->low));
        sum.score.high =
            rational_add(numbers, sum.score.high, rational_mul(numbers, weight, score->high));
    }
    return sum;
}

static Points points_climb(const Assessment *assessment)
{
    guint levels = 0;

    for (int i = 0; i < (int)assessment->plan->rubric->levels->len; i++)
        levels += score_mean(assessment->full, NOWHERE, i).exists ? 1 : 0;
    return (Points){ assessment->score, rational_int(levels), FALSE, CLIMB_PLACES };
}

Points points_of(const Assessment *assessment, int dimension, Numbers *numbers)
{
    switch (assessment->plan->rubric->score) {
    case SCORE_SUM:
        return points_sum(assessment, dimension, numbers);
    case SCORE_CLIMB:
        return dimension == NOWHERE ? points_climb(assessment)
                                    : points_at(assessment, dimension, points_level(assessment));
    case SCORE_MEAN:
    default:
        return points_part(dimension == NOWHERE ? assessment->score
                                                : assessment->dimensions[dimension].score);
    }
}

void points_count(const Assessment *assessment, int dimension, guint *answered, guint *asked)
{
    const Rubric *rubric = assessment->plan->rubric;
    int level = points_level(assessment);

    *answered = assessment->dimensions[dimension].answered;
    *asked = assessment->dimensions[dimension].asked;
    if (level == NOWHERE)
        return;
    *answered = *asked = 0;
    for (int i = 0; i < (int)rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (question->level != level || !is_under(rubric, question->dimension, dimension) ||
            !evaluation_is_applicable(assessment->full, i))
            continue;
        *asked += 1;
        *answered += !evaluation_is_blank(assessment->full, i);
    }
}

Score points_share(const Points *points, Numbers *numbers)
{
    Score share = points->score;

    if (!share.exists || points->is_part)
        return share;
    if (rational_sign(points->best) <= 0)
        return (Score){ TRUE, RATIONAL_ZERO, RATIONAL_ZERO };
    share.low = rational_div(numbers, share.low, points->best);
    share.high = rational_div(numbers, share.high, points->best);
    return share;
}

gboolean points_are_certain(const Points *points)
{
    return points->score.exists && rational_compare(points->score.low, points->score.high) == 0;
}

char *points_text(const Points *points, const Plan *plan, gboolean high)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Rational scale = rational_int(points->is_part ? 100 : 1);
    Rational value = high ? points->score.high : points->score.low;
    guint n = plan->constants->len;
    g_autofree Rational *bounds = g_new0(Rational, n + 1);

    for (guint i = 0; i < n; i++)
        bounds[i] = rational_mul(numbers, g_array_index(plan->constants, Rational, i), scale);
    return rational_format_beside(rational_mul(numbers, value, scale), points->places,
                                  points_are_certain(points) ? ROUND_HALF_UP
                                  : high                     ? ROUND_UP
                                                             : ROUND_DOWN,
                                  bounds, n);
}
