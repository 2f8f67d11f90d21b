#include "rules/block_round.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000000 };
enum {
    SHORT_BITS = 43,      /* times a million in 64 bits */
    QUOTIENT_BITS = 50,   /* exact in a double */
    SMALL_SCORE_BITS = 11 /* in millionths in 31 bits */
};

struct BlockRounding {
    const Plan *plan;
    GArray *near;        /* of gint64, sorted: whole millionths after which a constant is not far */
    guint64 filter;      /* bit n: one of them is n modulo 64 */
    gboolean is_unknown; /* a constant of many digits: every rounding is looked at again */
};

static int by_value(gconstpointer a, gconstpointer b)
{
    gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;

    return (first > second) - (first < second);
}

static void add_near(BlockRounding *rounding, Int128 cell)
{
    gint64 near = (gint64)cell;

    if (near != cell)
        return; /* no score in millionths of 64 bits comes near */
    g_array_append_val(rounding->near, near);
    rounding->filter |= (guint64)1 << (near & 63);
}

static Int128 floor_of(Int128 number, Int128 den)
{
    return number / den - (number % den < 0);
}

BlockRounding *block_rounding_new(const Plan *plan)
{
    BlockRounding *rounding = g_new0(BlockRounding, 1);

    rounding->plan = plan;
    rounding->near = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < plan->constants->len; i++) {
        Rational constant = g_array_index(plan->constants, Rational, i);
        Int128 scaled;

        if (constant.big || __builtin_mul_overflow(constant.num, (Int128)MILLION, &scaled)) {
            rounding->is_unknown = TRUE;
            rounding->filter = G_MAXUINT64;
            continue;
        }
        add_near(rounding, floor_of(scaled, constant.den));
        if (scaled % constant.den == 0)
            add_near(rounding, floor_of(scaled, constant.den) - 1);
    }
    g_array_sort(rounding->near, by_value);
    return rounding;
}

void block_rounding_free(BlockRounding *rounding)
{
    if (!rounding)
        return;
    g_array_unref(rounding->near);
    g_free(rounding);
}

/* Whether a number between `cell` and the next millionth may be rounded onto or across a constant.
 */
static gboolean is_near(const BlockRounding *rounding, gint64 cell)
{
    return rounding->is_unknown ||
           bsearch(&cell, rounding->near->data, rounding->near->len, sizeof(gint64), by_value);
}

/* num / den in whole millionths, rounded down, and what is left over of one: 0 .. den - 1. FALSE if
 * it does not fit. */
static gboolean divide(gint64 num, gint64 den, gint64 *quotient, gint64 *rest)
{
    double estimate = (double)num * MILLION / (double)den;
    Int128 scaled, floor;

    if (llabs(num) >> SHORT_BITS == 0 && fabs(estimate) < (double)((gint64)1 << QUOTIENT_BITS)) {
        gint64 near = (gint64)estimate - (estimate < 0); /* the floor, or at most one off */
        gint64 left = num * MILLION - near * den;
        gint64 under = left < 0, over = left >= den;

        *quotient = near - under + over;
        *rest = left + (under - over) * den;
        return TRUE;
    }
    scaled = (Int128)num * MILLION;
    floor = floor_of(scaled, den);
    *quotient = (gint64)floor;
    *rest = (gint64)(scaled - floor * den);
    return *quotient == floor && *quotient < G_MAXINT64;
}

static void round_exact(const BlockRounding *rounding, Value value, guint row,
                        const GradeScore *score);

/* Both ends of a row. */
static void round_row(const BlockRounding *rounding, const BlockNumber *number, guint row,
                      const GradeScore *score)
{
    gint64 low = number->low[row], high = number->high[row];
    gint64 low_den = number->low_den[row], high_den = number->high_den[row];
    gint64 quotient, rest, quotient2, rest2;
    gboolean is_point;

    if (!divide(low, low_den, &quotient, &rest) || !divide(high, high_den, &quotient2, &rest2)) {
        round_exact(rounding, block_number_value(number, row), row, score);
        return;
    }
    is_point = (Int128)low * high_den == (Int128)high * low_den;
    score->state[row] = is_point ? GRADE_POINT : GRADE_RANGE;
    score->low[row] = quotient + (is_point & (rest >= low_den - rest));
    score->high[row] = is_point ? score->low[row] : quotient2 + (rest2 != 0);
    score->is_longer[row] =
        (rest != 0 && is_near(rounding, quotient)) || (rest2 != 0 && is_near(rounding, quotient2));
}

/* ---- all rows at once, of numbers of 31 bits ---- */

/* Whole millionths and what is left over, by row. */
typedef struct {
    gint64 quotient[BLOCK_ROWS], rest[BLOCK_ROWS];
} Quotients;

/* Whether numerators, denominators and quotients in millionths have 31 bits. */
ROWS_LOOP static gboolean fits(const gint64 *restrict num, const gint64 *restrict den)
{
    gint64 beyond = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        gint64 most = (gint64)((guint64)den[i] << SMALL_SCORE_BITS);

        beyond |= (num[i] > G_MAXINT32) | (num[i] < -G_MAXINT32) | (den[i] > G_MAXINT32) |
                  (num[i] >= most) | (num[i] <= -most);
    }
    return beyond == 0;
}

/* The estimate is the floor or at most one off: its dividend is exact in a double. */
ROWS_LOOP static void divide_rows(const gint64 *restrict num, const gint64 *restrict den,
                                  Quotients *restrict quotients)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        gint32 dividend = (gint32)num[i], divisor = (gint32)den[i];
        gint32 near = (gint32)((double)dividend * MILLION / (double)divisor);
        gint64 left = (gint64)dividend * MILLION - (gint64)near * divisor;
        gint64 under = left < 0, over = left >= divisor;

        quotients->quotient[i] = near - under + over;
        quotients->rest[i] = left + (under ? divisor : 0) - (over ? divisor : 0);
    }
}

/* Points are rounded half up. */
ROWS_LOOP static void round_points(const Quotients *restrict quotients, const gint64 *restrict den,
                                   gint64 *restrict rounded)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        rounded[i] = quotients->quotient[i] + (2 * quotients->rest[i] >= den[i] ? 1 : 0);
}

/* Of rows that are no points, the low end is rounded down and the high end up. */
ROWS_LOOP static void round_ranges(const Quotients *restrict low, const Quotients *restrict high,
                                   const guint8 *restrict states, gint64 *restrict low_end,
                                   gint64 *restrict high_end)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        gint64 above = high->quotient[i] + (high->rest[i] != 0 ? 1 : 0), nearest = low_end[i];

        low_end[i] = states[i] == GRADE_POINT ? nearest : low->quotient[i];
        high_end[i] = states[i] == GRADE_POINT ? nearest : above;
    }
}

ROWS_LOOP static void find_states(const gint64 *restrict low, const gint64 *restrict high,
                                  guint8 *restrict states)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        states[i] = low[i] == high[i] ? GRADE_POINT : GRADE_RANGE;
}

/* Where a quotient is in the filter, to be looked at closer. */
ROWS_LOOP static guint8 look_near(const Quotients *restrict quotients, guint64 filter,
                                  guint8 *restrict near)
{
    guint8 any = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint64 bit = filter >> (quotients->quotient[i] & 63) & 1;

        near[i] = (guint8)(quotients->rest[i] != 0 ? bit : 0);
        any |= near[i];
    }
    return any;
}

static void look_closer(const BlockRounding *rounding, const Quotients *quotients, guint n,
                        guint8 *is_longer)
{
    guint8 near[BLOCK_ROWS];

    if (!look_near(quotients, rounding->filter, near))
        return;
    for (guint row = 0; row < n; row++)
        if (near[row] && is_near(rounding, quotients->quotient[row]))
            is_longer[row] = TRUE;
}

/* FALSE if a number is too large, or a row has two denominators. */
static gboolean round_rows(const BlockRounding *rounding, const BlockNumber *number, guint n,
                           const GradeScore *score)
{
    const gsize size = BLOCK_ROWS * sizeof(gint64);
    gboolean is_point = memcmp(number->low, number->high, size) == 0;
    Quotients low, high;

    if (memcmp(number->low_den, number->high_den, size) != 0 ||
        !fits(number->low, number->low_den) || !fits(number->high, number->high_den))
        return FALSE;
    memset(score->is_longer, FALSE, BLOCK_ROWS);
    find_states(number->low, number->high, score->state);
    divide_rows(number->low, number->low_den, &low);
    round_points(&low, number->low_den, score->low);
    look_closer(rounding, &low, n, score->is_longer);
    if (is_point) {
        memcpy(score->high, score->low, size);
        return TRUE;
    }
    divide_rows(number->high, number->high_den, &high);
    round_ranges(&low, &high, score->state, score->low, score->high);
    look_closer(rounding, &high, n, score->is_longer);
    return TRUE;
}

void block_rounding_round(const BlockRounding *rounding, const BlockNumber *number, guint n,
                          const GradeScore *score)
{
    gboolean is_done = round_rows(rounding, number, n, score);

    if (is_done && rows_difference(number->flags, n, 0) == 0)
        return;
    for (guint row = 0; row < n; row++) {
        if (number->flags[row] != 0)
            round_exact(rounding, block_number_value(number, row), row, score);
        else if (!is_done)
            round_row(rounding, number, row, score);
    }
}

/* ---- numbers of any size ---- */

/* number * 1,000,000, rounded, as a whole number of 64 bits; FALSE if it is beyond. */
static gboolean millionths(Rational number, Rounding rounding, gint64 *rounded)
{
    g_autoptr(Numbers) numbers = numbers_new();
    g_autofree char *text =
        rational_format(rational_mul(numbers, number, rational_int(MILLION)), 0, rounding);
    char *end;

    *rounded = g_ascii_strtoll(text, &end, 10);
    return *rounded<G_MAXINT64 && * rounded> G_MININT64 + 1;
}

/* Whether rational_format_beside() shows more places than the six. */
static gboolean is_longer(const BlockRounding *rounding, Rational number, Rounding way)
{
    const GArray *bounds = rounding->plan->constants;
    g_autofree char *plain = rational_format(number, 6, way);
    g_autofree char *beside = rational_format_beside(
        number, 6, way, (const Rational *)(const void *)bounds->data, bounds->len);

    return strcmp(plain, beside) != 0;
}

static void round_exact(const BlockRounding *rounding, Value value, guint row,
                        const GradeScore *score)
{
    gboolean is_point = value.exists && rational_compare(value.low, value.high) == 0;
    Rounding down = is_point ? ROUND_HALF_UP : ROUND_DOWN;
    Rounding up = is_point ? ROUND_HALF_UP : ROUND_UP;
    gboolean fits;

    score->state[row] = !value.exists ? GRADE_NONE : is_point ? GRADE_POINT : GRADE_RANGE;
    score->low[row] = score->high[row] = 0;
    score->is_longer[row] = FALSE;
    if (!value.exists)
        return;
    fits = millionths(value.low, down, &score->low[row]);
    fits = millionths(value.high, up, &score->high[row]) && fits;
    score->is_longer[row] =
        !fits || is_longer(rounding, value.low, down) || is_longer(rounding, value.high, up);
}
