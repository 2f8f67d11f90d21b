/* parting.h - where a text may part into lines, and how gladly: by the Unicode algorithm (UAX 14),
 * then by a table of pairs that a reader wants together: the parts of a standard's number, a number
 * and its unit, 2025 and its year sign; web and mail addresses part only where nothing misleads.
 * Chinese closing punctuation never begins a line, opening never ends one (GB/T 15834). The only
 * user of libunistring. */
#pragma once

#include <glib.h>

/* Before a character, from the strongest to the weakest. */
typedef enum {
    PARTING_MUST = 'm',  /* the text says so */
    PARTING_MAY = 'y',   /* without reluctance */
    PARTING_PIECE = 'w', /* only in a piece that is wider than a whole line */
    PARTING_CUT = 'c',   /* only where such a piece has no better place either */
    PARTING_NEVER = 'n'  /* within what is one character to a reader, or at a line's wrong end */
} Parting;

/* For each byte of valid UTF-8, whether a line may end before it: a Parting, PARTING_NEVER inside
 * characters and at the first byte. Free with g_free(). */
char *parting_places(const char *text);

/* Whether the character is a blank that is not drawn at the ends of a line. */
gboolean parting_is_blank(gunichar character);
