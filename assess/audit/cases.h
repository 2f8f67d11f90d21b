/* cases.h - the tests that ship with a rubric: answers and the verdict they must lead to, graded by
 * the same engine. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"
#include "rules/plan.h"
#include "scoring/assessment.h"

enum { CASES_REASONS = 8 /* requirements named under a case that fails */ };

/* A case as graded; what it expects stands in its section. */
typedef struct {
    const Case *it;         /* borrowed from the rubric */
    Assessment *assessment; /* under the plan of its profile */
} Trial;

typedef struct {
    const Rubric *rubric; /* borrowed */
    guint run, failed;
    GArray *trials;   /* of Trial: the cases that could be read, in the order of the file */
    GPtrArray *plans; /* of Plan *, by profile index; NULL where no case has the profile */
} Cases;

#define CASES_TRIAL(cases, i) (&g_array_index((cases)->trials, Trial, (i)))

/* Run all cases of a rubric. Whatever a case says that cannot be read, and every verdict that is
 * not the expected one, is an error in `findings`; the requirements that are the reason follow as
 * notes. `plan` is compiled without a profile; rubric and plan must outlive the result. Free with
 * cases_free(). */
Cases *cases_run(const Rubric *rubric, const Plan *plan, Findings *findings);
void cases_free(Cases *cases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cases, cases_free)

/* How many requirements are met in one case and unmet in another. */
guint cases_seen(const Cases *cases);
/* A note for each of the others: which way no case sees it. */
void cases_tell_unseen(const Cases *cases, Findings *findings);
/* Read the answers of all cases without grading them: for a rubric that cannot be graded. Answers
 * to questions that have faults themselves are passed over. */
void cases_read(const Rubric *rubric, Findings *findings);

/* Whether another plan of the rubric leads to what a case expects. `scores`: its score, too. */
gboolean trial_holds(const Trial *trial, const Plan *plan, gboolean scores);
