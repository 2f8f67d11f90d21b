/* radar.h - scores of dimensions on as many axes, the band between what is certain and what the
 * blanks leave possible; beside it the same as bars with their values in words. With fewer than
 * three dimensions only the bars. */
#pragma once

#include "report/block.h"

typedef struct {
    char *title, *value, *detail;
    gboolean exists;  /* has a score */
    double low, high; /* 0 to 1 */
    Mark mark;        /* whether it holds the factory back */
} Axis;

typedef struct {
    Figure figure;
    GArray *axes; /* of Axis */
} Radar;

/* No axes yet; given to blocks_figure(), which frees it. */
Radar *radar_new(void);
void radar_add(Radar *radar, const Axis *axis);
