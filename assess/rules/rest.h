/* rest.h - on which questions a condition rests: those it names itself or through groups,
 * dimensions and met(). held() is left out: it rests on whole levels, whose requirements tell for
 * themselves. */
#pragma once

#include "rules/plan.h"

/* Fill Condition.questions of every condition; the plan's order is known. */
void rest_fill(Plan *plan);

/* Mark in `marks` (by question index) the questions that a node rests on, as rest_fill() does for a
 * whole condition. */
void rest_mark(const Plan *plan, int node, gboolean *marks);
