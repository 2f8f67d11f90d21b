/* inspection.h - what a file is that may be an export of a survey: its encoding and form, what
 * stands in its columns, which questions of a rubric they answer, which rows would not be graded
 * and why. Read once, in bounded memory; any CSV will do. */
#pragma once

#include "batch/stream.h"
#include "intake/shape.h"
#include "survey/survey_reader.h"

typedef struct {
    const char *path; /* "-": standard input */
    const Vocabulary *vocabulary;
    const Layouts *layouts;
    SurveyOptions survey; /* `encoding`: a result of encoding_name() or NULL */
} InspectionOrder;

/* How its records end. */
typedef enum {
    LINE_ENDS_NONE,
    LINE_ENDS_LF,
    LINE_ENDS_CRLF,
    LINE_ENDS_CR,
    LINE_ENDS_MIXED
} LineEnds;

typedef struct Inspection {
    char *name;             /* of the file, without its folder */
    guint64 bytes;          /* of it */
    const Shape *shape;     /* what it is instead of answers; NULL: nothing speaks against it */
    gboolean is_sheet;      /* an answer sheet: a row for each question */
    gboolean is_form;       /* ... on which nothing is answered yet */
    gboolean is_text;       /* what follows is known: else it is no text or no CSV */
    EncodingFound encoding; /* name NULL: not found */
    char delimiter;
    LineEnds line_ends;
    guint header_rows;
    char **names;            /* of the columns; NULL-terminated */
    Contents *contents;      /* of the records below the header */
    Survey *survey;          /* NULL: its columns cannot be bound */
    SurveyReader *reader;    /* of the survey: tally and faults */
    struct Inspection *wide; /* of a table with one answer a row: the same with one respondent a
                              * row; NULL of others, and of standard input */
    gboolean is_cut;         /* the reading stopped before its end, at the last of the findings */
    Findings *findings;      /* about the file; what is said of the binding of columns */
} Inspection;

/* NULL and FILE_IO_ERROR_READ. Borrows what the order holds. Free with inspection_free(). */
Inspection *inspection_new(const InspectionOrder *order, GError **error);
void inspection_free(Inspection *inspection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Inspection, inspection_free)

guint inspection_n_columns(const Inspection *inspection);
/* What a column is about, if that is a person: nothing of what stands in it is shown. */
Personal inspection_personal(const Inspection *inspection, guint column);
/* "LF", "CRLF", "CR", "mixed"; NULL for none. */
const char *line_ends_name(LineEnds ends);
