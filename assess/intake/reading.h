/* reading.h - one file being read: its name and hash, the words it may use, and where its faults
 * go. What a sheet and a table have in common: putting one cell into a company's answers. */
#pragma once

#include "intake/csv.h"
#include "intake/vocabulary.h"
#include "rules/answers.h"

enum { READING_ERRORS_LIMIT = 1000 /* errors of one file; the reading stops there */ };

typedef struct {
    const Vocabulary *vocabulary;
    const char *file; /* without directories */
    const char *sha256;
    gboolean strict;
    Findings *errors; /* what refuses the input as a whole, and remarks about a table's header */
} Reading;

/* Place of cell `column` (from 1; 0 for all) of a record. */
Place reading_place(const Reading *reading, const CsvRecord *record, guint column);
/* Append an error; it refuses the input. The finding belongs to the list. */
Finding *reading_refuse(const Reading *reading, const CsvRecord *record, guint column,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);

/* All blank answers of the company in this record (1 for a sheet). The caller's. */
Answers *reading_answers(const Reading *reading, guint record);

/* Read a cell as the answer to a question or field. What cannot be read is a warning about this
 * company, or an error if the reading is strict. */
void reading_answer(const Reading *reading, Answers *answers, int question, const char *text,
                    const CsvRecord *record, guint column);
/* Take the reason for which a requirement is waived; blank is a finding unless `may_be_blank`. */
void reading_waiver(const Reading *reading, Answers *answers, int requirement, const char *reason,
                    gboolean may_be_blank, const CsvRecord *record, guint column);
/* Put a remark (evidence, owner, note) into its place; nothing if blank. Kept if something is
 * there. */
void reading_remark(char **remark, const char *text);

/* Index of the question or field that `name` means; NOWHERE after an error with the nearest one. */
int reading_question(const Reading *reading, const char *name, const CsvRecord *record,
                     guint column);
/* The name of a requirement in "waive:REQUIREMENT"; NULL if the folded name is none such. Borrowed
 * from `folded`. */
const char *reading_waived(const char *folded);
/* Index of a requirement that is waived; NOWHERE after an error with the nearest one. */
int reading_requirement(const Reading *reading, const char *name, const CsvRecord *record,
                        guint column);

/* Whether the record has as many cells as the header, apart from empty ones at its end; `least`
 * cells must be there. FALSE after an error that names both numbers. */
gboolean reading_fits(const Reading *reading, const CsvRecord *record, guint header_cells,
                      guint least);
gboolean reading_is_blank(const CsvRecord *record);
