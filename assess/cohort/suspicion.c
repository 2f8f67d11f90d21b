#include "cohort/suspicion.h"

#include <string.h>

#include "cohort/columns.h"

/* ---- straight lines ---- */

static const guint8 *option_of(const Block *block, const StraightGroup *group, guint i)
{
    return block->of[g_array_index(group->questions, int, i)].option;
}

static void count_group(Statistics *statistics, const Block *block, const StraightGroup *group,
                        const guint8 *mask, guint steps, int sign)
{
    guint8 rows[BLOCK_ROWS];
    const guint8 *first = option_of(block, group, 0);

    memcpy(rows, mask, (gsize)steps * COLUMN_STEP);
    for (guint i = 0; i < group->questions->len; i++) {
        column_keep(block->of[g_array_index(group->questions, int, i)].state, ANSWER_ANSWERED, rows,
                    steps);
        column_keep_alike(first, option_of(block, group, i), rows, steps);
        if (column_is_empty(rows, steps))
            return;
    }
    for (guint i = 0; i < group->options; i++)
        statistics->counts[group->at + i] +=
            sign * (gint64)column_count(first, (guint8)i, rows, steps);
}

void suspicion_count(Statistics *statistics, const Block *block, const guint8 *mask, guint steps,
                     int sign)
{
    const GArray *groups = statistics->layout.straight;

    for (guint i = 0; i < groups->len; i++)
        count_group(statistics, block, &g_array_index(groups, StraightGroup, i), mask, steps, sign);
}

/* ---- fingerprints ---- */

enum { WORD_CELLS = 8 /* answers of a byte in one word */ };

static const guint64 KEYS[2][2] = {
    { G_GUINT64_CONSTANT(0xa0761d6478bd642f), G_GUINT64_CONSTANT(0xe7037ed1a0b428db) },
    { G_GUINT64_CONSTANT(0x8ebc6af09c88c6e3), G_GUINT64_CONSTANT(0x589965cc75374cc3) },
};

/* Multiply, and fold the 128 bits of the product: every bit of both comes into the result. */
static inline guint64 mix(guint64 a, guint64 b)
{
    __extension__ typedef unsigned __int128 Product;
    Product product = (Product)a * b;

    return (guint64)product ^ (guint64)(product >> 64);
}

static inline void take_word(Fingerprint *print, guint64 word)
{
    print->high = mix(print->high ^ word ^ KEYS[0][0], KEYS[0][1] ^ word << 32 ^ word >> 32);
    print->low = mix(print->low + word + KEYS[1][0], KEYS[1][1] ^ word);
}

/* State and option of an answer in a byte: of states there are four in a block, of options at most
 * 64, and the option of a row that is not answered is 0. */
static void cells_of(const Block *block, guint question, guint steps, guint8 *cells)
{
    const BlockColumn *column = &block->of[question];

    if (column->option)
        column_join(column->state, column->option, 2, cells, steps);
    else
        memcpy(cells, column->state, (gsize)steps * COLUMN_STEP);
}

/* Eight columns of cells, a word a row. */
typedef struct {
    guint8 cells[WORD_CELLS][BLOCK_ROWS];
    guint n; /* columns that are filled; the others are 0 */
} Words;

static void take_cells(Words *words, guint rows, Fingerprint *prints)
{
    const guint8(*cells)[BLOCK_ROWS] = (const guint8(*)[BLOCK_ROWS])words->cells;
    guint64 word[COLUMN_STEP];

    if (words->n == 0)
        return;
    for (guint row = 0; row < rows; row += COLUMN_STEP) {
        column_words(cells[0] + row, BLOCK_ROWS, word);
        for (guint i = 0; i < COLUMN_STEP && row + i < rows; i++)
            take_word(&prints[row + i], word[i]);
    }
    words->n = 0;
    memset(words->cells, 0, sizeof words->cells);
}

/* What does not fit a byte: a word a row, that of an answer that is not there is 0. */
static guint64 wide_of(const Block *block, guint question, guint row)
{
    const BlockColumn *column = &block->of[question];

    if (column->state[row] != ANSWER_ANSWERED)
        return 0;
    if (column->ticks)
        return column->ticks[row];
    if (column->number)
        return (guint64)column->number[row];
    if (column->day)
        return (guint64)column->day[row];
    if (block->texts[question]) {
        const BlockText *text = &block->texts[question][row];
        guint64 word = text->length;

        for (guint i = 0; i < text->length; i++)
            word = mix(word ^ (guint8)block->text->str[text->offset + i], KEYS[0][0]);
        return word;
    }
    return 0;
}

static void take_wide(const Block *block, guint question, Fingerprint *prints)
{
    for (guint row = 0; row < block->n_rows; row++)
        take_word(&prints[row], wide_of(block, question, row));
}

/* Rows that say little are not compared. */
static void forget_silent(const guint8 *answers, guint rows, Fingerprint *prints)
{
    for (guint row = 0; row < rows; row++) {
        if (answers[row] < COHORT_FINGERPRINT_LEAST)
            prints[row] = (Fingerprint){ 0, 0 };
        else if (prints[row].high == 0 && prints[row].low == 0)
            prints[row].low = 1;
    }
}

void statistics_fingerprints(const Block *block, Fingerprint *prints)
{
    guint steps = (block->n_rows + COLUMN_STEP - 1) / COLUMN_STEP;
    guint8 answers[BLOCK_ROWS] = { 0 }, all[BLOCK_ROWS], answered[BLOCK_ROWS];
    Words words = { 0 };

    memset(all, 0xff, sizeof all);
    memset(prints, 0, block->n_rows * sizeof *prints);
    for (guint i = 0; i < block->rubric->n_questions; i++) {
        column_equal(block->of[i].state, ANSWER_ANSWERED, all, answered, steps);
        column_raise(answered, answers, steps);
        cells_of(block, i, steps, words.cells[words.n++]);
        if (words.n == WORD_CELLS)
            take_cells(&words, block->n_rows, prints);
        if (!block->of[i].option)
            take_wide(block, i, prints);
    }
    take_cells(&words, block->n_rows, prints);
    forget_silent(answers, block->n_rows, prints);
}
