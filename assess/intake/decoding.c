#include "intake/decoding.h"

#include <errno.h>
#include <string.h>

#include "intake/encoding_utf8.h"
#include "intake/shape.h"

enum { PIECE = 1024 * 1024 /* bytes converted at once */ };

struct Decoding {
    GIConv converter; /* -1 of UTF-8 */
    guint unit;       /* bytes of the smallest character */
    gboolean is_tolerant;
    gsize mark;      /* bytes of the byte order mark that are still to come */
    guint64 offset;  /* of the next byte */
    LineCount lines; /* in the text so far */
    Utf8State utf8;
    GString *rest; /* begin of a character that was cut */
    GString *text;
    gboolean at_end;
};

/* Encodings in which no byte of a longer character is a delimiter, a quote or a line end, so that
 * these are found again behind bytes that do not decode. */
static const struct {
    const char *prefix;
    guint unit;
} SOUND[] = {
    { "UTF-8", 1 }, { "UTF-16", 2 },      { "UTF-32", 4 },    { "GB18030", 1 },
    { "BIG5", 1 },  { "windows-125", 1 }, { "ISO-8859-", 1 },
};

static guint unit_of(const char *encoding)
{
    for (guint i = 0; i < G_N_ELEMENTS(SOUND); i++)
        if (g_ascii_strncasecmp(encoding, SOUND[i].prefix, strlen(SOUND[i].prefix)) == 0)
            return SOUND[i].unit;
    return 0;
}

Decoding *decoding_new(const EncodingFound *found, char **problem)
{
    Decoding *decoding;
    GIConv converter = (GIConv)-1;

    if (strcmp(found->name, "UTF-8") != 0) {
        converter = g_iconv_open("UTF-8", found->name);
        if (converter == (GIConv)-1) {
            *problem = g_strdup_printf("this system cannot read %s", found->name);
            return NULL;
        }
    }
    decoding = g_new0(Decoding, 1);
    decoding->converter = converter;
    decoding->unit = unit_of(found->name);
    decoding->mark = found->mark;
    decoding->rest = g_string_new(NULL);
    decoding->text = g_string_new(NULL);
    return decoding;
}

void decoding_free(Decoding *decoding)
{
    if (!decoding)
        return;
    if (decoding->converter != (GIConv)-1)
        g_iconv_close(decoding->converter);
    g_string_free(decoding->rest, TRUE);
    g_string_free(decoding->text, TRUE);
    g_free(decoding);
}

gboolean decoding_tolerate(Decoding *decoding)
{
    decoding->is_tolerant = decoding->unit > 0;
    return decoding->is_tolerant;
}

/* ---- UTF-8 ---- */

static gboolean check(Decoding *decoding, const char *bytes, gsize size, gsize *good,
                      DecodingFault *fault)
{
    guint before = decoding->utf8.left > 0 ? decoding->utf8.seen : 0;
    guint seen;
    gsize n;

    *good = size;
    if (decoding->is_tolerant)
        return TRUE;
    *good = n = encoding_utf8_check(&decoding->utf8, bytes, size);
    seen = decoding->utf8.left > 0 ? decoding->utf8.seen : 0;
    encoding_count_lines(&decoding->lines, bytes, n);
    if (n == size)
        return TRUE;
    /* the character that broke may have begun in the piece before */
    *good = n >= seen ? n - seen : 0;
    *fault = (DecodingFault){ .line = decoding->lines.ends + 1,
                              .offset = decoding->offset + n - seen,
                              .byte = seen > 0 ? decoding->utf8.lead : (guint8)bytes[n],
                              .is_nul = seen == 0 && bytes[n] == '\0' };
    g_assert(seen == 0 || n + before >= seen);
    return FALSE;
}

/* ---- other encodings ---- */

/* Put what stands for a fault, and go on behind it. */
static void skip_fault(Decoding *decoding, const char **bytes, gsize *left)
{
    gsize skipped = MIN(decoding->unit, *left);

    g_string_append_c(decoding->text, DECODING_BAD);
    *bytes += skipped;
    *left -= skipped;
}

/* Convert, appending to the text, until the bytes end or do not go on. FALSE if one does not
 * decode; `left` are not converted. */
static gboolean convert(Decoding *decoding, const char **bytes, gsize *left)
{
    GString *text = decoding->text;

    while (*left > 0) {
        gsize start = text->len, room;
        char *in = (char *)*bytes, *out;
        int problem = 0;

        g_string_set_size(text, start + MAX(PIECE, *left * 2));
        out = text->str + start;
        room = text->len - start;
        if (g_iconv(decoding->converter, &in, left, &out, &room) == (gsize)-1)
            problem = errno;
        *bytes = in;
        g_string_truncate(text, (gsize)(out - text->str));
        if (problem == EILSEQ && !decoding->is_tolerant)
            return FALSE;
        if (problem == EILSEQ)
            skip_fault(decoding, bytes, left);
        if (problem == EINVAL)
            return TRUE;
    }
    return TRUE;
}

/* Go on with the character that the piece before began. */
static gboolean convert_rest(Decoding *decoding, const char **bytes, gsize *size)
{
    GString *rest = decoding->rest;

    while (rest->len > 0 && *size > 0) {
        const char *at = rest->str;
        gsize left;

        g_string_append_c(rest, **bytes);
        ++*bytes;
        --*size;
        at = rest->str;
        left = rest->len;
        if (!convert(decoding, &at, &left))
            return FALSE;
        g_string_erase(rest, 0, (gssize)(rest->len - left));
    }
    return TRUE;
}

/* NUL may be hidden in other encodings: find it in the text. */
static gboolean check_text(Decoding *decoding, DecodingFault *fault, gboolean is_good)
{
    const char *text = decoding->text->str;
    const char *nul = decoding->is_tolerant ? NULL : memchr(text, '\0', decoding->text->len);

    encoding_count_lines(&decoding->lines, text, nul ? (gsize)(nul - text) : decoding->text->len);
    if (nul) {
        fault->is_nul = TRUE;
        fault->byte = 0;
        fault->offset = decoding->offset;
        g_string_truncate(decoding->text, (gsize)(nul - text));
    }
    fault->line = decoding->lines.ends + 1;
    return is_good && !nul;
}

static gboolean push_other(Decoding *decoding, const char *bytes, gsize size, DecodingFault *fault)
{
    guint64 offset = decoding->offset;
    const char *at = bytes;
    gsize left = size, begun = decoding->rest->len;
    gboolean is_good;

    g_string_truncate(decoding->text, 0);
    *fault = (DecodingFault){ 0 };
    is_good = convert_rest(decoding, &at, &left);
    if (!is_good) {
        fault->offset = offset - begun;
        fault->byte = (guint8)*decoding->rest->str;
    } else if (left > 0) {
        is_good = convert(decoding, &at, &left);
        fault->offset = offset + (gsize)(at - bytes);
        if (!is_good)
            fault->byte = (guint8)*at;
        else
            g_string_append_len(decoding->rest, at, (gssize)left);
    }
    return check_text(decoding, fault, is_good);
}

/* ---- both ---- */

gboolean decoding_push(Decoding *decoding, const char *bytes, gsize size, const char **text,
                       gsize *text_size, DecodingFault *fault)
{
    gsize mark = MIN(decoding->mark, size);
    gboolean is_good;

    g_assert(!decoding->at_end);
    decoding->mark -= mark;
    decoding->offset += mark;
    bytes += mark;
    size -= mark;
    if (decoding->converter == (GIConv)-1) {
        is_good = check(decoding, bytes, size, text_size, fault);
        *text = bytes;
    } else {
        is_good = push_other(decoding, bytes, size, fault);
        *text = decoding->text->str;
        *text_size = decoding->text->len;
    }
    decoding->offset += size;
    decoding->at_end = !is_good;
    return is_good;
}

gboolean decoding_end(Decoding *decoding, DecodingFault *fault)
{
    gboolean is_utf8 = decoding->converter == (GIConv)-1;
    gsize seen =
        is_utf8 ? (decoding->utf8.left > 0 ? decoding->utf8.seen : 0) : decoding->rest->len;

    decoding->at_end = TRUE;
    if (seen == 0)
        return TRUE;
    *fault = (DecodingFault){ .line = decoding->lines.ends + 1,
                              .offset = decoding->offset - seen,
                              .byte = is_utf8 ? decoding->utf8.lead : (guint8)*decoding->rest->str,
                              .is_cut = TRUE };
    return FALSE;
}

void decoding_end_tolerant(Decoding *decoding, const char **text, gsize *text_size)
{
    decoding->at_end = TRUE;
    if (decoding->rest->len == 0)
        return;
    g_string_append_c(decoding->text, DECODING_BAD);
    *text = decoding->text->str;
    *text_size = decoding->text->len;
}

void decoding_tell(const DecodingFault *fault, const EncodingFound *found, const char *file,
                   Findings *findings)
{
    const Place place = { .file = file, .line = (guint)MIN(fault->line, G_MAXUINT) };
    Finding *finding;

    if (fault->is_nul) {
        finding = findings_add(findings, SEVERITY_ERROR, &place,
                               "line %" G_GUINT64_FORMAT " holds a NUL byte: this is not text",
                               fault->line);
        finding_hint(finding, "export the file again: it may be damaged");
        return;
    }
    finding =
        findings_add(findings, SEVERITY_ERROR, &place,
                     "byte 0x%02X in line %" G_GUINT64_FORMAT
                     " is not %s%s (byte %" G_GUINT64_FORMAT " of the file)",
                     fault->byte, fault->line, found->name,
                     fault->is_cut ? ": the file ends within a character" : "", fault->offset + 1);
    if (found->reason == ENCODING_NAMED || found->reason == ENCODING_MARK)
        finding_hint(finding, "name another encoding, as in --encoding GB18030, or leave it out");
    else
        finding_hint(finding, "name the encoding, as in --encoding GB18030, or save the file as "
                              "\"CSV UTF-8\"");
}

/* ---- a whole file ---- */

static void refuse(const char *file, Findings *findings, const char *message, const char *hint)
{
    const Place place = { .file = file };
    Finding *finding = findings_add(findings, SEVERITY_ERROR, &place, "%s", message);

    if (hint)
        finding_hint(finding, "%s", hint);
}

static gboolean refuse_shape(const char *file, const char *text, gsize size, Findings *findings)
{
    const Shape *shape = shape_of_bytes(text, size);

    if (shape)
        refuse(file, findings, shape->message, shape->hint);
    return shape != NULL;
}

/* The text of bytes whose encoding was found. NULL with an error. */
static GBytes *decode(const char *file, GBytes *bytes, const EncodingFound *found,
                      Findings *findings)
{
    g_autofree char *problem = NULL;
    g_autoptr(Decoding) decoding = decoding_new(found, &problem);
    gsize size, text_size;
    const char *data = g_bytes_get_data(bytes, &size), *text;
    DecodingFault fault;

    if (!decoding) {
        refuse(file, findings, problem, NULL);
        return NULL;
    }
    if (!decoding_push(decoding, data, size, &text, &text_size, &fault) ||
        !decoding_end(decoding, &fault)) {
        decoding_tell(&fault, found, file, findings);
        return NULL;
    }
    if (text == data + found->mark)
        return g_bytes_new_from_bytes(bytes, found->mark, text_size);
    return g_bytes_new(text, text_size);
}

GBytes *decoding_text(const char *file, GBytes *bytes, const char *wanted, EncodingFound *found,
                      Findings *findings)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *problem = NULL;
    g_autoptr(GBytes) text = NULL;

    if (refuse_shape(file, data, size, findings))
        return NULL;
    if (!encoding_find(data, size, TRUE, wanted, found, &problem)) {
        refuse(file, findings, problem, "or name the encoding, as in --encoding GB18030");
        return NULL;
    }
    text = decode(file, bytes, found, findings);
    if (!text)
        return NULL;
    data = g_bytes_get_data(text, &size);
    if (refuse_shape(file, data, size, findings))
        return NULL;
    encoding_tell(found, file, findings);
    return g_steal_pointer(&text);
}
