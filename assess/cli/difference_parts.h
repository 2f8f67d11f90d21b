/* difference_parts.h - how a condition changed, part by part: what is asked now, what no more. */
#pragma once

#include "cli/difference_writer.h"

enum { DIFFERENCE_DROPPED_LIMIT = 4 /* questions not asked any more that a level names */ };

/* The parts of one requirement's condition, as details. */
void difference_condition(const DifferenceWriter *writer, const Change *change);
/* Whether nothing but questions were added to a requirement or dropped from it, or it changed with
 * others that it rests on. */
gboolean difference_is_content(const Difference *difference, const Change *change);
/* The questions of several such changes (of const Change *) in one line: all that are asked now, or
 * the first that are not any more. Each is told once in the whole text, and none that has moved. */
void difference_content(const DifferenceWriter *writer, const GPtrArray *changes,
                        gboolean is_older);
