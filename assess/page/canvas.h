/* canvas.h - what charts, tables and text are drawn on: polygons, circles, text, anchors and links,
 * in points from the upper left corner of a page, y downwards. A format gives it a back; who draws
 * knows none. Numbers that are not finite are drawn as 0. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "page/font.h"
#include "page/logo.h"
#include "page/paragraph.h"

/* 0xRRGGBB, or none. */
typedef guint32 Colour;
#define COLOUR_NONE ((Colour)0xff000000)

typedef struct {
    double x, y;
} Point;

typedef struct {
    double x, y, width, height;
} Box;

/* Line width and the length of dashes (0: a whole line) count only with a stroke. */
typedef struct {
    Colour fill, stroke;
    double width, dash;
} Paint;

typedef struct {
    double size, leading;
    Colour colour;
    gboolean bold;
} TextStyle;

typedef enum { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;

/* What is drawn, to someone who hears the page. A format that has no use for it leaves it out. */
typedef enum {
    TAG_ARTIFACT, /* says nothing: rules, marks beside their words, what stands on every page */
    TAG_PART,     /* a group; its note is the language */
    TAG_TABLE,
    TAG_ROW,
    TAG_HEAD, /* cells */
    TAG_CELL,
    TAG_TITLE, /* headings from the highest on */
    TAG_CHAPTER,
    TAG_SECTION,
    TAG_PARAGRAPH,
    TAG_TEXT,   /* a paragraph in a group, else part of what is open */
    TAG_FIGURE, /* its note says what it shows */
    TAG_LINK
} Tag;

typedef struct Canvas Canvas;

/* What a format implements. `rings` polygons of `counts` points each stand one after the other in
 * `points`; what an even number of them covers is not filled. */
typedef struct {
    void (*polygons)(Canvas *canvas, const Point *points, const guint *counts, guint rings,
                     gboolean closed, const Paint *paint);
    void (*circle)(Canvas *canvas, Point centre, double radius, const Paint *paint);
    void (*text)(Canvas *canvas, Point baseline, const char *text, gsize length,
                 const TextStyle *style);
    void (*anchor)(Canvas *canvas, const char *name, double y);
    void (*link)(Canvas *canvas, const char *name, Box area, const char *says);
    /* The rest may be NULL. */
    guint (*open)(Canvas *canvas, Tag tag, const char *note, guint columns);
    void (*resume)(Canvas *canvas, guint element);
    void (*close)(Canvas *canvas);
    void (*image)(Canvas *canvas, const Logo *image, Box box);
    void (*turned)(Canvas *canvas, Point middle, double angle, const char *text,
                   const TextStyle *style);
} CanvasBack;

struct Canvas {
    const CanvasBack *back;
    Font *font; /* borrowed */
};

void canvas_line(Canvas *canvas, double x1, double y1, double x2, double y2, Colour colour,
                 double width);
/* An open line through points; a closed figure. */
void canvas_polyline(Canvas *canvas, const Point *points, guint n, const Paint *paint);
void canvas_polygon(Canvas *canvas, const Point *points, guint n, const Paint *paint);
/* What lies between two closed figures of `n` points each. */
void canvas_ring(Canvas *canvas, const Point *outer, const Point *inner, guint n,
                 const Paint *paint);
void canvas_rectangle(Canvas *canvas, Box box, const Paint *paint);
void canvas_circle(Canvas *canvas, double x, double y, double radius, const Paint *paint);

/* Between the two, everything drawn is part of an element of this kind, a child of the one that is
 * open. `note` may be NULL. The result names the element, so that it can be gone on with later, as
 * on another page; that is closed, too. */
guint canvas_open(Canvas *canvas, Tag tag, const char *note);
/* A head that goes over so many columns. */
guint canvas_open_across(Canvas *canvas, guint columns);
void canvas_resume(Canvas *canvas, guint element);
void canvas_close(Canvas *canvas);

/* One line of text; `x` is its left end, middle or right end on the baseline. */
void canvas_text(Canvas *canvas, double x, double baseline, const char *text,
                 const TextStyle *style, Align align);
/* The same of a line of a broken text, with the blank it was broken at. */
void canvas_text_line(Canvas *canvas, double x, double baseline, const Line *line,
                      const TextStyle *style, Align align);
/* From the top of a line of this style to its baseline: capitals and Chinese stand in the middle.
 */
double canvas_baseline(const TextStyle *style);
double canvas_text_width(Canvas *canvas, const char *text, const TextStyle *style);
/* Text broken into lines within a box from its top; draws at most `limit` lines (0: all), the last
 * then ends in an ellipsis. Returns the height used. */
double canvas_paragraph(Canvas *canvas, double x, double top, double width, const char *text,
                        const TextStyle *style, Align align, guint limit);
/* The height that canvas_paragraph() would use. */
double canvas_paragraph_height(Canvas *canvas, double width, const char *text,
                               const TextStyle *style, guint limit);
/* The text, or as much of its beginning as fits `width` with an ellipsis. Free with g_free(). */
char *canvas_elided(Canvas *canvas, const char *text, double width, const TextStyle *style);

/* A picture, stretched to the box; a text around its middle, turned anticlockwise by an angle in
 * radians. Formats may leave them out. */
void canvas_image(Canvas *canvas, const Logo *image, Box box);
void canvas_turned(Canvas *canvas, double x, double y, double angle, const char *text,
                   const TextStyle *style);

/* A place that links lead to; a rectangle that leads there, and what a reader hears of it. A link
 * to a name that no anchor has is left out. */
void canvas_anchor(Canvas *canvas, const char *name, double y);
void canvas_link(Canvas *canvas, const char *name, Box area, const char *says);
