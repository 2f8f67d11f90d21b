/* difference.h - what changed between two editions of a rubric: levels, dimensions, questions,
 * requirements, by what the files say and by reasoning, never by guessing. A question of the newer
 * one is that of the older one if [same_as] says so, else by id, else by the same words. */
#pragma once

#include "audit/strictness.h"
#include "rubric/lineage.h"

typedef enum {
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_RENAMED,         /* another id: from, to */
    CHANGE_REWORDED,        /* another title or question: from, to are for the reader to look up */
    CHANGE_TYPE,            /* of a question: from, to */
    CHANGE_OPTIONS_ADDED,   /* ids: to */
    CHANGE_OPTIONS_REMOVED, /* ids: from */
    CHANGE_OPTIONS_REORDERED,
    CHANGE_MOVED,  /* a requirement to another level */
    CHANGE_ORIGIN, /* official or house: from, to */
    CHANGE_WAIVABLE,
    CHANGE_NOT_WAIVABLE,
    CHANGE_BINDS,  /* was advice */
    CHANGE_ADVICE, /* is advice now */
    CHANGE_TIGHTENED,
    CHANGE_LOOSENED,
    CHANGE_CONDITION /* changed in a way that is neither */
} ChangeKind;

typedef struct {
    ChangeKind kind;
    NameKind of;      /* NAME_LEVEL, NAME_DIMENSION, NAME_QUESTION or NAME_REQUIREMENT */
    int older, newer; /* indices; NOWHERE if it is not there */
    char *from, *to;  /* NULL if nothing is to be said */
    GArray *parts;    /* of PartChange: what of a condition changed; NULL or empty if not known */
} Change;

typedef struct {
    const Rubric *older, *newer; /* borrowed, as are the plans */
    Pairing pairing;
    GArray *changes; /* of Change: levels, dimensions, questions, requirements, each in the order of
                        the newer rubric, then what was removed in the order of the older one */
} Difference;

#define DIFFERENCE_CHANGE(difference, i) (&g_array_index((difference)->changes, Change, (i)))

/* Compare; the plans are compiled without a profile. `ancestor`: whose answers the newer rubric
 * takes over from the older edition; NULL if it does not say. Free with difference_free(). */
Difference *difference_new(const Plan *older, const Plan *newer, const Ancestor *ancestor);
void difference_free(Difference *difference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Difference, difference_free)

/* "added", "tightened", ...: for machines and as keys of words. */
const char *change_name(ChangeKind kind);
/* Whether the newer rubric says the same of this requirement. */
gboolean difference_is_unchanged(const Difference *difference, int newer_requirement);
