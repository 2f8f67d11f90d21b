#include "rules/crowd.h"

enum { EVIDENCE_PARTS = 4 };

Block *crowd_block(const Rubric *rubric, const CrowdMix *mix)
{
    Block *block = block_new(rubric);

    for (guint i = 0; mix->evidence && i < rubric->n_questions; i++)
        if (i % EVIDENCE_PARTS != 0) /* some questions have no column of it */
            block_keep_evidence(block, (int)i);
    for (guint i = 0; mix->waivers && i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->waivable)
            block_keep_waivers(block, (int)i);
    return block;
}

/* What one company is like: how likely it answers well, leaves blanks, has something that is not
 * applicable. */
typedef struct {
    double good, blank, not_applicable;
} Leaning;

static Leaning leaning_of(const CrowdMix *mix, GRand *random)
{
    static const double GOOD[] = { 0, 0.1, 0.5, 0.9, 0.98, 1 };
    static const double RARE[] = { 0, 0, 0.02, 0.3, 0.95 };

    return (Leaning){
        GOOD[g_rand_int_range(random, 0, G_N_ELEMENTS(GOOD))],
        mix->blanks ? RARE[g_rand_int_range(random, 0, G_N_ELEMENTS(RARE))] : 0,
        mix->not_applicable ? RARE[g_rand_int_range(random, 0, G_N_ELEMENTS(RARE))] : 0,
    };
}

static gboolean happens(GRand *random, double likely)
{
    return g_rand_double(random) < likely;
}

static guint option_of(const Question *question, const Leaning *leaning, GRand *random)
{
    guint n = question->options->len;

    if (happens(random, leaning->good))
        return n - 1;
    return (guint)g_rand_int_range(random, 0, (gint32)n);
}

/* Within the range, often at its ends or at a round number; beyond 2^31 units as well. */
static gint64 number_of(const Question *question, const Leaning *leaning, GRand *random)
{
    gint64 unit = question->type == QUESTION_PERCENT ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_UNIT;
    double low = question->has_min ? rational_to_double(question->min) : -150;
    double high = question->has_max ? rational_to_double(question->max) : 200;
    double at = happens(random, leaning->good) ? 1 : g_rand_double(random);
    gint64 number;

    if (!question->has_max && happens(random, 0.05))
        high = 999999999999.0;
    number = (gint64)((low + (high - low) * at) * (double)unit);
    if (happens(random, 0.5))
        number = number / (unit / 100) * (unit / 100);
    return CLAMP(number, 1 - BLOCK_NUMBER_LIMIT, BLOCK_NUMBER_LIMIT - 1);
}

static guint64 ticks_of(const Question *question, const Leaning *leaning, GRand *random)
{
    guint64 ticks = 0;

    for (guint i = 0; i < question->options->len; i++)
        if (happens(random, leaning->good) || happens(random, 0.3))
            ticks |= (guint64)1 << i;
    return ticks;
}

static void fill_cell(Block *block, guint index, guint row, const Leaning *leaning, gint32 date,
                      GRand *random)
{
    const Question *question = RUBRIC_QUESTION(block->rubric, index);
    BlockColumn *column = &block->of[index];

    if (happens(random, leaning->blank)) {
        column->state[row] = happens(random, 0.2) ? ANSWER_INVALID : ANSWER_BLANK;
        return;
    }
    if (!question->is_field && happens(random, leaning->not_applicable)) {
        column->state[row] = ANSWER_NOT_APPLICABLE;
        return;
    }
    column->state[row] = ANSWER_ANSWERED;
    if (column->option)
        column->option[row] = (guint8)option_of(question, leaning, random);
    else if (column->ticks)
        column->ticks[row] = ticks_of(question, leaning, random);
    else if (column->number)
        column->number[row] = number_of(question, leaning, random);
    else if (column->day)
        column->day[row] = date - g_rand_int_range(random, happens(random, 0.3) ? -400 : 0, 1600);
}

void crowd_fill(Block *block, guint n, const CrowdMix *mix, gint32 date, GRand *random)
{
    const Rubric *rubric = block->rubric;

    block_clear(block);
    for (guint row = 0; row < n; row++) {
        Leaning leaning = leaning_of(mix, random);
        double proven = g_rand_double(random) * 1.2;

        block->record[row] = row + 1;
        for (guint i = 0; i < rubric->questions->len; i++) {
            fill_cell(block, i, row, &leaning, date, random);
            if (block->of[i].evidence)
                block->of[i].evidence[row] = happens(random, proven);
        }
        for (guint i = 0; i < rubric->requirements->len; i++)
            if (block->waived[i])
                block->waived[i][row] = happens(random, 0.2);
    }
    block->n_rows = n;
}
