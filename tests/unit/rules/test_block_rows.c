#include "rules/block_rows.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "rules/compare.h"

/* Every operator, option and number of options. */
Test(block_rows, test_options_as_they_compare)
{
    guint8 *options = rows_new(1), *truth = rows_new(1);

    for (guint i = 0; i < BLOCK_ROWS; i++)
        options[i] = (guint8)(i % RUBRIC_OPTIONS_LIMIT);
    for (guint op = OP_LESS; op <= OP_NOT_EQUAL; op++)
        for (guint n = 1; n <= RUBRIC_OPTIONS_LIMIT; n++)
            for (guint option = 0; option < n; option++) {
                OptionTest test = option_test((Operator)op, option, n);

                rows_test(options, test, truth);
                for (guint i = 0; i < n; i++)
                    cr_assert(truth[i] == compare_ranges((Operator)op, i, i, option, option),
                              "%u %s %u of %u", i, operator_text((Operator)op), option, n);
                cr_assert(test.blank == compare_ranges((Operator)op, 0, n - 1, option, option));
            }
    g_aligned_free(options);
    g_aligned_free(truth);
}

/* All pairs of truths, against the definitions. */
Test(block_rows, join_truths_as_kleene_does)
{
    guint8 *a = rows_new(1), *b = rows_new(1), *truth = rows_new(1);

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        a[i] = i % 4;
        b[i] = i / 4 % 4;
    }
    rows_and(a, b, truth);
    for (guint i = 0; i < BLOCK_ROWS; i++)
        cr_expect(eq(u8, truth[i], (guint8)truth_and((Truth)a[i], (Truth)b[i])));
    rows_or(a, b, truth);
    for (guint i = 0; i < BLOCK_ROWS; i++)
        cr_expect(eq(u8, truth[i], (guint8)truth_or((Truth)a[i], (Truth)b[i])));
    rows_not(a, truth);
    for (guint i = 0; i < BLOCK_ROWS; i++)
        cr_expect(eq(u8, truth[i], (guint8)truth_not((Truth)a[i])));
    g_aligned_free(a);
    g_aligned_free(b);
    g_aligned_free(truth);
}

Test(block_rows, tell_the_gaps_that_there_are)
{
    guint8 *states = rows_new(1), *marks = rows_new(1), *read = rows_new(1);

    for (guint i = 0; i < BLOCK_ROWS; i++)
        states[i] = ANSWER_ANSWERED;
    cr_expect(eq(u8, rows_read(states, read), 0));
    cr_expect(eq(u8, rows_read_marked(states, marks, read), GAP_BLANK));
    states[BLOCK_ROWS - 1] = ANSWER_INVALID;
    cr_expect(eq(u8, rows_read(states, read), GAP_BLANK));
    cr_expect(eq(u8, read[BLOCK_ROWS - 1], READ_BLANK));
    states[0] = ANSWER_NOT_APPLICABLE;
    cr_expect(eq(u8, rows_read(states, read), GAP_BLANK | GAP_NONE));
    cr_expect(eq(u8, read[0], READ_NONE));
    g_aligned_free(states);
    g_aligned_free(marks);
    g_aligned_free(read);
}
