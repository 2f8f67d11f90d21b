#include "survey/layout_pattern.h"

#include <string.h>

#include "base/text.h"
#include "rubric/rubric.h"

enum { DIGITS_LIMIT = 6 };

typedef struct {
    LayoutPlace place;
    char *text; /* folded, of PLACE_NONE */
} Token;

struct LayoutPattern {
    GArray *tokens; /* of Token */
};

static const char *const PLACES[] = {
    [PLACE_NONE] = "",         [PLACE_QUESTION] = "question",
    [PLACE_OPTION] = "option", [PLACE_POSITION] = "position",
    [PLACE_NUMBER] = "number", [PLACE_ANY] = "any",
};

/* ---- reading ---- */

static void token_clear(gpointer data)
{
    g_free(((Token *)data)->text);
}

/* The text with its blanks: text_fold() trims, and a pattern is cut anywhere. */
static char *fold_piece(const char *text, gsize size)
{
    g_autofree char *piece = g_strndup(text, size);
    g_autofree char *framed = g_strconcat("|", piece, "|", NULL);
    g_autofree char *folded = text_fold(framed);

    return g_strndup(folded + 1, strlen(folded) - 2);
}

static LayoutPlace place_named(const char *name, gsize size)
{
    for (guint i = PLACE_QUESTION; i < G_N_ELEMENTS(PLACES); i++)
        if (strlen(PLACES[i]) == size && strncmp(PLACES[i], name, size) == 0)
            return (LayoutPlace)i;
    return PLACE_NONE;
}

static gboolean is_digits(LayoutPlace place)
{
    return place == PLACE_POSITION || place == PLACE_NUMBER;
}

/* Where one of two places ends and the other begins must be told by something. */
static gboolean adjoins(const GArray *tokens, LayoutPlace place)
{
    LayoutPlace before =
        tokens->len ? g_array_index(tokens, Token, tokens->len - 1).place : PLACE_NONE;

    return before != PLACE_NONE && is_digits(before) == is_digits(place);
}

static char *read_tokens(GArray *tokens, const char *source, gsize *offset)
{
    const char *at = source;

    while (*at) {
        const char *open = strchr(at, '{');
        gsize length = open ? (gsize)(open - at) : strlen(at);
        const char *close = open ? strchr(open, '}') : NULL;
        Token token = { PLACE_NONE, NULL };

        *offset = (gsize)((length ? at : open) - source);
        if (length > 0) {
            token.text = fold_piece(at, length);
        } else if (!close) {
            return g_strdup("a place is not closed by }");
        } else {
            token.place = place_named(open + 1, (gsize)(close - open) - 1);
            if (token.place == PLACE_NONE)
                return g_strdup_printf("there is no place %.*s", (int)(close - open) + 1, open);
            if (adjoins(tokens, token.place))
                return g_strdup("nothing stands between two places");
            length = (gsize)(close - at) + 1;
        }
        g_array_append_val(tokens, token);
        at += length;
    }
    return NULL;
}

LayoutPattern *layout_pattern_new(const char *source, char **problem, gsize *offset)
{
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(Token));
    LayoutPattern *pattern;

    g_array_set_clear_func(tokens, token_clear);
    *offset = 0;
    *problem = read_tokens(tokens, source, offset);
    if (*problem)
        return NULL;
    pattern = g_new(LayoutPattern, 1);
    pattern->tokens = g_steal_pointer(&tokens);
    return pattern;
}

void layout_pattern_free(LayoutPattern *pattern)
{
    if (!pattern)
        return;
    g_array_unref(pattern->tokens);
    g_free(pattern);
}

gboolean layout_pattern_has(const LayoutPattern *pattern, LayoutPlace place)
{
    for (guint i = 0; i < pattern->tokens->len; i++)
        if (g_array_index(pattern->tokens, Token, i).place == place)
            return TRUE;
    return FALSE;
}

/* ---- matching ---- */

typedef struct {
    const GArray *tokens;
    const LayoutLookup *lookup;
    int question, option;
} Match;

static gboolean match_from(Match *match, guint index, const char *text);

/* Whether what stands in a place means something; sets what it means. */
static gboolean take(Match *match, LayoutPlace place, const char *text, gsize size)
{
    const LayoutLookup *lookup = match->lookup;
    g_autofree char *piece = g_strstrip(g_strndup(text, size));

    switch (place) {
    case PLACE_QUESTION:
        match->question = lookup->question(piece, lookup->data);
        return match->question >= 0;
    case PLACE_OPTION:
        match->option = lookup->option(&match->question, piece, 0, lookup->data);
        return match->option >= 0;
    case PLACE_POSITION:
        match->option = lookup->option(&match->question, NULL,
                                       (guint)g_ascii_strtoull(piece, NULL, 10), lookup->data);
        return match->option >= 0;
    default:
        return *piece != '\0';
    }
}

static gboolean may_follow(const Match *match, guint index, const char *text)
{
    const Token *token;

    if (index == match->tokens->len)
        return *text == '\0';
    token = &g_array_index(match->tokens, Token, index);
    return token->place == PLACE_NONE ? g_str_has_prefix(text, token->text)
           : is_digits(token->place)  ? g_ascii_isdigit(*text) && !g_ascii_isdigit(text[-1])
                                      : *text != '\0';
}

/* Digits end where they end; any other place may end wherever what follows begins: the last such
 * end is tried first. */
static gboolean match_place(Match *match, guint index, const char *text)
{
    LayoutPlace place = g_array_index(match->tokens, Token, index).place;
    gsize size = strlen(text), least = 1;

    if (is_digits(place)) {
        size = strspn(text, "0123456789");
        least = MAX(size, 1);
        if (size == 0 || size > DIGITS_LIMIT)
            return FALSE;
    } else if (index + 1 == match->tokens->len) {
        least = MAX(size, 1);
    }
    for (; size >= least; size--) {
        Match ahead = *match;

        if ((text[size] & 0xc0) == 0x80)
            continue;
        /* what follows is looked at first: it costs less than to look a name up */
        if (!may_follow(match, index + 1, text + size))
            continue;
        if (take(&ahead, place, text, size) && match_from(&ahead, index + 1, text + size)) {
            *match = ahead;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean match_from(Match *match, guint index, const char *text)
{
    const Token *token;

    if (index == match->tokens->len)
        return *text == '\0';
    token = &g_array_index(match->tokens, Token, index);
    if (token->place != PLACE_NONE)
        return match_place(match, index, text);
    return g_str_has_prefix(text, token->text) &&
           match_from(match, index + 1, text + strlen(token->text));
}

gboolean layout_pattern_match(const LayoutPattern *pattern, const char *name,
                              const LayoutLookup *lookup, int *question, int *option)
{
    Match match = { pattern->tokens, lookup, NOWHERE, NOWHERE };

    if (!match_from(&match, 0, name))
        return FALSE;
    *question = match.question;
    *option = match.option;
    return TRUE;
}

gboolean layout_mask_match(const char *mask, const char *text)
{
    while (*mask && *mask != '*')
        if (*mask++ != *text++)
            return FALSE;
    if (*mask == '\0')
        return *text == '\0';
    for (mask++;; text++) {
        if (layout_mask_match(mask, text))
            return TRUE;
        if (*text == '\0')
            return FALSE;
    }
}
