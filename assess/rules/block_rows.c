#include "rules/block_rows.h"

#include <string.h>

#include "rules/compare.h"
#include "rules/evaluate.h"

enum { ALIGNMENT = 64 };

gpointer rows_new(gsize size)
{
    gpointer rows = g_aligned_alloc(BLOCK_ROWS, size, ALIGNMENT);

    return memset(rows, 0, BLOCK_ROWS * size);
}

static gboolean holds(Operator op, guint option, guint bound)
{
    return compare_ranges(op, option, option, bound, bound) == TRUTH_TRUE;
}

/* What holds for some options and not for others does so for a range or for all but a range. */
OptionTest option_test(Operator op, guint option, guint n_options)
{
    OptionTest test = { .from = 0, .more = G_MAXUINT8 };
    gboolean first = holds(op, 0, option);
    guint from = 1, end;

    test.inside = test.outside = first ? TRUTH_TRUE : TRUTH_FALSE;
    test.blank = (guint8)compare_ranges(op, 0, n_options - 1, option, option);
    while (from < n_options && holds(op, from, option) == first)
        from++;
    if (from == n_options)
        return test;
    for (end = from; end + 1 < n_options && holds(op, end + 1, option) != first;)
        end++;
    test.from = (guint8)from;
    test.more = (guint8)(end - from);
    test.inside = first ? TRUTH_FALSE : TRUTH_TRUE;
    return test;
}

/* ---- reading ---- */

ROWS_LOOP guint8 rows_difference(const guint8 *rows, guint n, guint8 usual)
{
    guint8 difference = 0;

    for (guint i = 0; i < n; i++)
        difference |= rows[i] ^ usual;
    return difference;
}

/* ANSWER_ANSWERED is READ_ANSWERED, ANSWER_NOT_APPLICABLE is READ_NONE and GAP_NONE; all else is
 * blank. */
ROWS_LOOP guint8 rows_read(const guint8 *restrict states, guint8 *restrict read)
{
    guint8 gaps = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 known = states[i] <= ANSWER_NOT_APPLICABLE ? states[i] : READ_BLANK;

        read[i] = known;
        gaps |= (guint8)((known == READ_BLANK ? GAP_BLANK : 0) | (known & GAP_NONE));
    }
    return gaps;
}

ROWS_LOOP guint8 rows_read_marked(const guint8 *restrict states, const guint8 *restrict marks,
                                  guint8 *restrict read)
{
    guint8 gaps = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 mark = marks[i] != 0, answered = states[i] == ANSWER_ANSWERED;
        guint8 none = states[i] == ANSWER_NOT_APPLICABLE;
        guint8 known = (guint8)((answered & mark) | (none << 1));

        read[i] = known;
        gaps |= (guint8)((known == READ_BLANK ? GAP_BLANK : 0) | (known & GAP_NONE));
    }
    return gaps;
}

ROWS_LOOP guint8 rows_read_past(const guint8 *restrict states, const gint32 *restrict days,
                                gint32 date, guint8 *restrict read)
{
    guint8 past[BLOCK_ROWS];

    for (guint i = 0; i < BLOCK_ROWS; i++)
        past[i] = days[i] <= date;
    return rows_read_marked(states, past, read);
}

ROWS_LOOP void rows_read_options(const guint8 *restrict read, const guint8 *restrict options,
                                 guint8 *restrict masked)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 mask = read[i] == READ_ANSWERED ? G_MAXUINT8 : 0;

        masked[i] = options[i] & mask;
    }
}

/* ---- truths ---- */

ROWS_LOOP void rows_test(const guint8 *restrict options, OptionTest test, guint8 *restrict truth)
{
    const guint8 from = test.from, more = test.more, inside = test.inside, outside = test.outside;

    for (guint i = 0; i < BLOCK_ROWS; i++)
        truth[i] = (guint8)(options[i] - from) <= more ? inside : outside;
}

ROWS_LOOP void rows_fill_gaps(const guint8 *restrict read, guint8 blank, guint8 *restrict truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 known = read[i] == READ_BLANK ? blank : truth[i];

        truth[i] = read[i] == READ_NONE ? TRUTH_NONE : known;
    }
}

ROWS_LOOP void rows_test_tick(const guint64 *restrict ticks, guint option, guint8 *restrict truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        truth[i] = (guint8)((ticks[i] >> option & 1) * TRUTH_TRUE);
}

/* READ_BLANK, READ_ANSWERED, READ_NONE are one less than TRUTH_UNKNOWN, TRUTH_TRUE, TRUTH_NONE. */
ROWS_LOOP void rows_answered(const guint8 *restrict read, guint8 *restrict truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        truth[i] = (guint8)(read[i] + 1);
}

ROWS_LOOP void rows_true(const guint8 *restrict truth, guint8 *restrict is_true)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        is_true[i] = truth[i] == TRUTH_TRUE ? 1 : 0;
}

/* TRUTH_NONE is the greatest: it yields to all others. */
ROWS_LOOP void rows_and(const guint8 *a, const guint8 *b, guint8 *truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        truth[i] = MIN(a[i], b[i]);
}

/* One more, and TRUTH_NONE is the least. */
ROWS_LOOP void rows_or(const guint8 *a, const guint8 *b, guint8 *truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 left = (guint8)(a[i] + 1) & 3, right = (guint8)(b[i] + 1) & 3;

        truth[i] = (guint8)(MAX(left, right) + 3) & 3;
    }
}

ROWS_LOOP void rows_not(const guint8 *a, guint8 *truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        truth[i] = a[i] == TRUTH_NONE ? TRUTH_NONE : (guint8)(TRUTH_TRUE - a[i]);
}

/* ---- counts ---- */

ROWS_LOOP void rows_count(const guint8 *restrict options, OptionTest test, guint8 *restrict count)
{
    const guint8 from = test.from, more = test.more;
    const guint8 inside = test.inside == TRUTH_TRUE, outside = test.outside == TRUTH_TRUE;

    for (guint i = 0; i < BLOCK_ROWS; i++)
        count[i] = (guint8)(count[i] + ((guint8)(options[i] - from) <= more ? inside : outside));
}

ROWS_LOOP void rows_count_answered(const guint8 *restrict read, const guint8 *restrict options,
                                   OptionTest test, guint8 *restrict count)
{
    const guint8 from = test.from, more = test.more;
    const guint8 inside = test.inside == TRUTH_TRUE, outside = test.outside == TRUTH_TRUE;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 tests = (guint8)(options[i] - from) <= more ? inside : outside;

        count[i] = (guint8)(count[i] + (read[i] == READ_ANSWERED ? tests : 0));
    }
}

ROWS_LOOP void rows_count_state(const guint8 *restrict read, guint8 state, guint8 *restrict count)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        count[i] = (guint8)(count[i] + (read[i] == state ? 1 : 0));
}

ROWS_LOOP void rows_count_from(const guint8 *restrict options, guint8 least, guint8 *restrict count)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        count[i] = (guint8)(count[i] + (options[i] >= least ? 1 : 0));
}

ROWS_LOOP void rows_count_pair(const guint8 *restrict read, const guint8 *restrict options,
                               OptionTest first, OptionTest second, guint8 *restrict both,
                               guint8 *restrict second_alone)
{
    const guint8 inside = first.inside == TRUTH_TRUE, outside = first.outside == TRUTH_TRUE;
    const guint8 inside2 = second.inside == TRUTH_TRUE, outside2 = second.outside == TRUTH_TRUE;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 one = (guint8)(options[i] - first.from) <= first.more ? inside : outside;
        guint8 two = (guint8)(options[i] - second.from) <= second.more ? inside2 : outside2;
        guint8 known = read[i] == READ_ANSWERED ? two : 0;

        both[i] = (guint8)(both[i] + (known & one));
        second_alone[i] = (guint8)(second_alone[i] + (known & (one ^ 1)));
    }
}

ROWS_LOOP void rows_move(guint8 *restrict part, guint16 *restrict sum)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] = (guint16)(sum[i] + part[i]);
    memset(part, 0, BLOCK_ROWS);
}

ROWS_LOOP void rows_sum16(const guint16 *restrict part, guint16 *restrict sum)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] = (guint16)(sum[i] + part[i]);
}

ROWS_LOOP void rows_subtract16(guint16 from, const guint16 *restrict less, guint16 *restrict rest)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        rest[i] = (guint16)(from - less[i]);
}

ROWS_LOOP void rows_difference16(const guint16 *restrict from, const guint16 *restrict less,
                                 guint16 *restrict rest)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        rest[i] = (guint16)(from[i] - less[i]);
}

/* ---- numbers ---- */

/* A product of two numbers of 32 bits is one instruction. */
ROWS_LOOP static void add_small_counts(const guint8 *restrict count, gint32 factor,
                                       gint64 *restrict sum)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] += (gint64)(gint32)count[i] * (gint64)factor;
}

ROWS_LOOP static void add_large_counts(const guint8 *restrict count, gint64 factor,
                                       gint64 *restrict sum)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] += count[i] * factor;
}

void rows_add_counts(const guint8 *count, gint64 factor, gint64 *sum)
{
    if (factor == (gint32)factor)
        add_small_counts(count, (gint32)factor, sum);
    else
        add_large_counts(count, factor, sum);
}

ROWS_LOOP void rows_add_numbers(const gint64 *restrict numbers, gint64 factor, gint64 *restrict sum)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        sum[i] = (gint64)((guint64)sum[i] + (guint64)numbers[i] * (guint64)factor);
}

ROWS_LOOP void rows_set64(gint64 number, gint64 *rows)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        rows[i] = number;
}

ROWS_LOOP gint64 rows_top(const gint64 *numbers, guint n)
{
    gint64 low = 0, high = 0;

    for (guint i = 0; i < n; i++) {
        low = MIN(low, numbers[i]);
        high = MAX(high, numbers[i]);
    }
    return MAX(-low, high);
}

/* ---- requirements and levels ---- */

ROWS_LOOP void rows_waive(const guint8 *restrict truth, const guint8 *restrict waived,
                          guint8 *restrict counted)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 at_least = waived[i] ? TRUTH_TRUE : TRUTH_FALSE;

        counted[i] = MAX(truth[i], at_least);
    }
}

ROWS_LOOP void rows_status(const guint8 *restrict truth, const guint8 *restrict waived,
                           guint8 *restrict status)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 open = truth[i] == TRUTH_FALSE ? STATUS_UNMET : STATUS_UNKNOWN;
        guint8 settled = truth[i] == TRUTH_TRUE ? STATUS_MET : STATUS_NOT_APPLICABLE;

        status[i] = truth[i] >= TRUTH_TRUE ? settled : open;
    }
    if (waived)
        for (guint i = 0; i < BLOCK_ROWS; i++) {
            guint8 known = truth[i] < TRUTH_TRUE ? STATUS_WAIVED : status[i];

            status[i] = waived[i] ? known : status[i];
        }
}

ROWS_LOOP void rows_least(const guint8 *restrict counted, guint8 *restrict least)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        least[i] = MIN(least[i], counted[i]);
}

/* One more than the truth, and TRUTH_NONE is the least. */
ROWS_LOOP void rows_own(const guint8 *restrict truth, guint8 *restrict own)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 rank = (guint8)(truth[i] + 1) & 3;

        own[i] = MAX(own[i], rank);
    }
}

ROWS_LOOP void rows_level(const guint8 *restrict least, const guint8 *restrict own,
                          guint8 *restrict truth)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 all = MIN(least[i], TRUTH_TRUE), one = (guint8)(MAX(own[i], 1) - 1);

        truth[i] = MIN(all, one);
    }
}

ROWS_LOOP void rows_verdict(const guint8 *restrict truth, gint8 level, gint8 *restrict held,
                            gint8 *restrict possible)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        const gint8 is_held = truth[i] == TRUTH_TRUE ? -1 : 0;
        const gint8 is_possible = truth[i] != TRUTH_FALSE ? -1 : 0;

        held[i] = (gint8)((level & is_held) | (held[i] & ~is_held));
        possible[i] = (gint8)((level & is_possible) | (possible[i] & ~is_possible));
    }
}
