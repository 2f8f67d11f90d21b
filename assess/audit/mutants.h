/* mutants.h - do the cases guard the rubric? One slip at a time is made in its compiled rules: an
 * operator, a threshold, a weight that the file writes, a requirement left out. A case notices a
 * mutant if its verdict is not the expected one any more. */
#pragma once

#include "audit/cases.h"

typedef struct {
    guint tried, noticed; /* mutants of what binds or is scored */
    guint of_advice;      /* left out: advice binds nobody, so that no verdict can notice */
} MutantCount;

/* Try all mutants against the cases, all of which hold. A note for each that no case notices, by
 * requirement, at its place in the condition. */
MutantCount mutants_run(const Cases *cases, Findings *findings);
