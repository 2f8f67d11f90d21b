/* encoding_utf8.h - whether bytes are UTF-8 text (RFC 3629: no overlong form, no surrogate, nothing
 * above U+10FFFF) without NUL, in pieces cut anywhere, and how many lines they hold. */
#pragma once

#include <glib.h>

/* Where a check stands between two pieces. Zero is the beginning of a text. */
typedef struct {
    guint8 left;      /* bytes that the character begun still wants */
    guint8 low, high; /* between which the next of them lies */
    guint8 lead;      /* its first byte */
    guint8 seen;      /* bytes of it so far */
} Utf8State;

/* How many bytes are good; `size` if all are. Less: the byte there is NUL or breaks the text, and
 * `state` says which character it should have gone on. */
gsize encoding_utf8_check(Utf8State *state, const char *text, gsize size);

/* Write '?' over the next bytes from `*at` on that are no text; `*at` is then behind them. Result:
 * where they begin, `size` if there are none; `is_nul`: it is a NUL byte. */
gsize encoding_utf8_mend(char *text, gsize size, gsize *at, gboolean *is_nul);

/* Line ends in text cut anywhere: LF, CRLF, CR. */
typedef struct {
    guint64 ends;
    gboolean after_cr; /* the last byte so far was a CR */
} LineCount;

void encoding_count_lines(LineCount *count, const char *text, gsize size);
