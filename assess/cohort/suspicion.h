/* suspicion.h - the part of statistics_add() that looks for answers that nobody thought about. */
#pragma once

#include "cohort/statistics.h"

/* Rows of the mask in which all questions of a group have one option; `steps` of columns.h. */
void suspicion_count(Statistics *statistics, const Block *block, const guint8 *mask, guint steps,
                     int sign);
