/* roll.h - results.csv called over: its rows in their order, read back as text in bounded memory.
 * It is what was selected: whoever makes something of the companies of a run reads this, and needs
 * to know nothing of what was left out before and why. Belongs to one thread. */
#pragma once

#include <glib.h>

typedef struct Roll Roll;

/* NULL and FILE_IO_ERROR_READ; also if it is no table that begins with "record". Free with
 * roll_free(). */
Roll *roll_open(const char *path, GError **error);
void roll_free(Roll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Roll, roll_free)

guint roll_n_columns(const Roll *roll);
const char *roll_name(const Roll *roll, guint column);
enum { ROLL_NO_COLUMN = -1 };
int roll_column(const Roll *roll, const char *name);

/* Go to the next row. NULL at the end, or with FILE_IO_ERROR_READ. The cells are as the table has
 * them, guarded against spreadsheets, and are the roll's until the next row. */
const char *const *roll_next(Roll *roll, GError **error);
/* The record of a row. */
guint64 roll_record(const char *const *cells);
