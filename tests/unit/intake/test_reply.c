#include "intake/reply.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "intake/suite.h"
#include "intake/uscc.h"

static int question_of(const Rubric *rubric, const char *id)
{
    int index = NOWHERE;

    cr_assert(eq(int, (int)rubric_find(rubric, id, &index), (int)NAME_QUESTION), "%s", id);
    return index;
}

/* What is told of a reply: "value", or "problem [hint]". */
static char *told_of(const Vocabulary *vocabulary, const char *id, const char *text)
{
    g_autoptr(Answers) answers = answers_new(vocabulary_rubric(vocabulary));
    int question = question_of(answers->rubric, id);
    g_autofree char *problem = NULL, *hint = NULL;
    char *value;

    if (!reply_read(vocabulary, question, text, &answers->of[question], &problem, &hint)) {
        cr_expect(eq(int, (int)answers->of[question].state, (int)ANSWER_INVALID));
        return hint ? g_strdup_printf("%s [%s]", problem, hint) : g_strdup(problem);
    }
    cr_expect(zero(ptr, problem));
    value = answer_value(answers, question);
    return value ? value : g_strdup("blank");
}

typedef struct {
    const char *question, *text, *told;
} Saying;

static void check(const Saying *cases, guint n)
{
    g_autoptr(Rubric) rubric = suite_rubric();
    g_autoptr(Vocabulary) vocabulary = vocabulary_new(rubric);

    for (guint i = 0; i < n; i++) {
        g_autofree char *told = told_of(vocabulary, cases[i].question, cases[i].text);

        cr_expect(eq(str, told, (char *)cases[i].told), "%s = %s", cases[i].question,
                  cases[i].text);
    }
}

Test(reply, reads_what_a_sheet_may_say)
{
    static const Saying CASES[] = {
        { "plan", "", "blank" },
        { "plan", " \t\u3000\n", "blank" },
        { "plan", "fair", "fair" },
        { "plan", "  FAIR ", "fair" },
        { "plan", "Partly  Met", "fair" },
        { "plan", "\u90e8\u5206\u6ee1\u8db3", "fair" },
        { "plan", "\uff46\uff41\uff49\uff52", "fair" },
        { "plan", "n/a: bought in", "n/a: bought in" },
        { "plan", "N/A\uff1a Bought In ", "n/a: Bought In" },
        { "plan", "\u4e0d\u9002\u7528\uff1a\u5916\u8d2d", "n/a: \u5916\u8d2d" },
        { "plan", "n/a : see: annex", "n/a: see: annex" },
        { "mes", "yes", "yes" },
        { "mes", "Y", "yes" },
        { "mes", "TRUE", "yes" },
        { "mes", "\u662f", "yes" },
        { "mes", "\u6709", "yes" },
        { "mes", "\u221a", "yes" },
        { "mes", "\u5bf9", "yes" },
        { "mes", "\u662f\u7684", "yes" },
        { "mes", "\u2713", "yes" },
        { "mes", "\u2714", "yes" },
        { "mes", "\u2611", "yes" },
        { "mes", "No", "no" },
        { "mes", "n", "no" },
        { "mes", "false", "no" },
        { "mes", "\u5426", "no" },
        { "mes", "\u65e0", "no" },
        { "mes", "\u00d7", "no" },
        { "mes", "\u9519", "no" },
        { "mes", "\u4e0d\u662f", "no" },
        { "mes", "\u6ca1\u6709", "no" },
        { "mes", "\u2717", "no" },
        { "mes", "\u2718", "no" },
        { "tools", "cad", "cad" },
        { "tools", "plm; cad", "cad;plm" },
        { "tools", "cad\uff1bSimulation\u250b\u4eff\u771f|plm", "cad;cae;plm" },
        { "tools", "cad\r\nplm\n", "cad;plm" },
        { "tools", "cad;plm;", "cad;plm" },
        { "tools", "none", "none" },
        { "tools", "\u65e0", "none" },
        { "energy", "60", "60" },
        { "energy", " 060.50 ", "60.5" },
        { "energy", "\uff16\uff10\uff0e\uff15", "60.5" },
        { "energy", "0", "0" },
        { "energy", "1000", "1000" },
        { "output", "-12.5", "-12.5" },
        { "output", "+12.5", "12.5" },
        { "output", "'-12.5", "-12.5" },
        { "output", "999999999999.999999", "999999999999.999999" },
        { "output", "n/a: not made", "n/a: not made" },
        { "rate", "60", "60" },
        { "rate", "60%", "60" },
        { "rate", "60.0 \uff05", "60" },
        { "rate", "33.333333%", "33.333333" },
        { "rate", "0", "0" },
        { "rate", "100%", "100" },
        { "part", "20", "20" },
        { "since", "2024-02-29", "2024-02-29" },
        { "remark", "=SUM(A1)", "=SUM(A1)" },
        { "remark", "'=SUM(A1)", "=SUM(A1)" },
        { "remark", "'quoted'", "'quoted'" },
        { "remark", " as written ", " as written " },
        { "company", "n/a", "n/a" },
        { "company", "NULL", "NULL" },
        { "code", SUITE_CODE, SUITE_CODE },
        { "industry", "Steel", "steel" },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(reply, says_what_cannot_be_read_and_what_was_expected)
{
    static const Saying CASES[] = {
        { "plan", "fiar", "\"fiar\" is not an option [did you mean \"fair\" (Partly met)?]" },
        { "plan", "excellent",
          "\"excellent\" is not an option [expected one of poor, fair, good]" },
        { "plan", "2", "\"2\" is not an option [expected one of poor, fair, good]" },
        { "plan", "n/a", "\"n/a\" gives no reason [write \"n/a: \" and the reason]" },
        { "plan", "\u4e0d\u9002\u7528\uff1a ",
          "\"\u4e0d\u9002\u7528\uff1a \" gives no reason [write \"n/a: \" and the reason]" },
        { "mes", "n/a: no such line",
          "\"n/a: no such line\" is not an answer to this question, which always applies "
          "[leave it blank if it is not known]" },
        { "industry", "n/a: none", "\"n/a: none\" is no answer to a field, which always applies" },
        { "industry", "steal", "\"steal\" is not an option [did you mean \"steel\"?]" },
        { "mes", "maybe",
          "\"maybe\" is neither yes nor no [expected yes or no, \u662f or \u5426]" },
        { "mes", "1", "\"1\" is neither yes nor no [expected yes or no, \u662f or \u5426]" },
        { "tools", "cad; cax", "\"cax\" is not an option [did you mean \"cad\"?]" },
        { "tools", "cad, plm", "\"cad, plm\" is not an option [expected one of cad, cae, plm]" },
        { "tools", "cad; none", "\"none\" is not an option [expected one of cad, cae, plm]" },
        { "tools", ";", "\";\" names no option [write none if nothing is ticked]" },
        { "energy", "1,000", "\"1,000\" has its digits grouped by commas [write 1000]" },
        { "energy", "12,5",
          "\"12,5\" is not a decimal number [write a point before the decimals]" },
        { "energy", "12 kWh/t",
          "\"12 kWh/t\" is not a decimal number [write the number alone; it is in kWh/t]" },
        { "energy", "many", "\"many\" is not a decimal number [expected digits such as 12.5]" },
        { "energy", "nan", "\"nan\" is not a decimal number [expected digits such as 12.5]" },
        { "energy", "0x10",
          "\"0x10\" is not a decimal number [write the number alone; it is in kWh/t]" },
        { "output", "1e5", "\"1e5\" is not a decimal number [expected digits such as 12.5]" },
        { "output", "1234567890123",
          "\"1234567890123\" has more than 12 digits before or 6 after the point" },
        { "output", "0.1234567",
          "\"0.1234567\" has more than 12 digits before or 6 after the point" },
        { "energy", "1000.1", "\"1000.1\" is out of range: expected 0 to 1000" },
        { "energy", "-1", "\"-1\" is out of range: expected 0 to 1000" },
        { "rate", "101", "\"101\" is out of range: expected 0% to 100%" },
        { "rate", "-0.1%", "\"-0.1%\" is out of range: expected 0% to 100%" },
        { "part", "19.999999", "\"19.999999\" is out of range: expected 20% to 80%" },
        { "rate", "sixty",
          "\"sixty\" is not a decimal number [expected percent points such as 60 or 60%]" },
        { "rate", "%",
          "\"%\" is not a decimal number [expected percent points such as 60 or 60%]" },
        { "since", "2024/2/29",
          "\"2024/2/29\" is not a date of the form YYYY-MM-DD [expected a date such as "
          "2025-03-01]" },
        { "since", "29.02.2024",
          "\"29.02.2024\" is not a date of the form YYYY-MM-DD [expected a date such as "
          "2025-03-01]" },
        { "since", "2023-02-29", "\"2023-02-29\" is not a day of the calendar" },
        { "since", "0000-01-01", "\"0000-01-01\" is not a day of the calendar" },
        { "code", "9135010",
          "\"9135010\" is not a unified social credit code: it has 7 characters, "
          "expected 18" },
        { "code", "91350100M000100Y44",
          "\"91350100M000100Y44\" is not a unified social credit code: by its other characters the "
          "last one must be \"3\"" },
        { "code", "91350100M00O100Y43",
          "\"91350100M00O100Y43\" is not a unified social credit code: \"O\" never stands in one" },
    };

    check(CASES, G_N_ELEMENTS(CASES));
}

Test(reply, keeps_what_was_written_and_the_remarks_beside_it)
{
    g_autoptr(Rubric) rubric = suite_rubric();
    g_autoptr(Vocabulary) vocabulary = vocabulary_new(rubric);
    g_autoptr(Answers) answers = answers_new(rubric);
    int plan = question_of(rubric, "plan");
    Answer *answer = &answers->of[plan];
    g_autofree char *problem = NULL, *hint = NULL;

    answer->evidence = g_strdup("record 7");
    cr_expect(not(reply_read(vocabulary, plan, "Nearly", answer, &problem, &hint)));
    cr_expect(eq(str, answer->text, "Nearly"));
    cr_expect(eq(str, answer->evidence, "record 7"));
    g_free(problem);
    g_free(hint);
    cr_expect(reply_read(vocabulary, plan, "Fully met", answer, &problem, &hint));
    cr_expect(eq(str, answer->text, "Fully met"));
    cr_expect(eq(int, (int)answer->state, (int)ANSWER_ANSWERED));
    cr_expect(eq(u32, answer->low, 2));
    cr_expect(eq(u32, answer->high, 2));
}

Test(reply, takes_back_only_the_apostrophe_that_guards)
{
    cr_expect(eq(str, (char *)reply_unguarded("'=1"), "=1"));
    cr_expect(eq(str, (char *)reply_unguarded("'+1"), "+1"));
    cr_expect(eq(str, (char *)reply_unguarded("'-1"), "-1"));
    cr_expect(eq(str, (char *)reply_unguarded("'@x"), "@x"));
    cr_expect(eq(str, (char *)reply_unguarded("'\tx"), "\tx"));
    cr_expect(eq(str, (char *)reply_unguarded("'\uff1dx"), "\uff1dx"));
    cr_expect(eq(str, (char *)reply_unguarded("'x"), "'x"));
    cr_expect(eq(str, (char *)reply_unguarded("'"), "'"));
    cr_expect(eq(str, (char *)reply_unguarded("''=1"), "''=1"));
}

/* Every other last character is refused, and every change of one character or swap of two that the
 * standard catches. */
Test(reply, verifies_the_check_character_of_a_code)
{
    static const char CHARACTERS[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    for (guint at = 0; at < USCC_LENGTH; at++)
        for (const char *c = CHARACTERS; *c; c++) {
            char code[] = SUITE_CODE;
            g_autofree char *what = NULL;

            code[at] = *c;
            cr_expect(eq(int, uscc_check(code, &what), *c == SUITE_CODE[at]), "%s", code);
        }
}
