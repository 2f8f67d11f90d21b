/* json.h - an assessment as JSON, by the contract "assess/1". */
#pragma once

#include <glib.h>

#include "scoring/assessment.h"

/* One object, on one line or indented, ending in a line break. The same assessment gives the same
 * bytes. Free with g_free(). */
char *report_json(const Assessment *assessment, gboolean indented);
/* Findings alone, as an array of the same objects, for `check --format json`; each also tells how
 * many characters are meant (`width`), and the file by its path as given. Free with g_free(). */
char *findings_json(const Findings *findings);
