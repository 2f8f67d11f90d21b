#include "rules/block_number.h"

#include "rules/compare.h"

/* Numerators and denominators of rows; four times this is still 64 bits. */
#define PART_LIMIT ((gint64)1 << 61)

BlockNumber *block_number_new(void)
{
    BlockNumber *number = g_new0(BlockNumber, 1);

    number->flags = rows_new(1);
    number->low = rows_new(sizeof(gint64));
    number->high = rows_new(sizeof(gint64));
    number->low_den = rows_new(sizeof(gint64));
    number->high_den = rows_new(sizeof(gint64));
    block_number_set_den(number, 1);
    return number;
}

void block_number_free(BlockNumber *number)
{
    if (!number)
        return;
    g_aligned_free(number->flags);
    g_aligned_free(number->low);
    g_aligned_free(number->high);
    g_aligned_free(number->low_den);
    g_aligned_free(number->high_den);
    g_aligned_free(number->exact);
    g_free(number);
}

void block_number_set_den(BlockNumber *number, gint64 den)
{
    if (number->den == den)
        return;
    number->den = den;
    rows_set64(den, number->low_den);
    rows_set64(den, number->high_den);
}

static gboolean is_small(Rational number)
{
    return !number.big && number.num < PART_LIMIT && number.num > -PART_LIMIT &&
           number.den < PART_LIMIT;
}

static guint8 flags_of(Value value)
{
    if (!value.exists)
        return NUMBER_NONE;
    return (guint8)((value.may_be_defined ? 0 : NUMBER_UNDEFINED) |
                    (value.may_be_undefined ? NUMBER_MAYBE : 0) |
                    (value.no_low ? NUMBER_NO_LOW : 0) | (value.no_high ? NUMBER_NO_HIGH : 0));
}

void block_number_put(BlockNumber *number, guint row, Value value)
{
    number->den = 0;
    number->low[row] = number->high[row] = 0;
    number->low_den[row] = number->high_den[row] = 1;
    if (!is_small(value.low) || !is_small(value.high)) {
        if (!number->exact)
            number->exact = rows_new(sizeof(Value));
        number->exact[row] = value;
        number->flags[row] = NUMBER_EXACT;
        return;
    }
    number->flags[row] = flags_of(value);
    number->low[row] = (gint64)value.low.num;
    number->low_den[row] = (gint64)value.low.den;
    number->high[row] = (gint64)value.high.num;
    number->high_den[row] = (gint64)value.high.den;
}

void block_number_set_point(BlockNumber *number, Value point)
{
    for (guint row = 0; row < BLOCK_ROWS; row++)
        block_number_put(number, row, point);
    if (!(number->flags[0] & NUMBER_EXACT))
        number->den = number->low_den[0];
}

Value block_number_value(const BlockNumber *number, guint row)
{
    guint8 flags = number->flags[row];
    Value value;

    if (flags & NUMBER_EXACT)
        return number->exact[row];
    if (flags & NUMBER_NONE)
        return value_none();
    value = value_none();
    value.exists = TRUE;
    value.may_be_defined = !(flags & NUMBER_UNDEFINED);
    value.may_be_undefined = (flags & (NUMBER_MAYBE | NUMBER_UNDEFINED)) != 0;
    value.no_low = (flags & NUMBER_NO_LOW) != 0;
    value.no_high = (flags & NUMBER_NO_HIGH) != 0;
    value.low = rational_ratio(number->low[row], number->low_den[row]);
    value.high = rational_ratio(number->high[row], number->high_den[row]);
    return value;
}

/* ---- comparing ---- */

/* Sign of a / a_den - b / b_den. */
static int order(gint64 a, gint64 a_den, gint64 b, gint64 b_den)
{
    Int128 left = (Int128)a * b_den, right = (Int128)b * a_den;

    return (left > right) - (left < right);
}

static void decide(Operator op, gint64 low, gint64 high, gint64 low2, gint64 high2,
                   Decision *decision)
{
    int gap = order(high, 1, low2, 1), gap2 = order(high2, 1, low, 1);

    decision->truth[gap + 1][gap2 + 1] =
        (guint8)compare_values(op, value_range(rational_int(low), rational_int(high)),
                               value_range(rational_int(low2), rational_int(high2)));
}

/* Only one of the two signs may be below 0, and both are 0 for two equal points. */
Decision block_number_decision(Operator op)
{
    Decision decision = { 0 };

    decide(op, 0, 0, 1, 1, &decision);
    decide(op, 1, 1, 0, 0, &decision);
    decide(op, 0, 0, 0, 0, &decision);
    decide(op, 0, 1, 1, 2, &decision);
    decide(op, 1, 2, 0, 1, &decision);
    decide(op, 0, 1, 0, 1, &decision);
    return decision;
}

/* Without branches, so that rows of all kinds take the same time. Ends that are none are 0. */
static inline guint8 compare_row(const Decision *decision, const BlockNumber *left,
                                 const BlockNumber *right, guint row)
{
    guint8 flags = left->flags[row], flags2 = right->flags[row], both = flags | flags2;
    int gap = order(left->high[row], left->high_den[row], right->low[row], right->low_den[row]);
    int gap2 = order(right->high[row], right->high_den[row], left->low[row], left->low_den[row]);
    guint8 truth;

    gap = (flags & NUMBER_NO_HIGH) | (flags2 & NUMBER_NO_LOW) ? 1 : gap;
    gap2 = (flags2 & NUMBER_NO_HIGH) | (flags & NUMBER_NO_LOW) ? 1 : gap2;
    truth = decision->truth[gap + 1][gap2 + 1];
    truth = both & NUMBER_MAYBE ? MIN(truth, TRUTH_UNKNOWN) : truth;
    truth = both & NUMBER_UNDEFINED ? TRUTH_FALSE : truth;
    return both & NUMBER_NONE ? TRUTH_NONE : truth;
}

static gboolean has_exact(const BlockNumber *number, guint n)
{
    return (rows_difference(number->flags, n, 0) & NUMBER_EXACT) != 0;
}

void block_number_compare(Operator op, const Decision *decision, const BlockNumber *left,
                          const BlockNumber *right, guint n, guint8 *truth)
{
    for (guint row = 0; row < n; row++)
        truth[row] = compare_row(decision, left, right, row);
    if (!has_exact(left, n) && !has_exact(right, n))
        return;
    for (guint row = 0; row < n; row++)
        if ((left->flags[row] | right->flags[row]) & NUMBER_EXACT)
            truth[row] = (guint8)compare_values(op, block_number_value(left, row),
                                                block_number_value(right, row));
}

/* ---- adding ---- */

/* a / den + b / den2 as a fraction; FALSE if it does not fit. */
static gboolean add(gint64 a, gint64 den, gint64 b, gint64 den2, gint64 *sum, gint64 *sum_den)
{
    gint64 left, right;

    if (den == den2) {
        *sum_den = den;
        return !__builtin_add_overflow(a, b, sum) && *sum<PART_LIMIT && * sum> - PART_LIMIT;
    }
    return !__builtin_mul_overflow(a, den2, &left) && !__builtin_mul_overflow(b, den, &right) &&
           !__builtin_add_overflow(left, right, sum) &&
           !__builtin_mul_overflow(den, den2, sum_den) && *sum<PART_LIMIT && * sum> - PART_LIMIT &&
           *sum_den < PART_LIMIT;
}

static guint8 negated(guint8 flags)
{
    return (guint8)((flags & ~(NUMBER_NO_LOW | NUMBER_NO_HIGH)) |
                    (flags & NUMBER_NO_LOW ? NUMBER_NO_HIGH : 0) |
                    (flags & NUMBER_NO_HIGH ? NUMBER_NO_LOW : 0));
}

/* No value wins over undefined, and undefined over numbers. The ends of what has none, and of what
 * is none, are 0. */
static guint8 join_flags(guint8 a, guint8 b)
{
    guint8 both = a | b;

    return both & NUMBER_NONE        ? NUMBER_NONE
           : both & NUMBER_UNDEFINED ? NUMBER_UNDEFINED | NUMBER_MAYBE
                                     : both;
}

static gboolean add_row(BlockNumber *sum, const BlockNumber *a, const BlockNumber *b,
                        gboolean minus, guint row)
{
    const gint64 *low = minus ? b->high : b->low, *low_den = minus ? b->high_den : b->low_den;
    const gint64 *high = minus ? b->low : b->high, *high_den = minus ? b->low_den : b->high_den;
    gint64 sign = minus ? -1 : 1;

    if ((a->flags[row] | b->flags[row]) & NUMBER_EXACT)
        return FALSE;
    sum->flags[row] = join_flags(a->flags[row], minus ? negated(b->flags[row]) : b->flags[row]);
    return add(a->low[row], a->low_den[row], sign * low[row], low_den[row], &sum->low[row],
               &sum->low_den[row]) &&
           add(a->high[row], a->high_den[row], sign * high[row], high_den[row], &sum->high[row],
               &sum->high_den[row]);
}

void block_number_add(BlockNumber *sum, const BlockNumber *a, const BlockNumber *b, gboolean minus,
                      guint n, Numbers *numbers)
{
    sum->den = 0;
    for (guint row = 0; row < n; row++) {
        Value left, right;

        if (add_row(sum, a, b, minus, row))
            continue;
        left = block_number_value(a, row);
        right = block_number_value(b, row);
        block_number_put(sum, row,
                         minus ? value_sub(numbers, left, right) : value_add(numbers, left, right));
    }
}
