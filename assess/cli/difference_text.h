/* difference_text.h - what changed between two editions, in words: a summary, then by level
 * what the programme changes, what our reading changes, and what becomes of answers. */
#pragma once

#include "audit/regrade.h"
#include "report/terminal.h"

enum {
    DIFFERENCE_TEXT_LIMIT = 8 /* of one kind of change of levels, dimensions named without -v */
};

/* `regrades`: of Regrade *, empty if no answers are given. Free with g_free(). */
char *difference_text(const Terminal *terminal, const Difference *difference,
                      const GPtrArray *regrades);
