#include "rules/compile.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "support.h"

static const char RUBRIC[] = "[rubric]\n"
                             "id = test\n"
                             "edition = 2025\n"
                             "format = 1\n"
                             "title = Test\n"
                             "levels = basic, advanced\n"
                             "dimensions = d, e\n"
                             "[level basic]\n"
                             "title = Basic\n"
                             "[level advanced]\n"
                             "title = Advanced\n"
                             "[dimension d]\n"
                             "title = D\n"
                             "[dimension e]\n"
                             "title = E\n"
                             "[scale s]\n"
                             "options = low, mid, high\n"
                             "[scale t]\n"
                             "options = low, mid, high\n"
                             "[group g]\n"
                             "title = G\n"
                             "[group mixed]\n"
                             "title = Mixed\n"
                             "[group rates]\n"
                             "title = Rates\n"
                             "[group hollow]\n"
                             "title = Hollow\n"
                             "[question yes_no]\n"
                             "type = yesno\n"
                             "ask = Y\n"
                             "dimension = d\n"
                             "[question first]\n"
                             "type = choice\n"
                             "scale = s\n"
                             "ask = F\n"
                             "groups = g\n"
                             "dimension = d\n"
                             "[question second]\n"
                             "type = choice\n"
                             "scale = s\n"
                             "ask = S\n"
                             "groups = g, mixed\n"
                             "dimension = d\n"
                             "[question third]\n"
                             "type = choice\n"
                             "scale = t\n"
                             "ask = T\n"
                             "dimension = d\n"
                             "[question many]\n"
                             "type = multi\n"
                             "options = one, two\n"
                             "ask = M\n"
                             "dimension = e\n"
                             "[question amount]\n"
                             "type = number\n"
                             "ask = A\n"
                             "groups = mixed\n"
                             "dimension = e\n"
                             "[question rate]\n"
                             "type = percent\n"
                             "ask = R\n"
                             "groups = rates\n"
                             "dimension = e\n"
                             "[question since]\n"
                             "type = date\n"
                             "ask = Since\n"
                             "dimension = e\n"
                             "[question remark]\n"
                             "type = text\n"
                             "ask = Remark\n"
                             "dimension = e\n"
                             "[requirement home]\n"
                             "level = basic\n"
                             "kind = gate\n"
                             "origin = house\n"
                             "title = Home\n"
                             "needs = yes_no\n"
                             "[requirement r]\n"
                             "level = basic\n"
                             "kind = gate\n"
                             "origin = official\n"
                             "clause = 1\n"
                             "title = R\n";

/* The only finding about `needs = "..."`; says what else there is. */
static const Finding *finding_about(const char *needs, Findings *findings)
{
    g_autofree char *text = g_strdup_printf("%sneeds = \"%s\"\n", RUBRIC, needs);
    g_autoptr(Rubric) rubric = support_rubric(text, findings);
    g_autoptr(Plan) plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;

    cr_assert(ne(ptr, rubric, NULL), "%s: %s", needs,
              findings_count(findings) ? findings_at(findings, 0)->message : "");
    cr_expect(zero(ptr, plan), "%s", needs);
    cr_assert(eq(uint, findings_count(findings), 1), "%s", needs);
    return findings_at(findings, 0);
}

Test(compile, tells_a_mistake_of_type_with_its_place_and_a_hint)
{
    static const struct {
        const char *needs;
        guint column; /* in the condition, from 1 */
        const char *says, *hint;
    } CASES[] = {
        { "frist >= mid", 1, "\"frist\" is no question of this rubric", "did you mean \"first\"?" },
        { "first", 1, "choice question \"first\" stands without a comparison",
          "compare it with an option: first >= high" },
        { "first >= hihg", 10, "\"hihg\" is no option of \"first\"", "did you mean \"high\"?" },
        { "first >= zzzzzz", 10, "\"zzzzzz\" is no option of \"first\"",
          "its options are low, mid, high" },
        { "first >= 2", 10, "\"first\" compares with an option, not with a number or a condition",
          "its last option is high" },
        { "first = third", 1, "\"first\" and \"third\" are not answered on one scale",
          "give both the same `scale`" },
        { "many", 1, "multi question \"many\" is not a value or a condition",
          "write has(many, OPTION) or count(many)" },
        { "since", 1, "date question \"since\" is not a value or a condition",
          "write years(since) or answered(since)" },
        { "remark", 1, "text question \"remark\" is not a value or a condition",
          "write answered(remark)" },
        { "amount", 1, "a condition is expected here, this is a number",
          "compare it with something" },
        { "amount and yes_no", 1, "a condition is expected here, this is a number",
          "compare it with something" },
        { "amount + yes_no > 1", 10, "a number is expected here, this is a condition", NULL },
        { "rate >= 60", 9, "a percent question is compared with a bare number", "write 60%" },
        { "60 <= rate", 1, "a percent question is compared with a bare number", "write 60%" },
        { "mean(rates) > 1", 15, "a percent question is compared with a bare number", "write 1%" },
        { "d >= 0.5", 1, "\"d\" is a dimension, not a value or a condition", "write score(d)" },
        { "g", 1, "\"g\" is a group, not a value or a condition",
          "write count(g >= OPTION) or share(g >= OPTION)" },
        { "basic", 1, "\"basic\" is a level, not a value or a condition", "write held(basic)" },
        { "home", 1, "\"home\" is a requirement, not a value or a condition", "write met(home)" },
        { "s = 1", 1, "\"s\" is a scale, not a value or a condition",
          "name a question that is answered on it" },
        { "cuont(g >= mid) > 1", 1, "\"cuont\" is no function", "did you mean \"count\"?" },
        { "count(g) > 1", 7, "count() takes a group compared with an option",
          "count(GROUP >= OPTION) or count(MULTI_QUESTION)" },
        { "any(g >= 3)", 5, "any() takes a group compared with an option", "any(GROUP >= OPTION)" },
        { "any(h >= mid)", 5, "\"h\" is no group or dimension of this rubric", NULL },
        { "any(g >= top)", 10, "\"top\" is no option of \"first\"",
          "its options are low, mid, high" },
        { "any(mixed >= mid)", 5,
          "\"mixed\" holds \"amount\", a number question, which has no options in order", NULL },
        { "any(hollow >= mid)", 5, "\"hollow\" has no questions", NULL },
        { "share(g >= mid, d >= mid) > 1%", 17,
          "both parts of share() are about one group, this is about \"d\"", "write \"g\" in both" },
        { "min(g) > 1", 5, "\"g\" holds \"first\", a choice question",
          "min() takes a group of number questions or one of percent questions" },
        { "score(g) > 1%", 7, "\"g\" is no dimension of this rubric", NULL },
        { "score(d, mid) > 1%", 10, "\"mid\" is no level of this rubric", NULL },
        { "score(d, basic, d) > 1%", 1, "score() does not take 3 arguments",
          "score(DIMENSION), score(), score(DIMENSION, LEVEL), score(all, LEVEL)" },
        { "has(first, low)", 5, "has() takes a multi question, \"first\" is a choice question",
          NULL },
        { "has(many, tow)", 11, "\"tow\" is no option of \"many\"", "did you mean \"two\"?" },
        { "has(many)", 1, "has() does not take 1 arguments", "has(MULTI_QUESTION, OPTION)" },
        { "years(amount) > 1", 7, "years() takes a date question, \"amount\" is a number question",
          NULL },
        { "answered(d)", 10, "\"d\" is no question of this rubric", NULL },
        { "met(d)", 5, "\"d\" is no requirement of this rubric", NULL },
        { "met(home)", 5, "an official requirement may not rest on \"home\", which is house",
          "make this requirement `origin = house`, or name an official one" },
        { "held(d)", 6, "\"d\" is no level of this rubric", NULL },
        { "climb(amount) > 1", 7, "climb() takes a number", "climb(80%)" },
        { "met(r)", 1, "requirement \"r\" rests on itself", "r -> r" },
        { "held(basic)", 1, "requirement \"r\" rests on itself",
          "r -> held(basic) -> r; held(basic) rests on every requirement of that level and below" },
        { "first >= ", 10, "the condition ends where a number, a name or `(` is expected", NULL },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Findings) findings = findings_new();
        const Finding *finding = finding_about(CASES[i].needs, findings);

        cr_expect(g_str_has_prefix(finding->message, CASES[i].says), "%s: %s", CASES[i].needs,
                  finding->message);
        cr_expect(eq(uint, finding->column, CASES[i].column + (guint)strlen("needs = \"")), "%s",
                  CASES[i].needs);
        cr_expect(eq(uint, finding->line, 84), "%s: %u", CASES[i].needs, finding->line);
        cr_expect(CASES[i].hint == NULL || g_strcmp0(finding->hint, CASES[i].hint) == 0, "%s: %s",
                  CASES[i].needs, finding->hint);
    }
}

Test(compile, tells_all_mistakes_of_a_condition)
{
    g_autofree char *text =
        g_strdup_printf("%sneeds = \"frist >= mid and sceond >= mid\"\n", RUBRIC);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = support_rubric(text, findings);

    cr_assert(ne(ptr, rubric, NULL));
    cr_expect(zero(ptr, plan_compile(rubric, NULL, findings)));
    cr_expect(eq(uint, findings_count(findings), 2));
}

Test(compile, refuses_an_unknown_profile)
{
    g_autofree char *text =
        g_strdup_printf("%sneeds = yes_no\n[profile discrete]\ntitle = D\n", RUBRIC);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = support_rubric(text, findings);

    cr_assert(ne(ptr, rubric, NULL));
    cr_expect(zero(ptr, plan_compile(rubric, "discret", findings)));
    cr_assert(eq(uint, findings_count(findings), 1));
    cr_expect(
        eq(str, findings_at(findings, 0)->message, "rubric test@2025 has no profile \"discret\""));
    cr_expect(eq(str, findings_at(findings, 0)->hint, "did you mean \"discrete\"?"));
}

Test(compile, refuses_a_profile_that_skips_what_an_official_requirement_rests_on)
{
    g_autofree char *text = g_strdup_printf(
        "%sneeds = \"any(g >= mid)\"\n[profile p]\ntitle = P\nskip = amount, second\n", RUBRIC);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = support_rubric(text, findings);

    cr_assert(ne(ptr, rubric, NULL));
    cr_expect(zero(ptr, plan_compile(rubric, NULL, findings)));
    cr_assert(eq(uint, findings_count(findings), 1));
    cr_expect(eq(str, findings_at(findings, 0)->message,
                 "profile \"p\" skips \"second\", on which the official requirement \"r\" rests"));
    cr_expect(eq(uint, findings_at(findings, 0)->line, 87));
    cr_expect(eq(uint, findings_at(findings, 0)->column, 16));
}

Test(compile, prints_the_plan)
{
    g_autofree char *text = g_strdup_printf(
        "%sneeds = \"share(g >= high, g >= mid) >= 20%% and first > low\"\n", RUBRIC);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = support_rubric(text, findings);
    g_autoptr(Plan) plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;
    g_autofree char *print = NULL;

    cr_assert(ne(ptr, plan, NULL));
    print = plan_print(plan);
    cr_expect(
        ne(ptr,
           strstr(print,
                  "\nrequirement r: level basic, gate, official\n"
                  "    0  share_of {first >= high, second >= high} {first >= mid, second >= mid}\n"
                  "    1  number 0.2\n"
                  "    2  compare >= 0 1\n"
                  "    3  option first > low\n"
                  "    4  and 2 3\n"),
           NULL),
        "%s", print);
}
