/* block_tally.h - how many questions of a group compare so, by row: what count, share, any and all
 * are made of. */
#pragma once

#include "rules/block_reading.h"

/* group OP option */
typedef struct {
    guint n;
    int *questions;
    OptionTest *tests;
    guint8 *part;                          /* of fewer than 256 questions, while counting */
    guint16 *sure, *possible, *applicable; /* by row */
} BlockTally;

/* share(group OP option, group OP option): how many may, or must, turn out inside the second with
 * or without the first; how many must be inside. */
typedef struct {
    guint n;
    int *questions;
    OptionTest *first, *second;
    guint8 *can; /* by question: PAIR_* that a blank may turn out as */
    guint8 *part, *part2;
    guint16 *can_with, *must_with, *can_without, *must_without, *must_inside, *applicable;
} BlockPair;

/* Of the cells of NODE_COUNT, NODE_SHARE, NODE_ANY, NODE_ALL; of NODE_SHARE_OF. */
BlockTally *block_tally_new(const Rubric *rubric, const Node *node);
void block_tally_free(BlockTally *tally);
BlockPair *block_pair_new(const Rubric *rubric, const Node *node);
void block_pair_free(BlockPair *pair);

void block_tally_count(BlockTally *tally, const BlockReading *reading);
/* As any() or all() of the group says, after counting. */
void block_tally_judge(const BlockTally *tally, gboolean any, guint8 *truth);
void block_pair_count(BlockPair *pair, const BlockReading *reading);
