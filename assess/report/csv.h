/* csv.h - an assessment as a table for spreadsheets, one row a requirement, and the writing of CSV
 * that every spreadsheet reads: UTF-8 with a mark, CRLF, and no cell that it would run as a
 * formula. */
#pragma once

#include <glib.h>

#include "scoring/assessment.h"

#define CSV_MARK "\xef\xbb\xbf" /* without it Excel takes UTF-8 for the local encoding */

/* Append one cell, quoted where it must be; NULL is an empty one. Text that a spreadsheet would run
 * gets an apostrophe before it, see text_runs(); numbers stay as they are. */
void csv_cell(GString *out, const char *text);
/* Append one row; the texts end with NULL. */
void csv_row(GString *out, ...) G_GNUC_NULL_TERMINATED;
/* Append cells that are already in a list. */
void csv_row_of(GString *out, const char *const *cells, guint n);

/* Append the table of an assessment, with titles in `language`; the mark and the header are not
 * part of it. */
void report_csv(GString *out, const Assessment *assessment, const char *language);
/* Append the mark and the header. */
void report_csv_header(GString *out);
