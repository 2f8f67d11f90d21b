/* pdf_device.h - a PDF document being written: pages of drawing operators, embedded fonts, links,
 * outline, tags and metadata. The only user of libharu, whose errors are sticky: nothing is checked
 * before pdf_device_finish(). What is no stream is packed into object streams (PDF 1.5), which
 * halves a tagged report. Coordinates are PDF's: points from the lower left corner. The clock is
 * never read. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "page/attachment.h"
#include "page/font.h"
#include "page/logo.h"
#include "page/tag_tree.h"

#define PDF_ERROR (g_quark_from_static_string("pdf-error"))

#define PDF_IMAGE_NAME "I"

typedef enum { PDF_ERROR_REFUSED } PdfError;

typedef struct PdfDevice PdfDevice;

/* Metadata; texts are UTF-8, NULL if not given. */
typedef struct {
    const char *title, *author, *subject, *keywords, *creator;
    const char *language;         /* "zh" */
    gint32 date;                  /* of creation, at midnight UTC: days as GDate counts them */
    const GPtrArray *attachments; /* of Attachment *, in the order of their names; NULL for none */
} PdfInfo;

/* Free with pdf_device_free(). NULL and PDF_ERROR_REFUSED without memory. */
PdfDevice *pdf_device_new(GError **error);
void pdf_device_free(PdfDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfDevice, pdf_device_free)

/* What operators call a font. */
const char *pdf_device_font_name(FontSource source);

/* What streams are compressed with, for who has some made. */
Deflater *pdf_device_deflater(PdfDevice *device);
/* Append a page of `operators`; pages count from 0. */
void pdf_device_page(PdfDevice *device, double width, double height, const GString *operators);
/* Make a rectangle of a page lead to a height on another; `says` is what a reader hears of it.
 * Links count from 0. */
void pdf_device_link(PdfDevice *device, guint page, double left, double bottom, double right,
                     double top, guint to_page, double to_top, const char *says);
/* Append an outline entry; `depth` is at most one more than that of the entry before. */
void pdf_device_outline(PdfDevice *device, guint depth, const char *title, guint page, double top);
void pdf_device_info(PdfDevice *device, const PdfInfo *info);
/* A font that the pages' operators name; once, after the last page. */
void pdf_device_font(PdfDevice *device, FontSource source, const FontSubset *font);
/* A picture, which operators call PDF_IMAGE_NAME and its number; after the last page. */
void pdf_device_image(PdfDevice *device, guint number, const Logo *image);
/* The tags; once, after the last page and link. The tree is borrowed until the end. */
void pdf_device_tags(PdfDevice *device, const TagTree *tree);

/* The whole file. NULL and PDF_ERROR_REFUSED with the library's error number if anything before
 * failed. Free with g_bytes_unref(). */
GBytes *pdf_device_finish(PdfDevice *device, GError **error);
