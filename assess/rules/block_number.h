/* block_number.h - a number of a condition or a score, by row: an interval of fractions in 64 bits,
 * with the states of a Value. What does not fit is kept as a Value, exact in any size; so every
 * operation is exact. */
#pragma once

#include "rules/block_rows.h"

enum {
    NUMBER_NONE = 1,      /* no value */
    NUMBER_UNDEFINED = 2, /* whatever the blanks are */
    NUMBER_MAYBE = 4,     /* may be undefined */
    NUMBER_NO_LOW = 8,
    NUMBER_NO_HIGH = 16,
    NUMBER_EXACT = 32 /* nothing but `exact` says what it is */
};

typedef struct {
    guint8 *flags;
    gint64 *low, *high;         /* numerators; 0 where there is none */
    gint64 *low_den, *high_den; /* above 0 */
    gint64 den;                 /* of all rows and ends, 0 if they differ */
    Value *exact;               /* NULL if no row ever needed it */
} BlockNumber;

BlockNumber *block_number_new(void);
void block_number_free(BlockNumber *number);

/* The denominator of all rows; kept where it is so already. */
void block_number_set_den(BlockNumber *number, gint64 den);
void block_number_set_point(BlockNumber *number, Value point);
Value block_number_value(const BlockNumber *number, guint row);
/* Put a value into a row, as fractions if it fits. */
void block_number_put(BlockNumber *number, guint row, Value value);

/* What a comparison says, by the sign of high(left) - low(right) and that of high(right) -
 * low(left), each one more. */
typedef struct {
    guint8 truth[3][3];
} Decision;

Decision block_number_decision(Operator op);
/* left op right, of the first n rows, as compare_values(). */
void block_number_compare(Operator op, const Decision *decision, const BlockNumber *left,
                          const BlockNumber *right, guint n, guint8 *truth);
/* As value_add(), value_sub(). Big parts live in `numbers`. */
void block_number_add(BlockNumber *sum, const BlockNumber *a, const BlockNumber *b, gboolean minus,
                      guint n, Numbers *numbers);
