/* finding.h - what is wrong in a user's file: all of it, collected, with the place and what was
 * expected. A list of findings is filled by the floors and shown by the program; the library
 * prints nothing. Not thread-safe: one list belongs to one reader. */
#pragma once

#include <glib.h>

typedef enum { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* A place in a user's file. Lines, records and columns count from 1; 0 means "does not apply". A
 * column counts characters of a line in a rubric, fields of a record in answers. Strings are
 * borrowed by the call that takes them. */
typedef struct {
    const char *file;
    guint line, record, column;
    const char *excerpt; /* the source line, to show a caret under `column`; NULL for answers */
    guint width;         /* characters that the caret underlines, 0 for one */
} Place;

typedef struct {
    Severity severity;
    char *file; /* NULL if about no file */
    guint line, record, column;
    char *message;
    char *hint;    /* what would mend it; NULL if the message says it all */
    char *excerpt; /* NULL unless the place had one */
    guint width;
} Finding;

typedef struct Findings Findings;

/* An empty list. Free with findings_unref(); share with findings_ref(). */
Findings *findings_new(void);
Findings *findings_ref(Findings *findings);
void findings_unref(Findings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Findings, findings_unref)

/* Append a finding; `place` may be NULL. The finding is owned by the list and valid until the
 * list is freed; its `hint` may be set by finding_hint(). */
Finding *findings_add(Findings *findings, Severity severity, const Place *place, const char *format,
                      ...) G_GNUC_PRINTF(4, 5);
/* Takes NULL, for a finding that was not told. */
void finding_hint(Finding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);

guint findings_count(const Findings *findings);
const Finding *findings_at(const Findings *findings, guint index);
/* How many findings are of this severity. */
guint findings_of(const Findings *findings, Severity severity);
/* Append copies of all of `from`. */
void findings_append(Findings *findings, const Findings *from);
/* Order by file, line, record and column; equal places keep their order. */
void findings_sort(Findings *findings);

/* Of a sorted list keep the first `limit` errors, at least one, and all that is no error; if that
 * leaves some out, a last error says so. */
void findings_cut(Findings *findings, guint limit);

/* "error", "warning", "note". */
const char *severity_name(Severity severity);
