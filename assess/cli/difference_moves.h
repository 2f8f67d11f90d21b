/* difference_moves.h - questions of both editions that requirements bind to from another level on.
 */
#pragma once

#include "cli/difference_writer.h"

/* Whether a question of the newer rubric, if `is_older` of the older one, is such a one. */
gboolean difference_is_moved(const Difference *difference, int question, gboolean is_older);
/* "Digital twin: from Pilot to Excellent", of a question of the newer rubric; NULL if it is bound
 * to where it was. Free with g_free(). */
char *difference_move(const DifferenceWriter *writer, int question);
