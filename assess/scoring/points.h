/* points.h - a score as people read it, beside the best that could be had: percent of a mean,
 * points of a sheet of points, levels of a climb. */
#pragma once

#include "scoring/assessment.h"

typedef struct {
    Score score;
    Rational best;    /* 1 of a part of one; the best total of a sum; the levels of a climb */
    gboolean is_part; /* a part of one, to be shown in percent */
    guint places;     /* digits after the point, to be shown */
} Points;

/* A part of one. */
Points points_part(Score score);
/* Of a dimension with what is under it, or of the whole rubric (NOWHERE). Of a dimension of a
 * rubric that is climbed: its score at points_level(). Big parts live in `numbers` and the
 * assessment. */
Points points_of(const Assessment *assessment, int dimension, Numbers *numbers);
/* The part of the questions of one level. */
Points points_at(const Assessment *assessment, int dimension, int level);
/* The level whose scores tell what the next step of the climb lacks: the one after the level held,
 * or the top. NOWHERE if the rubric is not climbed. */
int points_level(const Assessment *assessment);
/* Questions of a dimension, those not applicable aside, and how many of them are answered: of those
 * that points_of() scores. */
void points_count(const Assessment *assessment, int dimension, guint *answered, guint *asked);
/* The score as a part of the best; 0 where the best is. */
Score points_share(const Points *points, Numbers *numbers);
/* One end as decimal text for people, in percent if it is a part; a proper interval is rounded
 * outward, and no rounding reaches a number that a condition compares with. Free with g_free(). */
char *points_text(const Points *points, const Plan *plan, gboolean high);
gboolean points_are_certain(const Points *points);
