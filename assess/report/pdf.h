/* pdf.h - an assessment as a PDF to hand over, A4, in one language or several. */
#pragma once

#include <glib.h>

#include "report/subject.h"
#include "report/template.h"
#include "scoring/assessment.h"

/* Prints the reports of a run: one template, one rubric, the same languages ("en", "zh";
 * NULL-terminated), one after the other in one document. Its font's glyphs for captions and the
 * rubric's texts are cut out and encoded once for all reports. Immutable, so that threads may share
 * it; a report is the same bytes whatever was printed before. */
typedef struct ReportPrinter ReportPrinter;

/* The template and the rubric are borrowed, the languages copied. NULL with `error` if no font is
 * found. Free with report_printer_free(). */
ReportPrinter *report_printer_new(const Template *template, const Rubric *rubric,
                                  const char *const *languages, GError **error);
void report_printer_free(ReportPrinter *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportPrinter, report_printer_free)
/* Get ready for hundreds of reports, before threads share it. The bytes stay the same. */
void report_printer_prepare(ReportPrinter *printer);

/* The mark of its font, see face_mark(). Free with g_free(). */
char *report_printer_font(const ReportPrinter *printer);
/* Draw a report. The same input gives the same bytes. Characters that the font lacks are shown by a
 * substitute and named in one note in `findings`. NULL with `error` if the PDF library refuses.
 * Free with g_bytes_unref(). */
GBytes *report_printer_print(const ReportPrinter *printer, const Assessment *assessment,
                             Findings *findings, GError **error);

/* The same for a report about something else than one company; nothing is attached. */
GBytes *report_printer_tell(const ReportPrinter *printer, const Subject *subject,
                            Findings *findings, GError **error);

/* The same for a single report. */
GBytes *report_pdf(const Assessment *assessment, const Template *template,
                   const char *const *languages, Findings *findings, GError **error);
