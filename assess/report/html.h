/* html.h - an assessment as one HTML file that needs nothing beside it: no network, no script, no
 * other file. Readable on a screen of any width, in light and dark, on paper and by ear. */
#pragma once

#include <glib.h>

#include "report/subject.h"
#include "report/template.h"
#include "scoring/assessment.h"

/* Write the report in `languages` ("en", "zh"; NULL-terminated), of which the reader chooses one at
 * a time. The same input gives the same bytes, with the same font to measure figures by: without
 * one the widths of texts in them are estimated. Free with g_bytes_unref(). */
GBytes *report_html(const Assessment *assessment, const Template *template,
                    const char *const *languages);
/* The same of a report about something else than one company. */
GBytes *report_html_tell(const Subject *subject, const Template *template,
                         const char *const *languages);
