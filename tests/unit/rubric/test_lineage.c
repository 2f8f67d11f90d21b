#include "rubric/lineage.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <string.h>

/* A folder of editions of "ring", found as ID_EDITION.ini. */
typedef struct {
    char *folder;
    Rubric *rubric; /* the newest */
    Lineage *lineage;
} Shelf;

#define HEAD(edition) \
    "[rubric]\nid = ring\nedition = " edition "\nformat = 1\nlevels = low\n[level low]\n"
#define FOOT "[requirement r]\nlevel = low\nkind = gate\norigin = house\nneeds = \"a\"\n"
#define YESNO(id) "[question " id "]\ntype = yesno\n"

static char *in_folder(const char *reference, gpointer folder)
{
    g_auto(GStrv) parts = g_strsplit(reference, "@", 2);

    return g_strdup_printf("%s/%s_%s.ini", (char *)folder, parts[0], parts[1]);
}

static void put(const Shelf *shelf, const char *edition, const char *text)
{
    g_autofree char *path = g_strdup_printf("%s/ring_%s.ini", shelf->folder, edition);

    cr_assert(g_file_set_contents(path, text, -1, NULL));
}

static void open_newest(Shelf *shelf, const char *edition)
{
    g_autofree char *path = g_strdup_printf("%s/ring_%s.ini", shelf->folder, edition);
    g_autoptr(Findings) findings = findings_new();

    shelf->rubric = rubric_load(path, in_folder, shelf->folder, findings, NULL);
    for (guint i = 0; i < findings_count(findings); i++)
        cr_log_warn("%s", findings_at(findings, i)->message);
    cr_assert(shelf->rubric != NULL);
    shelf->lineage = lineage_new(shelf->rubric, in_folder, shelf->folder);
}

static void shelf_close(Shelf *shelf)
{
    g_autoptr(GDir) folder = g_dir_open(shelf->folder, 0, NULL);
    const char *name;

    lineage_free(shelf->lineage);
    rubric_free(shelf->rubric);
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(shelf->folder, name, NULL);

        g_unlink(path);
    }
    g_rmdir(shelf->folder);
    g_free(shelf->folder);
}

/* "a<b c" : what each question takes over; a question without a source alone. */
static char *told(const Shelf *shelf, const char *edition)
{
    const Ancestor *ancestor = lineage_find(shelf->lineage, edition);
    GString *text = g_string_new(NULL);

    for (guint i = 0; ancestor && i < shelf->rubric->questions->len; i++)
        g_string_append_printf(text, "%s%s%s%s", i > 0 ? " " : "",
                               RUBRIC_QUESTION(shelf->rubric, i)->id, ancestor->older[i] ? "<" : "",
                               ancestor->older[i] ? ancestor->older[i] : "");
    return g_string_free(text, FALSE);
}

static void expect(const Shelf *shelf, const char *edition, const char *expected)
{
    g_autofree char *text = told(shelf, edition);

    cr_expect(eq(str, text, (char *)expected), "since %s", edition);
}

static Shelf shelf_new(void)
{
    return (Shelf){ .folder = g_dir_make_tmp("assess-XXXXXX", NULL) };
}

Test(same_as, is_read_with_its_place)
{
    static const char TEXT[] =
        HEAD("2025") YESNO("a") YESNO("b") FOOT "[same_as 2024.2]\na = c\nnote = N\n"
                                                "[same_as 2023]\nb = c\na = c\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(TEXT, strlen(TEXT));
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = rubric_parse("ring.ini", bytes, NULL, NULL, findings);
    const SameAs *first, *second;

    cr_assert(rubric != NULL);
    cr_assert(eq(uint, rubric->same_as->len, 2));
    first = &g_array_index(rubric->same_as, SameAs, 0);
    second = &g_array_index(rubric->same_as, SameAs, 1);
    cr_expect(eq(str, first->edition, "2024.2"));
    cr_assert(eq(uint, first->questions->len, 1));
    cr_expect(eq(int, g_array_index(first->questions, Inheritance, 0).question, 0));
    cr_expect(eq(str, g_array_index(first->questions, Inheritance, 0).older, "c"));
    cr_expect(eq(str, second->edition, "2023"));
    cr_assert(eq(uint, second->questions->len, 2));
    cr_expect(eq(int, g_array_index(second->questions, Inheritance, 0).question, 1));
    cr_expect(eq(uint, g_array_index(second->questions, Inheritance, 0).entry->line,
                 second->section->line + 1));
}

Test(lineage, goes_through_the_editions_between)
{
    Shelf shelf = shelf_new();

    put(&shelf, "2023", HEAD("2023") YESNO("a") YESNO("o") "[field f]\ntype = text\n" FOOT);
    put(&shelf, "2024",
        HEAD("2024") YESNO("a") YESNO("b") "[field f]\ntype = text\n" FOOT
                                           "[same_as 2023]\nb = o\na = a\n");
    put(&shelf, "2025",
        HEAD("2025") YESNO("a") YESNO("c") YESNO("d") "[field f]\ntype = text\n"
                                                      "[field g]\ntype = text\n" FOOT
                                                      "[same_as 2024]\nc = b\nd = b\n");
    open_newest(&shelf, "2025");
    expect(&shelf, "2024", "a c<b d<b f<f g");
    expect(&shelf, "2023", "a c<o d<o f<f g");
    cr_expect(eq(uint, lineage_ancestors(shelf.lineage)->len, 2));
    cr_expect(
        eq(str, ((Ancestor *)lineage_ancestors(shelf.lineage)->pdata[1])->reference, "ring@2023"));
    cr_expect(zero(ptr, (void *)lineage_find(shelf.lineage, "2022")));
    cr_expect(eq(int, ancestor_heir(lineage_find(shelf.lineage, "2023"), shelf.rubric, "o", 0), 1));
    cr_expect(eq(int, ancestor_heir(lineage_find(shelf.lineage, "2023"), shelf.rubric, "o", 2), 2));
    cr_expect(
        eq(int, ancestor_heir(lineage_find(shelf.lineage, "2023"), shelf.rubric, "a", 0), NOWHERE));
    shelf_close(&shelf);
}

Test(lineage, prefers_a_section_of_its_own)
{
    Shelf shelf = shelf_new();

    put(&shelf, "2023", HEAD("2023") YESNO("a") YESNO("o") FOOT);
    put(&shelf, "2024", HEAD("2024") YESNO("a") YESNO("b") FOOT "[same_as 2023]\nb = o\n");
    put(&shelf, "2025",
        HEAD("2025") YESNO("a") YESNO("c") FOOT "[same_as 2023]\na = o\n[same_as 2024]\nc = b\n");
    open_newest(&shelf, "2025");
    expect(&shelf, "2023", "a<o c");
    expect(&shelf, "2024", "a c<b");
    shelf_close(&shelf);
}

Test(lineage, knows_by_its_own_list_what_carries_from_an_edition_that_is_not_found)
{
    Shelf shelf = shelf_new();

    put(&shelf, "2025",
        HEAD("2025") YESNO("a") "[field f]\ntype = text\n" FOOT "[same_as 2024]\na = b\n");
    open_newest(&shelf, "2025");
    expect(&shelf, "2024", "a<b f");
    cr_expect(zero(ptr, (void *)lineage_find(shelf.lineage, "2024")->rubric));
    shelf_close(&shelf);
}

Test(lineage, drops_what_no_answer_would_fit)
{
    static const struct {
        const char *older, *newer;
        const char *why; /* NULL: some answer fits */
    } cases[] = {
        { "type = yesno\n", "type = yesno\n", NULL },
        { "type = yesno\n", "type = text\n", "it is of type text, and was of type yesno" },
        { "type = choice\noptions = x, y\n", "type = choice\noptions = y, z\n", NULL },
        { "type = choice\noptions = x, y\n", "type = choice\noptions = v, w\n",
          "none of its options was there" },
        { "type = choice\noptions = no, yes\n", "type = yesno\n", NULL },
        { "type = multi\noptions = x, y\n", "type = multi\noptions = y\n", NULL },
        { "type = multi\noptions = x, y\n", "type = multi\noptions = x, y, z\n",
          "its option \"z\" is new" },
        { "type = number\nunit = t\n", "type = number\nunit = t\n", NULL },
        { "type = number\nunit = t\n", "type = number\nunit = kg\n",
          "its unit is \"kg\", and was \"t\"" },
        { "type = number\n", "type = percent\n", "it is of type percent, and was of type number" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Shelf shelf = shelf_new();
        g_autofree char *older =
            g_strconcat(HEAD("2024") YESNO("a") "[question q]\n", cases[i].older, FOOT, NULL);
        g_autofree char *newer = g_strconcat(HEAD("2025") YESNO("a") "[question q]\n",
                                             cases[i].newer, FOOT "[same_as 2024]\nq = q\n", NULL);
        g_autofree char *why = NULL;

        put(&shelf, "2024", older);
        put(&shelf, "2025", newer);
        open_newest(&shelf, "2025");
        expect(&shelf, "2024", cases[i].why ? "a q" : "a q<q");
        why = inheritance_misfit(RUBRIC_QUESTION(lineage_find(shelf.lineage, "2024")->rubric, 1),
                                 RUBRIC_QUESTION(shelf.rubric, 1));
        cr_expect(zero(g_strcmp0(why, cases[i].why)), "case %u: %s", i, why);
        shelf_close(&shelf);
    }
}

/* 20 editions, each of which lists the one before it: those within LINEAGE_DEPTH are seen. */
Test(lineage, ends_at_its_depth)
{
    Shelf shelf = shelf_new();

    for (guint year = 2001; year <= 2020; year++) {
        g_autofree char *edition = g_strdup_printf("%u", year);
        g_autofree char *text = g_strdup_printf(
            "[rubric]\nid = ring\nedition = %u\nformat = 1\nlevels = low\n[level low]\n" YESNO("a")
                FOOT "[same_as %u]\na = a\n",
            year, year - 1);

        put(&shelf, edition, text);
    }
    open_newest(&shelf, "2020");
    cr_expect(eq(uint, lineage_ancestors(shelf.lineage)->len, LINEAGE_DEPTH));
    expect(&shelf, "2012", "a<a");
    cr_expect(zero(ptr, (void *)lineage_find(shelf.lineage, "2011")));
    shelf_close(&shelf);
}
