#include "page/writing.h"

#include "base/text.h"

typedef struct {
    gunichar first, last;
} Range;

/* Scripts whose letters stand each for itself. */
static const GUnicodeScript PLAIN_SCRIPTS[] = {
    G_UNICODE_SCRIPT_COMMON,   G_UNICODE_SCRIPT_LATIN,    G_UNICODE_SCRIPT_HAN,
    G_UNICODE_SCRIPT_GREEK,    G_UNICODE_SCRIPT_CYRILLIC, G_UNICODE_SCRIPT_HIRAGANA,
    G_UNICODE_SCRIPT_KATAKANA, G_UNICODE_SCRIPT_BOPOMOFO, G_UNICODE_SCRIPT_HANGUL,
    G_UNICODE_SCRIPT_ARMENIAN, G_UNICODE_SCRIPT_GEORGIAN, G_UNICODE_SCRIPT_YI,
    G_UNICODE_SCRIPT_BRAILLE,  G_UNICODE_SCRIPT_CHEROKEE,
};

/* Parts of Korean syllables: what did not compose to one. */
static const Range SYLLABLE_PARTS[] = { { 0x1100, 0x11ff },
                                        { 0xa960, 0xa97f },
                                        { 0xd7b0, 0xd7ff } };

/* Joiners and variation selectors. */
static const Range FORMS[] = { { 0x200c, 0x200d }, { 0xfe00, 0xfe0f }, { 0xe0100, 0xe01ef } };

/* Unicode's blocks for scripts from right to left (UAX 9, table 4), digits aside. */
static const Range FROM_THE_RIGHT[] = {
    { 0x0590, 0x08ff }, { 0xfb1d, 0xfdcf },   { 0xfdf0, 0xfdff },
    { 0xfe70, 0xfeff }, { 0x10800, 0x10fff }, { 0x1e800, 0x1efff },
};

static gboolean is_in(gunichar character, const Range *ranges, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return TRUE;
    return FALSE;
}

static gboolean is_unfit_type(GUnicodeType type)
{
    switch (type) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
        return TRUE;
    default:
        return FALSE;
    }
}

Writing writing_of(gunichar character)
{
    GUnicodeScript script;

    if (is_in(character, FORMS, G_N_ELEMENTS(FORMS)))
        return WRITING_FORM;
    if (is_unfit_type(g_unichar_type(character)) ||
        is_in(character, SYLLABLE_PARTS, G_N_ELEMENTS(SYLLABLE_PARTS)))
        return WRITING_UNFIT;
    script = g_unichar_get_script(character);
    for (guint i = 0; i < G_N_ELEMENTS(PLAIN_SCRIPTS); i++)
        if (script == PLAIN_SCRIPTS[i])
            return WRITING_PLAIN;
    return WRITING_UNFIT;
}

static gboolean is_from_the_right(gunichar character)
{
    return character >= FROM_THE_RIGHT[0].first && !g_unichar_isdigit(character) &&
           is_in(character, FROM_THE_RIGHT, G_N_ELEMENTS(FROM_THE_RIGHT));
}

/* The end of the words from right to left that begin at `from`, with blanks and signs between. */
static const char *run_end(const char *from, const char *end)
{
    const char *last = from;

    for (const char *at = from; at < end; at = g_utf8_next_char(at)) {
        gunichar character = text_character(at);

        if (is_from_the_right(character))
            last = g_utf8_next_char(at);
        else if (g_unichar_isalnum(character))
            break;
    }
    return last;
}

char *writing_turned(const char *text, gsize length)
{
    const char *at = text, *end = text + length;
    GString *turned;

    while (at < end && !is_from_the_right(text_character(at)))
        at = g_utf8_next_char(at);
    if (at == end)
        return NULL;
    turned = g_string_new_len(text, at - text);
    while (at < end) {
        const char *next = run_end(at, end);

        for (const char *from = next; from > at;) {
            from = g_utf8_prev_char(from);
            g_string_append_unichar(turned, text_character(from));
        }
        at = next;
        while (at < end && !is_from_the_right(text_character(at))) {
            g_string_append_unichar(turned, text_character(at));
            at = g_utf8_next_char(at);
        }
    }
    return g_string_free(turned, FALSE);
}
