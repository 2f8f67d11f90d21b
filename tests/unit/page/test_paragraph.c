#include "page/paragraph.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#define FONT_FILE "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

static GArray *lines_of(Font *font, const char *text, double width)
{
    return paragraph_lines(font, text, 10, width);
}

/* At a size of 10 a Chinese character is 10 wide. */
static const struct {
    const char *text;
    double width;
    const char *lines; /* parted by bars */
} CASES[] = {
    { "", 50, "" },
    { "智能工厂", 50, "智能工厂" },
    { "智能工厂梯度培育", 40, "智能工厂|梯度培育" },
    { "智能工厂，梯度培育", 40, "智能工|厂，梯度|培育" },
    { "智能工厂梯度培育。", 80, "智能工厂梯度|培育。" },
    { "智能（工厂）梯度", 30, "智能|（工|厂）|梯度" },
    { "参见《要素条件》全文", 30, "参见|《要素|条件》|全文" },
    { "所谓“智能工厂”者", 30, "所谓|“智能|工|厂”者" },
    { "【官方】【自定】条款", 40, "【官方】|【自定】|条款" },
    { "质量管理……以及其他", 50, "质量管|理……以及|其他" },
    { "质量管理体系——以及其他", 70, "质量管理体|系——以及其他" },
    { "是否？是！否；无：有", 30, "是否？|是！|否；|无：有" },
    { "符合GB/T 39116—2020的要求", 60, "符合|GB/T|39116—2020|的要求" },
    { "符合 GB/T 39116 的要求", 70, "符合|GB/T 39116 的|要求" },
    { "certified to ISO 9001 by us", 70, "certified to|ISO 9001 by us" },
    { "certified to ISO 9001 by us", 90, "certified to|ISO 9001 by us" },
    { "不低于 20 % 的企业", 50, "不低于|20 % 的|企业" },
    { "能耗为 3.5 kWh/t 以下", 60, "能耗为|3.5 kWh/t|以下" },
    { "自 2025 年 11 月 28 日起", 40, "自|2025 年|11 月|28 日起" },
    { "自2025年11月28日起", 40, "自|2025年|11月|28日起" },
    { "按照第 3 条的规定", 40, "按照|第 3 条|的规定" },
    { "按照第十二条的规定", 40, "按照|第十二条|的规定" },
    { "as said in § 5 above", 60, "as said in § 5|above" },
    { "see page 3 of 12 below", 60, "see page 3|of 12 below" },
    { "about 5 minutes at most", 50, "about|5 minutes|at most" },
    { "详见 https://www.example.org/standards/list?page=2#top 全文", 100,
      "详见|https://www.example|.org/standards/list|?page=2#top 全文" },
    { "write to first.last@department.example.org now", 80,
      "write to|first.last|@department|.example.org|now" },
    { "write to a@example.org now", 80, "write to|a@example.org|now" },
    { "input/output and/or both", 50, "input/|output|and/or|both" },
    { "internationalisation", 40, "internati|onalis|ation" },
    { "an internationalisation", 60, "an|international|isation" },
    { "智能工厂梯", 40, "智能工|厂梯" },
    { "智能工厂梯。", 40, "智能工|厂梯。" },
    { "智能工厂 梯", 40, "智能工|厂 梯" },
    { "one two three a", 62, "one two|three a" },
    { "甲乙\n丙丁戊己庚\n辛", 40, "甲乙|丙丁戊|己庚|辛" },
    { "智能\n\n工厂", 40, "智能||工厂" },
    { "　　智能工厂　梯度", 40, "智能|工厂|梯度" },
    { "用 AI 技术、5G 网络", 40, "用 AI 技|术、5G|网络" },
    { "。。。。。。。", 30, "。。。|。。。|。" },
    { "（（（（（甲", 30, "（（（|（（甲" },
    { "甲乙丙", 1, "甲|乙|丙" },
    { "人口 1 200 000 左右", 60, "人口|1 200 000|左右" },
    { "位于中山路 18 号 501 室", 50, "位于中山路|18 号|501 室" },
};

static char *joined(const GArray *lines)
{
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);

        g_string_append_printf(all, "%s%.*s", i ? "|" : "", (int)line->length, line->text);
    }
    return g_string_free(all, FALSE);
}

Test(paragraph, breaks_lines_as_a_careful_typesetter_would)
{
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);

    cr_assert_not_null(font);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GArray) lines = paragraph_lines(font, CASES[i].text, 10, CASES[i].width);
        g_autofree char *shown = joined(lines);

        cr_expect_str_eq(shown, CASES[i].lines, "\"%s\" within %g: %s, expected %s", CASES[i].text,
                         CASES[i].width, shown, CASES[i].lines);
    }
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
