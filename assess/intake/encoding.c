#include "intake/encoding.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/module.h"
#include "intake/encoding_utf8.h"

enum {
    SAMPLE = 1024 * 1024, /* bytes that a guess looks at, from the first beyond ASCII on */
    HEARD = 64 * 1024,    /* bytes of them that uchardet hears */
    NUL_SHARE = 20,       /* UTF-16: at least one character in so many is ASCII */
    NUL_SIDE = 8,         /* and so many times more zero bytes stand on its side */
    HAN_SHARE = 80,       /* percent of the characters beyond ASCII that make a text Chinese */
    COMMON_SHARE = 80,    /* percent of a Chinese text's characters that are common ones */
    FEW_LETTERS = 4,      /* characters beyond ASCII: fewer prove nothing */
    LONG_TEXT = 100,      /* characters beyond ASCII: from here on uchardet is rarely wrong */
    BROKEN_SHARE = 4,     /* UTF-8 characters to each broken one that make a text UTF-8 */
    CONVERTED = 16 * 1024 /* bytes at a time */
};

static const char UTF8[] = "UTF-8", GB18030[] = "GB18030", BIG5[] = "Big5",
                  WINDOWS[] = "Windows-1252";
static const char *const NAMES[] = { UTF8, "UTF-16LE", "UTF-16BE", GB18030, BIG5, WINDOWS, NULL };

/* Other names of ours, folded: what programs and people call them. The decoders of ours take a
 * little more than what these names stand for. */
static const struct {
    const char *alias, *name;
} ALIASES[] = {
    { "utf8", UTF8 },      { "utf8sig", UTF8 },     { "ascii", UTF8 },
    { "usascii", UTF8 },   { "gbk", GB18030 },      { "gb2312", GB18030 },
    { "cp936", GB18030 },  { "ms936", GB18030 },    { "windows936", GB18030 },
    { "936", GB18030 },    { "euccn", GB18030 },    { "hzgb2312", GB18030 },
    { "cp950", BIG5 },     { "ms950", BIG5 },       { "windows950", BIG5 },
    { "950", BIG5 },       { "cp1252", WINDOWS },   { "1252", WINDOWS },
    { "latin1", WINDOWS }, { "iso88591", WINDOWS }, { "iso885915", WINDOWS },
    { "ansi", WINDOWS },
};

static const struct {
    const char *bytes;
    gsize size;
    const char *name;
} MARKS[] = {
    { "\xef\xbb\xbf", 3, UTF8 },       { "\xff\xfe\0\0", 4, "UTF-32LE" },
    { "\0\0\xfe\xff", 4, "UTF-32BE" }, { "\xff\xfe", 2, "UTF-16LE" },
    { "\xfe\xff", 2, "UTF-16BE" },     { "\x84\x31\x95\x33", 4, GB18030 },
};

static const char *const REASONS[] = {
    [ENCODING_NAMED] = "named", [ENCODING_MARK] = "mark",   [ENCODING_ZEROS] = "zeros",
    [ENCODING_ASCII] = "ascii", [ENCODING_VALID] = "valid", [ENCODING_LETTERS] = "letters",
    [ENCODING_GUESS] = "guess", [ENCODING_NONE] = "none",
};

/* ---- names ---- */

const char *const *encoding_names(void)
{
    return NAMES;
}

const char *encoding_reason_id(EncodingReason reason)
{
    return REASONS[reason];
}

/* Letters and digits, lower case: "GB-2312" is "gb2312". Free with g_free(). */
static char *fold(const char *name)
{
    GString *folded = g_string_new(NULL);

    for (; *name; name++)
        if (g_ascii_isalnum(*name))
            g_string_append_c(folded, g_ascii_tolower(*name));
    return g_string_free(folded, FALSE);
}

static const char *own_name(const char *name)
{
    g_autofree char *folded = fold(name);

    for (guint i = 0; NAMES[i]; i++) {
        g_autofree char *own = fold(NAMES[i]);

        if (strcmp(own, folded) == 0)
            return NAMES[i];
    }
    for (guint i = 0; i < G_N_ELEMENTS(ALIASES); i++)
        if (strcmp(ALIASES[i].alias, folded) == 0)
            return ALIASES[i].name;
    return NULL;
}

const char *encoding_name(const char *name)
{
    const char *own = own_name(name);
    GIConv converter;

    if (own)
        return own;
    converter = g_iconv_open(UTF8, name);
    if (converter == (GIConv)-1)
        return NULL;
    g_iconv_close(converter);
    return g_intern_string(name);
}

/* ---- what bytes decode to ---- */

/* The part of a text that a guess looks at. */
typedef struct {
    const char *bytes;
    gsize size;
    gboolean is_cut; /* there may be half a character at its end */
} Sample;

typedef struct {
    gsize han, other; /* beyond ASCII */
} Letters;

static gboolean is_han_or_wide(gunichar c)
{
    return g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN || g_unichar_iswide(c);
}

static void count_letters(const char *text, gsize size, Letters *letters)
{
    for (const char *at = text; at < text + size; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (c >= 0x80)
            *(is_han_or_wide(c) ? &letters->han : &letters->other) += 1;
    }
}

/* Whether the sample is text of that encoding, and what it says. */
static gboolean decodes(const Sample *sample, const char *encoding, Letters *letters)
{
    GIConv converter = g_iconv_open(UTF8, encoding);
    char *in = (char *)sample->bytes;
    gsize left = sample->size;
    gboolean is_text = converter != (GIConv)-1;

    *letters = (Letters){ 0 };
    while (is_text && left > 0) {
        char buffer[CONVERTED], *out = buffer;
        gsize room = sizeof buffer;
        gboolean done = g_iconv(converter, &in, &left, &out, &room) != (gsize)-1;
        int problem = done ? 0 : errno;

        count_letters(buffer, sizeof buffer - room, letters);
        if (done || (problem == EINVAL && sample->is_cut))
            break;
        is_text = problem == E2BIG;
    }
    if (converter != (GIConv)-1)
        g_iconv_close(converter);
    return is_text;
}

static gboolean is_chinese(const Letters *letters)
{
    return letters->han > 0 && letters->han * 100 >= (letters->han + letters->other) * HAN_SHARE;
}

/* Percent of the double bytes beyond ASCII whose first byte lies in `rows` or in the marks before
 * them, and whose second is at least `from`. The common characters of GB 2312 stand in rows B0 to
 * D7, of Big5 in A4 to C6. A Latin letter with an accent also begins what would do as a double
 * byte, but hardly ever one of these. */
static guint common_share(const Sample *sample, guchar first_row, guchar last_row, guchar last_mark,
                          guchar from)
{
    const guchar *at = (const guchar *)sample->bytes, *end = at + sample->size;
    gsize common = 0, all = 0;

    for (; at + 1 < end; at++) {
        if (*at < 0x80)
            continue;
        all++;
        common += at[1] >= from &&
                  ((*at >= first_row && *at <= last_row) || (*at >= 0xa1 && *at <= last_mark));
        at++;
    }
    return all ? (guint)(common * 100 / all) : 0;
}

/* ---- uchardet ---- */

#define FUNCTIONS(X)        \
    X(uchardet_new)         \
    X(uchardet_delete)      \
    X(uchardet_handle_data) \
    X(uchardet_data_end)    \
    X(uchardet_get_charset)
#define MEMBER(name) __typeof__(&name) name;
#define SYMBOL(name) { #name, offsetof(Uchardet, name) },

/* Opened by the first file that is not UTF-8: linked, it would bring the C++ library into every
 * start. */
typedef struct {
    FUNCTIONS(MEMBER)
} Uchardet;

static const char LIBRARY[] = "libuchardet.so.0";
static const ModuleSymbol SYMBOLS[] = { FUNCTIONS(SYMBOL) };

/* What uchardet takes the sample for, in our words if we have one; "" if it cannot say. FALSE with
 * `problem` if it is not there. */
static gboolean hear_uchardet(const Sample *sample, const char **name, char **problem)
{
    Uchardet uchardet;
    void *library = module_open(LIBRARY, "a file that is not UTF-8 needs libuchardet", SYMBOLS,
                                G_N_ELEMENTS(SYMBOLS), &uchardet, problem);
    uchardet_t detector;
    const char *said, *own;

    if (!library)
        return FALSE;
    detector = uchardet.uchardet_new();
    uchardet.uchardet_handle_data(detector, sample->bytes, MIN(sample->size, HEARD));
    uchardet.uchardet_data_end(detector);
    said = uchardet.uchardet_get_charset(detector);
    own = own_name(said);
    *name = own ? own : g_intern_string(said);
    uchardet.uchardet_delete(detector);
    dlclose(library);
    return TRUE;
}

/* ---- finding ---- */

/* UTF-16 by zero bytes: "UTF-16LE", "UTF-16BE", or NULL. */
static const char *by_zeros(const char *text, gsize size, gboolean is_whole)
{
    Sample sample = { text, MIN(size, SAMPLE) & ~(gsize)1, !is_whole || size > SAMPLE };
    const char *name = NULL;
    gsize odd = 0, even = 0;
    Letters letters;

    for (gsize i = 0; i < sample.size; i++)
        if (text[i] == '\0')
            *(i % 2 ? &odd : &even) += 1;
    if (odd > 1 && odd > even * NUL_SIDE && odd * NUL_SHARE >= sample.size / 2)
        name = "UTF-16LE";
    else if (even > 1 && even > odd * NUL_SIDE && even * NUL_SHARE >= sample.size / 2)
        name = "UTF-16BE";
    return name && decodes(&sample, name, &letters) ? name : NULL;
}

/* Of text that is not UTF-8: whether most of it is. */
static gboolean is_mostly_utf8(const Sample *sample)
{
    Utf8State state = { 0 };
    gsize broken = 0, good = 0;

    for (gsize at = 0; at < sample->size;) {
        at += encoding_utf8_check(&state, sample->bytes + at, sample->size - at);
        if (at == sample->size)
            break;
        broken++;
        at += state.left > 0 ? 0 : 1;
        state = (Utf8State){ 0 };
    }
    for (gsize i = 0; i < sample->size; i++)
        good += (guchar)sample->bytes[i] >= 0xc0;
    return good >= broken && good - broken >= broken * BROKEN_SHARE;
}

/* What a sample would do as. */
typedef struct {
    gboolean gb18030, big5, windows;
    gsize letters; /* beyond ASCII */
} Readings;

static Readings read_all(const Sample *sample)
{
    Readings readings;
    Letters chinese, latin;

    readings.windows = decodes(sample, WINDOWS, &latin);
    readings.big5 = decodes(sample, BIG5, &chinese) && is_chinese(&chinese);
    readings.gb18030 = decodes(sample, GB18030, &chinese) && is_chinese(&chinese);
    readings.letters = readings.gb18030 ? chinese.han + chinese.other : latin.han + latin.other;
    return readings;
}

static const char *likeliest(const Sample *sample, const Readings *readings)
{
    if (readings->gb18030 && common_share(sample, 0xb0, 0xd7, 0xaf, 0xa1) >= COMMON_SHARE)
        return GB18030;
    if (readings->big5 && common_share(sample, 0xa4, 0xc6, 0xa3, 0x40) >= COMMON_SHARE)
        return BIG5;
    return readings->windows ? WINDOWS : readings->gb18030 ? GB18030 : readings->big5 ? BIG5 : NULL;
}

/* What else the sample would do as, where that is not far-fetched; NULL. */
static const char *rival_of(const char *name, const Readings *readings)
{
    if (name != WINDOWS)
        return readings->windows && readings->letters < FEW_LETTERS ? WINDOWS : NULL;
    return readings->gb18030 ? GB18030 : readings->big5 ? BIG5 : NULL;
}

static void guess(const Sample *sample, const char *heard, EncodingFound *found)
{
    const Readings readings = read_all(sample);
    const char *name = likeliest(sample, &readings);
    Letters letters = { 0 };
    gboolean is_other = *heard && heard != UTF8 && heard != name;

    *found = (EncodingFound){ name, ENCODING_LETTERS, 0, NULL };
    is_other = is_other && decodes(sample, heard, &letters);
    if (is_other &&
        (!name || (readings.letters >= LONG_TEXT && (name == WINDOWS || is_chinese(&letters))))) {
        *found = (EncodingFound){ heard, ENCODING_GUESS, 0, name };
    } else if (!name) {
        *found = (EncodingFound){ UTF8, ENCODING_NONE, 0, NULL };
    } else {
        found->also = rival_of(name, &readings);
        /* Chinese is no Latin, whatever uchardet makes of a few characters */
        if (!found->also && is_other && (name == WINDOWS || is_chinese(&letters)))
            found->also = heard;
        if (found->also || readings.letters < FEW_LETTERS)
            found->reason = ENCODING_GUESS;
    }
}

/* Text that is neither UTF-8 nor UTF-16. */
static gboolean find_other(const char *text, gsize size, gsize good, gboolean is_whole,
                           EncodingFound *found, char **problem)
{
    gsize start = 0;
    Sample sample;
    const char *heard;

    while (start < good && (guchar)text[start] < 0x80)
        start++;
    sample =
        (Sample){ text + start, MIN(size - start, SAMPLE), !is_whole || size - start > SAMPLE };
    if (is_mostly_utf8(&sample)) {
        *found = (EncodingFound){ .name = UTF8, .reason = ENCODING_NONE };
        return TRUE;
    }
    if (!hear_uchardet(&sample, &heard, problem))
        return FALSE;
    guess(&sample, heard, found);
    return TRUE;
}

static gboolean find_mark(const char *head, gsize size, EncodingFound *found)
{
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++) {
        if (size < MARKS[i].size || memcmp(head, MARKS[i].bytes, MARKS[i].size) != 0)
            continue;
        *found = (EncodingFound){ MARKS[i].name, ENCODING_MARK, MARKS[i].size, NULL };
        return TRUE;
    }
    return FALSE;
}

static gboolean is_ascii(const char *text, gsize size)
{
    for (gsize i = 0; i < size; i++)
        if ((guchar)text[i] >= 0x80)
            return FALSE;
    return TRUE;
}

gboolean encoding_find(const char *head, gsize size, gboolean is_whole, const char *wanted,
                       EncodingFound *found, char **problem)
{
    gboolean has_mark = find_mark(head, size, found);
    Utf8State state = { 0 };
    const char *zeros;
    gsize good;

    if (wanted) {
        gsize mark = has_mark && strcmp(found->name, wanted) == 0 ? found->mark : 0;

        *found = (EncodingFound){ wanted, ENCODING_NAMED, mark, NULL };
        return TRUE;
    }
    if (has_mark)
        return TRUE;
    *found = (EncodingFound){ .name = UTF8, .reason = ENCODING_VALID };
    good = encoding_utf8_check(&state, head, size);
    if (good == size && (state.left == 0 || !is_whole)) {
        if (is_ascii(head, size))
            found->reason = ENCODING_ASCII;
        return TRUE;
    }
    zeros = by_zeros(head, size, is_whole);
    if (zeros) {
        *found = (EncodingFound){ .name = zeros, .reason = ENCODING_ZEROS };
        return TRUE;
    }
    if (good < size && head[good] == '\0' && state.left == 0)
        return TRUE; /* decoding says where */
    return find_other(head, size, good, is_whole, found, problem);
}

void encoding_tell(const EncodingFound *found, const char *file, Findings *findings)
{
    const Place place = { .file = file };
    Finding *finding;

    if (found->reason == ENCODING_GUESS) {
        finding = findings_add(findings, SEVERITY_WARNING, &place, "read as %s by a guess%s%s",
                               found->name, found->also ? ": it may be " : "",
                               found->also ? found->also : "");
        finding_hint(finding, "name the encoding to be sure, as in --encoding %s",
                     found->also ? found->also : found->name);
    } else if (strcmp(found->name, UTF8) != 0) {
        findings_add(findings, SEVERITY_NOTE, &place, "read as %s", found->name);
    }
}
