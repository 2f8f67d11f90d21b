/* results_workbook.h - results.xlsx: the rows and columns of results.csv for a spreadsheet, the
 * levels by their titles and colours, numbers as numbers, the head in sight, with filters. In
 * bounded memory; the same results give the same bytes. */
#pragma once

#include "report/template.h"
#include "rules/plan.h"

#define RESULTS_WORKBOOK "results.xlsx"

/* Write it into `folder`, from its results.csv, with titles in `language`; `date` is that of the
 * assessment. FALSE and XLSX_ERROR or FILE_IO_ERROR; then it is not there. At most XLSX_ROWS - 1
 * companies fit. */
gboolean results_workbook(const char *folder, const Plan *plan, const Template *template,
                          const char *language, gint32 date, GError **error);
