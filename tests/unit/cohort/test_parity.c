#include "cohort/parity.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

/* The same, a byte at a time. */
static gsize plain_scan(Parity *parity, const char *text, gsize size)
{
    gsize end = 0;

    for (gsize i = 0; i < size; i++) {
        gboolean is_end = text[i] == '\n' || text[i] == '\r';

        if (text[i] == '"')
            parity->in_quotes = !parity->in_quotes;
        if (is_end && !(text[i] == '\n' && parity->after_return))
            parity->lines++;
        parity->after_return = text[i] == '\r';
        if (is_end && !parity->in_quotes) {
            parity->records += !parity->is_between;
            parity->lines_at_end = parity->lines;
            end = i + 1;
        }
        parity->is_between = is_end && !parity->in_quotes;
    }
    return end;
}

static void expect_equal(const Parity *a, const Parity *b)
{
    cr_assert(eq(int, a->in_quotes, b->in_quotes));
    cr_assert(eq(int, a->is_between, b->is_between));
    cr_assert(eq(int, a->after_return, b->after_return));
    cr_assert(eq(u64, a->records, b->records));
    cr_assert(eq(u64, a->lines, b->lines));
    cr_assert(eq(u64, a->lines_at_end, b->lines_at_end));
}

Test(parity, counts_records_and_lines_of_every_line_end)
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
        { "a", 0, 0, 0 },
        { "", 0, 0, 0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Parity parity = PARITY_BEGIN;
        gsize end = parity_scan(&parity, cases[i].text, strlen(cases[i].text));

        cr_expect(eq(u64, parity.records, cases[i].records), "%s", cases[i].text);
        cr_expect(eq(u64, parity.lines, cases[i].lines), "%s", cases[i].text);
        cr_expect(eq(sz, end, cases[i].end), "%s", cases[i].text);
    }
}

Test(parity, sees_what_a_byte_at_a_time_shows_wherever_the_text_is_parted)
{
    static const char letters[] = "a,\"\n\r\n\"b";
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (guint round = 0; round < 4000; round++) {
        char text[300];
        gsize size = (gsize)g_rand_int_range(random, 0, sizeof text);
        gsize parted = (gsize)g_rand_int_range(random, 0, (gint32)size + 1);
        Parity fast = PARITY_BEGIN, slow = PARITY_BEGIN;
        gsize end, rest, expected;

        for (gsize i = 0; i < size; i++)
            text[i] = letters[g_rand_int_range(random, 0, sizeof letters - 1)];
        end = parity_scan(&fast, text, parted);
        rest = parity_scan(&fast, text + parted, size - parted);
        expected = plain_scan(&slow, text, size);
        expect_equal(&fast, &slow);
        cr_assert(eq(sz, rest ? parted + rest : end, expected));
    }
}
