/* strictness.h - is a condition of one edition harder to meet than that of another? Decided by
 * reasoning over the same structure alone: thresholds by the order of options and numbers, parts
 * added to or dropped from an `and` or `or`, the other way round under `not`. What cannot be
 * decided so is "changed". Of complete answers, without "not applicable". */
#pragma once

#include <glib.h>

#include "rules/plan.h"

typedef enum {
    STRICTNESS_EQUAL,
    STRICTNESS_TIGHTER, /* what meets the newer one meets the older one */
    STRICTNESS_LOOSER,  /* the other way round */
    STRICTNESS_CHANGED
} Strictness;

/* Two editions, and what of the newer one is what of the older one. */
typedef struct {
    const Plan *older, *newer; /* borrowed */
    int *questions;            /* by newer question index: the older one's, or NOWHERE */
    int *requirements;         /* likewise */
} Pairing;

/* A part of a chain of `and` or `or` that is not the same in both. */
typedef struct {
    int older, newer;        /* nodes; NOWHERE: added, dropped */
    gboolean is_alternative; /* of `or` */
    Strictness strictness;
} PartChange;

/* Compare the conditions of two requirements. `parts` (may be NULL) gets what differs, of
 * PartChange: of chains their operands, else the whole. */
Strictness strictness_of(const Pairing *pairing, int older, int newer, GArray *parts);
