/* cases.h - the tests that ship with a rubric: answers and the verdict they must lead to, graded by
 * the same engine. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"
#include "rules/plan.h"

enum { CASES_REASONS = 8 /* requirements named under a case that fails */ };

typedef struct {
    guint run, failed;
} CaseCount;

/* Run all cases of a rubric. Whatever a case says that cannot be read, and every verdict that is
 * not the expected one, is an error in `findings`; the requirements that are the reason follow as
 * notes. `plan` is compiled without a profile. */
CaseCount cases_run(const Rubric *rubric, const Plan *plan, Findings *findings);
