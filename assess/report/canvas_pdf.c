#include "report/canvas_pdf.h"

#include <math.h>
#include <string.h>

enum { HUNDREDTHS = 100, FARTHEST = 20000 /* points; readers allow no more than 32,767 */ };

static const double ROUND = 0.5522847498; /* control points of a quarter circle by a Bezier curve */
static const double BOLDNESS = 0.03;      /* stroke that makes a letter bold, in sizes */

typedef struct {
    guint page;
    double y;
} Anchor;

typedef struct {
    guint page;
    Box area;
    char *target;
} Link;

typedef struct {
    guint depth, page;
    char *title;
    double y;
} Entry;

/* Operators of one page, and the state they have left behind, so that nothing is said twice. */
typedef struct {
    GString *operators;
    Colour fill, stroke;
    double line, dash;
} Sheet;

struct PdfCanvas {
    Canvas canvas; /* first: the back gets a pointer to it */
    double width, height;
    GPtrArray *sheets; /* of Sheet * */
    guint chosen;
    GHashTable *anchors; /* name -> Anchor * */
    GArray *links, *outline;
};

static void sheet_free(gpointer data)
{
    Sheet *sheet = data;

    g_string_free(sheet->operators, TRUE);
    g_free(sheet);
}

static void link_clear(gpointer data)
{
    g_free(((Link *)data)->target);
}

static void entry_clear(gpointer data)
{
    g_free(((Entry *)data)->title);
}

static Sheet *sheet_of(Canvas *canvas)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;

    return pdf->sheets->pdata[pdf->chosen];
}

/* A number and a blank, whatever the locale; NaN and infinity would break the page, so they become
 * 0. */
static void put(GString *out, double value)
{
    gint64 hundredths;

    if (!isfinite(value))
        value = 0;
    hundredths = llround(CLAMP(value, -FARTHEST, FARTHEST) * HUNDREDTHS);
    if (hundredths < 0)
        g_string_append_c(out, '-');
    hundredths = ABS(hundredths);
    g_string_append_printf(out, "%" G_GINT64_FORMAT, hundredths / HUNDREDTHS);
    if (hundredths % HUNDREDTHS)
        g_string_append_printf(out, ".%02d", (int)(hundredths % HUNDREDTHS));
    g_string_append_c(out, ' ');
}

static void put_point(Canvas *canvas, Point point)
{
    GString *out = sheet_of(canvas)->operators;

    put(out, point.x);
    put(out, ((PdfCanvas *)canvas)->height - point.y);
}

static void put_colour(GString *out, Colour colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8)
        put(out, (colour >> shift & 0xff) / 255.0);
    g_string_append(out, operator);
}

static void set_fill(Sheet *sheet, Colour colour)
{
    if (colour == COLOUR_NONE || colour == sheet->fill)
        return;
    put_colour(sheet->operators, colour, "rg\n");
    sheet->fill = colour;
}

static void set_stroke(Sheet *sheet, Colour colour, double line, double dash)
{
    if (colour == COLOUR_NONE)
        return;
    if (colour != sheet->stroke)
        put_colour(sheet->operators, colour, "RG\n");
    if (line < sheet->line || line > sheet->line) {
        put(sheet->operators, line);
        g_string_append(sheet->operators, "w\n");
    }
    if (dash < sheet->dash || dash > sheet->dash) {
        g_string_append_c(sheet->operators, '[');
        if (dash > 0)
            put(sheet->operators, dash);
        g_string_append(sheet->operators, "] 0 d\n");
    }
    sheet->stroke = colour;
    sheet->line = line;
    sheet->dash = dash;
}

static void begin_shape(Canvas *canvas, const Paint *paint)
{
    set_fill(sheet_of(canvas), paint->fill);
    set_stroke(sheet_of(canvas), paint->stroke, paint->width, paint->dash);
}

static void end_shape(Canvas *canvas, const Paint *paint, gboolean closed)
{
    gboolean fills = closed && paint->fill != COLOUR_NONE, strokes = paint->stroke != COLOUR_NONE;
    const char *operator= fills ? (strokes ? "b*\n" : "f*\n")
    : strokes                   ? (closed ? "s\n" : "S\n")
                                : "n\n";

    g_string_append(sheet_of(canvas)->operators, operator);
}

static void draw_polygons(Canvas *canvas, const Point *points, const guint *counts, guint rings,
                          gboolean closed, const Paint *paint)
{
    GString *out = sheet_of(canvas)->operators;

    begin_shape(canvas, paint);
    for (guint ring = 0; ring < rings; points += counts[ring++]) {
        for (guint i = 0; i < counts[ring]; i++) {
            put_point(canvas, points[i]);
            g_string_append(out, i == 0 ? "m\n" : "l\n");
        }
        if (closed && rings > 1)
            g_string_append(out, "h\n");
    }
    end_shape(canvas, paint, closed);
}

static void draw_circle(Canvas *canvas, Point centre, double radius, const Paint *paint)
{
    static const double AROUND[5][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 } };
    GString *out = sheet_of(canvas)->operators;

    begin_shape(canvas, paint);
    put_point(canvas, (Point){ centre.x + radius, centre.y });
    g_string_append(out, "m\n");
    for (guint i = 0; i < 4; i++) {
        const double *from = AROUND[i], *to = AROUND[i + 1];

        put_point(canvas, (Point){ centre.x + radius * (from[0] + ROUND * to[0]),
                                   centre.y + radius * (from[1] + ROUND * to[1]) });
        put_point(canvas, (Point){ centre.x + radius * (to[0] + ROUND * from[0]),
                                   centre.y + radius * (to[1] + ROUND * from[1]) });
        put_point(canvas, (Point){ centre.x + radius * to[0], centre.y + radius * to[1] });
        g_string_append(out, "c\n");
    }
    end_shape(canvas, paint, TRUE);
}

/* The font has one weight: bold is the outline drawn over the filled letter (text rendering mode
 * 2). */
static void draw_text(Canvas *canvas, Point baseline, const char *text, gsize length,
                      const TextStyle *style)
{
    Sheet *sheet = sheet_of(canvas);
    GString *out = sheet->operators;

    set_fill(sheet, style->colour);
    if (style->bold)
        set_stroke(sheet, style->colour, style->size * BOLDNESS, 0);
    g_string_append(out, "BT /" PDF_FONT_NAME " ");
    put(out, style->size);
    g_string_append(out, style->bold ? "Tf 2 Tr " : "Tf 0 Tr ");
    put_point(canvas, baseline);
    g_string_append(out, "Td <");
    font_encode(canvas->font, text, length, out);
    g_string_append(out, "> Tj ET\n");
}

static void add_anchor(Canvas *canvas, const char *name, double y)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Anchor *anchor = g_new(Anchor, 1);

    *anchor = (Anchor){ pdf->chosen, y };
    g_hash_table_replace(pdf->anchors, g_strdup(name), anchor);
}

static void add_link(Canvas *canvas, const char *name, Box area)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Link link = { pdf->chosen, area, g_strdup(name) };

    g_array_append_val(pdf->links, link);
}

static const CanvasBack BACK = {
    .polygons = draw_polygons,
    .circle = draw_circle,
    .text = draw_text,
    .anchor = add_anchor,
    .link = add_link,
};

PdfCanvas *pdf_canvas_new(Font *font, double width, double height)
{
    PdfCanvas *pdf = g_new0(PdfCanvas, 1);

    pdf->canvas.back = &BACK;
    pdf->canvas.font = font;
    pdf->width = width;
    pdf->height = height;
    pdf->sheets = g_ptr_array_new_with_free_func(sheet_free);
    pdf->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    pdf->links = g_array_new(FALSE, FALSE, sizeof(Link));
    g_array_set_clear_func(pdf->links, link_clear);
    pdf->outline = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(pdf->outline, entry_clear);
    return pdf;
}

void pdf_canvas_free(PdfCanvas *pdf)
{
    if (!pdf)
        return;
    g_ptr_array_unref(pdf->sheets);
    g_hash_table_unref(pdf->anchors);
    g_array_unref(pdf->links);
    g_array_unref(pdf->outline);
    g_free(pdf);
}

Canvas *pdf_canvas(PdfCanvas *pdf)
{
    return &pdf->canvas;
}

void pdf_canvas_add_page(PdfCanvas *pdf)
{
    Sheet *sheet = g_new0(Sheet, 1);

    *sheet = (Sheet){ g_string_new(NULL), COLOUR_NONE, COLOUR_NONE, -1, 0 };
    g_ptr_array_add(pdf->sheets, sheet);
    pdf->chosen = pdf->sheets->len - 1;
}

void pdf_canvas_choose(PdfCanvas *pdf, guint page)
{
    g_return_if_fail(page < pdf->sheets->len);
    pdf->chosen = page;
}

guint pdf_canvas_pages(const PdfCanvas *pdf)
{
    return pdf->sheets->len;
}

void pdf_canvas_outline(PdfCanvas *pdf, guint depth, const char *title, double y)
{
    Entry entry = { depth, pdf->chosen, g_strdup(title), y };

    g_array_append_val(pdf->outline, entry);
}

static void add_links(const PdfCanvas *pdf, PdfDevice *device)
{
    for (guint i = 0; i < pdf->links->len; i++) {
        const Link *link = &g_array_index(pdf->links, Link, i);
        const Anchor *anchor = g_hash_table_lookup(pdf->anchors, link->target);
        Box area = link->area;

        if (anchor)
            pdf_device_link(device, link->page, area.x, pdf->height - area.y - area.height,
                            area.x + area.width, pdf->height - area.y, anchor->page,
                            pdf->height - anchor->y);
    }
}

GBytes *pdf_canvas_finish(PdfCanvas *pdf, const PdfInfo *info, GError **error)
{
    g_autoptr(FontSubset) subset = font_subset(pdf->canvas.font, error);
    g_autoptr(PdfDevice) device = subset ? pdf_device_new(error) : NULL;

    if (!device)
        return NULL;
    for (guint i = 0; i < pdf->sheets->len; i++)
        pdf_device_page(device, pdf->width, pdf->height,
                        ((Sheet *)pdf->sheets->pdata[i])->operators);
    pdf_device_font(device, subset);
    add_links(pdf, device);
    for (guint i = 0; i < pdf->outline->len; i++) {
        const Entry *entry = &g_array_index(pdf->outline, Entry, i);

        pdf_device_outline(device, entry->depth, entry->title, entry->page, pdf->height - entry->y);
    }
    pdf_device_info(device, info);
    return pdf_device_finish(device, error);
}
