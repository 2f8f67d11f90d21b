#include "base/rational.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gmp.h>
#include <math.h>
#include <string.h>

static Numbers *numbers;

static void make_pool(void)
{
    numbers = numbers_new();
}

static void free_pool(void)
{
    numbers_free(numbers);
}

TestSuite(rational, .init = make_pool, .fini = free_pool);

static Rational decimal(const char *text)
{
    Rational value = RATIONAL_ZERO;

    cr_assert(eq(int, (int)rational_parse(text, &value), (int)DECIMAL_OK), "%s", text);
    return value;
}

static gboolean same(Rational a, Rational b)
{
    return rational_compare(a, b) == 0;
}

/* 2^exponent. */
static Rational power_of_two(int exponent)
{
    Rational power = RATIONAL_ONE;

    for (int i = 0; i < ABS(exponent); i++)
        power = rational_mul(numbers, power, rational_int(2));
    return exponent < 0 ? rational_div(numbers, RATIONAL_ONE, power) : power;
}

static void expect_format(Rational value, guint places, Rounding rounding, const char *expected)
{
    g_autofree char *text = rational_format(value, places, rounding);

    cr_expect(eq(str, text, (char *)expected), "to %u places", places);
}

Test(rational, a_third_is_a_third)
{
    Rational third = rational_ratio(1, 3);
    Rational sum = rational_add(numbers, decimal("0.1"), decimal("0.2"));

    cr_expect(same(rational_mul(numbers, third, rational_int(3)), RATIONAL_ONE));
    cr_expect(same(sum, decimal("0.3")));
}

Test(rational, is_kept_in_lowest_terms)
{
    Rational half = rational_ratio(-50, -100), minus = rational_ratio(6, -4);
    Rational none = rational_ratio(0, -7), lowest = rational_ratio(G_MININT64, G_MININT64);

    cr_expect(half.num == 1 && half.den == 2);
    cr_expect(minus.num == -3 && minus.den == 2);
    cr_expect(none.num == 0 && none.den == 1);
    cr_expect(lowest.num == 1 && lowest.den == 1);
    lowest = rational_ratio(1, G_MININT64);
    cr_expect(lowest.num == -1 && lowest.den == (Int128)1 << 63);
}

Test(rational, equal_numbers_have_one_representation_after_being_big)
{
    Rational big = power_of_two(300), back = big;

    cr_assert(ne(ptr, (void *)big.big, NULL));
    for (int i = 0; i < 300; i++)
        back = rational_div(numbers, back, rational_int(2));
    cr_expect(zero(ptr, (void *)back.big));
    cr_expect(back.num == 1 && back.den == 1);
    back = rational_sub(numbers, rational_add(numbers, big, RATIONAL_ONE), big);
    cr_expect(zero(ptr, (void *)back.big));
    cr_expect(back.num == 1 && back.den == 1);
    back = rational_sub(numbers, big, big);
    cr_expect(back.big == NULL && back.num == 0 && back.den == 1);
}

Test(rational, is_plain_up_to_127_bits)
{
    Rational limit = power_of_two(127);
    Rational most = rational_sub(numbers, limit, RATIONAL_ONE);
    Rational least = rational_neg(numbers, most);
    Rational finest = rational_div(numbers, RATIONAL_ONE, most);

    cr_expect(ne(ptr, (void *)limit.big, NULL));
    cr_expect(zero(ptr, (void *)most.big));
    cr_expect(zero(ptr, (void *)least.big));
    cr_expect(zero(ptr, (void *)finest.big));
    cr_expect(ne(ptr, (void *)rational_add(numbers, most, RATIONAL_ONE).big, NULL));
    cr_expect(ne(ptr, (void *)rational_sub(numbers, least, RATIONAL_ONE).big, NULL));
    cr_expect(ne(ptr, (void *)rational_neg(numbers, limit).big, NULL));
    cr_expect(ne(ptr, (void *)power_of_two(-127).big, NULL));
    cr_expect(zero(ptr, (void *)power_of_two(-126).big));
    cr_expect(same(rational_neg(numbers, least), most));
    cr_expect(same(rational_mul(numbers, finest, most), RATIONAL_ONE));
}

Test(rational, compares_without_overflow)
{
    Rational most = rational_sub(numbers, power_of_two(127), RATIONAL_ONE);
    Rational less = rational_sub(numbers, most, RATIONAL_ONE);
    Rational a = rational_div(numbers, less, most);
    Rational b = rational_div(numbers, rational_sub(numbers, less, RATIONAL_ONE), less);

    cr_expect(eq(int, rational_compare(a, b), 1));
    cr_expect(eq(int, rational_compare(b, a), -1));
    cr_expect(eq(int, rational_compare(a, a), 0));
    cr_expect(eq(int, rational_compare(rational_neg(numbers, a), b), -1));
    cr_expect(eq(int, rational_compare(power_of_two(200), most), 1));
    cr_expect(eq(int, rational_compare(power_of_two(-200), RATIONAL_ZERO), 1));
    cr_expect(eq(int, rational_compare(power_of_two(200), power_of_two(200)), 0));
    cr_expect(eq(int, rational_sign(power_of_two(-200)), 1));
    cr_expect(eq(int, rational_sign(rational_neg(numbers, power_of_two(200))), -1));
    cr_expect(eq(int, rational_sign(RATIONAL_ZERO), 0));
}

Test(rational, knows_integers)
{
    cr_expect(rational_is_integer(rational_ratio(6, 3)));
    cr_expect(rational_is_integer(RATIONAL_ZERO));
    cr_expect(rational_is_integer(power_of_two(500)));
    cr_expect(eq(int, rational_is_integer(rational_ratio(1, 2)), FALSE));
    cr_expect(eq(int, rational_is_integer(power_of_two(-500)), FALSE));
}

/* Random numbers of all sizes, beside GMP. */

static void random_part(GRand *random, mpz_t part)
{
    static const int sizes[] = { 1, 4, 31, 32, 62, 63, 64, 65, 90, 125, 126, 127, 128, 129, 200 };
    int bits = sizes[g_rand_int_range(random, 0, G_N_ELEMENTS(sizes))];

    mpz_set_ui(part, 0);
    for (int i = 0; i < bits; i += 16) {
        mpz_mul_2exp(part, part, 16);
        mpz_add_ui(part, part, (unsigned long)g_rand_int_range(random, 0, 0x10000));
    }
    mpz_fdiv_r_2exp(part, part, (mp_bitcnt_t)bits);
    if (g_rand_int_range(random, 0, 4) == 0) { /* all ones: the greatest of its size */
        mpz_set_ui(part, 1);
        mpz_mul_2exp(part, part, (mp_bitcnt_t)bits);
        mpz_sub_ui(part, part, 1);
    }
}

/* Built by our own arithmetic, from pieces of 16 bits. */
static Rational rational_of_part(const mpz_t part)
{
    Rational value = RATIONAL_ZERO;
    g_autofree char *digits = mpz_get_str(NULL, 16, part);

    for (const char *at = digits; *at; at++)
        value = rational_add(numbers, rational_mul(numbers, value, rational_int(16)),
                             rational_int(g_ascii_xdigit_value(*at)));
    return value;
}

static Rational random_rational(GRand *random, mpq_t exact)
{
    Rational value;

    random_part(random, mpq_numref(exact));
    do
        random_part(random, mpq_denref(exact));
    while (mpz_sgn(mpq_denref(exact)) == 0);
    value = rational_div(numbers, rational_of_part(mpq_numref(exact)),
                         rational_of_part(mpq_denref(exact)));
    mpq_canonicalize(exact);
    if (g_rand_boolean(random)) {
        mpq_neg(exact, exact);
        value = rational_neg(numbers, value);
    }
    return value;
}

static void expect_exactly(Rational value, const mpq_t exact, const char *what)
{
    g_autofree char *text = mpq_get_str(NULL, 10, exact);
    char *slash = strchr(text, '/');
    gboolean fits =
        mpz_sizeinbase(mpq_numref(exact), 2) <= 127 && mpz_sizeinbase(mpq_denref(exact), 2) <= 127;
    Rational den = rational_of_part(mpq_denref(exact));
    Rational product = rational_mul(numbers, value, den);
    g_autofree char *num = rational_format(product, 0, ROUND_DOWN);

    if (slash)
        *slash = '\0';
    cr_assert(rational_is_integer(product), "%s", what);
    cr_assert(eq(str, num, text), "%s", what);
    cr_assert(eq(int, value.big == NULL, fits), "%s", what);
}

static void expect_rounded(Rational value, const mpq_t exact, guint places)
{
    g_autofree char *down = rational_format(value, places, ROUND_DOWN);
    g_autofree char *half = rational_format(value, places, ROUND_HALF_UP);
    g_autofree char *up = rational_format(value, places, ROUND_UP);
    const char *texts[] = { down, half, up };

    for (int i = 0; i < 3; i++) {
        g_auto(GStrv) parts = g_strsplit(texts[i], ".", 2);
        guint after = parts[1] ? (guint)strlen(parts[1]) : 0;
        g_autofree char *digits = g_strconcat(parts[0], parts[1], NULL);
        gboolean is_right;
        mpq_t error, unit;

        cr_assert(le(uint, after, places));
        mpq_inits(error, unit, NULL);
        cr_assert(zero(int, mpz_set_str(mpq_numref(error), digits, 10)));
        mpz_ui_pow_ui(mpq_denref(error), 10, after);
        mpq_canonicalize(error);
        mpq_sub(error, error, exact); /* shown less exact, in units of the last place */
        mpz_ui_pow_ui(mpq_numref(unit), 10, places);
        mpq_mul(error, error, unit);
        if (i == 0)
            is_right = mpq_sgn(error) <= 0 && mpq_cmp_si(error, -1, 1) > 0;
        else if (i == 1)
            is_right = mpq_cmp_si(error, 1, 2) <= 0 && mpq_cmp_si(error, -1, 2) > 0;
        else
            is_right = mpq_sgn(error) >= 0 && mpq_cmp_si(error, 1, 1) < 0;
        cr_assert(is_right, "%s", texts[i]);
        mpq_clears(error, unit, NULL);
    }
}

Test(rational, agrees_with_gmp_on_numbers_of_all_sizes)
{
    GRand *random = g_rand_new_with_seed(3);
    mpq_t a, b, result;

    mpq_inits(a, b, result, NULL);
    for (int round = 0; round < 3000; round++) {
        Rational x = random_rational(random, a), y = random_rational(random, b);
        int order = mpq_cmp(a, b);

        expect_exactly(x, a, "value");
        mpq_add(result, a, b);
        expect_exactly(rational_add(numbers, x, y), result, "sum");
        mpq_sub(result, a, b);
        expect_exactly(rational_sub(numbers, x, y), result, "difference");
        mpq_mul(result, a, b);
        expect_exactly(rational_mul(numbers, x, y), result, "product");
        if (mpq_sgn(b) != 0) {
            mpq_div(result, a, b);
            expect_exactly(rational_div(numbers, x, y), result, "quotient");
        }
        mpq_neg(result, a);
        expect_exactly(rational_neg(numbers, x), result, "negative");
        cr_assert(eq(int, rational_compare(x, y), (order > 0) - (order < 0)));
        cr_assert(eq(int, rational_sign(x), mpq_sgn(a)));
        expect_rounded(x, a, (guint)g_rand_int_range(random, 0, 40));
        numbers_reset(numbers);
    }
    mpq_clears(a, b, result, NULL);
    g_rand_free(random);
}

Test(rational, reads_decimals)
{
    static const struct {
        const char *text;
        gint64 num, den;
    } cases[] = {
        { "0", 0, 1 },
        { "-0", 0, 1 },
        { "+0.0", 0, 1 },
        { "60", 60, 1 },
        { "0.25", 1, 4 },
        { "-1.5", -3, 2 },
        { "+7", 7, 1 },
        { "007.500000000", 15, 2 },
        { "00000000000000000000000000001", 1, 1 },
        { "999999999999.999999", 999999999999999999, 1000000 },
        { "-999999999999.999999", -999999999999999999, 1000000 },
        { "0.000001", 1, 1000000 },
        { "0.0000010000000", 1, 1000000 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        cr_expect(same(decimal(cases[i].text), rational_ratio(cases[i].num, cases[i].den)), "%s",
                  cases[i].text);
}

Test(rational, refuses_what_is_no_decimal)
{
    static const char *const texts[] = { "",      " 1",           "1 ",   "+",    "-",   ".",
                                         ".5",    "5.",           "1e3",  "0x10", "nan", "inf",
                                         "1,000", "1.2.3",        "--1",  "+-1",  "1/2", "60%",
                                         "1_0",   "\xef\xbc\x91", "1.-2", "1.2a", "a" };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        Rational value = rational_int(42);

        cr_expect(eq(int, (int)rational_parse(texts[i], &value), (int)DECIMAL_NOT_A_NUMBER), "%s",
                  texts[i]);
        cr_expect(same(value, rational_int(42)), "%s", texts[i]);
    }
}

Test(rational, refuses_more_digits_than_it_may_read)
{
    static const char *const texts[] = {
        "1000000000000",      "0.0000001", "-1234567890123",
        "0001000000000000.5", "1.0000001", "99999999999999999999999999999999999999999999999"
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        Rational value;

        cr_expect(eq(int, (int)rational_parse(texts[i], &value), (int)DECIMAL_TOO_LONG), "%s",
                  texts[i]);
    }
}

Test(rational, writes_decimals_rounded_once)
{
    expect_format(rational_ratio(1, 3), 6, ROUND_HALF_UP, "0.333333");
    expect_format(rational_ratio(2, 3), 6, ROUND_HALF_UP, "0.666667");
    expect_format(rational_ratio(2, 3), 6, ROUND_DOWN, "0.666666");
    expect_format(rational_ratio(1, 3), 6, ROUND_UP, "0.333334");
    expect_format(rational_ratio(1, 2), 6, ROUND_UP, "0.5");
    expect_format(rational_ratio(1, 2), 0, ROUND_HALF_UP, "1");
    expect_format(rational_ratio(-1, 2), 0, ROUND_HALF_UP, "0");
    expect_format(rational_ratio(-3, 2), 0, ROUND_HALF_UP, "-1");
    expect_format(rational_ratio(-1, 3), 0, ROUND_DOWN, "-1");
    expect_format(rational_ratio(-1, 3), 0, ROUND_UP, "0");
    expect_format(rational_ratio(-1, 3), 2, ROUND_HALF_UP, "-0.33");
    expect_format(rational_ratio(999999, 1000000), 3, ROUND_HALF_UP, "1");
    expect_format(rational_int(100), 6, ROUND_HALF_UP, "100");
    expect_format(rational_int(100), 0, ROUND_HALF_UP, "100");
    expect_format(RATIONAL_ZERO, 6, ROUND_HALF_UP, "0");
    expect_format(rational_ratio(1, 1000), 6, ROUND_HALF_UP, "0.001");
    expect_format(rational_ratio(-1, 1000), 3, ROUND_HALF_UP, "-0.001");
    expect_format(power_of_two(-4), 50, ROUND_HALF_UP, "0.0625");
    expect_format(power_of_two(130), 2, ROUND_HALF_UP, "1361129467683753853853498429727072845824");
    expect_format(decimal("999999999999.999999"), 6, ROUND_HALF_UP, "999999999999.999999");
    expect_format(rational_ratio(1, 7), 30, ROUND_DOWN, "0.142857142857142857142857142857");
}

static void expect_beside(Rational value, guint places, Rounding rounding, const char *bound,
                          const char *expected)
{
    const Rational bounds[] = { rational_int(-5), decimal(bound) };
    g_autofree char *text = rational_format_beside(value, places, rounding, bounds, 2);

    cr_expect(eq(str, text, (char *)expected), "beside %s", bound);
}

Test(rational, shows_more_places_where_rounding_would_hide_a_difference)
{
    expect_beside(decimal("0.7999"), 2, ROUND_HALF_UP, "0.8", "0.7999");
    expect_beside(decimal("0.79"), 2, ROUND_HALF_UP, "0.8", "0.79");
    expect_beside(decimal("0.8"), 2, ROUND_HALF_UP, "0.8", "0.8");
    expect_beside(rational_ratio(2399999, 3000000), 2, ROUND_HALF_UP, "0.8", "0.7999997");
    expect_beside(decimal("0.8004"), 2, ROUND_HALF_UP, "0.8", "0.8004");
    expect_beside(decimal("0.756"), 1, ROUND_HALF_UP, "0.77", "0.76");
    expect_beside(decimal("0.8001"), 2, ROUND_DOWN, "0.8", "0.8001");
    expect_beside(decimal("0.7999"), 3, ROUND_UP, "0.8", "0.7999");
    expect_beside(rational_ratio(1, 3), 2, ROUND_HALF_UP, "0.8", "0.33");
    expect_beside(rational_ratio(-1, 3), 0, ROUND_HALF_UP, "0", "-0.3");
    expect_beside(rational_sub(numbers, rational_ratio(4, 5), power_of_two(-100)), 6, ROUND_HALF_UP,
                  "0.8", "0.799999999999999999999999999999");
}

Test(rational, an_exact_bound_needs_no_more_places)
{
    const Rational third = rational_ratio(1, 3);
    g_autofree char *text = rational_format_beside(third, 6, ROUND_HALF_UP, &third, 1);

    cr_expect(eq(str, text, "0.333333"));
}

Test(rational, becomes_the_nearest_double)
{
    GRand *random = g_rand_new_with_seed(4);

    cr_expect(eq(dbl, rational_to_double(decimal("0.1")), 0.1));
    cr_expect(eq(dbl, rational_to_double(rational_ratio(-2, 3)), -2.0 / 3));
    cr_expect(eq(dbl, rational_to_double(RATIONAL_ZERO), 0));
    cr_expect(eq(dbl, rational_to_double(power_of_two(300)), ldexp(1, 300)));
    cr_expect(eq(dbl, rational_to_double(power_of_two(-300)), ldexp(1, -300)));
    cr_expect(eq(dbl, rational_to_double(rational_int(G_MAXINT64)), ldexp(1, 63)));
    cr_expect(eq(dbl, rational_to_double(rational_int((1LL << 53) + 1)), ldexp(1, 53)));
    cr_expect(eq(dbl, rational_to_double(rational_int((1LL << 53) + 3)), ldexp(1, 53) + 4));
    for (int i = 0; i < 2000; i++) {
        char text[40], shown[40];
        Rational value;

        g_snprintf(text, sizeof text, "%d.%06d", g_rand_int_range(random, 0, 1000000000),
                   g_rand_int_range(random, 0, 1000000));
        value = rational_add(numbers, decimal(text), power_of_two(-140));
        g_ascii_dtostr(shown, sizeof shown, rational_to_double(value));
        cr_expect(eq(dbl, g_ascii_strtod(shown, NULL), g_ascii_strtod(text, NULL)), "%s", text);
        numbers_reset(numbers);
    }
    g_rand_free(random);
}
