/* pdf_reader.h - the files that are attached to a PDF, taken out again. The only user of libqpdf,
 * which is opened for it and never by another start. The PDF may be anybody's: how large it, its
 * attachments and their number may be is limited, and so is the memory that the library gets. */
#pragma once

#include <glib.h>

#include "page/attachment.h"

#define PDF_READER_ERROR (g_quark_from_static_string("pdf-reader-error"))

typedef enum {
    PDF_READER_ERROR_LIBRARY, /* it is not installed */
    PDF_READER_ERROR_DAMAGED, /* no PDF, or one that cannot be read whole, or beyond a limit */
    PDF_READER_ERROR_NOTHING  /* nothing is attached */
} PdfReaderError;

enum {
    PDF_READER_LIMIT = 32 * 1024 * 1024,    /* bytes of the PDF, and of all attachments together */
    PDF_READER_FILES_LIMIT = 200,           /* attachments */
    PDF_READER_NAME_LIMIT = 200,            /* bytes of a name */
    PDF_READER_MEMORY_LIMIT = 768 * 1048576 /* bytes that the library may ask for */
};

/* Of Attachment *, as the PDF lists them. NULL and PDF_READER_ERROR with what is wrong, as in "is
 * not a PDF". Free with g_ptr_array_unref(). */
GPtrArray *pdf_reader_attachments(GBytes *pdf, GError **error);
