/* inspection_words.h - what both forms of an inspection say: what the file is, what a column is
 * called and what it answers. */
#pragma once

#include "batch/inspection.h"

/* "table", "long", "sheet", or the id of what it is instead; "text" if it is no CSV. Static. */
const char *inspection_is(const Inspection *inspection);

/* The name of a column; if it is itself about a person, what kind of thing stands there, in
 * brackets. Free with g_free(). */
char *inspection_column_name(const Inspection *inspection, guint column);
/* What a column is to the survey: NULL without one. Borrowed. */
const Binding *inspection_binding(const Inspection *inspection, guint column);
/* "question", "option", "evidence", "waiver", "meta", "ignored", "other"; NULL if it is nothing. */
const char *inspection_kind(const Binding *binding);
/* How a column was bound: "id", "wording", "pattern", "header", "order", "map"; NULL if it was not.
 */
const char *inspection_bound_by(const Binding *binding);
/* The id of the question, field or requirement that a column is read for or stands beside; NULL if
 * there is none. Borrowed. */
const char *inspection_answers(const Inspection *inspection, guint column);
/* The id of the option that it ticks; NULL. Borrowed. */
const char *inspection_option(const Inspection *inspection, guint column);
/* How many columns answer something. */
guint inspection_n_bound(const Inspection *inspection);
/* Ids of questions and fields that no column answers (`is_wide`, of Inspection.wide, which has a
 * column for each: that nobody answers), in the rubric's order: of char *, borrowed. Free with
 * g_ptr_array_unref(). */
GPtrArray *inspection_unanswered(const Inspection *inspection, const Rubric *rubric,
                                 gboolean is_wide);
