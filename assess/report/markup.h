/* markup.h - text put into HTML and SVG: escaped so that whatever a company wrote is shown as text
 * and nothing else, and numbers that no locale changes. */
#pragma once

#include <glib.h>

/* Append text, fit for content and for attributes in double quotes. What is no UTF-8, and
 * characters that HTML does not allow, become U+FFFD. */
void markup_text(GString *out, const char *text);
void markup_text_n(GString *out, const char *text, gsize length);
/* Append ` name="value"` with the value escaped. */
void markup_attribute(GString *out, const char *name, const char *value);
/* Append ` dir="auto"` if the text has letters written from right to left. */
void markup_direction(GString *out, const char *text);
/* Append ` name="12.34"`; see markup_number(). */
void markup_measure(GString *out, const char *name, double value);
/* Append a number with at most two decimals, without a needless nought. What is not finite is 0. */
void markup_number(GString *out, double value);
