#include "base/localized.h"

void localized_set(Localized *localized, const char *language, const char *text)
{
    char *copy = g_strdup(text); /* before the old text goes: it may be the same one */

    if (!language) {
        g_free(localized->plain);
        localized->plain = copy;
        return;
    }
    if (!localized->translated)
        localized->translated = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_replace(localized->translated, g_strdup(language), copy);
}

const char *localized_in(const Localized *localized, const char *language)
{
    const char *text = NULL;

    if (language && localized->translated)
        text = g_hash_table_lookup(localized->translated, language);
    return text ? text : localized->plain;
}

const char *localized_or(const Localized *localized, const char *language, const char *otherwise)
{
    const char *text = localized_in(localized, language);

    return text ? text : otherwise;
}

gboolean localized_is_set(const Localized *localized)
{
    return localized->plain != NULL ||
           (localized->translated && g_hash_table_size(localized->translated) > 0);
}

void localized_clear(Localized *localized)
{
    g_clear_pointer(&localized->plain, g_free);
    g_clear_pointer(&localized->translated, g_hash_table_unref);
}
