/* localized.h - a text with its translations, as `key` and `key[zh]` give it. */
#pragma once

#include <glib.h>

typedef struct {
    char *plain;            /* without a language; NULL if the key is absent */
    GHashTable *translated; /* language -> text; NULL if none */
} Localized;

void localized_set(Localized *localized, const char *language, const char *text);
/* The text in `language` ("zh"), else the plain one, else NULL. Borrowed. */
const char *localized_in(const Localized *localized, const char *language);
/* As localized_in(), with `otherwise` instead of NULL. */
const char *localized_or(const Localized *localized, const char *language, const char *otherwise);
gboolean localized_is_set(const Localized *localized);
void localized_clear(Localized *localized);
