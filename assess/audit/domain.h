/* domain.h - what a part of a condition can amount to, as few values as tell comparisons apart: two
 * comparisons that agree on them agree on all answers. Without blanks, without "not applicable". */
#pragma once

#include <glib.h>

#include "rules/plan.h"

enum { DOMAIN_LIMIT = 64 /* a count or share of more questions is taken as any number */ };

/* Values of a number node that tell apart comparisons with these bounds: of Rational. The whole
 * line where nothing narrower is known. Free with g_array_unref(). */
GArray *domain_values(const Plan *plan, const Node *node, const Rational *bounds, guint n);
/* "0011": for which of the values, in their order, `value op bound` is true. Free with g_free(). */
char *domain_table(const GArray *values, Operator op, Rational bound);
/* The same for the options of a question, in their order. */
char *domain_options(guint n_options, Operator op, int bound);
