/* space.h - what may be answered to each question, as far as the rules can tell answers apart: the
 * options of a choice, and of a number or date one answer for each range between the numbers that
 * conditions and scores compare it with. Two answers of one state have the same truth in every
 * comparison of the question with a constant; sums, scores and differences may still differ within
 * a range. Made for one plan (one profile); immutable, shared by threads. */
#pragma once

#include <glib.h>

#include "rules/plan.h"

typedef enum {
    STATE_OPTION,   /* yesno, choice: `option` */
    STATE_NUMBER,   /* number, percent: `low` to `high`, shown by `number` */
    STATE_YEARS,    /* date: `number` whole years before the assessment */
    STATE_ANSWERED, /* text, or a date that no years() reads */
    STATE_BLANK,    /* only of questions under answered() */
    STATE_NA,
    STATE_TICKED, /* multi: `option` is ticked; whole sets of ticks are no states */
    STATE_UNTICKED
} StateKind;

typedef struct {
    StateKind kind;
    guint option;
    Rational number;                /* a number within the range */
    Rational low, high;             /* the range, ends included in a point only */
    gboolean no_low, no_high;       /* the range has no end there */
    Rational score_low, score_high; /* its score, if the question is scored */
} State;

typedef struct {
    GArray *states; /* of State, worse ones first where there is an order; empty for multi */
    gboolean is_multi;
    gboolean is_ordered; /* a later state is a better answer */
    gboolean is_used;    /* a condition rests on it, or it is scored */
    gboolean may_be_na;
    gboolean may_be_blank; /* a state of its own: answered() asks for it and nothing else does */
    gboolean is_field;
} Choices;

typedef struct {
    const Plan *plan;
    Choices *of; /* by question index */
} Space;

/* Free with space_free(). The plan is borrowed. */
Space *space_new(const Plan *plan);
void space_free(Space *space);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Space, space_free)

#define SPACE_STATES(space, question) ((space)->of[question].states->len)
#define SPACE_STATE(space, question, i) (&g_array_index((space)->of[question].states, State, (i)))

/* "not applicable", and a tick set or not, as states of any question. */
State state_na(void);
State state_tick(guint option, gboolean is_ticked);
