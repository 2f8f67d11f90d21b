#include "intake/encoding.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/suite.h"

#define SAVE_AS "[in Excel: File, Save As, \"CSV UTF-8 (Comma delimited)\"; in WPS likewise]"
#define BYTES(text) text, sizeof text - 1

/* What is said of the bytes; "" if they are text. */
static char *told_of(const void *data, gsize size)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    gsize text_size;
    const char *text = encoding_text("a.csv", bytes, &text_size, findings);
    char *told = suite_told(findings);

    cr_expect(eq(int, text != NULL, *told == '\0'), "%s", told);
    return told;
}

Test(encoding, takes_utf8_and_leaves_its_byte_order_mark_out)
{
    static const char TEXT[] = "\xef\xbb\xbfquestion,answer\na,\xe6\x98\xaf\n";
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new_static(BYTES(TEXT));
    gsize size;
    const char *text = encoding_text("a.csv", bytes, &size, findings);

    cr_assert(ne(ptr, (void *)text, NULL));
    cr_expect(eq(sz, size, sizeof TEXT - 1 - 3));
    cr_expect(eq(int, memcmp(text, "question", 8), 0));
    cr_expect(eq(u32, findings_count(findings), 0));
}

Test(encoding, names_what_is_not_text_and_how_to_mend_it)
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
        { BYTES("\xff\xfeq\0,\0a\0"),
          "error a.csv:1:0: the file is not UTF-8: it is probably UTF-16LE, as Excel saves "
          "\"Unicode Text\" " SAVE_AS },
        { BYTES("\xfe\xff\0q\0,\0a"),
          "error a.csv:1:0: the file is not UTF-8: it is probably UTF-16BE, as Excel saves "
          "\"Unicode Text\" " SAVE_AS },
        { BYTES("q\0u\0,\0a\0\n\0"),
          "error a.csv:1:0: the file is not UTF-8: it is probably UTF-16LE, as Excel saves "
          "\"Unicode Text\" " SAVE_AS },
        { BYTES("question,answer\na,yes\nb,n\0o\n"),
          "error a.csv:3:0: line 3 holds a NUL byte: this is not text "
          "[export the file again: it may be damaged]" },
        { BYTES("question,answer\r\na,\xca\xc7\r\nb,\xce\xde\r\n"),
          "error a.csv:2:0: the file is not UTF-8: it is probably GB18030, as Excel and WPS save "
          "in "
          "China (byte 0xCA in line 2) " SAVE_AS },
        { BYTES("question,answer\na,yes\rcompany,M\xfcller & S\xf6hne\n"),
          "error a.csv:3:0: the file is not UTF-8: it is probably Windows-1252 (byte 0xFC in line "
          "3) " SAVE_AS },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *told = told_of(CASES[i].data, CASES[i].size);

        cr_expect(eq(str, told, (char *)CASES[i].told), "case %u", i);
    }
}

Test(encoding, names_the_encodings_of_published_files)
{
    static const struct {
        const char *path, *says;
    } CASES[] = {
        { "suites/encodings/chardet/tests/UTF-16/bom-utf-16-be.srt", "UTF-16BE" },
        { "suites/encodings/chardet/tests/UTF-16/bom-utf-16-le.srt", "UTF-16LE" },
        { "suites/encodings/chardet/tests/UTF-16BE/nobom-utf16be.txt", "UTF-16BE" },
        { "suites/encodings/chardet/tests/UTF-16LE/nobom-utf16le.txt", "UTF-16LE" },
        { "suites/encodings/chardet/tests/GB2312/_mozilla_bug171813_text.html", "web page" },
        { "suites/encodings/charset_normalizer/sample-chinese.txt", "Big5" },
        { "suites/rust-csv/uspop-latin1.csv", "Windows-1252" },
        { "exports/microsoftforms/Hot-Dog-Form-Fa24.csv", "Windows-1252" },
        { "synthetic/wenjuanxing_text_gb18030.csv", "GB18030" },
        { "suites/encodings/chardet/tests/utf-8-sig/bom-utf-8.srt", "" },
        { "suites/encodings/charset_normalizer/sample-english.bom.txt", "" },
        { "synthetic/tencent_utf8bom.csv", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GBytes) bytes = suite_bytes(CASES[i].path);
        gsize size;
        const void *data = g_bytes_get_data(bytes, &size);
        g_autofree char *told = told_of(data, size);

        if (*CASES[i].says)
            cr_expect(strstr(told, CASES[i].says) != NULL, "%s: %s", CASES[i].path, told);
        else
            cr_expect(eq(str, told, ""), "%s", CASES[i].path);
    }
}
