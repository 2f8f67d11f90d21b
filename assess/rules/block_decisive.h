/* block_decisive.h - on how many open requirements each blank bears, by question and row: the same
 * as decisive_blanks() of scoring/decisive.h finds for one company. */
#pragma once

#include "rules/block_condition.h"
#include "rules/block_grade.h"

typedef struct BlockDecisive BlockDecisive;

/* The plan is borrowed. Free with block_decisive_free(). */
BlockDecisive *block_decisive_new(const Plan *plan);
void block_decisive_free(BlockDecisive *decisive);

/* Fill `bears` of the grades, whose statuses and verdict of the full reading are known. */
void block_decisive_count(BlockDecisive *decisive, const BlockReading *reading,
                          const BlockConditions *conditions, Grades *grades);
