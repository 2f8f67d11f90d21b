#include "audit/reference.h"

#include "rubric/rubric.h"
#include "rubric/schema.h"
#include "rules/compile.h"
#include "rules/condition.h"

/* ---- sections ---- */

/* "[question ID]" */
static char *head_of(const SchemaSection *section)
{
    static const char *const names[] = {
        [SECTION_PLAIN] = "", [SECTION_ID] = " ID", [SECTION_EDITION] = " EDITION"
    };

    return g_strdup_printf("[%s%s]", section->kind, names[section->name]);
}

/* A key as it is written: what is left open in it in capitals. */
static char *key_of(const SchemaKey *key)
{
    if (*key->name == '\0')
        return g_strdup("QUESTION");
    if (g_str_has_suffix(key->name, "."))
        return g_strconcat(key->name, "OPTION", NULL);
    if (g_str_has_suffix(key->name, " "))
        return g_strconcat(key->name, "ID", NULL);
    return g_strdup(key->name);
}

static char *value_of(const SchemaKey *key)
{
    g_autofree char *words = key->words ? g_strjoinv("`, `", (char **)key->words) : NULL;

    return words ? g_strdup_printf("`%s`", words) : schema_expected(key);
}

static void append_section(GString *page, const SchemaSection *section)
{
    g_autofree char *head = head_of(section);

    g_string_append_printf(page, "### %s\n\n%c%s.\n\n", head, g_ascii_toupper(*section->help),
                           section->help + 1);
    g_string_append(page, "| key | value | meaning |\n|---|---|---|\n");
    for (const SchemaKey *key = section->keys; key->name; key++) {
        g_autofree char *name = key_of(key);
        g_autofree char *value = value_of(key);
        const char *bold = key->is_required ? "**" : "";

        g_string_append_printf(page, "| %s`%s`%s | %s | %s |\n", bold, name, bold, value,
                               key->help);
    }
}

static char *sections_text(void)
{
    GString *page = g_string_new(NULL);

    for (const SchemaSection *section = schema_sections(); section->kind; section++) {
        if (page->len > 0)
            g_string_append_c(page, '\n');
        append_section(page, section);
    }
    return g_string_free(page, FALSE);
}

/* ---- conditions ---- */

static char *operators_text(void)
{
    static const Operator operators[] = { OP_LESS,          OP_LESS_EQUAL, OP_GREATER,
                                          OP_GREATER_EQUAL, OP_EQUAL,      OP_NOT_EQUAL };
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(operators); i++)
        g_string_append_printf(text, "%s`%s`", i > 0 ? ", " : "", operator_text(operators[i]));
    return g_string_free(text, FALSE);
}

static char *functions_text(void)
{
    GString *page = g_string_new("| function | value |\n|---|---|\n");

    for (guint i = 0; rules_function(i); i++)
        g_string_append_printf(page, "| `%s` | %s |\n", rules_function(i)->signature,
                               rules_function(i)->gives);
    return g_string_free(page, FALSE);
}

/* ---- limits ---- */

static char *limits_text(void)
{
    static const struct {
        const char *what;
        guint limit;
    } limits[] = {
        { "questions and fields together", RUBRIC_QUESTIONS_LIMIT },
        { "requirements", RUBRIC_REQUIREMENTS_LIMIT },
        { "options of a question", RUBRIC_OPTIONS_LIMIT },
        { "levels", RUBRIC_LEVELS_LIMIT },
        { "dimensions", RUBRIC_DIMENSIONS_LIMIT },
        { "sections of any other kind", RUBRIC_OTHERS_LIMIT },
        { "rubrics below one, by `base`", RUBRIC_BASES_LIMIT },
        { "parts of a condition", CONDITION_NODES_LIMIT },
        { "brackets in brackets of a condition", CONDITION_DEPTH_LIMIT },
        { "characters of an id", 64 },
        { "digits of a number before the point", 12 },
        { "digits of a number after the point", 6 },
        { "bytes of a line; a Chinese character has 3", INI_LINE_LIMIT },
        { "bytes of a section's head, or of a key", INI_NAME_LIMIT },
        { "lines of one value", INI_PARTS_LIMIT },
        { "megabytes of a file", INI_SIZE_LIMIT / 1024 / 1024 },
        { "faults of the text, after which the rest is not read", INI_FAULTS_LIMIT },
    };
    GString *page = g_string_new("| what | at most |\n|---|---|\n");

    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++)
        g_string_append_printf(page, "| %s | %u |\n", limits[i].what, limits[i].limit);
    return g_string_free(page, FALSE);
}

char *reference_page(const char *prose)
{
    static const struct {
        const char *mark;
        char *(*text)(void);
    } parts[] = {
        { "{{sections}}\n", sections_text },
        { "{{operators}}", operators_text },
        { "{{functions}}\n", functions_text },
        { "{{limits}}\n", limits_text },
    };
    GString *page = g_string_new(prose);

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *text = parts[i].text();

        g_string_replace(page, parts[i].mark, text, 0);
    }
    return g_string_free(page, FALSE);
}
