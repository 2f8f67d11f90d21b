/* cohort_report.h - the report about a cohort, as a PDF and as a page: what the tallies say, told
 * by the template "cohort" or one that starts from it. Numbers that are withheld are shown as such.
 */
#pragma once

#include "cohort/tallies.h"
#include "report/template.h"

/* What else the report says of where it comes from; all may be NULL. Borrowed. */
typedef struct {
    const char *source;        /* names of the exports, for people */
    const char *source_sha256; /* of them, if there is one */
} CohortOrigin;

/* In `languages` ("en", "zh"; NULL-terminated). The tallies have a date; the same ones give the
 * same bytes. The template's is_of_cohort is set. NULL with `error` if no font is found, or the PDF
 * library refuses. Free with g_bytes_unref(). */
GBytes *cohort_pdf(const Statistics *statistics, const CohortOrigin *origin,
                   const Template *template, const char *const *languages, Findings *findings,
                   GError **error);
GBytes *cohort_html(const Statistics *statistics, const CohortOrigin *origin,
                    const Template *template, const char *const *languages);
