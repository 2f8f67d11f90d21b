#include "report/story.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>

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
    "evidence = Business licence\ndisclosure = high\n"
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
        const ReportBlock *block = blocks->pdata[i];

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

Test(story, names_scenes_without_links_by_their_group)
{
    g_auto(GStrv) parts = g_strsplit(RUBRIC, "groups = scenes, link", -1);
    g_autofree char *rubric = g_strjoinv("groups = scenes", parts);
    g_autoptr(Desk) desk = desk_of(rubric, NULL);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Template) template =
        template_load("templates/consultant.ini", NULL, NULL, findings, NULL);
    g_autoptr(GPtrArray) blocks = story_blocks(desk_assess(desk), template, "en");
    g_autoptr(GString) told = g_string_new(NULL);

    for (guint i = 0; i < blocks->len; i++) {
        const ReportBlock *block = blocks->pdata[i];

        if (block->kind == BLOCK_HEADING || block->figure)
            g_string_append_printf(told, "%s\n", block->figure ? block->alt : block->text);
    }
    cr_expect_not_null(
        strstr(told->str, "\nScenes: 2\nScenes. 1 Welding: blank; 2 Painting: blank.\n"), "%s",
        told->str);
}

/* Names of all chapters of a company's report, as a template's list. */
static char *all_chapters(void)
{
    GString *names = g_string_new(NULL);

    for (const Chapter *chapter = story_chapters(); chapter->name; chapter++)
        if (chapter->tell) /* those of a cohort are told elsewhere */
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", chapter->name);
    return g_string_free(names, FALSE);
}

static char *locate_consultant(const char *name, gpointer data)
{
    (void)data;
    return g_strdup_printf("templates/%s.ini", name);
}

/* A template with these lines on top of the shipped one. */
static Template *template_of(const char *lines)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *path = NULL, *text = g_strdup_printf("[report]\nbase = consultant\n%s", lines);
    Template *template;

    g_close(g_file_open_tmp("template-XXXXXX.ini", &path, NULL), NULL);
    cr_assert(g_file_set_contents(path, text, -1, NULL));
    template = template_load(path, locate_consultant, NULL, findings, NULL);
    g_unlink(path);
    cr_assert_not_null(template, "%s",
                       findings_count(findings) ? findings_at(findings, 0)->message : "");
    return template;
}

Test(story, tells_every_chapter_of_any_sheet)
{
    g_autofree char *names = all_chapters(), *lines = g_strdup_printf("blocks = %s\n", names);
    static const char *const answers[][2] = { { NULL, NULL }, { "a", "yes" }, { "s1", "built" } };

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        for (gsize language = 0; language < 2; language++) {
            g_autoptr(Desk) desk = desk_of(RUBRIC, NULL);
            g_autoptr(Template) template = template_of(lines);
            g_autoptr(GPtrArray) blocks = NULL;

            if (answers[i][0])
                desk_answer(desk, answers[i][0], answers[i][1]);
            blocks = story_blocks(desk_assess(desk), template, language ? "zh" : "en");
            cr_expect_gt(blocks->len, 60);
            for (guint k = 0; k < blocks->len; k++) {
                const ReportBlock *block = blocks->pdata[k];

                cr_expect_eq(block->figure != NULL, block->alt != NULL && *block->alt != '\0');
                if (block->text)
                    cr_expect_null(strchr(block->text, '{'), "%s", block->text);
                if (block->alt)
                    cr_expect_null(strchr(block->alt, '{'), "%s", block->alt);
            }
        }
    }
}

Test(story, numbers_the_parts_of_an_application_as_they_come)
{
    g_autoptr(Desk) desk = desk_of(RUBRIC, NULL);
    g_autoptr(Template) template = template_of("blocks = outcomes, applicant\n");
    g_autoptr(GPtrArray) blocks = story_blocks(desk_assess(desk), template, "en");
    g_autoptr(GString) headings = g_string_new(NULL);

    for (guint i = 0; i < blocks->len; i++) {
        const ReportBlock *block = blocks->pdata[i];

        if (block->kind == BLOCK_HEADING && block->depth == 0)
            g_string_append_printf(headings, "%s\n", block->text);
    }
    cr_expect_str_eq(headings->str, "1. Outcomes\n2. The applicant\n");
}

/* All paragraphs, a line each, of a sheet with a piece of evidence that long. */
static char *paragraphs(const char *rubric, const char *lines, guint length, const char *language)
{
    g_autoptr(Desk) desk = desk_of(rubric, NULL);
    g_autoptr(Template) template = template_of(lines);
    g_autoptr(GPtrArray) blocks = NULL;
    GString *text = g_string_new(NULL);

    desk_answer(desk, "a", "yes");
    desk->answers->of[desk_question(desk, "a")].evidence = g_strnfill(length, 'x');
    blocks = story_blocks(desk_assess(desk), template, language);
    for (guint i = 0; i < blocks->len; i++) {
        const ReportBlock *block = blocks->pdata[i];

        if (block->kind == BLOCK_TEXT)
            g_string_append_printf(text, "%s\n", block->text);
    }
    return g_string_free(text, FALSE);
}

Test(story, tells_that_it_shortens_a_text)
{
    const char *all = "blocks = answers\n", *evidence = "blocks = evidence_register\n";
    g_autofree char *fits = paragraphs(RUBRIC, all, STORY_TEXT_LIMIT, "en");
    g_autofree char *plain = paragraphs(RUBRIC, all, STORY_TEXT_LIMIT + 1, "en");
    g_autofree char *chinese = paragraphs(RUBRIC, evidence, STORY_TEXT_LIMIT + 1, "zh");

    cr_expect_str_eq(fits, "");
    cr_expect_str_eq(plain, "1 text of more than 400 characters ends in three dots here; the "
                            "answer sheet has it whole.\n");
    cr_expect_not_null(strstr(chinese, "1处文字超过400个字符，此处截短并以三点结尾，全文见答卷。"));
}

Test(story, tells_a_note_of_several_groups_once)
{
    g_autofree char *rubric =
        g_strconcat(RUBRIC,
                    "[group more]\ntitle = More\nnote = Said twice\n[group last]\ntitle = Last\n"
                    "note = Said twice\n",
                    NULL);
    g_autofree char *text = paragraphs(rubric, "blocks = method\n", 1, "en");
    const char *first = strstr(text, "Said twice");

    cr_assert_not_null(first);
    cr_expect_null(strstr(first + 1, "Said twice"));
}

Test(story, speaks_of_an_official_verdict_only_where_there_is_one)
{
    g_auto(GStrv) parts = g_strsplit(RUBRIC, "origin = official\nclause", -1);
    g_autofree char *rubric = g_strjoinv("origin = house\nclause", parts);
    g_autofree char *both = paragraphs(RUBRIC, "blocks = method\n", 1, "en");
    g_autofree char *house = paragraphs(rubric, "blocks = method\n", 1, "en");

    cr_expect_not_null(strstr(both, "the verdict by official requirements alone is given beside"));
    cr_expect_null(strstr(house, "is given beside"));
    cr_expect_not_null(strstr(house, "All requirements of this rubric are house requirements"));
}

/* All cells of all tables, a line each. */
static char *cells_of(const char *lines)
{
    g_autoptr(Desk) desk = desk_of(RUBRIC, NULL);
    g_autoptr(Template) template = template_of(lines);
    g_autoptr(GPtrArray) blocks = NULL;
    GString *text = g_string_new(NULL);

    desk_answer(desk, "a", "yes");
    desk_answer(desk, "s1", "built");
    desk_answer(desk, "s2", "built");
    desk->answers->of[desk_question(desk, "s1")].evidence = g_strdup("Photographs");
    desk->answers->of[desk_question(desk, "s1")].note = g_strdup("Robot cell 4");
    blocks = story_blocks(desk_assess(desk), template, "en");
    for (guint i = 0; i < blocks->len; i++) {
        const Listing *table = ((const ReportBlock *)blocks->pdata[i])->table;

        for (guint k = 0; table && k < table->rows->len; k++) {
            const Row *row = table->rows->pdata[k];

            for (guint j = 0; j < row->cells->len; j++) {
                const ListingCell *cell = &g_array_index(row->cells, ListingCell, j);

                for (guint n = 0; n < cell->n_words; n++)
                    g_string_append_printf(text, "%s%s", j || n ? " | " : "", cell->words[n].text);
            }
            g_string_append_c(text, '\n');
        }
    }
    return g_string_free(text, FALSE);
}

Test(story, names_scenes_by_link_scene_and_instance)
{
    g_autofree char *cells = cells_of("blocks = scene_construction\n");

    cr_expect_str_eq(cells,
                     "1 | Workshop \u2013 Welding \u2013 Robot cell 4 | Built | Photographs\n"
                     "2 | Painting \u2013 ______ (name of the instance) | Built | missing\n");
}

Test(story, registers_what_an_answer_is_proved_by)
{
    g_autofree char *cells = cells_of("blocks = evidence_register, disclosure_register\n");

    cr_expect_str_eq(cells,
                     "1 | Is A so? | yes | Business licence | missing\n"
                     "2 | Welding | Built | \u2013 | Photographs\n"
                     "Great harm: black out parameters and recipes, or show it on site only\n"
                     "Is A so? | yes | Business licence | great\n");
}
