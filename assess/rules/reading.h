/* reading.h - what each answer may still be in one reading of the answers: blanks have the whole
 * range of their type. Used by evaluation and scores; no names, no text. */
#pragma once

#include "rules/evaluate.h"

/* Options of a yesno or choice question that are still possible, from .. to. */
void reading_options(const Evaluation *evaluation, int question, guint *low, guint *high);
/* Options of a multi question that are ticked for sure, and that may be. */
void reading_ticks(const Evaluation *evaluation, int question, guint64 *must, guint64 *may);
/* The value of a number or percent question; no value if it is not applicable. */
Value reading_number(const Evaluation *evaluation, int question);
/* Whole years from a date question to the assessment date; no value if it is not applicable. */
Value reading_years(const Evaluation *evaluation, int question);
/* Whole years by calendar month and day between two dates, as days of GDate; 29 February counts a
 * year on 1 March of other years. */
gint64 reading_years_between(gint32 from, gint32 to);
