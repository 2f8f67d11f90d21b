/* xmp.h - a document's metadata as an XMP packet (ISO 16684-1). */
#pragma once

#include "page/pdf_device.h"

/* UTF-8. Free with g_free(). */
char *xmp_packet(const PdfInfo *info);
