#include "intake/encoding.h"

#include <string.h>

#define SAVE_AS_CSV "in Excel: File, Save As, \"CSV UTF-8 (Comma delimited)\"; in WPS likewise"

enum {
    NUL_SHARE = 20, /* UTF-16: at least one character in so many is ASCII, with a NUL beside it */
    HAN_SHARE = 80, /* percent of the characters beyond ASCII that make a text Chinese */
    BIG5_SHARE = 8, /* one lone byte to so many pairs, or more; and less than three to each */
    SAMPLE = 1024 * 1024 /* bytes that a guess looks at */
};

/* How a file that is no text begins. */
typedef struct {
    const char *start;
    gsize size;
    const char *message, *hint;
} Signature;

static const Signature SIGNATURES[] = {
    { "PK\x03\x04", 4, "this is a spreadsheet (.xlsx) or another ZIP file, not CSV text",
      SAVE_AS_CSV },
    { "\xd0\xcf\x11\xe0", 4, "this is an old spreadsheet (.xls), not CSV text", SAVE_AS_CSV },
    { "%PDF-", 5, "this is a PDF, not CSV text", "give the sheet or table that it was made from" },
    { "\x89PNG", 4, "this is an image, not CSV text", "type its answers into a form" },
    { "\xff\xd8\xff", 3, "this is an image, not CSV text", "type its answers into a form" },
    { "GIF8", 4, "this is an image, not CSV text", "type its answers into a form" },
    { "\x1f\x8b", 2, "this is a compressed file (gzip), not CSV text", "unpack it first" },
};

/* How a web page begins, after white space. */
static const char *const PAGES[] = { "<!doctype", "<html", "<head", "<body", "<table", "<?xml" };

static void refuse(Findings *findings, const char *file, guint line, const char *message,
                   const char *hint)
{
    Place place = { .file = file, .line = line };
    Finding *finding = findings_add(findings, SEVERITY_ERROR, &place, "%s", message);

    if (hint)
        finding_hint(finding, "%s", hint);
}

/* The line, from 1, in which byte `offset` stands. */
static guint line_of(const char *text, gsize offset)
{
    guint line = 1;

    for (gsize i = 0; i < offset; i++)
        if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'))
            line++;
    return line;
}

static gboolean is_page(const char *text, gsize size)
{
    while (size > 0 && g_ascii_isspace(*text)) {
        text++;
        size--;
    }
    for (guint i = 0; i < G_N_ELEMENTS(PAGES); i++)
        if (size >= strlen(PAGES[i]) && g_ascii_strncasecmp(text, PAGES[i], strlen(PAGES[i])) == 0)
            return TRUE;
    return FALSE;
}

static gboolean refuse_signature(const char *file, const char *text, gsize size, Findings *findings)
{
    for (guint i = 0; i < G_N_ELEMENTS(SIGNATURES); i++) {
        const Signature *signature = &SIGNATURES[i];

        if (size < signature->size || memcmp(text, signature->start, signature->size) != 0)
            continue;
        refuse(findings, file, 0, signature->message, signature->hint);
        return TRUE;
    }
    if (!is_page(text, size))
        return FALSE;
    refuse(findings, file, 0, "this is a web page or XML, not CSV text", SAVE_AS_CSV);
    return TRUE;
}

/* "UTF-16LE" or "UTF-16BE" if a byte order mark or the places of NUL bytes say so, else NULL. */
static const char *utf16_name(const char *text, gsize size)
{
    gsize odd = 0, even = 0;

    if (size >= 2 && memcmp(text, "\xff\xfe", 2) == 0)
        return "UTF-16LE";
    if (size >= 2 && memcmp(text, "\xfe\xff", 2) == 0)
        return "UTF-16BE";
    size = MIN(size, SAMPLE);
    for (gsize i = 0; i < size; i++)
        if (text[i] == '\0')
            *(i % 2 ? &odd : &even) += 1;
    if (odd > 1 && even == 0 && odd * NUL_SHARE >= size / 2)
        return "UTF-16LE";
    if (even > 1 && odd == 0 && even * NUL_SHARE >= size / 2)
        return "UTF-16BE";
    return NULL;
}

static gboolean is_han_or_wide(gunichar c)
{
    return g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN || g_unichar_iswide(c);
}

/* Whether the text reads as `encoding`, strictly, and what is not ASCII in it is Chinese. */
static gboolean reads_as_chinese(const char *text, gsize size, const char *encoding)
{
    g_autofree char *decoded = g_convert(text, (gssize)size, "UTF-8", encoding, NULL, NULL, NULL);
    gsize han = 0, other = 0;

    if (!decoded)
        return FALSE;
    for (const char *p = decoded; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c < 0x80)
            continue;
        *(is_han_or_wide(c) ? &han : &other) += 1;
    }
    return han > 0 && han * 100 >= (han + other) * HAN_SHARE;
}

/* Bytes beyond ASCII that are followed by another one, and those that are not. In GB2312 text all
 * of them come in such pairs; in Big5 a third of the second bytes are below 0x80; in Latin text an
 * accented letter stands alone, and would still decode as half of a Chinese character. */
static void count_pairs(const char *text, gsize size, gsize *pairs, gsize *lone)
{
    *pairs = *lone = 0;
    for (gsize i = 0; i < size; i++) {
        if ((guchar)text[i] < 0x80)
            continue;
        if (i + 1 < size && (guchar)text[i + 1] >= 0x80) {
            ++*pairs;
            i++;
        } else {
            ++*lone;
        }
    }
}

/* The likely encoding of text that is not UTF-8. */
static const char *likely_encoding(const char *text, gsize size)
{
    gsize pairs, lone;

    count_pairs(text, MIN(size, SAMPLE), &pairs, &lone);
    if (pairs * 3 > lone && lone * BIG5_SHARE > pairs && reads_as_chinese(text, size, "BIG5"))
        return "Big5";
    if (pairs > lone && reads_as_chinese(text, size, "GB18030"))
        return "GB18030";
    return "Windows-1252";
}

static void refuse_bad_byte(const char *file, const char *text, gsize size, gsize offset,
                            Findings *findings)
{
    const char *encoding = likely_encoding(text, size);
    g_autofree char *message = g_strdup_printf(
        "the file is not UTF-8: it is probably %s%s (byte 0x%02X in line %u)", encoding,
        strcmp(encoding, "GB18030") == 0 ? ", as Excel and WPS save in China" : "",
        (guchar)text[offset], line_of(text, offset));

    refuse(findings, file, line_of(text, offset), message, SAVE_AS_CSV);
}

static gboolean is_blank(const char *text, gsize size)
{
    for (gsize i = 0; i < size; i++)
        if (!g_ascii_isspace(text[i]))
            return FALSE;
    return TRUE;
}

/* Report what keeps `text` from being UTF-8 text; FALSE if nothing does. */
static gboolean refuse_text(const char *file, const char *text, gsize size, Findings *findings)
{
    const char *utf16 = utf16_name(text, size);
    const char *nul = memchr(text, '\0', size);
    const char *end;

    if (utf16) {
        g_autofree char *message =
            g_strdup_printf("the file is not UTF-8: it is probably %s, as Excel saves \"Unicode "
                            "Text\"",
                            utf16);

        refuse(findings, file, 1, message, SAVE_AS_CSV);
        return TRUE;
    }
    if (nul) {
        guint line = line_of(text, (gsize)(nul - text));
        g_autofree char *message =
            g_strdup_printf("line %u holds a NUL byte: this is not text", line);

        refuse(findings, file, line, message, "export the file again: it may be damaged");
        return TRUE;
    }
    if (!g_utf8_validate_len(text, size, &end)) {
        refuse_bad_byte(file, text, size, (gsize)(end - text), findings);
        return TRUE;
    }
    return FALSE;
}

const char *encoding_text(const char *file, GBytes *bytes, gsize *size, Findings *findings)
{
    const char *text = g_bytes_get_data(bytes, size);
    static const char EXPECTED[] = "expected a header such as question,answer and rows below it";

    if (*size == 0) {
        refuse(findings, file, 0, "the file is empty", EXPECTED);
        return NULL;
    }
    if (refuse_signature(file, text, *size, findings))
        return NULL;
    if (*size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        *size -= 3;
    }
    if (is_blank(text, *size)) {
        refuse(findings, file, 0,
               *size == 0 ? "the file is empty but for its byte order mark"
                          : "the file has nothing but blank lines",
               EXPECTED);
        return NULL;
    }
    if (refuse_signature(file, text, *size, findings) || refuse_text(file, text, *size, findings))
        return NULL;
    return text;
}
