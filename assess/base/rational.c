#include "base/rational.h"

#include <gmp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 UInt128;

enum {
    PLAIN_BITS = 127,   /* of the absolute value of a plain part; so negating never overflows */
    DIGITS_BEFORE = 12, /* of a decimal in a file */
    DIGITS_AFTER = 6,   /* likewise */
    EXACT_BITS = 53,    /* whole numbers up to 2^53 are doubles */
    QUOTIENT_BITS = 66  /* enough to round a double right */
};

#define PLAIN_MAX ((Int128)(((UInt128)1 << PLAIN_BITS) - 1))

struct BigRational {
    mpq_t value;
};

struct Numbers {
    GPtrArray *bigs; /* of BigRational * */
};

static void big_free(void *item)
{
    BigRational *big = item;

    mpq_clear(big->value);
    g_free(big);
}

Numbers *numbers_new(void)
{
    Numbers *numbers = g_new(Numbers, 1);

    numbers->bigs = g_ptr_array_new_with_free_func(big_free);
    return numbers;
}

void numbers_reset(Numbers *numbers)
{
    g_ptr_array_set_size(numbers->bigs, 0);
}

void numbers_free(Numbers *numbers)
{
    if (!numbers)
        return;
    g_ptr_array_unref(numbers->bigs);
    g_free(numbers);
}

/* Plain parts. */

static UInt128 magnitude(Int128 value)
{
    return value < 0 ? -(UInt128)value : (UInt128)value;
}

static guint64 gcd_short(guint64 a, guint64 b)
{
    int twos;

    if (a == 0 || b == 0)
        return a | b;
    twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    while (b != 0) {
        b >>= __builtin_ctzll(b);
        if (a > b) {
            guint64 smaller = b;

            b = a;
            a = smaller;
        }
        b -= a;
    }
    return a << twos;
}

/* The greatest common divisor of the absolute values; gcd(0, b) is b. */
static Int128 gcd(Int128 left, Int128 right)
{
    UInt128 a = magnitude(left), b = magnitude(right);

    while (b != 0 && (a > G_MAXUINT64 || b > G_MAXUINT64)) {
        UInt128 rest = a % b;

        a = b;
        b = rest;
    }
    return b == 0 ? (Int128)a : (Int128)gcd_short((guint64)a, (guint64)b);
}

/* Products and sums that stay plain; FALSE if they do not. */
static gboolean times(Int128 a, Int128 b, Int128 *product)
{
    return !__builtin_mul_overflow(a, b, product) && *product >= -PLAIN_MAX;
}

static gboolean plus(Int128 a, Int128 b, Int128 *sum)
{
    return !__builtin_add_overflow(a, b, sum) && *sum >= -PLAIN_MAX;
}

static Rational plain(Int128 num, Int128 den)
{
    return (Rational){ num, den, NULL };
}

/* As plain(), for parts that may share a factor; `den` may be negative. */
static Rational reduced(Int128 num, Int128 den)
{
    Int128 common = gcd(num, den);

    if (den < 0)
        common = -common;
    return plain(num / common, den / common);
}

/* Into GMP and back. */

static void load_part(mpz_t to, Int128 part)
{
    UInt128 bits = magnitude(part);
    guint64 words[2] = { (guint64)bits, (guint64)(bits >> 64) };

    mpz_import(to, G_N_ELEMENTS(words), -1, sizeof words[0], 0, 0, words);
    if (part < 0)
        mpz_neg(to, to);
}

/* `part` fits. */
static Int128 stored_part(const mpz_t part)
{
    guint64 words[2] = { 0, 0 };
    Int128 value;

    mpz_export(words, NULL, -1, sizeof words[0], 0, 0, part);
    value = (Int128)((UInt128)words[1] << 64 | words[0]);
    return mpz_sgn(part) < 0 ? -value : value;
}

/* Initialises `to`. */
static void load(mpq_t to, Rational from)
{
    mpq_init(to);
    if (from.big) {
        mpq_set(to, from.big->value);
        return;
    }
    load_part(mpq_numref(to), from.num);
    load_part(mpq_denref(to), from.den);
}

/* The number in its one representation: plain if it fits. Clears `from`, which is in lowest terms.
 */
static Rational stored(Numbers *numbers, mpq_t from)
{
    Rational number = RATIONAL_ZERO;

    if (mpz_sizeinbase(mpq_numref(from), 2) <= PLAIN_BITS &&
        mpz_sizeinbase(mpq_denref(from), 2) <= PLAIN_BITS) {
        number = plain(stored_part(mpq_numref(from)), stored_part(mpq_denref(from)));
    } else {
        BigRational *big = g_new(BigRational, 1);

        g_assert(numbers != NULL);
        mpq_init(big->value);
        mpq_swap(big->value, from);
        g_ptr_array_add(numbers->bigs, big);
        number.big = big;
    }
    mpq_clear(from);
    return number;
}

static Rational calculate(Numbers *numbers, Rational a, Rational b,
                          void (*operation)(mpq_ptr, mpq_srcptr, mpq_srcptr))
{
    mpq_t left, right;

    load(left, a);
    load(right, b);
    operation(left, left, right);
    mpq_clear(right);
    return stored(numbers, left);
}

/* Arithmetic. */

Rational rational_int(gint64 value)
{
    return plain(value, 1);
}

Rational rational_ratio(gint64 numerator, gint64 denominator)
{
    g_assert(denominator != 0);
    return reduced(numerator, denominator);
}

/* Knuth, The Art of Computer Programming, 4.5.1: small factors go before the products grow. */
static gboolean add_plain(Rational a, Rational b, Rational *sum)
{
    Int128 common, shared, left, right, num, den;

    if (a.den == 1 && b.den == 1) {
        *sum = plain(0, 1);
        return plus(a.num, b.num, &sum->num);
    }
    common = gcd(a.den, b.den);
    if (!times(a.num, b.den / common, &left) || !times(b.num, a.den / common, &right) ||
        !plus(left, right, &num))
        return FALSE;
    shared = common == 1 ? 1 : gcd(num, common);
    if (!times(a.den / common, b.den / shared, &den))
        return FALSE;
    *sum = plain(num / shared, den);
    return TRUE;
}

Rational rational_add(Numbers *numbers, Rational a, Rational b)
{
    Rational sum;

    if (!a.big && !b.big && add_plain(a, b, &sum))
        return sum;
    return calculate(numbers, a, b, mpq_add);
}

Rational rational_sub(Numbers *numbers, Rational a, Rational b)
{
    Rational difference;

    if (!a.big && !b.big && add_plain(a, plain(-b.num, b.den), &difference))
        return difference;
    return calculate(numbers, a, b, mpq_sub);
}

static gboolean multiply_plain(Rational a, Rational b, Rational *product)
{
    Int128 first = gcd(a.num, b.den), second = gcd(b.num, a.den);

    return times(a.num / first, b.num / second, &product->num) &&
           times(a.den / second, b.den / first, &product->den);
}

Rational rational_mul(Numbers *numbers, Rational a, Rational b)
{
    Rational product = RATIONAL_ZERO;

    if (!a.big && !b.big && multiply_plain(a, b, &product))
        return product;
    return calculate(numbers, a, b, mpq_mul);
}

Rational rational_div(Numbers *numbers, Rational a, Rational b)
{
    Rational quotient = RATIONAL_ZERO;

    g_assert(rational_sign(b) != 0);
    if (!a.big && !b.big) {
        Rational inverse = b.num < 0 ? plain(-b.den, -b.num) : plain(b.den, b.num);

        if (multiply_plain(a, inverse, &quotient))
            return quotient;
    }
    return calculate(numbers, a, b, mpq_div);
}

Rational rational_neg(Numbers *numbers, Rational a)
{
    mpq_t value;

    if (!a.big)
        return plain(-a.num, a.den);
    load(value, a);
    mpq_neg(value, value);
    return stored(numbers, value);
}

/* Comparing. */

static int order(Int128 a, Int128 b)
{
    return (a > b) - (a < b);
}

static int sign_of(int value)
{
    return (value > 0) - (value < 0);
}

int rational_compare(Rational a, Rational b)
{
    Int128 left, right;
    mpq_t first, second;
    int result;

    if (!a.big && !b.big) {
        if (a.den == b.den)
            return order(a.num, b.num);
        if (times(a.num, b.den, &left) && times(b.num, a.den, &right))
            return order(left, right);
    }
    load(first, a);
    load(second, b);
    result = sign_of(mpq_cmp(first, second));
    mpq_clear(first);
    mpq_clear(second);
    return result;
}

int rational_sign(Rational a)
{
    return a.big ? mpq_sgn(a.big->value) : order(a.num, 0);
}

gboolean rational_is_integer(Rational a)
{
    return a.big ? mpz_cmp_ui(mpq_denref(a.big->value), 1) == 0 : a.den == 1;
}

/* Decimals. */

static gsize digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

DecimalFault rational_parse(const char *text, Rational *value)
{
    gboolean is_negative = *text == '-';
    gint64 num = 0, den = 1;
    gsize whole, after = 0;
    const char *digits;

    if (*text == '-' || *text == '+')
        text++;
    whole = digits_at(text);
    if (whole == 0)
        return DECIMAL_NOT_A_NUMBER;
    digits = text + whole + 1;
    if (text[whole] == '.') {
        after = digits_at(digits);
        if (after == 0 || digits[after] != '\0')
            return DECIMAL_NOT_A_NUMBER;
    } else if (text[whole] != '\0') {
        return DECIMAL_NOT_A_NUMBER;
    }
    while (after > 0 && digits[after - 1] == '0')
        after--;
    for (; whole > 0 && *text == '0'; whole--)
        text++;
    if (whole > DIGITS_BEFORE || after > DIGITS_AFTER)
        return DECIMAL_TOO_LONG;
    for (gsize i = 0; i < whole; i++)
        num = num * 10 + (text[i] - '0');
    for (gsize i = 0; i < after; i++, den *= 10)
        num = num * 10 + (digits[i] - '0');
    *value = rational_ratio(is_negative ? -num : num, den);
    return DECIMAL_OK;
}

/* `rounded` (initialised) gets value * 10^places as a whole number, `scale` (initialised)
 * 10^places. */
static void round_scaled(mpz_t rounded, mpz_t scale, const mpq_t value, guint places,
                         Rounding rounding)
{
    mpz_t den;

    mpz_init_set(den, mpq_denref(value));
    mpz_ui_pow_ui(scale, 10, places);
    mpz_mul(rounded, mpq_numref(value), scale);
    switch (rounding) {
    case ROUND_HALF_UP:
        mpz_mul_2exp(rounded, rounded, 1);
        mpz_add(rounded, rounded, den);
        mpz_mul_2exp(den, den, 1);
        mpz_fdiv_q(rounded, rounded, den);
        break;
    case ROUND_DOWN:
        mpz_fdiv_q(rounded, rounded, den);
        break;
    case ROUND_UP:
        mpz_cdiv_q(rounded, rounded, den);
        break;
    }
    mpz_clear(den);
}

/* The text of digits / 10^places. */
static char *decimal_text(const mpz_t digits, guint places)
{
    gsize size = mpz_sizeinbase(digits, 10) + 2; /* a sign and the end */
    g_autofree char *buffer = g_malloc(size);
    GString *text = g_string_new(mpz_get_str(buffer, 10, digits));
    gssize first = text->str[0] == '-';

    while (text->len < (gsize)first + places + 1)
        g_string_insert_c(text, first, '0');
    if (places > 0) {
        g_string_insert_c(text, (gssize)(text->len - places), '.');
        while (text->str[text->len - 1] == '0')
            g_string_truncate(text, text->len - 1);
        if (text->str[text->len - 1] == '.')
            g_string_truncate(text, text->len - 1);
    }
    return g_string_free(text, FALSE);
}

char *rational_format(Rational value, guint places, Rounding rounding)
{
    return rational_format_beside(value, places, rounding, NULL, 0);
}

/* Whether rounded / scale stands on the same side of every bound as `value`, which equals it
 * nowhere new. */
static gboolean keeps_sides(const mpq_t value, const mpz_t rounded, const mpz_t scale,
                            const Rational *bounds, guint n)
{
    gboolean keeps = TRUE;
    mpq_t shown;

    mpq_init(shown);
    mpz_set(mpq_numref(shown), rounded);
    mpz_set(mpq_denref(shown), scale);
    mpq_canonicalize(shown);
    for (guint i = 0; keeps && i < n; i++) {
        mpq_t bound;
        int side;

        load(bound, bounds[i]);
        side = sign_of(mpq_cmp(value, bound));
        keeps = side == 0 || side == sign_of(mpq_cmp(shown, bound));
        mpq_clear(bound);
    }
    mpq_clear(shown);
    return keeps;
}

char *rational_format_beside(Rational value, guint places, Rounding rounding,
                             const Rational *bounds, guint n)
{
    mpq_t exact;
    mpz_t rounded, scale;
    char *text;

    load(exact, value);
    mpz_init(rounded);
    mpz_init(scale);
    round_scaled(rounded, scale, exact, places, rounding);
    while (!keeps_sides(exact, rounded, scale, bounds, n))
        round_scaled(rounded, scale, exact, ++places, rounding);
    text = decimal_text(rounded, places);
    mpz_clear(scale);
    mpz_clear(rounded);
    mpq_clear(exact);
    return text;
}

/* A quotient of QUOTIENT_BITS or one more, its last bit set if there is a rest: what the conversion
 * to double then rounds is rounded once. */
static double nearest_double(const mpq_t value)
{
    mpz_t num, den;
    gint64 shift;
    double nearest;

    mpz_init(num);
    mpz_init_set(den, mpq_denref(value));
    mpz_abs(num, mpq_numref(value));
    shift = QUOTIENT_BITS + (gint64)mpz_sizeinbase(den, 2) - (gint64)mpz_sizeinbase(num, 2);
    if (shift >= 0)
        mpz_mul_2exp(num, num, (mp_bitcnt_t)shift);
    else
        mpz_mul_2exp(den, den, (mp_bitcnt_t)-shift);
    mpz_fdiv_qr(num, den, num, den);
    if (mpz_sgn(den) != 0)
        mpz_setbit(num, 0);
    nearest = ldexp((double)(UInt128)stored_part(num), (int)CLAMP(-shift, -5000, 5000));
    mpz_clear(num);
    mpz_clear(den);
    return mpq_sgn(value) < 0 ? -nearest : nearest;
}

double rational_to_double(Rational value)
{
    mpq_t exact;
    double nearest;

    if (!value.big && magnitude(value.num) >> EXACT_BITS == 0 && value.den >> EXACT_BITS == 0)
        return (double)value.num / (double)value.den;
    load(exact, value);
    nearest = nearest_double(exact);
    mpq_clear(exact);
    return nearest;
}
