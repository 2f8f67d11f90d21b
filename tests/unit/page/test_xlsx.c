#include "page/xlsx.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "page/package.h"

static const XlsxLook PLAIN = { .wrap = TRUE };
static const XlsxInfo INFO = { .title = "A title", .date = 739580 };

static GBytes *made(const char *text, Findings *findings)
{
    g_autoptr(Xlsx) xlsx = xlsx_new(NULL);
    g_autoptr(GError) error = NULL;
    GBytes *bytes;

    xlsx_sheet(xlsx, "One");
    xlsx_text(xlsx, 0, 0, text, &PLAIN);
    xlsx_decimal(xlsx, 1, 0, "87.6", 0, TRUE, &PLAIN);
    xlsx_day(xlsx, 2, 0, INFO.date, &PLAIN);
    xlsx_tell_cut(xlsx, findings);
    bytes = xlsx_finish(xlsx, &INFO, &error);
    cr_assert_not_null(bytes, "%s", error ? error->message : "");
    return bytes;
}

Test(xlsx, gives_the_same_bytes_for_the_same_calls)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) first = made("=1+1", findings);
    g_autoptr(GBytes) second = made("=1+1", findings);

    cr_assert(g_bytes_equal(first, second));
    cr_assert(eq(u32, findings_count(findings), 0));
}

Test(xlsx, cuts_a_text_at_what_a_cell_takes_and_says_so)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *fits = g_strnfill(XLSX_TEXT_LIMIT, 'x');
    g_autofree char *beyond = g_strnfill(XLSX_TEXT_LIMIT + 1, 'x');
    g_autoptr(GBytes) first = made(fits, findings);
    g_autoptr(GBytes) second = NULL;

    cr_assert(eq(u32, findings_count(findings), 0));
    second = made(beyond, findings);
    cr_assert(eq(u32, findings_count(findings), 1));
    cr_assert(
        eq(str, findings_at(findings, 0)->message,
           "a cell takes 32767 characters: longer texts are cut, here 1, the first in One!A1"));
}

Test(xlsx, counts_characters_as_a_spreadsheet_does)
{
    g_autoptr(Findings) findings = findings_new();
    GString *faces = g_string_new(NULL);
    g_autoptr(GBytes) bytes = NULL;

    for (guint i = 0; i < XLSX_TEXT_LIMIT / 2 + 1; i++)
        g_string_append(faces, "\xf0\x9f\x98\x80"); /* two units each */
    bytes = made(faces->str, findings);
    cr_assert(eq(u32, findings_count(findings), 1));
    g_string_free(faces, TRUE);
}

Test(xlsx, takes_any_name_for_a_sheet)
{
    static const char *const NAMES[] = {
        "",
        "",
        "a/b",
        "A B",
        "'quoted'",
        "a name that is longer than a sheet of any workbook may have",
        "a name that is longer than a sheet of any workbook might have",
        "[x]:*?\\"
    };
    g_autoptr(Xlsx) xlsx = xlsx_new(NULL);
    g_autoptr(GBytes) bytes = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        xlsx_sheet(xlsx, NAMES[i]);
        xlsx_text(xlsx, 0, 0, NAMES[i], &PLAIN);
    }
    bytes = xlsx_finish(xlsx, &INFO, NULL);
    cr_assert_not_null(bytes);
}

Test(package, is_whole_only_if_every_part_is)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = made("text", findings);
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    cr_assert(package_is_whole(data, size));
    for (gsize cut = 0; cut < size; cut += 7)
        cr_assert_not(package_is_whole(data, cut), "cut at %zu", cut);
    cr_assert_not(package_is_whole("PK", 2));
}

/* A byte that is changed is found out or changes a text, but never leads outside the package. */
Test(package, is_read_within_its_bounds)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = made("text", findings);
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    guint refused = 0;

    for (gsize at = 0; at < size; at += 3) {
        g_autofree char *changed = g_memdup2(data, size);

        changed[at] = (char)(changed[at] ^ 0xff);
        refused += !package_is_whole(changed, size);
    }
    cr_assert(gt(u32, refused, 0));
}
