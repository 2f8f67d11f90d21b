#include "report/story.h"

#include <criterion/criterion.h>

#include "support.h"

static const char RUBRIC[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = Factories\ntitle[zh] = 工厂\nlevels = "
    "one, two\ndimensions = d\n"
    "[level one]\ntitle = First\ntitle[zh] = 一级\n[level two]\ntitle = Second\ntitle[zh] = 二级\n"
    "[dimension d]\ntitle = Making\ntitle[zh] = 生产\n"
    "[scale s]\noptions = no_plan, built\nscore = 0, 1\ntitle.no_plan = Absent\n"
    "title.no_plan[zh] = 未建设\ntitle.built = Built\ntitle.built[zh] = 已建设\n"
    "[group scenes]\ntitle = Scenes\ntitle[zh] = 场景\ntype = choice\nscale = s\n"
    "[group link]\ntitle = Workshop\ntitle[zh] = 车间\n"
    "[field company]\ntype = text\nask = Company\nask[zh] = 企业\n"
    "[question a]\ntype = yesno\ndimension = d\nask = \"Is A so?\"\nask[zh] = \"甲是否如此？\"\n"
    "[question s1]\ngroups = scenes, link\nask = Welding\nask[zh] = 焊接\n"
    "[question s2]\ngroups = scenes\nask = Painting\nask[zh] = 涂装\n"
    "[requirement r1]\nlevel = one\nkind = gate\norigin = official\nclause = 1\ntitle = A first\n"
    "needs = a\n"
    "[requirement r2]\nlevel = two\nkind = gate\norigin = official\nclause = 2\ntitle = Two\n"
    "needs = \"count(scenes >= built) >= 2\"\n";

/* Alternative texts of all figures of the report, one a line. */
static char *descriptions(const char *language)
{
    g_autoptr(Desk) desk = desk_of(RUBRIC, NULL);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Template) template =
        template_load("templates/consultant.ini", NULL, NULL, findings, NULL);
    g_autoptr(GPtrArray) blocks = NULL;
    GString *text = g_string_new(NULL);

    cr_assert_not_null(template);
    desk_answer(desk, "a", "yes");
    desk_answer(desk, "s1", "built");
    blocks = story_blocks(desk_assess(desk), template, language);
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];

        cr_assert_eq(block->figure != NULL, block->alt != NULL);
        if (block->alt)
            g_string_append_printf(text, "%s\n", block->alt);
    }
    return g_string_free(text, FALSE);
}

Test(story, says_in_words_what_its_figures_show)
{
    g_autofree char *plain = descriptions("en"), *chinese = descriptions("zh");

    cr_assert_str_eq(
        plain,
        "Assessment report for (no company named), against Factories. Level held: First; Still "
        "possible: Second; By official requirements alone: First (possible: Second). One "
        "requirement of the level Second depends on answers that are still blank.\n"
        "The levels as steps, lowest first. First: Held, 1 of 1 met; Second: Still possible, 0 of "
        "1 met.\n"
        "Key figures: 100% overall score; 1 blockers of the next level; 2 questions answered; 1 "
        "blank or unreadable; 0 not applicable; 0 requirements waived.\n"
        "Scores of the dimensions. Making: 100%, 1 of 1 answered.\n"
        "Workshop. 1 Welding: Built.\n"
        "Other. 2 Painting: blank.\n");
    cr_assert_not_null(strstr(chinese,
                              "等级阶梯，由低到高：一级：已达到，1/1 项满足；二级：可能达到，0/1 "
                              "项满足。\n"));
    cr_assert_not_null(strstr(chinese, "车间：1 焊接：已建设。\n"));
}
