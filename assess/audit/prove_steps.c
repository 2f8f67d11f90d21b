/* Better answers: none lowers the level or the score, save where the rubric says so of itself. */
#include "audit/effect.h"
#include "audit/proving.h"

/* From one answer to the next better one. */
typedef struct {
    const Prover *prover;
    int question;
    State from, to;
    gboolean *is_seen; /* by requirement: a fall that it declares was shown */
} Better;

static const Question *question_of(const Better *better)
{
    return RUBRIC_QUESTION(better->prover->plan->rubric, better->question);
}

static gboolean is_declared(const Requirement *requirement, int question)
{
    for (guint i = 0; i < requirement->falls_with->len; i++)
        if (g_array_index(requirement->falls_with, int, i) == question)
            return TRUE;
    return FALSE;
}

/* ---- the score ---- */

static Value score_with(const Better *better, const State *state)
{
    g_autoptr(Trial) trial = trial_copy(better->prover->searcher->best);

    trial_set(trial, better->question, state);
    return evaluation_score(trial_grade(trial));
}

/* The engine's word that the score falls; the sheets show it. */
static void prove_score(const Better *better)
{
    const Prover *prover = better->prover;
    const Question *question = question_of(better);
    g_autoptr(Search) search = search_new_step(better->question, better->from, better->to);
    Witness witness = { { NULL, NULL } };
    Value before, after;
    Claim *claim;

    if (!(effect_on_score(prover->space, better->question, &better->from, &better->to) &
          EFFECT_DOWN))
        return;
    before = score_with(better, &better->from);
    after = score_with(better, &better->to);
    if (!before.exists || !after.exists || rational_compare(after.low, before.low) >= 0)
        return;
    claim = prover_claim(prover, PROPERTY_MONOTONE, CLAIM_REFUTED, question->id);
    claim_tell(claim, SEVERITY_ERROR, question->section, NULL,
               "a better answer to \"%s\" lowers the score", question->id);
    search_run(prover->searcher, search, &witness); /* without goals: the step itself */
    claim_witness(claim, &witness, search, prover->searcher->best);
    claim->hint = g_strdup_printf("options stand worst first: %s", claim->differs);
}

/* ---- requirements ---- */

static Search *search_fall(const Better *better, guint index, gboolean of_level)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(better->prover->plan->rubric, index);
    Search *search = search_new_step(better->question, better->from, better->to);

    search_requirement(search, 0, (int)index, WANT_MET);
    search_requirement(search, 1, (int)index, WANT_UNMET);
    if (of_level)
        search_level(search, 0, requirement->level, TRUE);
    return search;
}

static void tell_fall(const Better *better, guint index, gboolean of_level, const Search *search,
                      Witness *witness)
{
    const Prover *prover = better->prover;
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    const Question *question = question_of(better);
    const gboolean declared = is_declared(requirement, better->question);
    g_autofree char *subject = g_strconcat(requirement->id, ":", question->id, NULL);
    Claim *claim =
        prover_claim(prover, PROPERTY_MONOTONE, declared ? CLAIM_DECLARED : CLAIM_REFUTED, subject);

    claim_witness(claim, witness, search, prover->searcher->best);
    better->is_seen[index] = TRUE;
    if (declared)
        return;
    claim_tell(claim, of_level ? SEVERITY_ERROR : SEVERITY_WARNING, requirement->section,
               requirement->needs, "a better answer to \"%s\" makes \"%s\" unmet%s", question->id,
               requirement->id, of_level ? " and lowers the level" : "");
    if (question->type == QUESTION_YESNO)
        claim->hint = g_strdup_printf(
            "where \"no\" is the better answer to \"%s\", give it `score = 1, 0`; as in: %s",
            question->id, claim->differs);
}

/* Whether the requirement falls by this step; first with the level, then by itself. */
static void prove_fall(const Better *better, guint index)
{
    const Prover *prover = better->prover;
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    SearchOutcome outcome = SEARCH_NONE;

    for (gboolean of_level = prover_binds(prover, index); of_level >= FALSE; of_level--) {
        g_autoptr(Search) search = search_fall(better, index, of_level);
        Witness witness;

        outcome = search_run(prover->searcher, search, &witness);
        if (outcome == SEARCH_FOUND) {
            tell_fall(better, index, of_level, search, &witness);
            return;
        }
    }
    if (outcome == SEARCH_NONE)
        claims_count(prover->claims, PROPERTY_MONOTONE, CLAIM_PROVED);
    else
        prover_undecided(prover, PROPERTY_MONOTONE, requirement->id, requirement->section);
}

/* Advice says no level: it may fall as it likes. */
static void prove_step(const Better *better)
{
    const Prover *prover = better->prover;
    const Rubric *rubric = prover->plan->rubric;
    gboolean may_fall = FALSE;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);

        if (!prover_binds(prover, i) ||
            (better->is_seen[i] && is_declared(requirement, better->question)))
            continue;
        if (effect_on_requirement(prover->space, (int)i, better->question, &better->from,
                                  &better->to) &
            EFFECT_DOWN) {
            may_fall = TRUE;
            prove_fall(better, i);
        }
    }
    if (!may_fall)
        claims_count(prover->claims, PROPERTY_MONOTONE, CLAIM_PROVED);
    prove_score(better);
}

static void prove_ticks(Better *better)
{
    const Question *question = question_of(better);

    for (guint i = 0; i < question->options->len; i++) {
        const gboolean is_good = rational_sign(QUESTION_OPTION(question, i)->score) >= 0;

        better->from = state_tick(i, !is_good);
        better->to = state_tick(i, is_good);
        prove_step(better);
    }
}

static void prove_question(Better *better)
{
    const Choices *choices = &better->prover->space->of[better->question];

    if (choices->is_multi && !choices->is_field)
        prove_ticks(better);
    for (guint i = 1; choices->is_ordered && i < choices->states->len; i++) {
        better->from = g_array_index(choices->states, State, i - 1);
        better->to = g_array_index(choices->states, State, i);
        prove_step(better);
    }
}

/* What a requirement declares and nothing shows. */
static void tell_unseen(const Prover *prover, const gboolean *is_seen)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);

        if (requirement->falls_with->len > 0 && !is_seen[i] && prover_binds(prover, i))
            claim_tell(prover_claim(prover, PROPERTY_MONOTONE, CLAIM_REFUTED, requirement->id),
                       SEVERITY_WARNING, requirement->section,
                       ini_entry(requirement->section, "falls_with"),
                       "requirement \"%s\" declares what it falls with, and never falls by a "
                       "better answer",
                       requirement->id);
    }
}

void prove_monotone(const Prover *prover)
{
    const Rubric *rubric = prover->plan->rubric;
    g_autofree gboolean *is_seen = g_new0(gboolean, rubric->requirements->len);

    for (guint i = 0; i < rubric->n_questions; i++) {
        Better better = { .prover = prover, .question = (int)i, .is_seen = is_seen };

        if (prover->space->of[i].is_used && !prover->plan->skipped[i])
            prove_question(&better);
    }
    tell_unseen(prover, is_seen);
}
