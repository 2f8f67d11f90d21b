#include "rules/value.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* Intervals with whole ends from -LAST to LAST, and open ends, are tried one by one. */
enum { LAST = 3, FINE = 6 };

typedef Value Operation(Numbers *numbers, Value a, Value b);

static Numbers *numbers;

static void make_pool(void)
{
    numbers = numbers_new();
}

static void free_pool(void)
{
    numbers_free(numbers);
}

TestSuite(value, .init = make_pool, .fini = free_pool);

static Value between(int low, int high)
{
    return value_range(rational_int(low), rational_int(high));
}

/* Beyond LAST an end is open. */
static Value maybe_open(int low, int high)
{
    Value value = between(low, high);

    value.no_low = low < -LAST;
    value.no_high = high > LAST;
    return value;
}

/* "[-1/2, 3]", "(.., 3]", with "?" if it may be undefined; "none", "undefined". */
static char *shown(Value value)
{
    g_autofree char *low = NULL, *high = NULL;

    if (!value.exists)
        return g_strdup("none");
    if (!value.may_be_defined)
        return g_strdup(value.may_be_undefined ? "undefined" : "broken");
    low = rational_format(value.low, 3, ROUND_HALF_UP);
    high = rational_format(value.high, 3, ROUND_HALF_UP);
    return g_strdup_printf("%s%s, %s%s%s", value.no_low ? "(" : "[", value.no_low ? ".." : low,
                           value.no_high ? ".." : high, value.no_high ? ")" : "]",
                           value.may_be_undefined ? "?" : "");
}

static void expect_value(Value value, const char *expected)
{
    g_autofree char *text = shown(value);

    cr_expect(eq(str, text, (char *)expected));
}

static gboolean holds(Value value, Rational number)
{
    return value.exists && value.may_be_defined &&
           (value.no_low || rational_compare(value.low, number) <= 0) &&
           (value.no_high || rational_compare(number, value.high) <= 0);
}

Test(value, adds_and_subtracts_ends)
{
    expect_value(value_add(numbers, between(1, 2), between(-5, 7)), "[-4, 9]");
    expect_value(value_sub(numbers, between(1, 2), between(-5, 7)), "[-6, 7]");
    expect_value(value_sub(numbers, between(1, 2), maybe_open(-9, 3)), "[-2, ..)");
    expect_value(value_add(numbers, maybe_open(-9, 2), maybe_open(1, 9)), "(.., ..)");
    expect_value(value_neg(numbers, maybe_open(-9, 2)), "[-2, ..)");
}

Test(value, multiplies_the_corners)
{
    expect_value(value_mul(numbers, between(-2, 3), between(-5, 7)), "[-15, 21]");
    expect_value(value_mul(numbers, between(-2, -1), between(-5, -3)), "[3, 10]");
    expect_value(value_mul(numbers, between(0, 0), maybe_open(-9, 9)), "[0, 0]");
    expect_value(value_mul(numbers, between(0, 1), maybe_open(2, 9)), "[0, ..)");
    expect_value(value_mul(numbers, maybe_open(-9, -1), maybe_open(2, 9)), "(.., -2]");
    expect_value(value_mul(numbers, maybe_open(-9, 0), maybe_open(-9, 0)), "[0, ..)");
}

Test(value, divides_and_says_where_it_may_be_undefined)
{
    expect_value(value_div(numbers, between(1, 2), between(4, 8)), "[0.125, 0.5]");
    expect_value(value_div(numbers, between(-1, 2), between(-8, -4)), "[-0.5, 0.25]");
    expect_value(value_div(numbers, between(1, 2), between(0, 2)), "[0.5, ..)?");
    expect_value(value_div(numbers, between(1, 2), between(-2, 0)), "(.., -0.5]?");
    expect_value(value_div(numbers, between(1, 2), between(-2, 2)), "(.., ..)?");
    expect_value(value_div(numbers, between(-1, 2), between(0, 2)), "(.., ..)?");
    expect_value(value_div(numbers, between(0, 2), between(0, 4)), "[0, ..)?");
    expect_value(value_div(numbers, between(0, 0), between(-4, 4)), "[0, 0]?");
    expect_value(value_div(numbers, between(1, 2), maybe_open(2, 9)), "[0, 1]");
    expect_value(value_div(numbers, between(1, 2), maybe_open(0, 9)), "[0, ..)?");
    expect_value(value_div(numbers, maybe_open(3, 9), maybe_open(1, 9)), "[0, ..)");
}

Test(value, a_division_by_exactly_zero_is_undefined)
{
    const Value zero = value_point(RATIONAL_ZERO);
    Value unsure = zero;

    unsure.may_be_undefined = TRUE;
    expect_value(value_div(numbers, between(1, 2), zero), "undefined");
    expect_value(value_div(numbers, zero, zero), "undefined");
    expect_value(value_div(numbers, zero, unsure), "undefined");
    expect_value(value_div(numbers, maybe_open(-9, 9), zero), "undefined");
    expect_value(value_div(numbers, value_none(), zero), "none");
}

Test(value, no_value_wins_over_undefined_and_undefined_over_numbers)
{
    static Operation *const operations[] = { value_add, value_sub, value_mul, value_div };
    const Value five = value_point(rational_int(5)), undefined = value_undefined();

    for (gsize i = 0; i < G_N_ELEMENTS(operations); i++) {
        expect_value(operations[i](numbers, value_none(), five), "none");
        expect_value(operations[i](numbers, five, value_none()), "none");
        expect_value(operations[i](numbers, value_none(), undefined), "none");
        expect_value(operations[i](numbers, undefined, value_none()), "none");
        expect_value(operations[i](numbers, undefined, five), "undefined");
        expect_value(operations[i](numbers, five, undefined), "undefined");
        expect_value(operations[i](numbers, undefined, undefined), "undefined");
    }
    expect_value(value_neg(numbers, value_none()), "none");
    expect_value(value_neg(numbers, undefined), "undefined");
}

Test(value, what_may_be_undefined_stays_so)
{
    static Operation *const operations[] = { value_add, value_sub, value_mul, value_div };
    const Value two = value_point(rational_int(2));
    Value unsure = two;

    unsure.may_be_undefined = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(operations); i++) {
        cr_expect(eq(int, operations[i](numbers, unsure, two).may_be_undefined, TRUE));
        cr_expect(eq(int, operations[i](numbers, two, unsure).may_be_undefined, TRUE));
        cr_expect(eq(int, operations[i](numbers, two, two).may_be_undefined, FALSE));
    }
    expect_value(value_neg(numbers, unsure), "[-2, -2]?");
}

Test(value, a_hull_holds_both)
{
    expect_value(value_hull(between(1, 2), between(5, 6)), "[1, 6]");
    expect_value(value_hull(between(1, 9), between(5, 6)), "[1, 9]");
    expect_value(value_hull(between(1, 2), maybe_open(-9, 0)), "(.., 2]");
    expect_value(value_hull(maybe_open(2, 9), between(1, 1)), "[1, ..)");
    expect_value(value_hull(between(1, 2), value_undefined()), "[1, 2]?");
    expect_value(value_hull(value_undefined(), between(1, 2)), "[1, 2]?");
    expect_value(value_hull(value_undefined(), value_undefined()), "undefined");
}

/* Numbers of a closed interval, in steps of 1 / FINE; far beyond an open end one number stands for
 * many. */
static GArray *samples(int low, int high)
{
    GArray *numbers_in = g_array_new(FALSE, FALSE, sizeof(Rational));
    const Rational far = rational_int(1000000);

    for (int i = MAX(low, -LAST) * FINE; i <= MIN(high, LAST) * FINE; i++) {
        Rational number = rational_ratio(i, FINE);

        g_array_append_val(numbers_in, number);
    }
    if (high > LAST)
        g_array_append_val(numbers_in, far);
    if (low < -LAST) {
        const Rational minus = rational_neg(NULL, far);

        g_array_append_val(numbers_in, minus);
    }
    return numbers_in;
}

typedef Rational Exact(Numbers *numbers, Rational a, Rational b);

/* What all pairs of numbers of two intervals give. */
typedef struct {
    gboolean has_any, has_undefined;
    Rational low, high;
} Reached;

static void reach(Reached *reached, Rational number)
{
    if (!reached->has_any || rational_compare(number, reached->low) < 0)
        reached->low = number;
    if (!reached->has_any || rational_compare(number, reached->high) > 0)
        reached->high = number;
    reached->has_any = TRUE;
}

static Reached reach_all(const GArray *left, const GArray *right, Exact *exact)
{
    Reached reached = { 0 };

    for (guint i = 0; i < left->len; i++)
        for (guint j = 0; j < right->len; j++) {
            Rational a = g_array_index(left, Rational, i), b = g_array_index(right, Rational, j);

            if (exact == rational_div && rational_sign(b) == 0)
                reached.has_undefined = TRUE;
            else
                reach(&reached, exact(numbers, a, b));
        }
    return reached;
}

/* Sound, and where both ends are closed also tight: the bounds are reached by some pair. */
static void expect_sound_and_tight(Value value, const Reached *reached, gboolean is_closed,
                                   const char *where)
{
    cr_assert(eq(int, value.exists, TRUE));
    cr_assert(eq(int, value.may_be_defined, reached->has_any), "%s", where);
    cr_assert(eq(int, value.may_be_undefined, reached->has_undefined), "%s", where);
    if (!reached->has_any)
        return;
    cr_assert(holds(value, reached->low), "%s", where);
    cr_assert(holds(value, reached->high), "%s", where);
    if (!is_closed)
        return;
    if (!value.no_low)
        cr_assert(zero(int, rational_compare(value.low, reached->low)), "%s", where);
    if (!value.no_high)
        cr_assert(zero(int, rational_compare(value.high, reached->high)), "%s", where);
    if (!reached->has_undefined)
        cr_assert(eq(int, value.no_low || value.no_high, FALSE), "%s", where);
}

static void try_all_intervals(Operation *operation, Exact *exact)
{
    const int beyond = LAST + 1;

    for (int a = -beyond; a <= LAST; a++)
        for (int b = MAX(a, -LAST); b <= beyond; b++) {
            g_autoptr(GArray) left = samples(a, b);

            for (int c = -beyond; c <= LAST; c++)
                for (int d = MAX(c, -LAST); d <= beyond; d++) {
                    g_autoptr(GArray) right = samples(c, d);
                    Reached reached = reach_all(left, right, exact);
                    gboolean is_closed = a >= -LAST && b <= LAST && c >= -LAST && d <= LAST;
                    g_autofree char *where = g_strdup_printf("[%d, %d] and [%d, %d]", a, b, c, d);

                    expect_sound_and_tight(operation(numbers, maybe_open(a, b), maybe_open(c, d)),
                                           &reached, is_closed, where);
                }
        }
}

Test(value, sums_of_small_intervals_are_sound_and_tight)
{
    try_all_intervals(value_add, rational_add);
}

Test(value, differences_of_small_intervals_are_sound_and_tight)
{
    try_all_intervals(value_sub, rational_sub);
}

Test(value, products_of_small_intervals_are_sound_and_tight)
{
    try_all_intervals(value_mul, rational_mul);
}

Test(value, quotients_of_small_intervals_are_sound_and_tight)
{
    try_all_intervals(value_div, rational_div);
}

/* An unbounded side is claimed only where the quotients run away: near zero, or with an open end.
 */
Test(value, quotients_have_no_end_only_where_they_run_away)
{
    for (int a = -LAST; a <= LAST; a++)
        for (int b = a; b <= LAST; b++)
            for (int c = -LAST; c <= LAST; c++)
                for (int d = c; d <= LAST; d++) {
                    Value value = value_div(numbers, between(a, b), between(c, d));
                    gboolean up = (b > 0 && c <= 0 && d > 0) || (a < 0 && c < 0 && d >= 0);
                    gboolean down = (a < 0 && c <= 0 && d > 0) || (b > 0 && c < 0 && d >= 0);

                    if (c == 0 && d == 0)
                        continue;
                    cr_expect(eq(int, value.no_high, up), "[%d, %d] / [%d, %d]", a, b, c, d);
                    cr_expect(eq(int, value.no_low, down), "[%d, %d] / [%d, %d]", a, b, c, d);
                }
}

Test(truth, follows_kleene_and_drops_what_is_not_applicable)
{
    enum { F = TRUTH_FALSE, U = TRUTH_UNKNOWN, T = TRUTH_TRUE, N = TRUTH_NONE };
    static const int and[4][4] = {
        [F] = { [F] = F, [U] = F, [T] = F, [N] = F },
        [U] = { [F] = F, [U] = U, [T] = U, [N] = U },
        [T] = { [F] = F, [U] = U, [T] = T, [N] = T },
        [N] = { [F] = F, [U] = U, [T] = T, [N] = N },
    };
    static const int or [4][4] = {
        [F] = { [F] = F, [U] = U, [T] = T, [N] = F },
        [U] = { [F] = U, [U] = U, [T] = T, [N] = U },
        [T] = { [F] = T, [U] = T, [T] = T, [N] = T },
        [N] = { [F] = F, [U] = U, [T] = T, [N] = N },
    };
    static const int not_of[4] = { [F] = T, [U] = U, [T] = F, [N] = N };

    for (int a = 0; a < 4; a++) {
        cr_expect(eq(int, (int)truth_not((Truth)a), not_of[a]), "not %d", a);
        for (int b = 0; b < 4; b++) {
            cr_expect(eq(int, (int)truth_and((Truth)a, (Truth)b), and[a][b]), "%d and %d", a, b);
            cr_expect(eq(int, (int)truth_or((Truth)a, (Truth)b), or [a][b]), "%d or %d", a, b);
        }
    }
}
