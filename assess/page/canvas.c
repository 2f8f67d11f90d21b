#include "page/canvas.h"

#include <string.h>

static const char ELLIPSIS[] = "...";
/* Of a line's height, what lies above the baseline: centres capital letters and Chinese characters
 * in the line. */
static const double ABOVE_BASELINE = 0.5;
static const double CAPITALS = 0.36; /* half the height of capitals, in sizes */

void canvas_line(Canvas *canvas, double x1, double y1, double x2, double y2, Colour colour,
                 double width)
{
    Paint paint = { COLOUR_NONE, colour, width, 0 };

    canvas_polyline(canvas, (Point[]){ { x1, y1 }, { x2, y2 } }, 2, &paint);
}

void canvas_polyline(Canvas *canvas, const Point *points, guint n, const Paint *paint)
{
    canvas->back->polygons(canvas, points, &n, 1, FALSE, paint);
}

void canvas_polygon(Canvas *canvas, const Point *points, guint n, const Paint *paint)
{
    canvas->back->polygons(canvas, points, &n, 1, TRUE, paint);
}

void canvas_ring(Canvas *canvas, const Point *outer, const Point *inner, guint n,
                 const Paint *paint)
{
    g_autofree Point *both = g_new(Point, 2 * n);

    memcpy(both, outer, n * sizeof *both);
    memcpy(both + n, inner, n * sizeof *both);
    canvas->back->polygons(canvas, both, (guint[]){ n, n }, 2, TRUE, paint);
}

void canvas_rectangle(Canvas *canvas, Box box, const Paint *paint)
{
    double right = box.x + box.width, bottom = box.y + box.height;
    Point corners[] = { { box.x, box.y }, { right, box.y }, { right, bottom }, { box.x, bottom } };

    canvas_polygon(canvas, corners, G_N_ELEMENTS(corners), paint);
}

void canvas_circle(Canvas *canvas, double x, double y, double radius, const Paint *paint)
{
    canvas->back->circle(canvas, (Point){ x, y }, radius, paint);
}

guint canvas_open(Canvas *canvas, Tag tag, const char *note)
{
    return canvas->back->open ? canvas->back->open(canvas, tag, note, 1) : 0;
}

guint canvas_open_across(Canvas *canvas, guint columns)
{
    return canvas->back->open ? canvas->back->open(canvas, TAG_HEAD, NULL, columns) : 0;
}

void canvas_resume(Canvas *canvas, guint element)
{
    if (canvas->back->resume)
        canvas->back->resume(canvas, element);
}

void canvas_close(Canvas *canvas)
{
    if (canvas->back->close)
        canvas->back->close(canvas);
}

static void draw_aligned(Canvas *canvas, double x, double baseline, const char *text, gsize length,
                         double width, const TextStyle *style, Align align)
{
    double shift = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? width : width / 2;

    if (length > 0)
        canvas->back->text(canvas, (Point){ x - shift, baseline }, text, length, style);
}

void canvas_text(Canvas *canvas, double x, double baseline, const char *text,
                 const TextStyle *style, Align align)
{
    draw_aligned(canvas, x, baseline, text, strlen(text), canvas_text_width(canvas, text, style),
                 style, align);
}

/* Who hears the text needs the blank between two lines' words. */
void canvas_text_line(Canvas *canvas, double x, double baseline, const Line *line,
                      const TextStyle *style, Align align)
{
    gsize blank = line->length > 0 && line->text[line->length] == ' ' ? 1 : 0;

    draw_aligned(canvas, x, baseline, line->text, line->length + blank, line->width, style, align);
}

double canvas_baseline(const TextStyle *style)
{
    return style->leading * ABOVE_BASELINE + style->size * CAPITALS;
}

double canvas_text_width(Canvas *canvas, const char *text, const TextStyle *style)
{
    return font_width(canvas->font, text, strlen(text), style->size);
}

/* The line's own text, or with an ellipsis if more text was to follow. */
static char *last_line(Canvas *canvas, const Line *line, double width, const TextStyle *style)
{
    g_autofree char *text = g_strndup(line->text, line->length);
    g_autofree char *marked = g_strconcat(text, ELLIPSIS, NULL);

    return canvas_elided(canvas, marked, width, style);
}

double canvas_paragraph(Canvas *canvas, double x, double top, double width, const char *text,
                        const TextStyle *style, Align align, guint limit)
{
    g_autoptr(GArray) lines = paragraph_lines(canvas->font, text, style->size, width);
    guint shown = limit && lines->len > limit ? limit : lines->len;
    double at = align == ALIGN_LEFT ? x : align == ALIGN_RIGHT ? x + width : x + width / 2;

    canvas_open(canvas, TAG_TEXT, NULL);
    for (guint i = 0; i < shown; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        double baseline = top + style->leading * i + canvas_baseline(style);

        if (i + 1 == shown && shown < lines->len) {
            g_autofree char *cut = last_line(canvas, line, width, style);

            canvas_text(canvas, at, baseline, cut, style, align);
        } else {
            canvas_text_line(canvas, at, baseline, line, style, align);
        }
    }
    canvas_close(canvas);
    return shown * style->leading;
}

double canvas_paragraph_height(Canvas *canvas, double width, const char *text,
                               const TextStyle *style, guint limit)
{
    guint lines = paragraph_count(canvas->font, text, style->size, width);

    return (limit && lines > limit ? limit : lines) * style->leading;
}

char *canvas_elided(Canvas *canvas, const char *text, double width, const TextStyle *style)
{
    double room = width - canvas_text_width(canvas, ELLIPSIS, style);
    const char *end = text;
    double used = 0;

    if (canvas_text_width(canvas, text, style) <= width)
        return g_strdup(text);
    while (*end) {
        used += font_advance(canvas->font, g_utf8_get_char(end)) * style->size / FONT_EM;
        if (used > room)
            break;
        end = g_utf8_next_char(end);
    }
    while (end > text && end[-1] == ' ')
        end--;
    return g_strdup_printf("%.*s%s", (int)(end - text), text, ELLIPSIS);
}

void canvas_image(Canvas *canvas, const Logo *image, Box box)
{
    if (canvas->back->image)
        canvas->back->image(canvas, image, box);
}

void canvas_turned(Canvas *canvas, double x, double y, double angle, const char *text,
                   const TextStyle *style)
{
    if (canvas->back->turned && *text)
        canvas->back->turned(canvas, (Point){ x, y }, angle, text, style);
}

void canvas_anchor(Canvas *canvas, const char *name, double y)
{
    canvas->back->anchor(canvas, name, y);
}

void canvas_link(Canvas *canvas, const char *name, Box area, const char *says)
{
    canvas->back->link(canvas, name, area, says);
}
