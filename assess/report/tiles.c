#include "report/tiles.h"

enum { NARROW_ACROSS = 3 };

static const double GAP = 12, PAD = 6;

static void tile_clear(gpointer data)
{
    g_free(((Tile *)data)->value);
    g_free(((Tile *)data)->label);
}

static void tiles_free(Figure *figure)
{
    g_array_unref(((Tiles *)figure)->tiles);
    g_free(figure);
}

static guint tiles_across(const Tiles *tiles, double width)
{
    return width < FIGURE_NARROW ? MIN(tiles->tiles->len, NARROW_ACROSS) : tiles->tiles->len;
}

static double tile_width(const Tiles *tiles, double width)
{
    guint across = tiles_across(tiles, width);

    return (width - GAP * (across - 1)) / across;
}

static double row_height(const Tiles *tiles, Canvas *canvas, const Theme *theme, double width)
{
    double labels = 0;

    for (guint i = 0; i < tiles->tiles->len; i++)
        labels = MAX(labels, canvas_paragraph_height(canvas, tile_width(tiles, width),
                                                     g_array_index(tiles->tiles, Tile, i).label,
                                                     &theme->styles[ROLE_SMALL], 3));
    return PAD + theme->styles[ROLE_FIGURE].leading + labels;
}

static double tiles_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    const Tiles *tiles = (const Tiles *)figure;
    guint across = tiles_across(tiles, width), rows = (tiles->tiles->len + across - 1) / across;

    return rows * (row_height(tiles, canvas, theme, width) + GAP) - GAP;
}

/* A value that is too long for its tile is set smaller. */
static TextStyle value_style(Canvas *canvas, const Theme *theme, const char *value, double width)
{
    TextStyle style = theme->styles[ROLE_FIGURE];
    double needed = canvas_text_width(canvas, value, &style);

    if (needed > width)
        style.size *= width / needed;
    return style;
}

static void tiles_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Tiles *tiles = (const Tiles *)figure;
    double width = tile_width(tiles, box.width);
    double height = row_height(tiles, canvas, theme, box.width) + GAP;
    guint across = tiles_across(tiles, box.width);

    for (guint i = 0; i < tiles->tiles->len; i++) {
        const Tile *tile = &g_array_index(tiles->tiles, Tile, i);
        double x = box.x + i % across * (width + GAP), y = box.y + i / across * height,
               leading = theme->styles[ROLE_FIGURE].leading;
        TextStyle style = value_style(canvas, theme, tile->value, width);

        canvas_line(canvas, x, y, x + width, y, theme->tones[TONE_ACCENT], 0.9);
        canvas_text(canvas, x, y + PAD + leading * 0.5 + theme->styles[ROLE_FIGURE].size * 0.36,
                    tile->value, &style, ALIGN_LEFT);
        canvas_paragraph(canvas, x, y + PAD + leading, width, tile->label,
                         &theme->styles[ROLE_SMALL], ALIGN_LEFT, 3);
    }
}

Tiles *tiles_new(void)
{
    static const FigureKind KIND = { tiles_height, tiles_draw, tiles_free };
    Tiles *tiles = g_new0(Tiles, 1);

    tiles->figure.kind = &KIND;
    tiles->tiles = g_array_new(FALSE, FALSE, sizeof(Tile));
    g_array_set_clear_func(tiles->tiles, tile_clear);
    return tiles;
}

void tiles_add(Tiles *tiles, const char *value, const char *label)
{
    Tile tile = { g_strdup(value), g_strdup(label) };

    g_array_append_val(tiles->tiles, tile);
}
