#include "page/writing.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static void expect_all(const char *text, Writing writing)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        cr_expect(eq(int, writing_of(g_utf8_get_char(at)), writing), "U+%04X", g_utf8_get_char(at));
}

Test(writing, letters_that_stand_for_themselves_are_plain)
{
    expect_all("aZ09 é Ωд 智能工厂，。《》 あア 한국 ㄅ 𠀋 😀 § ℃ ≥ □", WRITING_PLAIN);
}

Test(writing, what_chooses_a_form_is_no_glyph)
{
    expect_all("\u200c\u200d\ufe00\ufe0f\U000E0100\U000E01EF", WRITING_FORM);
}

Test(writing, what_one_glyph_cannot_say_is_unfit)
{
    expect_all("مرحبا", WRITING_UNFIT);
    expect_all("שלום", WRITING_UNFIT);
    expect_all("देवनागरी", WRITING_UNFIT);
    expect_all("ไทย", WRITING_UNFIT);
    expect_all("\u0301\u030c\u20e3\u3099", WRITING_UNFIT);       /* marks */
    expect_all("\u1112\u1161\u11ab", WRITING_UNFIT);             /* parts of a syllable */
    expect_all("\001\033\177\xc2\x85", WRITING_UNFIT);           /* controls */
    expect_all("\u202e\u2066\u200b\ufeff\u00ad", WRITING_UNFIT); /* formats */
    expect_all("\ue000\uf8ff\U000F0000\U0010FFFD", WRITING_UNFIT);
    expect_all("\ufdd0\uffff\U0001FFFE\u0378", WRITING_UNFIT);
}

Test(writing, turns_words_from_the_right_around)
{
    static const char *const CASES[][2] = {
        { "a שלום b", "a םולש b" }, { "שלום עולם", "םלוע םולש" }, { "שלום, עולם!", "םלוע ,םולש!" },
        { "א1ב", "א1ב" },           { "אב 12 גד", "בא 12 דג" },   { "(אב)", "(בא)" },
        { "אבa", "באa" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *turned = writing_turned(CASES[i][0], strlen(CASES[i][0]));

        cr_expect_str_eq(turned, CASES[i][1]);
    }
    cr_expect_null(writing_turned("智能 abc", strlen("智能 abc")));
    cr_expect_null(writing_turned("", 0));
    cr_expect_null(writing_turned("abc ש", 4));
}
