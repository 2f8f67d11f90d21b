#include "survey/layout.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/suite.h"
#include "rubric/rubric.h"
#include "survey/layout_pattern.h"

static char *shipped(const char *id, gpointer data)
{
    g_autofree char *path = g_strdup_printf("templates/surveys/%s.ini", id);

    (void)data;
    return g_file_test(path, G_FILE_TEST_EXISTS) ? g_steal_pointer(&path) : NULL;
}

Test(layout, files_that_are_shipped_have_no_fault)
{
    g_autoptr(Layouts) layouts = layouts_new();
    g_autoptr(Findings) findings = findings_new();
    GDir *folder = g_dir_open("templates/surveys", 0, NULL);
    const char *name;
    guint n = 0;

    cr_assert(folder != NULL);
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename("templates/surveys", name, NULL);
        g_autofree char *told = NULL;

        cr_expect(layouts_load(layouts, path, shipped, NULL, findings, NULL), "%s", name);
        told = suite_told(findings);
        cr_assert(eq(str, told, ""));
        n++;
    }
    g_dir_close(folder);
    cr_expect(eq(u32, layouts_count(layouts), n));
    cr_expect(layouts_find(layouts, "table")->strict);
    cr_expect(not(layouts_find(layouts, "limesurvey")->strict));
    cr_expect(layouts_find(layouts, "tencent")->option->len > 0);
    cr_expect(eq(str, (char *)layouts_nearest(layouts, "qualtriks"), "qualtrics"));
}

#define HEAD "[layout]\nformat = 1\ntitle = T\n"

Test(layout, files_with_a_fault_are_refused_with_place_and_hint)
{
    static const struct {
        const char *text, *told;
    } CASES[] = {
        { "[columns]\n", "error l.ini:1:0: the file has no section [layout] [expected [layout] "
                         "with format = 1 and title]" },
        { "[layout]\nformat = 2\ntitle = T\n",
          "error l.ini:2:10: \"2\" is no value of format [expected 1]" },
        { "[layout]\nformat = 1\n", "error l.ini:1:1: [layout] lacks \"title\"" },
        { HEAD "[heeder]\n", "error l.ini:4:1: there is no section [heeder] [did you mean "
                             "[header]?]" },
        { HEAD "[header]\nrow = 2\n",
          "error l.ini:5:1: [header] has no key \"row\" [did you mean \"rows\"?]" },
        { HEAD "[header]\nrows = 4\n", "error l.ini:5:8: \"4\" is no value of rows [expected one "
                                       "of auto, 1, 2, 3]" },
        { HEAD "[header]\nfill = maybe\n",
          "error l.ini:5:8: \"maybe\" is no value of fill [expected yes or no]" },
        { HEAD "[header]\nfill[zh] = yes\n", "error l.ini:5:1: fill is the same in all languages" },
        { HEAD "[sign]\nrow = 1\n", "error l.ini:4:2: [sign] needs a name, such as [sign one]" },
        { HEAD "[header x]\n", "error l.ini:4:9: [header] takes no name" },
        { HEAD "[columns]\nanswer = {question}, {question\n",
          "error l.ini:5:22: a place is not closed by } [places are {question}, {option}, "
          "{position}, {number} and {any}]" },
        { HEAD "[columns]\nanswer = {quest}\n",
          "error l.ini:5:10: there is no place {quest} [places are {question}, {option}, "
          "{position}, {number} and {any}]" },
        { HEAD "[columns]\noption = {question}{option}\n",
          "error l.ini:5:20: nothing stands between two places [places are {question}, {option}, "
          "{position}, {number} and {any}]" },
        { HEAD "[columns]\noption = {question}_{any}\n",
          "error l.ini:5:10: a pattern of option has no place {option}" },
        { HEAD "[drop x]\ntitle = t\ncolumns = a\n",
          "error l.ini:4:1: [drop x] says of no row that it is left out" },
        { HEAD "[drop x]\ntitle = t\nblank = yes\n",
          "error l.ini:4:1: [drop x] lacks \"columns\"" },
        { HEAD "[meta x]\nnames = a,,b\n", "error l.ini:5:11: an item of names is empty" },
        { HEAD "base = nowhere\n", "error l.ini:4:8: there is no layout \"nowhere\"" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *path = suite_file("l.ini", CASES[i].text, strlen(CASES[i].text));
        g_autoptr(Layouts) layouts = layouts_new();
        g_autoptr(Findings) findings = findings_new();
        g_autofree char *told = NULL, *folder = g_path_get_dirname(path);
        g_autofree char *slashed = g_strconcat(folder, "/", NULL);
        g_auto(GStrv) parts = NULL;

        cr_expect(not(layouts_load(layouts, path, shipped, NULL, findings, NULL)), "%s",
                  CASES[i].text);
        told = suite_told(findings);
        parts = g_strsplit(told, slashed, -1);
        g_free(told);
        told = g_strjoinv("", parts);
        cr_expect(eq(str, told, (char *)CASES[i].told));
        cr_expect(eq(u32, layouts_count(layouts), 0));
        suite_remove(path);
    }
}

/* ---- patterns ---- */

/* Questions "q" and "a b"; options "x" and "y z" of "q". */
static int look_question_up(const char *text, gpointer data)
{
    (void)data;
    return strcmp(text, "q") == 0 ? 0 : strcmp(text, "a b") == 0 ? 1 : NOWHERE;
}

static int look_option_up(int *question, const char *text, guint position, gpointer data)
{
    (void)data;
    if (*question == NOWHERE)
        *question = 0;
    if (*question != 0)
        return NOWHERE;
    if (!text)
        return position >= 1 && position <= 2 ? (int)position - 1 : NOWHERE;
    return strcmp(text, "x") == 0 ? 0 : strcmp(text, "y z") == 0 ? 1 : NOWHERE;
}

Test(layout_pattern, finds_question_and_option_in_a_name)
{
    static const struct {
        const char *pattern, *name;
        int question, option; /* -2: it does not match */
    } CASES[] = {
        { "{question}", "q", 0, -1 },
        { "{question}", "r", -2, -1 },
        { "{number}. {question}", "12. a b", 1, -1 },
        { "{number}. {question}", ". a b", -2, -1 },
        { "{number}. {question}", "1234567. a b", -2, -1 },
        { "Q{number} {question}", "q7 q", 0, -1 },
        { "{question}[{option}]", "q[y z]", 0, 1 },
        { "{question}[{option}]", "a b[x]", -2, -1 },
        { "{question}[SQ{position}]", "q[sq002]", 0, 1 },
        { "{question}[SQ{position}]", "q[sq003]", -2, -1 },
        { "{question} - {option}", "q - x", 0, 0 },
        { "{any} - {question}", "what - not - a b", 1, -1 },
        { "{question} - {any}", "a b - x - y", 1, -1 },
        { "{question}{number}", "q2", 0, -1 },
        { "{option}", "y z", 0, 1 },
        { "{number}\u3001{question}:{option}", "3\u3001q:x", 0, 0 },
        { "{question}", "", -2, -1 },
    };
    const LayoutLookup lookup = { look_question_up, look_option_up, NULL };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char *problem;
        gsize offset;
        LayoutPattern *pattern = layout_pattern_new(CASES[i].pattern, &problem, &offset);
        int question = -2, option = -1;

        cr_assert(pattern != NULL, "%s", CASES[i].pattern);
        layout_pattern_match(pattern, CASES[i].name, &lookup, &question, &option);
        cr_expect(eq(int, question, CASES[i].question), "%s of %s", CASES[i].pattern,
                  CASES[i].name);
        cr_expect(eq(int, option, CASES[i].option), "%s of %s", CASES[i].pattern, CASES[i].name);
        layout_pattern_free(pattern);
    }
}

Test(layout_pattern, masks_stand_for_any_text)
{
    cr_expect(layout_mask_match("a*c", "abbc"));
    cr_expect(layout_mask_match("*_complete", "form_1_complete"));
    cr_expect(layout_mask_match("*", ""));
    cr_expect(not(layout_mask_match("a*c", "abb")));
    cr_expect(not(layout_mask_match("a", "ab")));
    cr_expect(layout_mask_match("a*b*c", "axbxc"));
}
