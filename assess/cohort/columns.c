#include "cohort/columns.h"

#include <string.h>

/* Any place in memory, any type in it. */
typedef guint8 Bytes __attribute__((vector_size(COLUMN_STEP), aligned(1), may_alias));
typedef guint64 Pair __attribute__((vector_size(COLUMN_STEP), may_alias));

static inline Bytes at(const guint8 *column, guint step)
{
    return *(const Bytes *)(const void *)(column + (gsize)step * COLUMN_STEP);
}

static inline void put(guint8 *column, guint step, Bytes bytes)
{
    *(Bytes *)(void *)(column + (gsize)step * COLUMN_STEP) = bytes;
}

static inline Bytes all(guint8 value)
{
    return (Bytes){ 0 } + value;
}

/* The sum of the sixteen bytes. */
static guint total(Bytes bytes)
{
    guint8 parts[COLUMN_STEP];
    guint sum = 0;

    memcpy(parts, &bytes, sizeof parts);
    for (guint i = 0; i < COLUMN_STEP; i++)
        sum += parts[i];
    return sum;
}

guint column_count(const guint8 *column, guint8 value, const guint8 *mask, guint steps)
{
    const Bytes wanted = all(value);
    Bytes sum = all(0);

    for (guint i = 0; i < steps; i++)
        sum -= (Bytes)(at(column, i) == wanted) & at(mask, i); /* 0xff is -1 */
    return total(sum);
}

guint column_rows(const guint8 *mask, guint steps)
{
    Bytes sum = all(0);

    for (guint i = 0; i < steps; i++)
        sum -= at(mask, i);
    return total(sum);
}

void column_equal(const guint8 *column, guint8 value, const guint8 *mask, guint8 *rows, guint steps)
{
    const Bytes wanted = all(value);

    for (guint i = 0; i < steps; i++)
        put(rows, i, (Bytes)(at(column, i) == wanted) & at(mask, i));
}

void column_keep_alike(const guint8 *a, const guint8 *b, guint8 *rows, guint steps)
{
    for (guint i = 0; i < steps; i++)
        put(rows, i, (Bytes)(at(a, i) == at(b, i)) & at(rows, i));
}

void column_keep(const guint8 *column, guint8 value, guint8 *rows, guint steps)
{
    column_equal(column, value, rows, rows, steps);
}

void column_unite(const guint8 *more, guint8 *rows, guint steps)
{
    for (guint i = 0; i < steps; i++)
        put(rows, i, at(more, i) | at(rows, i));
}

void column_raise(const guint8 *mask, guint8 *counts, guint steps)
{
    for (guint i = 0; i < steps; i++) {
        Bytes raised = at(counts, i) - at(mask, i);

        put(counts, i, raised | (Bytes)(raised < at(counts, i))); /* 255 + 1 is 0: back to 255 */
    }
}

void column_join(const guint8 *low, const guint8 *high, guint bits, guint8 *joined, guint steps)
{
    for (guint i = 0; i < steps; i++)
        put(joined, i, at(low, i) | at(high, i) << (guint8)bits);
}

gboolean column_is_empty(const guint8 *mask, guint steps)
{
    Pair any = { 0 };

    for (guint i = 0; i < steps; i++)
        any |= (Pair)at(mask, i);
    return (any[0] | any[1]) == 0;
}

/* ---- rows of words ---- */

/* The bytes of two columns by turns: of their first eight rows, and of the others. */
static inline Bytes zip_low(Bytes a, Bytes b)
{
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

static inline Bytes zip_high(Bytes a, Bytes b)
{
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15,
                                   31);
}

/* Columns 0 and 4, 1 and 5 ... by turns, then those with each other: after three rounds the eight
 * bytes of a row stand side by side, two rows in sixteen. */
void column_words(const guint8 *columns, gsize stride, guint64 *words)
{
    enum { COLUMNS = 8 };
    Bytes from[COLUMNS], to[COLUMNS];

    for (guint i = 0; i < COLUMNS; i++)
        from[i] = at(columns + i * stride, 0);
    for (guint round = 0; round < 3; round++) {
        for (guint i = 0; i < COLUMNS / 2; i++) {
            to[2 * i] = zip_low(from[i], from[i + COLUMNS / 2]);
            to[2 * i + 1] = zip_high(from[i], from[i + COLUMNS / 2]);
        }
        memcpy(from, to, sizeof from);
    }
    for (guint i = 0; i < COLUMNS; i++)
        memcpy(words + 2 * i, &from[i], sizeof from[i]);
    for (guint i = 0; i < COLUMN_STEP; i++)
        words[i] = GUINT64_FROM_LE(words[i]);
}
