#include "base/text.h"

#include <string.h>

enum {
    ID_LIMIT = 64,        /* characters of an id */
    NEAREST_LIMIT = 256,  /* characters; nobody mistypes a longer word by accident */
    FILE_NAME_LIMIT = 80, /* bytes, so that a suffix and a directory still fit everywhere */
    FILE_NAME_HASH = 8    /* hexadecimal digits */
};

typedef struct {
    gunichar first, last;
} CharRange;

static gboolean is_in(gunichar c, const CharRange *ranges, gsize n)
{
    for (gsize i = 0; i < n && c >= ranges[i].first; i++)
        if (c <= ranges[i].last)
            return TRUE;
    return FALSE;
}

static gboolean is_blank(gunichar c)
{
    return c == '\v' || g_unichar_isspace(c);
}

/* Folding. */

/* Blanks at both ends go, those between become one. `text` is changed in place: it only shrinks. */
static void squeeze_blanks(char *text)
{
    const char *from = text;
    char *to = text;

    while (*from) {
        const char *next = g_utf8_next_char(from);
        gsize n = (gsize)(next - from);

        if (!is_blank(text_character(from))) {
            memmove(to, from, n);
            to += n;
        } else if (to > text && to[-1] != ' ') {
            *to++ = ' ';
        }
        from = next;
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
}

static char *fold_unicode(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKC);
    g_autofree char *folded = g_utf8_casefold(composed, -1);

    return g_utf8_normalize(folded, -1, G_NORMALIZE_NFKC); /* folding may leave it decomposed */
}

char *text_fold(const char *text)
{
    char *folded = g_str_is_ascii(text) ? g_ascii_strdown(text, -1) : fold_unicode(text);

    squeeze_blanks(folded);
    return folded;
}

/* Characters that no normalisation changes and that join with none before them: Latin, punctuation,
 * Chinese. Nearly every text is made of these alone, and g_utf8_normalize() is slow. */
static gboolean is_composed(gunichar c)
{
    static const gunichar RANGES[][2] = { { 0x01, 0x2ff },    { 0x2010, 0x2027 },
                                          { 0x3001, 0x3029 }, { 0x3400, 0x4dbf },
                                          { 0x4e00, 0x9fff }, { 0xff01, 0xff60 } };

    for (guint i = 0; i < G_N_ELEMENTS(RANGES); i++)
        if (c >= RANGES[i][0] && c <= RANGES[i][1])
            return TRUE;
    return FALSE;
}

char *text_composed(const char *text)
{
    const char *at = text;

    while (*at && is_composed(text_character(at)))
        at = g_utf8_next_char(at);
    return *at ? g_utf8_normalize(text, -1, G_NORMALIZE_NFC) : g_strdup(text);
}

/* Nearest word. */

typedef struct {
    gunichar *chars;
    glong n;
} Word;

static Word word_fold(const char *text)
{
    g_autofree char *folded = text_fold(text);
    Word word;

    word.chars = g_utf8_to_ucs4_fast(folded, -1, &word.n);
    return word;
}

/* Distance of optimal string alignment: insertions, deletions, replacements, swaps of neighbours.
 */
static glong edit_distance(const Word *a, const Word *b)
{
    glong rows[3][NEAREST_LIMIT + 1];
    glong *before = rows[0], *last = rows[1], *row = rows[2];

    for (glong j = 0; j <= b->n; j++)
        last[j] = j;
    for (glong i = 1; i <= a->n; i++) {
        glong *spare = before;

        row[0] = i;
        for (glong j = 1; j <= b->n; j++) {
            glong replaced = last[j - 1] + (a->chars[i - 1] != b->chars[j - 1]);

            row[j] = MIN(replaced, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a->chars[i - 1] == b->chars[j - 2] &&
                a->chars[i - 2] == b->chars[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[b->n];
}

const char *text_nearest(const char *word, const char *const *candidates)
{
    Word meant = word_fold(word);
    glong limit = MAX(1, meant.n / 3);
    const char *nearest = NULL;

    for (gsize i = 0; candidates[i] && meant.n <= NEAREST_LIMIT; i++) {
        Word candidate = word_fold(candidates[i]);

        if (candidate.n <= NEAREST_LIMIT && ABS(candidate.n - meant.n) <= limit) {
            glong distance = edit_distance(&meant, &candidate);

            /* Where nothing is left in common, nothing is near: `a` is not `b`. */
            if (distance <= limit && distance < MAX(meant.n, candidate.n)) {
                nearest = candidates[i];
                limit = distance - 1; /* of equally near ones the first stays */
            }
        }
        g_free(candidate.chars);
    }
    g_free(meant.chars);
    return nearest;
}

/* What may be shown. */

static gboolean is_line_break_or_tab(gunichar c)
{
    return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Control characters, and characters without ink that change how others are read. */
static gboolean is_invisible(gunichar c)
{
    static const CharRange ranges[] = {
        { 0x0000, 0x001F },   { 0x007F, 0x009F }, /* controls */
        { 0x00AD, 0x00AD },   { 0x034F, 0x034F }, /* soft hyphen, grapheme joiner */
        { 0x061C, 0x061C },   { 0x115F, 0x1160 }, /* Arabic letter mark, Hangul fillers */
        { 0x17B4, 0x17B5 },   { 0x180B, 0x180F }, /* Khmer and Mongolian ones */
        { 0x200B, 0x200F },   { 0x2028, 0x202E }, /* zero width, marks and overrides of direction */
        { 0x2060, 0x206F },   { 0x3164, 0x3164 }, /* joiners, isolates, filler */
        { 0xD800, 0xDFFF },   { 0xFDD0, 0xFDEF }, /* surrogates, noncharacters */
        { 0xFE00, 0xFE0F },   { 0xFEFF, 0xFEFF }, /* variation selectors, byte order mark */
        { 0xFFA0, 0xFFA0 },   { 0xFFF0, 0xFFFB }, /* filler, annotations */
        { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF }, /* musical controls, tags */
    };

    return (c & 0xFFFE) == 0xFFFE || is_in(c, ranges, G_N_ELEMENTS(ranges));
}

/* What chooses the form of the character before it: joiners, variation selectors. */
static gboolean is_form(gunichar c)
{
    return c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

static char *cleaned(const char *text, gboolean with_forms)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *visible = g_string_sized_new(strlen(valid));
    const char *run = valid; /* what is kept and not copied yet begins here */

    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = text_character(at);
        gboolean is_blank = is_line_break_or_tab(c);

        if (!is_blank && (!is_invisible(c) || (with_forms && is_form(c))))
            continue;
        g_string_append_len(visible, run, at - run);
        run = g_utf8_next_char(at);
        if (is_blank && !(c == '\r' && at[1] == '\n'))
            g_string_append_c(visible, ' ');
    }
    g_string_append(visible, run);
    return g_string_free(visible, FALSE);
}

char *text_visible(const char *text)
{
    return cleaned(text, FALSE);
}

char *text_written(const char *text)
{
    return cleaned(text, TRUE);
}

/* By its first byte: spares most of English and Chinese a look. */
static gboolean may_be_invisible(guchar lead)
{
    return lead < ' ' || (lead >= 0x7F && (lead < 0xE4 || lead > 0xED));
}

void text_add_invisible(const char *text, GString *found)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = may_be_invisible((guchar)*at) ? text_character(at) : 'x';

        if (!is_invisible(c) || is_line_break_or_tab(c) || is_form(c))
            continue;
        if (found->len >= TEXT_INVISIBLE_LIMIT)
            return;
        if (!g_utf8_strchr(found->str, -1, c))
            g_string_append_unichar(found, c);
    }
}

char *text_quote(const char *text, guint limit)
{
    g_autofree char *visible = text_visible(text);
    glong length = g_utf8_strlen(visible, -1), kept;

    if (length <= (glong)limit)
        return g_strdup_printf("\"%s\"", visible);
    kept = limit > 3 ? (glong)limit - 3 : 0;
    *g_utf8_offset_to_pointer(visible, kept) = '\0';
    return g_strdup_printf("\"%s%.*s\"", visible, (int)MIN(limit, 3), "...");
}

/* On a terminal. */

static guint char_columns(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

guint text_columns(const char *text)
{
    guint columns = 0;

    for (const char *at = text; *at; at = g_utf8_next_char(at))
        columns += char_columns(text_character(at));
    return columns;
}

/* The end of the longest beginning of the text that fits in `columns`, with the marks on its last
 * character. */
static const char *fit_end(const char *text, guint columns)
{
    guint used = 0;

    while (*text) {
        used += char_columns(text_character(text));
        if (used > columns)
            break;
        text = g_utf8_next_char(text);
    }
    return text;
}

char *text_fit(const char *text, guint columns)
{
    GString *fitted = g_string_new(NULL);

    if (text_columns(text) <= columns) {
        g_string_append(fitted, text);
    } else if (columns > 0) {
        g_string_append_len(fitted, text, fit_end(text, columns - 1) - text);
        g_string_append_unichar(fitted, 0x2026); /* an ellipsis */
    }
    for (guint used = text_columns(fitted->str); used < columns; used++)
        g_string_append_c(fitted, ' ');
    return g_string_free(fitted, FALSE);
}

/* Lines. */

/* Blanks where a line may end; a no-break space is none. */
static gboolean is_gap(gunichar c)
{
    return c == ' ' || c == '\t' || c == 0x3000;
}

/* Punctuation and signs that may not begin a line (JIS X 4051, GB/T 15834). */
static gboolean is_closing(gunichar c)
{
    static const CharRange ranges[] = {
        { '!', '!' },       { '%', '%' },       { ')', ')' },       { ',', ',' },
        { '.', '.' },       { ':', ';' },       { '?', '?' },       { ']', ']' },
        { '}', '}' },       { 0xB0, 0xB0 },     { 0xB7, 0xB7 },     { 0xBB, 0xBB },
        { 0x2013, 0x2014 }, { 0x2019, 0x2019 }, { 0x201D, 0x201D }, { 0x2022, 0x2022 },
        { 0x2025, 0x2027 }, { 0x2030, 0x2033 }, { 0x203A, 0x203A }, { 0x2103, 0x2103 },
        { 0x3001, 0x3003 }, { 0x3005, 0x3005 }, { 0x3009, 0x3009 }, { 0x300B, 0x300B },
        { 0x300D, 0x300D }, { 0x300F, 0x300F }, { 0x3011, 0x3011 }, { 0x3015, 0x3015 },
        { 0x3017, 0x3017 }, { 0x3019, 0x3019 }, { 0x301B, 0x301B }, { 0x301E, 0x301F },
        { 0x30FB, 0x30FC }, { 0xFE50, 0xFE52 }, { 0xFE54, 0xFE57 }, { 0xFE5A, 0xFE5A },
        { 0xFE5C, 0xFE5C }, { 0xFE5E, 0xFE5E }, { 0xFF01, 0xFF01 }, { 0xFF05, 0xFF05 },
        { 0xFF09, 0xFF09 }, { 0xFF0C, 0xFF0C }, { 0xFF0E, 0xFF0E }, { 0xFF1A, 0xFF1B },
        { 0xFF1F, 0xFF1F }, { 0xFF3D, 0xFF3D }, { 0xFF5D, 0xFF5E }, { 0xFF60, 0xFF61 },
        { 0xFF63, 0xFF64 }, { 0xFFE0, 0xFFE0 },
    };

    return is_in(c, ranges, G_N_ELEMENTS(ranges));
}

/* Punctuation and signs that may not end a line. */
static gboolean is_opening(gunichar c)
{
    static const CharRange ranges[] = {
        { '#', '$' },       { '(', '(' },       { '[', '[' },       { '{', '{' },
        { 0xA3, 0xA3 },     { 0xA5, 0xA5 },     { 0xAB, 0xAB },     { 0x2018, 0x2018 },
        { 0x201C, 0x201C }, { 0x2039, 0x2039 }, { 0x3008, 0x3008 }, { 0x300A, 0x300A },
        { 0x300C, 0x300C }, { 0x300E, 0x300E }, { 0x3010, 0x3010 }, { 0x3014, 0x3014 },
        { 0x3016, 0x3016 }, { 0x3018, 0x3018 }, { 0x301A, 0x301A }, { 0x301D, 0x301D },
        { 0xFE59, 0xFE59 }, { 0xFE5B, 0xFE5B }, { 0xFE5D, 0xFE5D }, { 0xFF04, 0xFF04 },
        { 0xFF08, 0xFF08 }, { 0xFF3B, 0xFF3B }, { 0xFF5B, 0xFF5B }, { 0xFF5F, 0xFF5F },
        { 0xFF62, 0xFF62 }, { 0xFFE1, 0xFFE1 }, { 0xFFE5, 0xFFE5 },
    };

    return is_in(c, ranges, G_N_ELEMENTS(ranges));
}

static gboolean may_part(gunichar before, gunichar after)
{
    if (is_gap(after) || g_unichar_iszerowidth(after))
        return FALSE;
    if (is_gap(before))
        return after < 0x80 || !is_closing(after);
    return (g_unichar_iswide(before) || g_unichar_iswide(after)) && !is_closing(after) &&
           !is_opening(before);
}

/* Where the line that begins at `start` ends; `next` gets where the one after begins. */
static glong line_end(const gunichar *chars, glong n, glong start, guint columns, glong *next)
{
    guint used = 0;
    glong end, parting = start;

    for (end = start; end < n && chars[end] != '\n'; end++) {
        if (end > start && may_part(chars[end - 1], chars[end]))
            parting = end;
        used += char_columns(chars[end]);
        if (used > columns && end > start && !is_gap(chars[end])) {
            end = parting > start ? parting : end;
            break;
        }
    }
    *next = end;
    while (*next < n && is_gap(chars[*next]))
        ++*next;
    if (*next < n && chars[*next] == '\n')
        ++*next;
    while (end > start && is_gap(chars[end - 1]))
        end--;
    return end;
}

GPtrArray *text_wrap(const char *text, guint columns)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    glong n, next = 0;
    g_autofree gunichar *chars = g_utf8_to_ucs4_fast(text, -1, &n);

    do {
        glong start = next, end = line_end(chars, n, start, columns, &next);

        g_ptr_array_add(lines, g_ucs4_to_utf8(chars + start, end - start, NULL, NULL, NULL));
    } while (next < n);
    return lines;
}

/* Names. */

gboolean text_is_id(const char *text)
{
    gsize n = strlen(text);

    if (n == 0 || n > ID_LIMIT || !g_ascii_islower(text[0]))
        return FALSE;
    for (gsize i = 1; i < n; i++)
        if (!g_ascii_islower(text[i]) && !g_ascii_isdigit(text[i]) && text[i] != '_')
            return FALSE;
    return TRUE;
}

/* Names of devices on Windows, whatever follows the first dot. */
static gboolean is_device(const char *name)
{
    static const char *const devices[] = { "con", "prn", "aux", "nul", NULL };
    g_autofree char *folded = text_fold(name); /* turns superscript digits into plain ones */
    gsize n = strcspn(folded, ".");

    while (n > 0 && folded[n - 1] == ' ')
        n--;
    folded[n] = '\0';
    if (n == 4 && (g_str_has_prefix(folded, "com") || g_str_has_prefix(folded, "lpt")))
        return g_ascii_isdigit(folded[3]);
    return g_strv_contains(devices, folded);
}

/* Signs that some system or shell takes for more than a letter become one "_", runs of dots one
 * dot. */
static char *replace_signs(const char *name)
{
    GString *plain = g_string_new(NULL);

    for (; *name; name++) {
        char c = strchr("/\\:*?\"<>|$`", *name) ? '_' : *name;

        if (plain->len > 0 && (c == '_' || c == '.') && plain->str[plain->len - 1] == c &&
            (c != '_' || *name != '_'))
            continue;
        g_string_append_c(plain, c);
    }
    return g_string_free(plain, FALSE);
}

/* Cut to `limit` bytes between characters, and drop what a name should not begin or end with. */
static void trim_name(char *name, gsize limit, const char *first, const char *last)
{
    gsize skip = strspn(name, first), n = strlen(name) - skip;

    memmove(name, name + skip, n + 1);
    if (n > limit) {
        n = (gsize)(g_utf8_find_prev_char(name, name + limit + 1) - name);
        name[n] = '\0';
    }
    while (n > 0 && strchr(last, name[n - 1]))
        name[--n] = '\0';
}

/* Whether `name` is `plain`, or `plain` and signs of `end` after it. */
static gboolean is_plain_but_for(const char *name, const char *plain, const char *end)
{
    gsize n = strlen(plain);

    return g_str_has_prefix(name, plain) && strspn(name + n, end) == strlen(name + n);
}

char *text_file_name(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *composed = text_composed(valid);
    g_autofree char *visible = text_visible(composed);
    g_autofree char *plain = replace_signs(visible);
    g_autofree char *hash = NULL;

    trim_name(plain, FILE_NAME_LIMIT, " .-~", " .");
    if (*plain && is_plain_but_for(name, plain, " .") && !is_device(plain))
        return g_steal_pointer(&plain);
    trim_name(plain, FILE_NAME_LIMIT - FILE_NAME_HASH - 2, " .-~_", " .-_");
    hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    return g_strdup_printf("%s%s-%.*s", is_device(plain) ? "_" : "", *plain ? plain : "unnamed",
                           FILE_NAME_HASH, hash);
}

/* ---- spreadsheets ---- */

gboolean text_runs(const char *text)
{
    static const gunichar FIRST[] = {
        '=', '+', '-', '@', '\t', '\r', 0xff1d, 0xff0b, 0xff0d, 0xff20
    };

    for (guint i = 0; i < G_N_ELEMENTS(FIRST); i++)
        if (g_utf8_get_char(text) == FIRST[i])
            return TRUE;
    return FALSE;
}

/* The bytes of what separates digits here: a point, a comma, a blank or one that does not break. */
static gsize separator(const char *text)
{
    static const char *const KNOWN[] = { ".", ",", " ", "\u00a0", "\u202f" };

    for (guint i = 0; i < G_N_ELEMENTS(KNOWN); i++)
        if (g_str_has_prefix(text, KNOWN[i]))
            return strlen(KNOWN[i]);
    return 0;
}

static gsize count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* What follows "e+5", or `text`. */
static const char *skip_exponent(const char *text)
{
    const char *digits = text + 1;

    if (*text != 'e' && *text != 'E')
        return text;
    digits += *digits == '+' || *digits == '-' ? 1 : 0;
    return count_digits(digits) > 0 ? digits + count_digits(digits) : text;
}

gboolean text_is_signed_number(const char *text)
{
    const gunichar sign = g_utf8_get_char(text);
    const char *at = text;
    gsize digits, all;

    if (sign != '+' && sign != '-' && sign != 0xff0b && sign != 0xff0d)
        return FALSE;
    at = g_utf8_next_char(at);
    all = digits = count_digits(at);
    at += digits;
    for (gsize n; (n = separator(at)) > 0; at += n + digits) {
        digits = count_digits(at + n);
        if (digits == 0 && *at == '.') { /* "-5." */
            at++;
            break;
        }
        if (digits == 0)
            break;
        all += digits;
    }
    at = skip_exponent(at);
    at += g_str_has_prefix(at, " %") ? 1 : 0;
    at += *at == '%' ? 1 : 0;
    return all > 0 && *at == '\0';
}
