#include "report/template_reference.h"

#include "report/story.h"
#include "report/template_schema.h"

/* A cell of a table: a stroke would end it. */
static void append_cell(GString *page, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '|')
            g_string_append_c(page, '\\');
        g_string_append_c(page, *at == '\n' ? ' ' : *at);
    }
}

static void append_places(GString *page, const TemplateKey *key)
{
    g_autofree char *list = g_strstrip(g_strdup(key->places ? key->places : ""));
    g_auto(GStrv) names = g_strsplit(list, " ", -1);
    g_autofree char *joined = g_strjoinv("}`, `{", names);

    if (*list)
        g_string_append_printf(page, ", with `{%s}` filled in", joined);
}

static void append_section(GString *page, const TemplateSection *section)
{
    const char *help = "";

    g_string_append_printf(page, "### [%s]\n\n%c%s.\n\n| key | value | meaning |\n|---|---|---|\n",
                           section->kind, g_ascii_toupper(*section->help), section->help + 1);
    for (const TemplateKey *key = section->keys; key->name; key++) {
        g_autofree char *expected = template_expected(key);

        help = *key->help ? key->help : help;
        g_string_append_printf(page, "| `%s` | %s", key->name, expected);
        append_places(page, key);
        g_string_append_printf(page, " | %s |\n", help);
    }
    g_string_append_c(page, '\n');
}

static char *sections_text(const Template *standard)
{
    GString *page = g_string_new(NULL);

    (void)standard;
    for (const TemplateSection *section = template_sections(); section->kind; section++)
        if (section->form == TEMPLATE_KEYS)
            append_section(page, section);
    g_string_append(page, "### Words\n\n| section | what it holds |\n|---|---|\n");
    for (const TemplateSection *section = template_sections(); section->kind; section++)
        if (section->form != TEMPLATE_KEYS)
            g_string_append_printf(
                page, "| `[%s%s]` | %s |\n", section->kind,
                section->form == TEMPLATE_WORDS || section->form == TEMPLATE_COHORT ? "" : " NAME",
                section->help);
    return g_string_free(page, FALSE);
}

static char *chapters_text(const Template *standard)
{
    GString *page = g_string_new("| block | what it tells |\n|---|---|\n");

    (void)standard;
    for (const Chapter *chapter = story_chapters(); chapter->name; chapter++)
        g_string_append_printf(page, "| `%s` | %s |\n", chapter->name, chapter->help);
    return g_string_free(page, FALSE);
}

static char *words_text(const Template *standard)
{
    const IniSection *words = ini_section(standard->ini, "words", NULL);
    GString *page = g_string_new("| key | text |\n|---|---|\n");

    for (guint i = 0; words && i < words->entries->len; i++) {
        const IniEntry *entry = words->entries->pdata[i];

        if (entry->language)
            continue;
        g_string_append_printf(page, "| `%s` | ", entry->key);
        append_cell(page, entry->value);
        g_string_append(page, " |\n");
    }
    return g_string_free(page, FALSE);
}

char *template_reference(const char *prose, const Template *standard)
{
    static const struct {
        const char *mark;
        char *(*text)(const Template *standard);
    } parts[] = {
        { "{{sections}}\n", sections_text },
        { "{{blocks}}\n", chapters_text },
        { "{{words}}\n", words_text },
    };
    GString *page = g_string_new(prose);

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *text = parts[i].text(standard);

        g_string_replace(page, parts[i].mark, text, 0);
    }
    return g_string_free(page, FALSE);
}
