#include "report/font.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "report/font_file.h"

#define FONT_FILE "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

static char *encoded(Font *font, const char *text)
{
    GString *codes = g_string_new(NULL);

    font_encode(font, text, strlen(text), codes);
    return g_string_free(codes, FALSE);
}

Test(font, gives_codes_in_the_order_of_first_use)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *first = encoded(font, "ab智a");

    cr_expect_str_eq(first, "0001000200030001");
}

Test(font, measures_chinese_as_whole_squares)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);

    cr_expect(epsilon_eq(dbl, font_width(font, "智能", strlen("智能"), 10), 20, 0.1));
    cr_expect(lt(int, font_advance(font, 'i'), font_advance(font, 'm')));
}

Test(font, shows_a_substitute_and_remembers_what_it_lacks)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *codes = encoded(font, "a\U0001F600b\U0001F600");
    g_autofree char *missing = font_missing(font);
    g_autoptr(FontSubset) subset = font_subset(font, NULL);
    const guint8 *glyphs = g_bytes_get_data(subset->glyphs, NULL);

    cr_expect_str_eq(codes, "0001000200030002");
    cr_expect_str_eq(missing, "\U0001F600");
    cr_expect(glyphs[2 * 2] || glyphs[2 * 2 + 1], "the substitute has no glyph");
    cr_expect_not_null(
        g_strstr_len(g_bytes_get_data(subset->to_unicode, NULL), -1, "<0002> <D83DDE00>"));
}

Test(font, measuring_alone_misses_nothing)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *missing = NULL;

    font_width(font, "\U0001F600", 4, 10);
    missing = font_missing(font);
    cr_expect_str_empty(missing);
}

Test(font, cuts_out_only_what_is_used)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *codes = encoded(font, "智能工厂梯度培育");
    g_autoptr(FontSubset) subset = font_subset(font, NULL);

    cr_assert_not_null(subset);
    cr_expect(eq(sz, strlen(codes), 32));
    cr_expect(lt(sz, g_bytes_get_size(subset->program), 30000));
    cr_expect(eq(sz, g_bytes_get_size(subset->glyphs), 2 * 9));
    cr_expect(gt(int, subset->ascent, 0));
    cr_expect(lt(int, subset->descent, 0));
}

Test(font, refuses_what_is_no_font)
{
    g_autoptr(GError) error = NULL;

    cr_expect_null(font_open("templates/consultant.ini", 0, &error));
    cr_assert(g_error_matches(error, FONT_ERROR, FONT_ERROR_UNUSABLE));
    cr_expect_str_eq(error->message,
                     "templates/consultant.ini is not a font with TrueType outlines");
    g_clear_error(&error);
    cr_expect_null(font_open("/nowhere/x.ttf", 0, &error));
    cr_expect(g_error_matches(error, FONT_ERROR, FONT_ERROR_UNUSABLE));
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
