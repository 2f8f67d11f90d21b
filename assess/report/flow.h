/* flow.h - blocks put on pages: what fits, what stays together, where tables go on under their repeated heads. */
#pragma once

#include <glib.h>

#include "report/block.h"
#include "report/canvas_pdf.h"

/* Append pages with all the blocks, headings at `depth` and deeper in the outline. */
void flow_blocks(PdfCanvas *pdf, const Theme *theme, const GPtrArray *blocks, guint depth);
