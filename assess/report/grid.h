/* grid.h - a table measured for a width: the lines of every cell, the heights of rows; and its
 * drawing, row by row or, where a row is taller than a page, piece by piece. Page breaks are the
 * flow's affair. The table's
 * own element is open while it is drawn; rows and cells are elements of it. */
#pragma once

#include <glib.h>

#include "report/block.h"

typedef struct Grid Grid;

/* The table is borrowed. Free with grid_free(). */
Grid *grid_new(const Listing *table, Canvas *canvas, const Theme *theme, double width);
void grid_free(Grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Grid, grid_free)

/* Heights of the heads of columns, of a row, and of a row with what must follow it on its page: a
 * band with its row, the first row with the second, the last but one with the last, so that none
 * stands alone. */
double grid_head_height(const Grid *grid);
double grid_row_height(const Grid *grid, guint row);
double grid_kept_height(const Grid *grid, guint row);

/* The heads; `again` on the pages that the table goes on over. */
void grid_draw_head(const Grid *grid, Canvas *canvas, double x, double top, gboolean again);
/* Draw the row's lines from `from` points below its top, as far as whole lines fit into `room`.
 * Returns where to go on from, or the row's height if it was finished; `used` gets the height
 * drawn. */
double grid_draw_row(Grid *grid, Canvas *canvas, guint row, double x, double top, double from,
                     double room, double *used);
