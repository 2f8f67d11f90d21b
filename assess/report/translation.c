#include "report/translation.h"

#include <string.h>

/* Where a piece of literal text stands in `rest`; the last one stands at the end. NULL if it does
 * not. */
static const char *find_piece(const char *rest, const char *piece, gsize length, gboolean is_last)
{
    gsize size = strlen(rest);

    if (!is_last)
        return g_strstr_len(rest, (gssize)size, piece);
    if (size < length || strcmp(rest + size - length, piece) != 0)
        return NULL;
    return rest + size - length;
}

/* Names and values of the holes, by turns; NULL if the message does not fit. A hole is as short as
 * the text after it allows. */
static GPtrArray *fit(const char *pattern, const char *message)
{
    g_autoptr(GPtrArray) holes = g_ptr_array_new_with_free_func(g_free);
    gboolean is_open = FALSE;

    while (TRUE) {
        gsize length = 0, place = 0;
        g_autofree char *piece = NULL;
        const char *found;

        while (pattern[length] && (place = wording_place(pattern + length)) == 0)
            length++;
        piece = g_strndup(pattern, length);
        found = is_open ? find_piece(message, piece, length, place == 0) : message;
        if (!found || !g_str_has_prefix(found, piece))
            return NULL;
        if (is_open)
            g_ptr_array_add(holes, g_strndup(message, (gsize)(found - message)));
        message = found + length;
        if (place == 0)
            return *message ? NULL : g_steal_pointer(&holes);
        g_ptr_array_add(holes, g_strndup(pattern + length + 1, place - 2));
        is_open = TRUE;
        pattern += length + place;
    }
}

char *translation_of(const Translation *translation, const char *message)
{
    const Wording *wording = translation->wording;
    const GPtrArray *sections = wording ? wording_sections(wording) : NULL;

    for (guint i = 0; sections && i < sections->len; i++) {
        const char *section = sections->pdata[i];
        g_autoptr(GPtrArray) holes = NULL;

        if (!g_str_has_prefix(section, "finding "))
            continue;
        holes = fit(wording_get(wording, section, "text", NULL), message);
        if (holes)
            return wording_fill_pairs(wording, section, "text", translation->language, holes);
    }
    return g_strdup(message);
}
