/* form_workbook.h - an empty questionnaire as a workbook: the rows of report/form.h with
 * drop-downs and checks of what is typed, bands between the parts, and a sheet that says how to
 * fill it in. Its first sheet, saved as CSV, is a sheet of answers. */
#pragma once

#include "report/form.h"

/* The file; texts that a cell could not hold are told in `findings`. The date of its making is the
 * first day of the edition's year. NULL with XLSX_ERROR_WRITE. Free with g_bytes_unref(). */
GBytes *form_workbook(const FormGuide *guide, const Rubric *rubric, const Ancestor *since,
                      Findings *findings, GError **error);
