/* block_leaf.h - the scores of the questions of one dimension, by row: their weighted sum and the
 * weight of those that are applicable, in whole numbers. Questions that score alike are counted
 * together. */
#pragma once

#include "rules/block_number.h"
#include "rules/block_reading.h"

/* No numerator or denominator of a score is beyond it: sums of four of them have 64 bits. */
#define LEAF_LIMIT ((gint64)1 << 61)

typedef struct {
    GArray *classes;
    gint64 unit;        /* a score of one, before weights */
    gint64 weight_unit; /* a weight of one */
    gint64 full;        /* the weight of all; 0: nothing is scored */
    gint64 top;         /* the weighted sum is never beyond it */
    gint64 base;        /* the weighted sum where all answers are the first option */
    guint8 *count;
    gint64 *weight;    /* by row, if has_none */
    gboolean has_none; /* in the block counted last */
} BlockLeaf;

/* Of the scored questions directly in a dimension (NOWHERE: of none), of a level unless it is
 * NOWHERE. `blank` is by question: the score of a blank. NULL if 64 bits are not enough. */
BlockLeaf *block_leaf_new(const Plan *plan, int dimension, int level, const Value *blank);
void block_leaf_free(BlockLeaf *leaf);

/* The weighted sums, in units of `unit` times `weight_unit`; and `weight`, if a question is not
 * applicable somewhere. */
void block_leaf_count(BlockLeaf *leaf, const BlockReading *reading, gint64 *low, gint64 *high);

/* The least common multiple; 0 if a part is 0 or it is beyond LEAF_LIMIT. */
gint64 leaf_common(gint64 a, Int128 b);
