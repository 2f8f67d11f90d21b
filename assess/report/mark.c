#include "report/mark.h"

Mark mark_of(Status status)
{
    static const MarkKind KINDS[] = {
        [STATUS_MET] = MARK_MET,
        [STATUS_WAIVED] = MARK_WAIVED,
        [STATUS_UNMET] = MARK_UNMET,
        [STATUS_UNKNOWN] = MARK_UNKNOWN,
        [STATUS_NOT_APPLICABLE] = MARK_NOT_APPLICABLE,
    };

    return (Mark){ KINDS[status], 0, 0 };
}

Colour mark_colour(const Theme *theme, Mark mark)
{
    static const Tone TONES_OF[] = {
        [MARK_NONE] = TONE_INK,        [MARK_MET] = TONE_MET,
        [MARK_WAIVED] = TONE_WAIVED,   [MARK_UNMET] = TONE_UNMET,
        [MARK_UNKNOWN] = TONE_UNKNOWN, [MARK_NOT_APPLICABLE] = TONE_NOT_APPLICABLE,
        [MARK_PIPS] = TONE_MET,        [MARK_ERROR] = TONE_UNMET,
        [MARK_WARNING] = TONE_UNKNOWN, [MARK_TO_DO] = TONE_UNMET,
        [MARK_DONE] = TONE_MET,
    };

    return theme->tones[TONES_OF[mark.kind]];
}

static const double PIP = 0.6; /* width of a pip and its gap, in heights */

double mark_width(Mark mark, double size)
{
    if (mark.kind == MARK_NONE)
        return 0;
    return mark.kind == MARK_PIPS ? mark.total * PIP * size : size;
}

static void draw_strokes(Canvas *canvas, const double (*points)[2], guint n, double x, double y,
                         double size, Colour colour)
{
    Point path[4];
    Paint paint = { COLOUR_NONE, colour, size * 0.14, 0 };

    for (guint i = 0; i < n; i++)
        path[i] = (Point){ x + points[i][0] * size, y + points[i][1] * size };
    canvas_polyline(canvas, path, n, &paint);
}

static void draw_tick(Canvas *canvas, const Theme *theme, double x, double y, double size,
                      Colour colour)
{
    static const double TICK[][2] = { { 0.25, 0.02 }, { 0.44, 0.2 }, { 0.76, -0.19 } };

    canvas_circle(canvas, x + size / 2, y, size / 2, &(Paint){ colour, COLOUR_NONE, 0, 0 });
    draw_strokes(canvas, TICK, G_N_ELEMENTS(TICK), x, y, size, theme->tones[TONE_PAPER]);
}

static void draw_cross(Canvas *canvas, const Theme *theme, double x, double y, double size,
                       Colour colour)
{
    static const double FALLING[][2] = { { 0.26, -0.24 }, { 0.74, 0.24 } },
                        RISING[][2] = { { 0.26, 0.24 }, { 0.74, -0.24 } };

    canvas_rectangle(canvas, (Box){ x + 0.03 * size, y - 0.47 * size, 0.94 * size, 0.94 * size },
                     &(Paint){ colour, COLOUR_NONE, 0, 0 });
    draw_strokes(canvas, FALLING, 2, x, y, size, theme->tones[TONE_PAPER]);
    draw_strokes(canvas, RISING, 2, x, y, size, theme->tones[TONE_PAPER]);
}

static void draw_open(Canvas *canvas, const Theme *theme, double x, double y, double size,
                      Colour colour)
{
    TextStyle style = { size * 0.82, size, colour, TRUE };

    canvas_circle(canvas, x + size / 2, y, size * 0.45,
                  &(Paint){ theme->tones[TONE_PAPER], colour, size * 0.1, 0 });
    canvas_text(canvas, x + size / 2, y + size * 0.29, "?", &style, ALIGN_CENTRE);
}

static void draw_half(Canvas *canvas, const Theme *theme, double x, double y, double size,
                      Colour colour)
{
    Point middle = { x + size / 2, y };
    double r = size * 0.46;
    Point half[] = { { middle.x, middle.y - r },
                     { middle.x + r, middle.y },
                     { middle.x, middle.y + r },
                     { middle.x - r, middle.y } };

    canvas_polygon(canvas, half, 4, &(Paint){ theme->tones[TONE_PAPER], colour, size * 0.1, 0 });
    canvas_polygon(canvas, half, 3, &(Paint){ colour, COLOUR_NONE, 0, 0 });
}

static void draw_dash(Canvas *canvas, double x, double y, double size, Colour colour)
{
    canvas_line(canvas, x + 0.12 * size, y, x + 0.88 * size, y, colour, size * 0.16);
}

static void draw_warning(Canvas *canvas, const Theme *theme, double x, double y, double size,
                         Colour colour)
{
    TextStyle style = { size * 0.7, size, theme->tones[TONE_PAPER], TRUE };
    Point corners[] = { { x + size / 2, y - size * 0.5 },
                        { x + size, y + size * 0.45 },
                        { x, y + size * 0.45 } };

    canvas_polygon(canvas, corners, 3, &(Paint){ colour, COLOUR_NONE, 0, 0 });
    canvas_text(canvas, x + size / 2, y + size * 0.36, "!", &style, ALIGN_CENTRE);
}

static void draw_pips(Canvas *canvas, const Theme *theme, Mark mark, double x, double y,
                      double size, Colour colour)
{
    for (guint i = 0; i < mark.total; i++) {
        Box pip = { x + i * PIP * size, y - size * 0.3, size * (PIP - 0.14), size * 0.6 };
        gboolean full = i < mark.filled;

        canvas_rectangle(canvas, pip,
                         &(Paint){ full ? colour : theme->tones[TONE_PAPER],
                                   full ? colour : theme->tones[TONE_NOT_APPLICABLE], size * 0.07,
                                   0 });
    }
}

static void draw_box(Canvas *canvas, const Theme *theme, Mark mark, double x, double y, double size,
                     Colour colour)
{
    static const double TICK[][2] = { { 0.22, 0.02 }, { 0.42, 0.22 }, { 0.8, -0.24 } };

    canvas_rectangle(canvas, (Box){ x + 0.06 * size, y - 0.44 * size, 0.88 * size, 0.88 * size },
                     &(Paint){ theme->tones[TONE_PAPER], colour, size * 0.1, 0 });
    if (mark.kind == MARK_DONE)
        draw_strokes(canvas, TICK, G_N_ELEMENTS(TICK), x, y, size, colour);
}

static void draw_kind(Canvas *canvas, const Theme *theme, Mark mark, double x, double y,
                      double size)
{
    Colour colour = mark_colour(theme, mark);

    switch (mark.kind) {
    case MARK_NONE:
        break;
    case MARK_MET:
        draw_tick(canvas, theme, x, y, size, colour);
        break;
    case MARK_WAIVED:
        draw_half(canvas, theme, x, y, size, colour);
        break;
    case MARK_UNMET:
    case MARK_ERROR:
        draw_cross(canvas, theme, x, y, size, colour);
        break;
    case MARK_UNKNOWN:
        draw_open(canvas, theme, x, y, size, colour);
        break;
    case MARK_NOT_APPLICABLE:
        draw_dash(canvas, x, y, size, colour);
        break;
    case MARK_WARNING:
        draw_warning(canvas, theme, x, y, size, colour);
        break;
    case MARK_TO_DO:
    case MARK_DONE:
        draw_box(canvas, theme, mark, x, y, size, colour);
        break;
    case MARK_PIPS:
        draw_pips(canvas, theme, mark, x, y, size, colour);
        break;
    }
}

void mark_draw(Canvas *canvas, const Theme *theme, Mark mark, double x, double y, double size)
{
    if (mark.kind == MARK_NONE)
        return;
    canvas_open(canvas, TAG_ARTIFACT, NULL);
    draw_kind(canvas, theme, mark, x, y, size);
    canvas_close(canvas);
}
