#include "report/radar.h"

#include <math.h>

enum { RINGS = 4, FEWEST_AXES = 3, MOST_AXES = 24 };

static const double RADIUS = 80, AROUND = 20,
                    GAP = 14; /* of the web, for the axes' numbers, to the bars */
static const double BAR_HEIGHT = 6, ROW_PAD = 8, DISC = 6.5;

static void axis_clear(gpointer data)
{
    Axis *axis = data;

    g_free(axis->title);
    g_free(axis->value);
    g_free(axis->detail);
}

static void radar_free(Figure *figure)
{
    g_array_unref(((Radar *)figure)->axes);
    g_free(figure);
}

static const Axis *axis_at(const Radar *radar, guint i)
{
    return &g_array_index(radar->axes, Axis, i);
}

static gboolean has_web(const Radar *radar)
{
    return radar->axes->len >= FEWEST_AXES && radar->axes->len <= MOST_AXES;
}

static gboolean is_beside(const Radar *radar, double width)
{
    return has_web(radar) && width >= FIGURE_NARROW;
}

/* Where the bars begin: beside the web, or under it. */
static double list_left(const Radar *radar, double width)
{
    return is_beside(radar, width) ? 2 * (RADIUS + AROUND) + GAP : 0;
}

static double list_top(const Radar *radar, double width)
{
    return has_web(radar) && !is_beside(radar, width) ? 2 * (RADIUS + AROUND) + GAP : 0;
}

static double row_height(const Axis *axis, Canvas *canvas, const Theme *theme, double width)
{
    return canvas_paragraph_height(canvas, width * 0.68, axis->title,
                                   &theme->styles[ROLE_CELL_STRONG], 2) +
           BAR_HEIGHT + theme->styles[ROLE_SMALL].leading + ROW_PAD + 4;
}

static double radar_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    const Radar *radar = (const Radar *)figure;
    double room = width - list_left(radar, width) - 2 * DISC - 8, rows = list_top(radar, width);

    for (guint i = 0; i < radar->axes->len; i++)
        rows += row_height(axis_at(radar, i), canvas, theme, room);
    return has_web(radar) ? MAX(rows, 2 * (RADIUS + AROUND)) : rows;
}

static Point on_axis(Point middle, guint i, guint n, double distance)
{
    double angle = 2 * G_PI * i / n - G_PI / 2;

    return (Point){ middle.x + distance * cos(angle), middle.y + distance * sin(angle) };
}

static void draw_number(Canvas *canvas, const Theme *theme, Point at, guint number)
{
    TextStyle style = theme->styles[ROLE_TAG];
    g_autofree char *text = g_strdup_printf("%u", number);

    style.colour = theme->tones[TONE_PAPER];
    style.size = 8;
    canvas_circle(canvas, at.x, at.y, DISC,
                  &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
    canvas_text(canvas, at.x, at.y + style.size * 0.36, text, &style, ALIGN_CENTRE);
}

static void draw_net(const Radar *radar, Canvas *canvas, const Theme *theme, Point middle)
{
    guint n = radar->axes->len;
    Point corners[MOST_AXES];

    for (guint ring = 1; ring <= RINGS; ring++) {
        Paint paint = { COLOUR_NONE, theme->tones[TONE_HAIRLINE], ring == RINGS ? 0.9 : 0.5, 0 };

        for (guint i = 0; i < n; i++)
            corners[i] = on_axis(middle, i, n, RADIUS * ring / RINGS);
        canvas_polygon(canvas, corners, n, &paint);
    }
    for (guint i = 0; i < n; i++) {
        canvas_line(canvas, middle.x, middle.y, corners[i].x, corners[i].y,
                    theme->tones[TONE_HAIRLINE], 0.5);
        draw_number(canvas, theme, on_axis(middle, i, n, RADIUS + AROUND * 0.6), i + 1);
    }
}

static void draw_web(const Radar *radar, Canvas *canvas, const Theme *theme, Point middle)
{
    guint n = radar->axes->len;
    Point low[MOST_AXES], high[MOST_AXES];

    for (guint i = 0; i < n; i++) {
        low[i] = on_axis(middle, i, n, RADIUS * axis_at(radar, i)->low);
        high[i] = on_axis(middle, i, n, RADIUS * axis_at(radar, i)->high);
    }
    canvas_ring(canvas, high, low, n,
                &(Paint){ theme->tones[TONE_ACCENT_SOFT], COLOUR_NONE, 0, 0 });
    draw_net(radar, canvas, theme, middle);
    canvas_polygon(canvas, high, n, &(Paint){ COLOUR_NONE, theme->tones[TONE_ACCENT], 0.9, 3 });
    canvas_polygon(canvas, low, n, &(Paint){ COLOUR_NONE, theme->tones[TONE_ACCENT], 1.6, 0 });
    for (guint i = 0; i < n; i++)
        canvas_circle(canvas, low[i].x, low[i].y, 2,
                      &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
}

static void draw_bar(const Axis *axis, Canvas *canvas, const Theme *theme, double x, double y,
                     double width)
{
    canvas_rectangle(canvas, (Box){ x, y, width, BAR_HEIGHT },
                     &(Paint){ theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 });
    if (!axis->exists)
        return;
    canvas_rectangle(canvas, (Box){ x, y, width * axis->high, BAR_HEIGHT },
                     &(Paint){ theme->tones[TONE_ACCENT_SOFT], COLOUR_NONE, 0, 0 });
    canvas_rectangle(canvas, (Box){ x, y, width * axis->low, BAR_HEIGHT },
                     &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
}

static void draw_row(const Axis *axis, Canvas *canvas, const Theme *theme, double x, double y,
                     double width, guint i)
{
    double left = x + 2 * DISC + 8, room = width - 2 * DISC - 8;
    const TextStyle *strong = &theme->styles[ROLE_CELL_STRONG], *small = &theme->styles[ROLE_SMALL];
    double mark = axis->mark.kind == MARK_NONE ? 0 : strong->size + 4;

    draw_number(canvas, theme, (Point){ x + DISC, y + strong->leading / 2 }, i + 1);
    canvas_text(canvas, left + room, y + strong->leading * 0.5 + strong->size * 0.36, axis->value,
                strong, ALIGN_RIGHT);
    mark_draw(canvas, theme, axis->mark, left, y + strong->leading / 2, strong->size);
    y += canvas_paragraph(canvas, left + mark, y, room * 0.68 - mark, axis->title, strong,
                          ALIGN_LEFT, 2) +
         1;
    draw_bar(axis, canvas, theme, left, y, room);
    canvas_paragraph(canvas, left, y + BAR_HEIGHT + 1, room, axis->detail, small, ALIGN_LEFT, 1);
}

static void radar_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Radar *radar = (const Radar *)figure;
    double left = box.x + list_left(radar, box.width), width = box.x + box.width - left,
           y = box.y + list_top(radar, box.width);
    double middle = is_beside(radar, box.width) ? RADIUS + AROUND : box.width / 2;

    if (has_web(radar))
        draw_web(radar, canvas, theme, (Point){ box.x + middle, box.y + RADIUS + AROUND });
    for (guint i = 0; i < radar->axes->len; i++) {
        draw_row(axis_at(radar, i), canvas, theme, left, y, width, i);
        y += row_height(axis_at(radar, i), canvas, theme, width - 2 * DISC - 8);
    }
}

Radar *radar_new(void)
{
    static const FigureKind KIND = { radar_height, radar_draw, radar_free };
    Radar *radar = g_new0(Radar, 1);

    radar->figure.kind = &KIND;
    radar->axes = g_array_new(FALSE, FALSE, sizeof(Axis));
    g_array_set_clear_func(radar->axes, axis_clear);
    return radar;
}

void radar_add(Radar *radar, const Axis *axis)
{
    Axis own = *axis;

    own.title = g_strdup(axis->title);
    own.value = g_strdup(axis->value);
    own.detail = g_strdup(axis->detail);
    own.low = CLAMP(own.low, 0, 1);
    own.high = CLAMP(own.high, own.low, 1);
    g_array_append_val(radar->axes, own);
}
