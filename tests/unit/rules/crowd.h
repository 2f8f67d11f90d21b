/* crowd.h - blocks of companies made at random over any rubric, the same for the same seed: every
 * company has its own leaning and gaps. */
#pragma once

#include "rules/block.h"

/* What occurs in a block beside answers. */
typedef struct {
    gboolean blanks, not_applicable; /* blanks: invalid ones, too */
    gboolean evidence, waivers;
} CrowdMix;

/* A block without rows that keeps what the mix asks for. Free with block_free(). */
Block *crowd_block(const Rubric *rubric, const CrowdMix *mix);
/* Fill with `n` rows; `date` is the assessment date, which some answers come after. */
void crowd_fill(Block *block, guint n, const CrowdMix *mix, gint32 date, GRand *random);
