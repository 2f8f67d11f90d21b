/* pdf_device.h - a PDF document being written: pages of drawing operators, one embedded font,
 * links, outline and metadata. The only user of libharu, whose errors are sticky: nothing is
 * checked before pdf_device_finish(). Coordinates are PDF's: points from the lower left corner. The
 * clock is never read. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "report/font.h"

#define PDF_ERROR (g_quark_from_static_string("pdf-error"))
#define PDF_FONT_NAME "F" /* what operators call the font */

typedef enum { PDF_ERROR_REFUSED } PdfError;

typedef struct PdfDevice PdfDevice;

/* Metadata; texts are UTF-8, NULL if not given. */
typedef struct {
    const char *title, *author, *subject, *keywords, *creator;
    const char *language; /* "zh" */
    gint32 date;          /* of creation, at midnight UTC: days as GDate counts them */
} PdfInfo;

/* Free with pdf_device_free(). NULL and PDF_ERROR_REFUSED without memory. */
PdfDevice *pdf_device_new(GError **error);
void pdf_device_free(PdfDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfDevice, pdf_device_free)

/* Append a page of `operators`; pages count from 0. */
void pdf_device_page(PdfDevice *device, double width, double height, const GString *operators);
/* Make a rectangle of a page lead to a height on another. */
void pdf_device_link(PdfDevice *device, guint page, double left, double bottom, double right,
                     double top, guint to_page, double to_top);
/* Append an outline entry; `depth` is at most one more than that of the entry before. */
void pdf_device_outline(PdfDevice *device, guint depth, const char *title, guint page, double top);
void pdf_device_info(PdfDevice *device, const PdfInfo *info);
/* The font that the pages' operators name; once, after the last page. */
void pdf_device_font(PdfDevice *device, const FontSubset *font);

/* The whole file. NULL and PDF_ERROR_REFUSED with the library's error number if anything before
 * failed. Free with g_bytes_unref(). */
GBytes *pdf_device_finish(PdfDevice *device, GError **error);
