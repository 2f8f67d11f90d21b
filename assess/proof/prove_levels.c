/* Levels: each can be held; what begins at one may be met while something lower is missed. */
#include "proof/proving.h"

static const IniSection *level_section(const Prover *prover, int level)
{
    const Ini *ini = prover->plan->rubric->ini;
    const IniSection *own =
        level == NOWHERE ? NULL
                         : ini_section(ini, "level", RUBRIC_LEVEL(prover->plan->rubric, level)->id);

    return own ? own : ini_section(ini, "rubric", NULL);
}

static const char *level_id(const Prover *prover, int level)
{
    return level == NOWHERE ? "none" : RUBRIC_LEVEL(prover->plan->rubric, level)->id;
}

static gboolean has_own(const Prover *prover, int level)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level == level && prover_binds(prover, i))
            return TRUE;
    return FALSE;
}

/* A company that holds this level, or this one and none above. */
static Search *search_verdict(const Prover *prover, int level, gboolean no_higher)
{
    Search *search = search_new();

    if (level != NOWHERE)
        search_level(search, 0, level, TRUE);
    for (int higher = level + 1; no_higher && higher < (int)prover->plan->rubric->levels->len;
         higher++)
        search_level(search, 0, higher, FALSE);
    return search;
}

/* Whether a requirement that nobody meets, which is told, keeps everybody from the level. */
static gboolean is_barred(const Prover *prover, int level)
{
    const Rubric *rubric = prover->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level <= level && prover_binds(prover, i) &&
            prover->never_met[i])
            return TRUE;
    return FALSE;
}

/* Whether the levels below can be held: the lowest that cannot is told for those above. */
static gboolean is_first_unheld(const Prover *prover, int level)
{
    g_autoptr(Search) below = search_new();

    for (guint i = 0; i < prover->plan->rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(prover->plan->rubric, i)->level < level && prover_binds(prover, i))
            search_requirement(below, 0, (int)i, WANT_NOT_UNMET);
    return search_decide(prover->searcher, below) != SEARCH_NONE;
}

/* Nobody ends at this level: because nobody holds it, or because all who do hold a higher one. */
static void tell_unreachable(const Prover *prover, int level)
{
    const char *id = level_id(prover, level);
    g_autoptr(Search) held = search_verdict(prover, level, FALSE);
    Witness witness;
    Claim *claim;

    if (level == NOWHERE) {
        prover_claim(prover, PROPERTY_REACHABLE, CLAIM_LISTED, "none");
        return;
    }
    claim = prover_claim(prover, PROPERTY_REACHABLE, CLAIM_REFUTED, id);
    if (!has_own(prover, level) || is_barred(prover, level)) /* told as such */
        return;
    switch (search_run(prover->searcher, held, &witness)) {
    case SEARCH_FOUND:
        claim_tell(claim, SEVERITY_WARNING, level_section(prover, level), NULL,
                   "level \"%s\" is never the verdict: whoever holds it holds a higher one", id);
        claim_witness(claim, &witness, held, prover->searcher->best);
        break;
    case SEARCH_NONE:
        if (!is_first_unheld(prover, level))
            return;
        claim_tell(claim, SEVERITY_ERROR, level_section(prover, level), NULL,
                   "no answers hold level \"%s\"", id);
        claim->hint = g_strdup("its requirements and those of lower levels contradict one another");
        break;
    case SEARCH_UNDECIDED: /* which of the two it is */
        claim_tell(claim, SEVERITY_WARNING, level_section(prover, level), NULL,
                   "level \"%s\" is never the verdict", id);
        break;
    }
}

void prove_reachable(const Prover *prover)
{
    for (int level = NOWHERE; level < (int)prover->plan->rubric->levels->len; level++) {
        g_autoptr(Search) search = search_verdict(prover, level, TRUE);
        Witness witness;

        switch (search_run(prover->searcher, search, &witness)) {
        case SEARCH_FOUND:
            claim_witness(
                prover_claim(prover, PROPERTY_REACHABLE, CLAIM_SHOWN, level_id(prover, level)),
                &witness, search, prover->searcher->best);
            break;
        case SEARCH_NONE:
            tell_unreachable(prover, level);
            break;
        case SEARCH_UNDECIDED:
            prover_undecided(prover, PROPERTY_REACHABLE, level_id(prover, level),
                             level_section(prover, level));
            break;
        }
    }
}

/* ---- gaps ---- */

/* All that begins at the level is met, a requirement below is not. */
static Search *search_gap(const Prover *prover, int level, guint below)
{
    const Rubric *rubric = prover->plan->rubric;
    Search *search = search_new();

    search_requirement(search, 0, (int)below, WANT_UNMET);
    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level == level && prover_binds(prover, i))
            search_requirement(search, 0, (int)i, WANT_NOT_UNMET);
    return search;
}

static void prove_gap(const Prover *prover, int level, guint below)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(prover->plan->rubric, below);
    g_autoptr(Search) search = search_gap(prover, level, below);
    g_autofree char *subject = g_strconcat(level_id(prover, level), ":", requirement->id, NULL);
    Witness witness;
    Claim *claim;

    switch (search_run(prover->searcher, search, &witness)) {
    case SEARCH_FOUND:
        claim = prover_claim(prover, PROPERTY_GAP, CLAIM_LISTED, subject);
        claim_tell(claim, SEVERITY_NOTE, requirement->section, requirement->needs,
                   "all that begins at level \"%s\" can be met while \"%s\" is missed",
                   level_id(prover, level), requirement->id);
        claim_witness(claim, &witness, search, prover->searcher->best);
        break;
    case SEARCH_NONE:
        prover_claim(prover, PROPERTY_GAP, CLAIM_PROVED, subject);
        break;
    case SEARCH_UNDECIDED:
        prover_undecided(prover, PROPERTY_GAP, subject, requirement->section);
        break;
    }
}

void prove_gaps(const Prover *prover)
{
    const Rubric *rubric = prover->plan->rubric;

    for (int level = 1; level < (int)rubric->levels->len; level++)
        for (guint i = 0; has_own(prover, level) && i < rubric->requirements->len; i++)
            if (RUBRIC_REQUIREMENT(rubric, i)->level < level && prover_binds(prover, i))
                prove_gap(prover, level, i);
}
