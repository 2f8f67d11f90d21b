#include "page/canvas_pdf.h"
#include "page/writing.h"

#include <math.h>
#include <string.h>

#include "page/append.h"
#include "page/digits.h"
#include "page/tag_writer.h"

/* Instead of an element: nothing is open on a page; what is drawn says nothing. */
static const guint NOTHING = G_MAXUINT, ARTIFACT = G_MAXUINT - 1;

enum { HUNDREDTHS = 100, FARTHEST = 20000 /* points; readers allow no more than 32,767 */ };

static const double ROUND = 0.5522847498; /* control points of a quarter circle by a Bezier curve */
static const double MIDDLE_OF_CAPITALS = 0.36; /* above the baseline, in sizes */
static const double BOLDNESS = 0.03;           /* stroke that makes a letter bold, in sizes */

typedef struct {
    guint page;
    double y;
} Anchor;

typedef struct {
    guint page;
    Box area;
    char *target, *says;
    guint element;
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
    double line, dash, size;
    FontSource font; /* FONT_SOURCES: none */
    int bold;        /* -1: not said */
    guint marked;    /* the element that what follows belongs to */
    guint pieces;    /* of elements, begun so far */
} Sheet;

struct PdfCanvas {
    Canvas canvas; /* first: the back gets a pointer to it */
    double width, height;
    GPtrArray *sheets; /* of Sheet * */
    guint chosen;
    GHashTable *anchors; /* name -> Anchor * */
    GArray *links, *outline;
    TagTree *tree;
    GArray *open;      /* of guint: elements, the innermost last */
    GString *codes;    /* of the text being drawn */
    GPtrArray *images; /* of const Logo *: borrowed */
    gboolean untagged;
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
    g_free(((Link *)data)->says);
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
    char text[24], *at = text + sizeof text;
    guint64 hundredths;
    guint part;
    gboolean negative;

    if (!isfinite(value))
        value = 0;
    value = CLAMP(value, -FARTHEST, FARTHEST) * HUNDREDTHS;
    hundredths = (guint64)(fabs(value) + 0.5);
    negative = value < 0 && hundredths > 0;
    part = (guint)(hundredths % HUNDREDTHS);
    *--at = ' ';
    if (part) {
        *--at = (char)('0' + part % 10);
        *--at = (char)('0' + part / 10);
        *--at = '.';
    }
    hundredths /= HUNDREDTHS;
    do {
        *--at = (char)('0' + hundredths % 10);
        hundredths /= 10;
    } while (hundredths > 0);
    if (negative)
        *--at = '-';
    append_bytes(out, at, (gsize)(text + sizeof text - at));
}

/* For factors, which need more places. */
static void put_fine(GString *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    append_text(out, g_ascii_formatd(text, sizeof text, "%.5f", isfinite(value) ? value : 0));
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
    append_text(out, operator);
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
        append_text(sheet->operators, "w\n");
    }
    if (dash < sheet->dash || dash > sheet->dash) {
        g_string_append_c(sheet->operators, '[');
        if (dash > 0)
            put(sheet->operators, dash);
        append_text(sheet->operators, "] 0 d\n");
    }
    sheet->stroke = colour;
    sheet->line = line;
    sheet->dash = dash;
}

/* ---- what the page says ---- */

static guint innermost(const PdfCanvas *pdf)
{
    return g_array_index(pdf->open, guint, pdf->open->len - 1);
}

static gboolean is_group(const PdfCanvas *pdf, guint element)
{
    Tag tag = element == ARTIFACT ? TAG_ARTIFACT : tag_tree_at(pdf->tree, element)->tag;

    return tag == TAG_PART || tag == TAG_TABLE || tag == TAG_ROW;
}

static gboolean is_figure(const PdfCanvas *pdf, guint element)
{
    return element != ARTIFACT && tag_tree_at(pdf->tree, element)->tag == TAG_FIGURE;
}

static void end_piece(Sheet *sheet)
{
    if (sheet->marked != NOTHING)
        append_text(sheet->operators, "EMC\n");
    sheet->marked = NOTHING;
}

/* What is drawn next on the page chosen belongs to this element. */
static void begin_piece(PdfCanvas *pdf, Sheet *sheet, guint element)
{
    if (sheet->marked == element || pdf->untagged)
        return;
    end_piece(sheet);
    if (element == ARTIFACT) {
        append_text(sheet->operators, "/Artifact BMC\n");
    } else {
        g_string_append_c(sheet->operators, '/');
        append_text(sheet->operators, tag_writer_name(tag_tree_at(pdf->tree, element)->tag));
        digits_fill(sheet->operators, "<</MCID #>>BDC\n", sheet->pieces);
        tag_tree_content(pdf->tree, element, KID_CONTENT, pdf->chosen, sheet->pieces++);
    }
    sheet->marked = element;
}

static void resume(Canvas *canvas, guint element)
{
    g_array_append_val(((PdfCanvas *)canvas)->open, element);
}

/* A figure and an artifact are one piece, whatever is drawn in them. */
static guint open_element(Canvas *canvas, Tag tag, const char *note, guint columns)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    guint element = innermost(pdf);

    if (tag == TAG_ARTIFACT && !is_figure(pdf, element))
        element = ARTIFACT;
    else if (element != ARTIFACT && !is_figure(pdf, element) &&
             (tag != TAG_TEXT || is_group(pdf, element)))
        element =
            tag_tree_add(pdf->tree, element, tag == TAG_TEXT ? TAG_PARAGRAPH : tag, note, columns);
    resume(canvas, element);
    return element;
}

static void close_element(Canvas *canvas)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;

    g_return_if_fail(pdf->open->len > 1);
    g_array_set_size(pdf->open, pdf->open->len - 1);
}

/* ---- shapes and text ---- */

/* Shapes speak in figures only. */
static void begin_shape(Canvas *canvas, const Paint *paint)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    guint element = innermost(pdf);

    begin_piece(pdf, sheet_of(canvas), is_figure(pdf, element) ? element : ARTIFACT);
    set_fill(sheet_of(canvas), paint->fill);
    set_stroke(sheet_of(canvas), paint->stroke, paint->width, paint->dash);
}

static void end_shape(Canvas *canvas, const Paint *paint, gboolean closed)
{
    gboolean fills = closed && paint->fill != COLOUR_NONE, strokes = paint->stroke != COLOUR_NONE;
    const char *operator= fills ? (strokes ? "b*\n" : "f*\n")
    : strokes                   ? (closed ? "s\n" : "S\n")
                                : "n\n";

    append_text(sheet_of(canvas)->operators, operator);
}

static void draw_polygons(Canvas *canvas, const Point *points, const guint *counts, guint rings,
                          gboolean closed, const Paint *paint)
{
    GString *out = sheet_of(canvas)->operators;

    begin_shape(canvas, paint);
    for (guint ring = 0; ring < rings; points += counts[ring++]) {
        for (guint i = 0; i < counts[ring]; i++) {
            put_point(canvas, points[i]);
            append_text(out, i == 0 ? "m\n" : "l\n");
        }
        if (closed && rings > 1)
            append_text(out, "h\n");
    }
    end_shape(canvas, paint, closed);
}

static void draw_circle(Canvas *canvas, Point centre, double radius, const Paint *paint)
{
    static const double AROUND[5][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 } };
    GString *out = sheet_of(canvas)->operators;

    begin_shape(canvas, paint);
    put_point(canvas, (Point){ centre.x + radius, centre.y });
    append_text(out, "m\n");
    for (guint i = 0; i < 4; i++) {
        const double *from = AROUND[i], *to = AROUND[i + 1];

        put_point(canvas, (Point){ centre.x + radius * (from[0] + ROUND * to[0]),
                                   centre.y + radius * (from[1] + ROUND * to[1]) });
        put_point(canvas, (Point){ centre.x + radius * (to[0] + ROUND * from[0]),
                                   centre.y + radius * (to[1] + ROUND * from[1]) });
        put_point(canvas, (Point){ centre.x + radius * to[0], centre.y + radius * to[1] });
        append_text(out, "c\n");
    }
    end_shape(canvas, paint, TRUE);
}

static void set_font(Sheet *sheet, FontSource font, double size)
{
    if (sheet->font == font && !(size < sheet->size || size > sheet->size))
        return;
    g_string_append_c(sheet->operators, '/');
    append_text(sheet->operators, pdf_device_font_name(font));
    g_string_append_c(sheet->operators, ' ');
    put(sheet->operators, size);
    append_text(sheet->operators, "Tf\n");
    sheet->font = font;
    sheet->size = size;
}

/* PDF 32000-1, 7.3.4.2: what a string in parentheses cannot hold as it is. */
static void put_string(GString *out, const GString *codes)
{
    g_string_append_c(out, '(');
    for (gsize i = 0; i < codes->len; i++) {
        char byte = codes->str[i];

        if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
            g_string_append_c(out, '\\');
        g_string_append_c(out, byte == '\r' ? 'r' : byte);
    }
    append_text(out, ")Tj\n");
}

/* Codes of one font after the other. */
static void put_text(PdfCanvas *pdf, Sheet *sheet, const char *text, gsize length, double size)
{
    while (length > 0) {
        FontSource source = FONT_SHARED;
        gsize done;

        g_string_truncate(pdf->codes, 0);
        done = font_encode(pdf->canvas.font, text, length, pdf->codes, &source);
        set_font(sheet, source, size);
        put_string(sheet->operators, pdf->codes);
        text += done;
        length -= done;
    }
}

/* The font has one weight: bold is the outline drawn over the filled letter (text rendering mode
 * 2). */
static void set_weight(Sheet *sheet, const TextStyle *style)
{
    if (style->bold)
        set_stroke(sheet, style->colour, style->size * BOLDNESS, 0);
    if (sheet->bold != style->bold)
        append_text(sheet->operators, style->bold ? "2 Tr\n" : "0 Tr\n");
    sheet->bold = style->bold;
}

static void draw_text(Canvas *canvas, Point baseline, const char *text, gsize length,
                      const TextStyle *style)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Sheet *sheet = sheet_of(canvas);
    g_autofree char *turned = writing_turned(text, length);

    text = turned ? turned : text;
    open_element(canvas, TAG_TEXT, NULL, 1);
    begin_piece(pdf, sheet, innermost(pdf));
    set_fill(sheet, style->colour);
    append_text(sheet->operators, "BT\n");
    set_weight(sheet, style);
    put_point(canvas, baseline);
    append_text(sheet->operators, "Td\n");
    put_text(pdf, sheet, text, length, style->size);
    append_text(sheet->operators, "ET\n");
    close_element(canvas);
}

/* PDF 32000-1, 9.4.2: the matrix holds cosine, sine, -sine, cosine of the angle. */
static void draw_turned(Canvas *canvas, Point middle, double angle, const char *text,
                        const TextStyle *style)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Sheet *sheet = sheet_of(canvas);
    double half = canvas_text_width(canvas, text, style) / 2;
    double across = cos(angle), up = sin(angle), fall = style->size * MIDDLE_OF_CAPITALS;

    begin_piece(pdf, sheet, ARTIFACT);
    set_fill(sheet, style->colour);
    append_text(sheet->operators, "BT\n");
    set_weight(sheet, style);
    put_fine(sheet->operators, across);
    put_fine(sheet->operators, up);
    put_fine(sheet->operators, -up);
    put_fine(sheet->operators, across);
    put_point(canvas, (Point){ middle.x - half * across + fall * up,
                               middle.y + half * up + fall * across });
    append_text(sheet->operators, "Tm\n");
    put_text(pdf, sheet, text, strlen(text), style->size);
    append_text(sheet->operators, "ET\n");
}

/* Grounds and pictures of a page say nothing, unless they are part of a figure. */
static void draw_image(Canvas *canvas, const Logo *image, Box box)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Sheet *sheet = sheet_of(canvas);
    guint element = innermost(pdf), number = 0;

    while (number < pdf->images->len && pdf->images->pdata[number] != image)
        number++;
    if (number == pdf->images->len)
        g_ptr_array_add(pdf->images, (gpointer)image);
    begin_piece(pdf, sheet, is_figure(pdf, element) ? element : ARTIFACT);
    append_text(sheet->operators, "q ");
    put(sheet->operators, box.width);
    append_text(sheet->operators, "0 0 ");
    put(sheet->operators, box.height);
    put_point(canvas, (Point){ box.x, box.y + box.height });
    g_string_append_printf(sheet->operators, "cm /" PDF_IMAGE_NAME "%u Do Q\n", number);
}

static void add_anchor(Canvas *canvas, const char *name, double y)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Anchor *anchor = g_new(Anchor, 1);

    *anchor = (Anchor){ pdf->chosen, y };
    g_hash_table_replace(pdf->anchors, g_strdup(name), anchor);
}

static void add_link(Canvas *canvas, const char *name, Box area, const char *says)
{
    PdfCanvas *pdf = (PdfCanvas *)canvas;
    Link link = { pdf->chosen, area, g_strdup(name), g_strdup(says), innermost(pdf) };

    g_array_append_val(pdf->links, link);
}

static const CanvasBack BACK = {
    .polygons = draw_polygons,
    .circle = draw_circle,
    .text = draw_text,
    .anchor = add_anchor,
    .link = add_link,
    .open = open_element,
    .resume = resume,
    .close = close_element,
    .image = draw_image,
    .turned = draw_turned,
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
    pdf->tree = tag_tree_new();
    pdf->open = g_array_new(FALSE, TRUE, sizeof(guint));
    g_array_set_size(pdf->open, 1);
    pdf->codes = g_string_new(NULL);
    pdf->images = g_ptr_array_new();
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
    tag_tree_free(pdf->tree);
    g_array_unref(pdf->open);
    g_string_free(pdf->codes, TRUE);
    g_ptr_array_unref(pdf->images);
    g_free(pdf);
}

void pdf_canvas_untagged(PdfCanvas *pdf)
{
    pdf->untagged = TRUE;
}

Canvas *pdf_canvas(PdfCanvas *pdf)
{
    return &pdf->canvas;
}

void pdf_canvas_add_page(PdfCanvas *pdf)
{
    Sheet *sheet = g_new0(Sheet, 1);

    *sheet = (Sheet){ .operators = g_string_sized_new(1 << 13),
                      .fill = COLOUR_NONE,
                      .stroke = COLOUR_NONE,
                      .line = -1,
                      .font = FONT_SOURCES,
                      .bold = -1,
                      .marked = NOTHING };
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
    guint number = 0;

    for (guint i = 0; i < pdf->links->len; i++) {
        const Link *link = &g_array_index(pdf->links, Link, i);
        const Anchor *anchor = g_hash_table_lookup(pdf->anchors, link->target);
        Box area = link->area;

        if (!anchor)
            continue;
        pdf_device_link(device, link->page, area.x, pdf->height - area.y - area.height,
                        area.x + area.width, pdf->height - area.y, anchor->page,
                        pdf->height - anchor->y, link->says);
        if (link->element != ARTIFACT && !pdf->untagged)
            tag_tree_content(pdf->tree, link->element, KID_LINK, link->page, number);
        number++;
    }
}

static void add_pages(PdfCanvas *pdf, PdfDevice *device)
{
    for (guint i = 0; i < pdf->sheets->len; i++) {
        Sheet *sheet = pdf->sheets->pdata[i];

        end_piece(sheet);
        pdf_device_page(device, pdf->width, pdf->height, sheet->operators);
    }
}

static gboolean add_fonts(PdfCanvas *pdf, PdfDevice *device, GError **error)
{
    for (FontSource source = 0; source < FONT_SOURCES; source++) {
        g_autoptr(FontSubset) subset = NULL;

        if (!font_uses(pdf->canvas.font, source))
            continue;
        subset = font_subset(pdf->canvas.font, source, pdf_device_deflater(device), error);
        if (!subset)
            return FALSE;
        pdf_device_font(device, source, subset);
    }
    return TRUE;
}

GBytes *pdf_canvas_finish(PdfCanvas *pdf, const PdfInfo *info, GError **error)
{
    g_autoptr(PdfDevice) device = pdf_device_new(error);

    if (!device)
        return NULL;
    add_pages(pdf, device);
    if (!add_fonts(pdf, device, error))
        return NULL;
    for (guint i = 0; i < pdf->images->len; i++)
        pdf_device_image(device, i, pdf->images->pdata[i]);
    add_links(pdf, device);
    if (!pdf->untagged)
        pdf_device_tags(device, pdf->tree);
    for (guint i = 0; i < pdf->outline->len; i++) {
        const Entry *entry = &g_array_index(pdf->outline, Entry, i);

        pdf_device_outline(device, entry->depth, entry->title, entry->page, pdf->height - entry->y);
    }
    pdf_device_info(device, info);
    return pdf_device_finish(device, error);
}
