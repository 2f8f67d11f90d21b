/* face.h - one TrueType face of a font file: which glyph a character has, how wide it is, and a
 * smaller font cut out of it. The only user of HarfBuzz. Immutable, so that threads may share it.
 */
#pragma once

#include <glib.h>

enum { FONT_EM = 1000 /* units of advances and extents: thousandths of the size */ };

typedef struct Face Face;

/* Open face `index` of a file. NULL and FONT_ERROR_UNUSABLE if it cannot be read or has no TrueType
 * outlines. Free with face_free(). */
Face *face_open(const char *file, guint index, GError **error);
void face_free(Face *face);
/* Get ready for many cuts, which takes as long as some ten of them and makes each of them shorter.
 * Before threads share the face. */
void face_prepare(Face *face);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Face, face_free)

/* The glyph of a character, 0 if the face lacks it or draws nothing for what is no blank. */
guint face_glyph(const Face *face, gunichar character);
/* In FONT_EM units, as are ascent and the (negative) descent. */
int face_advance(const Face *face, guint glyph);
/* What tells the font file from others: its revision and its own sum of all its bytes, as
 * "1.5 3f2a9c01". Free with g_free(). */
char *face_mark(const Face *face);
int face_ascent(const Face *face);
int face_descent(const Face *face);

/* A font file with the glyphs of `n` characters alone, without hints and layout. `glyphs` gets the
 * glyph of each in it, 0 for those that the face lacks. NULL and FONT_ERROR_UNUSABLE if it cannot
 * be cut. Free with g_bytes_unref(). */
GBytes *face_cut(const Face *face, const gunichar *characters, guint n, guint16 *glyphs,
                 GError **error);
