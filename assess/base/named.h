/* named.h - tables whose rows have a name as their first member; the name of the last row is NULL.
 * `size` is that of a row. */
#pragma once

#include <glib.h>

/* The row of that name; NULL if there is none, or no table. */
gconstpointer named_find(gconstpointer rows, gsize size, const char *name);
/* The name that was most likely meant, as text_nearest() finds it, or NULL. */
const char *named_nearest(gconstpointer rows, gsize size, const char *name);
