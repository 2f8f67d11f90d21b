#include "report/template.h"

#include <string.h>

#include "report/story.h"
#include "report/template_check.h"

typedef struct {
    TemplateLocator locate;
    gpointer data;
    Findings *findings;
    GPtrArray *chain;       /* of char *: paths of the templates on top of the one at hand */
    GHashTable *vocabulary; /* of the lowest template */
} Bases;

static const IniEntry *entry_of(const Ini *ini, const char *section, const char *key)
{
    const IniSection *found = ini_section(ini, section, NULL);

    return found ? ini_entry(found, key) : NULL;
}

static const char *value_of(const Ini *ini, const char *section, const char *key)
{
    const IniEntry *entry = entry_of(ini, section, key);

    return entry ? entry->value : "";
}

static char *name_of(const char *path)
{
    char *name = g_path_get_basename(path);

    if (g_str_has_suffix(name, ".ini"))
        name[strlen(name) - strlen(".ini")] = '\0';
    return name;
}

/* ---- the templates below ---- */

static char *located(const Bases *bases, const char *name)
{
    return bases->locate ? bases->locate(name, bases->data) : NULL;
}

static gboolean refuse_base(const Bases *bases, const Ini *ini, const IniEntry *entry,
                            const char *what)
{
    Place place = ini_place(ini, entry, 0);

    place.width = (guint)g_utf8_strlen(entry->value, -1);
    findings_add(bases->findings, SEVERITY_ERROR, &place, "%s \"%s\"", what, entry->value);
    return FALSE;
}

/* A template without a base is checked by the default one, if that is another file. */
static void take_vocabulary(Bases *bases, const Ini *lowest)
{
    g_autofree char *path = located(bases, TEMPLATE_DEFAULT);
    g_autoptr(Findings) silent = findings_new();
    g_autoptr(Ini) standard =
        path && strcmp(path, lowest->path) != 0 ? ini_load(path, silent, NULL) : NULL;

    bases->vocabulary = template_vocabulary(standard ? standard : lowest);
}

/* What a cohort's report says, by the template of cohorts, if that is another file. */
static void take_cohort_words(const Bases *bases, const Ini *ini)
{
    g_autofree char *path = located(bases, TEMPLATE_OF_COHORTS);
    g_autoptr(Findings) silent = findings_new();
    g_autoptr(Ini) other =
        path && strcmp(path, ini->path) != 0 ? ini_load(path, silent, NULL) : NULL;

    template_add_words(other ? other : ini, TEMPLATE_OF_COHORTS, bases->vocabulary);
}

/* Merge the template that a text names as its base, and those below that one, into it. */
static gboolean merge_bases(Bases *bases, Ini *ini, GError **error)
{
    const IniEntry *entry = entry_of(ini, "report", "base");
    g_autofree char *path = NULL;
    g_autoptr(Ini) base = NULL;

    if (!entry) {
        take_vocabulary(bases, ini);
        return TRUE;
    }
    path = located(bases, entry->value);
    if (!path)
        return refuse_base(bases, ini, entry, "there is no template");
    if (g_ptr_array_find_with_equal_func(bases->chain, path, g_str_equal, NULL))
        return refuse_base(bases, ini, entry, "a template is its own base:");
    if (bases->chain->len > TEMPLATE_BASES_LIMIT)
        return refuse_base(bases, ini, entry, "too many templates on top of one another:");
    g_ptr_array_add(bases->chain, g_strdup(path));
    base = ini_load(path, bases->findings, error);
    if (!base || !merge_bases(bases, base, error))
        return FALSE;
    ini_merge(ini, g_steal_pointer(&base));
    return TRUE;
}

/* ---- its parts ---- */

static GArray *read_chapters(const Ini *ini)
{
    const IniEntry *entry = entry_of(ini, "report", "blocks");
    g_auto(GStrv) names = ini_list(entry, NULL);
    GArray *chapters = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; names[i]; i++) {
        guint chapter = (guint)story_chapter(names[i]);

        g_array_append_val(chapters, chapter);
    }
    return chapters;
}

static gboolean tells_of_cohort(const GArray *chapters)
{
    for (guint i = 0; i < chapters->len; i++)
        if (!story_chapters()[g_array_index(chapters, guint, i)].tell)
            return TRUE;
    return FALSE;
}

char *template_image_path(const IniEntry *entry)
{
    g_autofree char *folder = g_path_get_dirname(entry->file);

    return g_path_is_absolute(entry->value) ? g_strdup(entry->value)
                                            : g_build_filename(folder, entry->value, NULL);
}

/* What a template without faults says. */
static void read_parts(Template *template, GError **error)
{
    const Ini *ini = template->ini;
    const IniEntry *logo = entry_of(ini, "cover", "logo");
    g_autofree char *image = logo && *logo->value ? template_image_path(logo) : NULL;
    g_autofree char *fault = NULL;

    template->chapters = read_chapters(ini);
    template->is_of_cohort = tells_of_cohort(template->chapters);
    template->is_draft = strcmp(value_of(ini, "report", "draft"), "yes") == 0;
    template->attaches = strcmp(value_of(ini, "report", "attach"), "yes") == 0;
    template->logo = image ? logo_load(image, &fault) : NULL;
    template->logo_height = g_ascii_strtod(value_of(ini, "cover", "logo_height"), NULL);
    template->theme = theme_load(template->wording, error);
}

static gboolean is_report(const Ini *ini, Findings *findings)
{
    Place place = { .file = ini->path };

    if (ini->is_cut || ini_section(ini, "report", NULL))
        return TRUE;
    if (ini->sections->len == 0) /* told already */
        return FALSE;
    findings_add(findings, SEVERITY_ERROR, &place,
                 "this is no template of a report: it has no section [report]");
    return FALSE;
}

/* Read the text and those below it, and check it. */
static gboolean read_text(Template *template, Bases *bases, GError **error)
{
    guint faults = findings_of(bases->findings, SEVERITY_ERROR);

    if (!is_report(template->ini, bases->findings) || !merge_bases(bases, template->ini, error))
        return FALSE;
    take_cohort_words(bases, template->ini);
    template_check(template->ini, bases->vocabulary, bases->findings);
    template->wording = wording_of(template->ini, bases->findings);
    return findings_of(bases->findings, SEVERITY_ERROR) == faults;
}

Template *template_load(const char *path, TemplateLocator locate, gpointer data, Findings *findings,
                        GError **error)
{
    guint faults = findings_of(findings, SEVERITY_ERROR);
    g_autoptr(Template) template = g_new0(Template, 1);
    g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func(g_free);
    Bases bases = { locate, data, findings, chain, NULL };
    gboolean is_read;

    template->name = name_of(path);
    template->ini = ini_load(path, findings, error);
    if (!template->ini)
        return NULL;
    g_ptr_array_add(chain, g_strdup(path));
    is_read = read_text(template, &bases, error);
    g_clear_pointer(&bases.vocabulary, g_hash_table_unref);
    if (!is_read || findings_of(findings, SEVERITY_ERROR) > faults)
        return NULL;
    read_parts(template, error);
    return template->theme ? g_steal_pointer(&template) : NULL;
}

void template_free(Template *template)
{
    if (!template)
        return;
    g_clear_pointer(&template->chapters, g_array_unref);
    g_clear_pointer(&template->ini, ini_free);
    wording_free(template->wording);
    logo_free(template->logo);
    g_free(template->theme);
    g_free(template->name);
    g_free(template);
}
