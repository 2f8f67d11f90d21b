#include "report/template.h"

#include <string.h>

#include "report/story.h"

typedef struct {
    TemplateLocator locate;
    gpointer data;
    Findings *findings;
    guint depth;
} Bases;

static const IniEntry *entry_of(const Ini *ini, const char *section, const char *key)
{
    const IniSection *found = ini_section(ini, section, NULL);

    return found ? ini_entry(found, key) : NULL;
}

/* `what` and the word of the entry's value at `offset`. */
static Finding *fault(Findings *findings, const Ini *ini, const IniEntry *entry, gsize offset,
                      const char *what, const char *word)
{
    Place place = ini_place(ini, entry, offset);

    place.width = (guint)g_utf8_strlen(word, -1);
    return findings_add(findings, SEVERITY_ERROR, &place, "%s \"%s\"", what, word);
}

/* ---- the templates below ---- */

/* Merge the template that a text names as its base, and those below that one, into it. */
static gboolean merge_bases(Bases *bases, Ini *ini, GError **error)
{
    const IniEntry *entry = entry_of(ini, "report", "base");
    g_autofree char *path = NULL;
    g_autoptr(Ini) base = NULL;

    if (!entry)
        return TRUE;
    if (++bases->depth > TEMPLATE_BASES_LIMIT) {
        fault(bases->findings, ini, entry, 0,
              "more than eight templates on top of one another:", entry->value);
        return FALSE;
    }
    path = bases->locate ? bases->locate(entry->value, bases->data) : NULL;
    if (!path) {
        fault(bases->findings, ini, entry, 0, "unknown template", entry->value);
        return FALSE;
    }
    base = ini_load(path, bases->findings, error);
    if (!base || !merge_bases(bases, base, error))
        return FALSE;
    ini_merge(ini, g_steal_pointer(&base));
    return TRUE;
}

/* ---- its parts ---- */

static GArray *read_chapters(const Ini *ini, Findings *findings)
{
    const IniEntry *entry = entry_of(ini, "report", "blocks");
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) names = entry ? ini_list(entry, &offsets) : NULL;
    GArray *chapters = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; names && names[i]; i++) {
        int chapter = story_chapter(names[i]);

        if (chapter < 0)
            fault(findings, ini, entry, g_array_index(offsets, gsize, i), "unknown block",
                  names[i]);
        else
            g_array_append_val(chapters, chapter);
    }
    return chapters;
}

static char *name_of(const char *path)
{
    char *name = g_path_get_basename(path);

    if (g_str_has_suffix(name, ".ini"))
        name[strlen(name) - strlen(".ini")] = '\0';
    return name;
}

Template *template_load(const char *path, TemplateLocator locate, gpointer data, Findings *findings,
                        GError **error)
{
    guint faults = findings_of(findings, SEVERITY_ERROR);
    g_autoptr(Template) template = g_new0(Template, 1);
    Bases bases = { locate, data, findings, 0 };

    template->name = name_of(path);
    template->ini = ini_load(path, findings, error);
    if (!template->ini || !merge_bases(&bases, template->ini, error))
        return NULL;
    template->wording = wording_of(template->ini, findings);
    template->chapters = read_chapters(template->ini, findings);
    if (findings_of(findings, SEVERITY_ERROR) > faults)
        return NULL;
    template->theme = theme_load(template->wording, error);
    return template->theme ? g_steal_pointer(&template) : NULL;
}

void template_free(Template *template)
{
    if (!template)
        return;
    g_clear_pointer(&template->chapters, g_array_unref);
    g_clear_pointer(&template->ini, ini_free);
    wording_free(template->wording);
    g_free(template->theme);
    g_free(template->name);
    g_free(template);
}
