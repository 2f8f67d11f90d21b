#include "survey/layout_reference.h"

#include "survey/layout_schema.h"

#define MARK "{{sections}}"

static void append_section(GString *page, const LayoutSection *section)
{
    g_string_append_printf(
        page, "### [%s%s]\n\n%c%s.\n\n| key | value | meaning |\n|---|---|---|\n", section->kind,
        section->array ? " NAME" : "", g_ascii_toupper(*section->help), section->help + 1);
    for (const LayoutKey *key = section->keys; key->name; key++) {
        g_autofree char *expected = layout_expected(key);

        g_string_append_printf(page, "| `%s` | %s%s | %s |\n", key->name, expected,
                               key->is_required ? ", needed" : "", key->help);
    }
    g_string_append_c(page, '\n');
}

char *layout_reference(const char *prose)
{
    g_auto(GStrv) parts = g_strsplit(prose, MARK "\n", 2);
    g_autoptr(GString) sections = g_string_new(NULL);

    for (const LayoutSection *section = layout_sections(); section->kind; section++)
        append_section(sections, section);
    return g_strconcat(parts[0], sections->str, parts[1] ? parts[1] : "", NULL);
}
