/* csv.h - CSV text as records with positions: RFC 4180 read strictly, any delimiter, any line end.
 * Cells are as written, blanks around them included. Blank lines are skipped but counted. The only
 * file that knows libcsv. Limits: INTAKE_FIELD_LIMIT bytes a cell, INTAKE_COLUMNS_LIMIT cells a
 * record. */
#pragma once

#include <glib.h>

#include "base/finding.h"

/* Valid during the visit only. */
typedef struct {
    guint record; /* 0 is the first: the header */
    guint line;   /* where it begins, from 1 */
    guint n_cells;
    const char *const *cells;
} CsvRecord;

/* FALSE stops the reading. */
typedef gboolean (*CsvVisitor)(const CsvRecord *record, gpointer data);

typedef struct {
    const char *file; /* for findings */
    const char *text; /* UTF-8 without NUL */
    gsize size;
    guint line; /* number of the first line of `text` */
    char delimiter;
} CsvText;

/* Visit every record. FALSE if the text is not CSV or beyond a limit: then an error is in
 * `findings` (may be NULL), and the records before it were visited. */
gboolean csv_read(const CsvText *text, CsvVisitor visit, gpointer data, Findings *findings);
