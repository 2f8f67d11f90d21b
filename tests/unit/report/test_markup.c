#include "report/markup.h"

#include <criterion/criterion.h>
#include <math.h>

static char *escaped(const char *text)
{
    GString *out = g_string_new(NULL);

    markup_text(out, text);
    return g_string_free(out, FALSE);
}

Test(markup, shows_any_text_as_text)
{
    static const struct {
        const char *text, *expected;
    } CASES[] = {
        { "", "" },
        { "Acme & Sons <b>\"x\" 'y'", "Acme &amp; Sons &lt;b&gt;&quot;x&quot; &#39;y&#39;" },
        { "&amp;", "&amp;amp;" },
        { "]]><!--", "]]&gt;&lt;!--" },
        { "智能工厂 😀 مصنع", "智能工厂 😀 مصنع" },
        { "a\tb\nc", "a\tb\nc" },
        { "a\x01"
          "b\x1b[31m\x7f",
          "a\uFFFDb\uFFFD[31m\uFFFD" },
        { "\xc2\x85", "\uFFFD" },                       /* next line, a control of the second set */
        { "\xef\xb7\x90\xef\xbf\xbe", "\uFFFD\uFFFD" }, /* noncharacters */
        { "a\xff"
          "b\xe6\x95",
          "a\uFFFDb\uFFFD\uFFFD" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *text = escaped(CASES[i].text);

        cr_assert_str_eq(text, CASES[i].expected);
    }
}

Test(markup, prints_numbers_short_and_whatever_happens)
{
    static const struct {
        double value;
        const char *expected;
    } CASES[] = {
        { 0, "0" },       { 12, "12" },      { 12.5, "12.5" },     { 0.254, "0.25" },
        { 0.05, "0.05" }, { -0.5, "-0.5" },  { -3.254, "-3.25" },  { 0.999, "1" },
        { NAN, "0" },     { INFINITY, "0" }, { 1e300, "1000000" }, { -1e300, "-1000000" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        markup_number(out, CASES[i].value);
        cr_expect_str_eq(out->str, CASES[i].expected, "%g gives %s", CASES[i].value, out->str);
    }
}

Test(markup, tells_which_text_may_run_leftward)
{
    g_autoptr(GString) out = g_string_new(NULL);

    markup_direction(out, "Acme 智能 😀");
    cr_assert_str_eq(out->str, "");
    markup_direction(out, "Acme مصنع");
    cr_assert_str_eq(out->str, " dir=\"auto\"");
}
