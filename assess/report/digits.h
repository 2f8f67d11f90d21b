/* digits.h - texts with whole numbers in them, without the cost of printf(): a report writes
 * thousands. */
#pragma once

#include <glib.h>

/* Append a text in which each "#" stands for the next number, a guint. */
void digits_fill(GString *out, const char *text, ...);
