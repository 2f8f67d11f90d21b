/* tiles.h - key numbers side by side, each over a few words that say what it counts. */
#pragma once

#include "report/block.h"

typedef struct {
    char *value, *label;
} Tile;

typedef struct {
    Figure figure;
    GArray *tiles; /* of Tile */
} Tiles;

/* No tiles yet; given to blocks_figure(), which frees it. */
Tiles *tiles_new(void);
void tiles_add(Tiles *tiles, const char *value, const char *label);
