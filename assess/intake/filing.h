/* filing.h - one file being read: its name and hash, the words it may use, and where its faults
 * go. What a sheet and a table have in common: putting one cell into a company's answers. */
#pragma once

#include "intake/csv.h"
#include "intake/vocabulary.h"
#include "rules/answers.h"

enum { FILING_ERRORS_LIMIT = 1000 /* errors of one file; the reading stops there */ };

typedef struct {
    const Vocabulary *vocabulary;
    const char *file; /* without directories */
    const char *sha256;
    const char *encoding; /* as it was read */
    gboolean strict;
    Findings *errors; /* what refuses the input as a whole, and remarks about a table's header */
} Filing;

/* Place of cell `column` (from 1; 0 for all) of a record. */
Place filing_place(const Filing *filing, const CsvRecord *record, guint column);
/* Append an error; it refuses the input. The finding belongs to the list. */
Finding *filing_refuse(const Filing *filing, const CsvRecord *record, guint column,
                       const char *format, ...) G_GNUC_PRINTF(4, 5);

/* All blank answers of the company in this record (1 for a sheet). The caller's. */
Answers *filing_answers(const Filing *filing, guint record);

/* Read a cell as the answer to a question or field. What cannot be read is a warning about this
 * company, or an error if the filing is strict. */
void filing_answer(const Filing *filing, Answers *answers, int question, const char *text,
                   const CsvRecord *record, guint column);
/* Take the reason for which a requirement is waived; blank waives nothing. */
void filing_waiver(const Filing *filing, Answers *answers, int requirement, const char *reason,
                   const CsvRecord *record, guint column);
/* Put a remark (evidence, owner, note) into its place; nothing if blank. Kept if something is
 * there. */
void filing_remark(char **remark, const char *text);

/* Index of the question or field that `name` means; NOWHERE after an error with the nearest one. */
int filing_question(const Filing *filing, const char *name, const CsvRecord *record, guint column);
/* The name of a requirement in "waive:REQUIREMENT"; NULL if the folded name is none such. Borrowed
 * from `folded`. */
const char *filing_waived(const char *folded);
/* Index of a requirement that is waived; NOWHERE after an error with the nearest one. */
int filing_requirement(const Filing *filing, const char *name, const CsvRecord *record,
                       guint column);

/* Whether the record has as many cells as the header, apart from empty ones at its end; `least`
 * cells must be there. FALSE after an error that names both numbers. */
gboolean filing_fits(const Filing *filing, const CsvRecord *record, guint header_cells,
                     guint least);
gboolean filing_is_blank(const CsvRecord *record);
