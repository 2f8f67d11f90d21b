/* explain.h - the reasons of a status as a tree: the condition's parts, each with its truth or
 * value, down to the answers. Built from the same nodes and the same evaluation that graded. */
#pragma once

#include <glib.h>

#include "scoring/assessment.h"

typedef enum {
    REASON_LEVEL,
    REASON_REQUIREMENT,
    REASON_CONDITION,
    REASON_VALUE,
    REASON_ANSWER
} ReasonKind;

typedef struct Reason {
    ReasonKind kind;
    int index;        /* level, requirement or question; NOWHERE for conditions */
    char *text;       /* condition: its source text; others: NULL */
    Truth truth;      /* conditions */
    Status status;    /* requirements */
    char *value;      /* numbers: "0.5", "0.5..0.75", "0.5..", "none", "undefined"; others: NULL */
    GPtrArray *parts; /* of struct Reason * */
} Reason;

/* Why a requirement has its status. Free with reason_free(). */
Reason *explain_requirement(const Assessment *assessment, int requirement);
/* Why a level is held or not: its own requirements and those of lower levels that fail. */
Reason *explain_level(const Assessment *assessment, int level);
void reason_free(Reason *reason);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reason, reason_free)
