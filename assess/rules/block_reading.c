#include "rules/block_reading.h"

#include <string.h>

BlockReading *block_reading_new(const Plan *plan, gint32 date)
{
    BlockReading *reading = g_new0(BlockReading, 1);
    guint n = plan->rubric->questions->len;

    reading->plan = plan;
    reading->date = date;
    reading->of = g_new0(ReadColumn, n);
    reading->states = rows_new(MAX(n, 1));
    reading->options = rows_new(MAX(n, 1));
    reading->answered = rows_new(1);
    reading->bare = rows_new(1);
    memset(reading->answered, READ_ANSWERED, BLOCK_ROWS);
    return reading;
}

void block_reading_free(BlockReading *reading)
{
    if (!reading)
        return;
    g_free(reading->of);
    g_aligned_free(reading->states);
    g_aligned_free(reading->options);
    g_aligned_free(reading->answered);
    g_aligned_free(reading->bare);
    g_free(reading);
}

/* A field has no evidence and needs none. */
static gboolean needs_evidence(const BlockReading *reading, guint question)
{
    return reading->reading == READING_EVIDENCED &&
           !RUBRIC_QUESTION(reading->plan->rubric, question)->is_field;
}

/* Which gaps there are. Rows beyond those of the block may add some that are none. */
static guint8 read_states(const BlockReading *reading, guint question, guint8 *states)
{
    const BlockColumn *column = &reading->block->of[question];
    const guint8 *marks = column->evidence ? column->evidence : reading->bare;
    guint8 past[BLOCK_ROWS];
    guint8 gaps;

    if (reading->plan->skipped[question]) {
        memset(states, READ_NONE, BLOCK_ROWS);
        return GAP_NONE;
    }
    if (!column->day)
        return needs_evidence(reading, question) ? rows_read_marked(column->state, marks, states)
                                                 : rows_read(column->state, states);
    /* a date after the assessment date counts as blank */
    gaps = rows_read_past(column->state, column->day, reading->date, states);
    if (!needs_evidence(reading, question))
        return gaps;
    memcpy(past, states, BLOCK_ROWS); /* READ_* are the same numbers as the states they stand for */
    return rows_read_marked(past, marks, states);
}

static void read_column(BlockReading *reading, guint question)
{
    const BlockColumn *from = &reading->block->of[question];
    guint8 *states = reading->states + (gsize)question * BLOCK_ROWS;
    guint8 *options = reading->options + (gsize)question * BLOCK_ROWS;
    guint8 gaps = read_states(reading, question, states);

    reading->of[question] = (ReadColumn){
        .from = from,
        .state = gaps ? states : reading->answered,
        .option = gaps && from->option ? options : from->option,
        .has_blank = (gaps & GAP_BLANK) != 0,
        .has_none = (gaps & GAP_NONE) != 0,
    };
    if (gaps && from->option)
        rows_read_options(states, from->option, options);
}

void block_reading_read(BlockReading *reading, const Block *block, Reading as)
{
    reading->block = block;
    reading->reading = as;
    for (guint i = 0; i < reading->plan->rubric->questions->len; i++)
        read_column(reading, i);
}
