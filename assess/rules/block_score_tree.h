/* block_score_tree.h - weighted means up the tree of dimensions, by row, of the questions of one
 * level or of all: what block_score.h is made of, and for it alone. */
#pragma once

#include "rules/block_leaf.h"

/* A dimension, or the whole rubric. */
typedef struct Branch Branch;

/* Means of a tree. */
typedef struct {
    const Plan *plan;
    int level;        /* NOWHERE: of all questions */
    GPtrArray *order; /* of Branch *, children first; the whole last */
    Branch **of;      /* by dimension, and one more: the whole */
} ScoreTree;

/* NULL if 64 bits are not enough for the weights of dimensions. `blank` is by question: the score
 * of a blank. */
ScoreTree *score_tree_new(const Plan *plan, int level, const Value *blank);
void score_tree_free(ScoreTree *tree);

void score_tree_count(ScoreTree *tree, const BlockReading *reading, Numbers *numbers);
/* NOWHERE: of the whole. */
const BlockNumber *score_tree_number(const ScoreTree *tree, int dimension);
/* Whether 64 bits are not enough for the sums of a dimension's questions: it is counted row by row.
 */
gboolean score_tree_is_wide(const ScoreTree *tree);
/* The questions directly in a dimension; NULL if it has none that are scored. Their weighted sums
 * are the numerators of the dimension's number. */
const BlockLeaf *score_tree_leaf(const ScoreTree *tree, int dimension);
