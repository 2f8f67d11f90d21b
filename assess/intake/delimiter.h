/* delimiter.h - what separates the cells of a CSV text: comma, semicolon, tab or bar. */
#pragma once

#include "intake/csv.h"

enum { DELIMITER_RECORDS = 1000 }; /* records that the choice looks at */

/* How many cells of a header are known; this decides first. */
typedef guint (*DelimiterKnown)(const CsvRecord *header, gpointer data);

/* Set `text->delimiter`. A first line "sep=;" decides, and is cut off. Else the delimiter under
 * which most cells of the header are known (`known` may be NULL); among equals, under which the
 * text is CSV, most of its records have the same number of cells, and that is large; comma if none
 * is better. `text` may be the beginning of a file, cut at the end of a record. */
void delimiter_find(CsvText *text, DelimiterKnown known, gpointer data);

/* "comma", "semicolon", "tab", "pipe": static; the character itself of a name or of a text that is
 * the character, 0 if it is neither; all names, NULL-terminated. */
const char *delimiter_name(char delimiter);
char delimiter_named(const char *name);
const char *const *delimiter_names(void);
