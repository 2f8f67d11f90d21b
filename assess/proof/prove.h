/* prove.h - all properties of a rubric, under no profile and under each: every level can be held,
 * every requirement can be met and missed, better answers never lower level or score, what follows
 * from what, what decides nothing, where "not applicable" helps. A proof is about all complete
 * answers, waivers aside. */
#pragma once

#include <glib.h>

#include "proof/claim.h"

typedef struct {
    const char *solver; /* path of the solver module; NULL if there is none */
    double seconds;     /* for one property under one profile */
    /* Called now and then: how many properties of how many are done. May be NULL. */
    void (*progress)(guint done, guint all, gpointer data);
    gpointer data;
} ProofOptions;

/* Prove or refute. `plan` is compiled without a profile and names the rubric, which has no errors.
 * What cannot be decided is told as a warning. Free with claims_free(). */
Claims *claims_prove(const Plan *plan, const ProofOptions *options);
