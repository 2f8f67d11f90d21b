#include "cli/library.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(library, orders_editions_by_their_numbers)
{
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        { "2024", "2024", 0 },
        { "2024", "2025", -1 },
        { "2024.9", "2024.10", -1 },
        { "2024-9", "2024.9", 0 },
        { "2024.1", "2024", 1 },
        { "2024.01", "2024.1", 0 },
        { "2024.0", "2024", 1 },
        { "2024.2.1", "2024.10", -1 },
        { "2024.99999999999999999999", "2024.100000000000000000000", -1 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        cr_expect(eq(int, edition_compare(cases[i].a, cases[i].b), cases[i].order), "case %u", i);
        cr_expect(eq(int, edition_compare(cases[i].b, cases[i].a), -cases[i].order),
                  "case %u turned", i);
    }
}

Test(library, takes_a_path_for_a_path)
{
    static const char *const paths[] = { "-", "a.ini", "./a", "folder/a.ini", "/a/b" };
    g_autoptr(Library) library = library_open();

    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *path = library_rubric(library, paths[i], NULL);

        cr_expect(eq(str, path, (char *)paths[i]));
    }
}

Test(library, knows_no_rubric_without_a_name)
{
    static const char *const names[] = { "", "@", "@2025", "no_such_rubric", "a@b@c" };
    g_autoptr(Library) library = library_open();

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;

        cr_expect(zero(ptr, library_rubric(library, names[i], &error)));
        cr_expect(g_error_matches(error, LIBRARY_ERROR, LIBRARY_ERROR_UNKNOWN), "\"%s\"", names[i]);
    }
}
