/* proving.h - what the files of the proofs share. For prove*.c alone. */
#pragma once

#include "proof/prove.h"

/* The proofs under one profile. */
typedef struct {
    const Plan *plan;
    const Space *space;
    Searcher *searcher;
    Claims *claims;
    const char *profile; /* NULL for none */
    double seconds;      /* for one property */
    gboolean *never_met; /* by requirement: no answers meet it, which is told */
} Prover;

/* A claim about a property under the prover's profile. */
Claim *prover_claim(const Prover *prover, Property property, ClaimOutcome outcome,
                    const char *subject);
/* That something was not decided. */
void prover_undecided(const Prover *prover, Property property, const char *subject,
                      const IniSection *section);
/* Whether a requirement binds under this profile; whether it is evaluated at all. */
gboolean prover_binds(const Prover *prover, guint requirement);
gboolean prover_applies(const Prover *prover, guint requirement);

/* prove_score.c: whether a step of a question ever moves the score, or ever lowers it (`falls`).
 * The companies that show it are in `witness` then; clear it with witness_clear(). */
gboolean prover_moves_score(const Prover *prover, int question, const State *from, const State *to,
                            gboolean falls, Witness *witness);
/* prove_levels.c */
void prove_reachable(const Prover *prover);
void prove_gaps(const Prover *prover);
/* prove_requirements.c */
void prove_open(const Prover *prover);
void prove_implied(const Prover *prover);
/* prove_steps.c */
void prove_monotone(const Prover *prover);
/* prove_answers.c: `idle` counts for each question and option under how many profiles it decides
 * nothing. */
void prove_active(const Prover *prover, GHashTable *idle);
void tell_idle(Claims *claims, GHashTable *idle, guint plans);
void prove_na(const Prover *prover);
