#include "report/heat_map.h"

enum { HEAD_LINES = 2, TITLE_LINES = 2, FIELD_LINES = 2, NARROW_ACROSS = 2 };

static const double TITLES = 0.27; /* of the width */
static const double GAP = 2, PAD = 5, MARK_SIZE = 8, BAR = 3;
static const double ROW_GAP = 12;   /* of a narrow map */
static const double NARROWEST = 58; /* field beside others of all columns */

static void heat_clear(gpointer data)
{
    g_free(((Heat *)data)->text);
}

static void row_clear(gpointer data)
{
    HeatRow *row = data;

    g_free(row->title);
    g_array_unref(row->fields);
}

static void heat_map_free(Figure *figure)
{
    HeatMap *map = (HeatMap *)figure;

    g_ptr_array_unref(map->columns);
    g_array_unref(map->rows);
    g_free(map);
}

static double field_width(const HeatMap *map, double width)
{
    guint n = MAX(map->columns->len, 1);

    return (width * (1 - TITLES) - GAP * (n - 1)) / n;
}

/* A narrow map has the title of a row over its fields, few of them side by side, and in each field
 * that has a state the column's name over it. */
static gboolean is_narrow(const HeatMap *map, double width)
{
    return width < FIGURE_NARROW || field_width(map, width) < NARROWEST;
}

static double text_width(const HeatMap *map, double width)
{
    return field_width(map, width) - BAR - 2 * PAD - MARK_SIZE - 4;
}

static double head_height(const HeatMap *map, Canvas *canvas, const Theme *theme, double width)
{
    double height = 0;

    for (guint i = 0; i < map->columns->len; i++)
        height = MAX(height, canvas_paragraph_height(canvas, field_width(map, width),
                                                     map->columns->pdata[i],
                                                     &theme->styles[ROLE_LABEL], HEAD_LINES));
    return height + 3;
}

static double row_height(const HeatMap *map, Canvas *canvas, const Theme *theme, double width,
                         const HeatRow *row)
{
    double height = canvas_paragraph_height(canvas, width * TITLES - 8, row->title,
                                            &theme->styles[ROLE_CELL_STRONG], TITLE_LINES);

    for (guint i = 0; i < row->fields->len; i++)
        height = MAX(height, canvas_paragraph_height(canvas, text_width(map, width),
                                                     g_array_index(row->fields, Heat, i).text,
                                                     &theme->styles[ROLE_TAG], FIELD_LINES));
    return height + 2 * PAD;
}

/* ---- narrow ---- */

static double narrow_field_height(const Theme *theme)
{
    return theme->styles[ROLE_LABEL].leading + theme->styles[ROLE_TAG].leading + 2 * PAD - 2;
}

/* The title in one line, then the fields that have a state. */
static double narrow_row_height(const Theme *theme, const HeatRow *row)
{
    guint n = 0;

    for (guint i = 0; i < row->fields->len; i++)
        n += g_array_index(row->fields, Heat, i).mark.kind != MARK_NONE;
    return theme->styles[ROLE_CELL_STRONG].leading + ROW_GAP +
           (n + NARROW_ACROSS - 1) / NARROW_ACROSS * (narrow_field_height(theme) + GAP);
}

static void draw_named_field(const Heat *heat, const char *name, Canvas *canvas, const Theme *theme,
                             Box box)
{
    const TextStyle *label = &theme->styles[ROLE_LABEL], *tag = &theme->styles[ROLE_TAG];
    double left = box.x + BAR + PAD, top = box.y + PAD - 1 + label->leading,
           room = box.width - BAR - 2 * PAD;

    canvas_rectangle(canvas, box, &(Paint){ theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 });
    canvas_rectangle(canvas, (Box){ box.x, box.y, BAR, box.height },
                     &(Paint){ mark_colour(theme, heat->mark), COLOUR_NONE, 0, 0 });
    canvas_paragraph(canvas, left, box.y + PAD - 1, room, name, label, ALIGN_LEFT, 1);
    mark_draw(canvas, theme, heat->mark, left, top + tag->leading / 2, MARK_SIZE);
    canvas_paragraph(canvas, left + MARK_SIZE + 4, top, room - MARK_SIZE - 4, heat->text, tag,
                     ALIGN_LEFT, 1);
}

static void draw_narrow(const HeatMap *map, Canvas *canvas, const Theme *theme, Box box)
{
    double width = (box.width - GAP * (NARROW_ACROSS - 1)) / NARROW_ACROSS, y = box.y;
    const TextStyle *title = &theme->styles[ROLE_CELL_STRONG];
    double height = narrow_field_height(theme);

    for (guint i = 0; i < map->rows->len; i++) {
        const HeatRow *row = &g_array_index(map->rows, HeatRow, i);
        double top = y + title->leading + 2;
        guint n = 0;

        canvas_paragraph(canvas, box.x, y, box.width, row->title, title, ALIGN_LEFT, 1);
        for (guint k = 0; k < row->fields->len; k++) {
            const Heat *heat = &g_array_index(row->fields, Heat, k);

            if (heat->mark.kind == MARK_NONE)
                continue;
            draw_named_field(heat, map->columns->pdata[k], canvas, theme,
                             (Box){ box.x + n % NARROW_ACROSS * (width + GAP),
                                    top + n / NARROW_ACROSS * (height + GAP), width, height });
            n++;
        }
        y += narrow_row_height(theme, row);
    }
}

static double heat_map_height(const Figure *figure, Canvas *canvas, const Theme *theme,
                              double width)
{
    const HeatMap *map = (const HeatMap *)figure;
    double height = is_narrow(map, width) ? 0 : head_height(map, canvas, theme, width);

    for (guint i = 0; i < map->rows->len; i++) {
        const HeatRow *row = &g_array_index(map->rows, HeatRow, i);

        height += is_narrow(map, width) ? narrow_row_height(theme, row)
                                        : row_height(map, canvas, theme, width, row) + GAP;
    }
    return height;
}

static void draw_field(const Heat *heat, Canvas *canvas, const Theme *theme, Box box)
{
    const TextStyle *style = &theme->styles[ROLE_TAG];
    double inner = box.width - BAR - 2 * PAD - MARK_SIZE - 4, text;

    if (heat->mark.kind == MARK_NONE) {
        canvas_line(canvas, box.x, box.y + box.height, box.x + box.width, box.y + box.height,
                    theme->tones[TONE_HAIRLINE], 0.5);
        return;
    }
    canvas_rectangle(canvas, box, &(Paint){ theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 });
    canvas_rectangle(canvas, (Box){ box.x, box.y, BAR, box.height },
                     &(Paint){ mark_colour(theme, heat->mark), COLOUR_NONE, 0, 0 });
    text = canvas_paragraph_height(canvas, inner, heat->text, style, FIELD_LINES);
    mark_draw(canvas, theme, heat->mark, box.x + BAR + PAD,
              box.y + (box.height - text) / 2 + style->leading / 2, MARK_SIZE);
    canvas_paragraph(canvas, box.x + BAR + PAD + MARK_SIZE + 4, box.y + (box.height - text) / 2,
                     inner, heat->text, style, ALIGN_LEFT, FIELD_LINES);
}

static void heat_map_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const HeatMap *map = (const HeatMap *)figure;
    const TextStyle *label = &theme->styles[ROLE_LABEL], *title = &theme->styles[ROLE_CELL_STRONG];
    double width = field_width(map, box.width), left = box.x + box.width * TITLES,
           head = head_height(map, canvas, theme, box.width), y = box.y + head;

    if (is_narrow(map, box.width)) {
        draw_narrow(map, canvas, theme, box);
        return;
    }
    for (guint i = 0; i < map->columns->len; i++) {
        double used =
            canvas_paragraph_height(canvas, width, map->columns->pdata[i], label, HEAD_LINES);

        canvas_paragraph(canvas, left + i * (width + GAP), box.y + head - 3 - used, width,
                         map->columns->pdata[i], label, ALIGN_LEFT, HEAD_LINES);
    }
    for (guint i = 0; i < map->rows->len; i++) {
        const HeatRow *row = &g_array_index(map->rows, HeatRow, i);
        double height = row_height(map, canvas, theme, box.width, row);
        double text =
            canvas_paragraph_height(canvas, box.width * TITLES - 8, row->title, title, TITLE_LINES);

        canvas_paragraph(canvas, box.x, y + (height - text) / 2, box.width * TITLES - 8, row->title,
                         title, ALIGN_LEFT, TITLE_LINES);
        for (guint k = 0; k < row->fields->len; k++)
            draw_field(&g_array_index(row->fields, Heat, k), canvas, theme,
                       (Box){ left + k * (width + GAP), y, width, height });
        y += height + GAP;
    }
}

HeatMap *heat_map_new(void)
{
    static const FigureKind KIND = { heat_map_height, heat_map_draw, heat_map_free };
    HeatMap *map = g_new0(HeatMap, 1);

    map->figure.kind = &KIND;
    map->columns = g_ptr_array_new_with_free_func(g_free);
    map->rows = g_array_new(FALSE, FALSE, sizeof(HeatRow));
    g_array_set_clear_func(map->rows, row_clear);
    return map;
}

void heat_map_column(HeatMap *map, const char *title)
{
    g_ptr_array_add(map->columns, g_strdup(title));
}

void heat_map_row(HeatMap *map, const char *title)
{
    HeatRow row = { g_strdup(title), g_array_new(FALSE, FALSE, sizeof(Heat)) };

    g_array_set_clear_func(row.fields, heat_clear);
    g_array_append_val(map->rows, row);
}

void heat_map_field(HeatMap *map, Mark mark, const char *text)
{
    HeatRow *row = &g_array_index(map->rows, HeatRow, map->rows->len - 1);
    Heat heat = { mark, g_strdup(text) };

    g_return_if_fail(row->fields->len < map->columns->len);
    g_array_append_val(row->fields, heat);
}
