#include "intake/suite.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>

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

static const char RUBRIC[] =
    "[rubric]\nid = survey\nedition = 2025\nformat = 1\ntitle = Survey\n"
    "levels = basic\ndimensions = work\n"
    "[level basic]\ntitle = Basic\n"
    "[dimension work]\ntitle = Work\n"
    "[scale fulfilment]\noptions = poor, fair, good\nscore = 0, 0.5, 1\n"
    "title.poor = Not met\ntitle.poor[zh] = \u4e0d\u6ee1\u8db3\n"
    "title.fair = Partly met\ntitle.fair[zh] = \u90e8\u5206\u6ee1\u8db3\n"
    "title.good = Fully met\ntitle.good[zh] = \u5b8c\u5168\u6ee1\u8db3\n"
    "[field company]\ntype = text\nrequired = yes\nask = Company name\n"
    "ask[zh] = \u4f01\u4e1a\u540d\u79f0\n"
    "[field code]\ntype = uscc\nask = Social credit code\n"
    "[field industry]\ntype = choice\noptions = food, steel\nask = Industry\n"
    "[field assessor]\ntype = text\nask = Assessor\n"
    "[field site]\ntype = text\nask = Site\n"
    "[question plan]\ndimension = work\ntype = choice\nscale = fulfilment\nna = yes\n"
    "ask = Production plan\nask[zh] = \u751f\u4ea7\u8ba1\u5212\n"
    "[question mes]\ndimension = work\ntype = yesno\nask = Execution system\n"
    "[question tools]\ndimension = work\ntype = multi\noptions = cad, cae, plm\n"
    "title.cae = Simulation\ntitle.cae[zh] = \u4eff\u771f\nask = Tools\n"
    "[question energy]\ndimension = work\ntype = number\nmin = 0\nmax = 1000\nunit = kWh/t\n"
    "ask = Energy\nweight = 0\n"
    "[question output]\ndimension = work\ntype = number\nask = Output\nweight = 0\nna = yes\n"
    "[question rate]\ndimension = work\ntype = percent\nask = Rate\nweight = 0\n"
    "[question part]\ndimension = work\ntype = percent\nmin = 20\nmax = 80\nask = Part\nweight = "
    "0\n"
    "[question since]\ndimension = work\ntype = date\nask = Since\nweight = 0\n"
    "[question remark]\ndimension = work\ntype = text\nask = Remark\nweight = 0\n"
    "[question twin_a]\ndimension = work\ntype = yesno\nask = Twin\n"
    "[question twin_b]\ndimension = work\ntype = yesno\nask = Twin\n"
    "[requirement r_plan]\nlevel = basic\nkind = gate\norigin = official\nclause = 1\n"
    "title = Plans\nneeds = \"plan >= fair\"\nwaivable = yes\n"
    "[requirement r_mes]\nlevel = basic\nkind = gate\norigin = house\ntitle = System\n"
    "needs = \"mes\"\n";

Rubric *suite_rubric(void)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new_static(RUBRIC, strlen(RUBRIC));
    Rubric *rubric = rubric_parse("survey.ini", bytes, NULL, NULL, findings);
    g_autofree char *told = suite_told(findings);

    cr_assert_not_null(rubric, "%s", told);
    return rubric;
}
