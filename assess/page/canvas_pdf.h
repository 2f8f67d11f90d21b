/* canvas_pdf.h - the PDF back of a canvas: pages of operators, collected, with their anchors and
 * links, and at the end put into a document together with the glyphs that were used. Any page can
 * be drawn on until then, so that "page 3 of 12" can be written last. */
#pragma once

#include <glib.h>

#include "page/canvas.h"
#include "page/pdf_device.h"

typedef struct PdfCanvas PdfCanvas;

/* The font is borrowed. Free with pdf_canvas_free(). */
PdfCanvas *pdf_canvas_new(Font *font, double width, double height);
void pdf_canvas_free(PdfCanvas *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfCanvas, pdf_canvas_free)

/* Without tags: to measure what they cost. Before anything is drawn. */
void pdf_canvas_untagged(PdfCanvas *pdf);

/* What to draw on: goes to the page chosen last. Borrowed. */
Canvas *pdf_canvas(PdfCanvas *pdf);
/* Append a page and choose it; choose a page, counted from 0. */
void pdf_canvas_add_page(PdfCanvas *pdf);
void pdf_canvas_choose(PdfCanvas *pdf, guint page);
guint pdf_canvas_pages(const PdfCanvas *pdf);

/* Make an entry of the outline for a height of the page chosen. */
void pdf_canvas_outline(PdfCanvas *pdf, guint depth, const char *title, double y);

/* The document. NULL and an error of the font or the PDF library. Free with g_bytes_unref(). */
GBytes *pdf_canvas_finish(PdfCanvas *pdf, const PdfInfo *info, GError **error);
