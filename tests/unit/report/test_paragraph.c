#include "report/paragraph.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#define FONT_FILE "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

/* The text with a bar wherever a line may end. */
static char *broken(const char *text)
{
    g_autofree char *breaks = paragraph_breaks(text);
    GString *shown = g_string_new(NULL);

    for (gsize i = 0; text[i]; i++) {
        if (breaks[i] == 'y' || breaks[i] == 'm')
            g_string_append_c(shown, breaks[i] == 'm' ? '!' : '|');
        g_string_append_c(shown, text[i]);
    }
    return g_string_free(shown, FALSE);
}

static const struct {
    const char *text, *breaks;
} CASES[] = {
    { "", "" },
    { "word", "word" },
    { "two words", "two |words" },
    { "three  blanks   here", "three  |blanks   |here" },
    { "line\nbreak", "line\n!break" },
    { "two\n\nbreaks", "two\n!\n!breaks" },
    { "智能工厂", "智|能|工|厂" },
    { "工厂，设计", "工|厂，|设|计" },
    { "工厂。设计", "工|厂。|设|计" },
    { "工厂、设计；生产：管理", "工|厂、|设|计；|生|产：|管|理" },
    { "是否？是！", "是|否？|是！" },
    { "（工厂）设计", "（工|厂）|设|计" },
    { "《指引》印发", "《指|引》|印|发" },
    { "〔2025〕251号", "〔2025〕|251号" },
    { "“智能”工厂", "“智|能”|工|厂" },
    { "用“智能”工厂", "用|“智|能”|工|厂" },
    { "，“智能”，", "，|“智|能”，" },
    { "【官方】条款", "【官|方】|条|款" },
    { "「甲」「乙」", "「甲」|「乙」" },
    { "等等……完", "等|等……|完" },
    { "占60%以上", "占|60%|以|上" },
    { "GB/T 39116-2020", "GB/T 39116-2020" },
    { "符合 GB/T 39116 的", "符|合 |GB/T 39116 |的" },
    { "ISO 9001 audit", "ISO 9001 |audit" },
    { "达到3级要求", "达|到|3级|要|求" },
    { "第 3 项", "第 3 项" },
    { "at most 28.4 % less", "at |most |28.4 % |less" },
    { "needs 12 kWh now", "needs |12 kWh |now" },
    { "page 3 of 12", "page 3 |of 12" },
    { "Level 3 or above", "Level 3 |or |above" },
    { "No. 251, annex 1", "No. 251, |annex 1" },
    { "(opening bracket)", "(opening |bracket)" },
    { "see f(x), then", "see |f(x), |then" },
    { "www.example.org", "www.example.org" },
    { "and/or", "and/or" },
    { "well-known case", "well-|known |case" },
    { "1,234.5 tonnes", "1,234.5 |tonnes" },
    { "用AI技术", "用|AI|技|术" },
    { "AI scene 场景 (40)", "AI |scene |场|景 |(40)" },
    { "不低于 20 %。", "不|低|于 |20 %。" },
    { "2025年11月28日", "2025年|11月|28日" },
};

Test(paragraph, breaks_where_a_careful_typesetter_would)
{
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *shown = broken(CASES[i].text);

        cr_expect_str_eq(shown, CASES[i].breaks, "\"%s\": %s, expected %s", CASES[i].text, shown,
                         CASES[i].breaks);
    }
}

static GArray *lines_of(Font *font, const char *text, double width)
{
    return paragraph_lines(font, text, 10, width);
}

Test(paragraph, keeps_lines_within_the_width)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    const char *text =
        "达到某一等级，须该等级及以下各等级的全部要求均为满足、豁免或不适用（Level 3 or above, "
        "GB/T 39116-2020）。“官方”为项目文件条款。";

    cr_assert_not_null(font);
    for (double width = 60; width < 500; width += 7) {
        g_autoptr(GArray) lines = lines_of(font, text, width);

        for (guint i = 0; i < lines->len; i++) {
            double used = g_array_index(lines, Line, i).width;

            cr_expect(le(dbl, used, width + 0.001), "width %g, line %u", width, i);
        }
    }
}

Test(paragraph, loses_no_character)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    const char *text = "abcdefghijklmnopqrstuvwxyz0123456789 智能工厂，（设计）。x";

    for (double width = 12; width < 300; width += 5) {
        g_autoptr(GArray) lines = lines_of(font, text, width);
        g_autoptr(GString) joined = g_string_new(NULL);
        g_autofree char *tight = g_strdup(text);

        for (guint i = 0; i < lines->len; i++) {
            const Line *line = &g_array_index(lines, Line, i);

            for (gsize at = 0; at < line->length; at++)
                if (line->text[at] != ' ')
                    g_string_append_c(joined, line->text[at]);
        }
        memmove(strchr(tight, ' '), strchr(tight, ' ') + 1, strlen(strchr(tight, ' ')));
        cr_expect_str_eq(joined->str, tight, "width %g: %s", width, joined->str);
    }
}

Test(paragraph, cuts_a_word_wider_than_the_line)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autofree char *word = g_strnfill(300, 'x');
    g_autoptr(GArray) lines = lines_of(font, word, 100);

    cr_expect(gt(uint, lines->len, 5));
}

Test(paragraph, leaves_no_single_chinese_character_on_the_last_line)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(GArray) lines = lines_of(font, "智能工厂梯度培育要素条件评", 60);
    const Line *last = &g_array_index(lines, Line, lines->len - 1);

    cr_expect(ge(dbl, last->width, 19));
}

Test(paragraph, gives_an_empty_text_one_line)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(GArray) lines = lines_of(font, "", 60);

    cr_expect(eq(uint, lines->len, 1));
}
