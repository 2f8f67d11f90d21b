/* font.h - the font of one document: measuring text and turning it into glyph codes. What the
 * shared typecase holds is set from it; other characters get a small font of the document's own,
 * with codes in the order of first use. The same text in the same order gives the same bytes. A
 * character that the face lacks gets a visible substitute, keeps its meaning when text is copied
 * out of the document, and is remembered. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "page/fallback.h"
#include "page/typecase.h"

typedef struct Font Font;

enum { FONT_CODES_LIMIT = 0xfffe /* different characters of a document's own font */ };

/* FONT_OWN is cut out of the typecase's face, what follows out of the faces of the fallback. */
typedef enum { FONT_SHARED, FONT_OWN, FONT_SOURCES = FONT_OWN + 1 + FALLBACK_LIMIT } FontSource;

/* What a document needs to embed the glyphs used so far. The first three are zlib streams. */
typedef struct {
    GBytes *program;    /* the subset as a TrueType file */
    GBytes *to_unicode; /* CMap from codes back to text */
    GBytes *glyphs;     /* glyph of each code, two bytes each; NULL: the code itself */
    gsize program_size; /* before compression */
    char *widths;       /* advances of the codes, as a PDF's entries "DW" and "W" */
    int ascent, descent;
} FontSubset;

/* The typecase is borrowed. Free with font_free(). */
Font *font_new(const Typecase *typecase);
/* Where to look for what the face lacks. Borrowed. */
void font_set_fallback(Font *font, Fallback *fallback);
/* The same with a typecase of its own, of ASCII alone. NULL and FONT_ERROR_UNUSABLE as
 * face_open(). */
Font *font_open(const char *file, guint index, GError **error);
/* Without a font: widths are estimated from the kind of character. It measures, and encodes
 * nothing. */
Font *font_estimate(void);
void font_free(Font *font);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Font, font_free)

/* Advance of one character in FONT_EM units; width of valid UTF-8 in the unit of `size`. */
int font_advance(Font *font, gunichar character);
double font_width(Font *font, const char *text, gsize length, double size);
/* Append the codes of valid UTF-8, two bytes each, high byte first, as far as they are all of one
 * font, which `source` gets. Returns how many of the `length` bytes that were. */
gsize font_encode(Font *font, const char *text, gsize length, GString *codes, FontSource *source);

/* Characters encoded so far that a substitute stands for, in the order of first use, and those that
 * would choose a form of the one before and have no effect; empty if none. Free with g_free(). */
char *font_missing(const Font *font);
char *font_forms(const Font *font);

/* Whether a font has been used, and what to embed of it. NULL and FONT_ERROR_UNUSABLE if the glyphs
 * cannot be cut out. Free with font_subset_free(). */
gboolean font_uses(const Font *font, FontSource source);
FontSubset *font_subset(Font *font, FontSource source, Deflater *deflater, GError **error);
void font_subset_free(FontSubset *subset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FontSubset, font_subset_free)
