#include "cohort/withholding.h"

/* Numbers `stride` apart whose sum is known to the reader: what they are, what is shown of them. */
typedef struct {
    const gint64 *true_ones;
    gint64 *shown;
    guint n;
    gsize stride;
} Line;

static gboolean is_shown(const Line *line, guint i)
{
    return line->shown[i * line->stride] != COHORT_WITHHELD;
}

static gint64 true_one(const Line *line, guint i)
{
    return line->true_ones[i * line->stride];
}

/* The smallest number that is shown and not 0; `n` if there is none. */
static guint smallest(const Line *line)
{
    guint found = line->n;

    for (guint i = 0; i < line->n; i++)
        if (is_shown(line, i) && true_one(line, i) > 0 &&
            (found == line->n || true_one(line, i) < true_one(line, found)))
            found = i;
    return found;
}

/* Withhold what is small, and then as much more as it takes that the total, less what is shown,
 * says nothing of a single one or of few. Whether anything changed. */
static gboolean withhold_line(Line line, gint64 min_group)
{
    gboolean changed = FALSE;
    gint64 sum = 0;
    guint n = 0;

    for (guint i = 0; i < line.n; i++) {
        gboolean is_small = true_one(&line, i) > 0 && true_one(&line, i) < min_group;

        if (is_small && is_shown(&line, i)) {
            line.shown[i * line.stride] = COHORT_WITHHELD;
            changed = TRUE;
        }
        n += !is_shown(&line, i);
        sum += is_shown(&line, i) ? 0 : true_one(&line, i);
    }
    while (n > 0 && (n < 2 || sum < min_group)) {
        guint next = smallest(&line);

        if (next == line.n)
            break;
        line.shown[next * line.stride] = COHORT_WITHHELD;
        sum += true_one(&line, next);
        n++;
        changed = TRUE;
    }
    return changed;
}

/* A number that is part of no sum. */
static void withhold_cell(gint64 *cell, gint64 min_group)
{
    if (*cell > 0 && *cell < min_group)
        *cell = COHORT_WITHHELD;
}

static void withhold_all(gint64 *cells, gsize n)
{
    for (gsize i = 0; i < n; i++)
        cells[i] = COHORT_WITHHELD;
}

/* Runs of neighbouring bins that hold enough together count in their lowest one; what is left over
 * at the end goes to the last run. */
static void join_bins(gint64 *counts, guint n, gint64 min_group)
{
    guint first = n, last = n;

    for (guint i = 0; i < n; i++) {
        gint64 count = counts[i];

        if (count == 0)
            continue;
        if (first == n) {
            first = i;
            continue;
        }
        if (counts[first] < min_group) {
            counts[first] += count;
            counts[i] = 0;
        } else {
            last = first;
            first = i;
        }
    }
    if (first < n && last < n && counts[first] < min_group) {
        counts[last] += counts[first];
        counts[first] = 0;
    }
}

/* Bins, and after them how many are in none. */
static void withhold_bins(gint64 *counts, guint n, guint others, gint64 min_group)
{
    g_autofree gint64 *joined = NULL;

    join_bins(counts, n, min_group);
    joined = g_memdup2(counts, (n + others) * sizeof *counts);
    withhold_line((Line){ joined, counts, n + others, 1 }, min_group);
}

/* ---- the whole cohort ---- */

static void withhold_row(const gint64 *truth, gint64 *shown, guint n, gint64 min_group)
{
    withhold_line((Line){ truth, shown, n, 1 }, min_group);
}

static void withhold_question(Statistics *shown, const Statistics *truth, guint question)
{
    const Question *asked = RUBRIC_QUESTION(truth->plan->rubric, question);
    gint64 *states = tallies_states(shown, question), *options = tallies_options(shown, question),
           *numbers = tallies_numbers(shown, question);
    guint n_options = options ? asked->options->len : 0;
    guint n_bins = numbers ? bins_number(&truth->layout.bins[question]) : 0;

    withhold_cell(&shown->counts[shown->layout.decides + question], shown->min_group);
    withhold_row(tallies_states(truth, question), states, COHORT_STATES, shown->min_group);
    if (states[ANSWER_ANSWERED] == COHORT_WITHHELD) { /* they add up to it */
        withhold_all(options, n_options);
        withhold_all(numbers, n_bins);
        return;
    }
    if (asked->type == QUESTION_MULTI)
        for (guint i = 0; i < n_options; i++)
            withhold_cell(&options[i], shown->min_group);
    else if (options)
        withhold_row(tallies_options(truth, question), options, n_options, shown->min_group);
    if (numbers)
        withhold_bins(numbers, n_bins, 0, shown->min_group);
}

static void withhold_requirements(Statistics *shown, const Statistics *truth)
{
    for (guint i = 0; i < truth->plan->rubric->requirements->len; i++) {
        withhold_row(tallies_status(truth, i), tallies_status(shown, i), COHORT_STATUSES,
                     shown->min_group);
        for (guint kind = 0; kind < BLOCKS; kind++)
            withhold_cell(&tallies_blocks(shown, i)[kind], shown->min_group);
    }
}

static void withhold_suspicion(Statistics *shown)
{
    const TallyPlaces *layout = &shown->layout;

    for (guint i = 0; i < layout->straight->len; i++) {
        const StraightGroup *straight = &g_array_index(layout->straight, StraightGroup, i);

        for (guint option = 0; option < straight->options; option++)
            withhold_cell(&shown->counts[straight->at + option], shown->min_group);
    }
    for (guint i = 0; i < shown->plan->contradictions->len; i++)
        withhold_cell(&shown->counts[layout->contradictions + i], shown->min_group);
    withhold_cell(&shown->counts[layout->identical], shown->min_group);
    if (shown->counts[layout->identical] == COHORT_WITHHELD)
        shown->counts[layout->identical_groups] = COHORT_WITHHELD;
}

static void withhold_cohort(Statistics *shown, const Statistics *truth)
{
    const TallyPlaces *layout = &shown->layout;

    withhold_cell(&shown->counts[layout->evidence_asked], shown->min_group);
    withhold_cell(&shown->counts[layout->with_findings], shown->min_group);
    for (guint i = 0; i < COHORT_READINGS * 2; i++)
        withhold_row(tallies_level(truth, (Reading)(i / 2), i % 2 == 1),
                     tallies_level(shown, (Reading)(i / 2), i % 2 == 1), layout->n_levels,
                     shown->min_group);
    for (guint i = 0; i <= truth->plan->rubric->dimensions->len; i++)
        for (guint high = 0; high < 2; high++)
            withhold_bins(tallies_score(shown, i, high == 1), SCORE_BINS, 1, shown->min_group);
    withhold_requirements(shown, truth);
    for (guint i = 0; i < truth->plan->rubric->questions->len; i++)
        withhold_question(shown, truth, i);
    withhold_suspicion(shown);
}

/* ---- groups ---- */

/* Levels of all groups: rows add up to the group, columns to the cohort. */
static gboolean withhold_levels(Statistics *shown, const CohortField *field,
                                const CohortField *truth, Reading reading, gboolean possible)
{
    const gsize size = shown->layout.group_size;
    gboolean changed = FALSE;

    for (guint group = 0; group < field->n_groups; group++) {
        gint64 *cells =
            group_level(shown, cohort_field_counts(shown, field, group), reading, possible);
        const gint64 *real =
            group_level(shown, cohort_field_counts(shown, truth, group), reading, possible);

        changed =
            withhold_line((Line){ real, cells, shown->layout.n_levels, 1 }, shown->min_group) ||
            changed;
    }
    for (guint level = 0; level < shown->layout.n_levels; level++) {
        gint64 *cells = group_level(shown, cohort_field_counts(shown, field, 0), reading, possible);
        const gint64 *real =
            group_level(shown, cohort_field_counts(shown, truth, 0), reading, possible);

        changed = withhold_line((Line){ real + level, cells + level, field->n_groups, size },
                                shown->min_group) ||
                  changed;
    }
    return changed;
}

static void withhold_field(Statistics *shown, const CohortField *field, const CohortField *truth)
{
    const gsize size = shown->layout.group_size;

    withhold_line((Line){ cohort_field_counts(shown, truth, 0),
                          cohort_field_counts(shown, field, 0), field->n_groups, size },
                  shown->min_group);
    for (guint group = 0; group < field->n_groups; group++) {
        gint64 *counts = cohort_field_counts(shown, field, group);

        if (*group_companies(counts) == COHORT_WITHHELD) {
            withhold_all(counts, size);
            continue;
        }
        for (guint high = 0; high < 2; high++)
            withhold_bins(group_score(shown, counts, high == 1), SCORE_BINS, 1, shown->min_group);
    }
    for (guint i = 0; i < COHORT_READINGS * 2; i++)
        while (withhold_levels(shown, field, truth, (Reading)(i / 2), i % 2 == 1))
            ;
}

Statistics *statistics_withheld(const Statistics *statistics, guint min_group)
{
    Statistics *shown = statistics_copy(statistics);

    if (min_group < 2)
        return shown;
    shown->min_group = min_group;
    if (tallies_companies(statistics) < min_group) {
        withhold_all(shown->counts, shown->layout.size);
        for (guint i = 0; i < shown->fields->len; i++) {
            CohortField *field = shown->fields->pdata[i];

            withhold_all((gint64 *)(void *)field->counts->data, field->counts->len);
        }
        return shown;
    }
    withhold_cohort(shown, statistics);
    for (guint i = 0; i < shown->fields->len; i++)
        withhold_field(shown, shown->fields->pdata[i], statistics->fields->pdata[i]);
    return shown;
}
