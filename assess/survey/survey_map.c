#include "survey/survey_map.h"

#include <string.h>

#include "base/ini.h"
#include "base/text.h"
#include "intake/filing.h"
#include "intake/intake.h"

enum {
    LINE_LIMIT = 600, /* bytes of a header that is written on one line */
    QUOTE_LIMIT = 60
};

typedef struct {
    const IniSection *section;
    guint position; /* from 1; 0: by its header */
    char *header;   /* folded; NULL: any */
    gboolean is_skipped;
    Binding binding;
    gboolean is_used, is_mismatched;
} Entry;

struct SurveyMap {
    Ini *ini;
    GArray *entries; /* of Entry; `is_used` is set while columns are bound */
};

/* A map being read. */
typedef struct {
    SurveyMap *map;
    const Binder *binder;
    Findings *findings;
} Reading;

static void entry_clear(gpointer data)
{
    g_free(((Entry *)data)->header);
}

static Finding *refuse(const Reading *reading, const IniEntry *entry, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
static Finding *refuse(const Reading *reading, const IniEntry *entry, const char *format, ...)
{
    Place place = ini_place(reading->map->ini, entry, 0);
    g_autofree char *message = NULL;
    va_list arguments;

    place.width = (guint)g_utf8_strlen(entry->value, -1);
    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(reading->findings, SEVERITY_ERROR, &place, "%s", message);
}

/* ---- reading ---- */

static gboolean read_option(const Reading *reading, const IniEntry *to, const char *colon,
                            Binding *binding)
{
    g_autofree char *name = g_strndup(to->value, (gsize)(colon - to->value));
    const Vocabulary *vocabulary = binder_vocabulary(reading->binder);
    const Rubric *rubric = vocabulary_rubric(vocabulary);
    int question = vocabulary_question(vocabulary, g_strstrip(name)), option;
    const char *near;
    Finding *finding;

    if (question < 0)
        return FALSE;
    if (RUBRIC_QUESTION(rubric, question)->type != QUESTION_MULTI) {
        refuse(reading, to, "%s is no multiple choice: its options have no columns", name);
        return TRUE;
    }
    option = vocabulary_option(vocabulary, question, colon + 1);
    if (option < 0) {
        near = vocabulary_near_option(vocabulary, question, colon + 1);
        finding = refuse(reading, to, "%s has no option \"%s\"", name, colon + 1);
        if (near)
            finding_hint(finding, "did you mean \"%s\"?", near);
        return TRUE;
    }
    *binding = (Binding){ .kind = BINDING_OPTION, .index = question, .option = option };
    return TRUE;
}

static void read_target(const Reading *reading, const IniEntry *to, Entry *entry)
{
    const Vocabulary *vocabulary = binder_vocabulary(reading->binder);
    const char *colon = strrchr(to->value, ':');
    Binding *binding = &entry->binding;
    Finding *finding;
    const char *near;

    entry->is_skipped = strcmp(to->value, "skip") == 0;
    *binding = (Binding){ .kind = BINDING_IGNORED, .index = NOWHERE };
    if (!entry->is_skipped && strcmp(to->value, "ignore") != 0) {
        *binding = binder_own(reading->binder, to->value);
        if (binding->kind == BINDING_NOTHING &&
            !(colon && read_option(reading, to, colon, binding))) {
            near = vocabulary_near_question(vocabulary, to->value);
            finding = refuse(reading, to, "there is no question \"%s\"", to->value);
            if (near)
                finding_hint(finding, "did you mean \"%s\"?", near);
            else
                finding_hint(finding, "expected a question, question:option, question.evidence, "
                                      "waive:requirement, ignore or skip");
        }
    }
    binding->by = BOUND_BY_MAP;
    if (binding->kind != BINDING_OPTION)
        binding->option = NOWHERE;
}

/* Keys of [column]. */
static void check_keys(const Reading *reading, const IniSection *section)
{
    static const char *const KEYS[] = { "header", "to", NULL };

    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = section->entries->pdata[i];
        Place place = ini_key_place(reading->map->ini, entry);
        const char *near = text_nearest(entry->key, KEYS);
        Finding *finding;

        if (g_strv_contains(KEYS, entry->key))
            continue;
        finding = findings_add(reading->findings, SEVERITY_ERROR, &place,
                               "[column] has no key \"%s\"", entry->key);
        if (near)
            finding_hint(finding, "did you mean \"%s\"?", near);
    }
}

static void read_section(const Reading *reading, const IniSection *section)
{
    Place place = ini_section_place(reading->map->ini, section);
    const IniEntry *header = ini_entry(section, "header"), *to = ini_entry(section, "to");
    Entry entry = { .section = section };
    guint64 position = 0;

    if (section->is_broken)
        return;
    if (strcmp(section->kind, "column") != 0 || !section->name) {
        finding_hint(findings_add(reading->findings, SEVERITY_ERROR, &place,
                                  "a mapping has sections [column NAME] alone"),
                     "expected [column 3], or [column NAME] with the key header");
        return;
    }
    check_keys(reading, section);
    if (g_ascii_string_to_unsigned(section->name, 10, 1, INTAKE_COLUMNS_LIMIT, &position, NULL))
        entry.position = (guint)position;
    else if (!header)
        finding_hint(findings_add(reading->findings, SEVERITY_ERROR, &place,
                                  "[column %s] says neither the column's place nor its header",
                                  section->name),
                     "name it by its number, or add header = and the text over the column");
    if (!to) {
        findings_add(reading->findings, SEVERITY_ERROR, &place, "[column %s] lacks \"to\"",
                     section->name);
        return;
    }
    entry.header = header ? binding_fold(header->value) : NULL;
    read_target(reading, to, &entry);
    g_array_append_val(reading->map->entries, entry);
}

/* Takes `ini`. */
static SurveyMap *read_map(Ini *ini, const Binder *binder, Findings *findings)
{
    SurveyMap *map = g_new0(SurveyMap, 1);
    Reading reading = { map, binder, findings };

    map->ini = ini;
    map->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(map->entries, entry_clear);
    for (guint i = 0; i < ini->sections->len; i++)
        read_section(&reading, ini->sections->pdata[i]);
    return map;
}

SurveyMap *survey_map_load(const char *path, const Binder *binder, Findings *findings)
{
    g_autoptr(GError) error = NULL;
    Ini *ini = ini_load(path, findings, &error);
    Place place = { .file = path };

    if (ini)
        return read_map(ini, binder, findings);
    findings_add(findings, SEVERITY_ERROR, &place, "%s", error->message);
    return NULL;
}

void survey_map_free(SurveyMap *map)
{
    if (!map)
        return;
    g_array_unref(map->entries);
    ini_free(map->ini);
    g_free(map);
}

/* ---- asking ---- */

guint survey_map_count(const SurveyMap *map)
{
    return map->entries->len;
}

const char *survey_map_sha256(const SurveyMap *map)
{
    return map->ini->sha256;
}

gboolean survey_map_binding(const SurveyMap *map, guint index, const char *name, Binding *binding)
{
    g_autofree char *folded = binding_fold(name);

    for (guint i = 0; i < map->entries->len; i++) {
        Entry *entry = &g_array_index(map->entries, Entry, i);

        if (entry->position ? entry->position != index + 1 : strcmp(entry->header, folded) != 0)
            continue;
        entry->is_used = TRUE;
        entry->is_mismatched = entry->header && strcmp(entry->header, folded) != 0;
        if (entry->is_skipped)
            return FALSE;
        *binding = entry->binding;
        return TRUE;
    }
    return FALSE;
}

void survey_map_check(const SurveyMap *map, Findings *findings)
{
    for (guint i = 0; i < map->entries->len; i++) {
        const Entry *entry = &g_array_index(map->entries, Entry, i);
        Place place = ini_name_place(map->ini, entry->section);

        if (!entry->is_used)
            findings_add(findings, SEVERITY_ERROR, &place, "the survey has no such column: %s",
                         entry->section->name);
        else if (entry->is_mismatched)
            finding_hint(findings_add(findings, SEVERITY_ERROR, &place,
                                      "over column %u stands something else than the mapping says",
                                      entry->position),
                         "the survey may be another one: write the mapping anew with assess "
                         "inspect --write-map");
    }
}

/* ---- writing ---- */

/* A text as an INI value in double quotes. */
static void append_quoted(GString *out, const char *text)
{
    gsize size = strnlen(text, LINE_LIMIT);

    while (size > 0 && ((guchar)text[size] & 0xc0) == 0x80)
        size--;
    g_string_append_c(out, '"');
    for (gsize i = 0; i < size; i++)
        if (text[i] == '"')
            g_string_append(out, "''");
        else if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
            g_string_append_c(out, ' ');
        else if (text[i] != '\\' || i + 1 < size)
            g_string_append_c(out, text[i]);
    g_string_append_c(out, '"');
}

static char *target_of(const Rubric *rubric, const Binding *binding)
{
    const Question *question = binding->kind >= BINDING_QUESTION && binding->kind != BINDING_WAIVER
                                   ? RUBRIC_QUESTION(rubric, binding->index)
                                   : NULL;

    switch (binding->kind) {
    case BINDING_QUESTION:
        return g_strdup(question->id);
    case BINDING_OPTION:
        return g_strdup_printf("%s:%s", question->id,
                               QUESTION_OPTION(question, binding->option)->id);
    case BINDING_EVIDENCE:
        return g_strconcat(question->id, ".evidence", NULL);
    case BINDING_WAIVER:
        return g_strconcat("waive:", RUBRIC_REQUIREMENT(rubric, binding->index)->id, NULL);
    case BINDING_NOTHING:
    case BINDING_UNNAMED:
        return g_strdup("skip");
    default:
        return g_strdup("ignore");
    }
}

char *survey_map_write(const Survey *survey)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));
    GString *out = g_string_new(NULL);

    g_string_append_printf(out,
                           "; The columns of a survey for rubric %s@%s: `to` is a question, "
                           "question:option,\n; question.evidence, waive:requirement, ignore, or "
                           "skip: as if it did not stand here.\n",
                           rubric->id, rubric->edition);
    for (guint i = 0; i < rubric->questions->len; i++)
        if (!survey_has(survey, (int)i))
            g_string_append_printf(out, "; without a column: %s\n", RUBRIC_QUESTION(rubric, i)->id);
    for (guint i = 0; i < survey_n_columns(survey); i++) {
        const SurveyColumn *column = survey_column(survey, i);
        g_autofree char *target = target_of(rubric, &column->binding);

        g_string_append_printf(out, "\n[column %u]\n", i + 1);
        if (*column->name && strlen(column->name) < LINE_LIMIT) {
            g_string_append(out, "header = ");
            append_quoted(out, column->name);
            g_string_append_c(out, '\n');
        }
        g_string_append_printf(out, "to = %s\n", column->twin ? "ignore" : target);
    }
    return g_string_free(out, FALSE);
}
