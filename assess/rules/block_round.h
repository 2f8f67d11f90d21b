/* block_round.h - scores of a block in millionths, rounded as score_text() of scoring/assessment.h
 * rounds them. */
#pragma once

#include "rules/block_grade.h"
#include "rules/block_number.h"

typedef struct BlockRounding BlockRounding;

/* The plan is borrowed: its constants, which no rounding may cross. Free with
 * block_rounding_free(). */
BlockRounding *block_rounding_new(const Plan *plan);
void block_rounding_free(BlockRounding *rounding);

/* Round the first `n` rows. `number` is a score: an interval that is bounded and defined. */
void block_rounding_round(const BlockRounding *rounding, const BlockNumber *number, guint n,
                          const GradeScore *score);
