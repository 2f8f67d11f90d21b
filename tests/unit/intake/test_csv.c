#include "intake/csv.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/intake.h"
#include "intake/suite.h"

static gboolean print_record(const CsvRecord *record, gpointer data)
{
    GString *out = data;

    g_string_append_printf(out, "%u@%u:", record->record, record->line);
    for (guint i = 0; i < record->n_cells; i++)
        g_string_append_printf(out, "[%s]", record->cells[i]);
    g_string_append_c(out, ';');
    return TRUE;
}

/* Records as "record@line:[cell][cell];", then what is told. */
static char *read_text(const CsvText *csv)
{
    g_autoptr(Findings) findings = findings_new();
    GString *out = g_string_new(NULL);
    gboolean is_read = csv_read(csv, print_record, out, findings);
    g_autofree char *told = suite_told(findings);

    cr_expect(eq(int, is_read, findings_of(findings, SEVERITY_ERROR) == 0));
    g_string_append(out, told);
    return g_string_free(out, FALSE);
}

static char *read_as_text(const char *text, gsize size, char delimiter)
{
    return read_text(&(CsvText){
        .file = "a.csv", .text = text, .size = size, .line = 1, .delimiter = delimiter });
}

static char *read_leniently(const char *text)
{
    return read_text(&(CsvText){ .file = "a.csv",
                                 .text = text,
                                 .size = strlen(text),
                                 .line = 1,
                                 .delimiter = ',',
                                 .lenient = TRUE });
}

Test(csv, gives_records_with_the_line_where_they_begin)
{
    static const struct {
        const char *text, *records;
        char delimiter;
    } CASES[] = {
        { "a,b\n1,2\n", "0@1:[a][b];1@2:[1][2];", ',' },
        { "a,b\n1,2", "0@1:[a][b];1@2:[1][2];", ',' },
        { "a,b\r\n1,2\r\n", "0@1:[a][b];1@2:[1][2];", ',' },
        { "a,b\r1,2\r", "0@1:[a][b];1@2:[1][2];", ',' },
        { "a;b\n1,5;2\n", "0@1:[a][b];1@2:[1,5][2];", ';' },
        { "a\tb\n1\t2\n", "0@1:[a][b];1@2:[1][2];", '\t' },
        { "\n\na,b\n\n\r\n1,2\n", "0@3:[a][b];1@6:[1][2];", ',' },
        { "a,\"b\nc\"\nd,e\n", "0@1:[a][b\nc];1@3:[d][e];", ',' },
        { "a,\"b\r\n\r\nc\"\r\nd,e\n", "0@1:[a][b\r\n\r\nc];1@4:[d][e];", ',' },
        { "\"\n\"\nd\n", "0@1:[\n];1@3:[d];", ',' },
        { "a,\"he said \"\"hi\"\"\"\n", "0@1:[a][he said \"hi\"];", ',' },
        { " a , b \n", "0@1:[ a ][ b ];", ',' },
        { ",\n", "0@1:[][];", ',' },
        { "\"\"\n", "0@1:[];", ',' },
        { "", "", ',' },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *records =
            read_as_text(CASES[i].text, strlen(CASES[i].text), CASES[i].delimiter);

        cr_expect(eq(str, records, (char *)CASES[i].records), "case %u", i);
    }
}

Test(csv, refuses_with_the_place_where_a_quote_opened)
{
    static const struct {
        const char *text, *ends;
    } CASES[] = {
        { "a,b\n1,\"2\n3,4\n",
          "error a.csv:2:2: the quote that opens in record 1, line 2, is never closed "
          "[close it, or write a quote that belongs to the text twice]" },
        { "a,\"b", "error a.csv:1:2: the quote that opens in the header, line 1, is never closed "
                   "[close it, or write a quote that belongs to the text twice]" },
        { "a,b\n\"x\ny\",\"2\n3,4",
          "error a.csv:3:2: the quote that opens in record 1, line 3, is never closed "
          "[close it, or write a quote that belongs to the text twice]" },
        { "a,b\n1,it\"s\n", "error a.csv:2:2: a quote stands inside an unquoted cell of record 1 "
                            "[put the whole cell in quotes and write each quote inside it twice]" },
        { "a,b\n1,\"2\"3\n",
          "error a.csv:2:2: text follows the closing quote of a cell of record 1 "
          "[a quote inside a quoted cell is written twice]" },
        { "a,b\n1,\"2\n3,4\n5,\"6\"\n", "error a.csv:4:2: text follows the closing quote of a cell "
                                        "of record 1 that opens in line 2 "
                                        "[a quote inside a quoted cell is written twice]" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *told = read_as_text(CASES[i].text, strlen(CASES[i].text), ',');

        cr_expect(g_str_has_suffix(told, CASES[i].ends), "case %u: %s", i, told);
    }
}

Test(csv, takes_a_quote_within_an_unquoted_cell_as_text_if_lenient)
{
    static const struct {
        const char *text, *says;
    } CASES[] = {
        { "a,b\n5\" pipe,it\"s\n", "0@1:[a][b];1@2:[5\" pipe][it\"s];warning a.csv:2:1: a quote "
                                   "inside an unquoted cell of record 1 is taken as text" },
        { "a,b\n1,2\"\n\"3\n\",4\n", "0@1:[a][b];1@2:[1][2\"];2@3:[3\n][4];warning a.csv:2:2: a "
                                     "quote inside an unquoted cell of record 1 is taken as text" },
        { "a,b\nx\"\"y,\"z\"\n", "0@1:[a][b];1@2:[x\"\"y][z];warning a.csv:2:1: a quote inside "
                                 "an unquoted cell of record 1 is taken as text" },
        { "a,b\n1, \"2,3\"\n",
          "0@1:[a][b];error a.csv:2:2: a quote follows blanks at the beginning of a cell of record "
          "1 "
          "[leave the blanks out, or put the whole cell in quotes and write each quote inside it "
          "twice]" },
        { "a,b\n1,\"2\"3\n", "0@1:[a][b];error a.csv:2:2: text follows the closing quote of a cell "
                             "of record 1 [a quote inside a quoted cell is written twice]" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *told = read_leniently(CASES[i].text);

        cr_expect(eq(str, told, (char *)CASES[i].says), "case %u", i);
    }
}

/* "a" with a first row whose second cell has `n` bytes. */
static char *read_cell_of(gsize n, gboolean is_quoted, gboolean breaks)
{
    g_autoptr(GString) text = g_string_new(is_quoted ? "a,b\n1,\"" : "a,b\n1,");
    gsize start = text->len;
    g_autofree char *told = NULL;
    char *error;

    while (text->len < start + n)
        g_string_append_c(text, breaks && text->len % 100 == 0 ? '\n' : 'x');
    g_string_append(text, is_quoted ? "\"\n" : "\n");
    told = read_as_text(text->str, text->len, ',');
    error = strstr(told, "error");
    return g_strdup(error ? error : "");
}

Test(csv, limits_the_size_of_a_cell)
{
    g_autofree char *most = read_cell_of(INTAKE_FIELD_LIMIT, FALSE, FALSE);
    g_autofree char *most_quoted = read_cell_of(INTAKE_FIELD_LIMIT, TRUE, FALSE);
    g_autofree char *more = read_cell_of(INTAKE_FIELD_LIMIT + 1, FALSE, FALSE);
    g_autofree char *more_quoted = read_cell_of(INTAKE_FIELD_LIMIT + 1, TRUE, FALSE);
    g_autofree char *many_lines = read_cell_of(3 * INTAKE_FIELD_LIMIT, TRUE, TRUE);

    cr_expect(eq(str, most, ""));
    cr_expect(eq(str, most_quoted, ""));
    cr_expect(
        eq(str, more, "error a.csv:2:2: a cell of record 1 is longer than 1 MiB (1048576 bytes)"));
    cr_expect(eq(str, more_quoted,
                 "error a.csv:2:2: a cell of record 1 is longer than 1 MiB (1048576 bytes)"));
    cr_expect(eq(str, many_lines,
                 "error a.csv:2:2: a cell of record 1 is longer than 1 MiB (1048576 bytes) "
                 "[its quote opens in line 2: the closing quote may be missing]"));
}

Test(csv, limits_the_cells_of_a_record)
{
    for (guint beyond = 0; beyond < 2; beyond++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autofree char *told = NULL;

        for (guint i = 1; i < INTAKE_COLUMNS_LIMIT + beyond; i++)
            g_string_append_c(text, ',');
        g_string_append_c(text, '\n');
        told = read_as_text(text->str, text->len, ',');
        cr_expect(eq(int, strstr(told, "error") != NULL, beyond != 0));
        cr_expect(
            eq(int, g_str_has_suffix(told, "the header has more than 16384 cells"), beyond != 0));
    }
}

static gboolean stop_at_second(const CsvRecord *record, gpointer data)
{
    *(guint *)data += 1;
    return record->record < 1;
}

Test(csv, stops_when_the_visitor_does)
{
    guint visited = 0;
    CsvText csv = {
        .file = "a.csv", .text = "a\nb\nc\nd\n", .size = 8, .line = 1, .delimiter = ','
    };

    cr_expect(csv_read(&csv, stop_at_second, &visited, NULL));
    cr_expect(eq(u32, visited, 2));
}

/* ---- whole records at full speed ---- */

static void print_cell(void *bytes, size_t size, void *data)
{
    GString *out = data;

    g_string_append_c(out, '[');
    g_string_append_len(out, bytes, (gssize)size);
    g_string_append_c(out, ']');
}

static void print_end(int line_end, void *data)
{
    (void)line_end;
    g_string_append_c(data, ';');
}

static gboolean print_cells(const CsvRecord *record, gpointer data)
{
    GString *out = data;

    for (guint i = 0; i < record->n_cells; i++)
        g_string_append_printf(out, "[%s]", record->cells[i]);
    g_string_append_c(out, ';');
    return TRUE;
}

static void count_quote(void *data)
{
    g_string_append_c(data, '!');
}

static const CsvHandler STRICTLY = { print_cell, print_end, NULL };
static const CsvHandler LENIENTLY = { print_cell, print_end, count_quote };

Test(csv, parses_whole_records_as_it_reads_them)
{
    static const char *const TEXTS[] = {
        "",           "a,b\n1,2\n", "a,b\r\n1,2", " a , b \n",        "a ,b\n",
        "a, b\n",     "a,\tb\n",    "a b,c\n",    "\" a \",b\n",      "\n\na\n\n",
        ",\n",        "\"\"\n",     "\"a\" ,b\n", "a,\"b\n\nc\"\n",   "a\"b\n",
        "\"a\"b,c\n", "a,\"b\n",    "a\tb\n",     "\"a \"\" b\",c\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        for (const char *delimiter = ",\t"; *delimiter; delimiter++) {
            g_autoptr(CsvParser) parser = csv_parser_new(*delimiter);
            g_autoptr(GString) parsed = g_string_new(NULL), read = g_string_new(NULL);
            CsvText csv = { .file = "a.csv",
                            .text = TEXTS[i],
                            .size = strlen(TEXTS[i]),
                            .line = 1,
                            .delimiter = *delimiter };
            gboolean is_read = csv_read(&csv, print_cells, read, NULL);

            cr_expect(
                eq(int, csv_parser_read(parser, csv.text, csv.size, &STRICTLY, parsed), is_read),
                "%s", TEXTS[i]);
            if (is_read)
                cr_expect(eq(str, parsed->str, read->str));
        }
}

Test(csv, begins_anew_after_text_that_is_no_csv)
{
    g_autoptr(CsvParser) parser = csv_parser_new(',');
    g_autoptr(GString) out = g_string_new(NULL);

    cr_expect(not(csv_parser_read(parser, "a,\"b", 4, &STRICTLY, out)));
    g_string_truncate(out, 0);
    cr_expect(csv_parser_read(parser, "c,d\n", 4, &STRICTLY, out));
    cr_expect(eq(str, out->str, "[c][d];"));
}

Test(csv, parses_a_quote_within_an_unquoted_cell_as_text_if_told)
{
    static const struct {
        const char *text, *cells; /* NULL: is refused */
    } CASES[] = {
        { "5\" pipe,b\n", "![5\" pipe][b];" },
        { "a \"b\" c,d\n", "!![a \"b\" c][d];" },
        { "a\"\n\"b\n\",c\n", "![a\"];[b\n][c];" },
        { "a\"\"b\"", "!!![a\"\"b\"];" },
        { "a, \"b\"\n", NULL },
        { "\"a\"b,c\n", NULL },
        { "5\",\"b\n", NULL },
    };
    g_autoptr(CsvParser) parser = csv_parser_new(',');

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        gboolean is_read =
            csv_parser_read(parser, CASES[i].text, strlen(CASES[i].text), &LENIENTLY, out);

        cr_expect(eq(int, is_read, CASES[i].cells != NULL), "%s", CASES[i].text);
        if (CASES[i].cells)
            cr_expect(eq(str, out->str, (char *)CASES[i].cells));
    }
}

static gboolean print_offset(const CsvRecord *record, gpointer data)
{
    g_string_append_printf(data, "%u@%u+%zu;", record->record, record->line, record->offset);
    return TRUE;
}

Test(csv, tells_at_which_byte_a_record_begins)
{
    static const char TEXT[] = "a,b\r\n\r\n1,\"2\n3\"\r\n4,5\n";
    g_autoptr(GString) out = g_string_new(NULL);
    CsvText csv = { .file = "a.csv",
                    .text = TEXT,
                    .size = strlen(TEXT),
                    .line = 10,
                    .record = 7,
                    .delimiter = ',' };

    cr_expect(csv_read(&csv, print_offset, out, NULL));
    cr_expect(eq(str, out->str, "7@10+0;8@12+7;9@14+16;"));
}
