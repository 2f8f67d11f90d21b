#include "intake/decoding.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/suite.h"

#define SAVE_AS "[in Excel: File, Save As, \"CSV UTF-8 (Comma delimited)\"; in WPS likewise]"
#define NAME_IT "[name the encoding, as in --encoding GB18030, or save the file as \"CSV UTF-8\"]"
#define BYTES(text) text, sizeof text - 1

/* What is said of the bytes of a file. */
static char *told_of(const void *data, gsize size)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    EncodingFound found;
    g_autoptr(GBytes) text = decoding_text("a.csv", bytes, NULL, &found, findings);

    cr_expect(eq(int, text == NULL, findings_of(findings, SEVERITY_ERROR) > 0));
    return suite_told(findings);
}

Test(decoding, names_what_is_not_text_and_how_to_mend_it)
{
    static const struct {
        const char *data;
        gsize size;
        const char *told;
    } CASES[] = {
        { BYTES(""), "error a.csv:0:0: the file is empty "
                     "[expected a header such as question,answer and rows below it]" },
        { BYTES("\xef\xbb\xbf"), "error a.csv:0:0: the file is empty but for its byte order mark "
                                 "[expected a header such as question,answer and rows below it]" },
        { BYTES(" \r\n\n"), "error a.csv:0:0: the file has nothing but blank lines "
                            "[expected a header such as question,answer and rows below it]" },
        { BYTES("\xff\xfe"), "error a.csv:0:0: the file is empty "
                             "[expected a header such as question,answer and rows below it]" },
        { BYTES("PK\x03\x04\x14\0\x06\0"), "error a.csv:0:0: this is a spreadsheet (.xlsx) or "
                                           "another ZIP file, not CSV text " SAVE_AS },
        { BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
          "error a.csv:0:0: this is an old spreadsheet (.xls), not CSV text " SAVE_AS },
        { BYTES("%PDF-1.7\n%\xe2\xe3"), "error a.csv:0:0: this is a PDF, not CSV text "
                                        "[give the sheet or table that it was made from]" },
        { BYTES("\n <!DOCTYPE html><html>"),
          "error a.csv:0:0: this is a web page or XML, not CSV text " SAVE_AS },
        { BYTES("<table><tr><td>question"),
          "error a.csv:0:0: this is a web page or XML, not CSV text " SAVE_AS },
        { BYTES("\xff\xfe<\0h\0t\0m\0l\0"),
          "error a.csv:0:0: this is a web page or XML, not CSV text " SAVE_AS },
        { BYTES("question,answer\na,yes\nb,n\0o\n"),
          "error a.csv:3:0: line 3 holds a NUL byte: this is not text "
          "[export the file again: it may be damaged]" },
        { BYTES("\xff\xfeq\0\n\0\0\0"),
          "error a.csv:2:0: line 2 holds a NUL byte: this is not text "
          "[export the file again: it may be damaged]" },
        { BYTES("question,answer\na,\x81\x20\n"),
          "error a.csv:2:0: byte 0x81 in line 2 is not UTF-8 (byte 19 of the file) " NAME_IT },
        { BYTES("\xff\xfeq\0\n\0\x00\xd8q\0"),
          "error a.csv:2:0: byte 0x00 in line 2 is not UTF-16LE (byte 7 of the file) "
          "[name another encoding, as in --encoding GB18030, or leave it out]" },
        { BYTES("\xff\xfeq\0\n"),
          "error a.csv:1:0: byte 0x0A in line 1 is not UTF-16LE: the file ends within a character "
          "(byte 5 of the file) "
          "[name another encoding, as in --encoding GB18030, or leave it out]" },
        { BYTES("question,answer\r\na,\xca\xc7\r\nb,\xce\xde\r\nc,\xca\xc7\r\nd,\xce\xde\r\n"),
          "note a.csv:0:0: read as GB18030" },
        { BYTES("question,answer\na,yes\rcompany,M\xfcller & S\xf6hne\n"),
          "warning a.csv:0:0: read as Windows-1252 by a guess: it may be GB18030 "
          "[name the encoding to be sure, as in --encoding GB18030]" },
        { BYTES("\xef\xbb\xbfquestion,answer\na,\xe6\x98\xaf\n"), "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *told = told_of(CASES[i].data, CASES[i].size);

        cr_expect(eq(str, told, (char *)CASES[i].told), "case %u", i);
    }
}

/* The text of a file given in pieces, then "!" with line, offset and byte of the fault if there is
 * one. */
static char *decode(const char *data, gsize size, const char *name, gsize piece)
{
    EncodingFound found = { .name = name, .reason = ENCODING_NAMED };
    g_autofree char *problem = NULL;
    g_autoptr(Decoding) decoding = decoding_new(&found, &problem);
    GString *whole = g_string_new(NULL);
    DecodingFault fault;
    gboolean is_good = TRUE;

    cr_assert(decoding != NULL, "%s", problem);
    for (gsize at = 0; is_good && at < size; at += piece) {
        const char *text;
        gsize n;

        is_good = decoding_push(decoding, data + at, MIN(piece, size - at), &text, &n, &fault);
        g_string_append_len(whole, text, (gssize)n);
    }
    if (is_good)
        is_good = decoding_end(decoding, &fault);
    if (!is_good)
        g_string_append_printf(whole, "!%d,%d,%02X", (int)fault.line, (int)fault.offset,
                               fault.byte);
    return g_string_free(whole, FALSE);
}

Test(decoding, gives_the_same_text_whatever_the_pieces)
{
    static const char *const NAMES[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5" };
    static const char LINE[] = "company,\xe4\xb8\xad\xe6\x96\x87,\xe5\x95\x8f\xe5\x8d\xb7,x\r\n";
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 40; i++)
        g_string_append(text, LINE);
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        gsize size;
        g_autofree char *data =
            g_convert(text->str, (gssize)text->len, NAMES[i], "UTF-8", NULL, &size, NULL);

        cr_assert(ne(ptr, data, NULL));
        for (gsize piece = 1; piece < 3000; piece = piece < 9 ? piece + 1 : piece * 2) {
            g_autofree char *decoded = decode(data, size, NAMES[i], piece);

            cr_expect(eq(str, decoded, text->str), "%s in pieces of %zu", NAMES[i], piece);
        }
    }
}

Test(decoding, finds_the_same_fault_whatever_the_pieces)
{
    static const struct {
        const char *data;
        gsize size;
        const char *name, *ends;
    } CASES[] = {
        { BYTES("ab\ncd\r\ne\xe6\x98z\n"), "UTF-8", "!3,8,E6" },
        { BYTES("ab\ncd\r\ne\xffz\n"), "UTF-8", "!3,8,FF" },
        { BYTES("ab\ncd\r\ne\xe6\x98"), "UTF-8", "!3,8,E6" },
        { BYTES("ab\rcd\re\xf0\x9f\x98z"), "UTF-8", "!3,7,F0" },
        { BYTES("ab\ncd\n\xca\xc7\xff\xffz\n"), "GB18030", "!3,8,FF" },
        { BYTES("ab\ncd\n\xca\xc7\xca"), "GB18030", "!3,8,CA" },
        { BYTES("a\nb\x81"), "Windows-1252", "!2,3,81" },
        { BYTES("a\0\n\0\x00\xdc"), "UTF-16LE", "!2,4,00" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        for (gsize piece = 1; piece < 12; piece++) {
            g_autofree char *decoded = decode(CASES[i].data, CASES[i].size, CASES[i].name, piece);
            const char *fault = strchr(decoded, '!');

            cr_expect(eq(str, (char *)(fault ? fault : ""), (char *)CASES[i].ends),
                      "case %u in pieces of %zu", i, piece);
        }
}

Test(decoding, tells_of_a_nul_by_line_and_piece)
{
    static const char DATA[] = "M\xfcller\nab,\0cd\n";
    EncodingFound found = { .name = "Windows-1252", .reason = ENCODING_GUESS };
    g_autofree char *problem = NULL;
    g_autoptr(Decoding) decoding = decoding_new(&found, &problem);
    const char *text;
    gsize n;
    DecodingFault fault;

    cr_assert(decoding_push(decoding, DATA, 4, &text, &n, &fault));
    cr_expect(
        eq(int, decoding_push(decoding, DATA + 4, sizeof DATA - 5, &text, &n, &fault), FALSE));
    cr_expect(fault.is_nul);
    cr_expect(eq(u64, fault.line, 2));
    cr_expect(eq(u64, fault.offset, 4));
    cr_expect(eq(sz, n, 6), "what stands before it is given");
}

Test(decoding, leaves_the_mark_out_in_pieces_too)
{
    EncodingFound found = { .name = "UTF-8", .mark = 3 };
    g_autofree char *problem = NULL;
    g_autoptr(Decoding) decoding = decoding_new(&found, &problem);
    g_autoptr(GString) whole = g_string_new(NULL);
    static const char DATA[] = "\xef\xbb\xbfquestion";
    DecodingFault fault;

    for (gsize i = 0; i < sizeof DATA - 1; i++) {
        const char *text;
        gsize n;

        cr_expect(decoding_push(decoding, DATA + i, 1, &text, &n, &fault));
        g_string_append_len(whole, text, (gssize)n);
    }
    cr_expect(eq(str, whole->str, "question"));
}

Test(decoding, does_not_copy_utf8)
{
    static const char DATA[] = "\xef\xbb\xbfq,\xe6\x98\xaf\n";
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new_static(BYTES(DATA));
    EncodingFound found;
    g_autoptr(GBytes) text = decoding_text("a.csv", bytes, NULL, &found, findings);
    gsize size;

    cr_expect(eq(ptr, (void *)g_bytes_get_data(text, &size), (void *)(DATA + 3)));
    cr_expect(eq(sz, size, sizeof DATA - 1 - 3));
}

Test(decoding, goes_on_behind_what_does_not_decode_where_that_is_sound)
{
    static const struct {
        const char *encoding, *bytes;
        gsize size;
        const char *text;
        gsize text_size;
    } cases[] = {
        { "UTF-8", "a\xe4\xb8,b\0c\n", 8, "a\xe4\xb8,b\0c\n", 8 },
        { "GB18030", "\xd6\xd0\x81,\"\x81\n", 7, "\xe4\xb8\xad\xff,\"\xff\n", 8 },
        { "BIG5", "\xa4\xa4\xa4,x\n", 6, "\xe4\xb8\xad\xff,x\n", 7 },
        { "windows-1252", "a\x81,b", 4, "a\xff,b", 4 },
        { "UTF-16LE", "a\0\0\xdc,\0b", 7, "a\xff,\xff", 4 },
        { "GB18030", "a\xd6", 2, "a\xff", 2 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const EncodingFound found = { .name = cases[i].encoding };
        g_autofree char *problem = NULL;
        g_autoptr(Decoding) decoding = decoding_new(&found, &problem);
        DecodingFault fault;
        const char *text;
        gsize size;

        cr_assert(decoding && decoding_tolerate(decoding));
        cr_assert(decoding_push(decoding, cases[i].bytes, cases[i].size, &text, &size, &fault));
        decoding_end_tolerant(decoding, &text, &size);
        cr_assert(eq(sz, size, cases[i].text_size), "case %u", i);
        cr_expect(eq(int, memcmp(text, cases[i].text, size), 0), "case %u", i);
    }
}

Test(decoding, tolerates_nothing_where_what_follows_is_not_sure)
{
    const EncodingFound found = { .name = "SHIFT_JIS" };
    g_autofree char *problem = NULL;
    g_autoptr(Decoding) decoding = decoding_new(&found, &problem);
    DecodingFault fault;
    const char *text;
    gsize size;

    cr_assert(decoding != NULL);
    cr_expect(not(decoding_tolerate(decoding)));
    cr_expect(not(decoding_push(decoding, "a\x8e\x03", 3, &text, &size, &fault)));
}
