#include "batch/documents.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/file.h"

static char *make_folder(void)
{
    return g_dir_make_tmp("documents-XXXXXX", NULL);
}

Test(documents, puts_a_thousand_into_a_folder)
{
    static const struct {
        guint64 number;
        const char *place;
    } rows[] = { { 1, "000/a.pdf" },
                 { 1000, "000/a.pdf" },
                 { 1001, "001/a.pdf" },
                 { 1000000, "999/a.pdf" },
                 { 1000001, "1000/a.pdf" } };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *place = documents_place(rows[i].number, "a.pdf");

        cr_expect(eq(str, place, (char *)rows[i].place));
    }
}

Test(documents, keeps_what_is_there)
{
    g_autofree char *folder = make_folder();
    g_autofree char *reports = g_build_filename(folder, DOCUMENTS_FOLDER, NULL);
    g_autofree char *file = g_build_filename(reports, "000", "a.pdf", NULL);
    g_autofree char *expected = g_strdup_printf("\"%s\" is there already", file);
    g_autofree char *contents = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Documents) documents = documents_new(folder, NULL);

    cr_assert(documents_prepare(documents, 1, NULL));
    cr_assert(documents_write(documents, "000/a.pdf", "one", 3, NULL));
    cr_assert(not(documents_write(documents, "000/a.pdf", "two", 3, &error)));
    cr_assert(eq(str, error->message, expected));
    cr_assert(g_file_get_contents(file, &contents, NULL, NULL));
    cr_assert(eq(str, contents, "one"));
    cr_assert(documents_sync(documents, NULL));
    g_clear_error(&error);
    cr_assert(documents_new(folder, &error) == NULL);
    cr_assert(g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_EXISTS));
}

Test(documents, follow_no_link)
{
    g_autofree char *folder = make_folder();
    g_autofree char *elsewhere = make_folder();
    g_autofree char *link = g_build_filename(folder, DOCUMENTS_FOLDER, "000", NULL);
    g_autofree char *escaped = g_build_filename(elsewhere, "a.pdf", NULL);
    g_autoptr(Documents) documents = documents_new(folder, NULL);
    g_autoptr(GError) error = NULL;

    cr_assert(eq(int, symlink(elsewhere, link), 0));
    cr_assert(not(documents_write(documents, "000/a.pdf", "one", 3, &error)));
    cr_assert(error != NULL);
    cr_assert(not(g_file_test(escaped, G_FILE_TEST_EXISTS)));
}

Test(documents, leave_no_empty_folder_behind)
{
    g_autofree char *folder = make_folder();

    documents_free(documents_new(folder, NULL));
    cr_assert(eq(int, g_rmdir(folder), 0));
}
