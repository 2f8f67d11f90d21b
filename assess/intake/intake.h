/* intake.h - bytes to answers: CSV files of one or many companies, told apart by their header,
 * bound to the questions of a rubric. The floor reads; it judges nothing. */
#pragma once

#include <glib.h>

#include "intake/earlier.h"
#include "rules/answers.h"

enum {
    INTAKE_FIELD_LIMIT = 1024 * 1024, /* bytes of one CSV field */
    INTAKE_COLUMNS_LIMIT = 16384
};

/* Read the files ("-": standard input). Sheets of one company are joined in the order given; each
 * row of a table is a company. Result: of Answers *, in the order of the input, each with its
 * sources and findings; free with g_ptr_array_unref(). Faults of a file as a whole (not CSV text,
 * unclosed quote, unknown question, two answers to one question, ...) are errors in `findings`:
 * then NULL. NULL with `error` if a file cannot be read. `strict`: an answer that cannot be read is
 * an error too. */
GPtrArray *intake_read(const Rubric *rubric, const char *const *paths, gboolean strict,
                       Findings *findings, GError **error);
/* The same, and files of older editions are read by these and carried over. `encoding`, a result of
 * encoding_name(), is that of all files; NULL: find it for each. */
GPtrArray *intake_read_earlier(const Rubric *rubric, Earlier *earlier, const char *const *paths,
                               const char *encoding, gboolean strict, Findings *findings,
                               GError **error);
/* The same from memory, one file; `name` names it in sources and findings. */
GPtrArray *intake_parse(const Rubric *rubric, const char *name, GBytes *bytes, gboolean strict,
                        Findings *findings);
/* What is told once for each company that was read: required questions without an answer, invisible
 * characters. */
void intake_remark(Answers *answers);
/* Whether a file names more questions of `other` than of `rubric`. FALSE for one that cannot be
 * read. */
gboolean intake_is_of_other(const Rubric *rubric, const Rubric *other, const char *path);

/* A sheet as a report carries it: canonical, of the rubric's own edition. Both are borrowed. */
typedef struct {
    const Source *source; /* where its answers were read first */
    GBytes *bytes;
    GHashTable *carried; /* id -> text: answers that an older edition gave, as they stood there */
} IntakeSheet;

/* The answers of the company that `n` sheets are about, joined in their order, as they were when
 * the report was made; free with answers_free(). NULL with errors in `findings` if one of them
 * cannot be read. */
Answers *intake_rejoin(const Rubric *rubric, const IntakeSheet *sheets, guint n,
                       Findings *findings);
