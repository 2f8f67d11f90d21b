#include "base/text.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

typedef struct {
    const char *given, *expected;
} Pair;

static void expect_pairs(const Pair *pairs, gsize n, char *(*made)(const char *))
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *text = made(pairs[i].given);

        cr_expect(eq(str, text, (char *)pairs[i].expected), "of \"%s\"", pairs[i].given);
    }
}

Test(text, folds_width_case_and_blanks)
{
    static const Pair pairs[] = {
        { "", "" },
        { " \t\r\n ", "" },
        { "  Yes  ", "yes" },
        { "Two\n \tWORDS\v\fmore", "two words more" },
        { "ＹＥＳ", "yes" },
        { "\u3000已\u3000部署\u00a0", "已 部署" },
        { "６０．５％", "60.5%" },
        { "Straße", "strasse" },
        { "STRASSE", "strasse" },
        { "cafe\u0301", "café" },
        { "CAFÉ", "café" },
        { "ﬁt", "fit" },
        { "①", "1" },
        { "（a）", "(a)" },
        { "a\xff", "a\ufffd" },
    };

    expect_pairs(pairs, G_N_ELEMENTS(pairs), text_fold);
}

Test(text, folding_twice_changes_nothing)
{
    for (gunichar c = 1; c < 0x30000; c++) {
        char utf8[8] = { 'x' };
        g_autofree char *once = NULL, *twice = NULL;

        /* GLib folds Cherokee letters of either case into the other. */
        if (!g_unichar_validate(c) || g_unichar_get_script(c) == G_UNICODE_SCRIPT_CHEROKEE)
            continue;
        utf8[1 + g_unichar_to_utf8(c, utf8 + 1)] = '\0';
        once = text_fold(utf8);
        twice = text_fold(once);
        cr_expect(eq(str, once, twice), "of U+%04X", c);
    }
}

Test(text, composes_every_character_as_glib_does)
{
    static const struct {
        const char *before, *after;
    } WITH[] = { { "", "" }, { "a", "" }, { "\xe5\x8d\x8e", "" }, { "", "\xcc\x81" } };
    guint composed = 0;

    for (gunichar c = 1; c < 0x20000; c++) {
        char character[7] = "";

        if (!g_unichar_validate(c))
            continue;
        g_unichar_to_utf8(c, character);
        for (guint i = 0; i < G_N_ELEMENTS(WITH); i++) {
            g_autofree char *text = g_strconcat(WITH[i].before, character, WITH[i].after, NULL);
            g_autofree char *expected = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
            g_autofree char *found = text_composed(text);

            cr_assert_str_eq(found, expected, "U+%04X", c);
            composed += strcmp(text, expected) != 0;
        }
    }
    cr_expect_gt(composed, 1000, "some are changed");
}

Test(text, finds_the_word_that_was_meant)
{
    static const char *const words[] = {
        "maturity", "score", "scene", "level", "no", "已部署", NULL
    };
    static const Pair pairs[] = {
        { "maturty", "maturity" },
        { "maturitty", "maturity" },
        { "amturity", "maturity" },
        { "scoer", "score" },
        { "scne", "scene" },
        { "LEVEL", "level" },
        { "nO", "no" },
        { "n", "no" },
        { "未部署", "已部署" },
        { " score ", "score" },
        { "sceneo", "scene" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
        cr_expect(eq(str, (char *)text_nearest(pairs[i].given, words), (char *)pairs[i].expected),
                  "of \"%s\"", pairs[i].given);
}

Test(text, finds_no_word_where_none_is_near)
{
    static const char *const words[] = { "maturity", "a", "有", NULL };
    static const char *const given[] = { "", "b", "无", "mat", "xyz", "matuXXXX" };
    static const char *const none[] = { NULL };
    g_autofree char *huge = g_strnfill(1 << 20, 'a');

    for (gsize i = 0; i < G_N_ELEMENTS(given); i++)
        cr_expect(zero(ptr, (void *)text_nearest(given[i], words)), "of \"%s\"", given[i]);
    cr_expect(zero(ptr, (void *)text_nearest("a", none)));
    cr_expect(zero(ptr, (void *)text_nearest(huge, words)));
}

Test(text, of_two_near_words_the_nearer_then_the_first_is_meant)
{
    static const char *const words[] = { "level10", "level3", "level4", "level1", NULL };

    cr_expect(eq(str, (char *)text_nearest("level", words), "level3"));
    cr_expect(eq(str, (char *)text_nearest("level01", words), "level10"));
    cr_expect(eq(str, (char *)text_nearest("level4", words), "level4"));
}

Test(text, words_are_compared_up_to_256_characters)
{
    g_autofree char *most = g_strnfill(256, 'w'), *more = g_strnfill(257, 'w');
    const char *const words[] = { most, more, NULL };

    cr_expect(eq(ptr, (void *)text_nearest(most, words), most));
    cr_expect(zero(ptr, (void *)text_nearest(more, words)));
}

Test(text, shows_nothing_that_hides_or_steers)
{
    static const Pair pairs[] = {
        { "plain 文字 “q” — …", "plain 文字 “q” — …" },
        { "a\tb\r\nc\rd\ne\u2028f", "a b c d e f" },
        { "\x1b[31mred\x07\x7f", "[31mred" },
        { "\xc2\x85x\xc2\x80", " x" },
        { "a\u200b\u200e\u202e\u2066\u2069\u2060\ufeff\u00adz", "az" },
        { "\ufdd0\uffff\U0010ffff!", "!" },
        { "bad\xc3", "bad\ufffd" },
        { "👍", "👍" },
    };

    expect_pairs(pairs, G_N_ELEMENTS(pairs), text_visible);
}

Test(text, quotes_are_cut_by_characters)
{
    static const struct {
        const char *given;
        guint limit;
        const char *expected;
    } cases[] = {
        { "abc", 3, "\"abc\"" },
        { "abcd", 3, "\"...\"" },
        { "abcdef", 5, "\"ab...\"" },
        { "数字化工厂", 5, "\"数字化工厂\"" },
        { "数字化工厂", 4, "\"数...\"" },
        { "a\nb", 3, "\"a b\"" },
        { "", 0, "\"\"" },
        { "abc", 2, "\"..\"" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *quote = text_quote(cases[i].given, cases[i].limit);

        cr_expect(eq(str, quote, (char *)cases[i].expected));
    }
}

Test(text, measures_columns)
{
    static const struct {
        const char *text;
        guint columns;
    } cases[] = {
        { "", 0 },           { "abc", 3 },  { "文字", 4 }, { "ａ", 2 },      { "…—“”", 4 },
        { "cafe\u0301", 4 }, { "，。", 4 }, { "é", 1 },    { "a\u200b", 1 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        cr_expect(eq(uint, text_columns(cases[i].text), cases[i].columns), "of \"%s\"",
                  cases[i].text);
}

Test(text, fits_exactly)
{
    static const struct {
        const char *given;
        guint columns;
        const char *expected;
    } cases[] = {
        { "abc", 3, "abc" },      { "abc", 5, "abc  " },
        { "abcd", 3, "ab…" },     { "文字文", 4, "文… " },
        { "文字文", 5, "文字…" }, { "文字文", 6, "文字文" },
        { "abc", 1, "…" },        { "abc", 0, "" },
        { "", 2, "  " },          { "e\u0301e\u0301e\u0301", 2, "e\u0301…" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fitted = text_fit(cases[i].given, cases[i].columns);

        cr_expect(eq(str, fitted, (char *)cases[i].expected), "of \"%s\" in %u", cases[i].given,
                  cases[i].columns);
        cr_expect(eq(uint, text_columns(fitted), cases[i].columns));
    }
}

/* Lines joined by "|". */
static char *wrapped(const char *text, guint columns)
{
    g_autoptr(GPtrArray) lines = text_wrap(text, columns);
    GString *joined = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(joined, "%s%s", i > 0 ? "|" : "",
                               (char *)g_ptr_array_index(lines, i));
    return g_string_free(joined, FALSE);
}

Test(text, wraps_at_blanks_and_between_wide_characters)
{
    static const struct {
        const char *given;
        guint columns;
        const char *expected;
    } cases[] = {
        { "", 10, "" },
        { "one two three", 7, "one two|three" },
        { "one two three", 6, "one|two|three" },
        { "one   two", 5, "one|two" },
        { "a b ", 3, "a b" },
        { "  a b", 3, "  a|b" },
        { "a\n\nb", 9, "a||b" },
        { "abcdefgh", 3, "abc|def|gh" },
        { "x abcdefgh", 3, "x|abc|def|gh" },
        { "智能制造", 4, "智能|制造" },
        { "智能制造", 5, "智能|制造" },
        { "达到level3以上", 8, "达到|level3以|上" },
        { "a\u00a0b c", 4, "a\u00a0b|c" },
        { "文字", 1, "文|字" },
        { "e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *lines = wrapped(cases[i].given, cases[i].columns);

        cr_expect(eq(str, lines, (char *)cases[i].expected), "of \"%s\" in %u", cases[i].given,
                  cases[i].columns);
    }
}

Test(text, keeps_punctuation_with_its_word)
{
    static const struct {
        const char *given;
        guint columns;
        const char *expected;
    } cases[] = {
        { "智能，制造", 4, "智|能，|制造" },
        { "智能制造。", 8, "智能制|造。" },
        { "智能（制造）", 6, "智能|（制|造）" },
        { "他说“智能”", 5, "他说|“智|能”" },
        { "能耗（GB/T 2589）达标", 12, "能耗（GB/T|2589）达标" },
        { "达标率60%以上", 8, "达标率|60%以上" },
        { "《指南》》》", 8, "《指|南》》》" },
        { "一、二、", 4, "一、|二、" },
        { "，，，，", 4, "，，|，，" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *lines = wrapped(cases[i].given, cases[i].columns);

        cr_expect(eq(str, lines, (char *)cases[i].expected), "of \"%s\" in %u", cases[i].given,
                  cases[i].columns);
    }
}

/* The character of UTF-8 text at `at` is one of `set`. */
static gboolean is_one_of(const char *at, const char *set)
{
    return g_utf8_strchr(set, -1, g_utf8_get_char(at)) != NULL;
}

Test(text, no_line_is_too_wide_or_begins_with_closing_punctuation)
{
    static const char *const pieces[] = { "智", "能", "，", "。", "（", "）", "《", "》",
                                          " ",  "a",  "bc", "9%", "“",  "”",  "、" };
    GRand *random = g_rand_new_with_seed(1);

    for (int round = 0; round < 3000; round++) {
        g_autoptr(GString) text = g_string_new("起");
        guint columns = (guint)g_rand_int_range(random, 12, 30);
        g_autoptr(GPtrArray) lines = NULL;

        for (int i = 0; i < 60; i++) {
            /* Every second piece is a character, so that a line can always end in time. */
            g_string_append(text, "文");
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        }
        lines = text_wrap(text->str, columns);
        for (guint i = 0; i < lines->len; i++) {
            const char *line = g_ptr_array_index(lines, i);
            const char *last = g_utf8_find_prev_char(line, line + strlen(line));

            cr_assert(le(uint, text_columns(line), columns), "%s", line);
            cr_expect(eq(int, is_one_of(line, "，。）》”、%"), FALSE), "%s", line);
            cr_expect(eq(int, i + 1 < lines->len && is_one_of(last, "（《“"), FALSE), "%s", line);
        }
    }
    g_rand_free(random);
}

Test(text, knows_ids)
{
    static const char *const ids[] = { "a", "a_1", "scene_22" };
    static const char *const others[] = { "", "A", "1a", "_a", "a-b", "a b", "\u00e9", "aé", "a." };
    g_autofree char *longest = g_strnfill(64, 'a'), *longer = g_strnfill(65, 'a');

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        cr_expect(text_is_id(ids[i]), "%s", ids[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        cr_expect(eq(int, text_is_id(others[i]), FALSE), "%s", others[i]);
    cr_expect(text_is_id(longest));
    cr_expect(eq(int, text_is_id(longer), FALSE));
}

Test(text, file_names_that_are_safe_stay_as_they_are)
{
    static const char *const names[] = {
        "acme", "Acme Ltd", "O'Brien & Sons (UK)",    "华东精密制造",
        "a.b",  "x_y-z",    "中德（苏州）有限公司",   "console",
        "com",  "nul1",     "miit_smart_factory-2025"
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *file = text_file_name(names[i]);

        cr_expect(eq(str, file, (char *)names[i]));
    }
}

Test(text, file_names_lose_the_dot_that_ends_a_company_name)
{
    g_autofree char *dot = text_file_name("Acme Co., Ltd.");
    g_autofree char *blank = text_file_name("Acme ");

    cr_expect(eq(str, dot, "Acme Co., Ltd"));
    cr_expect(eq(str, blank, "Acme"));
}

/* The expected name stands before the hash. */
Test(text, file_names_that_are_not_safe_are_changed_and_told_apart)
{
    static const Pair pairs[] = {
        { "", "unnamed-" },           { "..", "unnamed-" },
        { " . ", "unnamed-" },        { "///", "unnamed-" },
        { "../../etc/x", "etc_x-" },  { "/etc/passwd", "etc_passwd-" },
        { "C:\\x", "C_x-" },          { "-rf", "rf-" },
        { "~root", "root-" },         { ".hidden", "hidden-" },
        { "a\nb", "a b-" },           { "\u202eevil\u202c", "evil-" },
        { "CON", "_CON-" },           { "nul", "_nul-" },
        { "com1.txt", "_com1.txt-" }, { "LPT\u00b2", "_LPT\u00b2-" },
        { "Aux .x", "_Aux .x-" },     { "$(rm)`x`", "(rm)_x-" },
        { "what?*", "what-" },        { "cafe\u0301", "café-" },
        { "bad\xff", "bad\ufffd-" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *file = text_file_name(pairs[i].given);

        cr_expect(g_str_has_prefix(file, pairs[i].expected), "\"%s\" from \"%s\"", file,
                  pairs[i].given);
        cr_expect(eq(sz, strlen(file), strlen(pairs[i].expected) + 8), "%s", file);
    }
}

Test(text, file_names_differ_where_the_names_do)
{
    static const char *const names[] = { "a/b",        "a:b",  "a\\b", "a_b", "a?b",
                                         "cafe\u0301", "café", "",     ".",   ".." };
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        cr_expect(g_hash_table_add(seen, text_file_name(names[i])), "%s", names[i]);
}

Test(text, file_names_have_at_most_80_bytes)
{
    g_autofree char *most = g_strnfill(80, 'a'), *more = g_strnfill(81, 'a');
    g_autofree char *same = text_file_name(most), *cut = text_file_name(more);
    g_autoptr(GString) chinese = g_string_new(NULL);
    g_autofree char *short_chinese = NULL;

    cr_expect(eq(str, same, most));
    cr_expect(le(sz, strlen(cut), 80));
    for (int i = 0; i < 300; i++)
        g_string_append(chinese, "厂");
    short_chinese = text_file_name(chinese->str);
    cr_expect(le(sz, strlen(short_chinese), 80));
    cr_expect(ge(sz, strlen(short_chinese), 70));
    cr_expect(g_utf8_validate(short_chinese, -1, NULL));
}

Test(text, file_names_are_safe_whatever_the_name)
{
    GRand *random = g_rand_new_with_seed(2);

    for (int round = 0; round < 20000; round++) {
        char name[40];
        gsize n = (gsize)g_rand_int_range(random, 0, sizeof name - 1);
        g_autofree char *file = NULL;

        for (gsize i = 0; i < n; i++)
            name[i] =
                (char)(g_rand_boolean(random) ? g_rand_int_range(random, 1, 256)
                                              : "./\\ -~:CONux1$"[g_rand_int_range(random, 0, 14)]);
        name[n] = '\0';
        file = text_file_name(name);
        cr_assert(g_utf8_validate(file, -1, NULL));
        cr_expect(ge(sz, strlen(file), 1));
        cr_expect(le(sz, strlen(file), 80));
        cr_expect(zero(ptr, strpbrk(file, "/\\:*?\"<>|$`\n\r\t\x1b")), "%s", file);
        cr_expect(zero(ptr, strchr(".-~ ", file[0])), "%s", file);
        cr_expect(zero(ptr, strchr(". ", file[strlen(file) - 1])), "%s", file);
    }
    g_rand_free(random);
}

Test(text, keeps_what_chooses_forms_for_sinks_that_shape)
{
    static const char *const pairs[][2] = {
        { "\U0001F469\u200d\U0001F4BB", "\U0001F469\u200d\U0001F4BB" },
        { "\u845b\U000E0100", "\u845b\U000E0100" },
        { "a\u202eb\u200bc\tde", "abc de" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *written = text_written(pairs[i][0]);

        cr_expect_str_eq(written, pairs[i][1]);
    }
}

Test(text, finds_what_is_left_out)
{
    g_autoptr(GString) found = g_string_new(NULL);

    text_add_invisible("a\u202eb\u200b\u202ec\td\u200d\n\r\u2028\U000E0100", found);
    cr_expect_str_eq(found->str, "\u202e\u200b");
    text_add_invisible("\001\u00ad\ufeff\ufff9\u3164\uffa0\U000E0041", found);
    cr_expect_str_eq(found->str, "\u202e\u200b\001\u00ad\ufeff\ufff9\u3164\uffa0\U000E0041");
    for (gunichar tag = 0xe0020; tag < 0xe0060; tag++) {
        char text[7] = { 0 };

        g_unichar_to_utf8(tag, text);
        text_add_invisible(text, found);
    }
    cr_expect(lt(sz, found->len, TEXT_INVISIBLE_LIMIT + 4));
}

Test(text, knows_what_a_spreadsheet_runs)
{
    static const char *const run[] = { "=1+1", "+a",      "-",       "@SUM(A1)", "\tx",
                                       "\rx",  "\uff1d1", "\uff0ba", "\uff0da",  "\uff20a" };
    static const char *const not_run[] = { "", "a", "1", " =1", "'=1", "\uff08", "\u662f", "\nx" };

    for (guint i = 0; i < G_N_ELEMENTS(run); i++)
        cr_expect(text_runs(run[i]), "%s", run[i]);
    for (guint i = 0; i < G_N_ELEMENTS(not_run); i++)
        cr_expect(not(text_runs(not_run[i])), "%s", not_run[i]);
}

Test(text, knows_numbers_with_a_sign)
{
    static const char *const numbers[] = {
        "-5",           "+1.5",        "-.5",         "-5.",      "-1,5",
        "-5%",          "-5 %",        "+1e5",        "-1.5E-10", "-1 234",
        "-1,234,567.5", "+1\u00a0234", "-1\u202f234", "\uff0d5",  "\uff0b1.5",
    };
    static const char *const others[] = {
        "",    "5",    "=5",  "@5",   "-",   "+",     "-%",   "-.",  "-5-5", "-5+A1", "-e5",
        "-5e", "-5e+", "-A1", "-5 x", "--5", "-1  2", "-5%%", "-5 ", "-(5)", "-5*2",  "-,",
    };

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        cr_expect(text_is_signed_number(numbers[i]), "%s", numbers[i]);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        cr_expect(not(text_is_signed_number(others[i])), "%s", others[i]);
}
