#include "intake/suite.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>

char *suite_path(const char *relative)
{
    const char *place = g_getenv("ASSESS_SHARED");
    g_autofree char *path =
        g_build_filename(place && *place ? place : "../shared/data", relative, NULL);

    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&path);
    if (g_getenv("CI"))
        cr_assert_fail("%s is not there", path);
    cr_skip_test("%s is not there", path);
    return NULL;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

GPtrArray *suite_names(const char *relative)
{
    g_autofree char *path = suite_path(relative);
    GDir *dir = g_dir_open(path, 0, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    cr_assert_not_null(dir, "%s is no folder", path);
    while ((name = g_dir_read_name(dir)))
        g_ptr_array_add(names, g_strdup(name));
    g_dir_close(dir);
    g_ptr_array_sort(names, compare_names);
    return names;
}

GBytes *suite_bytes(const char *relative)
{
    g_autofree char *path = suite_path(relative);
    char *data;
    gsize size;

    cr_assert(g_file_get_contents(path, &data, &size, NULL), "%s cannot be read", path);
    return g_bytes_new_take(data, size);
}

char *suite_told(const Findings *findings)
{
    GString *told = g_string_new(NULL);

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_string_append_printf(told, "%s%s %s:%u:%u: %s", i ? "\n" : "",
                               severity_name(finding->severity), finding->file ? finding->file : "",
                               finding->line, finding->column, finding->message);
        if (finding->hint)
            g_string_append_printf(told, " [%s]", finding->hint);
    }
    return g_string_free(told, FALSE);
}

char *suite_file(const char *name, const void *data, gsize size)
{
    g_autofree char *folder = g_dir_make_tmp("assess-XXXXXX", NULL);
    char *path = g_build_filename(folder, name, NULL);

    cr_assert(g_file_set_contents(path, data, (gssize)size, NULL));
    return path;
}

void suite_remove(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);

    g_unlink(path);
    g_rmdir(folder);
}
