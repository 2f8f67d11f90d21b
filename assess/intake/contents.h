/* contents.h - what stands in the columns of a table: how many cells are filled, how many different
 * texts there are, whether they are numbers, whether they are about persons. Bounded, whatever the
 * number of rows. Belongs to one thread. */
#pragma once

#include "intake/personal.h"

enum {
    CONTENTS_DISTINCT = 1000, /* different texts of a column that are counted */
    CONTENTS_LOOKED_AT = 1000 /* filled cells of a column that are looked at for kinds */
};

typedef struct {
    guint64 filled;                       /* cells with more than blanks */
    guint distinct;                       /* different texts of them, at most CONTENTS_DISTINCT */
    gboolean is_more;                     /* there are more */
    guint looked_at, numbers, percents;   /* of those looked at: numbers, and those with a % */
    guint personal[PERSONAL_PRIVATE + 1]; /* and those about persons, by kind */
} ContentsColumn;

typedef struct {
    guint64 rows;
    guint64 blank;                 /* rows of which every cell is */
    guint64 short_rows, long_rows; /* with other numbers of cells than there are columns; a long row
                                    * has something in the cells that are too many */
    guint64 first_short, first_long; /* the first of them, from 1; 0: none */
} ContentsRows;

typedef struct Contents Contents;

/* Free with contents_free(). */
Contents *contents_new(guint n_columns);
void contents_free(Contents *contents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Contents, contents_free)

/* The next cell of a row, and the end of a row. */
void contents_cell(Contents *contents, const void *bytes, gsize size);
void contents_row(Contents *contents);
/* Forget the cells of a row that is not ended. */
void contents_drop_row(Contents *contents);

guint contents_n_columns(const Contents *contents);
const ContentsColumn *contents_column(const Contents *contents, guint column);
const ContentsRows *contents_rows(const Contents *contents);
/* What most of a column's texts are about; `name` decides first. */
Personal contents_personal(const Contents *contents, guint column, const char *name);
