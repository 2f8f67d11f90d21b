/* font.h - one TrueType face: measuring text, turning it into glyph codes, and at the end cutting
 * out the glyphs that were used. The only user of HarfBuzz. Codes are given in the order of first
 * use, so the same text in the same order gives the same bytes. A character that the face lacks
 * gets a visible substitute, keeps its meaning when text is copied out of the document, and is
 * remembered. Belongs to one thread. */
#pragma once

#include <glib.h>

typedef struct Font Font;

enum {
    FONT_EM = 1000,           /* units of advances and extents: thousandths of the size */
    FONT_CODES_LIMIT = 0xfffe /* different characters in one document */
};

/* What a document needs to embed the glyphs used so far. */
typedef struct {
    GBytes *program;    /* the subset as a TrueType file */
    GBytes *to_unicode; /* CMap from codes back to text */
    GBytes *glyphs;     /* glyph of each code, two bytes each, high byte first */
    char *widths;       /* advances of the codes from 0 on, parted by blanks */
    int ascent, descent;
} FontSubset;

/* Open face `index` of a file. NULL and FONT_ERROR_UNUSABLE if it cannot be read or has no TrueType
 * outlines. Free with font_free(). */
Font *font_open(const char *file, guint index, GError **error);
void font_free(Font *font);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Font, font_free)

/* Advance of one character in FONT_EM units; width of valid UTF-8 in the unit of `size`. */
int font_advance(Font *font, gunichar character);
double font_width(Font *font, const char *text, gsize length, double size);
/* Append the codes of `length` bytes of valid UTF-8, four hexadecimal digits each. */
void font_encode(Font *font, const char *text, gsize length, GString *codes);

/* Characters encoded so far that the face lacks, in the order of first use; empty if none. Free
 * with g_free(). */
char *font_missing(const Font *font);

/* NULL and FONT_ERROR_UNUSABLE if the glyphs cannot be cut out. Free with font_subset_free(). */
FontSubset *font_subset(Font *font, GError **error);
void font_subset_free(FontSubset *subset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FontSubset, font_subset_free)
