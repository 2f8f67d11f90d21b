#include "rules/block_round.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000000 };
enum { SHORT_BITS = 43, QUOTIENT_BITS = 50 }; /* times a million in 64 bits; exact in a double */

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
    if (rounding->is_unknown)
        return TRUE;
    return (rounding->filter >> (cell & 63) & 1) != 0 &&
           bsearch(&cell, rounding->near->data, rounding->near->len, sizeof(gint64), by_value);
}

/* num / den in whole millionths, rounded down, and what is left over of one: 0 .. den - 1. FALSE if
 * it does not fit. */
static inline gboolean divide(gint64 num, gint64 den, double inverse, gint64 *quotient,
                              gint64 *rest)
{
    double estimate = (double)num * inverse;
    Int128 scaled, floor;

    if (llabs(num) >> SHORT_BITS == 0 && fabs(estimate) < (double)((gint64)1 << QUOTIENT_BITS)) {
        *quotient = (gint64)estimate; /* at most two off */
        *rest = num * MILLION - *quotient * den;
        for (; *rest < 0; *rest += den)
            --*quotient;
        for (; *rest >= den; *rest -= den)
            ++*quotient;
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

static void round_row(const BlockRounding *rounding, const BlockNumber *number, double inverse,
                      guint row, const GradeScore *score)
{
    gint64 low = number->low[row], high = number->high[row];
    gint64 low_den = number->low_den[row], high_den = number->high_den[row];
    gint64 quotient, rest, quotient2, rest2;
    gboolean is_point = low == high && low_den == high_den;

    if (!is_point)
        is_point = (Int128)low * high_den == (Int128)high * low_den;
    score->state[row] = is_point ? GRADE_POINT : GRADE_RANGE;
    if (!divide(low, low_den, number->den ? inverse : MILLION / (double)low_den, &quotient,
                &rest)) {
        round_exact(rounding, block_number_value(number, row), row, score);
        return;
    }
    score->is_longer[row] = rest != 0 && is_near(rounding, quotient);
    if (is_point) {
        score->low[row] = score->high[row] = quotient + (rest >= low_den - rest);
        return;
    }
    if (!divide(high, high_den, number->den ? inverse : MILLION / (double)high_den, &quotient2,
                &rest2)) {
        round_exact(rounding, block_number_value(number, row), row, score);
        return;
    }
    score->is_longer[row] |= rest2 != 0 && is_near(rounding, quotient2);
    score->low[row] = quotient;
    score->high[row] = quotient2 + (rest2 != 0);
}

void block_rounding_round(const BlockRounding *rounding, const BlockNumber *number, guint n,
                          const GradeScore *score)
{
    double inverse = number->den ? MILLION / (double)number->den : 0;

    for (guint row = 0; row < n; row++) {
        guint8 flags = number->flags[row];

        if (flags == 0)
            round_row(rounding, number, inverse, row, score);
        else
            round_exact(rounding, block_number_value(number, row), row, score);
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
