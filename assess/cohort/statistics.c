#include "cohort/statistics.h"

#include <string.h>

#include "cohort/columns.h"
#include "cohort/suspicion.h"

/* The rows of one block on their way into the tallies. */
typedef struct {
    Statistics *statistics;
    const Plan *plan;
    const Block *block;
    const Grades *grades;
    gint64 sign;
    guint steps;             /* of the columns */
    gint64 rows;             /* that count */
    guint8 mask[BLOCK_ROWS]; /* the rows that count */
    guint16 at[BLOCK_ROWS];  /* their numbers */
    guint8 rows_now[BLOCK_ROWS];
} Adding;

static void find_rows(Adding *adding, const guint8 *keep)
{
    const Block *block = adding->block;

    memset(adding->mask, 0, sizeof adding->mask);
    for (guint i = 0; i < block->n_rows; i++) {
        gboolean counts = block->dropped[i] == 0 && (!keep || keep[i]);

        adding->mask[i] = counts ? 0xff : 0;
        adding->at[adding->rows] = (guint16)i;
        adding->rows += counts;
    }
    adding->steps = (block->n_rows + COLUMN_STEP - 1) / COLUMN_STEP;
}

/* Rows of the mask where a column is `value`. */
static gint64 rows_with(const Adding *adding, const guint8 *column, guint value)
{
    return column_count(column, (guint8)value, adding->mask, adding->steps);
}

static const guint8 *bytes_of(const gint8 *levels)
{
    return (const guint8 *)levels;
}

/* ---- levels and scores ---- */

static void add_level(Adding *adding, const gint8 *levels, gint64 *counts)
{
    for (guint i = 0; i < adding->statistics->layout.n_levels; i++)
        counts[i] += adding->sign * rows_with(adding, bytes_of(levels), (guint8)(i - 1));
}

static void add_levels(Adding *adding)
{
    for (guint i = 0; i < COHORT_READINGS; i++) {
        if (i == READING_EVIDENCED && !adding->grades->has_evidenced)
            continue;
        add_level(adding, adding->grades->level[i],
                  tallies_level(adding->statistics, (Reading)i, FALSE));
        add_level(adding, adding->grades->level_possible[i],
                  tallies_level(adding->statistics, (Reading)i, TRUE));
    }
}

static guint score_bin(const GradeScore *score, const gint64 *bounds, guint row, gint64 best)
{
    return score->state[row] == GRADE_NONE ? SCORE_BINS : bins_score(bounds[row], best);
}

static void add_bounds(const Adding *adding, const GradeScore *score, const gint64 *bounds,
                       gint64 best, gint64 *counts)
{
    for (gint64 i = 0; i < adding->rows; i++)
        counts[score_bin(score, bounds, adding->at[i], best)] += adding->sign;
}

static void add_scores(Adding *adding)
{
    const TallyPlaces *layout = &adding->statistics->layout;

    for (guint i = 0; i <= adding->plan->rubric->dimensions->len; i++) {
        const GradeScore *score = &adding->grades->scores[i];

        add_bounds(adding, score, score->low, layout->best[i],
                   tallies_score(adding->statistics, i, FALSE));
        add_bounds(adding, score, score->high, layout->best[i],
                   tallies_score(adding->statistics, i, TRUE));
    }
}

/* ---- requirements ---- */

static void add_statuses(Adding *adding)
{
    for (guint i = 0; i < adding->plan->rubric->requirements->len; i++) {
        gint64 *counts = tallies_status(adding->statistics, i);
        gint64 others = 0;

        for (guint status = STATUS_WAIVED; status < COHORT_STATUSES; status++) {
            gint64 n = status == STATUS_WAIVED && !adding->block->waived[i]
                           ? 0
                           : rows_with(adding, adding->grades->status[i], status);

            counts[status] += adding->sign * n;
            others += n;
        }
        counts[STATUS_MET] += adding->sign * (adding->rows - others);
    }
}

/* Rows at the level below the requirement's own that lack it: unmet, unknown. */
static void find_blocked(Adding *adding, guint requirement, Status status, guint8 *rows)
{
    int level = RUBRIC_REQUIREMENT(adding->plan->rubric, requirement)->level;

    column_equal(adding->grades->status[requirement], (guint8)status, adding->mask, rows,
                 adding->steps);
    column_keep(bytes_of(adding->grades->level[READING_FULL]), (guint8)(level - 1), rows,
                adding->steps);
}

static void add_blocks(Adding *adding)
{
    guint n = adding->plan->rubric->requirements->len;
    guint8 blockers[BLOCK_ROWS] = { 0 }, rows[BLOCK_ROWS];

    for (guint i = 0; i < n; i++) {
        if (!PLAN_CONDITION(adding->plan, i)->binds)
            continue;
        for (guint kind = BLOCKS_UNMET; kind <= BLOCKS_UNKNOWN; kind++) {
            find_blocked(adding, i, kind == BLOCKS_UNMET ? STATUS_UNMET : STATUS_UNKNOWN, rows);
            column_raise(rows, blockers, adding->steps);
            tallies_blocks(adding->statistics, i)[kind] +=
                adding->sign * (gint64)column_rows(rows, adding->steps);
        }
    }
    for (guint i = 0; i < n; i++) {
        if (!PLAN_CONDITION(adding->plan, i)->binds)
            continue;
        for (guint kind = BLOCKS_UNMET; kind <= BLOCKS_UNKNOWN; kind++) {
            find_blocked(adding, i, kind == BLOCKS_UNMET ? STATUS_UNMET : STATUS_UNKNOWN, rows);
            tallies_blocks(adding->statistics, i)[BLOCKS_ALONE] +=
                adding->sign * (gint64)column_count(blockers, 1, rows, adding->steps);
        }
    }
}

/* ---- questions ---- */

static void add_states(Adding *adding, guint question)
{
    gint64 *counts = tallies_states(adding->statistics, question);
    gint64 others = 0;

    if (adding->plan->skipped[question]) {
        counts[ANSWER_SKIPPED] += adding->sign * adding->rows;
        return;
    }
    for (guint state = ANSWER_ANSWERED; state <= ANSWER_INVALID; state++) {
        gint64 n = rows_with(adding, adding->block->of[question].state, state);

        counts[state] += adding->sign * n;
        others += n;
    }
    counts[ANSWER_BLANK] += adding->sign * (adding->rows - others);
}

/* A row that is not answered has option 0. */
static void add_options(Adding *adding, guint question)
{
    const BlockColumn *column = &adding->block->of[question];
    gint64 *counts = tallies_options(adding->statistics, question);
    gint64 rest = rows_with(adding, column->state, ANSWER_ANSWERED);
    guint n = RUBRIC_QUESTION(adding->plan->rubric, question)->options->len;

    for (guint i = 1; i < n; i++) {
        gint64 rows = rows_with(adding, column->option, i);

        counts[i] += adding->sign * rows;
        rest -= rows;
    }
    counts[0] += adding->sign * rest;
}

static void add_ticks(Adding *adding, guint question)
{
    const BlockColumn *column = &adding->block->of[question];
    gint64 *counts = tallies_options(adding->statistics, question);

    for (gint64 i = 0; i < adding->rows; i++) {
        guint row = adding->at[i];
        guint64 ticks = column->state[row] == ANSWER_ANSWERED ? column->ticks[row] : 0;

        for (; ticks; ticks &= ticks - 1)
            counts[__builtin_ctzll(ticks)] += adding->sign;
    }
}

static void add_numbers(Adding *adding, guint question)
{
    const BlockColumn *column = &adding->block->of[question];
    const Bins *bins = &adding->statistics->layout.bins[question];
    gint64 *counts = tallies_numbers(adding->statistics, question);

    for (gint64 i = 0; i < adding->rows; i++) {
        guint row = adding->at[i];

        if (column->state[row] == ANSWER_ANSWERED)
            counts[bins_find(bins, column->number[row])] += adding->sign;
    }
}

static void add_questions(Adding *adding)
{
    for (guint i = 0; i < adding->plan->rubric->questions->len; i++) {
        const BlockColumn *column = &adding->block->of[i];

        add_states(adding, i);
        if (adding->plan->skipped[i])
            continue;
        if (column->option)
            add_options(adding, i);
        else if (column->ticks)
            add_ticks(adding, i);
        else if (column->number)
            add_numbers(adding, i);
    }
}

/* ---- blanks that decide ---- */

/* Rows in which a level is neither held nor out of reach. */
static void find_open(const Adding *adding, int level, guint8 *rows)
{
    const gint8 *held = adding->grades->level[READING_FULL];
    const gint8 *possible = adding->grades->level_possible[READING_FULL];

    for (guint i = 0; i < adding->steps * COLUMN_STEP; i++)
        rows[i] = adding->mask[i] & (held[i] < level && level <= possible[i] ? 0xff : 0);
}

/* Rows in which a question bears on a requirement that is open: into `needed`, a column a question;
 * `is_needed` says which are filled. */
static void find_needed(Adding *adding, guint8 *needed, gboolean *is_needed)
{
    const Rubric *rubric = adding->plan->rubric;

    for (int level = 0; level < (int)rubric->levels->len; level++) {
        guint8 open[BLOCK_ROWS], rows[BLOCK_ROWS];

        find_open(adding, level, open);
        for (guint i = 0; i < rubric->requirements->len; i++) {
            const Condition *condition = PLAN_CONDITION(adding->plan, i);

            if (RUBRIC_REQUIREMENT(rubric, i)->level != level || !condition->binds)
                continue;
            column_equal(adding->grades->status[i], STATUS_UNKNOWN, open, rows, adding->steps);
            for (guint k = 0;
                 k < condition->questions->len && !column_is_empty(rows, adding->steps); k++) {
                int question = g_array_index(condition->questions, int, k);
                guint8 *column = needed + (gsize)question * BLOCK_ROWS;

                if (!is_needed[question])
                    memset(column, 0, BLOCK_ROWS);
                is_needed[question] = TRUE;
                column_unite(rows, column, adding->steps);
            }
        }
    }
}

static void add_decisive(Adding *adding)
{
    guint n = adding->plan->rubric->questions->len;
    g_autofree guint8 *needed = g_malloc((gsize)n * BLOCK_ROWS);
    g_autofree gboolean *is_needed = g_new0(gboolean, n);

    find_needed(adding, needed, is_needed);
    for (guint i = 0; i < n; i++) {
        const guint8 *state = adding->block->of[i].state, *rows = needed + (gsize)i * BLOCK_ROWS;

        if (is_needed[i] && !adding->plan->skipped[i])
            adding->statistics->counts[adding->statistics->layout.decides + i] +=
                adding->sign * ((gint64)column_count(state, ANSWER_BLANK, rows, adding->steps) +
                                (gint64)column_count(state, ANSWER_INVALID, rows, adding->steps));
    }
}

static void add_contradictions(Adding *adding)
{
    gint64 *counts = adding->statistics->counts + adding->statistics->layout.contradictions;

    for (guint i = 0; i < adding->plan->contradictions->len; i++)
        counts[i] += adding->sign * rows_with(adding, adding->grades->contradicted[i], TRUE);
}

/* ---- groups of companies ---- */

/* The group of a row; -1 if the field is crowded. */
static int group_of(const Adding *adding, CohortField *field, guint row)
{
    const BlockColumn *column = &adding->block->of[field->question];
    const BlockText *texts = adding->block->texts[field->question];

    if (column->state[row] != ANSWER_ANSWERED || (field->texts && !texts))
        return 0;
    if (!field->texts)
        return column->option[row] + 1;
    return texts[row].length == 0
               ? 0
               : cohort_field_group(field, adding->block->text->str + texts[row].offset,
                                    texts[row].length, adding->statistics->layout.group_size);
}

static void add_row(const Adding *adding, guint row, gint64 *group)
{
    const Statistics *statistics = adding->statistics;
    const Grades *grades = adding->grades;
    const GradeScore *score = &grades->scores[GRADE_ALL];
    gint64 best = statistics->layout.best[0];

    *group_companies(group) += adding->sign;
    for (guint i = 0; i < (grades->has_evidenced ? COHORT_READINGS : READING_EVIDENCED); i++) {
        group_level(statistics, group, (Reading)i, FALSE)[grades->level[i][row] + 1] +=
            adding->sign;
        group_level(statistics, group, (Reading)i, TRUE)[grades->level_possible[i][row] + 1] +=
            adding->sign;
    }
    group_score(statistics, group, FALSE)[score_bin(score, score->low, row, best)] += adding->sign;
    group_score(statistics, group, TRUE)[score_bin(score, score->high, row, best)] += adding->sign;
}

static void add_field(Adding *adding, CohortField *field)
{
    for (gint64 i = 0; i < adding->rows && !field->is_crowded; i++) {
        int group = group_of(adding, field, adding->at[i]);

        if (group >= 0)
            add_row(adding, adding->at[i],
                    cohort_field_counts(adding->statistics, field, (guint)group));
    }
}

/* ---- all ---- */

static void add_whole(Adding *adding)
{
    gint64 *counts = adding->statistics->counts;
    const TallyPlaces *layout = &adding->statistics->layout;

    counts[layout->companies] += adding->sign * adding->rows;
    if (adding->block->evidence_asked)
        counts[layout->evidence_asked] += adding->sign * adding->rows;
    for (gint64 i = 0; i < adding->rows; i++)
        if (adding->block->findings[adding->at[i]] > 0 ||
            adding->grades->future_dates[adding->at[i]] > 0)
            counts[layout->with_findings] += adding->sign;
}

void statistics_add(Statistics *statistics, const Block *block, const Grades *grades,
                    const guint8 *keep, int sign)
{
    Adding adding;

    adding.statistics = statistics;
    adding.plan = statistics->plan;
    adding.block = block;
    adding.grades = grades;
    adding.sign = sign;
    adding.rows = 0;
    g_return_if_fail(statistics->min_group == 0);
    g_return_if_fail(sign == 1 || sign == -1);
    find_rows(&adding, keep);
    if (adding.rows == 0)
        return;
    add_whole(&adding);
    add_levels(&adding);
    add_scores(&adding);
    add_statuses(&adding);
    add_blocks(&adding);
    add_questions(&adding);
    add_decisive(&adding);
    add_contradictions(&adding);
    suspicion_count(statistics, block, adding.mask, adding.steps, sign);
    for (guint i = 0; i < statistics->fields->len; i++)
        add_field(&adding, statistics->fields->pdata[i]);
}
