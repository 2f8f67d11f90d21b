/* sheet.h - an answer sheet: one company, a question a row, under a header with `question` and
 * `answer`. */
#pragma once

#include "intake/filing.h"

typedef struct Sheet Sheet;

/* Whether a header cell names a column of a sheet. */
gboolean sheet_knows(const char *name);
/* Whether it names the column of answers. */
gboolean sheet_is_answer(const char *name);
/* Whether a record is the header of a sheet: it names both a question and an answer column. */
gboolean sheet_is_header(const CsvRecord *header);
/* The cell of a header that names the column of questions, NOWHERE if none does. */
int sheet_question_cell(const CsvRecord *header);

/* Begin a sheet; a column named twice is an error of the filing, an unknown one a warning. Free
 * with sheet_free(). */
Sheet *sheet_new(const Filing *filing, const CsvRecord *header);
/* Read a row. */
void sheet_add(Sheet *sheet, const CsvRecord *record);
/* The company's answers so far, which are the caller's from now on; once. */
Answers *sheet_take(Sheet *sheet);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)
