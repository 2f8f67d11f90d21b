/* table.h - a table of answers: one company a row, a column for each field and question. */
#pragma once

#include "intake/filing.h"

typedef struct Table Table;

/* Bind the columns of a header. NULL, with errors in the filing, if none is a question or one is
 * bound twice. Columns that are not known are warnings there. Free with table_free(). */
Table *table_new(const Filing *filing, const CsvRecord *header);
/* The answers of the company in this row, the caller's; NULL after an error. */
Answers *table_add(Table *table, const CsvRecord *record);
void table_free(Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)
