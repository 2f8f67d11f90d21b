#include "page/face.h"

#include <harfbuzz/hb-subset.h>

#include "page/font_file.h"

struct Face {
    hb_face_t *face;
    hb_face_t *prepared; /* for cutting; the face itself before face_prepare() */
    hb_font_t *scaled;
    hb_font_extents_t extents;
};

/* Tables that a PDF has no use for: layout, names, metrics of lines and of vertical text. */
static const hb_tag_t DROPPED[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'), HB_TAG('k', 'e', 'r', 'n'),
    HB_TAG('n', 'a', 'm', 'e'), HB_TAG('O', 'S', '/', '2'), HB_TAG('p', 'o', 's', 't'),
    HB_TAG('g', 'a', 's', 'p'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
    HB_TAG('D', 'S', 'I', 'G'),
};

static gboolean has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    gboolean has = hb_blob_get_length(table) > 0;

    hb_blob_destroy(table);
    return has;
}

/* `face` is NULL if the file cannot be read. */
static void refuse(GError **error, const char *file, hb_face_t *face)
{
    gboolean is_postscript = face && (has_table(face, HB_TAG('C', 'F', 'F', ' ')) ||
                                      has_table(face, HB_TAG('C', 'F', 'F', '2')));

    g_set_error(error, FONT_ERROR, FONT_ERROR_UNUSABLE,
                "%s %s; name another font in the template or in ASSESS_FONT, such as Debian's "
                "fonts-wqy-microhei",
                file,
                !face           ? "cannot be read"
                : is_postscript ? "has PostScript outlines (CFF), expected TrueType ones"
                                : "is not a font with TrueType outlines");
}

Face *face_open(const char *file, guint index, GError **error)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    hb_face_t *face = blob ? hb_face_create(blob, index) : NULL;
    Face *opened = NULL;

    if (face && has_table(face, HB_TAG('g', 'l', 'y', 'f'))) {
        opened = g_new0(Face, 1);
        opened->face = hb_face_reference(face);
        opened->prepared = hb_face_reference(face);
        opened->scaled = hb_font_create(face);
        hb_font_set_scale(opened->scaled, FONT_EM, FONT_EM);
        hb_font_get_h_extents(opened->scaled, &opened->extents);
        hb_face_make_immutable(opened->face);
        hb_font_make_immutable(opened->scaled);
    } else {
        refuse(error, file, face);
    }
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return opened;
}

void face_free(Face *face)
{
    if (!face)
        return;
    hb_font_destroy(face->scaled);
    hb_face_destroy(face->face);
    hb_face_destroy(face->prepared);
    g_free(face);
}

void face_prepare(Face *face)
{
    hb_face_destroy(face->prepared);
    face->prepared = hb_subset_preprocess(face->face);
}

static gboolean has_ink(const Face *face, hb_codepoint_t glyph)
{
    hb_glyph_extents_t extents = { 0 };

    return hb_font_get_glyph_extents(face->scaled, glyph, &extents) && extents.width != 0 &&
           extents.height != 0;
}

guint face_glyph(const Face *face, gunichar character)
{
    hb_codepoint_t glyph = 0;

    if (!hb_font_get_nominal_glyph(face->scaled, character, &glyph))
        return 0;
    return g_unichar_isspace(character) || has_ink(face, glyph) ? glyph : 0;
}

int face_advance(const Face *face, guint glyph)
{
    return hb_font_get_glyph_h_advance(face->scaled, glyph);
}

/* OpenType, "head": fontRevision is a 16.16 number at byte 4, checkSumAdjustment follows it. */
char *face_mark(const Face *face)
{
    hb_blob_t *head = hb_face_reference_table(face->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned size = 0;
    const guint8 *at = (const guint8 *)hb_blob_get_data(head, &size);
    char *mark = size < 12 ? g_strdup("unknown")
                           : g_strdup_printf("%u.%u %02x%02x%02x%02x", at[4] << 8 | at[5],
                                             at[6] << 8 | at[7], at[8], at[9], at[10], at[11]);

    hb_blob_destroy(head);
    return mark;
}

int face_ascent(const Face *face)
{
    return face->extents.ascender;
}

int face_descent(const Face *face)
{
    return face->extents.descender;
}

static hb_face_t *cut_out(const Face *face, const gunichar *characters, guint n)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_face_t *cut;

    if (!input)
        return NULL;
    for (guint i = 0; i < n; i++)
        hb_set_add(hb_subset_input_unicode_set(input), characters[i]);
    for (guint i = 0; i < G_N_ELEMENTS(DROPPED); i++)
        hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), DROPPED[i]);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    cut = hb_subset_or_fail(face->prepared, input);
    hb_subset_input_destroy(input);
    return cut;
}

static void find_glyphs(hb_face_t *cut, const gunichar *characters, guint n, guint16 *glyphs)
{
    hb_font_t *small = hb_font_create(cut);

    for (guint i = 0; i < n; i++) {
        hb_codepoint_t glyph = 0;

        hb_font_get_nominal_glyph(small, characters[i], &glyph);
        glyphs[i] = (guint16)glyph;
    }
    hb_font_destroy(small);
}

static void release(gpointer blob)
{
    hb_blob_destroy(blob);
}

GBytes *face_cut(const Face *face, const gunichar *characters, guint n, guint16 *glyphs,
                 GError **error)
{
    hb_face_t *cut = cut_out(face, characters, n);
    hb_blob_t *program = cut ? hb_face_reference_blob(cut) : NULL;
    guint size = program ? hb_blob_get_length(program) : 0;
    GBytes *bytes = NULL;

    if (size > 0) {
        find_glyphs(cut, characters, n, glyphs);
        bytes = g_bytes_new_with_free_func(hb_blob_get_data(program, NULL), size, release,
                                           hb_blob_reference(program));
    } else {
        g_set_error(error, FONT_ERROR, FONT_ERROR_UNUSABLE,
                    "the glyphs of the report cannot be cut out of the font");
    }
    hb_blob_destroy(program);
    hb_face_destroy(cut);
    return bytes;
}
