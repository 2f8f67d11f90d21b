/* Any bytes as an export: its encoding found and decoded in pieces, cut into records, its columns
 * described, without a fault of memory; whole and in pieces, UTF-8 and GLib agree. For libFuzzer:
 * `make fuzz`. */
#include <stdlib.h>
#include <string.h>

#include "intake/contents.h"
#include "intake/decoding.h"
#include "intake/delimiter.h"
#include "intake/encoding_utf8.h"
#include "intake/shape.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

enum { NAMES_LIMIT = 64 };

/* A table with the names of its columns. */
typedef struct {
    char *names[NAMES_LIMIT];
    guint n_names;
    Contents *contents;
    guint64 rows;
} Table;

/* abort() is a crash to the fuzzer, which then keeps the bytes. */
static void fail(const char *what)
{
    g_printerr("%s\n", what);
    abort();
}

/* The text that pieces of `piece` bytes decode to. */
static GString *decode(const EncodingFound *found, const char *data, gsize size, gsize piece)
{
    g_autofree char *problem = NULL;
    g_autoptr(Decoding) decoding = decoding_new(found, &problem);
    GString *whole = g_string_new(NULL);
    DecodingFault fault = { 0 };
    gboolean is_good = TRUE;

    if (!decoding)
        fail(problem);
    for (gsize at = 0; is_good && at < size; at += piece) {
        const char *text;
        gsize n;

        is_good = decoding_push(decoding, data + at, MIN(piece, size - at), &text, &n, &fault);
        g_string_append_len(whole, text, (gssize)n);
    }
    is_good = is_good && decoding_end(decoding, &fault);
    if (is_good && !g_utf8_validate_len(whole->str, whole->len, NULL))
        fail("what is decoded is not UTF-8");
    if (!is_good && (fault.line == 0 || fault.offset >= size))
        fail("a fault without a place");
    g_string_append(whole, is_good ? "" : "!");
    return whole;
}

/* In pieces the same text as whole; at a fault in UTF-8 a broken character may have been given. */
static void compare_pieces(const EncodingFound *found, const char *data, gsize size)
{
    GString *whole = decode(found, data, size, size + 1);

    for (gsize piece = 1; piece < 5; piece++) {
        GString *pieces = decode(found, data, size, piece);

        if (!g_str_has_suffix(whole->str, "!") && !g_string_equal(whole, pieces))
            fail("pieces decode to another text");
        g_string_free(pieces, TRUE);
    }
    g_string_free(whole, TRUE);
}

static void check_utf8(const char *data, gsize size)
{
    Utf8State state = { 0 };
    gsize good = encoding_utf8_check(&state, data, size);
    const char *end;

    g_utf8_validate_len(data, size, &end);
    if (good - (state.left > 0 ? state.seen : 0) != (gsize)(end - data))
        fail("GLib is of another opinion about UTF-8");
}

static gboolean take_record(const CsvRecord *record, gpointer data)
{
    Table *table = data;

    if (record->record == 0) {
        table->n_names = MIN(record->n_cells, NAMES_LIMIT - 1);
        for (guint i = 0; i < table->n_names; i++)
            table->names[i] = g_strdup(record->cells[i]);
        table->contents = contents_new(table->n_names);
        return TRUE;
    }
    for (guint i = 0; i < record->n_cells; i++)
        contents_cell(table->contents, record->cells[i], strlen(record->cells[i]));
    contents_row(table->contents);
    table->rows++;
    return TRUE;
}

static void count_cell(void *bytes, size_t size, void *data)
{
    (void)bytes;
    (void)size;
    (void)data;
}

static void count_row(int line_end, void *data)
{
    (void)line_end;
    ++*(guint64 *)data;
}

static void pass_quote(void *data)
{
    (void)data;
}

/* What one parser reads, the other reads, too, and sees as many records. */
static void compare_parsers(CsvText text, gboolean lenient)
{
    const CsvHandler handler = { count_cell, count_row, lenient ? pass_quote : NULL };
    g_autoptr(CsvParser) parser = csv_parser_new(text.delimiter);
    Table table = { 0 };
    guint64 rows = 0;
    gboolean is_csv;

    text.lenient = lenient;
    is_csv = csv_read(&text, take_record, &table, NULL);
    if (csv_parser_read(parser, text.text, text.size, &handler, &rows) != is_csv)
        fail("one parser takes it, the other does not");
    if (is_csv && rows != table.rows + (table.contents ? 1 : 0))
        fail("one parser sees other records");
    for (guint i = 0; i < table.n_names; i++)
        g_free(table.names[i]);
    contents_free(table.contents);
}

static void read_table(GBytes *decoded)
{
    g_autoptr(Findings) findings = findings_new();
    CsvText text = { .file = "fuzz.csv", .line = 1, .lenient = TRUE };
    Table table = { 0 };

    text.text = g_bytes_get_data(decoded, &text.size);
    delimiter_find(&text, NULL, NULL);
    if (!csv_read(&text, take_record, &table, findings) &&
        findings_of(findings, SEVERITY_ERROR) == 0)
        fail("refused without a finding");
    compare_parsers(text, FALSE);
    compare_parsers(text, TRUE);
    if (table.contents)
        shape_of_table((const char *const *)table.names, table.contents, (ShapeHints){ FALSE, 0 });
    for (guint i = 0; i < table.n_names; i++) {
        contents_personal(table.contents, i, table.names[i]);
        g_free(table.names[i]);
    }
    contents_free(table.contents);
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(Findings) findings = findings_new();
    EncodingFound found = { 0 };
    g_autoptr(GBytes) decoded = decoding_text("fuzz.csv", bytes, NULL, &found, findings);

    check_utf8((const char *)data, size);
    if (found.name)
        compare_pieces(&found, (const char *)data, size);
    if (decoded)
        read_table(decoded);
    else if (findings_of(findings, SEVERITY_ERROR) == 0)
        fail("refused without a finding");
    return 0;
}
