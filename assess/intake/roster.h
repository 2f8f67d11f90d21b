/* roster.h - a table of answers: one company a row, a column for each field and question. */
#pragma once

#include "intake/filing.h"

typedef struct Roster Roster;

/* Bind the columns of a header. NULL, with errors in the filing, if none is a question or one is
 * bound twice. Columns that are not known are warnings there. Free with roster_free(). */
Roster *roster_new(const Filing *filing, const CsvRecord *header);
/* The answers of the company in this row, the caller's; NULL after an error. */
Answers *roster_add(Roster *roster, const CsvRecord *record);
void roster_free(Roster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Roster, roster_free)
