#include "batch/folder.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A path under the folder; parents are made. */
static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);

    cr_assert(eq(int, g_mkdir_with_parents(parent, 0777), 0));
    cr_assert(g_file_set_contents(path, text, -1, NULL), "%s", path);
}

static gboolean holds(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *found = NULL;

    return g_file_get_contents(path, &found, NULL, NULL) && strcmp(found, text) == 0;
}

static char *new_folder(void)
{
    g_autofree char *base = g_dir_make_tmp("folder-XXXXXX", NULL);

    return g_build_filename(base, "run", NULL);
}

static void remove_folder(char *folder)
{
    g_autofree char *base = g_path_get_dirname(folder);

    cr_assert(folder_remove(base, NULL));
    g_free(folder);
}

Test(folder, names_its_parts)
{
    g_autofree char *part = folder_part("out", "rows"), *done = folder_done("out", "a/b"),
                    *path = folder_path("out", "rows");

    cr_expect(eq(str, part, "out/.assess/rows"));
    cr_expect(eq(str, done, "out/.assess/done/a/b"));
    cr_expect(eq(str, path, "out/rows"));
}

Test(folder, puts_all_that_is_done_into_place_at_once)
{
    char *folder = new_folder();

    cr_assert(folder_make(folder, NULL));
    cr_assert(folder_make(folder, NULL), "it may be there");
    put(folder, ".assess/rows", "new");
    put(folder, ".assess/done/reports/a.pdf", "new report");
    put(folder, "results.csv", "old");
    put(folder, "reports/b.pdf", "old report");
    put(folder, "notes.txt", "mine");
    cr_expect(folder_has_part(folder, "rows"));
    cr_expect(not(folder_has(folder, "rows")));
    cr_assert(folder_finish(folder, "rows", "results.csv", NULL));
    cr_expect(not(folder_has_part(folder, "rows")));
    cr_expect(holds(folder, "results.csv", "old"), "nothing is in place before all is");
    cr_assert(folder_finish(folder, "rows", "results.csv", NULL), "it is done already");
    cr_assert(folder_place(folder, NULL));
    cr_expect(holds(folder, "results.csv", "new"));
    cr_expect(holds(folder, "reports/a.pdf", "new report"));
    cr_expect(not(folder_has(folder, "reports/b.pdf")), "a folder is replaced as a whole");
    cr_expect(holds(folder, "notes.txt", "mine"));
    cr_assert(folder_forget(folder, NULL));
    cr_expect(not(folder_has(folder, FOLDER_STATE)));
    cr_expect(holds(folder, "results.csv", "new"));
    cr_assert(folder_forget(folder, NULL), "there is nothing to forget");
    remove_folder(folder);
}

Test(folder, removes_no_more_than_it_is_told)
{
    char *folder = new_folder();
    g_autofree char *link = g_build_filename(folder, "gone", "link", NULL);
    g_autofree char *kept = g_build_filename(folder, "kept", NULL);
    g_autofree char *gone = g_build_filename(folder, "gone", NULL);

    put(folder, "kept/a", "a");
    put(folder, "gone/b/c", "c");
    cr_assert(eq(int, symlink(kept, link), 0));
    cr_assert(folder_remove(gone, NULL));
    cr_assert(folder_remove(gone, NULL), "it is not there");
    cr_expect(not(folder_has(folder, "gone")));
    cr_expect(holds(folder, "kept/a", "a"), "what a link leads to is another's");
    cr_assert(eq(int, symlink(kept, gone), 0));
    cr_expect(folder_has(folder, "gone"));
    cr_assert(folder_remove(gone, NULL));
    cr_expect(holds(folder, "kept/a", "a"));
    remove_folder(folder);
}

Test(folder, says_what_cannot_be_made)
{
    char *folder = new_folder();
    g_autoptr(GError) make = NULL, finish = NULL, sync = NULL;
    g_autofree char *base = g_path_get_dirname(folder);

    put(base, "run", "a file");
    cr_expect(not(folder_make(folder, &make)));
    cr_assert(make != NULL);
    cr_expect_not_null(strstr(make->message, "run\": not a directory"), "%s", make->message);
    cr_expect(not(folder_finish(base, "rows", "results.csv", &finish)));
    cr_assert(finish != NULL);
    cr_expect_not_null(strstr(finish->message, "no such"), "%s", finish->message);
    remove_folder(folder);
}
