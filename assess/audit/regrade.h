/* regrade.h - what another edition makes of a company's answers: graded by both, the answers
 * carried over as the newer one says. */
#pragma once

#include "audit/difference.h"
#include "rubric/lineage.h"
#include "scoring/assessment.h"

typedef struct {
    Assessment *before, *after;
    GArray *failing; /* of int: requirements of the newer rubric, of the level held before and below
                        it, that are unmet now and were not among the failures before */
    GArray *open;    /* of int: those that blanks leave open now */
} Regrade;

/* Grade two readings of the same answers to the older rubric; takes both. `ancestor`: how the newer
 * rubric takes answers over; NULL if it says nothing of this edition: then the questions that the
 * difference pairs do, where an answer fits. Free with regrade_free(). */
Regrade *regrade_new(const Difference *difference, const Ancestor *ancestor, Answers *answers,
                     Answers *again, gint32 date);
void regrade_free(Regrade *regrade);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Regrade, regrade_free)

/* Whether the level is another, by id. */
gboolean regrade_moves(const Regrade *regrade);
