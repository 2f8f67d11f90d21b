/* Loading a rubric: its text, the rubrics below it, then its parts in an order in which names are
 * known when they are referred to. */
#include <string.h>

#include "rubric/loading.h"

/* ---- the rubrics below ---- */

/* A third of a file, and nothing that grades: who only grades passes them over. */
static const char CASES[] = "case";

typedef struct {
    RubricLocator locate;
    gpointer data;
    Findings *findings;
    GPtrArray *chain;        /* of char *: "id@edition" of the rubrics on top of the one at hand */
    const char *passed_over; /* sections that are not read in them, NULL for none */
} Bases;

static Finding *base_fault(Bases *bases, const Ini *ini, const IniEntry *entry, const char *format,
                           ...) G_GNUC_PRINTF(4, 5);

static Finding *base_fault(Bases *bases, const Ini *ini, const IniEntry *entry, const char *format,
                           ...)
{
    g_autofree char *message = NULL;
    Place place = ini_place(ini, entry, 0);
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    place.width = (guint)g_utf8_strlen(entry->value, -1);
    return findings_add(bases->findings, SEVERITY_ERROR, &place, "%s", message);
}

/* "id@edition" of a text; NULL if it has none. */
static char *reference_of(const Ini *ini)
{
    const IniSection *head = ini_section(ini, "rubric", NULL);
    const char *id = head ? ini_value(head, "id") : NULL;
    const char *edition = head ? ini_value(head, "edition") : NULL;

    return id && edition ? g_strconcat(id, "@", edition, NULL) : NULL;
}

static gboolean is_in_chain(const Bases *bases, const char *reference)
{
    return g_ptr_array_find_with_equal_func(bases->chain, reference, g_str_equal, NULL);
}

/* Read the file that `entry` names. NULL after a fault. */
static Ini *load_base(Bases *bases, const Ini *ini, const IniEntry *entry)
{
    g_autofree char *path = bases->locate ? bases->locate(entry->value, bases->data) : NULL;
    g_autofree char *reference = NULL;
    g_autoptr(GError) error = NULL;
    Ini *base;

    if (!path) {
        base_fault(bases, ini, entry, "no rubric \"%s\" was found", entry->value);
        return NULL;
    }
    base = ini_load_without(path, bases->passed_over, bases->findings, &error);
    if (!base) {
        base_fault(bases, ini, entry, "%s", error->message);
        return NULL;
    }
    reference = reference_of(base);
    if (base->sections->len > 0 && g_strcmp0(reference, entry->value) != 0) {
        base_fault(bases, ini, entry, "%s is \"%s\", expected \"%s\"", path,
                   reference ? reference : "no rubric", entry->value);
        g_clear_pointer(&base, ini_free);
    }
    return base;
}

/* Merge the rubric that a text names as its base, and those below that one, into it. FALSE if one
 * of them is missing: nothing can be said then of what it may have defined. */
static gboolean merge_bases(Bases *bases, Ini *ini)
{
    const IniSection *head = ini_section(ini, "rubric", NULL);
    const IniEntry *entry = head ? ini_entry(head, "base") : NULL;
    g_autofree char *reference = reference_of(ini);
    Ini *base;
    gboolean is_whole;

    if (!entry)
        return TRUE;
    if (entry->is_broken || !strchr(entry->value, '@')) /* told by check_sections() */
        return FALSE;
    g_ptr_array_add(bases->chain, g_strdup(reference ? reference : ""));
    if (is_in_chain(bases, entry->value)) {
        base_fault(bases, ini, entry, "rubric \"%s\" is its own base", entry->value);
        return FALSE;
    }
    if (bases->chain->len > RUBRIC_BASES_LIMIT) {
        base_fault(bases, ini, entry, "more than %d rubrics on top of one another",
                   RUBRIC_BASES_LIMIT);
        return FALSE;
    }
    base = load_base(bases, ini, entry);
    if (!base)
        return FALSE;
    is_whole = !base->is_cut && merge_bases(bases, base);
    ini_merge(ini, base);
    return is_whole;
}

/* ---- the parts ---- */

static void load_parts(Loading *loading)
{
    load_head(loading);
    load_levels(loading);
    load_dimensions(loading);
    load_scales(loading);
    load_groups(loading);
    name_questions(loading);
    name_requirements(loading);
    link_groups(loading);
    load_questions(loading);
    link_dimensions(loading);
    load_profiles(loading);
    load_requirements(loading);
    load_contradictions(loading);
    load_actions(loading);
    load_cases(loading);
    load_same_as(loading);
    check_weights(loading);
}

/* How many sections of a kind there may be. Levels and dimensions stand in lists as well. */
static const struct {
    const char *kind, *or_kind; /* counted together */
    const char *what;
    guint limit;
} limits[] = {
    { "question", "field", "questions and fields", RUBRIC_QUESTIONS_LIMIT },
    { "requirement", NULL, "requirements", RUBRIC_REQUIREMENTS_LIMIT },
    { "contradiction", NULL, "contradictions", RUBRIC_OTHERS_LIMIT },
    { "level", NULL, "levels", RUBRIC_LEVELS_LIMIT },
    { "dimension", NULL, "dimensions", RUBRIC_DIMENSIONS_LIMIT },
    { "scale", NULL, "scales", RUBRIC_OTHERS_LIMIT },
    { "group", NULL, "groups", RUBRIC_OTHERS_LIMIT },
    { "profile", NULL, "profiles", RUBRIC_OTHERS_LIMIT },
    { "action", NULL, "actions", RUBRIC_OTHERS_LIMIT },
    { "case", NULL, "cases", RUBRIC_OTHERS_LIMIT },
};

/* FALSE and one fault if there are more sections of a kind than a rubric can have. */
static gboolean holds_limits(Loading *loading)
{
    const GPtrArray *sections = loading->ini->sections;

    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        guint n = 0;

        for (guint k = 0; k < sections->len; k++) {
            const IniSection *section = g_ptr_array_index(sections, k);

            n += g_str_equal(section->kind, limits[i].kind) ||
                 g_strcmp0(section->kind, limits[i].or_kind) == 0;
            if (n <= limits[i].limit)
                continue;
            name_fault(loading, section, "more than %u %s", limits[i].limit, limits[i].what);
            return FALSE;
        }
    }
    return TRUE;
}

/* Sections and names. FALSE if so much is missing that the rest would be made of follow-up faults.
 */
static gboolean load_all(Loading *loading, Bases *bases)
{
    if (loading->ini->sections->len == 0 || loading->ini->is_cut ||
        !merge_bases(bases, loading->ini)) {
        check_form(loading);
        return FALSE;
    }
    if (!holds_limits(loading))
        return FALSE; /* of a file of that size nothing else is of use */
    check_sections(loading);
    load_parts(loading);
    return TRUE;
}

/* Takes `ini`. */
static Rubric *rubric_from(Ini *ini, Bases *bases)
{
    g_autoptr(Rubric) rubric = rubric_new(ini);
    Loading loading = { .rubric = rubric, .ini = ini, .findings = bases->findings };
    gboolean is_whole;

    loading.sections = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    loading.doubtful = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    loading.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    loading.unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unknown_free);
    loading.guesses = g_ptr_array_new();
    loading.has_lost_name = ini->has_mixed;
    is_whole = load_all(&loading, bases);
    unknown_close(&loading);
    if (findings_of(bases->findings, SEVERITY_ERROR) > 0)
        rubric->doubts = doubts_new(&loading);
    g_hash_table_unref(loading.sections);
    g_hash_table_unref(loading.doubtful);
    g_hash_table_unref(loading.told);
    g_hash_table_unref(loading.unknown);
    g_ptr_array_unref(loading.guesses);
    return is_whole ? g_steal_pointer(&rubric) : NULL;
}

/* The rubric, if it is one, and the findings of loading it at the end of `findings`. */
static Rubric *load(Ini *ini, RubricLocator locate, gpointer data, Findings *own,
                    Findings *findings, const char *passed_over, gboolean anyway)
{
    g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func(g_free);
    Bases bases = { locate, data, own, chain, passed_over };
    const guint most = INI_FAULTS_LIMIT + (ini && ini->is_cut ? 1U : 0U); /* it says so itself */
    g_autoptr(Rubric) rubric = ini ? rubric_from(ini, &bases) : NULL;
    const gboolean is_faulty = findings_of(own, SEVERITY_ERROR) > 0;
    const gboolean is_whole = findings_of(own, SEVERITY_ERROR) <= most;

    if (is_faulty)
        findings_sort(own);
    findings_cut(own, most);
    findings_append(findings, own);
    return is_faulty && !(anyway && is_whole) ? NULL : g_steal_pointer(&rubric);
}

Rubric *rubric_load(const char *path, RubricLocator locate, gpointer data, Findings *findings,
                    GError **error)
{
    g_autoptr(Findings) own = findings_new();

    return load(ini_load_without(path, CASES, own, error), locate, data, own, findings, CASES,
                FALSE);
}

Rubric *rubric_parse(const char *path, GBytes *bytes, RubricLocator locate, gpointer data,
                     Findings *findings)
{
    g_autoptr(Findings) own = findings_new();

    return load(ini_parse(path, bytes, own), locate, data, own, findings, NULL, FALSE);
}

Rubric *rubric_load_anyway(const char *path, RubricLocator locate, gpointer data,
                           Findings *findings, GError **error)
{
    g_autoptr(Findings) own = findings_new();

    return load(ini_load(path, own, error), locate, data, own, findings, NULL, TRUE);
}

Rubric *rubric_parse_anyway(const char *path, GBytes *bytes, RubricLocator locate, gpointer data,
                            Findings *findings)
{
    g_autoptr(Findings) own = findings_new();

    return load(ini_parse(path, bytes, own), locate, data, own, findings, NULL, TRUE);
}
