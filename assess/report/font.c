#include "report/font.h"

#include <harfbuzz/hb-subset.h>

#include "report/font_file.h"

typedef struct {
    gunichar character;
    gunichar drawn; /* the character itself or its substitute; 0: .notdef */
    int advance;
    gboolean used, missing;
} Glyph;

/* Codes 1 .. count are indices into `glyphs`; code 0 is .notdef. `quick` finds the codes of the
 * basic plane without hashing; the others are in `codes`. */
struct Font {
    hb_face_t *face;
    hb_font_t *scaled;
    GArray *glyphs;
    guint16 *quick;
    GHashTable *codes;
};

static const gunichar SUBSTITUTES[] = { 0x25a1, 0x3013, 0xfffd,
                                        '?' }; /* white square, geta mark, ... */
enum { BASIC_PLANE = 0x10000 };

static gboolean has_outlines(hb_face_t *face)
{
    hb_blob_t *glyf = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    gboolean has = hb_blob_get_length(glyf) > 0;

    hb_blob_destroy(glyf);
    return has;
}

Font *font_open(const char *file, guint index, GError **error)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    hb_face_t *face = blob ? hb_face_create(blob, index) : NULL;
    Font *font = NULL;

    if (face && has_outlines(face)) {
        font = g_new0(Font, 1);
        font->face = hb_face_reference(face);
        font->scaled = hb_font_create(face);
        hb_font_set_scale(font->scaled, FONT_EM, FONT_EM);
        font->glyphs = g_array_new(FALSE, TRUE, sizeof(Glyph));
        g_array_set_size(font->glyphs, 1);
        font->quick = g_new0(guint16, BASIC_PLANE);
        font->codes = g_hash_table_new(NULL, NULL);
    } else {
        g_set_error(error, FONT_ERROR, FONT_ERROR_UNUSABLE,
                    "%s is not a font with TrueType outlines", file);
    }
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

void font_free(Font *font)
{
    if (!font)
        return;
    hb_font_destroy(font->scaled);
    hb_face_destroy(font->face);
    g_array_unref(font->glyphs);
    g_free(font->quick);
    g_hash_table_unref(font->codes);
    g_free(font);
}

static hb_codepoint_t nominal_glyph(const Font *font, gunichar character)
{
    hb_codepoint_t glyph = 0;

    return hb_font_get_nominal_glyph(font->scaled, character, &glyph) ? glyph : 0;
}

static gunichar drawn_for(const Font *font, gunichar character)
{
    if (nominal_glyph(font, character) != 0)
        return character;
    for (guint i = 0; i < G_N_ELEMENTS(SUBSTITUTES); i++)
        if (nominal_glyph(font, SUBSTITUTES[i]) != 0)
            return SUBSTITUTES[i];
    return 0;
}

static guint new_code(Font *font, gunichar character)
{
    Glyph glyph = { .character = character, .drawn = drawn_for(font, character) };
    guint code = font->glyphs->len;

    if (code > FONT_CODES_LIMIT)
        return 0;
    glyph.missing = glyph.drawn != character;
    glyph.advance = hb_font_get_glyph_h_advance(font->scaled, nominal_glyph(font, glyph.drawn));
    g_array_append_val(font->glyphs, glyph);
    if (character < BASIC_PLANE)
        font->quick[character] = (guint16)code;
    else
        g_hash_table_insert(font->codes, GUINT_TO_POINTER(character), GUINT_TO_POINTER(code));
    return code;
}

static guint code_of(Font *font, gunichar character)
{
    guint code =
        character < BASIC_PLANE
            ? font->quick[character]
            : GPOINTER_TO_UINT(g_hash_table_lookup(font->codes, GUINT_TO_POINTER(character)));

    return code ? code : new_code(font, character);
}

static Glyph *glyph_at(Font *font, guint code)
{
    return &g_array_index(font->glyphs, Glyph, code);
}

int font_advance(Font *font, gunichar character)
{
    return glyph_at(font, code_of(font, character))->advance;
}

double font_width(Font *font, const char *text, gsize length, double size)
{
    gint64 width = 0;

    for (const char *at = text; at < text + length; at = g_utf8_next_char(at))
        width += font_advance(font, g_utf8_get_char(at));
    return (double)width * size / FONT_EM;
}

void font_encode(Font *font, const char *text, gsize length, GString *codes)
{
    static const char DIGITS[] = "0123456789ABCDEF";

    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        guint code = code_of(font, g_utf8_get_char(at));
        char hex[4] = { DIGITS[code >> 12], DIGITS[code >> 8 & 15], DIGITS[code >> 4 & 15],
                        DIGITS[code & 15] };

        glyph_at(font, code)->used = TRUE;
        g_string_append_len(codes, hex, sizeof hex);
    }
}

char *font_missing(const Font *font)
{
    GString *missing = g_string_new(NULL);

    for (guint code = 1; code < font->glyphs->len; code++) {
        const Glyph *glyph = &g_array_index(font->glyphs, Glyph, code);

        if (glyph->used && glyph->missing)
            g_string_append_unichar(missing, glyph->character);
    }
    return g_string_free(missing, FALSE);
}

static hb_face_t *cut_out(const Font *font)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_face_t *cut;

    if (!input)
        return NULL;
    for (guint code = 1; code < font->glyphs->len; code++) {
        const Glyph *glyph = &g_array_index(font->glyphs, Glyph, code);

        if (glyph->used && glyph->drawn)
            hb_set_add(hb_subset_input_unicode_set(input), glyph->drawn);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    cut = hb_subset_or_fail(font->face, input);
    hb_subset_input_destroy(input);
    return cut;
}

static GBytes *glyphs_of_codes(const Font *font, hb_face_t *cut)
{
    hb_font_t *small = hb_font_create(cut);
    GByteArray *glyphs = g_byte_array_new();

    for (guint code = 0; code < font->glyphs->len; code++) {
        const Glyph *glyph = &g_array_index(font->glyphs, Glyph, code);
        hb_codepoint_t id = 0;

        if (glyph->used && glyph->drawn)
            hb_font_get_nominal_glyph(small, glyph->drawn, &id);
        g_byte_array_append(glyphs, (guint8[]){ (guint8)(id >> 8), (guint8)id }, 2);
    }
    hb_font_destroy(small);
    return g_byte_array_free_to_bytes(glyphs);
}

static void map_code(GString *map, guint code, gunichar character)
{
    g_string_append_printf(map, "<%04X> <", code);
    if (character < BASIC_PLANE)
        g_string_append_printf(map, "%04X>\n", character);
    else
        g_string_append_printf(map, "%04X%04X>\n", 0xd800 + ((character - BASIC_PLANE) >> 10),
                               0xdc00 + ((character - BASIC_PLANE) & 0x3ff));
}

/* PDF 32000-1, 9.10.3: at most 100 entries a section. */
static GBytes *codes_to_text(const Font *font)
{
    GString *map = g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                "/CMapName /Assess def\n/CMapType 2 def\n"
                                "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    guint count = font->glyphs->len;

    for (guint code = 1; code < count; code++) {
        if (code % 100 == 1)
            g_string_append_printf(map, "%u beginbfchar\n", MIN(100, count - code));
        map_code(map, code, g_array_index(font->glyphs, Glyph, code).character);
        if (code % 100 == 0 || code == count - 1)
            g_string_append(map, "endbfchar\n");
    }
    g_string_append(map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return g_string_free_to_bytes(map);
}

static char *widths_of_codes(const Font *font)
{
    GString *widths = g_string_new(NULL);

    for (guint code = 0; code < font->glyphs->len; code++)
        g_string_append_printf(widths, "%s%d", code ? " " : "",
                               g_array_index(font->glyphs, Glyph, code).advance);
    return g_string_free(widths, FALSE);
}

FontSubset *font_subset(Font *font, GError **error)
{
    hb_face_t *cut = cut_out(font);
    hb_blob_t *program = cut ? hb_face_reference_blob(cut) : NULL;
    hb_font_extents_t extents = { 0 };
    FontSubset *subset = NULL;

    if (program && hb_blob_get_length(program) > 0) {
        hb_font_get_h_extents(font->scaled, &extents);
        subset = g_new0(FontSubset, 1);
        subset->program = g_bytes_new(hb_blob_get_data(program, NULL), hb_blob_get_length(program));
        subset->glyphs = glyphs_of_codes(font, cut);
        subset->to_unicode = codes_to_text(font);
        subset->widths = widths_of_codes(font);
        subset->ascent = extents.ascender;
        subset->descent = extents.descender;
    } else {
        g_set_error(error, FONT_ERROR, FONT_ERROR_UNUSABLE,
                    "the glyphs of the report cannot be cut out of the font");
    }
    hb_blob_destroy(program);
    hb_face_destroy(cut);
    return subset;
}

void font_subset_free(FontSubset *subset)
{
    if (!subset)
        return;
    g_clear_pointer(&subset->program, g_bytes_unref);
    g_clear_pointer(&subset->to_unicode, g_bytes_unref);
    g_clear_pointer(&subset->glyphs, g_bytes_unref);
    g_free(subset->widths);
    g_free(subset);
}
