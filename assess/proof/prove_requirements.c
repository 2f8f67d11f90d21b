/* Requirements: each can be met and can be missed; which follow from the others. */
#include "proof/proving.h"

static void tell_closed(const Prover *prover, guint index, gboolean met)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    g_autofree char *subject = g_strconcat(requirement->id, met ? ":met" : ":unmet", NULL);
    Claim *claim = prover_claim(prover, PROPERTY_OPEN, CLAIM_REFUTED, subject);

    prover->never_met[index] = met;
    if (met)
        claim_tell(claim, prover_binds(prover, index) ? SEVERITY_ERROR : SEVERITY_WARNING,
                   requirement->section, requirement->needs, "requirement \"%s\" can never be met",
                   requirement->id);
    else
        claim_tell(claim, SEVERITY_WARNING, requirement->section, requirement->needs,
                   "requirement \"%s\" is always met", requirement->id);
}

static void prove_side(const Prover *prover, guint index, gboolean met)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    g_autofree char *subject = g_strconcat(requirement->id, met ? ":met" : ":unmet", NULL);
    g_autoptr(Search) search = search_new();
    Witness witness;

    search_requirement(search, 0, (int)index, met ? WANT_MET : WANT_UNMET);
    switch (search_run(prover->searcher, search, &witness)) {
    case SEARCH_FOUND:
        claim_witness(prover_claim(prover, PROPERTY_OPEN, CLAIM_SHOWN, subject), &witness, search,
                      prover->searcher->best);
        break;
    case SEARCH_NONE:
        tell_closed(prover, index, met);
        break;
    case SEARCH_UNDECIDED:
        prover_undecided(prover, PROPERTY_OPEN, subject, requirement->section);
        break;
    }
}

void prove_open(const Prover *prover)
{
    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++) {
        if (!prover_applies(prover, i))
            continue;
        prove_side(prover, i, TRUE);
        prove_side(prover, i, FALSE);
    }
}

/* ---- what follows ---- */

/* Whether a requirement may be used to imply another: it binds there and cannot be waived. */
static gboolean may_imply(const Prover *prover, guint other, guint index)
{
    const Rubric *rubric = prover->plan->rubric;

    return other != index && prover_binds(prover, other) &&
           !RUBRIC_REQUIREMENT(rubric, other)->waivable &&
           RUBRIC_REQUIREMENT(rubric, other)->level <= RUBRIC_REQUIREMENT(rubric, index)->level;
}

static gboolean share_questions(const Prover *prover, guint a, guint b)
{
    const GArray *first = PLAN_CONDITION(prover->plan, a)->questions;
    const GArray *second = PLAN_CONDITION(prover->plan, b)->questions;

    for (guint i = 0; i < first->len; i++)
        for (guint k = 0; k < second->len; k++)
            if (g_array_index(first, int, i) == g_array_index(second, int, k))
                return TRUE;
    return FALSE;
}

/* The one requirement that implies it alone, NULL if it takes several. */
static const char *implied_by(const Prover *prover, guint index)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        g_autoptr(Search) search = search_new();
        SearchOutcome outcome;

        if (!may_imply(prover, i, index) || !share_questions(prover, i, index))
            continue;
        search_requirement(search, 0, (int)index, WANT_UNMET);
        search_requirement(search, 0, (int)i, WANT_NOT_UNMET);
        outcome = search_decide(prover->searcher, search);
        if (outcome == SEARCH_NONE)
            return RUBRIC_REQUIREMENT(rubric, i)->id;
    }
    return NULL;
}

/* Whether the others can be met at all: from what cannot, everything follows. */
static gboolean others_agree(const Prover *prover, guint index)
{
    g_autoptr(Search) search = search_new();

    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++)
        if (may_imply(prover, i, index))
            search_requirement(search, 0, (int)i, WANT_NOT_UNMET);
    return search_decide(prover->searcher, search) != SEARCH_NONE;
}

static void tell_implied(const Prover *prover, guint index)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    const gboolean is_official = requirement->origin == ORIGIN_OFFICIAL;
    const char *by = NULL;
    g_autofree char *source = NULL;
    Claim *claim = prover_claim(prover, PROPERTY_IMPLIED,
                                is_official ? CLAIM_LISTED : CLAIM_REFUTED, requirement->id);

    if (!others_agree(prover, index)) /* told where they contradict one another */
        return;
    by = implied_by(prover, index);
    source = by ? g_strdup_printf("\"%s\"", by)
                : g_strdup("the others of its level and lower ones together");
    claim_tell(claim, is_official ? SEVERITY_NOTE : SEVERITY_WARNING, requirement->section,
               requirement->needs, "requirement \"%s\" decides nothing: it follows from %s",
               requirement->id, source);
}

/* Nothing can be missed that is always met: told as such. */
static SearchOutcome search_missed(const Prover *prover, guint index)
{
    g_autoptr(Search) search = search_new();

    search_requirement(search, 0, (int)index, WANT_UNMET);
    return search_decide(prover->searcher, search);
}

/* It is never missed alone: because of the others, or because it is never missed. */
static void tell_dependent(const Prover *prover, guint index)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, index);
    const SearchOutcome missed = search_missed(prover, index);

    if (missed == SEARCH_FOUND)
        tell_implied(prover, index);
    else if (missed == SEARCH_UNDECIDED)
        prover_undecided(prover, PROPERTY_IMPLIED, requirement->id, requirement->section);
}

static void prove_independent(const Prover *prover, guint index)
{
    const Rubric *rubric = prover->plan->rubric;
    const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, index);
    g_autoptr(Search) search = search_new();
    Witness witness;

    search_requirement(search, 0, (int)index, WANT_UNMET);
    for (guint i = 0; i < rubric->requirements->len; i++)
        if (may_imply(prover, i, index))
            search_requirement(search, 0, (int)i, WANT_NOT_UNMET);
    switch (search_run(prover->searcher, search, &witness)) {
    case SEARCH_FOUND:
        claim_witness(prover_claim(prover, PROPERTY_IMPLIED, CLAIM_SHOWN, requirement->id),
                      &witness, search, prover->searcher->best);
        break;
    case SEARCH_NONE:
        tell_dependent(prover, index);
        break;
    case SEARCH_UNDECIDED:
        prover_undecided(prover, PROPERTY_IMPLIED, requirement->id, requirement->section);
        break;
    }
}

void prove_implied(const Prover *prover)
{
    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++)
        if (prover_binds(prover, i))
            prove_independent(prover, i);
}
