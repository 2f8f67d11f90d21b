#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "rubric/whole.h"

static const char head[] = "[rubric]\nid = a\nedition = 2025\nformat = 1\n";

/* `n` times `format`, which takes the number twice. */
static void repeat(GString *text, const char *format, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *number = g_strdup_printf("%u", i);
        g_autoptr(GString) one = g_string_new(format);

        g_string_replace(one, "#", number, 0);
        g_string_append(text, one->str);
    }
}

static char *many(const char *before, const char *format, guint n)
{
    GString *text = g_string_new(head);
    char *says;

    g_string_append(text, before);
    repeat(text, format, n);
    says = faults_of(text->str);
    g_string_free(text, TRUE);
    return says;
}

Test(limits, hold_one_by_one_and_are_told_one_beyond)
{
    static const struct {
        const char *before, *format;
        guint limit;
        const char *says;
    } cases[] = {
        { "levels = l\n", "[question q#]\ntype = text\n", RUBRIC_QUESTIONS_LIMIT,
          "8198:11: more than 4096 questions and fields" },
        { "levels = l\n", "[requirement r#]\nlevel = l\nneeds = 1 > 0\n", RUBRIC_REQUIREMENTS_LIMIT,
          "3078:14: more than 1024 requirements" },
        { "levels = l\n", "[dimension d#]\n", RUBRIC_DIMENSIONS_LIMIT,
          "262:12: more than 256 dimensions" },
        { "levels = l\n", "[group g#]\n", RUBRIC_OTHERS_LIMIT, "4102:8: more than 4096 groups" },
        { "levels = l\n", "[case c#]\n", RUBRIC_OTHERS_LIMIT, "4102:7: more than 4096 cases" },
        { "levels = l\n", "[profile p#]\n", RUBRIC_OTHERS_LIMIT,
          "4102:10: more than 4096 profiles" },
        { "levels = l\n", "[scale s#]\noptions = a\n", RUBRIC_OTHERS_LIMIT,
          "8198:8: more than 4096 scales" },
        { "levels = l\n[question q]\ntype = yesno\n", "[action a#]\nraises = q:yes\n",
          RUBRIC_OTHERS_LIMIT, "8200:9: more than 4096 actions" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *format = cases[i].format;
        const guint n = cases[i].limit;
        g_autofree char *at = many(cases[i].before, format, n);
        g_autofree char *beyond = many(cases[i].before, format, n + 1);

        cr_expect(eq(str, at, ""), "%s", format);
        cr_expect(eq(str, beyond, (char *)cases[i].says), "%s", format);
    }
}

/* A list of `n` items, one a line. */
static char *list(const char *before, const char *key, guint n)
{
    GString *text = g_string_new(head);
    char *says;

    g_string_append_printf(text, "%s%s = o1\n", before, key);
    for (guint i = 2; i <= n; i++)
        g_string_append_printf(text, "%s.%u = o%u\n", key, i, i);
    says = faults_of(text->str);
    g_string_free(text, TRUE);
    return says;
}

Test(limits, of_lists_hold_too)
{
    g_autofree char *levels = list("", "levels", RUBRIC_LEVELS_LIMIT);
    g_autofree char *levels_more = list("", "levels", RUBRIC_LEVELS_LIMIT + 1);
    g_autofree char *options =
        list("levels = l\n[question q]\ntype = multi\n", "options", RUBRIC_OPTIONS_LIMIT);
    g_autofree char *options_more =
        list("levels = l\n[question q]\ntype = multi\n", "options", RUBRIC_OPTIONS_LIMIT + 1);

    cr_expect(eq(str, levels, ""));
    cr_expect(eq(str, levels_more, "37:13: more than 32 levels"));
    cr_expect(eq(str, options, ""));
    cr_expect(eq(str, options_more, "72:14: more than 64 options"));
}

Test(limits, of_ids_are_64_characters)
{
    g_autofree char *name = g_strnfill(64, 'q');
    g_autofree char *section = g_strdup_printf("levels = l\n[question %s]\ntype = text\n", name);
    g_autofree char *longer = g_strdup_printf("levels = l\n[question %sq]\ntype = text\n", name);
    g_autofree char *at = many(section, "", 0);
    g_autofree char *beyond = many(longer, "", 0);

    cr_expect(eq(str, at, ""));
    cr_expect(
        ne(ptr,
           strstr(beyond, "is not an id | an id has at most 64 of a-z, 0-9 and _, a letter first"),
           NULL));
}
