/* scene_grid.h - the questions of one group on an ordered scale as fields side by side, each with
 * pips as far as the answer goes and the answer in words; the group's name stands at the left. */
#pragma once

#include "report/block.h"

typedef struct {
    char *number, *title, *state;
    Mark mark;
} Scene;

typedef struct {
    Figure figure;
    char *title, *count; /* at the left */
    GArray *scenes;      /* of Scene */
} SceneGrid;

enum {
    SCENES_LIMIT = 4
}; /* in one grid: a row, so that a link of many scenes may go on over the page */

/* No scenes yet; given to blocks_figure(), which frees it. */
SceneGrid *scene_grid_new(const char *title, const char *count);
void scene_grid_add(SceneGrid *grid, Mark mark, const char *number, const char *title,
                    const char *state);
