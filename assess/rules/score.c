#include "rules/score.h"

#include "rules/reading.h"

/* A weighted mean or sum that is being made. */
typedef struct {
    Numbers *numbers;
    Value sum;       /* of weight times score */
    Rational weight; /* of what has a score */
    gboolean any;
} Tally;

static Tally tally_new(Numbers *numbers)
{
    return (Tally){ numbers, value_point(RATIONAL_ZERO), RATIONAL_ZERO, FALSE };
}

/* Weights are never negative. */
static void tally_add(Tally *tally, Value score, Rational weight)
{
    if (!score.exists || rational_sign(weight) == 0)
        return;
    tally->sum.low = rational_add(tally->numbers, tally->sum.low,
                                  rational_mul(tally->numbers, score.low, weight));
    tally->sum.high = rational_add(tally->numbers, tally->sum.high,
                                   rational_mul(tally->numbers, score.high, weight));
    tally->weight = rational_add(tally->numbers, tally->weight, weight);
    tally->any = TRUE;
}

static Value tally_mean(const Tally *tally)
{
    if (!tally->any)
        return value_none();
    return value_range(rational_div(tally->numbers, tally->sum.low, tally->weight),
                       rational_div(tally->numbers, tally->sum.high, tally->weight));
}

static Rational option_score(const Question *question, guint option)
{
    return QUESTION_OPTION(question, option)->score;
}

/* Scores need not rise with the options: the interval is over all that are possible. */
static Value score_choice(const Evaluation *evaluation, int index, const Question *question)
{
    guint low, high;
    Value value;

    reading_options(evaluation, index, &low, &high);
    value = value_point(option_score(question, low));
    for (guint i = low + 1; i <= high; i++)
        value = value_hull(value, value_point(option_score(question, i)));
    return value;
}

static Rational at_most_one(Rational number)
{
    return rational_compare(number, RATIONAL_ONE) > 0 ? RATIONAL_ONE : number;
}

static Value score_multi(const Evaluation *evaluation, int index, const Question *question)
{
    Rational low = RATIONAL_ZERO, high = RATIONAL_ZERO;
    guint64 must, may;

    reading_ticks(evaluation, index, &must, &may);
    for (guint i = 0; i < question->options->len; i++) {
        Rational score = option_score(question, i);
        gboolean sure = (must >> i & 1) != 0;

        if (!(may >> i & 1))
            continue;
        if (sure || rational_sign(score) < 0)
            low = rational_add(evaluation->numbers, low, score);
        if (sure || rational_sign(score) > 0)
            high = rational_add(evaluation->numbers, high, score);
    }
    if (evaluation->plan->rubric->score == SCORE_SUM)
        return value_range(low, high);
    return value_range(at_most_one(low), at_most_one(high));
}

/* Linear from worst (0) to best (1), clipped; best may be the smaller one. */
static Rational line(const Evaluation *evaluation, const Question *question, Rational number)
{
    Numbers *numbers = evaluation->numbers;
    Rational part = rational_div(numbers, rational_sub(numbers, number, question->worst),
                                 rational_sub(numbers, question->best, question->worst));

    return rational_sign(part) < 0 ? RATIONAL_ZERO : at_most_one(part);
}

static Value score_number(const Evaluation *evaluation, int index, const Question *question)
{
    Value number = reading_number(evaluation, index);
    gboolean falling = rational_compare(question->best, question->worst) < 0;
    gboolean open_low = falling ? number.no_high : number.no_low;
    gboolean open_high = falling ? number.no_low : number.no_high;
    Rational worst = falling ? number.high : number.low;
    Rational best = falling ? number.low : number.high;

    return value_range(open_low ? RATIONAL_ZERO : line(evaluation, question, worst),
                       open_high ? RATIONAL_ONE : line(evaluation, question, best));
}

Value evaluation_question_score(const Evaluation *evaluation, int index)
{
    const Question *question = RUBRIC_QUESTION(evaluation->plan->rubric, index);

    if (!evaluation->plan->scored[index] || !evaluation_is_applicable(evaluation, index))
        return value_none();
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        return score_choice(evaluation, index, question);
    case QUESTION_MULTI:
        return score_multi(evaluation, index, question);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return score_number(evaluation, index, question);
    default:
        return value_none();
    }
}

static void tally_questions(const Evaluation *evaluation, const GArray *questions, int level,
                            Tally *tally)
{
    for (guint i = 0; i < questions->len; i++) {
        int index = g_array_index(questions, int, i);

        if (level == NOWHERE || RUBRIC_QUESTION(evaluation->plan->rubric, index)->level == level)
            tally_add(tally, evaluation_question_score(evaluation, index),
                      evaluation->plan->weights[index]);
    }
}

/* A dimension with children is the mean of those children that have a score, otherwise of its
 * questions. */
static Value mean_of_dimension(const Evaluation *evaluation, int dimension, int level)
{
    const Dimension *at = RUBRIC_DIMENSION(evaluation->plan->rubric, dimension);
    Tally tally = tally_new(evaluation->numbers);

    for (guint i = 0; i < at->children->len; i++) {
        int child = g_array_index(at->children, int, i);

        tally_add(&tally, mean_of_dimension(evaluation, child, level),
                  evaluation->plan->dimension_weights[child]);
    }
    if (at->children->len == 0)
        tally_questions(evaluation, at->questions, level, &tally);
    return tally_mean(&tally);
}

Value score_mean(const Evaluation *evaluation, int dimension, int level)
{
    const Rubric *rubric = evaluation->plan->rubric;
    Tally tally = tally_new(evaluation->numbers);

    if (dimension != NOWHERE)
        return mean_of_dimension(evaluation, dimension, level);
    for (guint i = 0; i < rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(rubric, i)->parent == NOWHERE)
            tally_add(&tally, mean_of_dimension(evaluation, (int)i, level),
                      evaluation->plan->dimension_weights[i]);
    return tally_mean(&tally);
}

static Value score_sum(const Evaluation *evaluation)
{
    Tally tally = tally_new(evaluation->numbers);

    for (guint i = 0; i < evaluation->plan->rubric->n_questions; i++)
        tally_add(&tally, evaluation_question_score(evaluation, (int)i),
                  evaluation->plan->weights[i]);
    return tally.any ? tally.sum : value_none();
}

Value score_climb_on(Numbers *numbers, Rational bar, Value score, Value rest)
{
    Value passed = value_add(numbers, value_point(RATIONAL_ONE), rest);

    if (rational_compare(score.low, bar) >= 0)
        return passed;
    if (rational_compare(score.high, bar) < 0)
        return score;
    return value_hull(value_range(score.low, bar), passed);
}

Value score_climb(const Evaluation *evaluation, Rational bar)
{
    Value rest = value_point(RATIONAL_ZERO);
    gboolean any = FALSE;

    for (int level = (int)evaluation->plan->rubric->levels->len - 1; level >= 0; level--) {
        Value score = score_mean(evaluation, NOWHERE, level);

        if (!score.exists)
            continue;
        any = TRUE;
        rest = score_climb_on(evaluation->numbers, bar, score, rest);
    }
    return any ? rest : value_none();
}

Value score_total(const Evaluation *evaluation)
{
    switch (evaluation->plan->rubric->score) {
    case SCORE_SUM:
        return score_sum(evaluation);
    case SCORE_CLIMB:
        return score_climb(evaluation, evaluation->plan->rubric->pass);
    case SCORE_MEAN:
    default:
        return score_mean(evaluation, NOWHERE, NOWHERE);
    }
}

Value evaluation_dimension_score(const Evaluation *evaluation, int dimension)
{
    return score_mean(evaluation, dimension, NOWHERE);
}

Value evaluation_score(const Evaluation *evaluation)
{
    return score_total(evaluation);
}
