/* digits.h - texts with whole numbers in them, without the cost of printf(): a report writes
 * thousands. */
#pragma once

#include <glib.h>

/* Append a text in which each "#" stands for the next number, a guint. */
void digits_fill(GString *out, const char *text, ...);
/* Append four hexadecimal digits. `number` is below 65536. */
void digits_hex(GString *out, guint number);
