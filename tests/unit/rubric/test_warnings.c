#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "rubric/whole.h"
#include "rules/plan.h"

/* A rubric of which nothing is said. */
static const char quiet[] = "[rubric]\n"
                            "id = quiet\n"
                            "edition = 2025\n"
                            "format = 1\n"
                            "title = Quiet\n"
                            "title[zh] = 静\n"
                            "document = \"GB/T 39116\"\n"
                            "levels = low, high\n"
                            "dimensions = d\n"
                            "[level low]\n"
                            "title = Low\n"
                            "title[zh] = 低\n"
                            "[level high]\n"
                            "title = High\n"
                            "title[zh] = 高\n"
                            "[dimension d]\n"
                            "title = Dimension\n"
                            "title[zh] = 环节\n"
                            "[scale s]\n"
                            "options = bad, good\n"
                            "title.bad = Bad\n"
                            "title.bad[zh] = 差\n"
                            "title.good = Good\n"
                            "title.good[zh] = 好\n"
                            "[group g]\n"
                            "type = choice\n"
                            "scale = s\n"
                            "dimension = d\n"
                            "[question a]\n"
                            "groups = g\n"
                            "ask = First\n"
                            "ask[zh] = 一\n"
                            "[question b]\n"
                            "groups = g\n"
                            "ask = Second\n"
                            "ask[zh] = 二\n"
                            "[question n]\n"
                            "type = number\n"
                            "unit = tonnes\n"
                            "ask = Amount\n"
                            "ask[zh] = 数\n"
                            "[requirement r]\n"
                            "level = low\n"
                            "title = Some\n"
                            "title[zh] = 部分\n"
                            "needs = \"share(g >= good, g >= bad) > 50%\"\n"
                            "falls_with = g\n"
                            "[requirement q]\n"
                            "level = high\n"
                            "origin = official\n"
                            "clause = I.5\n"
                            "title = All\n"
                            "title[zh] = 全部\n"
                            "needs = all(g >= good)\n"
                            "[profile p]\n"
                            "title = Other\n"
                            "title[zh] = 其他\n"
                            "weight a = 2\n"
                            "[case c]\n"
                            "note = Words for whoever reads the file\n"
                            "level = none\n";

/* What is said of a text, errors aside: "LINE:COLUMN: MESSAGE | HINT" each. */
static char *warnings_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Findings) errors = findings_new();
    g_autoptr(Rubric) rubric = rubric_parse_anyway("test.ini", bytes, NULL, NULL, errors);
    g_autoptr(Plan) plan = plan_compile(rubric, NULL, errors);
    GString *said = g_string_new(NULL);

    rubric_warnings(rubric, findings);
    if (plan)
        plan_warnings(plan, findings);
    findings_sort(findings);
    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_string_append_printf(said, "%s%u:%u: %s%s", i ? "\n" : "", finding->line, finding->column,
                               finding->severity == SEVERITY_NOTE ? "note: " : "",
                               finding->message);
        if (finding->hint)
            g_string_append_printf(said, " | %s", finding->hint);
    }
    return g_string_free(said, FALSE);
}

static const struct {
    const char *from, *to, *says;
} changes[] = {
    { "id = quiet\n", "id = quiet\n", "" },
    { "title[zh] = 低\n", "", "11:1: \"title\" has no translation \"title[zh]\"" },
    { "title = Low\n", "", "11:1: \"title[zh]\" translates nothing: there is no \"title\"" },
    { "title = Low\ntitle[zh] = 低\n", "",
      "10:8: level \"low\" has no \"title\": people read its id" },
    { "[level low]\ntitle = Low\ntitle[zh] = 低\n", "",
      "8:10: level \"low\" has no \"title\": people read its id" },
    { "ask[zh] = 数\n", "help = Count\n",
      "40:1: \"ask\" has no translation \"ask[zh]\"\n"
      "41:1: \"help\" has no translation \"help[zh]\"" },
    { "ask = Amount\nask[zh] = 数\n", "",
      "37:11: question \"n\" has no \"ask\": people read its id" },
    { "unit = tonnes\n", "unit = tonnes\nevidence = MES 3\nclause = Annex 2\n",
      "41:1: \"clause\" has no translation \"clause[zh]\"" },
    { "title[zh] = 低\n", "title[zh] = 低\ntitle[ja] = ...\n",
      "13:1: few texts are in the language of \"title[ja]\" | most translations are \"[zh]\"" },
    { "title[zh] = 低\n", "title[hz] = 低\n",
      "12:1: few texts are in the language of \"title[hz]\" | most translations are \"[zh]\"" },
    { "title.good = Good\ntitle.good[zh] = 好\n", "",
      "20:16: option \"good\" of \"s\" has no title | add \"title.good\"" },
    { "title.good = Good\n", "title.good = \" BAD\"\n",
      "20:16: options \"bad\" and \"good\" of \"s\" have the same title \" BAD\"" },
    { "title.good[zh] = 好\n", "title.good[zh] = 差\n",
      "20:16: options \"bad\" and \"good\" of \"s\" have the same title \"差\"" },
    { "ask = First\n", "ask = First\ntitle.bad = Good\n",
      "29:11: options \"bad\" and \"good\" of \"a\" have the same title \"Good\"\n"
      "32:1: \"title.bad\" has no translation \"title.bad[zh]\"" },
    { "[group g]\n", "[group h]\n[group g]\n", "25:8: group \"h\" has no questions" },
    { "[group g]\n", "[scale t]\noptions = x, y\ntitle.x = X\ntitle.y = Y\n[group g]\n",
      "25:8: scale \"t\" is used by no question" },
    { "dimensions = d\n", "dimensions = d, e\n[dimension e]\ntitle = 5\n",
      "10:12: dimension \"e\" has no questions" },
    { "weight a = 2\n", "weight a = 1\n", "55:10: profile \"p\" changes nothing" },
    { "weight a = 2\n", "", "55:10: profile \"p\" changes nothing" },
    { "falls_with = g\n", "falls_with = d, n, a\n",
      "47:17: requirement \"r\" cannot fall with \"n\": it does not rest on it" },
    { "needs = all(g >= good)\n",
      "needs = all(g >= good)\n[requirement t]\nlevel = high\ntitle = 3\nneeds = \"all(g  >=  "
      "good)\"\n",
      "58:10: requirement \"t\" needs the same as \"q\", at the same level" },
    { "needs = all(g >= good)\n",
      "needs = all(g >= good)\n[requirement t]\nlevel = low\ntitle = 3\nneeds = all(g >= good)\n",
      "" },
    { "needs = all(g >= good)\n",
      "needs = all(g >= good)\n[requirement t]\nlevel = high\ntitle = 3\nprofiles = p\nneeds = "
      "all(g >= good)\n",
      "" },
    { "level = high\norigin = official\n", "level = high\nkind = advice\norigin = official\n",
      "8:1: level \"high\" has no requirement that binds: it can never be held" },
    { "weight a = 2\n", "weight a = 2\nconfirmed = no\nnote = 2 of 3\n",
      "59:1: note: profile \"p\" is not confirmed: 2 of 3" },
    { "title[zh] = 静\n", "title[zh] = 静\nconfirmed = no\nnote = 1 of 3\n",
      "7:1: note: the rubric is not confirmed: 1 of 3" },
    /* errors elsewhere: what may follow from them is not told, the rest is */
    { "scale = s\n", "scale = t\n", "" },
    { "title[zh] = 低\n", "titel[zh] = 低\n", "" },
    { "title[zh] = 低\n", "title[zh] 低\n", "" },
};

Test(warnings, tell_what_can_hardly_be_meant_at_its_place)
{
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autofree char *text = text_with(quiet, changes[i].from, changes[i].to);
        g_autofree char *says = warnings_of(text);

        cr_expect(eq(str, says, (char *)changes[i].says), "%s -> %s", changes[i].from,
                  changes[i].to);
    }
}

Test(warnings, in_one_language_options_may_be_without_titles)
{
    g_autofree char *says =
        warnings_of("[rubric]\nid = one\nedition = 2025\nformat = 1\nlevels = low\n"
                    "[level low]\ntitle = Low\n[question q]\nask = Q\ntype = choice\n"
                    "options = red, green\n[requirement r]\nlevel = low\ntitle = R\n"
                    "needs = q = green\n");

    cr_expect(eq(str, says, ""));
}
