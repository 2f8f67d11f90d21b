/* Answers that carry over from older editions: which question takes over whose answer. */
#include "base/text.h"
#include "rubric/edition.h"
#include "rubric/loading.h"

/* What a rubric below says of its own older editions is older than that rubric, not than this one.
 */
static void check_age(Loading *loading, const IniSection *section)
{
    const char *own = loading->rubric->edition;

    if (own && edition_is_valid(own) && section->file == loading->ini->path &&
        edition_compare(section->name, own) >= 0)
        name_fault(loading, section, "edition \"%s\" is not older than this one, \"%s\"",
                   section->name, own);
}

static void load_entry(Loading *loading, const IniEntry *entry, GArray *questions)
{
    Inheritance inheritance = { .entry = entry };

    if (entry->is_broken || *schema_key(schema_section("same_as"), entry->key)->name != '\0' ||
        rubric_find(loading->rubric, entry->key, &inheritance.question) != NAME_QUESTION)
        return;
    if (!text_is_id(entry->value)) {
        if (*entry->value != '\0') /* told by check_sections() */
            value_fault(loading, entry, 0, 0, "\"%s\" is not an id", entry->value);
        return;
    }
    inheritance.older = g_strdup(entry->value);
    g_array_append_val(questions, inheritance);
}

void load_same_as(Loading *loading)
{
    FOR_SECTIONS(loading->ini, section, "same_as")
    {
        SameAs same_as = { .section = section };

        check_question_keys(loading, section);
        if (!section->name || g_hash_table_contains(loading->doubtful, section->name))
            continue;
        check_age(loading, section);
        same_as.edition = g_strdup(section->name);
        same_as.questions = inheritances_new();
        read_text(section, "note", &same_as.note);
        for (guint i = 0; i < section->entries->len; i++)
            load_entry(loading, g_ptr_array_index(section->entries, i), same_as.questions);
        g_array_append_val(loading->rubric->same_as, same_as);
    }
}
