/* Better answers: none lowers the level or the score, save where the rubric says so of itself. */
#include "proof/effect.h"
#include "proof/proving.h"

enum { QUESTIONS_SHOWN = 3 };

/* How a requirement falls by better answers. */
typedef struct {
    gboolean is_declared_seen; /* a fall that it declares was shown */
    gboolean is_open;          /* a step is not decided */
    gboolean lowers_level;
    Claim *first;         /* that it does not declare; told for all of them */
    GPtrArray *questions; /* of const char *: ids, each once */
} Fall;

/* From one answer to the next better one. */
typedef struct {
    const Prover *prover;
    int question;
    State from, to;
    Fall *falls; /* by requirement */
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

/* The engine's word that the score falls; the sheets show it. */
static void prove_score(const Better *better)
{
    const Prover *prover = better->prover;
    const Question *question = question_of(better);
    g_autoptr(Search) search = search_new_step(better->question, better->from, better->to);
    g_autofree char *subject = g_strconcat("score:", question->id, NULL);
    Witness witness;
    Claim *claim;

    if (!prover_moves_score(prover, better->question, &better->from, &better->to, TRUE, &witness))
        return;
    claim = prover_claim(prover, PROPERTY_MONOTONE, CLAIM_REFUTED, subject);
    claim_tell(claim, SEVERITY_ERROR, question->section, NULL,
               "a better answer to \"%s\" lowers the score", question->id);
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

static void note_fall(const Better *better, guint index, gboolean of_level, const Search *search,
                      Witness *witness)
{
    const Prover *prover = better->prover;
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    const char *id = question_of(better)->id;
    const gboolean declared = is_declared(requirement, better->question);
    g_autofree char *subject = g_strconcat(requirement->id, ":", id, NULL);
    Claim *claim =
        prover_claim(prover, PROPERTY_MONOTONE, declared ? CLAIM_DECLARED : CLAIM_REFUTED, subject);
    Fall *fall = &better->falls[index];

    claim_witness(claim, witness, search, prover->searcher->best);
    fall->is_declared_seen |= declared;
    if (declared) {
        claim_tell(claim, SEVERITY_NOTE, requirement->section,
                   ini_entry(requirement->section, "falls_with"),
                   "a better answer can make \"%s\" unmet, as it declares", requirement->id);
        return;
    }
    if (!fall->first)
        fall->first = claim;
    fall->lowers_level |= of_level;
    if (fall->questions->len == 0 ||
        g_ptr_array_index(fall->questions, fall->questions->len - 1) != id)
        g_ptr_array_add(fall->questions, (gpointer)id);
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
            note_fall(better, index, of_level, search, &witness);
            return;
        }
    }
    better->falls[index].is_open |= outcome == SEARCH_UNDECIDED;
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

    if (searcher_is_late(prover->searcher)) {
        for (guint i = 0; i < rubric->requirements->len; i++)
            better->falls[i].is_open = TRUE;
        prover_undecided(prover, PROPERTY_MONOTONE, question_of(better)->id,
                         question_of(better)->section);
        return;
    }
    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);

        if (!prover_binds(prover, i) ||
            (better->falls[i].is_declared_seen && is_declared(requirement, better->question)))
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

/* "a", "b" and 38 more. Free with g_free(). */
static char *names_of(const GPtrArray *ids)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < MIN(ids->len, (guint)QUESTIONS_SHOWN); i++)
        g_string_append_printf(text, "%s\"%s\"", i ? ", " : "",
                               (const char *)g_ptr_array_index(ids, i));
    if (ids->len > QUESTIONS_SHOWN)
        g_string_append_printf(text, " and %u more", ids->len - QUESTIONS_SHOWN);
    return g_string_free(text, FALSE);
}

/* All undeclared falls of a requirement in one finding. */
static void tell_falls(const Requirement *requirement, const Fall *fall, gboolean is_yesno)
{
    g_autofree char *names = names_of(fall->questions);
    Claim *claim = fall->first;

    claim_tell(claim, fall->lowers_level ? SEVERITY_ERROR : SEVERITY_WARNING, requirement->section,
               requirement->needs, "a better answer to %s makes \"%s\" unmet%s", names,
               requirement->id, fall->lowers_level ? " and lowers the level" : "");
    claim->hint =
        is_yesno
            ? g_strdup_printf(
                  "where \"no\" is the better answer, give the question `score = 1, 0`; as in: %s",
                  claim->differs)
            : g_strdup_printf(
                  "if a share is meant to fall with it, say so by `falls_with`; as in: %s",
                  claim->differs);
}

/* What a requirement declares and nothing shows. */
static void tell_unseen(const Prover *prover, const Requirement *requirement)
{
    claim_tell(prover_claim(prover, PROPERTY_MONOTONE, CLAIM_REFUTED, requirement->id),
               SEVERITY_WARNING, requirement->section,
               ini_entry(requirement->section, "falls_with"),
               "requirement \"%s\" declares what it falls with, and never falls by a better answer",
               requirement->id);
}

static gboolean is_yesno(const Rubric *rubric, const Fall *fall)
{
    int question = NOWHERE;

    return rubric_find(rubric, g_ptr_array_index(fall->questions, 0), &question) == NAME_QUESTION &&
           RUBRIC_QUESTION(rubric, question)->type == QUESTION_YESNO;
}

static void tell_all(const Prover *prover, const Fall *falls)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);

        if (falls[i].first)
            tell_falls(requirement, &falls[i], is_yesno(rubric, &falls[i]));
        if (requirement->falls_with->len > 0 && !falls[i].is_declared_seen && !falls[i].is_open &&
            prover_binds(prover, i))
            tell_unseen(prover, requirement);
    }
}

void prove_monotone(const Prover *prover)
{
    const Rubric *rubric = prover->plan->rubric;
    const guint n = rubric->requirements->len;
    g_autofree Fall *falls = g_new0(Fall, n);

    for (guint i = 0; i < n; i++)
        falls[i].questions = g_ptr_array_new();
    for (guint i = 0; i < rubric->n_questions; i++) {
        Better better = { .prover = prover, .question = (int)i, .falls = falls };

        if (prover->space->of[i].is_used && !prover->plan->skipped[i])
            prove_question(&better);
    }
    tell_all(prover, falls);
    for (guint i = 0; i < n; i++)
        g_ptr_array_unref(falls[i].questions);
}
