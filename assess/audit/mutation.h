/* mutation.h - the small slips that a condition might hold: another operator, a threshold one step
 * off, `and` for `or`, a lost `not`. Each is another reading of one node of a plan. Readings that
 * are the same on all answers, by simple reasoning over the values of one question or group, are
 * left out. */
#pragma once

#include <glib.h>

#include "rules/plan.h"

typedef struct {
    int node;
    Node changed;         /* what stands in its place; cells of its own if they differ */
    gboolean negated;     /* the node's negation stands in its place; `changed` is unused */
    guint offset, length; /* bytes of the condition's text that read otherwise: for the caret */
    guint from, to;       /* bytes of it that tell a reader what is meant */
    char *word;           /* what is read in place of offset .. offset + length */
} Mutation;

/* All mutations of a requirement's condition, in the order of its text: of Mutation. Free with
 * g_array_unref(). */
GArray *mutations_of(const Plan *plan, int requirement);
/* What is shown of the text, as written and as read. Free both with g_free(). */
void mutation_texts(const Mutation *mutation, const char *text, char **written, char **read);
