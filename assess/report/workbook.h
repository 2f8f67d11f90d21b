/* workbook.h - an assessment as a workbook to work with: a summary, then every requirement, scene,
 * indicator and answer as a row to filter, and the gaps with empty columns for the plan to close
 * them. Words are those of the report's template. */
#pragma once

#include "report/template.h"
#include "scoring/assessment.h"

/* The file, with sheets in each of `languages` (NULL-terminated). The same input gives the same
 * bytes. Texts that a cell could not hold are told in `findings`. NULL with XLSX_ERROR_WRITE. Free
 * with g_bytes_unref(). */
GBytes *report_workbook(const Assessment *assessment, const Template *template,
                        const char *const *languages, Findings *findings, GError **error);
