/* template_check.h - everything that is wrong in a template, told with its place: sections and keys
 * that there are not, values that cannot be read, words that are missing or hold places that nobody
 * fills. */
#pragma once

#include "report/template.h"

/* Which words there are, and what may be filled into them, after the template below all others: of
 * char *, its plain text, by "section\nkey". Free with g_hash_table_unref(). */
GHashTable *template_vocabulary(const Ini *ini);

/* Add the words of one section of another template. */
void template_add_words(const Ini *ini, const char *section, GHashTable *vocabulary);

/* Tell the faults of a template whose bases are merged in. `vocabulary` is that of the template
 * that all others rest on. */
void template_check(const Ini *ini, GHashTable *vocabulary, Findings *findings);
