/* shape.h - files that are given as a survey and are none: a spreadsheet, a web page, an empty
 * file, a list of questions, a table of shares, prose. They are named as what they are, with what
 * to do.
 */
#pragma once

#include "intake/contents.h"

typedef struct {
    const char *id;             /* "spreadsheet": for programs */
    const char *message, *hint; /* for people; static */
} Shape;

/* What the bytes of a file, or its text, are, if they are no CSV with something in it; NULL. */
const Shape *shape_of_bytes(const char *bytes, gsize size);

/* What else is known of a table. */
typedef struct {
    gboolean is_known;     /* its header is that of a tool, of a sheet, or has a question */
    guint questions_below; /* cells of its first column that name questions, where the column does
                            * not hold those of a sheet */
} ShapeHints;

/* What a table is, if its rows are no respondents: seen by the names and contents of its columns.
 * NULL if nothing speaks against it. */
const Shape *shape_of_table(const char *const *names, const Contents *contents, ShapeHints hints);
