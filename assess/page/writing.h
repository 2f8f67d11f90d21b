/* writing.h - what a format that sets one glyph a character can write, and what it cannot: scripts
 * whose letters change beside one another, marks that stand on others, what no one has agreed on.
 * All functions are pure. */
#pragma once

#include <glib.h>

typedef enum {
    WRITING_PLAIN, /* a glyph of its own, if a font has it */
    WRITING_FORM,  /* chooses the form of the character before: nothing to draw */
    WRITING_UNFIT  /* a glyph of its own would say nothing or the wrong thing */
} Writing;

Writing writing_of(gunichar character);

/* The text in the order in which it stands from left to right: words that are read from right to
 * left turned around, as who reads text out of a document turns them back. NULL if there are none.
 * Free with g_free(). */
char *writing_turned(const char *text, gsize length);
