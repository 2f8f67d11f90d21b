/* inspection_text.h - what a file is, for people at a terminal. */
#pragma once

#include "batch/inspection.h"
#include "report/terminal.h"
#include "report/translation.h"

/* In the words of the template's sections "inspection ...", messages as `translation` has them. Of
 * columns about persons nothing is shown but that they are. Free with g_free(). */
char *inspection_text(const Terminal *terminal, const Translation *translation,
                      const Inspection *inspection, const Rubric *rubric);
