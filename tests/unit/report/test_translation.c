#include "report/translation.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>

static const char SECTIONS[] = "[words]\n"
                               "text = \"{1} is no finding\"\n"
                               "[finding plain]\n"
                               "text = nothing here\n"
                               "text[zh] = 没有内容\n"
                               "[finding same]\n"
                               "text = \"{1}: ''{2}'' and ''{3}'' differ\"\n"
                               "text[zh] = \"{1}：“{3}”与“{2}”不同\"\n"
                               "[finding last]\n"
                               "text = \"write {1}\"\n"
                               "text[zh] = \"请写 {1}\"\n"
                               "[finding untranslated]\n"
                               "text = \"{1} stays\"\n"
                               "[finding later]\n"
                               "text = \"write {1} again\"\n"
                               "text[zh] = \"请再写 {1}\"\n";

static Wording *load(void)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("translation-XXXXXX.ini", &path, NULL);
    Wording *wording;

    cr_assert(file >= 0 && g_file_set_contents(path, SECTIONS, -1, NULL));
    g_close(file, NULL);
    wording = wording_load(path, findings, NULL);
    g_unlink(path);
    cr_assert_not_null(wording);
    return wording;
}

static void expect(const char *language, const char *message, const char *expected)
{
    g_autoptr(Wording) wording = load();
    g_autofree char *text = translation_of(&(Translation){ wording, language }, message);

    cr_expect(eq(str, text, (char *)expected));
}

Test(translation, matches_a_message_without_holes_as_a_whole)
{
    expect("zh", "nothing here", "没有内容");
    expect("zh", "nothing here.", "nothing here.");
    expect("zh", "and nothing here", "and nothing here");
    expect("zh", "", "");
}

Test(translation, fills_holes_in_the_order_of_the_translation)
{
    expect("zh", "colour: \"red\" and \"blue\" differ", "colour：“blue”与“red”不同");
    expect("zh", "colour: \"\" and \"\" differ", "colour：“”与“”不同");
}

Test(translation, copies_holes_as_they_are)
{
    expect("zh", "a: \"{1} 50%，\" and \"{3}\" differ", "a：“{3}”与“{1} 50%，”不同");
    expect("zh", "a: \"b: c and d\" and \"e\" differ", "a：“e”与“b: c and d”不同");
}

Test(translation, takes_the_last_piece_at_the_end)
{
    expect("zh", "a: \"b\" and \"c\" differ\" differ", "a：“c\" differ”与“b”不同");
    expect("zh", "a: \"b\" and \"c\" differ or not", "a: \"b\" and \"c\" differ or not");
}

Test(translation, takes_the_first_section_that_fits)
{
    expect("zh", "write it again", "请写 it again");
}

Test(translation, leaves_what_has_no_translation)
{
    expect("zh", "it stays", "it stays");
    expect("zh", "this is no finding", "this is no finding");
    expect("fr", "nothing here", "nothing here");
    expect("en", "a: \"b\" and \"c\" differ", "a: \"b\" and \"c\" differ");
}

Test(translation, without_wording_leaves_all)
{
    g_autofree char *text = translation_of(&(Translation){ NULL, "zh" }, "nothing here");

    cr_expect(eq(str, text, "nothing here"));
}

/* Each section of the template is what its own message finds, and says something else in Chinese.
 */
Test(translation, of_the_consultant_reaches_every_section)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Wording) wording = wording_load("templates/consultant.ini", findings, NULL);
    const GPtrArray *sections = wording_sections(wording);
    guint reached = 0;

    for (guint i = 0; i < sections->len; i++) {
        const char *section = sections->pdata[i];
        const char *plain, *chinese;
        g_autofree char *text = NULL;

        if (!g_str_has_prefix(section, "finding "))
            continue;
        plain = wording_get(wording, section, "text", NULL);
        chinese = wording_get(wording, section, "text", "zh");
        text = translation_of(&(Translation){ wording, "zh" }, plain);
        cr_expect(eq(str, text, (char *)chinese), "%s", section);
        cr_expect(ne(str, (char *)plain, (char *)chinese), "%s", section);
        reached++;
    }
    cr_expect(reached > 100);
}
