#include "cli/library.h"

#include <stdio.h>
#include <string.h>

struct Library {
    GPtrArray *folders; /* of char *, first wins */
};

/* Folders that may hold our data, seen from the program: installed, in a source tree, as
 * configured. */
static void add_data_folder(Library *library)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *bin = program ? g_path_get_dirname(program) : NULL;
    const char *const beside[] = { "share/assess", "." };

    for (guint i = 0; bin && i < G_N_ELEMENTS(beside); i++) {
        g_autofree char *up = g_path_get_dirname(bin);
        g_autofree char *folder =
            strcmp(beside[i], ".") ? g_build_filename(up, beside[i], NULL) : g_strdup(up);
        g_autofree char *rubrics = g_build_filename(folder, "rubrics", NULL);

        if (g_file_test(rubrics, G_FILE_TEST_IS_DIR)) {
            g_ptr_array_add(library->folders, g_steal_pointer(&folder));
            return;
        }
    }
    g_ptr_array_add(library->folders, g_strdup(ASSESS_DATADIR));
}

Library *library_open(void)
{
    Library *library = g_new0(Library, 1);
    g_auto(GStrv) path =
        g_strsplit(g_getenv("ASSESS_PATH") ? g_getenv("ASSESS_PATH") : "", ":", -1);

    library->folders = g_ptr_array_new_with_free_func(g_free);
    for (char **folder = path; *folder; folder++)
        if (**folder != '\0')
            g_ptr_array_add(library->folders, g_strdup(*folder));
    add_data_folder(library);
    return library;
}

void library_free(Library *library)
{
    if (!library)
        return;
    g_ptr_array_unref(library->folders);
    g_free(library);
}

static void shelf_free(gpointer data)
{
    Shelf *shelf = data;

    g_free(shelf->id);
    g_free(shelf->edition);
    g_free(shelf->path);
    g_free(shelf);
}

/* The value of a line "key = value", without quotes and comment; NULL if it is about another key.
 */
static char *line_value(const char *line, const char *key)
{
    gsize length = strlen(key);
    const char *value;
    g_autofree char *text = NULL;

    if (strncmp(line, key, length) != 0)
        return NULL;
    value = line + length + strspn(line + length, " \t");
    if (*value++ != '=')
        return NULL;
    text = g_strdup(value);
    text[strcspn(text, ";#\r\n")] = '\0';
    g_strdelimit(text, "\"", ' ');
    return g_strdup(g_strstrip(text));
}

/* Read no more of a file than its [rubric] section. NULL if it names no id and edition. */
static Shelf *shelf_read(const char *path)
{
    FILE *file = fopen(path, "re");
    Shelf *shelf = g_new0(Shelf, 1);
    char line[1024];
    gboolean inside = FALSE;
    g_autofree char *status = NULL;

    shelf->path = g_strdup(path);
    while (file && fgets(line, sizeof line, file)) {
        const char *text = line + (g_str_has_prefix(line, "\xef\xbb\xbf") ? 3 : 0);

        text += strspn(text, " \t");
        if (*text == '[') {
            if (inside)
                break;
            inside = g_str_has_prefix(text, "[rubric]");
        }
        if (inside && !shelf->id)
            shelf->id = line_value(text, "id");
        if (inside && !shelf->edition)
            shelf->edition = line_value(text, "edition");
        if (inside && !status)
            status = line_value(text, "status");
    }
    if (file)
        fclose(file);
    shelf->is_named_only = status && strcmp(status, "in_force") != 0;
    if (shelf->id && shelf->edition)
        return shelf;
    shelf_free(shelf);
    return NULL;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted paths of the "*.ini" in a folder's part: of char *. */
static GPtrArray *ini_files(const char *folder, const char *part)
{
    g_autofree char *place = g_build_filename(folder, part, NULL);
    g_autoptr(GDir) dir = g_dir_open(place, 0, NULL);
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, ".ini"))
            g_ptr_array_add(paths, g_build_filename(place, name, NULL));
    g_ptr_array_sort(paths, compare_names);
    return paths;
}

/* Every rubric of every folder: of Shelf *, in the order found. */
static GPtrArray *all_shelves(const Library *library)
{
    GPtrArray *shelves = g_ptr_array_new_with_free_func(shelf_free);

    for (guint i = 0; i < library->folders->len; i++) {
        g_autoptr(GPtrArray) paths = ini_files(g_ptr_array_index(library->folders, i), "rubrics");

        for (guint k = 0; k < paths->len; k++) {
            Shelf *shelf = shelf_read(g_ptr_array_index(paths, k));

            if (shelf)
                g_ptr_array_add(shelves, shelf);
        }
    }
    return shelves;
}

static gboolean same_contents(const char *a, const char *b)
{
    g_autofree char *first = NULL, *second = NULL;
    gsize first_size = 0, second_size = 0;

    return g_file_get_contents(a, &first, &first_size, NULL) &&
           g_file_get_contents(b, &second, &second_size, NULL) && first_size == second_size &&
           memcmp(first, second, first_size) == 0;
}

/* Whether `other` clashes with `shelf`, of the same id and edition. */
static gboolean clash(const Shelf *shelf, const Shelf *other, GError **error)
{
    if (same_contents(shelf->path, other->path))
        return FALSE;
    g_set_error(error, LIBRARY_ERROR, LIBRARY_ERROR_CLASH,
                "\"%s\" and \"%s\" both say that they are %s@%s, and differ", shelf->path,
                other->path, shelf->id, shelf->edition);
    return TRUE;
}

static gboolean is_path(const char *reference)
{
    return strchr(reference, '/') || g_str_has_suffix(reference, ".ini") ||
           strcmp(reference, "-") == 0;
}

/* An edition in force goes before one that is not, then the newer one. */
static gboolean is_better(const Shelf *shelf, const Shelf *best)
{
    if (shelf->is_named_only != best->is_named_only)
        return best->is_named_only;
    return edition_compare(shelf->edition, best->edition) > 0;
}

/* The rubric of this id that is of `edition`, or the newest in force; NULL if there is none or if
 * `error` is set. */
static const Shelf *find(const GPtrArray *shelves, const char *id, const char *edition,
                         GError **error)
{
    const Shelf *best = NULL;

    for (guint i = 0; i < shelves->len; i++) {
        const Shelf *shelf = g_ptr_array_index(shelves, i);

        if (strcmp(shelf->id, id) != 0 ||
            (edition && edition_compare(shelf->edition, edition) != 0))
            continue;
        if (!best || is_better(shelf, best))
            best = shelf;
    }
    for (guint i = 0; best && i < shelves->len; i++) {
        const Shelf *shelf = g_ptr_array_index(shelves, i);

        if (shelf != best && strcmp(shelf->id, id) == 0 &&
            edition_compare(shelf->edition, best->edition) == 0 && clash(best, shelf, error))
            return NULL;
    }
    return best;
}

char *library_rubric(const Library *library, const char *reference, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(reference, "@", 2);
    g_autoptr(GPtrArray) shelves = NULL;
    const Shelf *shelf;
    GError *refusal = NULL;

    if (is_path(reference))
        return g_strdup(reference);
    shelves = all_shelves(library);
    shelf = find(shelves, parts[0] ? parts[0] : "", parts[0] ? parts[1] : NULL, &refusal);
    if (shelf)
        return g_strdup(shelf->path);
    if (refusal)
        g_propagate_error(error, refusal);
    else
        g_set_error(error, LIBRARY_ERROR, LIBRARY_ERROR_UNKNOWN, "unknown rubric \"%s\"",
                    reference);
    return NULL;
}

char *library_locate(const char *reference, gpointer data)
{
    return is_path(reference) ? NULL : library_rubric(data, reference, NULL);
}

static int compare_shelves(gconstpointer a, gconstpointer b)
{
    const Shelf *first = *(const Shelf *const *)a, *second = *(const Shelf *const *)b;
    int order = strcmp(first->id, second->id);

    return order != 0 ? order : edition_compare(first->edition, second->edition);
}

GPtrArray *library_rubrics(const Library *library, GError **error)
{
    g_autoptr(GPtrArray) shelves = all_shelves(library);

    g_ptr_array_sort(shelves, compare_shelves);
    for (guint i = 1; i < shelves->len;) {
        const Shelf *before = g_ptr_array_index(shelves, i - 1),
                    *shelf = g_ptr_array_index(shelves, i);

        if (strcmp(before->id, shelf->id) != 0 ||
            edition_compare(before->edition, shelf->edition) != 0)
            i++;
        else if (clash(before, shelf, error))
            return NULL;
        else
            g_ptr_array_remove_index(shelves, i);
    }
    return g_steal_pointer(&shelves);
}

/* The list without repetitions, sorted, with its end. Takes it. */
static char **sorted_names(GPtrArray *names)
{
    g_ptr_array_sort(names, compare_names);
    for (guint i = 1; i < names->len;) {
        if (strcmp(g_ptr_array_index(names, i - 1), g_ptr_array_index(names, i)) == 0)
            g_ptr_array_remove_index(names, i);
        else
            i++;
    }
    g_ptr_array_set_free_func(names, NULL);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char **library_ids(const Library *library)
{
    g_autoptr(GPtrArray) shelves = all_shelves(library);
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < shelves->len; i++)
        g_ptr_array_add(ids, g_strdup(((const Shelf *)g_ptr_array_index(shelves, i))->id));
    return sorted_names(ids);
}

char *library_template(const Library *library, const char *name, GError **error)
{
    g_autofree char *file = strchr(name, '.') ? g_strdup(name) : g_strconcat(name, ".ini", NULL);

    for (guint i = 0; i < library->folders->len; i++) {
        g_autofree char *path =
            g_build_filename(g_ptr_array_index(library->folders, i), "templates", file, NULL);

        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&path);
    }
    g_set_error(error, LIBRARY_ERROR, LIBRARY_ERROR_UNKNOWN,
                "template \"%s\" is neither in ASSESS_PATH nor beside the program", name);
    return NULL;
}

char *library_report(const Library *library, const char *reference, GError **error)
{
    return is_path(reference) ? g_strdup(reference) : library_template(library, reference, error);
}

char *library_locate_template(const char *name, gpointer data)
{
    return is_path(name) ? NULL : library_template(data, name, NULL);
}

#define LAYOUTS "templates/surveys"

char **library_layouts(const Library *library)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    for (guint i = 0; i < library->folders->len; i++) {
        g_autoptr(GPtrArray) paths = ini_files(g_ptr_array_index(library->folders, i), LAYOUTS);

        for (guint k = 0; k < paths->len; k++)
            if (g_hash_table_add(names, g_path_get_basename(paths->pdata[k])))
                g_strv_builder_add(builder, paths->pdata[k]);
    }
    return g_strv_builder_end(builder);
}

char *library_locate_layout(const char *id, gpointer data)
{
    g_auto(GStrv) paths = library_layouts(data);
    g_autofree char *file = g_strconcat(id, ".ini", NULL);

    for (char **path = paths; *path; path++) {
        g_autofree char *name = g_path_get_basename(*path);

        if (strcmp(name, file) == 0)
            return g_strdup(*path);
    }
    return NULL;
}

/* Templates hold words for a terminal, too, and layouts: those of reports have a section [report].
 */
static gboolean has_report(const char *path)
{
    FILE *file = fopen(path, "re");
    char line[1024];
    gboolean found = FALSE;

    while (file && !found && fgets(line, sizeof line, file))
        found = g_str_has_prefix(line + strspn(line, " \t"), "[report]");
    if (file)
        fclose(file);
    return found;
}

char **library_reports(const Library *library)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < library->folders->len; i++) {
        g_autoptr(GPtrArray) paths = ini_files(g_ptr_array_index(library->folders, i), "templates");

        for (guint k = 0; k < paths->len; k++) {
            const char *path = g_ptr_array_index(paths, k);
            char *name;

            if (!has_report(path))
                continue;
            name = g_path_get_basename(path);
            name[strlen(name) - strlen(".ini")] = '\0';
            g_ptr_array_add(names, name);
        }
    }
    return sorted_names(names);
}
