#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>

#include "rubric/whole.h"

/* Rubrics in a directory of their own, named ID@EDITION.ini. */
typedef struct {
    char *directory;
} Shelf;

static Shelf shelf_new(void)
{
    Shelf shelf = { g_dir_make_tmp("rubrics-XXXXXX", NULL) };

    g_assert_nonnull(shelf.directory);
    return shelf;
}

static char *shelf_path(const Shelf *shelf, const char *reference)
{
    return g_strdup_printf("%s/%s.ini", shelf->directory, reference);
}

static void shelf_put(const Shelf *shelf, const char *reference, const char *text)
{
    g_autofree char *path = shelf_path(shelf, reference);

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void shelf_clear(Shelf *shelf)
{
    g_autoptr(GDir) directory = g_dir_open(shelf->directory, 0, NULL);

    for (const char *name = g_dir_read_name(directory); name; name = g_dir_read_name(directory)) {
        g_autofree char *path = g_build_filename(shelf->directory, name, NULL);

        g_remove(path);
    }
    g_rmdir(shelf->directory);
    g_free(shelf->directory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shelf, shelf_clear)

static char *locate(const char *reference, gpointer shelf)
{
    char *path = shelf_path(shelf, reference);

    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        g_clear_pointer(&path, g_free);
    return path;
}

/* The rubric of this name, and what is said of it: "FILE:LINE:COLUMN: MESSAGE" by base names. */
static Rubric *shelf_load(Shelf *shelf, const char *reference, char **says)
{
    g_autofree char *path = shelf_path(shelf, reference);
    g_autoptr(Findings) findings = findings_new();
    Rubric *rubric = rubric_load(path, locate, shelf, findings, NULL);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);
        g_autofree char *name = g_path_get_basename(finding->file);

        g_string_append_printf(text, "%s%s:%u:%u: %s", i ? "\n" : "", name, finding->line,
                               finding->column, finding->message);
    }
    *says = g_string_free(text, FALSE);
    return rubric;
}

static const char national[] = "[rubric]\nid = nation\nedition = 2024\nformat = 1\ntitle = Nation\n"
                               "title[zh] = 国\nlevels = low, high\n"
                               "[question a]\ntype = yesno\nask = A\n"
                               "[requirement r]\nlevel = low\nneeds = a\ntitle = R\n";
static const char province[] =
    "[rubric]\nid = province\nedition = 2025\nbase = nation@2024\ntitle = Province\n"
    "[requirement r]\nlevel = high\n"
    "[question b]\ntype = yesno\n"
    "[requirement s]\nlevel = low\nneeds = a and b\n";

Test(base, sections_add_and_keys_replace)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autoptr(Rubric) rubric = NULL;
    g_autofree char *says = NULL;

    shelf_put(&shelf, "nation@2024", national);
    shelf_put(&shelf, "province@2025", province);
    rubric = shelf_load(&shelf, "province@2025", &says);
    cr_expect(eq(str, says, ""));
    cr_assert(ne(ptr, rubric, NULL));
    cr_expect(eq(str, rubric->id, "province"));
    cr_expect(eq(str, rubric->base, "nation@2024"));
    cr_expect(eq(str, (char *)localized_in(&rubric->title, NULL), "Province"));
    cr_expect(eq(str, (char *)localized_in(&rubric->title, "zh"), "国"));
    cr_expect(eq(uint, rubric->n_questions, 2));
    cr_expect(eq(str, RUBRIC_QUESTION(rubric, 0)->id, "a"), "the base comes first");
    cr_expect(eq(int, RUBRIC_REQUIREMENT(rubric, 0)->level, 1));
    cr_expect(eq(str, RUBRIC_REQUIREMENT(rubric, 0)->needs->value, "a"));
}

Test(base, faults_stand_in_the_file_that_has_them)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autofree char *below = text_with(national, "needs = a\n", "needs = a\nweigth = 1\n");
    g_autofree char *above =
        text_with(province, "[question b]\ntype = yesno\n", "[question b]\ntype = yesnt\n");
    g_autofree char *says = NULL;

    shelf_put(&shelf, "nation@2024", below);
    shelf_put(&shelf, "province@2025", above);
    cr_expect(zero(ptr, shelf_load(&shelf, "province@2025", &says)));
    cr_expect(eq(str, says,
                 "nation@2024.ini:14:1: unknown key \"weigth\" in [requirement]\n"
                 "province@2025.ini:9:8: type = \"yesnt\", expected one of yesno, choice, multi, "
                 "number, percent, "
                 "date, text"));
}

Test(base, own_id_and_edition_are_not_taken_over)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autofree char *above = text_with(province, "id = province\n", "");
    g_autofree char *says = NULL;

    shelf_put(&shelf, "nation@2024", national);
    shelf_put(&shelf, "province@2025", above);
    cr_expect(zero(ptr, shelf_load(&shelf, "province@2025", &says)));
    cr_expect(
        eq(str, says, "province@2025.ini:1:1: [rubric] has no \"id\": name of the programme"));
}

Test(base, a_misspelt_edition_is_one_fault)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autofree char *above = text_with(province, "edition = 2025\n", "editon = 2025\n");
    g_autofree char *says = NULL;

    shelf_put(&shelf, "nation@2024", national);
    shelf_put(&shelf, "province@2025", above);
    cr_expect(zero(ptr, shelf_load(&shelf, "province@2025", &says)));
    cr_expect(eq(str, says, "province@2025.ini:3:1: unknown key \"editon\" in [rubric]"));
}

Test(base, refuses_a_circle)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autofree char *below =
        text_with(national, "format = 1\n", "format = 1\nbase = province@2025\n");
    g_autofree char *says = NULL;

    shelf_put(&shelf, "nation@2024", below);
    shelf_put(&shelf, "province@2025", province);
    cr_expect(zero(ptr, shelf_load(&shelf, "province@2025", &says)));
    cr_expect(eq(str, says, "nation@2024.ini:5:8: rubric \"province@2025\" is its own base"));
}

Test(base, refuses_a_file_that_is_another_rubric)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autofree char *below = text_with(national, "edition = 2024\n", "edition = 2023\n");
    g_autofree char *says = NULL;

    shelf_put(&shelf, "nation@2024", below);
    shelf_put(&shelf, "province@2025", province);
    cr_expect(zero(ptr, shelf_load(&shelf, "province@2025", &says)));
    cr_expect(ne(ptr, strstr(says, "nation@2024.ini is \"nation@2023\", expected \"nation@2024\""),
                 NULL));
}

/* A tower of rubrics: r0 without a base, every other one upon the one before it. */
static char *tower(guint storeys)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autoptr(Rubric) rubric = NULL;
    g_autofree char *top = g_strdup_printf("r%u@2025", storeys);
    char *says = NULL;

    for (guint i = 0; i <= storeys; i++) {
        g_autofree char *reference = g_strdup_printf("r%u@2025", i);
        g_autofree char *base =
            i > 0 ? g_strdup_printf("base = r%u@2025\n", i - 1) : g_strdup("levels = l\n");
        g_autofree char *text =
            g_strdup_printf("[rubric]\nid = r%u\nedition = 2025\nformat = 1\n%s", i, base);

        shelf_put(&shelf, reference, text);
    }
    rubric = shelf_load(&shelf, top, &says);
    return says;
}

Test(base, rubrics_stand_on_one_another_up_to_the_limit)
{
    g_autofree char *at = tower(RUBRIC_BASES_LIMIT), *beyond = tower(RUBRIC_BASES_LIMIT + 1);

    cr_expect(eq(str, at, ""));
    cr_expect(ne(ptr, strstr(beyond, "r1@2025.ini:5:8: more than 8 rubrics on top of one another"),
                 NULL));
}

Test(base, warnings_name_the_file_they_are_about)
{
    g_auto(Shelf) shelf = shelf_new();
    g_autofree char *below =
        text_with(national, "ask = A\n", "ask = Alpha\nask[zh] = 甲\nhelp = Look\n");
    g_autoptr(Rubric) rubric = NULL;
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *says = NULL;
    static const struct {
        const char *file, *message;
        guint line;
    } expected[] = {
        { "province@2025.ini", "\"title\" is replaced here, its translation is not", 5 },
        { "nation@2024.ini", "\"help\" has no translation \"help[zh]\"", 12 },
    };

    shelf_put(&shelf, "nation@2024", below);
    shelf_put(&shelf, "province@2025", province);
    rubric = shelf_load(&shelf, "province@2025", &says);
    cr_assert(ne(ptr, rubric, NULL));
    rubric_warnings(rubric, findings);
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        const Finding *finding = findings_at(findings, (guint)i);
        g_autofree char *name = g_path_get_basename(finding->file);

        cr_expect(eq(str, name, (char *)expected[i].file));
        cr_expect(eq(str, finding->message, (char *)expected[i].message));
        cr_expect(eq(uint, finding->line, expected[i].line));
    }
    cr_expect(g_str_has_suffix(findings_at(findings, 0)->hint, "nation@2024.ini"));
}
