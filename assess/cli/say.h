/* say.h - words to the person: results to standard output, everything about what is wrong to
 * standard error, findings as a compiler shows them: file, line, column, the source line with a
 * caret, a hint. Whatever a user's file holds is made visible first, so that no control character
 * reaches a terminal. */
#pragma once

#include <glib.h>

#include "base/finding.h"
#include "cli/status.h"
#include "report/translation.h"

enum { SAY_FINDINGS_LIMIT = 20 }; /* warnings and notes shown without -v */

/* "assess: error: ..." on standard error; the hint may be NULL. Neither ends in a line break. */
void say_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
void say_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same without "error": what is wrong with the company, not with its files. */
void say_result(const char *format, ...) G_GNUC_PRINTF(1, 2);
void say_hint(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* Say that something is not known, and the nearest that is, else all that are. */
void say_unknown(const char *what, const char *word, const char *const *known);

/* Show findings of at least this severity; `all` shows warnings and notes beyond SAY_FINDINGS_LIMIT
 * too. */
void say_findings(const Findings *findings, Severity least, gboolean all);
/* The same in the language of a translation. */
void say_findings_in(const Translation *translation, const Findings *findings, Severity least,
                     gboolean all);
/* A finding as text, with colours or without. Free with g_free(). */
char *finding_text(const Translation *translation, const Finding *finding, gboolean colour,
                   guint columns);

/* "1 record", "8 records". Free with g_free(). */
char *say_count(guint64 n, const char *one, const char *many);

/* Write to standard output, at once. EXIT_IO after a first failure, which is said on standard error
 * unless the reader merely went away. */
ExitStatus say_output(const void *data, gsize size);
ExitStatus say_text(const char *text);
