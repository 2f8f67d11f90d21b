/* inspection_json.h - what a file is, for programs: schema "inspection/1". */
#pragma once

#include "batch/inspection.h"

/* One object, indented. Of columns about persons nothing is told but that they are. Free with
 * g_free(). */
char *inspection_json(const Inspection *inspection, const Rubric *rubric);
