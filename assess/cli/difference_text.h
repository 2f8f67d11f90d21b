/* difference_text.h - what changed between two editions, in words: a summary, then requirements by
 * level, official ones first, questions, and what becomes of answers. */
#pragma once

#include "audit/regrade.h"
#include "report/terminal.h"

enum { DIFFERENCE_TEXT_LIMIT = 8 /* questions of one kind of change named without -v */ };

/* `regrades`: of Regrade *, empty if no answers are given. Free with g_free(). */
char *difference_text(const Terminal *terminal, const Difference *difference,
                      const GPtrArray *regrades);
/* Title of what a change is about, in a language; its id if it has none. Borrowed. */
const char *change_title(const Difference *difference, const Change *change, const char *language);
/* The level under which a requirement's change is told: of the newer rubric, of the older one if
 * `*is_older`. */
int change_level(const Difference *difference, const Change *change, gboolean *is_older);
