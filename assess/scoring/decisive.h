/* decisive.h - the blanks that decide: those on which a requirement is unknown. */
#pragma once

#include "rules/evaluate.h"

/* The blank questions on which unknown requirements of levels above the one held and up to the one
 * possible rest: those that bear on most of them first, then in the rubric's order. A blank in a
 * part of a condition that is already true or false decides nothing and is left out. Of int; free
 * with g_array_unref(). */
GArray *decisive_blanks(const Evaluation *evaluation);
