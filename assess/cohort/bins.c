#include "cohort/bins.h"

enum { POWERS = 19 };

static const gint64 TEN[POWERS] = { 1,
                                    10,
                                    100,
                                    1000,
                                    10000,
                                    100000,
                                    1000000,
                                    10000000,
                                    100000000,
                                    G_GINT64_CONSTANT(1000000000),
                                    G_GINT64_CONSTANT(10000000000),
                                    G_GINT64_CONSTANT(100000000000),
                                    G_GINT64_CONSTANT(1000000000000),
                                    G_GINT64_CONSTANT(10000000000000),
                                    G_GINT64_CONSTANT(100000000000000),
                                    G_GINT64_CONSTANT(1000000000000000),
                                    G_GINT64_CONSTANT(10000000000000000),
                                    G_GINT64_CONSTANT(100000000000000000),
                                    G_GINT64_CONSTANT(1000000000000000000) };

/* Millionths of what is shown; questions have at most 12 digits before the point and 6 after it. */
static gint64 millionths(Rational number, gboolean is_percent)
{
    Rational scaled = rational_mul(NULL, number, rational_int(is_percent ? 100000000 : 1000000));

    return (gint64)(scaled.num / scaled.den);
}

static gboolean range_of(const Question *question, Rational *low, Rational *high)
{
    if (question->has_worst) {
        gboolean falls = rational_compare(question->best, question->worst) < 0;

        *low = falls ? question->best : question->worst;
        *high = falls ? question->worst : question->best;
        return TRUE;
    }
    *low = question->has_min ? question->min : RATIONAL_ZERO;
    *high = question->has_max ? question->max : RATIONAL_ONE;
    return question->type == QUESTION_PERCENT &&
           rational_compare(rational_sub(NULL, *high, *low), RATIONAL_ONE) <= 0;
}

Bins bins_of(const Question *question)
{
    gboolean is_percent = question->type == QUESTION_PERCENT;
    Rational low, high;
    Bins bins = { 0 };

    bins.is_line = range_of(question, &low, &high) && rational_compare(low, high) < 0;
    if (!bins.is_line)
        return bins;
    bins.least = millionths(low, is_percent);
    bins.most = millionths(high, is_percent);
    bins.scale = 100.0 / ((double)bins.most - (double)bins.least);
    return bins;
}

guint bins_number(const Bins *bins)
{
    return bins->is_line ? LINE_BINS : DIGIT_BINS;
}

/* ---- a line: bin 0 is below, 1 to 100 are its parts, 101 is above ---- */

static gint64 line_edge(const Bins *bins, guint part)
{
    return bins->least + (gint64)(((Int128)bins->most - bins->least) * part / 100);
}

static guint line_find(const Bins *bins, gint64 number)
{
    guint part;

    if (number < bins->least)
        return 0;
    if (number >= bins->most)
        return number == bins->most ? 100 : 101;
    part = (guint)(((double)number - (double)bins->least) * bins->scale);
    part = MIN(part, 99);
    while (part > 0 && number < line_edge(bins, part))
        part--;
    while (part < 99 && number >= line_edge(bins, part + 1))
        part++;
    return part + 1;
}

/* ---- leading digits: negative ones, zero in the middle, positive ones ---- */

static guint power_of(guint64 number)
{
    /* 1233 / 4096 is a little more than log 2 */
    guint guess = (guint)((64 - (guint)__builtin_clzll(number)) * 1233 >> 12);

    return guess - (number < (guint64)TEN[MIN(guess, POWERS - 1)]);
}

static guint magnitude(guint64 number)
{
    guint power = power_of(number), digits;
    guint64 unit;

    if (power == 0)
        return (guint)number - 1;
    unit = (guint64)TEN[power - 1];
    digits = (guint)((double)number / (double)unit);
    digits -= digits * unit > number;
    digits += (digits + 1) * unit <= number;
    return 9 + (power - 1) * 90 + MIN(digits, 99) - 10;
}

static gint64 magnitude_edge(guint index)
{
    if (index < 9)
        return index + 1;
    index -= 9;
    return (10 + index % 90) * TEN[index / 90];
}

guint bins_find(const Bins *bins, gint64 number)
{
    if (bins->is_line)
        return line_find(bins, number);
    if (number == 0)
        return DIGIT_MAGNITUDES;
    number = CLAMP(number, 1 - TEN[POWERS - 1], TEN[POWERS - 1] - 1);
    return number > 0 ? DIGIT_MAGNITUDES + 1 + magnitude((guint64)number)
                      : DIGIT_MAGNITUDES - 1 - magnitude((guint64)-number);
}

gint64 bins_edge(const Bins *bins, guint bin)
{
    if (bins->is_line)
        return line_edge(bins, bin == 0 ? 0 : bin - 1);
    if (bin == DIGIT_MAGNITUDES)
        return 0;
    return bin > DIGIT_MAGNITUDES ? magnitude_edge(bin - DIGIT_MAGNITUDES - 1)
                                  : -magnitude_edge(DIGIT_MAGNITUDES - 1 - bin);
}

/* ---- scores ---- */

static const gint64 ONE = 1000000;

/* Whether the lower edge of a bin is above the score. */
static gboolean edge_is_above(gint64 bin, gint64 best, gint64 score)
{
    return (Int128)bin * best > (Int128)score * 100;
}

guint bins_score(gint64 millionths_of_one, gint64 best)
{
    gint64 bin;

    if (millionths_of_one <= 0 || best <= 0)
        return 0;
    if (millionths_of_one >= best)
        return SCORE_BINS - 1;
    if (best == ONE)
        return (guint)(millionths_of_one / (ONE / 100));
    bin = (gint64)((double)millionths_of_one * 100 / (double)best);
    while (edge_is_above(bin, best, millionths_of_one))
        bin--;
    while (!edge_is_above(bin + 1, best, millionths_of_one))
        bin++;
    return (guint)bin;
}

/* ---- what counts say ---- */

gint64 bins_total(const gint64 *counts, guint n)
{
    gint64 total = 0;

    for (guint i = 0; i < n; i++)
        total += MAX(counts[i], 0);
    return total;
}

guint bins_quantile(const gint64 *counts, guint n, guint per_mille)
{
    gint64 total = bins_total(counts, n), rank = (total * per_mille + 999) / 1000, seen = 0;

    for (guint i = 0; i < n; i++) {
        seen += MAX(counts[i], 0);
        if (counts[i] > 0 && seen >= MAX(rank, 1))
            return i;
    }
    return 0;
}
