#include "cohort/tallies.h"

#include <string.h>

#include "base/date.h"

enum { SCORE_SIZE = SCORE_BINS + 1 };

/* ---- where numbers stand ---- */

static gsize take(TallyPlaces *layout, gsize n)
{
    gsize at = layout->size;

    layout->size += n;
    return at;
}

static gboolean has_options(const Question *question)
{
    return question->options && question->options->len > 0;
}

static gboolean has_number(const Question *question)
{
    return question->type == QUESTION_NUMBER || question->type == QUESTION_PERCENT;
}

static void lay_questions(TallyPlaces *layout, const Rubric *rubric)
{
    guint n = rubric->questions->len;

    layout->states = take(layout, (gsize)n * COHORT_STATES);
    layout->decides = take(layout, n);
    layout->options = g_new0(gsize, n);
    layout->numbers = g_new0(gsize, n);
    layout->bins = g_new0(Bins, n);
    for (guint i = 0; i < n; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (has_options(question))
            layout->options[i] = take(layout, question->options->len);
        if (!has_number(question))
            continue;
        layout->bins[i] = bins_of(question);
        layout->numbers[i] = take(layout, bins_number(&layout->bins[i]));
    }
}

/* ---- straight lines ---- */

static gboolean has_same_options(const Question *a, const Question *b)
{
    if (a->options->len != b->options->len)
        return FALSE;
    for (guint i = 0; i < a->options->len; i++)
        if (strcmp(QUESTION_OPTION(a, i)->id, QUESTION_OPTION(b, i)->id) != 0)
            return FALSE;
    return TRUE;
}

/* The choice questions of a group, if they share their options and are many enough. */
static GArray *straight_questions(const Plan *plan, const Group *group)
{
    g_autoptr(GArray) questions = g_array_new(FALSE, FALSE, sizeof(int));

    for (guint i = 0; i < group->questions->len; i++) {
        int index = g_array_index(group->questions, int, i);
        const Question *question = RUBRIC_QUESTION(plan->rubric, index);

        if (plan->skipped[index])
            continue;
        if (question->type != QUESTION_CHOICE ||
            (questions->len > 0 &&
             !has_same_options(RUBRIC_QUESTION(plan->rubric, g_array_index(questions, int, 0)),
                               question)))
            return NULL;
        g_array_append_val(questions, index);
    }
    return questions->len >= COHORT_STRAIGHT_LEAST ? g_steal_pointer(&questions) : NULL;
}

/* Whether all questions of a group are in another, larger one that was found: its lines are that
 * one's. */
static gboolean is_in(const GArray *questions, const GArray *others)
{
    guint found = 0;

    for (guint i = 0; i < questions->len; i++)
        for (guint k = 0; k < others->len; k++)
            found += g_array_index(questions, int, i) == g_array_index(others, int, k);
    return found == questions->len && others->len > questions->len;
}

static gboolean is_part(const GArray *straight, const GArray *questions)
{
    for (guint i = 0; i < straight->len; i++)
        if (is_in(questions, g_array_index(straight, StraightGroup, i).questions))
            return TRUE;
    return FALSE;
}

static void straight_clear(gpointer group)
{
    g_array_unref(((StraightGroup *)group)->questions);
}

static void lay_straight(TallyPlaces *layout, const Plan *plan)
{
    layout->straight = g_array_new(FALSE, FALSE, sizeof(StraightGroup));
    g_array_set_clear_func(layout->straight, straight_clear);
    for (guint i = 0; i < plan->rubric->groups->len; i++) {
        StraightGroup straight = { .group = (int)i };

        straight.questions = straight_questions(plan, RUBRIC_GROUP(plan->rubric, i));
        if (straight.questions && is_part(layout->straight, straight.questions))
            g_clear_pointer(&straight.questions, g_array_unref);
        if (!straight.questions)
            continue;
        straight.options =
            RUBRIC_QUESTION(plan->rubric, g_array_index(straight.questions, int, 0))->options->len;
        straight.at = take(layout, straight.options);
        g_array_append_val(layout->straight, straight);
    }
}

/* ---- the best scores ---- */

/* The best total of a sheet of points. */
static Rational best_sum(const Plan *plan, Numbers *numbers)
{
    Rational best = RATIONAL_ZERO;

    for (guint i = 0; i < plan->rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(plan->rubric, i);

        if (plan->scored[i] && !plan->skipped[i])
            best = rational_add(
                numbers, best,
                rational_mul(numbers, plan->weights[i], question_best(question, numbers)));
    }
    return best;
}

/* Of a climb: the levels that a scored question is evidence for. */
static Rational best_climb(const Plan *plan)
{
    guint64 levels = 0;

    for (guint i = 0; i < plan->rubric->n_questions; i++)
        if (plan->scored[i] && !plan->skipped[i] && RUBRIC_QUESTION(plan->rubric, i)->level >= 0)
            levels |= G_GUINT64_CONSTANT(1) << RUBRIC_QUESTION(plan->rubric, i)->level;
    return rational_int(__builtin_popcountll(levels));
}

/* The score of a dimension is a part of one, whatever the rubric's total is. */
static void lay_best(TallyPlaces *layout, const Plan *plan)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Rational best = RATIONAL_ONE;

    if (plan->rubric->score == SCORE_SUM)
        best = best_sum(plan, numbers);
    else if (plan->rubric->score == SCORE_CLIMB)
        best = best_climb(plan);
    layout->best = g_new0(gint64, plan->rubric->dimensions->len + 1);
    layout->best[0] = (gint64)(rational_to_double(best) * 1000000 + 0.5);
    for (guint i = 1; i <= plan->rubric->dimensions->len; i++)
        layout->best[i] = 1000000;
}

static void lay(TallyPlaces *layout, const Plan *plan)
{
    const Rubric *rubric = plan->rubric;
    guint n_requirements = rubric->requirements->len;

    layout->n_levels = rubric->levels->len + 1;
    layout->companies = take(layout, 1);
    layout->evidence_asked = take(layout, 1);
    layout->with_findings = take(layout, 1);
    layout->identical = take(layout, 1);
    layout->identical_groups = take(layout, 1);
    layout->levels = take(layout, (gsize)COHORT_READINGS * 2 * layout->n_levels);
    layout->scores = take(layout, ((gsize)rubric->dimensions->len + 1) * 2 * SCORE_SIZE);
    layout->status = take(layout, (gsize)n_requirements * COHORT_STATUSES);
    layout->blocks = take(layout, (gsize)n_requirements * BLOCKS);
    lay_questions(layout, rubric);
    layout->contradictions = take(layout, rubric->contradictions->len);
    lay_straight(layout, plan);
    lay_best(layout, plan);
    layout->group_size = 1 + (gsize)COHORT_READINGS * 2 * layout->n_levels + 2 * SCORE_SIZE;
}

/* ---- fields ---- */

static void field_free(gpointer data)
{
    CohortField *field = data;

    if (field->places)
        g_hash_table_unref(field->places);
    if (field->texts)
        g_ptr_array_unref(field->texts);
    g_array_unref(field->counts);
    g_free(field);
}

static void add_group(CohortField *field, gsize group_size)
{
    field->n_groups++;
    g_array_set_size(field->counts, (guint)(field->n_groups * group_size));
}

static CohortField *field_new(const Rubric *rubric, int index, gsize group_size)
{
    const Question *question = RUBRIC_QUESTION(rubric, index);
    CohortField *field = g_new0(CohortField, 1);

    field->question = index;
    field->counts = g_array_new(FALSE, TRUE, sizeof(gint64));
    add_group(field, group_size);
    if (question->type == QUESTION_CHOICE) {
        for (guint i = 0; i < question->options->len; i++)
            add_group(field, group_size);
        return field;
    }
    field->texts = g_ptr_array_new_with_free_func(g_free);
    field->places = g_hash_table_new(g_str_hash, g_str_equal);
    return field;
}

static GPtrArray *fields_new(const Rubric *rubric, gsize group_size)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(field_free);

    for (guint i = rubric->n_questions; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (question->cohort &&
            (question->type == QUESTION_CHOICE || question->type == QUESTION_TEXT))
            g_ptr_array_add(fields, field_new(rubric, (int)i, group_size));
    }
    return fields;
}

/* From here on nothing is told of the field: which texts came first may not matter. */
static void crowd(CohortField *field, gsize group_size)
{
    field->is_crowded = TRUE;
    g_hash_table_remove_all(field->places);
    g_ptr_array_set_size(field->texts, 0);
    g_array_set_size(field->counts, 0);
    field->n_groups = 0;
    add_group(field, group_size);
}

/* At most so many bytes, and whole characters. */
static gsize cut_text(const char *text, gsize length)
{
    if (length <= COHORT_TEXT_LIMIT)
        return length;
    length = COHORT_TEXT_LIMIT;
    while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80)
        length--;
    return length;
}

int cohort_field_group(CohortField *field, const char *text, gsize length, gsize group_size)
{
    char key[COHORT_TEXT_LIMIT + 1];
    gpointer found;
    char *owned;

    if (field->is_crowded)
        return -1;
    length = cut_text(text, length);
    memcpy(key, text, length);
    key[length] = '\0';
    found = g_hash_table_lookup(field->places, key);
    if (found)
        return GPOINTER_TO_INT(found);
    if (field->texts->len >= COHORT_TEXTS_LIMIT) {
        crowd(field, group_size);
        return -1;
    }
    owned = g_strdup(key);
    g_ptr_array_add(field->texts, owned);
    g_hash_table_insert(field->places, owned, GUINT_TO_POINTER(field->n_groups));
    add_group(field, group_size);
    return (int)field->n_groups - 1;
}

/* ---- making, joining ---- */

Statistics *statistics_new(const Plan *plan)
{
    Statistics *statistics = g_new0(Statistics, 1);

    statistics->plan = plan;
    lay(&statistics->layout, plan);
    statistics->counts = g_new0(gint64, statistics->layout.size);
    statistics->fields = fields_new(plan->rubric, statistics->layout.group_size);
    statistics->rejected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return statistics;
}

void statistics_free(Statistics *statistics)
{
    if (!statistics)
        return;
    g_free(statistics->layout.options);
    g_free(statistics->layout.numbers);
    g_free(statistics->layout.bins);
    g_free(statistics->layout.best);
    g_array_unref(statistics->layout.straight);
    g_free(statistics->counts);
    g_ptr_array_unref(statistics->fields);
    g_hash_table_unref(statistics->rejected);
    g_free(statistics->date);
    g_free(statistics);
}

Statistics *statistics_copy(const Statistics *statistics)
{
    Statistics *copy = statistics_new(statistics->plan);

    statistics_merge(copy, statistics);
    return copy;
}

static void add_counts(gint64 *to, const gint64 *from, gsize n)
{
    for (gsize i = 0; i < n; i++)
        to[i] += from[i];
}

static void merge_group(CohortField *field, const CohortField *other, guint group, gsize size)
{
    const char *text = other->texts && group > 0 ? other->texts->pdata[group - 1] : NULL;
    int to = text ? cohort_field_group(field, text, strlen(text), size) : (int)group;

    if (to >= 0)
        add_counts(&g_array_index(field->counts, gint64, (gsize)to * size),
                   &g_array_index(other->counts, gint64, (gsize)group * size), size);
}

static void merge_field(CohortField *field, const CohortField *other, gsize size)
{
    if (other->is_crowded && !field->is_crowded)
        crowd(field, size);
    for (guint group = 0; group < other->n_groups && !field->is_crowded; group++)
        merge_group(field, other, group, size);
}

/* Of two dates the earlier one, so that the order does not matter. */
static void take_date(Statistics *statistics, const char *date)
{
    if (!date || (statistics->date && strcmp(statistics->date, date) <= 0))
        return;
    g_free(statistics->date);
    statistics->date = g_strdup(date);
}

void statistics_merge(Statistics *statistics, const Statistics *other)
{
    GHashTableIter iter;
    gpointer reason, rows;

    g_return_if_fail(statistics->plan == other->plan);
    g_return_if_fail(statistics->min_group == 0 && other->min_group == 0);
    add_counts(statistics->counts, other->counts, statistics->layout.size);
    for (guint i = 0; i < statistics->fields->len; i++)
        merge_field(statistics->fields->pdata[i], other->fields->pdata[i],
                    statistics->layout.group_size);
    g_hash_table_iter_init(&iter, other->rejected);
    while (g_hash_table_iter_next(&iter, &reason, &rows))
        statistics_reject(statistics, reason, *(gint64 *)rows);
    statistics->has_identical = statistics->has_identical || other->has_identical;
    take_date(statistics, other->date);
}

void statistics_reject(Statistics *statistics, const char *reason, gint64 rows)
{
    gint64 *sum = g_hash_table_lookup(statistics->rejected, reason);

    if (!sum) {
        sum = g_new0(gint64, 1);
        g_hash_table_insert(statistics->rejected, g_strdup(reason), sum);
    }
    *sum += rows;
}

void statistics_identical(Statistics *statistics, gint64 companies, gint64 sets)
{
    statistics->has_identical = TRUE;
    statistics->counts[statistics->layout.identical] = companies;
    statistics->counts[statistics->layout.identical_groups] = sets;
}

void statistics_date(Statistics *statistics, gint32 date)
{
    g_free(statistics->date);
    statistics->date = date_text(date);
}

/* ---- numbers ---- */

gint64 *tallies_level(const Statistics *statistics, Reading reading, gboolean possible)
{
    gsize row = (gsize)reading * 2 + (possible ? 1 : 0);

    return statistics->counts + statistics->layout.levels + row * statistics->layout.n_levels;
}

gint64 *tallies_score(const Statistics *statistics, guint part, gboolean high)
{
    return statistics->counts + statistics->layout.scores +
           ((gsize)part * 2 + (high ? 1 : 0)) * SCORE_SIZE;
}

gint64 *tallies_status(const Statistics *statistics, guint requirement)
{
    return statistics->counts + statistics->layout.status + (gsize)requirement * COHORT_STATUSES;
}

gint64 *tallies_blocks(const Statistics *statistics, guint requirement)
{
    return statistics->counts + statistics->layout.blocks + (gsize)requirement * BLOCKS;
}

gint64 *tallies_states(const Statistics *statistics, guint question)
{
    return statistics->counts + statistics->layout.states + (gsize)question * COHORT_STATES;
}

/* The sum of some numbers; withheld if one of them is. */
static gint64 sum_of(const gint64 *numbers, guint from, guint to)
{
    gint64 sum = 0;

    for (guint i = from; i < to; i++) {
        if (numbers[i] == COHORT_WITHHELD)
            return COHORT_WITHHELD;
        sum += numbers[i];
    }
    return sum;
}

gint64 tallies_at_least(const Statistics *statistics, const gint64 *levels, gint64 all, int level)
{
    gint64 above = sum_of(levels, (guint)(level + 1), statistics->layout.n_levels),
           below = sum_of(levels, 0, (guint)(level + 1));

    if (above != COHORT_WITHHELD || below == COHORT_WITHHELD || all == COHORT_WITHHELD)
        return above;
    return all - below;
}

gint64 tallies_asked(const Statistics *statistics, guint question)
{
    const gint64 *states = tallies_states(statistics, question);

    return MAX(tallies_companies(statistics), 0) - MAX(states[ANSWER_NOT_APPLICABLE], 0) -
           MAX(states[ANSWER_SKIPPED], 0);
}

gint64 *tallies_options(const Statistics *statistics, guint question)
{
    gsize at = statistics->layout.options[question];

    return at ? statistics->counts + at : NULL;
}

gint64 *tallies_numbers(const Statistics *statistics, guint question)
{
    gsize at = statistics->layout.numbers[question];

    return at ? statistics->counts + at : NULL;
}

gint64 *cohort_field_counts(const Statistics *statistics, const CohortField *field, guint group)
{
    return &g_array_index(field->counts, gint64, (gsize)group * statistics->layout.group_size);
}

gint64 *group_companies(gint64 *group)
{
    return group;
}

gint64 *group_level(const Statistics *statistics, gint64 *group, Reading reading, gboolean possible)
{
    gsize row = (gsize)reading * 2 + (possible ? 1 : 0);

    return group + 1 + row * statistics->layout.n_levels;
}

gint64 *group_score(const Statistics *statistics, gint64 *group, gboolean high)
{
    return group + 1 + (gsize)COHORT_READINGS * 2 * statistics->layout.n_levels +
           (high ? SCORE_SIZE : 0);
}
