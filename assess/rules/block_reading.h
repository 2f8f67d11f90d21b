/* block_reading.h - what each answer of a block may still be in one reading of the answers, by
 * column: the same as rules/reading.h finds for one company. */
#pragma once

#include "rules/block_rows.h"
#include "rules/evaluate.h"

typedef struct {
    const BlockColumn *from;
    const guint8 *state;          /* READ_BLANK, READ_ANSWERED, READ_NONE by row */
    const guint8 *option;         /* 0 in rows that are not answered; NULL for other types */
    gboolean has_blank, has_none; /* in a row of the block */
} ReadColumn;

typedef struct {
    const Plan *plan; /* borrowed */
    gint32 date;
    const Block *block; /* that was read last; borrowed */
    Reading reading;
    ReadColumn *of;           /* by question index */
    guint8 *states, *options; /* of columns with gaps, by question index and row */
    guint8 *answered;         /* of all others */
    guint8 *bare;             /* no evidence in any row */
} BlockReading;

BlockReading *block_reading_new(const Plan *plan, gint32 date);
void block_reading_free(BlockReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlockReading, block_reading_free)

/* Read a block; it stays as it is while the reading is used. */
void block_reading_read(BlockReading *reading, const Block *block, Reading as);
