/* check_mutants.h - `assess check --mutate`: which slips in a rubric would its cases not notice? */
#pragma once

#include "audit/cases.h"

/* Tell the mutants that no case notices. What came of it in one line, or why none was tried. Free
 * with g_free(). */
char *check_mutants(const Cases *cases, Findings *findings);
