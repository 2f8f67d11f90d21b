#include "page/parting.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

/* The text with a bar wherever a line may end. */
static char *broken(const char *text)
{
    g_autofree char *places = parting_places(text);
    GString *shown = g_string_new(NULL);

    for (gsize i = 0; text[i]; i++) {
        if (places[i] == PARTING_MAY || places[i] == PARTING_MUST)
            g_string_append_c(shown, places[i] == PARTING_MUST ? '!' : '|');
        g_string_append_c(shown, text[i]);
    }
    return g_string_free(shown, FALSE);
}

static const struct {
    const char *text, *places;
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
    { "2025 年 11 月 28 日", "2025 年 |11 月 |28 日" },
    { "第 3 条规定", "第 3 条|规|定" },
    { "第十二条规定", "第十二条|规|定" },
    { "见附录 B。", "见|附|录 B。" },
    { "GB/T 39116—2020《成熟度》", "GB/T 39116—2020|《成|熟|度》" },
    { "ISO/IEC 27001 and DB32/T 4000", "ISO/IEC 27001 |and |DB32/T 4000" },
    { "AND 5", "AND 5" },
    { "An 5", "An |5" },
    { "at 3.5 kWh/t of steel", "at |3.5 kWh/t |of |steel" },
    { "about 5 minutes", "about |5 minutes" },
    { "5 mines", "5 |mines" },
    { "a 25 ℃ b", "a |25 ℃ |b" },
    { "costs ¥ 300 each", "costs |¥ 300 |each" },
    { "see § 5 and §§ 6", "see |§ 5 |and |§§ 6" },
    { "12 345 678 pieces", "12 345 678 |pieces" },
    { "on 28 November 2025", "on |28 November 2025" },
    { "in Room 501", "in |Room 501" },
    { "甲——乙", "甲——|乙" },
    { "省略…………完", "省|略…………|完" },
    { "“甲”“乙”", "“甲”|“乙”" },
    { "他说：“好。”又", "他|说：|“好。”|又" },
    { "（《甲》）乙", "（《甲》）|乙" },
    { "“AI”技术", "“AI”|技|术" },
    { "人人々々", "人|人々々" },
    { "甲·乙", "甲·|乙" },
    { "10~20%、10～20", "10~20%、|10～20" },
    { "3 × 5 = 15", "3 × 5 = 15" },
    { "no\u00a0break", "no\u00a0break" },
    { "e\u0301t\u0301 u", "e\u0301t\u0301 |u" },
    { "甲\u200b乙", "甲\u200b|乙" },
    { "C:\\data\\x y", "C:\\data\\x |y" },
};

Test(parting, parts_where_a_careful_typesetter_would)
{
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *shown = broken(CASES[i].text);

        cr_expect_str_eq(shown, CASES[i].places, "\"%s\": %s, expected %s", CASES[i].text, shown,
                         CASES[i].places);
    }
}

static const struct {
    const char *text, *places;
} PIECES[] = {
    { "https://www.example.org/a/b.html?x=1&y=2#z",
      "https://|www|.example|.org/|a/|b|.html|?x=|1|&y=|2|#z" },
    { "见https://example.org/a，", "见https://|example|.org/|a，" },
    { "first.last@mail.example.org.", "first|.last|@mail|.example|.org." },
    { "and/or", "and/|or" },
    { "1/2 and 3.5", "1/2 and 3.5" },
    { "GB/T 39116", "GB/|T |39116" },
    { "a_long_name", "a_|long_|name" },
};

/* Where a piece that is wider than a line parts. */
Test(parting, parts_wide_pieces_where_nothing_misleads)
{
    for (guint i = 0; i < G_N_ELEMENTS(PIECES); i++) {
        g_autofree char *places = parting_places(PIECES[i].text);
        g_autoptr(GString) shown = g_string_new(NULL);

        for (gsize at = 0; PIECES[i].text[at]; at++) {
            if (places[at] == PARTING_PIECE)
                g_string_append_c(shown, '|');
            g_string_append_c(shown, PIECES[i].text[at]);
        }
        cr_expect_str_eq(shown->str, PIECES[i].places);
    }
}

/* Whatever stands beside it. */
Test(parting, never_puts_punctuation_at_the_wrong_end_of_a_line)
{
    static const char *const CLOSING[] = { "，", "。", "、", "；", "：", "？", "！", "）", "》",
                                           "】", "〕", "」", "』", "”",  "’",  "％", "％", "℃" };
    static const char *const OPENING[] = {
        "（", "《", "【", "〔", "「", "『", "“", "‘", "〈", "("
    };
    static const char *const WORDS[] = { "甲", "a", "7", " ", "“", "》", "甲 " };

    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        for (guint j = 0; j < G_N_ELEMENTS(CLOSING); j++) {
            g_autofree char *text = g_strconcat("乙", WORDS[i], CLOSING[j], NULL);
            g_autofree char *places = parting_places(text);

            cr_expect(eq(chr, places[strlen(text) - strlen(CLOSING[j])], PARTING_NEVER), "%s",
                      text);
        }
        for (guint j = 0; j < G_N_ELEMENTS(OPENING) && *WORDS[i] != ' '; j++) {
            g_autofree char *text = g_strconcat(OPENING[j], WORDS[i], NULL);
            g_autofree char *places = parting_places(text);

            cr_expect(eq(chr, places[strlen(OPENING[j])], PARTING_NEVER), "%s", text);
        }
    }
}

/* Every place is asked for whatever stands before it: time must not grow with its square. */
Test(parting, takes_a_long_text_of_any_kind, .timeout = 5)
{
    static const char *const UNITS[] = { " ",  ".",  "A/", "…",  "（",    "e\u0301",
                                         "智", "a@", "1 ", "\n", "\u3000" };

    for (guint i = 0; i < G_N_ELEMENTS(UNITS); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autofree char *places = NULL;

        while (text->len < 200000)
            g_string_append(text, UNITS[i]);
        places = parting_places(text->str);
        cr_expect(eq(sz, strlen(places), text->len));
    }
}
