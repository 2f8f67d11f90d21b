/* reply.h - one cell's text as an answer: what a company may write, by the type of the question.
 * Needs no file, so that a rubric's own cases are read by the same rules. */
#pragma once

#include <glib.h>

#include "intake/vocabulary.h"
#include "rules/answers.h"

/* Read `text` as the answer to a question or field and set state, range and text of `answer`; its
 * evidence, owner, note and confidence stay. FALSE if the text cannot be read: the state is then
 * ANSWER_INVALID, `problem` says what is wrong, `hint` (NULL if nothing is to be added) what was
 * expected; both are the caller's. Both may be NULL: then nobody asks why. Blank text is no fault.
 */
gboolean reply_read(const Vocabulary *vocabulary, int question, const char *text, Answer *answer,
                    char **problem, char **hint);

/* The text without the apostrophe that keeps a spreadsheet from running it: one before = + - @, tab
 * or carriage return. Borrowed from `text`. */
const char *reply_unguarded(const char *text);
/* Whether there is nothing but white space. */
gboolean reply_is_blank(const char *text);
