#include "report/paragraph.h"

#include <string.h>
#include <unilbrk.h>

enum {
    NARROWEST = 2
}; /* a last line of fewer wide characters takes one more piece from the line before */

/* Characters that never begin a line, that never end one. Written as code points: the sources are
 * ASCII. */
static const gunichar CLOSING[] = {
    ',',    '.',    ';',    ':',    '!',    '?',    ')',    ']',    '}',    '%',
    0x00b0, 0x00b7, 0x2019, 0x201d, 0x2026, 0x2030, 0x2014, 0x2103, 0x3001, 0x3002,
    0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0x3015, 0xff01, 0xff05, 0xff09, 0xff0c,
    0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d, 0xff5e,
};
static const gunichar OPENING[] = {
    '(',    '[',    '{',    0x2018, 0x201c, 0x3008, 0x300a,
    0x300c, 0x300e, 0x3010, 0x3014, 0xff08, 0xff3b, 0xff5b,
};
/* Words that stay with the number after them; units that stay with the number before them. */
static const char *const BEFORE_NUMBERS[] = {
    "GB/T",    "GB",     "ISO",    "IEC",    "ISO/IEC",      "EN",
    "No.",     "no.",    "Level",  "level",  "page",         "clause",
    "section", "annex",  "Annex",  "batch",  "top",          "of",
    "to",      ">",      "<",      ">=",     "<=",           "=",
    "\u2265",  "\u2264", "\u7b2c", "\u00b7", "\u9644\u4ef6",
};
static const char *const AFTER_NUMBERS[] = {
    "%",
    "kWh",
    "MWh",
    "kg",
    "t",
    "h",
    "min",
    "s",
    "ms",
    "m",
    "km",
    "points",
    "pt",
    "years",
    "year",
    "months",
    "days",
    "\u7ea7",
    "\u4e2a",
    "\u9879",
    "\u5e74",
    "\u6708",
    "\u65e5",
    "\u5206",
    "\u70b9",
    "\u6b21",
    "\u5bb6",
    "\u53f0",
    "\u5957",
    "\u6761",
    "\u671f",
    "\u53f7",
    "\u4e07",
    "\u4ebf",
    "\u500d",
    "\u5c42",
    "\u9875",
    "\u6279",
    "\u79cd",
    "\u5929",
    "\u5c0f\u65f6",
    "\u5206\u949f",
    "\u767e\u5206\u70b9",
};

static gboolean is_one_of(gunichar character, const gunichar *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (list[i] == character)
            return TRUE;
    return FALSE;
}

static gboolean is_closing(gunichar character)
{
    return is_one_of(character, CLOSING, G_N_ELEMENTS(CLOSING));
}

static gboolean is_opening(gunichar character)
{
    return is_one_of(character, OPENING, G_N_ELEMENTS(OPENING));
}

static gboolean is_chinese(gunichar character)
{
    return (character >= 0x2e80 && character <= 0x9fff) ||
           (character >= 0xf900 && character <= 0xfaff) ||
           (character >= 0xff00 && character <= 0xff60) ||
           (character >= 0x20000 && character <= 0x3ffff);
}

static gunichar before(const char *text, const char *at)
{
    return at > text ? g_utf8_get_char(g_utf8_prev_char(at)) : 0;
}

/* Whether the word that ends at `end` is one of the list and begins the text or follows a blank or
 * Chinese. */
static gboolean ends_with_word(const char *text, const char *end, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gsize length = strlen(words[i]);
        const char *start = end - length;

        if ((gsize)(end - text) < length || memcmp(start, words[i], length) != 0)
            continue;
        if (start == text || start[-1] == ' ' || start[-1] == '(' || !g_ascii_isalnum(start[-1]))
            return TRUE;
    }
    return FALSE;
}

static gboolean begins_with_word(const char *at, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gsize length = strlen(words[i]);

        if (strncmp(at, words[i], length) != 0)
            continue;
        if (!g_ascii_isalpha(words[i][length - 1]) || !g_ascii_isalnum(at[length]))
            return TRUE;
    }
    return FALSE;
}

/* What libunistring allows but a reader of standards and figures does not want. `at` is the first
 * character of the next line, `end` the end of this one without its blanks. */
static gboolean never_parts(const char *text, const char *end, const char *at)
{
    gunichar last = before(text, end), next = g_utf8_get_char(at);

    if (is_closing(next) || is_opening(last))
        return TRUE;
    if (end == at && (last == '/' || last == '.' || last == '_' || last == '@') && next < 0x80)
        return TRUE;
    if (g_unichar_isdigit(next) &&
        ends_with_word(text, end, BEFORE_NUMBERS, G_N_ELEMENTS(BEFORE_NUMBERS)))
        return TRUE;
    return g_unichar_isdigit(last) &&
           begins_with_word(at, AFTER_NUMBERS, G_N_ELEMENTS(AFTER_NUMBERS));
}

/* libunistring keeps curly quotes with both neighbours; beside Chinese they part on the outer side.
 */
static gboolean parts_at_quote(gunichar last, gunichar next)
{
    gboolean outside_left =
        is_chinese(last) && !is_opening(last) && (next == 0x201c || next == 0x2018);
    gboolean outside_right =
        (last == 0x201d || last == 0x2019) && is_chinese(next) && !is_closing(next);

    return outside_left || outside_right;
}

char *paragraph_breaks(const char *text)
{
    gsize length = strlen(text);
    char *breaks = g_malloc0(length + 1);
    const char *start = text; /* of the line as far as its end is given by the text */

    u8_possible_linebreaks((const guint8 *)text, length, "UTF-8", breaks);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        char *mark = &breaks[at - text];
        const char *end = at;

        while (end > start && end[-1] == ' ')
            end--;
        if (at > text && at[-1] == '\n') {
            start = at;
            *mark = 'm';
        } else if (at == text || *at == ' ' || end <= start || never_parts(text, end, at))
            *mark = 'n';
        else if (*mark == UC_BREAK_POSSIBLE ||
                 parts_at_quote(before(text, at), g_utf8_get_char(at)))
            *mark = 'y';
        else
            *mark = 'n';
    }
    for (gsize i = 0; i < length; i++)
        if (breaks[i] != 'm' && breaks[i] != 'y')
            breaks[i] = 'n';
    return breaks;
}

static gboolean is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r';
}

static void add_line(GArray *lines, Font *font, const char *from, const char *to, double size)
{
    Line line = { 0 };

    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    line.text = from;
    line.length = (gsize)(to - from);
    line.width = font_width(font, from, line.length, size);
    g_array_append_val(lines, line);
}

/* The end of the line that begins at `from`: the last break that fits, else as many characters as
 * fit (one at least, and what combines with it). */
static const char *line_end(Font *font, const char *text, const char *breaks, const char *from,
                            double size, double width)
{
    const char *fits = NULL, *at = from;
    double used = 0;

    for (; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);

        if (at > from && breaks[at - text] == 'm')
            return at;
        if (at > from && breaks[at - text] == 'y')
            fits = at;
        used += font_advance(font, character) * size / FONT_EM;
        if (used > width && at > from && !is_blank(*at) && !g_unichar_ismark(character))
            return fits ? fits : at;
    }
    return at;
}

/* A single Chinese character on the last line is ugly: let the line before give up its last piece.
 */
static void feed_last_line(GArray *lines, Font *font, const char *breaks, const char *text,
                           double size, double width)
{
    Line *last = &g_array_index(lines, Line, lines->len - 1);
    Line *previous = lines->len > 1 ? last - 1 : NULL;
    const char *end = last->text + last->length;

    if (!previous || last->width >= NARROWEST * size * 0.9 || breaks[last->text - text] != 'y')
        return;
    for (const char *at = previous->text + previous->length - 1; at > previous->text; at--) {
        if (breaks[at - text] != 'y')
            continue;
        if (font_width(font, at, (gsize)(end - at), size) > width || at - previous->text < 6)
            return;
        previous->length = (gsize)(at - previous->text);
        while (previous->length > 0 && is_blank(previous->text[previous->length - 1]))
            previous->length--;
        previous->width = font_width(font, previous->text, previous->length, size);
        *last = (Line){ at, (gsize)(end - at), font_width(font, at, (gsize)(end - at), size) };
        return;
    }
}

GArray *paragraph_lines(Font *font, const char *text, double size, double width)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
    gsize length = strlen(text);
    g_autofree char *breaks = NULL;
    const char *from = text;

    if (!strchr(text, '\n') && font_width(font, text, length, size) <= width) {
        add_line(lines, font, text, text + length, size);
        return lines;
    }
    breaks = paragraph_breaks(text);
    while (*from) {
        const char *end = line_end(font, text, breaks, from, size, width);

        add_line(lines, font, from, end, size);
        from = end;
    }
    feed_last_line(lines, font, breaks, text, size, width);
    return lines;
}
