#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "rules/plan.h"

/* One fault in each of several places: what is told of the rubric and of its conditions in one go.
 */
static const char RUBRIC[] = "[rubric]\n"
                             "id = faulty\n"
                             "edition = 2025\n"
                             "format = 1\n"
                             "levels = low, high\n"
                             "dimensions = d\n"
                             "[level low]\n"
                             "[level high]\n"
                             "[dimension d]\n"
                             "[scale s]\n"
                             "options = bad, good\n"
                             "[group g]\n"
                             "type = choice\n"
                             "scale = s\n"
                             "dimension = d\n"
                             "[question a]\n"
                             "groups = g\n"
                             "[question b]\n"
                             "groups = g\n"
                             "[question m]\n"
                             "type = multi\n"
                             "options = x, y\n"
                             "dimension = d\n"
                             "[question n]\n"
                             "type = percent\n"
                             "dimension = d\n"
                             "[question t]\n"
                             "type = date\n"
                             "[requirement r]\n"
                             "level = low\n"
                             "needs = \"a >= good and count(g >= good) > 1 and has(m, x)\"\n"
                             "[requirement q]\n"
                             "level = high\n"
                             "needs = \"years(t) > 2 and n > 60% and score(d) > 0.5 and met(r)\"\n"
                             "[requirement p]\n"
                             "level = high\n"
                             "needs = \"min(d) > 1\"\n";

static char *all_faults_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = rubric_parse_anyway("test.ini", bytes, NULL, NULL, findings);
    g_autoptr(Plan) plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;
    GString *said = g_string_new(NULL);

    cr_expect(zero(ptr, plan), "a faulty rubric is never graded");
    findings_sort(findings);
    for (guint i = 0; i < findings_count(findings); i++)
        g_string_append_printf(said, "%s%u:%u: %s", i ? "\n" : "", findings_at(findings, i)->line,
                               findings_at(findings, i)->column, findings_at(findings, i)->message);
    return g_string_free(said, FALSE);
}

#define MIN_OF_D "37:14: \"d\" holds \"a\", a choice question"
#define MIN_OF_M "37:14: \"d\" holds \"m\", a multi question"

/* Each changes RUBRIC, whose requirement p has a fault that nothing else may hide, and no other
 * fault of a condition may be told. */
static const struct {
    const char *from, *to, *says;
} CHANGES[] = {
    { "", "", MIN_OF_D },
    { "options = bad, good", "options = bad, 2", "11:16: option \"2\" is not an id\n" MIN_OF_M },
    { "options = bad, good", "options = bad; good",
      "11:14: unquoted \";\" cuts the value off after \"bad\"\n" MIN_OF_M },
    { "scale = s", "scale = z", "14:9: unknown scale \"z\"\n" MIN_OF_M },
    { "scale = s", "sacle = s", "14:1: unknown key \"sacle\" in [group]\n" MIN_OF_M },
    { "[scale s]", "[scale s", "10:1: section without a closing bracket\n" MIN_OF_M },
    { "[scale s]", "[sclae s]", "10:1: unknown section [sclae s]\n" MIN_OF_M },
    { "[group g]", "[gruop g]", "12:1: unknown section [gruop g]\n" MIN_OF_M },
    { "[question a]\n", "[question 1a]\n",
      "16:11: \"1a\" is not an id\n31:10: \"a\" is no question of this rubric\n"
      "37:14: \"d\" holds \"b\", a choice question" },
    { "[question m]\ntype = multi", "[question m]\ntype = mutli",
      "21:8: type = \"mutli\", expected one of yesno, choice, multi, number, percent, date, "
      "text\n" MIN_OF_D },
    { "[question m]\ntype = multi", "[question m]\ntype multi",
      "21:1: no \"=\" in \"type multi\", expected \"key = value\"\n" MIN_OF_D },
    { "[question m]\ntype = multi\noptions = x, y", "[question m]\ntype = multi\noptions = x, x",
      "22:14: \"x\" stands twice in \"options\"\n" MIN_OF_D },
    { "[question n]\ntype = percent", "[question n]\ntype = yesno\nscale = s",
      "26:1: \"scale\" is for choice and multi, \"n\" has type yesno\n"
      "38:14: \"d\" holds \"a\", a choice question" },
    { "[question t]\ntype = date", "[question t]\ntyp = date",
      "28:1: unknown key \"typ\" in [question]\n" MIN_OF_D },
    { "[requirement r]\n", "[requirement r\n",
      "29:1: section without a closing bracket\n" MIN_OF_D },
    { "[requirement r]\nlevel = low", "[requirement r]\nlevel = lwo",
      "30:9: unknown level \"lwo\"\n" MIN_OF_D },
    { "dimensions = d\n", "dimensions d\n",
      "6:1: no \"=\" in \"dimensions d\", expected \"key = value\"\n" MIN_OF_D },
    { "[question t]\ntype = date", "[question t]\ntype = date\nhepl = x",
      "29:1: unknown key \"hepl\" in [question]\n38:14: \"d\" holds \"a\", a choice question" },
};

Test(faulty, conditions_are_typed_beside_other_faults_and_none_is_told_that_follows)
{
    for (gsize i = 0; i < G_N_ELEMENTS(CHANGES); i++) {
        const char *at = strstr(RUBRIC, CHANGES[i].from);
        g_autofree char *text = NULL, *said = NULL;

        cr_assert(ne(ptr, (void *)at, NULL), "%s", CHANGES[i].from);
        text = g_strdup_printf("%.*s%s%s", (int)(at - RUBRIC), RUBRIC, CHANGES[i].to,
                               at + strlen(CHANGES[i].from));
        said = all_faults_of(text);
        cr_expect(eq(str, said, (char *)CHANGES[i].says), "%s", CHANGES[i].to);
    }
}
