/* rational.h - exact fractions of any size. Values are plain structs in lowest terms; parts
 * beyond 127 bits live in a Numbers pool that the caller gives to the operation, and die with
 * it. A Rational without big parts needs no pool. A pool belongs to one thread. */
#pragma once

#include <glib.h>

__extension__ typedef __int128 Int128;

typedef struct BigRational BigRational;

typedef struct {
    Int128 num, den;        /* den > 0, lowest terms; unused if `big` is set */
    const BigRational *big; /* owned by a Numbers pool */
} Rational;

#define RATIONAL_ZERO ((Rational){ 0, 1, NULL })
#define RATIONAL_ONE ((Rational){ 1, 1, NULL })

typedef struct Numbers Numbers;

/* A pool for big parts. Free with numbers_free(); numbers_reset() frees the parts and keeps the
 * pool. */
Numbers *numbers_new(void);
void numbers_reset(Numbers *numbers);
void numbers_free(Numbers *numbers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Numbers, numbers_free)

Rational rational_int(gint64 value);
/* numerator / denominator; the denominator is not 0. */
Rational rational_ratio(gint64 numerator, gint64 denominator);

Rational rational_add(Numbers *numbers, Rational a, Rational b);
Rational rational_sub(Numbers *numbers, Rational a, Rational b);
Rational rational_mul(Numbers *numbers, Rational a, Rational b);
/* `b` is not 0. */
Rational rational_div(Numbers *numbers, Rational a, Rational b);
Rational rational_neg(Numbers *numbers, Rational a);
/* -1, 0, 1 as a is less than, equal to, more than b. Exact. */
int rational_compare(Rational a, Rational b);
int rational_sign(Rational a);
gboolean rational_is_integer(Rational a);

typedef enum { DECIMAL_OK, DECIMAL_NOT_A_NUMBER, DECIMAL_TOO_LONG } DecimalFault;

/* Read a decimal: optional sign, digits, optional point and digits; at most 12 digits before the
 * point (leading zeros aside) and 6 after (trailing zeros aside). No exponent, no grouping, no
 * blanks. */
DecimalFault rational_parse(const char *text, Rational *value);

typedef enum { ROUND_HALF_UP, ROUND_DOWN, ROUND_UP } Rounding;

/* Decimal text with at most `places` digits after the point and no trailing zeros, rounded once.
 * Half up is away from zero for positive numbers and towards it for negative ones (round(x) =
 * floor(x + 1/2)); down is towards minus infinity. Free with g_free(). */
char *rational_format(Rational value, guint places, Rounding rounding);
/* As rational_format(), with more places if rounding would move the value onto or across one of
 * the `n` bounds. */
char *rational_format_beside(Rational value, guint places, Rounding rounding,
                             const Rational *bounds, guint n);
/* The nearest double, for drawing only. */
double rational_to_double(Rational value);
