#include "report/markup.h"

#include <math.h>
#include <string.h>

enum { HUNDREDTHS = 100, FARTHEST = 1000000 };

static const char SUBSTITUTE[] = "\xef\xbf\xbd";

/* Control characters and noncharacters: a reader of HTML may drop them or take them for others. */
static gboolean is_allowed(gunichar c)
{
    if (c < 0x20)
        return c == '\n' || c == '\t';
    return !(c >= 0x7f && c <= 0x9f) && !(c >= 0xfdd0 && c <= 0xfdef) && (c & 0xfffe) != 0xfffe;
}

static const char *entity_of(gunichar c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void markup_text_n(GString *out, const char *text, gsize length)
{
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);

    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        const char *entity = entity_of(c);

        if (entity)
            g_string_append(out, entity);
        else if (is_allowed(c))
            g_string_append_len(out, at, g_utf8_next_char(at) - at);
        else
            g_string_append(out, SUBSTITUTE);
    }
}

void markup_text(GString *out, const char *text)
{
    markup_text_n(out, text, strlen(text));
}

void markup_attribute(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, " %s=\"", name);
    markup_text(out, value);
    g_string_append_c(out, '"');
}

static gboolean is_leftward(gunichar c)
{
    switch (g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
        return TRUE;
    default:
        return FALSE;
    }
}

void markup_direction(GString *out, const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (is_leftward(g_utf8_get_char(at))) {
            g_string_append(out, " dir=\"auto\"");
            return;
        }
}

void markup_number(GString *out, double value)
{
    gint64 hundredths;

    if (!isfinite(value))
        value = 0;
    hundredths = llround(CLAMP(value, -FARTHEST, FARTHEST) * HUNDREDTHS);
    if (hundredths < 0)
        g_string_append_c(out, '-');
    hundredths = ABS(hundredths);
    g_string_append_printf(out, "%" G_GINT64_FORMAT, hundredths / HUNDREDTHS);
    if (hundredths % 10)
        g_string_append_printf(out, ".%02d", (int)(hundredths % HUNDREDTHS));
    else if (hundredths % HUNDREDTHS)
        g_string_append_printf(out, ".%d", (int)(hundredths % HUNDREDTHS / 10));
}

void markup_measure(GString *out, const char *name, double value)
{
    g_string_append_printf(out, " %s=\"", name);
    markup_number(out, value);
    g_string_append_c(out, '"');
}
