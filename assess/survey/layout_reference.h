/* layout_reference.h - the reference page of survey layouts: prose with the tables that layouts are
 * read by in it. */
#pragma once

#include <glib.h>

/* The prose with its line `{{sections}}` replaced, as Markdown. Free with g_free(). */
char *layout_reference(const char *prose);
