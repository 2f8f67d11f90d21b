/* block_condition.h - the truth of every requirement's condition, by row, in the readings of a
 * block; and of levels. Truths are bytes: Truth of rules/value.h. */
#pragma once

#include "rules/block_node.h"

typedef struct BlockConditions BlockConditions;

/* The plan is borrowed. Free with block_conditions_free(). */
BlockConditions *block_conditions_new(const Plan *plan, gint32 date);
void block_conditions_free(BlockConditions *conditions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlockConditions, block_conditions_free)

/* Whether a condition looks at scores, which then are counted before in the same reading. */
gboolean block_conditions_use_scores(const BlockConditions *conditions);

/* Judge all requirements in the full or the evidenced reading, as `reading` was read. */
void block_conditions_judge(BlockConditions *conditions, const BlockReading *reading,
                            const BlockScores *scores, Numbers *numbers);
/* Judge the official requirements alone, after the full reading, which stays. */
void block_conditions_judge_official(BlockConditions *conditions, const BlockReading *reading,
                                     const BlockScores *scores, Numbers *numbers);

/* By row, of the reading judged last, or of the official one: a condition, waivers aside. */
const guint8 *block_conditions_truth(const BlockConditions *conditions, int requirement,
                                     gboolean official);
/* The verdict of that reading, by row. */
void block_conditions_verdict(const BlockConditions *conditions, gboolean official, gint8 *level,
                              gint8 *possible);
/* The truth of a node in the full reading, by row. */
const guint8 *block_conditions_rows(const BlockConditions *conditions, int node);
