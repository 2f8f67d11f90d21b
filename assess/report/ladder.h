/* ladder.h - the levels as steps, lowest first: what is held is solid, what the blanks leave
 * possible has a dashed edge, the rest is empty; each step says its state in words. */
#pragma once

#include "report/block.h"
#include "scoring/assessment.h"

typedef struct {
    char *title, *state, *count;
    LevelStatus status;
} Step;

typedef struct {
    Figure figure;
    GArray *steps; /* of Step */
} Ladder;

/* No steps yet; given to blocks_figure(), which frees it. */
Ladder *ladder_new(void);
void ladder_add(Ladder *ladder, LevelStatus status, const char *title, const char *state,
                const char *count);
