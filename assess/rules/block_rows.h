/* block_rows.h - loops over the rows of a block, of bytes and whole numbers: what the engine of
 * blocks is made of. All of them go over BLOCK_ROWS rows, so that the compiler makes vectors of
 * them; rows beyond those of the block hold something and mean nothing. No array overlaps another,
 * unless said. */
#pragma once

#include <glib.h>

#include "rules/block.h"
#include "rules/condition.h"
#include "rules/value.h"

/* gcc 12 makes few vectors at -O2, and of the widest kind only where told to; which kind the
 * machine has is looked up when the program is loaded, before the sanitizers are ready. */
#if !defined(__GNUC__) || defined(__clang__)
#define ROWS_LOOP
#elif !defined(__x86_64__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROWS_LOOP __attribute__((optimize("O3")))
#else
#define ROWS_LOOP __attribute__((optimize("O3"), target_clones("avx2", "default")))
#endif

/* An array of so many bytes a row, all 0. Free with g_aligned_free(). */
gpointer rows_new(gsize size);

/* What an answer is in a reading. */
enum { READ_BLANK, READ_ANSWERED, READ_NONE }; /* none: not applicable, or switched off */

/* Which options of a question compare so with an option: those from `from` on, `more` further
 * ones; or all but those. */
typedef struct {
    guint8 from, more;
    guint8 inside, outside; /* Truth of options in this range, and of the others */
    guint8 blank;           /* Truth where it is not known which option it is */
} OptionTest;

OptionTest option_test(Operator op, guint option, guint n_options);

/* Of the first `n` rows, all bits that `rows` and `usual` differ in. */
guint8 rows_difference(const guint8 *rows, guint n, guint8 usual);
/* Answer states as READ_*; the same with a mark that must be there, with a day that must not be
 * after `date`. Which of GAP_* there are, at least. */
enum { GAP_BLANK = 1, GAP_NONE = 2 };
guint8 rows_read(const guint8 *states, guint8 *read);
guint8 rows_read_marked(const guint8 *states, const guint8 *marks, guint8 *read);
guint8 rows_read_past(const guint8 *states, const gint32 *days, gint32 date, guint8 *read);
/* The options of answered rows, else 0. */
void rows_read_options(const guint8 *read, const guint8 *options, guint8 *masked);

/* Truth of answered rows, then of those blank and not applicable. */
void rows_test(const guint8 *options, OptionTest test, guint8 *truth);
void rows_fill_gaps(const guint8 *read, guint8 blank, guint8 *truth);
/* must >> option & 1 */
void rows_test_tick(const guint64 *ticks, guint option, guint8 *truth);
void rows_answered(const guint8 *read, guint8 *truth);
/* 1 where it is true, else 0. */
void rows_true(const guint8 *truth, guint8 *is_true);
/* `truth` may be one of the others. */
void rows_and(const guint8 *a, const guint8 *b, guint8 *truth);
void rows_or(const guint8 *a, const guint8 *b, guint8 *truth);
void rows_not(const guint8 *a, guint8 *truth);

/* count += 1 where an answered row tests true; where the row is of this state; where the option is
 * at least `least`. */
void rows_count(const guint8 *options, OptionTest test, guint8 *count);
void rows_count_answered(const guint8 *read, const guint8 *options, OptionTest test, guint8 *count);
void rows_count_state(const guint8 *read, guint8 state, guint8 *count);
void rows_count_from(const guint8 *options, guint8 least, guint8 *count);
/* count += 1 where both tests are true; where the second is and the first is not. */
void rows_count_pair(const guint8 *read, const guint8 *options, OptionTest first, OptionTest second,
                     guint8 *both, guint8 *second_alone);
/* sum += part, and part = 0. */
void rows_move(guint8 *part, guint16 *sum);
void rows_sum16(const guint16 *part, guint16 *sum);
void rows_subtract16(guint16 from, const guint16 *less, guint16 *rest);
void rows_difference16(const guint16 *from, const guint16 *less, guint16 *rest);

/* sum += factor * count, which does not leave 64 bits; sum += factor * number, modulo 2^64. */
void rows_add_counts(const guint8 *count, gint64 factor, gint64 *sum);
void rows_add_numbers(const gint64 *numbers, gint64 factor, gint64 *sum);
void rows_set64(gint64 number, gint64 *rows);
/* The greatest magnitude of the first `n`. */
gint64 rows_top(const gint64 *numbers, guint n);

/* Statuses of requirements. `waived` NULL: none is. What counts for a level: a waiver makes false
 * and unknown true. */
void rows_waive(const guint8 *truth, const guint8 *waived, guint8 *counted);
void rows_status(const guint8 *truth, const guint8 *waived, guint8 *status);
/* A level, requirement by requirement: the least of what counts, the most of what its own are. */
void rows_least(const guint8 *counted, guint8 *least);
void rows_own(const guint8 *truth, guint8 *own);
void rows_level(const guint8 *least, const guint8 *own, guint8 *truth);
/* The level where it is held; where it is not out of the question. */
void rows_verdict(const guint8 *truth, gint8 level, gint8 *held, gint8 *possible);
