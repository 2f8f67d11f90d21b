#include "page/font.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zlib.h>

#include "page/font_file.h"

#define FONT_FILE "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

static const FontSource SHARED = FONT_SHARED, OWN = FONT_OWN;

/* A case of these characters and ASCII. */
static Typecase *case_of(const char *characters)
{
    Typecase *typecase = typecase_new(face_open(FONT_FILE, 0, NULL), characters, NULL);

    cr_assert_not_null(typecase);
    return typecase;
}

/* Codes of a text that one font holds, in hexadecimal. */
static char *encoded(Font *font, const char *text, FontSource expected)
{
    g_autoptr(GString) codes = g_string_new(NULL);
    GString *hex = g_string_new(NULL);
    FontSource source = FONT_SOURCES;

    cr_expect(eq(sz, font_encode(font, text, strlen(text), codes, &source), strlen(text)));
    cr_expect(eq(int, source, expected), "%s is not of the font expected", text);
    for (gsize i = 0; i < codes->len; i++)
        g_string_append_printf(hex, "%02X", (guint8)codes->str[i]);
    return g_string_free(hex, FALSE);
}

enum { UNPACKED_LIMIT = 1 << 20 };

static char *unpacked(GBytes *packed)
{
    char *text = g_malloc0(UNPACKED_LIMIT);
    uLongf size = UNPACKED_LIMIT - 1;
    gsize length;
    const guint8 *data = g_bytes_get_data(packed, &length);

    cr_assert(eq(int, uncompress((Bytef *)text, &size, data, length), Z_OK));
    return text;
}

Test(font, gives_characters_beyond_the_case_codes_in_the_order_of_first_use)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *first = encoded(font, "工智厂工", OWN);

    cr_expect_str_eq(first, "0001000200030001");
}

Test(font, parts_a_text_where_its_fonts_change)
{
    g_autoptr(Typecase) typecase = case_of("智");
    g_autoptr(Font) font = font_new(typecase);
    g_autoptr(GString) codes = g_string_new(NULL);
    FontSource source;

    cr_expect(eq(sz, font_encode(font, "A智能b", strlen("A智能b"), codes, &source), 4));
    cr_expect(eq(int, source, SHARED));
    cr_expect(eq(sz, codes->len, 4));
    cr_expect(eq(sz, font_encode(font, "能b", strlen("能b"), codes, &source), 3));
    cr_expect(eq(int, source, OWN));
    cr_expect(font_uses(font, FONT_SHARED) && font_uses(font, FONT_OWN));
}

Test(font, measures_chinese_as_whole_squares)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);

    cr_expect(epsilon_eq(dbl, font_width(font, "智能", strlen("智能"), 10), 20, 0.1));
    cr_expect(lt(int, font_advance(font, 'i'), font_advance(font, 'm')));
}

Test(font, measures_the_same_with_and_without_a_case)
{
    g_autoptr(Typecase) typecase = case_of("智能工厂（）。");
    g_autoptr(Font) with = font_new(typecase);
    g_autoptr(Font) without = font_open(FONT_FILE, 0, NULL);

    for (const char *at = "智能工厂（）。Wi"; *at; at = g_utf8_next_char(at))
        cr_expect(eq(int, font_advance(with, g_utf8_get_char(at)),
                     font_advance(without, g_utf8_get_char(at))));
}

Test(font, shows_a_substitute_and_remembers_what_it_lacks)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(Deflater) deflater = deflater_new();
    g_autofree char *codes = encoded(font, "智\U0001F600能\U0001F600", OWN);
    g_autofree char *missing = font_missing(font);
    g_autoptr(FontSubset) subset = font_subset(font, FONT_OWN, deflater, NULL);
    g_autofree char *glyphs = unpacked(subset->glyphs);
    g_autofree char *map = unpacked(subset->to_unicode);

    cr_expect_str_eq(codes, "0001000200030002");
    cr_expect_str_eq(missing, "\U0001F600");
    cr_expect(glyphs[2 * 2] || glyphs[2 * 2 + 1], "the substitute has no glyph");
    cr_expect_not_null(strstr(map, "<0002> <D83DDE00>"));
    cr_expect_not_null(strstr(map, "3 beginbfchar"));
}

/* DejaVu Sans has this Georgian letter, Micro Hei has not. */
Test(font, asks_further_fonts_for_what_its_own_lacks)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(Fallback) fallback = fallback_new("No Such Family, DejaVu Sans");
    g_autofree char *codes = NULL, *missing = NULL;
    g_autoptr(Deflater) deflater = deflater_new();
    g_autoptr(FontSubset) subset = NULL;
    const FontSource second = FONT_OWN + 2;

    font_set_fallback(font, fallback);
    codes = encoded(font, "\u10d0\u10d1\u10d0", second);
    missing = font_missing(font);
    subset = font_subset(font, second, deflater, NULL);
    cr_expect_str_eq(codes, "000100020001");
    cr_expect_str_empty(missing);
    cr_expect(font_uses(font, second));
    cr_assert_not_null(subset);
    cr_expect(gt(sz, subset->program_size, 100));
}

Test(font, a_box_stands_for_what_no_glyph_alone_can_write)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(Fallback) fallback = fallback_new("DejaVu Sans"); /* has Arabic, without its rules */
    g_autofree char *codes = NULL, *missing = NULL, *forms = NULL;

    font_set_fallback(font, fallback);
    codes = encoded(font, "\u0645\u0301\ue000\u200d\u2009", OWN);
    missing = font_missing(font);
    forms = font_forms(font);
    cr_expect_str_eq(missing, "\u0645\u0301\ue000");
    cr_expect_str_eq(forms, "\u200d");
    cr_expect(eq(int, font_advance(font, 0x0645), font_advance(font, 0x25a1)));
    cr_expect(eq(int, font_advance(font, 0x200d), 0));
    cr_expect(gt(int, font_advance(font, 0x2009), 0));
}

Test(font, measuring_alone_misses_nothing)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *missing = NULL;

    font_width(font, "\U0001F600", 4, 10);
    missing = font_missing(font);
    cr_expect_str_empty(missing);
    cr_expect_not(font_uses(font, FONT_OWN));
}

/* Both fonts are sound TrueType files of the size they say. */
Test(font, cuts_out_only_what_is_used)
{
    g_autoptr(Typecase) typecase = case_of("智能工厂梯度培育要素条件");
    g_autoptr(Font) font = font_new(typecase);
    g_autoptr(Deflater) deflater = deflater_new();
    g_autofree char *shared = encoded(font, "智能工厂ab", SHARED);
    g_autofree char *own = encoded(font, "领航", OWN);

    cr_expect_not(font_uses(font, FONT_OWN + 1));
    for (FontSource source = 0; source <= FONT_OWN; source++) {
        g_autoptr(FontSubset) subset = font_subset(font, source, deflater, NULL);
        g_autoptr(Face) face = NULL;
        g_autofree char *file = NULL, *path = NULL;

        cr_assert_not_null(subset);
        cr_expect(lt(sz, g_bytes_get_size(subset->program), 3000));
        cr_expect(gt(int, subset->ascent, 0));
        cr_expect(lt(int, subset->descent, 0));
        file = unpacked(subset->program);
        g_close(g_file_open_tmp("face-XXXXXX", &path, NULL), NULL);
        cr_assert(g_file_set_contents(path, file, (gssize)subset->program_size, NULL));
        face = face_open(path, 0, NULL);
        cr_expect_not_null(face, "font %d is no font", (int)source);
        g_unlink(path);
    }
}

Test(font, of_the_same_text_is_the_same_whatever_else_was_set)
{
    g_autoptr(Typecase) typecase = case_of("智能工厂梯度培育");
    g_autoptr(Deflater) deflater = deflater_new();
    GBytes *programs[2];

    for (guint i = 0; i < 2; i++) {
        g_autoptr(Font) before = font_new(typecase);
        g_autoptr(Font) font = font_new(typecase);
        g_autofree char *other = encoded(before, i ? "梯度" : "培育x", SHARED);
        g_autofree char *text = encoded(font, "智能工厂", SHARED);
        g_autoptr(FontSubset) subset = font_subset(font, FONT_SHARED, deflater, NULL);

        programs[i] = g_bytes_ref(subset->program);
    }
    cr_expect(g_bytes_equal(programs[0], programs[1]));
    g_bytes_unref(programs[0]);
    g_bytes_unref(programs[1]);
}

/* In WenQuanYi Micro Hei both characters have one glyph. */
Test(font, gives_the_glyph_of_two_characters_to_one_of_them)
{
    g_autoptr(Typecase) typecase = case_of("\u00a0");
    guint blank = typecase_glyph(typecase, ' '), hard = typecase_glyph(typecase, 0xa0);

    cr_expect(ne(uint, blank, 0));
    cr_expect(ne(uint, blank, hard));
    cr_expect(eq(uint, typecase_character(typecase, blank), ' '));
}

Test(font, refuses_what_is_no_font)
{
    g_autoptr(GError) error = NULL;

    cr_expect_null(font_open("templates/consultant.ini", 0, &error));
    cr_assert(g_error_matches(error, FONT_ERROR, FONT_ERROR_UNUSABLE));
    cr_expect_str_eq(
        error->message,
        "templates/consultant.ini is not a font with TrueType outlines; name another font in "
        "the template or in ASSESS_FONT, such as Debian's fonts-wqy-microhei");
    g_clear_error(&error);
    cr_expect_null(font_open("/nowhere/x.ttf", 0, &error));
    cr_expect(g_error_matches(error, FONT_ERROR, FONT_ERROR_UNUSABLE));
}

/* The directory of an OpenType file with one table, as of fonts with PostScript outlines. */
Test(font, refuses_postscript_outlines_by_name_with_what_to_do)
{
    static const char FILE_OF_CFF[] = "OTTO\0\1\0\20\0\0\0\0CFF \0\0\0\0\0\0\0\34\0\0\0\4\1\0\4\1";
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "assess-test-cff.otf", NULL);
    g_autofree char *expected = NULL;
    g_autoptr(GError) error = NULL;

    cr_assert(g_file_set_contents(path, FILE_OF_CFF, sizeof FILE_OF_CFF - 1, NULL));
    expected = g_strconcat(path,
                           " has PostScript outlines (CFF), expected TrueType ones; name another "
                           "font in the template or in ASSESS_FONT, such as Debian's "
                           "fonts-wqy-microhei",
                           NULL);
    cr_expect_null(font_open(path, 0, &error));
    cr_assert(g_error_matches(error, FONT_ERROR, FONT_ERROR_UNUSABLE));
    cr_expect_str_eq(error->message, expected);
    g_unlink(path);
}

Test(font_file, prefers_what_the_user_names)
{
    guint index = 7;
    g_autofree char *path = NULL;

    g_setenv("ASSESS_FONT", "/my/font.ttf", TRUE);
    path = font_file_find("WenQuanYi Micro Hei", FONT_FILE, &index, NULL);
    cr_expect_str_eq(path, "/my/font.ttf");
    cr_expect(eq(uint, index, 0));
}

Test(font_file, asks_fontconfig_where_the_usual_file_is_missing)
{
    guint index;
    g_autofree char *path = NULL;

    g_unsetenv("ASSESS_FONT");
    path = font_file_find("WenQuanYi Micro Hei", "/nowhere.ttc", &index, NULL);
    cr_assert_not_null(path);
    cr_expect(g_str_has_suffix(path, "wqy-microhei.ttc"), "%s", path);
}

Test(font_file, does_not_take_another_family_for_the_one_wanted)
{
    guint index;
    g_autoptr(GError) error = NULL;

    g_unsetenv("ASSESS_FONT");
    cr_expect_null(font_file_find("No Such Family", NULL, &index, &error));
    cr_assert(g_error_matches(error, FONT_ERROR, FONT_ERROR_MISSING));
    cr_expect(g_str_has_prefix(error->message, "font \"No Such Family\" not found"));
}
