/* compile.h - one condition's syntax tree turned into typed nodes of a plan: names become indices,
 * every mistake of type becomes a finding with its place. Used by plan.c alone. */
#pragma once

#include <glib.h>

#include "rules/condition.h"
#include "rules/plan.h"

/* Compile the condition of a requirement or contradiction of this origin and append its nodes to
 * the plan. The root node, or NOWHERE if there was a fault: all of them are in `findings`. `text`
 * may be NULL after a fault that was told. */
int compile_condition(Plan *plan, const IniEntry *text, Origin origin, Findings *findings);

/* What a function of the rules language is called, what it takes and what it gives: for hints and
 * reference pages. */
typedef struct {
    const char *name, *signature, *gives;
} RulesFunction;

/* The functions, counted from 0; NULL after the last. */
const RulesFunction *rules_function(guint index);
