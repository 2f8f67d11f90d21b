/* html_sheet.h - the part of the HTML report's style sheet that is the same for every template:
 * sizes, places and shapes. It names colours by the variables of html_style.h alone. */
#pragma once

#include <glib.h>

/* Append it. */
void html_sheet(GString *out);
