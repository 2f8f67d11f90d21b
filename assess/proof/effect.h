/* effect.h - which way a condition or number may move when one answer changes from one state to
 * another and all others stay as they are, whatever they are. Read off the compiled nodes: what is
 * said here holds for all answers; where it says that something may move, it need not. */
#pragma once

#include <glib.h>

#include "proof/space.h"

typedef enum {
    EFFECT_NONE = 0,
    EFFECT_UP = 1,   /* may become true, may grow */
    EFFECT_DOWN = 2, /* may become false, may shrink */
    EFFECT_BOTH = 3
} Effect;

/* The effect of a step between two states on a node. */
Effect effect_on_node(const Space *space, int node, int question, const State *from,
                      const State *to);
/* On the status of a requirement, through met() and held() too. */
Effect effect_on_requirement(const Space *space, int requirement, int question, const State *from,
                             const State *to);
/* On score(). */
Effect effect_on_score(const Space *space, int question, const State *from, const State *to);
