#include "report/canvas_svg.h"

#include "report/markup.h"

static const double MARK_SIZE = 16;

typedef struct {
    Canvas canvas; /* first: the back gets a pointer to it */
    const Theme *theme;
    GString *out;
} SvgCanvas;

/* Two tones may share a colour; then the first stands for both. */
static void put_colour(GString *out, const Theme *theme, Colour colour, char property,
                       gboolean is_first)
{
    for (Tone tone = 0; tone < TONES; tone++)
        if (theme->tones[tone] == colour) {
            g_string_append_printf(out, "%s%c-%s", is_first ? "" : " ", property,
                                   theme_tone_name(tone));
            return;
        }
}

static void put_paint(Canvas *canvas, const Paint *paint, gboolean fills)
{
    const SvgCanvas *svg = (const SvgCanvas *)canvas;
    gboolean filled = fills && paint->fill != COLOUR_NONE, stroked = paint->stroke != COLOUR_NONE;

    g_string_append(svg->out, " class=\"");
    if (filled)
        put_colour(svg->out, svg->theme, paint->fill, 'f', TRUE);
    else
        g_string_append(svg->out, "f0");
    if (stroked)
        put_colour(svg->out, svg->theme, paint->stroke, 's', FALSE);
    g_string_append_c(svg->out, '"');
    if (stroked)
        markup_measure(svg->out, "stroke-width", paint->width);
    if (stroked && paint->dash > 0)
        markup_measure(svg->out, "stroke-dasharray", paint->dash);
}

static void draw_polygons(Canvas *canvas, const Point *points, const guint *counts, guint rings,
                          gboolean closed, const Paint *paint)
{
    GString *out = ((SvgCanvas *)canvas)->out;

    g_string_append(out, "<path");
    put_paint(canvas, paint, closed);
    if (rings > 1)
        g_string_append(out, " fill-rule=\"evenodd\"");
    g_string_append(out, " d=\"");
    for (guint ring = 0; ring < rings; points += counts[ring++]) {
        for (guint i = 0; i < counts[ring]; i++) {
            g_string_append_c(out, i == 0 ? 'M' : 'L');
            markup_number(out, points[i].x);
            g_string_append_c(out, ' ');
            markup_number(out, points[i].y);
        }
        if (closed)
            g_string_append_c(out, 'Z');
    }
    g_string_append(out, "\"/>");
}

static void draw_circle(Canvas *canvas, Point centre, double radius, const Paint *paint)
{
    GString *out = ((SvgCanvas *)canvas)->out;

    g_string_append(out, "<circle");
    put_paint(canvas, paint, TRUE);
    markup_measure(out, "cx", centre.x);
    markup_measure(out, "cy", centre.y);
    markup_measure(out, "r", radius);
    g_string_append(out, "/>");
}

static void draw_text(Canvas *canvas, Point baseline, const char *text, gsize length,
                      const TextStyle *style)
{
    const SvgCanvas *svg = (const SvgCanvas *)canvas;
    GString *out = svg->out;

    while (length > 0 && text[length - 1] == ' ')
        length--; /* the blank that a line was broken at */
    g_string_append(out, "<text class=\"");
    put_colour(out, svg->theme, style->colour, 'f', TRUE);
    g_string_append(out, style->bold ? " b\"" : "\"");
    markup_measure(out, "x", baseline.x);
    markup_measure(out, "y", baseline.y);
    markup_measure(out, "font-size", style->size);
    if (g_utf8_strlen(text, (gssize)length) > 1)
        markup_measure(out, "textLength", font_width(canvas->font, text, length, style->size));
    g_string_append(out, " lengthAdjust=\"spacingAndGlyphs\">");
    markup_text_n(out, text, length);
    g_string_append(out, "</text>");
}

/* The page has its own anchors and links. */
static void add_anchor(Canvas *canvas, const char *name, double y)
{
    (void)canvas;
    (void)name;
    (void)y;
}

static void add_link(Canvas *canvas, const char *name, Box area, const char *says)
{
    (void)canvas;
    (void)name;
    (void)area;
    (void)says;
}

static const CanvasBack BACK = { .polygons = draw_polygons,
                                 .circle = draw_circle,
                                 .text = draw_text,
                                 .anchor = add_anchor,
                                 .link = add_link };

static void open_element(GString *out, double width, double height)
{
    g_string_append(out, " viewBox=\"0 0 ");
    markup_number(out, width);
    g_string_append_c(out, ' ');
    markup_number(out, height);
    g_string_append_c(out, '"');
    markup_measure(out, "width", width);
    markup_measure(out, "height", height);
}

static void put_words(GString *out, const SvgFrame *frame)
{
    if (!frame->alt) {
        g_string_append(out, " aria-hidden=\"true\">");
        return;
    }
    g_string_append_printf(out, " role=\"img\" aria-labelledby=\"%s-t\" aria-describedby=\"%s-d\">",
                           frame->id, frame->id);
    g_string_append_printf(out, "<title id=\"%s-t\">", frame->id);
    markup_text(out, frame->title);
    g_string_append_printf(out, "</title><desc id=\"%s-d\">", frame->id);
    markup_text(out, frame->alt);
    g_string_append(out, "</desc>");
}

void svg_figure(GString *out, const Figure *figure, Font *font, const Theme *theme,
                const SvgFrame *frame)
{
    SvgCanvas svg = { { &BACK, font }, theme, out };
    double height = figure->kind->height(figure, &svg.canvas, theme, frame->width);

    g_string_append(out, "<svg");
    markup_attribute(out, "id", frame->id);
    markup_attribute(out, "class", frame->kind);
    open_element(out, frame->width, height);
    put_words(out, frame);
    figure->kind->draw(figure, &svg.canvas, theme, (Box){ 0, 0, frame->width, height });
    g_string_append(out, "</svg>");
}

void svg_symbols(GString *out, Font *font, const Theme *theme)
{
    SvgCanvas svg = { { &BACK, font }, theme, out };

    g_string_append(out, "<svg class=\"symbols\" width=\"0\" height=\"0\" aria-hidden=\"true\">");
    for (MarkKind kind = MARK_NONE + 1; kind <= MARK_DONE; kind++) {
        if (kind == MARK_PIPS)
            continue;
        g_string_append_printf(out, "<symbol id=\"mark-%d\" viewBox=\"0 0 16 16\">", (int)kind);
        mark_draw(&svg.canvas, theme, (Mark){ kind, 0, 0 }, 0, MARK_SIZE / 2, MARK_SIZE);
        g_string_append(out, "</symbol>");
    }
    g_string_append(out, "</svg>\n");
}

void svg_mark(GString *out, Mark mark, Font *font, const Theme *theme)
{
    SvgCanvas svg = { { &BACK, font }, theme, out };

    if (mark.kind == MARK_NONE)
        return;
    g_string_append(out,
                    mark.kind == MARK_PIPS ? "<svg class=\"mark pips\"" : "<svg class=\"mark\"");
    open_element(out, mark_width(mark, MARK_SIZE), MARK_SIZE);
    g_string_append(out, " aria-hidden=\"true\">");
    if (mark.kind == MARK_PIPS)
        mark_draw(&svg.canvas, theme, mark, 0, MARK_SIZE / 2, MARK_SIZE);
    else
        g_string_append_printf(out, "<use href=\"#mark-%d\"/>", (int)mark.kind);
    g_string_append(out, "</svg>");
}
