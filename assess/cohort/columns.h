/* columns.h - columns of bytes, a byte a row, sixteen rows at a time. A column is read in whole
 * steps of COLUMN_STEP bytes up to the step that its last row is in, so it has to be allocated so
 * far; a mask holds 0xff for a row that counts and 0 for the others, those beyond the last row
 * among them. */
#pragma once

#include <glib.h>

enum { COLUMN_STEP = 16 };

/* How many bytes of `steps` steps are `value`, of the rows in the mask. `steps` at most 255. */
guint column_count(const guint8 *column, guint8 value, const guint8 *mask, guint steps);
/* How many rows are in the mask. */
guint column_rows(const guint8 *mask, guint steps);
/* Rows of the mask where the column is `value`, and where it is another: into `rows`. */
void column_equal(const guint8 *column, guint8 value, const guint8 *mask, guint8 *rows,
                  guint steps);
/* Of `rows` keep those where the two columns are equal. */
void column_keep_alike(const guint8 *a, const guint8 *b, guint8 *rows, guint steps);
/* Of `rows` keep those where the column is `value`. */
void column_keep(const guint8 *column, guint8 value, guint8 *rows, guint steps);
/* Add the rows of `more` to `rows`. */
void column_unite(const guint8 *more, guint8 *rows, guint steps);
/* Count up `counts`, bytes, where the row is in the mask; at 255 it stays. */
void column_raise(const guint8 *mask, guint8 *counts, guint steps);
/* The bytes of `low` with those of `high` above their lowest `bits` bits. */
void column_join(const guint8 *low, const guint8 *high, guint bits, guint8 *joined, guint steps);
gboolean column_is_empty(const guint8 *mask, guint steps);
/* Of sixteen rows of eight columns that stand `stride` bytes apart: the eight bytes of each row as
 * one number, the first column lowest. */
void column_words(const guint8 *columns, gsize stride, guint64 *words);
