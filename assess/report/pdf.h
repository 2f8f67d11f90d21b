/* pdf.h - an assessment as a PDF to hand over, A4, in one language or several. */
#pragma once

#include <glib.h>

#include "report/template.h"
#include "scoring/assessment.h"

/* Draw the report in `languages` ("en", "zh"; NULL-terminated), one after the other in one
 * document. The same input gives the same bytes. Characters that the font lacks are shown by a
 * substitute and named in one note in `findings`. NULL with `error` if no font is found or the PDF
 * library refuses. Free with g_bytes_unref(). */
GBytes *report_pdf(const Assessment *assessment, const Template *template,
                   const char *const *languages, Findings *findings, GError **error);
