#include "page/paragraph.h"

#include <string.h>

#include "base/text.h"
#include "page/parting.h"

static const double LEAST_WIDTH =
    1.8; /* of the last line of a paragraph, in sizes: "met" is less */

enum {
    LEAST_CHARACTERS = 2 /* on the last line of a paragraph, and on the first that gives it some */
};

/* What is broken, and where that may be. */
typedef struct {
    Font *font;
    const char *text, *places;
    double size, width;
    GArray *lines;
} Setting;

static Parting place_at(const Setting *setting, const char *at)
{
    return (Parting)setting->places[at - setting->text];
}

static void trim(const char **from, const char **to)
{
    while (*from < *to && parting_is_blank(text_character(*from)))
        *from = g_utf8_next_char(*from);
    while (*to > *from && parting_is_blank(text_character(g_utf8_prev_char(*to))))
        *to = g_utf8_prev_char(*to);
}

static Line line_of(const Setting *setting, const char *from, const char *to)
{
    trim(&from, &to);
    return (Line){ from, (gsize)(to - from),
                   font_width(setting->font, from, (gsize)(to - from), setting->size) };
}

static void add_line(const Setting *setting, const char *from, const char *to)
{
    Line line = line_of(setting, from, to);

    g_array_append_val(setting->lines, line);
}

/* The end of the line that begins at `from`: of the places that fit the last of the best kind, else
 * as many characters as fit, one at least. */
static const char *line_end(const Setting *setting, const char *from)
{
    static const char KINDS[] = { PARTING_MAY, PARTING_PIECE, PARTING_CUT };
    const char *last[G_N_ELEMENTS(KINDS)] = { NULL };
    double used = 0;

    for (const char *at = from; *at; at = g_utf8_next_char(at)) {
        gunichar character = text_character(at);

        if (at > from && place_at(setting, at) == PARTING_MUST)
            return at;
        for (guint kind = 0; at > from && kind < G_N_ELEMENTS(KINDS); kind++)
            if (place_at(setting, at) == (Parting)KINDS[kind])
                last[kind] = at;
        used += font_advance(setting->font, character) * setting->size / FONT_EM;
        if (used <= setting->width || at == from || parting_is_blank(character))
            continue;
        for (guint kind = 0; kind < G_N_ELEMENTS(KINDS); kind++)
            if (last[kind])
                return last[kind];
        return at;
    }
    return from + strlen(from);
}

/* Characters beside punctuation and blanks, counted up to the least that are wanted. */
static guint count_characters(const char *from, const char *to)
{
    guint n = 0;

    for (; from < to && n < LEAST_CHARACTERS; from = g_utf8_next_char(from)) {
        gunichar character = text_character(from);

        n += !g_unichar_isspace(character) && !g_unichar_ispunct(character) &&
             !g_unichar_ismark(character);
    }
    return n;
}

static gboolean is_widow(const Setting *setting, const Line *line)
{
    return line->width < LEAST_WIDTH * setting->size ||
           count_characters(line->text, line->text + line->length) < LEAST_CHARACTERS;
}

/* A single character or a short word on the last line of a paragraph, which begins at `start`, is
 * ugly: the line before gives up its last piece. */
static void feed_last_line(const Setting *setting, const char *start)
{
    Line *last = &g_array_index(setting->lines, Line, setting->lines->len - 1);
    Line *previous = setting->lines->len > 1 ? last - 1 : NULL;
    guint kept = setting->lines->len == 2 ? LEAST_CHARACTERS : 1;
    const char *end = last->text + last->length;
    Parting parting = place_at(setting, start);

    if (!previous || last->length == 0 || parting == PARTING_MUST || !is_widow(setting, last))
        return;
    for (const char *at = start - 1; at > previous->text; at--) {
        Line fed;

        if (place_at(setting, at) != parting && place_at(setting, at) != PARTING_MAY)
            continue;
        fed = line_of(setting, at, end);
        if (fed.width > setting->width || count_characters(previous->text, at) < kept)
            return;
        if (is_widow(setting, &fed))
            continue;
        *previous = line_of(setting, previous->text, at);
        *last = fed;
        return;
    }
}

/* Whether the text is one line as it is, which most are; `length` and `used` are the text's. */
static gboolean is_one_line(Font *font, const char *text, double size, double width, gsize *length,
                            double *used)
{
    *length = strlen(text);
    if (memchr(text, '\n', *length))
        return FALSE;
    *used = font_width(font, text, *length, size);
    return *used <= width;
}

/* Whether no blank stands at either end. */
static gboolean is_trim(const char *text, gsize length)
{
    return length == 0 || (!parting_is_blank(text_character(text)) &&
                           !parting_is_blank(text_character(g_utf8_prev_char(text + length))));
}

guint paragraph_count(Font *font, const char *text, double size, double width)
{
    g_autoptr(GArray) lines = NULL;
    gsize length;
    double used;

    if (is_one_line(font, text, size, width, &length, &used))
        return 1;
    lines = paragraph_lines(font, text, size, width);
    return lines->len;
}

GArray *paragraph_lines(Font *font, const char *text, double size, double width)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
    Setting setting = { font, text, NULL, size, width, lines };
    g_autofree char *places = NULL;
    const char *from = text;
    Line whole = { .text = text };

    if (is_one_line(font, text, size, width, &whole.length, &whole.width)) {
        if (is_trim(text, whole.length))
            g_array_append_val(lines, whole);
        else
            add_line(&setting, text, text + whole.length);
        return lines;
    }
    setting.places = places = parting_places(text);
    while (*from) {
        const char *end = line_end(&setting, from);

        add_line(&setting, from, end);
        if (!*end || place_at(&setting, end) == PARTING_MUST)
            feed_last_line(&setting, from);
        from = end;
    }
    return lines;
}
