/* block_score.h - scores of dimensions, levels and the whole rubric, by row: the same as
 * rules/score.h finds for one company. */
#pragma once

#include "rules/block_leaf.h"

typedef struct BlockScores BlockScores;

/* The plan is borrowed. Free with block_scores_free(). */
BlockScores *block_scores_new(const Plan *plan);
void block_scores_free(BlockScores *scores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlockScores, block_scores_free)

/* Score the block that was read. Big parts live in `numbers`. */
void block_scores_count(BlockScores *scores, const BlockReading *reading, Numbers *numbers);
/* As score_mean(); of the questions of a level only for levels that the plan's conditions or its
 * score use. Owned by the scores, as the next. */
const BlockNumber *block_scores_mean(const BlockScores *scores, int dimension, int level);
/* As score_total(). */
const BlockNumber *block_scores_total(const BlockScores *scores);
/* As score_climb(), of the block that was scored last. */
void block_scores_climb(const BlockScores *scores, Rational bar, guint n, Numbers *numbers,
                        BlockNumber *climb);
