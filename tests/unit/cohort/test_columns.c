#include "cohort/columns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

enum { STEPS = 3, ROWS = STEPS * COLUMN_STEP };

static void fill(guint8 *column, guint32 seed, guint values)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);

    for (guint i = 0; i < ROWS; i++)
        column[i] = (guint8)g_rand_int_range(random, 0, (gint32)values);
}

static void fill_mask(guint8 *mask, guint32 seed)
{
    fill(mask, seed, 2);
    for (guint i = 0; i < ROWS; i++)
        mask[i] = mask[i] ? 0xff : 0;
}

Test(columns, count_and_choose_as_a_plain_loop_does)
{
    guint8 column[ROWS], other[ROWS], mask[ROWS], rows[ROWS], kept[ROWS];
    guint plain = 0, in_mask = 0;

    fill(column, 1, 4);
    fill(other, 2, 4);
    fill_mask(mask, 3);
    column_equal(column, 2, mask, rows, STEPS);
    memcpy(kept, mask, ROWS);
    column_keep_alike(column, other, kept, STEPS);
    for (guint i = 0; i < ROWS; i++) {
        plain += column[i] == 2 && mask[i];
        in_mask += mask[i] != 0;
        cr_assert_eq(rows[i], column[i] == 2 && mask[i] ? 0xff : 0);
        cr_assert_eq(kept[i], column[i] == other[i] && mask[i] ? 0xff : 0);
    }
    cr_assert_gt(plain, 0);
    cr_assert_eq(column_count(column, 2, mask, STEPS), plain);
    cr_assert_eq(column_rows(mask, STEPS), in_mask);
    column_keep(column, 3, rows, STEPS);
    cr_assert(column_is_empty(rows, STEPS));
    cr_assert_not(column_is_empty(mask, STEPS));
}

Test(columns, count_up_to_255_and_no_further)
{
    guint8 counts[ROWS] = { 0 }, mask[ROWS] = { 0xff, 0 };

    for (guint i = 0; i < 300; i++)
        column_raise(mask, counts, STEPS);
    cr_assert_eq(counts[0], 255);
    cr_assert_eq(counts[1], 0);
}

Test(columns, turn_eight_columns_into_words)
{
    guint8 columns[8][ROWS];
    guint64 words[COLUMN_STEP];

    for (guint i = 0; i < 8; i++)
        fill(columns[i], i + 10, 256);
    column_words(columns[0] + COLUMN_STEP, ROWS, words);
    for (guint row = 0; row < COLUMN_STEP; row++)
        for (guint i = 0; i < 8; i++)
            cr_assert_eq(words[row] >> (8 * i) & 0xff, columns[i][COLUMN_STEP + row]);
}
