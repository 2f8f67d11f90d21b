/* whole.h - a rubric that uses every section and key of the format, and what reading a text says.
 */
#pragma once

#include "rubric/rubric.h"

extern const char whole_rubric[];

/* The findings of a text as lines "LINE:COLUMN: MESSAGE", then " | HINT" if there is one. Free with
 * g_free(). */
char *faults_of(const char *text);
/* `text` with its only occurrence of `from` replaced. Aborts if there is none, or another. Free
 * with g_free(). */
char *text_with(const char *text, const char *from, const char *to);
