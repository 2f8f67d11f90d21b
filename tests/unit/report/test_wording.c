#include "report/wording.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>

static Wording *load(const char *text, Findings *findings)
{
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("wording-XXXXXX.ini", &path, NULL);
    Wording *wording;

    cr_assert(file >= 0 && g_file_set_contents(path, text, -1, NULL));
    g_close(file, NULL);
    wording = wording_load(path, findings, NULL);
    g_unlink(path);
    return wording;
}

Test(wording, falls_back_from_language_to_plain_to_key)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Wording) wording =
        load("[words]\na = plain\na[zh] = 中文\nb = only\n[caption x]\nc = named\n", findings);

    cr_assert_not_null(wording);
    cr_expect_str_eq(wording_get(wording, "words", "a", "zh"), "中文");
    cr_expect_str_eq(wording_get(wording, "words", "a", "en"), "plain");
    cr_expect_str_eq(wording_get(wording, "words", "a", NULL), "plain");
    cr_expect_str_eq(wording_get(wording, "words", "b", "zh"), "only");
    cr_expect_str_eq(wording_get(wording, "caption x", "c", "zh"), "named");
    cr_expect_str_eq(wording_get(wording, "words", "missing", "zh"), "missing");
    cr_expect(wording_has(wording, "words", "a") && !wording_has(wording, "words", "missing"));
}

Test(wording, fills_each_place_once)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Wording) wording = load("[words]\na = \"{x} and {y}, {x}; {z} {\"\n", findings);
    g_autofree char *text = wording_fill(wording, "words", "a", "en", "x", "{y}", "y", "two", NULL);

    cr_expect_str_eq(text, "{y} and two, {y}; {z} {");
}

Test(wording, refuses_a_translation_with_a_place_that_nobody_fills)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Wording) wording =
        load("[words]\na = \"at {date}\"\na[zh] = \"于 {day}\"\n", findings);

    cr_expect_null(wording);
    cr_assert(eq(uint, findings_count(findings), 1));
    cr_expect_str_eq(findings_at(findings, 0)->message,
                     "{day} in the translation of \"a\" is not in the plain text");
    cr_expect(eq(uint, findings_at(findings, 0)->line, 3));
}

Test(wording, of_the_consultant_is_sound)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Wording) wording = wording_load("templates/consultant.ini", findings, NULL);

    cr_assert_not_null(wording);
    cr_expect(eq(uint, findings_count(findings), 0));
}
