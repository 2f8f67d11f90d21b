/* date.h - calendar days, as GDate counts them (1 January of year 1 is day 1), and ISO 8601. */
#pragma once

#include <glib.h>

/* Read "YYYY-MM-DD", nothing else. */
gboolean date_parse(const char *text, gint32 *day);
/* "YYYY-MM-DD". Free with g_free(). */
char *date_text(gint32 day);
