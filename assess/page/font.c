#include "page/font.h"

#include "base/text.h"
#include "page/append.h"
#include "page/digits.h"
#include "page/writing.h"

/* A character that the typecase lacks. */
typedef struct {
    gunichar character;
    gunichar drawn; /* the character itself or its substitute; 0: .notdef */
    int advance;
    gboolean used, missing, is_form;
} Glyph;

/* Codes 1 .. count of a font of the document's own are indices into its `glyphs`; code 0 is
 * .notdef. */
struct Font {
    Typecase *own; /* NULL if it is borrowed */
    const Typecase *typecase;
    guint8 *used; /* by glyph of the typecase */
    gboolean uses[FONT_SOURCES];
    Fallback *fallback;           /* borrowed; NULL: none */
    GArray *glyphs[FONT_SOURCES]; /* of Glyph; NULL until the first one, and for the typecase */
    GHashTable *codes;            /* character -> source and code, see new_code() */
};

static const gunichar SUBSTITUTES[] = { 0x25a1, 0x3013, 0xfffd,
                                        '?' }; /* white square, geta mark, ... */
enum { CODE_BITS = 16 };
enum {
    BASIC_PLANE = 0x10000,
    COMMON_ADVANCE = FONT_EM,            /* of Chinese */
    NARROW_ADVANCE = FONT_EM * 58 / 100, /* of Latin letters, rather more than less */
    MAP_SECTION = 100
};

static void begin_glyphs(Font *font, FontSource source)
{
    font->glyphs[source] = g_array_new(FALSE, TRUE, sizeof(Glyph));
    g_array_set_size(font->glyphs[source], 1);
}

Font *font_new(const Typecase *typecase)
{
    Font *font = g_new0(Font, 1);

    font->typecase = typecase;
    font->used = g_malloc0(typecase_size(typecase));
    font->codes = g_hash_table_new(NULL, NULL);
    begin_glyphs(font, FONT_OWN); /* at least .notdef */
    return font;
}

void font_set_fallback(Font *font, Fallback *fallback)
{
    font->fallback = fallback;
}

Font *font_open(const char *file, guint index, GError **error)
{
    Face *face = face_open(file, index, error);
    Typecase *typecase = face ? typecase_new(face, "", error) : NULL;
    Font *font = typecase ? font_new(typecase) : NULL;

    if (font)
        font->own = typecase;
    return font;
}

Font *font_estimate(void)
{
    return g_new0(Font, 1);
}

void font_free(Font *font)
{
    if (!font)
        return;
    typecase_free(font->own);
    g_free(font->used);
    for (FontSource source = 0; source < FONT_SOURCES; source++)
        g_clear_pointer(&font->glyphs[source], g_array_unref);
    g_clear_pointer(&font->codes, g_hash_table_unref);
    g_free(font);
}

static const Face *face_of(const Font *font, FontSource source)
{
    if (source <= FONT_OWN)
        return typecase_face(font->typecase);
    return font->fallback ? fallback_face(font->fallback, source - FONT_OWN - 1) : NULL;
}

/* The first face that has the character; FONT_SOURCES if none has. */
static FontSource source_of(const Font *font, gunichar character)
{
    for (FontSource source = FONT_OWN; source < FONT_SOURCES; source++) {
        const Face *face = face_of(font, source);

        if (face && face_glyph(face, character) != 0)
            return source;
    }
    return FONT_SOURCES;
}

static gunichar substitute(const Face *face)
{
    for (guint i = 0; i < G_N_ELEMENTS(SUBSTITUTES); i++)
        if (face_glyph(face, SUBSTITUTES[i]) != 0)
            return SUBSTITUTES[i];
    return 0;
}

static Glyph new_glyph(const Font *font, gunichar character, FontSource *source)
{
    Writing writing = writing_of(character);
    Glyph glyph = { .character = character, .drawn = character };

    *source = writing == WRITING_PLAIN ? source_of(font, character) : FONT_SOURCES;
    if (*source == FONT_SOURCES) {
        *source = FONT_OWN;
        glyph.is_form = writing == WRITING_FORM;
        glyph.missing = !glyph.is_form && !g_unichar_isspace(character);
        glyph.drawn = glyph.missing ? substitute(face_of(font, FONT_OWN)) : ' ';
    }
    if (!glyph.is_form)
        glyph.advance =
            face_advance(face_of(font, *source), face_glyph(face_of(font, *source), glyph.drawn));
    return glyph;
}

/* The source above CODE_BITS, the code in it below; 0 where there are too many. */
static guint new_code(Font *font, gunichar character)
{
    FontSource source;
    Glyph glyph = new_glyph(font, character, &source);
    guint code;

    if (!font->glyphs[source])
        begin_glyphs(font, source);
    code = font->glyphs[source]->len;
    if (code > FONT_CODES_LIMIT)
        return FONT_OWN << CODE_BITS;
    g_array_append_val(font->glyphs[source], glyph);
    code |= (guint)source << CODE_BITS;
    g_hash_table_insert(font->codes, GUINT_TO_POINTER(character), GUINT_TO_POINTER(code));
    return code;
}

static guint code_of(Font *font, gunichar character)
{
    guint code = GPOINTER_TO_UINT(g_hash_table_lookup(font->codes, GUINT_TO_POINTER(character)));

    return code ? code : new_code(font, character);
}

static Glyph *glyph_at(const Font *font, FontSource source, guint code)
{
    return &g_array_index(font->glyphs[source], Glyph, code & ((1u << CODE_BITS) - 1));
}

static int estimated_advance(gunichar character)
{
    if (g_unichar_iszerowidth(character))
        return 0;
    return g_unichar_iswide(character) ? FONT_EM : NARROW_ADVANCE;
}

int font_advance(Font *font, gunichar character)
{
    guint code;
    int shared;

    if (!font->typecase)
        return estimated_advance(character);
    shared = typecase_advance_of(font->typecase, character);
    if (shared >= 0)
        return shared;
    code = code_of(font, character);
    return glyph_at(font, code >> CODE_BITS, code)->advance;
}

double font_width(Font *font, const char *text, gsize length, double size)
{
    gint64 width = 0;

    for (const char *at = text; at < text + length; at = g_utf8_next_char(at))
        width += font_advance(font, text_character(at));
    return (double)width * size / FONT_EM;
}

gsize font_encode(Font *font, const char *text, gsize length, GString *codes, FontSource *source)
{
    const char *at;

    for (at = text; at < text + length; at = g_utf8_next_char(at)) {
        gunichar character = text_character(at);
        guint code = typecase_glyph(font->typecase, character);
        FontSource of = FONT_SHARED;

        if (!code) {
            code = code_of(font, character);
            of = code >> CODE_BITS;
        }
        if (at == text)
            *source = of;
        else if (of != *source)
            break;
        if (of == FONT_SHARED)
            font->used[code] = 1;
        else
            glyph_at(font, of, code)->used = TRUE;
        g_string_append_c(codes, (char)(code >> 8));
        g_string_append_c(codes, (char)code);
        font->uses[of] = TRUE;
    }
    return (gsize)(at - text);
}

static guint codes_in(const Font *font, FontSource source)
{
    if (source == FONT_SHARED)
        return typecase_size(font->typecase);
    return font->glyphs[source] ? font->glyphs[source]->len : 0;
}

/* Substitutes are all of the document's own font, as forms are. */
char *font_missing(const Font *font)
{
    GString *missing = g_string_new(NULL);

    for (guint code = 1; code < codes_in(font, FONT_OWN); code++) {
        const Glyph *glyph = glyph_at(font, FONT_OWN, code);

        if (glyph->used && glyph->missing)
            g_string_append_unichar(missing, glyph->character);
    }
    return g_string_free(missing, FALSE);
}

char *font_forms(const Font *font)
{
    GString *forms = g_string_new(NULL);

    for (guint code = 1; code < codes_in(font, FONT_OWN); code++) {
        const Glyph *glyph = glyph_at(font, FONT_OWN, code);

        if (glyph->used && glyph->is_form)
            g_string_append_unichar(forms, glyph->character);
    }
    return g_string_free(forms, FALSE);
}

gboolean font_uses(const Font *font, FontSource source)
{
    return font->uses[source];
}

/* ---- what a document embeds ---- */

static gboolean is_used(const Font *font, FontSource source, guint code)
{
    return source == FONT_SHARED ? font->used[code] : glyph_at(font, source, code)->used;
}

static gunichar character_of(const Font *font, FontSource source, guint code)
{
    return source == FONT_SHARED ? typecase_character(font->typecase, code)
                                 : glyph_at(font, source, code)->character;
}

static int advance_of(const Font *font, FontSource source, guint code)
{
    return source == FONT_SHARED ? typecase_advance(font->typecase, code)
                                 : glyph_at(font, source, code)->advance;
}

static void map_code(GString *map, guint code, gunichar character)
{
    append_text(map, "<");
    digits_hex(map, code);
    append_text(map, "> <");
    if (character < BASIC_PLANE) {
        digits_hex(map, character);
    } else {
        digits_hex(map, 0xd800 + ((character - BASIC_PLANE) >> 10));
        digits_hex(map, 0xdc00 + ((character - BASIC_PLANE) & 0x3ff));
    }
    append_text(map, ">\n");
}

/* PDF 32000-1, 9.10.3: at most 100 entries a section. */
static GBytes *codes_to_text(const Font *font, FontSource source, Deflater *deflater)
{
    g_autoptr(GString) map =
        g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CMapName /Assess def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    g_autoptr(GString) section = g_string_new(NULL);
    guint n = 0, count = codes_in(font, source);

    for (guint code = 1; code <= count; code++) {
        if (code < count && is_used(font, source, code)) {
            map_code(section, code, character_of(font, source, code));
            n++;
        }
        if (n == MAP_SECTION || (code == count && n > 0)) {
            g_string_append_printf(map, "%u beginbfchar\n%sendbfchar\n", n, section->str);
            g_string_truncate(section, 0);
            n = 0;
        }
    }
    g_string_append(map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return deflater_pack(deflater, map->str, map->len);
}

/* Runs of codes that are not as wide as most: PDF 32000-1, 9.7.4.3. */
static char *widths_of_codes(const Font *font, FontSource source)
{
    GString *widths = g_string_new(NULL);
    gboolean runs = FALSE;

    g_string_append_printf(widths, "/DW %d/W[", COMMON_ADVANCE);
    for (guint code = 1; code < codes_in(font, source); code++) {
        int advance = advance_of(font, source, code);
        gboolean tells = is_used(font, source, code) && advance != COMMON_ADVANCE;

        if (tells && !runs)
            digits_fill(widths, "#[#", code, (guint)advance);
        else if (tells)
            digits_fill(widths, " #", (guint)advance);
        else if (runs)
            g_string_append_c(widths, ']');
        runs = tells;
    }
    g_string_append(widths, runs ? "]]" : "]");
    return g_string_free(widths, FALSE);
}

static gboolean add_own(Font *font, FontSource source, FontSubset *subset, Deflater *deflater,
                        GError **error)
{
    guint n = codes_in(font, source);
    g_autofree gunichar *drawn = g_new0(gunichar, n);
    g_autofree guint16 *ids = g_new0(guint16, n);
    g_autofree guint8 *map = g_new0(guint8, 2 * n);
    g_autoptr(GBytes) program = NULL;

    for (guint code = 1; code < n; code++)
        drawn[code] = glyph_at(font, source, code)->used ? glyph_at(font, source, code)->drawn : 0;
    program = face_cut(face_of(font, source), drawn, n, ids, error);
    if (!program)
        return FALSE;
    for (guint code = 1; code < n; code++) {
        map[2 * code] = (guint8)(ids[code] >> 8);
        map[2 * code + 1] = (guint8)ids[code];
    }
    subset->program_size = g_bytes_get_size(program);
    subset->program =
        deflater_pack(deflater, g_bytes_get_data(program, NULL), subset->program_size);
    subset->glyphs = deflater_pack(deflater, map, 2 * n);
    return TRUE;
}

FontSubset *font_subset(Font *font, FontSource source, Deflater *deflater, GError **error)
{
    g_autoptr(FontSubset) subset = g_new0(FontSubset, 1);
    const Face *face = face_of(font, source);

    if (source == FONT_SHARED)
        subset->program = typecase_program(font->typecase, font->used, &subset->program_size);
    else if (!add_own(font, source, subset, deflater, error))
        return NULL;
    subset->to_unicode = codes_to_text(font, source, deflater);
    subset->widths = widths_of_codes(font, source);
    subset->ascent = face_ascent(face);
    subset->descent = face_descent(face);
    return g_steal_pointer(&subset);
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
