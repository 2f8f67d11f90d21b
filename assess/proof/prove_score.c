/* Scores: whether a step ever moves the score, and companies that show it. Means and sums move
 * with each score that counts, so the best or the worst company shows it; a climb looks only at the
 * levels up to the first that fails. */
#include "proof/effect.h"
#include "proof/proving.h"

static Rational ticks_score(const Question *question, gboolean high)
{
    Rational sum = RATIONAL_ZERO;

    for (guint i = 0; high && i < question->options->len; i++)
        sum = rational_add(NULL, sum, QUESTION_OPTION(question, i)->score);
    return rational_compare(sum, RATIONAL_ONE) > 0 ? RATIONAL_ONE : sum;
}

static void set_ticks(Example *example, int index, const Question *question, gboolean is_ticked)
{
    for (guint i = 0; i < question->options->len; i++) {
        const State tick = state_tick(i, is_ticked);

        example_set(example, index, &tick);
    }
}

/* The state that scores most, or least. */
static const State *extreme(const Choices *choices, gboolean high)
{
    const State *found = NULL;

    for (guint i = 0; i < choices->states->len; i++) {
        const State *state = &g_array_index(choices->states, State, i);
        const int order = found ? rational_compare(state->score_low, found->score_low) : 0;

        if (!found || (high ? order > 0 : order < 0))
            found = state;
    }
    return found;
}

/* Answer so that the question's level passes, or fails: with "not applicable" if no answer helps.
 */
static void push(const Prover *prover, Example *example, int index, gboolean high)
{
    const Question *question = RUBRIC_QUESTION(prover->plan->rubric, index);
    const Choices *choices = &prover->space->of[index];
    const State na = state_na();
    Rational score;

    if (choices->is_multi) {
        set_ticks(example, index, question, high);
        score = ticks_score(question, high);
    } else {
        const State *state = extreme(choices, high);

        example_set(example, index, state);
        score = state->score_low;
    }
    if (choices->may_be_na &&
        (rational_compare(score, prover->plan->rubric->pass) >= 0) != (high != FALSE))
        example_set(example, index, &na);
}

/* A company that climbs to the question's level and, but for this question, no further. */
static Example *climber(const Prover *prover, int question)
{
    const Rubric *rubric = prover->plan->rubric;
    const int level = RUBRIC_QUESTION(rubric, question)->level;
    Example *example = example_copy(prover->searcher->worst);

    for (int i = 0; i < (int)rubric->n_questions; i++) {
        const int at = RUBRIC_QUESTION(rubric, i)->level;

        if (i != question && prover->plan->scored[i] && !prover->plan->skipped[i] &&
            at != NOWHERE && at <= level)
            push(prover, example, i, at < level);
    }
    return example;
}

/* Whether the company's score moves; the sheets stay in `witness` if it does. */
static gboolean moves(const Example *start, int question, const State *from, const State *to,
                      gboolean falls, Witness *witness)
{
    Value a, b;
    int order;

    witness->sheets[0] = example_copy(start);
    witness->sheets[1] = example_copy(start);
    example_set(witness->sheets[0], question, from);
    example_set(witness->sheets[1], question, to);
    a = evaluation_score(example_grade(witness->sheets[0]));
    b = evaluation_score(example_grade(witness->sheets[1]));
    order = a.exists && b.exists ? rational_compare(b.low, a.low) : 0;
    if (order < 0 || (order > 0 && !falls))
        return TRUE;
    witness_clear(witness);
    return FALSE;
}

gboolean prover_moves_score(const Prover *prover, int question, const State *from, const State *to,
                            gboolean falls, Witness *witness)
{
    const Effect effect = effect_on_score(prover->space, question, from, to);
    g_autoptr(Example) middle = NULL;

    *witness = (Witness){ { NULL, NULL } };
    if (prover->plan->skipped[question] || !(effect & (falls ? EFFECT_DOWN : EFFECT_BOTH)))
        return FALSE;
    if (moves(prover->searcher->best, question, from, to, falls, witness) ||
        moves(prover->searcher->worst, question, from, to, falls, witness))
        return TRUE;
    if (prover->plan->rubric->score != SCORE_CLIMB)
        return FALSE;
    middle = climber(prover, question);
    return moves(middle, question, from, to, falls, witness);
}
