/* heat_map.h - dimensions against levels: a field for each pair with a bar in the colour of how
 * its requirements stand, the sign and the words of it, so that no colour has to be known. */
#pragma once

#include "report/block.h"

typedef struct {
    Mark mark; /* MARK_NONE: nothing is asked for there */
    char *text;
} Heat;

typedef struct {
    char *title;
    GArray *fields; /* of Heat, a column each */
} HeatRow;

typedef struct {
    Figure figure;
    GPtrArray *columns; /* of char * */
    GArray *rows;       /* of HeatRow */
} HeatMap;

/* Empty; given to blocks_figure(), which frees it. Columns come first, then each row with a field
 * for every column. */
HeatMap *heat_map_new(void);
void heat_map_column(HeatMap *map, const char *title);
void heat_map_row(HeatMap *map, const char *title);
void heat_map_field(HeatMap *map, Mark mark, const char *text);
