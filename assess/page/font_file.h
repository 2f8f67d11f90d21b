/* font_file.h - where the font of reports lies: a TrueType file with Latin and Chinese glyphs. The
 * only user of fontconfig. */
#pragma once

#include <glib.h>

#define FONT_ERROR (g_quark_from_static_string("font-error"))

typedef enum { FONT_ERROR_MISSING, FONT_ERROR_UNUSABLE } FontError;

/* The file to use: what the environment variable ASSESS_FONT names; else `usual` if it is there,
 * which spares fontconfig's start; else what fontconfig knows as `family`. `index` gets the face in
 * a collection. NULL and FONT_ERROR_MISSING if there is none. Free with g_free(). */
char *font_file_find(const char *family, const char *usual, guint *index, GError **error);

/* What fontconfig knows as `family`; NULL if nothing. Free with g_free(). */
char *font_file_of_family(const char *family, guint *index);
