#include "intake/encoding.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/decoding.h"
#include "intake/encoding_utf8.h"
#include "intake/suite.h"

#define BYTES(text) text, sizeof text - 1

static EncodingFound find(const void *data, gsize size, const char *wanted)
{
    EncodingFound found;
    g_autofree char *problem = NULL;

    cr_assert(encoding_find(data, size, TRUE, wanted, &found, &problem), "%s", problem);
    return found;
}

Test(encoding, is_found_by_mark_then_zeros_then_validity_then_letters)
{
    static const struct {
        const char *data;
        gsize size;
        const char *name;
        EncodingReason reason;
        const char *also;
    } CASES[] = {
        { BYTES("question,answer\n"), "UTF-8", ENCODING_ASCII, "" },
        { BYTES(""), "UTF-8", ENCODING_ASCII, "" },
        { BYTES("\xef\xbb\xbfq,a\n"), "UTF-8", ENCODING_MARK, "" },
        { BYTES("\xef\xbb\xbfq,\xca\xc7\n"), "UTF-8", ENCODING_MARK, "" },
        { BYTES("\xff\xfeq\0,\0a\0"), "UTF-16LE", ENCODING_MARK, "" },
        { BYTES("\xfe\xff\0q\0,\0a"), "UTF-16BE", ENCODING_MARK, "" },
        { BYTES("\xff\xfe\0\0q\0\0\0"), "UTF-32LE", ENCODING_MARK, "" },
        { BYTES("\x84\x31\x95\x33q,\xca\xc7\n"), "GB18030", ENCODING_MARK, "" },
        { BYTES("q\0u\0,\0a\0\n\0"), "UTF-16LE", ENCODING_ZEROS, "" },
        { BYTES("\0q\0u\0,\0a\0\n"), "UTF-16BE", ENCODING_ZEROS, "" },
        /* U+4E00 brings a zero byte on the other side */
        { BYTES("q\0u\0e\0s\0t\0i\0o\0n\0,\0\0\x4e\n\0"), "UTF-16LE", ENCODING_ZEROS, "" },
        { BYTES("question,\xe6\x98\xaf\n"), "UTF-8", ENCODING_VALID, "" },
        { BYTES("question,answer\r\na,\xca\xc7\r\nb,\xce\xde\r\nc,\xb7\xf1\r\nd,\xca\xc7\r\n"),
          "GB18030", ENCODING_LETTERS, "" },
        { BYTES(
              "question,answer\na,\xac\x4f\nb,\xa7\x5f\nc,\xb5\x4c\nd,\xac\x4f\ne,\xa4\xa4\xa4\xe5"
              "\xaa\xba\xb0\xdd\xa8\xf7\n"),
          "Big5", ENCODING_LETTERS, "" },
        /* these would do as GB18030 */
        { BYTES("company,M\xfcller & S\xf6hne\n"), "Windows-1252", ENCODING_GUESS, "GB18030" },
        /* these would not, but uchardet has another opinion */
        { BYTES("question,it\x92s a caf\xe9\n"), "Windows-1252", ENCODING_GUESS, "WINDOWS-1250" },
        /* two letters prove nothing */
        { BYTES("question,\xca\xc7\n"), "GB18030", ENCODING_GUESS, "Windows-1252" },
        { BYTES("question,answer\nb,n\0o\n"), "UTF-8", ENCODING_VALID, "" },
        { BYTES("question,answer\nb,\x81\x20\x8d\n"), "UTF-8", ENCODING_NONE, "" },
        /* one bad byte in UTF-8 does not make it another encoding */
        { BYTES("\xe6\x98\xaf\xe6\x98\xaf\xe6\x98\xaf\xe6\x98\xaf\xe6\x98\xaf,caf\xe9\n"), "UTF-8",
          ENCODING_NONE, "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        EncodingFound found = find(CASES[i].data, CASES[i].size, NULL);

        cr_expect(eq(str, (char *)found.name, (char *)CASES[i].name), "case %u", i);
        cr_expect(eq(int, (int)found.reason, (int)CASES[i].reason), "case %u", i);
        cr_expect(eq(str, (char *)(found.also ? found.also : ""), (char *)CASES[i].also), "case %u",
                  i);
    }
}

Test(encoding, of_published_files)
{
    static const struct {
        const char *path, *name;
    } CASES[] = {
        { "suites/encodings/chardet/tests/UTF-16/bom-utf-16-be.srt", "UTF-16BE" },
        { "suites/encodings/chardet/tests/UTF-16/bom-utf-16-le.srt", "UTF-16LE" },
        { "suites/encodings/chardet/tests/UTF-16BE/nobom-utf16be.txt", "UTF-16BE" },
        { "suites/encodings/chardet/tests/UTF-16LE/nobom-utf16le.txt", "UTF-16LE" },
        { "suites/encodings/chardet/tests/GB2312/_mozilla_bug171813_text.html", "GB18030" },
        { "suites/encodings/chardet/tests/GB2312/"
          "_chromium_gb18030_with_no_encoding_specified.html.xml",
          "GB18030" },
        { "suites/encodings/chardet/tests/Big5/_chromium_Big5_with_no_encoding_specified.html",
          "Big5" },
        { "suites/encodings/charset_normalizer/sample-chinese.txt", "Big5" },
        { "suites/encodings/charset_normalizer/sample-korean.txt", "UHC" },
        { "suites/rust-csv/uspop-latin1.csv", "Windows-1252" },
        { "exports/microsoftforms/Hot-Dog-Form-Fa24.csv", "Windows-1252" },
        { "synthetic/wenjuanxing_text_gb18030.csv", "GB18030" },
        { "suites/encodings/chardet/tests/utf-8-sig/bom-utf-8.srt", "UTF-8" },
        { "suites/encodings/charset_normalizer/sample-english.bom.txt", "UTF-8" },
        { "synthetic/tencent_utf8bom.csv", "UTF-8" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GBytes) bytes = suite_bytes(CASES[i].path);
        gsize size;
        const void *data = g_bytes_get_data(bytes, &size);
        EncodingFound found = find(data, size, NULL);

        cr_expect(eq(str, (char *)found.name, (char *)CASES[i].name), "%s, %s, also %s",
                  CASES[i].path, encoding_reason_id(found.reason), found.also ? found.also : "-");
    }
}

Test(encoding, goes_by_the_names_that_people_use)
{
    static const char *const CASES[][2] = {
        { "gbk", "GB18030" },
        { "GB-2312", "GB18030" },
        { "cp936", "GB18030" },
        { "utf8", "UTF-8" },
        { "UTF-8-SIG", "UTF-8" },
        { "big-5", "Big5" },
        { "ISO-8859-1", "Windows-1252" },
        { "utf-16le", "UTF-16LE" },
        { "EUC-KR", "EUC-KR" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        cr_expect(eq(str, (char *)encoding_name(CASES[i][0]), (char *)CASES[i][1]));
    cr_expect(eq(ptr, (void *)encoding_name("klingon"), NULL));
}

Test(encoding, named_by_a_person_overrides_and_keeps_no_foreign_mark)
{
    EncodingFound found = find(BYTES("\xef\xbb\xbfq"), "GB18030");

    cr_expect(eq(sz, found.mark, 0));
    found = find(BYTES("\xef\xbb\xbfq"), "UTF-8");
    cr_expect(eq(sz, found.mark, 3));
    cr_expect(eq(int, (int)found.reason, ENCODING_NAMED));
}

/* ---- UTF-8 ---- */

/* GLib's opinion of the whole text, NUL refused. */
static gsize good_by_glib(const char *text, gsize size)
{
    const char *end;

    g_utf8_validate_len(text, size, &end);
    return (gsize)(end - text);
}

/* Where the character begins at which our check of pieces of `piece` bytes stops. */
static gsize good_by_us(const char *text, gsize size, gsize piece)
{
    Utf8State state = { 0 };
    gsize at = 0;

    while (at < size) {
        gsize most = MIN(piece, size - at), n = encoding_utf8_check(&state, text + at, most);

        at += n;
        if (n < most)
            break;
    }
    return at - (state.left > 0 ? state.seen : 0);
}

Test(encoding, knows_every_wrong_utf8_whatever_it_is_cut_to)
{
    static const char *const PARTS[] = {
        "",
        "a",
        "\xc3\xa9",
        "\xe6\x98\xaf",
        "\xf0\x9f\x98\x80",
        "\xc3",
        "\xe6\x98",
        "\xf0\x9f",
        "\xc0\xaf",
        "\xc1\xbf",
        "\xe0\x9f\xbf",
        "\xe0\xa0\x80",
        "\xed\xa0\x80",
        "\xed\x9f\xbf",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\x80",
        "\xbf",
        "\xff",
        "\xfe",
        "\xee\x80\x80",
        "\xef\xbf\xbf",
    };
    static const guint FILLS[] = { 0, 1, 3, 15, 63, 64, 65, 130 };

    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++)
        for (guint j = 0; j < G_N_ELEMENTS(PARTS); j++)
            for (guint k = 0; k < G_N_ELEMENTS(FILLS); k++) {
                g_autoptr(GString) text = g_string_new(NULL);
                gsize good;

                for (guint n = 0; n < FILLS[k]; n++)
                    g_string_append_c(text, 'x');
                g_string_append(text, PARTS[i]);
                g_string_append(text, PARTS[j]);
                g_string_append(text, "tail");
                good = good_by_glib(text->str, text->len);
                for (gsize piece = 1; piece < 6; piece++)
                    cr_expect(eq(sz, good_by_us(text->str, text->len, piece), good), "%u %u %u", i,
                              j, k);
                cr_expect(eq(sz, good_by_us(text->str, text->len, 1000), good), "%u %u %u", i, j,
                          k);
            }
}

Test(encoding, knows_a_nul_at_every_place)
{
    char text[200];

    for (gsize i = 0; i < sizeof text; i++) {
        memset(text, 'x', sizeof text);
        text[i] = '\0';
        cr_expect(eq(sz, good_by_us(text, sizeof text, sizeof text), i));
    }
}

Test(encoding, counts_lines_of_all_kinds_whatever_they_are_cut_to)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);

    for (guint i = 0; i < 9000; i++)
        g_string_append_c(text, "\r\n\rab\n"[g_rand_int_range(dice, 0, 6)]);
    for (gsize piece = 1; piece < 10000; piece = piece * 3 + 1) {
        LineCount count = { 0 };
        guint64 ends = 0;

        for (gsize at = 0; at < text->len; at += piece)
            encoding_count_lines(&count, text->str + at, MIN(piece, text->len - at));
        for (gsize i = 0; i < text->len; i++)
            ends += text->str[i] == '\n' || (text->str[i] == '\r' && text->str[i + 1] != '\n');
        cr_expect(eq(u64, count.ends, ends), "pieces of %zu", piece);
    }
}
