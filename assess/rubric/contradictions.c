/* Contradictions: answers that cannot both be true; their conditions are compiled by rules/. */
#include "rubric/loading.h"

void load_contradictions(Loading *loading)
{
    static const char *const origins[] = { "house", "official", NULL };
    GArray *contradictions = loading->rubric->contradictions;

    FOR_SECTIONS(loading->ini, section, "contradiction")
    {
        Contradiction contradiction = { .when = ini_entry(section, "when") };

        contradiction.id = g_strdup(section->name ? section->name : "");
        contradiction.origin =
            (Origin)read_word(ini_entry(section, "origin"), origins, ORIGIN_HOUSE);
        read_text(section, "title", &contradiction.title);
        read_text(section, "note", &contradiction.note);
        g_array_append_val(contradictions, contradiction);
    }
}
