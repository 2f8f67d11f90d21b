#include "batch/stream.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Text of several heads. */
static GString *long_text(void)
{
    GString *text = g_string_new("company,answer\n");

    while (text->len < 2 * STREAM_HEAD + 12345)
        g_string_append_printf(text, "\xe7\xa4\xba\xe4\xbe\x8b %zu,\xe6\x98\xaf\n", text->len);
    return text;
}

/* What a stream gives of these bytes, read in pieces; `told`: what it stops at. */
static GString *give(const char *bytes, gsize size, EncodingFound *found, DecodingFault *told)
{
    g_autofree char *path = g_strdup("stream-XXXXXX");
    g_autofree char *piece = g_malloc(1024 * 1024);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Stream) stream = NULL;
    GString *text = g_string_new(NULL);
    gssize n;

    close(g_mkstemp(path));
    cr_assert(g_file_set_contents(path, bytes, (gssize)size, NULL));
    stream = stream_open(path, NULL, NULL);
    g_unlink(path);
    cr_assert(stream_decode(stream, NULL, found, findings, NULL));
    for (guint i = 1; (n = stream_read(stream, piece, i < 20 ? i * 7 : 300000 + i, NULL)) > 0; i++)
        g_string_append_len(text, piece, n);
    cr_expect(eq(int, (int)n, 0));
    cr_expect(eq(int, (int)stream_read(stream, piece, 10, NULL), 0), "it stays at its end");
    *told = stream_fault(stream) ? *stream_fault(stream) : (DecodingFault){ 0 };
    return text;
}

Test(stream, gives_every_encoding_as_the_same_text)
{
    static const char *const NAMES[] = { "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE" };
    GString *text = long_text();

    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        gsize size;
        g_autofree char *bytes =
            g_convert(text->str, (gssize)text->len, NAMES[i], "UTF-8", NULL, &size, NULL);
        EncodingFound found;
        DecodingFault fault;
        GString *given = give(bytes, size, &found, &fault);

        cr_expect(eq(str, (char *)found.name, (char *)NAMES[i]));
        cr_expect(eq(sz, given->len, text->len), "%s", NAMES[i]);
        cr_expect(eq(int, memcmp(given->str, text->str, MIN(given->len, text->len)), 0));
        cr_expect(eq(u64, fault.line, 0));
        g_string_free(given, TRUE);
    }
    g_string_free(text, TRUE);
}

Test(stream, stops_before_a_byte_that_does_not_decode)
{
    GString *text = long_text();
    gsize good = text->len;
    guint64 line = 1;
    EncodingFound found;
    DecodingFault fault;
    GString *given;

    for (gsize i = 0; i < text->len; i++)
        line += text->str[i] == '\n';
    g_string_append(text, "\xff,no\n");
    given = give(text->str, text->len, &found, &fault);
    cr_expect(eq(sz, given->len, good));
    cr_expect(eq(u64, fault.line, line));
    cr_expect(eq(u64, fault.offset, good));
    g_string_free(given, TRUE);
    g_string_truncate(text, good);
    g_string_append(text, "a,\xe6\x98");
    given = give(text->str, text->len, &found, &fault);
    cr_expect(fault.is_cut);
    cr_expect(eq(u64, fault.offset, good + 2));
    g_string_free(given, TRUE);
    g_string_free(text, TRUE);
}

Test(stream, leaves_the_mark_out_and_says_where_the_text_begins)
{
    g_autofree char *path = g_strdup("stream-XXXXXX");
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Stream) stream = NULL;
    EncodingFound found;
    gsize size;
    gboolean is_whole;

    close(g_mkstemp(path));
    cr_assert(g_file_set_contents(path,
                                  "\xef\xbb\xbf"
                                  "a,b\n",
                                  -1, NULL));
    stream = stream_open(path, NULL, NULL);
    g_unlink(path);
    cr_assert(stream_decode(stream, NULL, &found, findings, NULL));
    cr_expect(eq(int, memcmp(stream_head(stream, &size, &is_whole, NULL), "a,b\n", 4), 0));
    cr_expect(eq(sz, size, 4));
    cr_expect(is_whole);
}

Test(stream, refuses_what_is_no_text)
{
    g_autofree char *path = g_strdup("stream-XXXXXX");
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Stream) stream = NULL;
    EncodingFound found;

    close(g_mkstemp(path));
    cr_assert(g_file_set_contents(path, "PK\x03\x04 and more", -1, NULL));
    stream = stream_open(path, NULL, NULL);
    g_unlink(path);
    cr_expect(eq(int, stream_decode(stream, NULL, &found, findings, NULL), FALSE));
    cr_assert(eq(u32, findings_count(findings), 1));
    cr_expect(strstr(findings_at(findings, 0)->message, "spreadsheet") != NULL);
}
