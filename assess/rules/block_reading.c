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
    g_free(reading);
}

/* A field has no evidence and needs none. */
static gboolean needs_evidence(const BlockReading *reading, guint question)
{
    return reading->reading == READING_EVIDENCED &&
           !RUBRIC_QUESTION(reading->plan->rubric, question)->is_field;
}

/* Whether all rows are answered, so that nothing needs to be looked at row by row. */
static gboolean is_full(const BlockReading *reading, guint question)
{
    const BlockColumn *column = &reading->block->of[question];

    return !reading->plan->skipped[question] && !column->day &&
           !needs_evidence(reading, question) &&
           rows_difference(column->state, reading->block->n_rows, ANSWER_ANSWERED) == 0;
}

/* A date after the assessment date counts as blank. */
static void read_states(const BlockReading *reading, guint question, guint8 *states)
{
    const BlockColumn *column = &reading->block->of[question];
    guint8 bare[BLOCK_ROWS] = { 0 };
    guint8 past[BLOCK_ROWS];

    if (reading->plan->skipped[question]) {
        memset(states, READ_NONE, BLOCK_ROWS);
        return;
    }
    if (column->day)
        rows_read_past(column->state, column->day, reading->date, past);
    else
        rows_read(column->state, past);
    if (needs_evidence(reading, question))
        rows_read_marked(past, column->evidence ? column->evidence : bare, states);
    else
        memcpy(states, past, BLOCK_ROWS);
}

static void read_column(BlockReading *reading, guint question)
{
    const BlockColumn *from = &reading->block->of[question];
    guint8 *states = reading->states + (gsize)question * BLOCK_ROWS;
    guint8 *options = reading->options + (gsize)question * BLOCK_ROWS;
    ReadColumn *column = &reading->of[question];
    guint8 gaps;

    *column = (ReadColumn){ from, reading->answered, from->option, FALSE, FALSE };
    if (is_full(reading, question))
        return;
    read_states(reading, question, states);
    gaps = rows_difference(states, reading->block->n_rows, READ_ANSWERED);
    if (gaps == 0)
        return;
    /* the bits in which READ_BLANK and READ_NONE differ from READ_ANSWERED */
    column->has_blank = memchr(states, READ_BLANK, reading->block->n_rows) != NULL;
    column->has_none = (gaps & READ_NONE) != 0;
    column->state = states;
    if (from->option) {
        rows_read_options(states, from->option, options);
        column->option = options;
    }
}

void block_reading_read(BlockReading *reading, const Block *block, Reading as)
{
    reading->block = block;
    reading->reading = as;
    for (guint i = 0; i < reading->plan->rubric->questions->len; i++)
        read_column(reading, i);
}
