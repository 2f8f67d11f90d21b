/* flow.h - blocks put on pages: what fits, what stays together, where tables go on under their
 * repeated heads. */
#pragma once

#include <glib.h>

#include "page/canvas_pdf.h"
#include "report/block.h"

/* Append pages with all the blocks. Headings go into the outline; if `title` is not NULL, under an
 * entry of that name for the first page. `across` goes over every page, under what it says; NULL:
 * nothing. */
void flow_blocks(PdfCanvas *pdf, const Theme *theme, const GPtrArray *blocks, const char *title,
                 const char *across);
