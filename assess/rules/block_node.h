/* block_node.h - the nodes of a plan's conditions, for blocks: equal ones once, each with its truth
 * or number by row. */
#pragma once

#include "rules/block_number.h"
#include "rules/block_score.h"
#include "rules/block_tally.h"

typedef struct {
    guint same; /* the first node that says the same: only that one has rows */
    gboolean is_number;
    gboolean reads_levels; /* held() is in it: it may differ in the official reading */
    guint8 *truth;         /* by row; NULL for a number */
    guint8 *official;      /* likewise in the official reading, if reads_levels */
    BlockNumber *number;   /* NULL for a truth, and for scores, which belong to BlockScores */
    BlockTally *tally;     /* of count, share, any, all; of the first node with these cells */
    gboolean owns_tally;
    BlockPair *pair;
    OptionTest test;   /* of a question with an option, or of yesno */
    Decision decision; /* of a comparison of numbers */
    gint32 *year_ends; /* of years(): the last day that makes so many years, from 1 on */
    guint n_years;
} BlockNode;

/* By node index: as many as the plan has. `date` as days of GDate. Free with block_nodes_free(). */
BlockNode *block_nodes_new(const Plan *plan, gint32 date);
void block_nodes_free(BlockNode *nodes, guint n);

/* Fill the number of a node from its children, which are known. A score's number is found by
 * block_node_number() alone. */
void block_node_count(BlockNode *nodes, guint at, const BlockReading *reading,
                      const BlockScores *scores, Numbers *numbers);
const BlockNumber *block_node_number(const BlockNode *nodes, const Plan *plan, guint at,
                                     const BlockScores *scores);
