#include "proof/prove.h"

#include "proof/proving.h"

static void (*const PROOFS[])(const Prover *prover) = {
    prove_open, prove_reachable, prove_gaps, prove_implied, prove_monotone, prove_na,
};

typedef struct {
    const ProofOptions *options;
    Claims *claims;
    Solver *solver;
    GHashTable *idle;
    guint done, all;
} Run;

Claim *prover_claim(const Prover *prover, Property property, ClaimOutcome outcome,
                    const char *subject)
{
    return claims_add(prover->claims, property, outcome, prover->profile, subject);
}

void prover_undecided(const Prover *prover, Property property, const char *subject,
                      const IniSection *section)
{
    const char *why = solver_error(prover->searcher->solver);
    const gboolean is_told = prover->claims->counts[property][CLAIM_UNDECIDED] > 0;
    Claim *claim = prover_claim(prover, property, CLAIM_UNDECIDED, subject);

    if (is_told) /* the first stands for all */
        return;
    claim_tell(claim, SEVERITY_WARNING, section, NULL,
               "not decided in %g seconds, first of \"%s\": %s", prover->seconds, subject,
               property_text(property));
    claim->hint = why ? g_strdup_printf("the solver module could not be loaded: %s", why)
                      : g_strdup("give it more time with --seconds, or simplify the condition");
}

gboolean prover_binds(const Prover *prover, guint requirement)
{
    return PLAN_CONDITION(prover->plan, requirement)->binds;
}

gboolean prover_applies(const Prover *prover, guint requirement)
{
    return PLAN_CONDITION(prover->plan, requirement)->applies;
}

static void show(const Run *run)
{
    if (run->options->progress)
        run->options->progress(run->done, run->all, run->options->data);
}

static void step(Run *run)
{
    run->done++;
    show(run);
}

static void prove_plan(Run *run, const Plan *plan)
{
    g_autoptr(Space) space = space_new(plan);
    g_autoptr(Searcher) searcher = searcher_new(space, run->solver);
    g_autofree gboolean *never_met = g_new0(gboolean, plan->rubric->requirements->len);
    Prover prover = {
        .plan = plan,
        .space = space,
        .searcher = searcher,
        .claims = run->claims,
        .profile =
            plan->profile == NOWHERE ? NULL : RUBRIC_PROFILE(plan->rubric, plan->profile)->id,
        .seconds = run->options->seconds,
        .never_met = never_met,
    };

    for (guint i = 0; i < G_N_ELEMENTS(PROOFS); i++) {
        searcher_limit(searcher, prover.seconds);
        PROOFS[i](&prover);
        step(run);
    }
    searcher_limit(searcher, prover.seconds);
    prove_active(&prover, run->idle);
    step(run);
}

Claims *claims_prove(const Plan *plan, const ProofOptions *options)
{
    const Rubric *rubric = plan->rubric;
    const guint n_plans = rubric->profiles->len + 1;
    g_autoptr(Solver) solver = solver_new(options->solver);
    g_autoptr(GHashTable) idle = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Run run = { options, claims_new(rubric),
                solver,  idle,
                0,       n_plans * ((guint)G_N_ELEMENTS(PROOFS) + 1) };

    show(&run);
    prove_plan(&run, plan);
    for (guint i = 0; i < rubric->profiles->len; i++) {
        g_autoptr(Findings) none = findings_new();
        g_autoptr(Plan) variant = plan_compile(rubric, RUBRIC_PROFILE(rubric, i)->id, none);

        if (variant)
            prove_plan(&run, variant);
    }
    tell_idle(run.claims, idle, n_plans);
    return run.claims;
}
