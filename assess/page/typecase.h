/* typecase.h - the glyphs that many documents are set from: cut out of a face and encoded once.
 * A document gets those that it uses, under the ids that they have here, so that what one document
 * looks like depends on the characters of the case alone, not on what was set before. Immutable, so
 * that threads may share it. */
#pragma once

#include <glib.h>

#include "page/deflate.h"
#include "page/face.h"

typedef struct Typecase Typecase;

/* Take `face`, and cut the glyphs of all different characters of a text out of it, and those of
 * ASCII. NULL and FONT_ERROR_UNUSABLE if that fails. Free with typecase_free(). */
Typecase *typecase_new(Face *face, const char *characters, GError **error);
void typecase_free(Typecase *typecase);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Typecase, typecase_free)

/* Get ready for many documents, see face_prepare(). */
void typecase_prepare(Typecase *typecase);
const Face *typecase_face(const Typecase *typecase);
/* How many glyphs there are; ids are less. */
guint typecase_size(const Typecase *typecase);
/* The glyph that stands for this character and no other, 0 if there is none. */
guint typecase_glyph(const Typecase *typecase, gunichar character);
/* Of a character's glyph; -1 if there is none. */
int typecase_advance_of(const Typecase *typecase, gunichar character);
int typecase_advance(const Typecase *typecase, guint glyph);
/* The character of a glyph, 0 for parts of glyphs. */
gunichar typecase_character(const Typecase *typecase, guint glyph);

/* A font file with the glyphs marked in `used`, by id, as a zlib stream; `size` gets its size
 * before that. Free with g_bytes_unref(). */
GBytes *typecase_program(const Typecase *typecase, const guint8 *used, gsize *size);
