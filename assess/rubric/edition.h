/* edition.h - editions of a rubric and their order, such as "2025" and "2025.1-2". */
#pragma once

#include <glib.h>

/* Whether the text is an edition: four digits, and further numbers after "." or "-". */
gboolean edition_is_valid(const char *text);
/* -1, 0, 1 as edition `a` is older than, equal to, newer than `b`: part by part, by their numbers.
 */
int edition_compare(const char *a, const char *b);
