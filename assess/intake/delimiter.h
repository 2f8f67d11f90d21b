/* delimiter.h - what separates the cells of a CSV text: comma, semicolon or tab. */
#pragma once

#include "intake/csv.h"

enum { DELIMITER_RECORDS = 100 }; /* records that the choice looks at */

/* How many cells of a header are known; this decides first. */
typedef guint (*DelimiterKnown)(const CsvRecord *header, gpointer data);

/* Set `text->delimiter`. A first line "sep=;" decides, and is cut off. Else the delimiter under
 * which most cells of the header are known; among equals, under which the text is CSV with the same
 * number of cells in most records, two or more; comma if none is better. */
void delimiter_find(CsvText *text, DelimiterKnown known, gpointer data);
