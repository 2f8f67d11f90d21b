/* difference_json.h - what changed between two editions, for another program: schema
 * "assess-difference/1". */
#pragma once

#include "audit/regrade.h"

/* One object, indented. `regrades`: of Regrade *. Free with g_free(). */
char *difference_json(const Difference *difference, const GPtrArray *regrades);
