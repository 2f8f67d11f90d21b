#include "batch/pins.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define A "aaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbb"

Test(pins, name_what_differs)
{
    static const struct {
        const char *key, *there, *here, *told;
    } cases[] = {
        { "date", "2025-11-25", "2025-11-25", NULL },
        { "date", "2025-11-25", "2025-11-24", "date is \"2025-11-25\", not \"2025-11-24\"" },
        { "more", NULL, "--lang en", "--lang is none, not \"en\"" },
        { "more", "--lang en --json", "--lang en", "--json is \"yes\", not none" },
        { "more", "--lang en --rank 5", "--lang en --rank 50", "--rank is \"5\", not \"50\"" },
        { "more", "--lang en --sample 5 --seed a -- b", "--lang en --sample 5 --seed c",
          "--seed is \"a\", not \"c\"" },
        { "min_group", "0", "3", "--min-group is none, not \"3\"" },
        { "strict", "no", "yes", "--strict is \"no\", not \"yes\"" },
        { "where", "a=1\nb=2", "", "--where is \"a=1, b=2\", not none" },
        { "map_sha256", A, B,
          "mapping file has another content (SHA-256 aaaaaaaaaaaa, not bbbbbbbbbbbb)" },
        { "rubric_sha256", A "," A, A "," B,
          "rubric has another content (SHA-256 aaaaaaaaaaaa, not bbbbbbbbbbbb)" },
        { "template_sha256", "", A, "template is none, not \"" A "\"" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Journal) there = journal_new();
        g_autoptr(Journal) here = journal_new();
        g_autofree char *told = NULL;

        if (cases[i].there)
            journal_set_text(there, GROUP_RUN, cases[i].key, cases[i].there);
        journal_set_text(here, GROUP_RUN, cases[i].key, cases[i].here);
        told = pins_difference(there, here, GROUP_RUN);
        cr_expect(g_strcmp0(told, cases[i].told) == 0, "%s: %s", cases[i].key, told);
    }
}
