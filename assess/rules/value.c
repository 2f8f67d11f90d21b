#include "rules/value.h"

/* One end of an interval: a number, or without end downwards (-1) or upwards (1). */
typedef struct {
    int endless;
    Rational number;
} End;

Value value_none(void)
{
    return (Value){ .low = RATIONAL_ZERO, .high = RATIONAL_ZERO };
}

Value value_undefined(void)
{
    Value value = value_none();

    value.exists = TRUE;
    value.may_be_undefined = TRUE;
    return value;
}

Value value_point(Rational number)
{
    return value_range(number, number);
}

Value value_range(Rational low, Rational high)
{
    g_assert(rational_compare(low, high) <= 0);
    return (Value){ .exists = TRUE, .may_be_defined = TRUE, .low = low, .high = high };
}

/* Ends. */

static End low_end(Value value)
{
    return (End){ value.no_low ? -1 : 0, value.low };
}

static End high_end(Value value)
{
    return (End){ value.no_high ? 1 : 0, value.high };
}

static int end_sign(End end)
{
    return end.endless != 0 ? end.endless : rational_sign(end.number);
}

static int end_compare(End a, End b)
{
    if (a.endless != b.endless)
        return a.endless < b.endless ? -1 : 1;
    return a.endless != 0 ? 0 : rational_compare(a.number, b.number);
}

/* 0 times no end is 0: whatever an endless factor really is, the product is 0. */
static End end_multiply(Numbers *numbers, End a, End b)
{
    int sign = end_sign(a) * end_sign(b);

    if (sign == 0)
        return (End){ 0, RATIONAL_ZERO };
    if (a.endless != 0 || b.endless != 0)
        return (End){ sign, RATIONAL_ZERO };
    return (End){ 0, rational_mul(numbers, a.number, b.number) };
}

/* 1 / end; at 0 it runs away on the side of `side`, at no end it approaches 0. */
static End end_invert(Numbers *numbers, End end, int side)
{
    if (end.endless != 0)
        return (End){ 0, RATIONAL_ZERO };
    if (rational_sign(end.number) == 0)
        return (End){ side, RATIONAL_ZERO };
    return (End){ 0, rational_div(numbers, RATIONAL_ONE, end.number) };
}

static Value value_between(End low, End high)
{
    return (Value){ .exists = TRUE,
                    .may_be_defined = TRUE,
                    .no_low = low.endless != 0,
                    .no_high = high.endless != 0,
                    .low = low.endless != 0 ? RATIONAL_ZERO : low.number,
                    .high = high.endless != 0 ? RATIONAL_ZERO : high.number };
}

/* Arithmetic. */

/* Whether one of the operands settles the result: no value first, then undefined. */
static gboolean is_settled(Value a, Value b, Value *result)
{
    if (!a.exists || !b.exists)
        *result = value_none();
    else if (!a.may_be_defined || !b.may_be_defined)
        *result = value_undefined();
    else
        return FALSE;
    return TRUE;
}

Value value_add(Numbers *numbers, Value a, Value b)
{
    Value sum;

    if (is_settled(a, b, &sum))
        return sum;
    sum = value_undefined();
    sum.may_be_defined = TRUE;
    sum.may_be_undefined = a.may_be_undefined || b.may_be_undefined;
    sum.no_low = a.no_low || b.no_low;
    sum.no_high = a.no_high || b.no_high;
    if (!sum.no_low)
        sum.low = rational_add(numbers, a.low, b.low);
    if (!sum.no_high)
        sum.high = rational_add(numbers, a.high, b.high);
    return sum;
}

Value value_sub(Numbers *numbers, Value a, Value b)
{
    return value_add(numbers, a, value_neg(numbers, b));
}

Value value_neg(Numbers *numbers, Value a)
{
    Value negative = a;

    negative.no_low = a.no_high;
    negative.no_high = a.no_low;
    negative.low = rational_neg(numbers, a.high);
    negative.high = rational_neg(numbers, a.low);
    return negative;
}

Value value_mul(Numbers *numbers, Value a, Value b)
{
    const End left[] = { low_end(a), high_end(a) }, right[] = { low_end(b), high_end(b) };
    Value product;
    End low, high;

    if (is_settled(a, b, &product))
        return product;
    low = high = end_multiply(numbers, left[0], right[0]);
    for (int i = 1; i < 4; i++) {
        End corner = end_multiply(numbers, left[i / 2], right[i % 2]);

        if (end_compare(corner, low) < 0)
            low = corner;
        if (end_compare(corner, high) > 0)
            high = corner;
    }
    product = value_between(low, high);
    product.may_be_undefined = a.may_be_undefined || b.may_be_undefined;
    return product;
}

/* a / divisor for divisors between two ends of one sign, of which one may be 0: it is approached,
 * not reached. */
static Value divide_one_side(Numbers *numbers, Value a, End low, End high, int side)
{
    return value_mul(
        numbers, a, value_between(end_invert(numbers, high, side), end_invert(numbers, low, side)));
}

Value value_div(Numbers *numbers, Value a, Value b)
{
    const End zero = { 0, RATIONAL_ZERO }, low = low_end(b), high = high_end(b);
    const gboolean has_negative = end_sign(low)<0, has_positive = end_sign(high)> 0;
    Value quotient;

    if (is_settled(a, b, &quotient))
        return quotient;
    if (!has_negative && !has_positive)
        return value_undefined();
    if (has_negative && has_positive)
        quotient = value_hull(divide_one_side(numbers, a, low, zero, -1),
                              divide_one_side(numbers, a, zero, high, 1));
    else
        quotient = divide_one_side(numbers, a, low, high, has_positive ? 1 : -1);
    if (end_sign(low) <= 0 && end_sign(high) >= 0)
        quotient.may_be_undefined = TRUE;
    quotient.may_be_undefined |= b.may_be_undefined;
    return quotient;
}

Value value_hull(Value a, Value b)
{
    Value hull;

    g_assert(a.exists && b.exists);
    if (!a.may_be_defined || !b.may_be_defined) {
        hull = a.may_be_defined ? a : b;
    } else {
        const End lows[] = { low_end(a), low_end(b) }, highs[] = { high_end(a), high_end(b) };

        hull = value_between(lows[end_compare(lows[0], lows[1]) > 0],
                             highs[end_compare(highs[0], highs[1]) < 0]);
    }
    hull.may_be_undefined = a.may_be_undefined || b.may_be_undefined;
    return hull;
}

/* Truth. FALSE < UNKNOWN < TRUE, so Kleene's `and` is the less of the two, `or` the greater. */

Truth truth_and(Truth a, Truth b)
{
    if (a == TRUTH_NONE || b == TRUTH_NONE)
        return a == TRUTH_NONE ? b : a;
    return MIN(a, b);
}

Truth truth_or(Truth a, Truth b)
{
    if (a == TRUTH_NONE || b == TRUTH_NONE)
        return a == TRUTH_NONE ? b : a;
    return MAX(a, b);
}

Truth truth_not(Truth a)
{
    return a == TRUTH_NONE ? TRUTH_NONE : (Truth)(TRUTH_TRUE - a);
}
