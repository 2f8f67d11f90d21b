#include "batch/border.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/csv.h"

/* The same, a byte at a time. */
typedef enum { CELL_BEGINS, IN_TEXT, IN_QUOTES, BEHIND_QUOTE } State;

typedef struct {
    State state;
    gboolean is_between, after_return;
    guint64 records, lines, lines_at_end;
} Plain;

static const Plain PLAIN_BEGIN = { CELL_BEGINS, TRUE, FALSE, 0, 0, 0 };

static State next_state(State state, char byte, char delimiter)
{
    gboolean opens = state == CELL_BEGINS || state == BEHIND_QUOTE;

    if (state == IN_QUOTES)
        return byte == '"' ? BEHIND_QUOTE : IN_QUOTES;
    if (byte == '"' && opens)
        return IN_QUOTES;
    return byte == delimiter || byte == '\n' || byte == '\r' ? CELL_BEGINS : IN_TEXT;
}

static gsize plain_scan(Plain *plain, const char *text, gsize size, char delimiter)
{
    gsize end = 0;

    for (gsize i = 0; i < size; i++) {
        gboolean is_end = text[i] == '\n' || text[i] == '\r';

        if (is_end && !(text[i] == '\n' && plain->after_return))
            plain->lines++;
        plain->after_return = text[i] == '\r';
        plain->state = next_state(plain->state, text[i], delimiter);
        is_end = is_end && plain->state != IN_QUOTES;
        if (is_end) {
            plain->records += !plain->is_between;
            plain->lines_at_end = plain->lines;
            end = i + 1;
        }
        plain->is_between = is_end;
    }
    return end;
}

static void expect_equal(const Border *border, const Plain *plain, const char *text)
{
    cr_assert(eq(int, border->in_quotes, plain->state == IN_QUOTES), "%s", text);
    cr_assert(eq(int, border->after_quote, plain->state == BEHIND_QUOTE), "%s", text);
    cr_assert(eq(int, border->is_between, plain->is_between), "%s", text);
    cr_assert(eq(int, border->after_return, plain->after_return), "%s", text);
    cr_assert(eq(u64, border->records, plain->records), "%s", text);
    cr_assert(eq(u64, border->lines, plain->lines), "%s", text);
    cr_assert(eq(u64, border->lines_at_end, plain->lines_at_end), "%s", text);
}

Test(border, counts_records_and_lines_of_every_line_end)
{
    static const struct {
        const char *text;
        guint64 records, lines;
        gsize end;
    } cases[] = {
        { "a,b\nc,d\n", 2, 2, 8 },
        { "a\r\nb\r\n", 2, 2, 6 },
        { "a\rb\r", 2, 2, 4 },
        { "a\n\n\r\n\nb", 1, 4, 6 },
        { "\n\na\n", 1, 3, 4 },
        { "\"a\nb\",c\nd", 1, 2, 8 },
        { "\"a\"\"\n\",c\r\n\"d\n", 1, 3, 10 },
        { "5\" pipe,b\nc\n", 2, 2, 12 },
        { "5\",\"b\nc\"\nd\n", 2, 3, 11 },
        { "a,5\" and 6\"\n,\"b\n\"\n", 2, 3, 18 },
        { "a", 0, 0, 0 },
        { "", 0, 0, 0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Border border = border_begin(',', 0, 0);
        gsize end = border_scan(&border, cases[i].text, strlen(cases[i].text));

        cr_expect(eq(u64, border.records, cases[i].records), "%s", cases[i].text);
        cr_expect(eq(u64, border.lines, cases[i].lines), "%s", cases[i].text);
        cr_expect(eq(sz, end, cases[i].end), "%s", cases[i].text);
    }
}

/* Scan a text in two parts. */
static void compare(const char *text, gsize size, gsize parted, char delimiter)
{
    Border border = border_begin(delimiter, 0, 0);
    Plain plain = PLAIN_BEGIN;
    gsize end = border_scan(&border, text, parted);
    gsize rest = border_scan(&border, text + parted, size - parted);
    gsize expected = plain_scan(&plain, text, size, delimiter);

    expect_equal(&border, &plain, text);
    cr_assert(eq(sz, rest ? parted + rest : end, expected), "%s", text);
}

Test(border, sees_what_a_byte_at_a_time_shows_wherever_the_text_is_parted)
{
    static const char *const LETTERS[] = { "a,\"\n\r\n\"b", "aaaaaaaaa \",\n", ",\"",
                                           "aaaaaaaaaaaaaaaaaa;,\"\"\n" };
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (guint round = 0; round < 20000; round++) {
        const char *letters = LETTERS[round % G_N_ELEMENTS(LETTERS)];
        char text[301] = { 0 };
        gsize size = (gsize)g_rand_int_range(random, 0, sizeof text);
        gsize parted = (gsize)g_rand_int_range(random, 0, (gint32)size + 1);

        for (gsize i = 0; i < size; i++)
            text[i] = letters[g_rand_int_range(random, 0, (gint32)strlen(letters))];
        compare(text, size, parted, ",;"[round % 2]);
    }
}

/* ---- as csv.h reads ---- */

static gboolean count_record(const CsvRecord *record, gpointer data)
{
    (void)record;
    ++*(guint64 *)data;
    return TRUE;
}

static void pass_cell(void *bytes, size_t size, void *data)
{
    (void)bytes;
    (void)size;
    (void)data;
}

static void count_end(int line_end, void *data)
{
    (void)line_end;
    ++*(guint64 *)data;
}

static void pass_quote(void *data)
{
    (void)data;
}

/* Whether a text can be read. How many records there are is seen in both ways of reading it. */
static gboolean read(CsvParser *parser, const char *text, gsize size, guint64 *records)
{
    static const CsvHandler HANDLER = { pass_cell, count_end, pass_quote };
    const CsvText csv = {
        .file = "a.csv", .text = text, .size = size, .line = 1, .delimiter = ',', .lenient = TRUE
    };
    guint64 parsed = 0;
    gboolean is_read;

    *records = 0;
    is_read = csv_read(&csv, count_record, records, NULL);
    cr_assert(eq(int, csv_parser_read(parser, text, size, &HANDLER, &parsed), is_read), "%s", text);
    cr_assert(eq(u64, parsed, *records), "%s", text);
    return is_read;
}

/* How many records stand in a text, one by one. */
static guint64 walk(const char *text, gsize size, guint64 *lines)
{
    guint64 records = 0;
    gsize length;

    for (gsize at = 0; at < size; at += length) {
        length = border_line_end(text + at, size - at);
        *lines += length > 0;
        if (length > 0)
            continue;
        length = border_record(text + at, size - at, ',', lines);
        records++;
    }
    return records;
}

/* What can be read has as many records as borders show, and can be parted at each. */
static void check_cuts(CsvParser *parser, const char *text, gsize size)
{
    Border border = border_begin(',', 0, 0);
    guint64 records, before, behind, lines = 0;
    gsize end = border_scan(&border, text, size);

    if (!read(parser, text, size, &records))
        return;
    cr_assert(eq(u64, border.records + !border.is_between, records), "%s", text);
    cr_assert(not(border.in_quotes), "%s", text);
    cr_assert(eq(u64, walk(text, size, &lines), records), "%s", text);
    cr_assert(eq(u64, lines, border.lines), "%s", text);
    if (end == 0)
        return;
    cr_assert(read(parser, text, end, &before), "%s", text);
    cr_assert(read(parser, text + end, size - end, &behind), "%s", text);
    cr_assert(eq(u64, before + behind, records), "%s", text);
}

/* The text with that number, of letters that mean something in CSV. */
static void spell(char *text, gsize size, guint number)
{
    static const char LETTERS[] = "\",\n\r a";

    for (gsize i = 0; i < size; i++, number /= sizeof LETTERS - 1)
        text[i] = LETTERS[number % (sizeof LETTERS - 1)];
    text[size] = '\0';
}

Test(border, is_where_records_are_read_to_end_in_every_short_text)
{
    static const char BEFORE[] =
        "a,\"bbb\nbb\",ccccccccccccccccccccccccccccccccccccccccccccccccc,"; /* 61 */
    g_autoptr(CsvParser) parser = csv_parser_new(',');

    for (gsize size = 0, texts = 1; size <= 6; size++, texts *= 6)
        for (guint i = 0; i < texts; i++) {
            char text[8], long_text[80];
            gsize before = sizeof BEFORE - 1;

            spell(text, size, i);
            check_cuts(parser, text, size);
            compare(text, size, size / 2, ',');
            memcpy(long_text, BEFORE, before);
            memcpy(long_text + before, text, size + 1);
            compare(long_text, before + size, 0, ',');
        }
}

Test(border, is_where_records_are_read_to_end_in_long_texts)
{
    static const char *const CELLS[] = { "a",   "5\" pipe",     "\"a\"\"\n\"", "",        "\"\"",
                                         "a\"", "\"b\nb,b\r\"", "two words",   " a\"b \"" };
    static const char *const ENDS[] = { ",", ",", ",", "\n", "\r\n", "\r", "\n\n" };
    g_autoptr(CsvParser) parser = csv_parser_new(',');
    g_autoptr(GRand) random = g_rand_new_with_seed(6);

    for (guint round = 0; round < 3000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        guint64 records;

        for (gint n = g_rand_int_range(random, 1, 60); n > 0; n--) {
            g_string_append(text, CELLS[g_rand_int_range(random, 0, G_N_ELEMENTS(CELLS))]);
            g_string_append(text, ENDS[g_rand_int_range(random, 0, G_N_ELEMENTS(ENDS))]);
        }
        check_cuts(parser, text->str, text->len);
        compare(text->str, text->len, text->len / 3, ',');
        cr_assert(read(parser, text->str, text->len, &records));
    }
}
