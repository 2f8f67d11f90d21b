/* append.h - g_string_append_len() for few bytes, without a call where there is room for them: a
 * report is made of hundreds of thousands of short pieces. */
#pragma once

#include <glib.h>
#include <string.h>

static inline void append_bytes(GString *out, const char *bytes, gsize n)
{
    if (out->len + n >= out->allocated_len) {
        g_string_append_len(out, bytes, (gssize)n);
        return;
    }
    memcpy(out->str + out->len, bytes, n);
    out->len += n;
    out->str[out->len] = '\0';
}

/* A text whose length the compiler knows. */
static inline void append_text(GString *out, const char *text)
{
    append_bytes(out, text, strlen(text));
}
