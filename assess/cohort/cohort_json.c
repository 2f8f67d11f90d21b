#include "cohort/cohort_json.h"

#include <string.h>

#include "base/rational.h"
#include "cohort/passage.h"
#include "cohort/withholding.h"

/* The tallies on their way; while they are read, `statistics` is filled. */
typedef struct {
    Passage *passage;
    Statistics *statistics;
    const Rubric *rubric;
} Walk;

static const char *const READINGS[] = { "full", "official", "evidenced" };

/* ---- lists of numbers ---- */

static void walk_bins(Walk *walk, const char *key, gint64 *counts, guint n)
{
    g_autoptr(GPtrArray) names = NULL;

    passage_open(walk->passage, key);
    if (!passage_writes(walk->passage))
        names = passage_names(walk->passage);
    for (guint i = 0; !names && i < n; i++) {
        char name[16];

        g_snprintf(name, sizeof name, "%u", i);
        if (counts[i] != 0)
            passage_number(walk->passage, name, &counts[i]);
    }
    for (guint i = 0; names && i < names->len; i++) {
        guint64 bin;

        if (g_ascii_string_to_unsigned(names->pdata[i], 10, 0, n - 1, &bin, NULL))
            passage_number(walk->passage, names->pdata[i], &counts[bin]);
        else
            passage_complain(walk->passage, names->pdata[i], "no bin");
    }
    passage_close(walk->passage);
}

static void walk_levels(Walk *walk, const char *key, gint64 *counts)
{
    passage_open(walk->passage, key);
    passage_number(walk->passage, "none", &counts[0]);
    for (guint i = 0; i < walk->rubric->levels->len; i++)
        passage_number(walk->passage, RUBRIC_LEVEL(walk->rubric, i)->id, &counts[i + 1]);
    passage_close(walk->passage);
}

static void walk_score(Walk *walk, const char *key, gint64 *low, gint64 *high)
{
    passage_open(walk->passage, key);
    walk_bins(walk, "low", low, SCORE_BINS);
    walk_bins(walk, "high", high, SCORE_BINS);
    passage_number(walk->passage, "none", &low[SCORE_BINS]);
    high[SCORE_BINS] = low[SCORE_BINS];
    passage_close(walk->passage);
}

/* ---- parts ---- */

static void walk_cohort(Walk *walk)
{
    Statistics *statistics = walk->statistics;
    const TallyPlaces *layout = &statistics->layout;

    passage_number(walk->passage, "companies", &statistics->counts[layout->companies]);
    passage_number(walk->passage, "evidence_asked", &statistics->counts[layout->evidence_asked]);
    passage_number(walk->passage, "with_findings", &statistics->counts[layout->with_findings]);
    passage_open(walk->passage, "levels");
    for (guint i = 0; i < COHORT_READINGS; i++) {
        passage_open(walk->passage, READINGS[i]);
        walk_levels(walk, "held", tallies_level(statistics, (Reading)i, FALSE));
        walk_levels(walk, "possible", tallies_level(statistics, (Reading)i, TRUE));
        passage_close(walk->passage);
    }
    passage_close(walk->passage);
    walk_score(walk, "score", tallies_score(statistics, 0, FALSE),
               tallies_score(statistics, 0, TRUE));
    passage_open(walk->passage, "dimensions");
    for (guint i = 0; i < walk->rubric->dimensions->len; i++)
        walk_score(walk, RUBRIC_DIMENSION(walk->rubric, i)->id,
                   tallies_score(statistics, i + 1, FALSE), tallies_score(statistics, i + 1, TRUE));
    passage_close(walk->passage);
}

static void walk_requirements(Walk *walk)
{
    static const char *const KINDS[] = { "unmet", "unknown", "alone" };

    passage_open(walk->passage, "requirements");
    for (guint i = 0; i < walk->rubric->requirements->len; i++) {
        gint64 *status = tallies_status(walk->statistics, i),
               *blocks = tallies_blocks(walk->statistics, i);

        passage_open(walk->passage, RUBRIC_REQUIREMENT(walk->rubric, i)->id);
        for (guint k = 0; k < COHORT_STATUSES; k++)
            passage_number(walk->passage, status_name((Status)k), &status[k]);
        passage_open(walk->passage, "blocks");
        for (guint k = 0; k < BLOCKS; k++)
            passage_number(walk->passage, KINDS[k], &blocks[k]);
        passage_close(walk->passage);
        passage_close(walk->passage);
    }
    passage_close(walk->passage);
}

/* The lower edge of a bin as a decimal number; "below" and "above" of a line. */
static char *edge_name(const Bins *bins, guint bin)
{
    if (bins->is_line && bin == 0)
        return g_strdup("below");
    if (bins->is_line && bin == LINE_BINS - 1)
        return g_strdup("above");
    return rational_format(rational_ratio(bins_edge(bins, bin), 1000000), 6, ROUND_HALF_UP);
}

/* FALSE if the name is none of an edge. */
static gboolean find_edge(const Bins *bins, const char *name, guint *bin)
{
    Rational number, scaled;

    *bin = bins->is_line && strcmp(name, "above") == 0 ? LINE_BINS - 1 : 0;
    if (bins->is_line && (*bin > 0 || strcmp(name, "below") == 0))
        return TRUE;
    if (rational_parse(name, &number) != DECIMAL_OK)
        return FALSE;
    scaled = rational_mul(NULL, number, rational_int(1000000));
    *bin = bins_find(bins, (gint64)scaled.num);
    return bins_edge(bins, *bin) == (gint64)scaled.num;
}

static void walk_numbers(Walk *walk, guint question, gint64 *counts)
{
    const Bins *bins = &walk->statistics->layout.bins[question];
    g_autoptr(GPtrArray) names = NULL;

    passage_open(walk->passage, "numbers");
    if (!passage_writes(walk->passage))
        names = passage_names(walk->passage);
    for (guint i = 0; !names && i < bins_number(bins); i++) {
        g_autofree char *name = counts[i] != 0 ? edge_name(bins, i) : NULL;

        if (name)
            passage_number(walk->passage, name, &counts[i]);
    }
    for (guint i = 0; names && i < names->len; i++) {
        guint bin;

        if (find_edge(bins, names->pdata[i], &bin))
            passage_number(walk->passage, names->pdata[i], &counts[bin]);
        else
            passage_complain(walk->passage, names->pdata[i], "no bin");
    }
    passage_close(walk->passage);
}

static void walk_options(Walk *walk, const char *key, const Question *question, gint64 *counts)
{
    passage_open(walk->passage, key);
    for (guint i = 0; i < question->options->len; i++)
        passage_number(walk->passage, QUESTION_OPTION(question, i)->id, &counts[i]);
    passage_close(walk->passage);
}

/* Fields by which nothing is grouped may name companies: of them only whether they are filled in.
 */
static void walk_question(Walk *walk, guint index)
{
    const Question *question = RUBRIC_QUESTION(walk->rubric, index);
    Statistics *statistics = walk->statistics;
    gint64 *states = tallies_states(statistics, index);

    passage_open(walk->passage, question->id);
    for (guint i = 0; i < COHORT_STATES; i++)
        if (i != ANSWER_DISPUTED) /* a survey has one answer of a company */
            passage_number(walk->passage, answer_state_name((AnswerState)i), &states[i]);
    passage_number(walk->passage, "decides",
                   &statistics->counts[statistics->layout.decides + index]);
    if (tallies_options(statistics, index))
        walk_options(walk, "options", question, tallies_options(statistics, index));
    if (tallies_numbers(statistics, index))
        walk_numbers(walk, index, tallies_numbers(statistics, index));
    passage_close(walk->passage);
}

static void walk_suspicion(Walk *walk)
{
    Statistics *statistics = walk->statistics;
    const TallyPlaces *layout = &statistics->layout;

    passage_open(walk->passage, "straight_lines");
    for (guint i = 0; i < layout->straight->len; i++) {
        const StraightGroup *straight = &g_array_index(layout->straight, StraightGroup, i);

        walk_options(walk, RUBRIC_GROUP(walk->rubric, straight->group)->id,
                     RUBRIC_QUESTION(walk->rubric, g_array_index(straight->questions, int, 0)),
                     statistics->counts + straight->at);
    }
    passage_close(walk->passage);
    passage_open(walk->passage, "contradictions");
    for (guint i = 0; i < walk->rubric->contradictions->len; i++)
        passage_number(walk->passage, RUBRIC_CONTRADICTION(walk->rubric, i)->id,
                       &statistics->counts[layout->contradictions + i]);
    passage_close(walk->passage);
    if (passage_writes(walk->passage) ? !statistics->has_identical
                                      : !passage_has(walk->passage, "identical"))
        return;
    statistics->has_identical = TRUE;
    passage_open(walk->passage, "identical");
    passage_number(walk->passage, "companies", &statistics->counts[layout->identical]);
    passage_number(walk->passage, "sets", &statistics->counts[layout->identical_groups]);
    passage_close(walk->passage);
}

/* ---- groups of companies ---- */

static void walk_group(Walk *walk, const char *key, gint64 *group)
{
    const Statistics *statistics = walk->statistics;
    gboolean is_withheld = *group_companies(group) == COHORT_WITHHELD;

    passage_open(walk->passage, key);
    passage_number(walk->passage, "companies", group_companies(group));
    for (guint i = 0; !is_withheld && i < COHORT_READINGS; i++) {
        passage_open(walk->passage, READINGS[i]);
        walk_levels(walk, "held", group_level(statistics, group, (Reading)i, FALSE));
        walk_levels(walk, "possible", group_level(statistics, group, (Reading)i, TRUE));
        passage_close(walk->passage);
    }
    if (!is_withheld)
        walk_score(walk, "score", group_score(statistics, group, FALSE),
                   group_score(statistics, group, TRUE));
    passage_close(walk->passage);
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of the groups that anybody is in, sorted where they are texts. */
static GPtrArray *group_names(const Walk *walk, CohortField *field)
{
    const Question *question = RUBRIC_QUESTION(walk->rubric, field->question);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 1; i < field->n_groups; i++)
        if (*group_companies(cohort_field_counts(walk->statistics, field, i)) != 0)
            g_ptr_array_add(names, g_strdup(field->texts ? (const char *)field->texts->pdata[i - 1]
                                                         : QUESTION_OPTION(question, i - 1)->id));
    if (field->texts)
        g_ptr_array_sort(names, by_text);
    return names;
}

static int find_group(const Walk *walk, CohortField *field, const char *name)
{
    int option;

    if (field->texts)
        return cohort_field_group(field, name, strlen(name), walk->statistics->layout.group_size);
    option = question_option(RUBRIC_QUESTION(walk->rubric, field->question), name);
    return option == NOWHERE ? -1 : option + 1;
}

static void walk_field(Walk *walk, CohortField *field)
{
    g_autoptr(GPtrArray) names = NULL;

    passage_open(walk->passage, RUBRIC_QUESTION(walk->rubric, field->question)->id);
    passage_flag(walk->passage, "too_many_values", &field->is_crowded);
    if (!field->is_crowded) {
        walk_group(walk, "not_said", cohort_field_counts(walk->statistics, field, 0));
        passage_open(walk->passage, "groups");
        names =
            passage_writes(walk->passage) ? group_names(walk, field) : passage_names(walk->passage);
        for (guint i = 0; i < names->len; i++) {
            int group = find_group(walk, field, names->pdata[i]);

            if (group < 1)
                passage_complain(walk->passage, names->pdata[i], "no value of the field");
            else
                walk_group(walk, names->pdata[i],
                           cohort_field_counts(walk->statistics, field, (guint)group));
        }
        passage_close(walk->passage);
    }
    passage_close(walk->passage);
}

/* ---- rows that were not graded ---- */

static void walk_rejected(Walk *walk)
{
    GHashTable *rejected = walk->statistics->rejected;
    g_autoptr(GPtrArray) reasons = NULL;

    passage_open(walk->passage, "rejected");
    if (passage_writes(walk->passage)) {
        GHashTableIter iter;
        gpointer reason;

        reasons = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_iter_init(&iter, rejected);
        while (g_hash_table_iter_next(&iter, &reason, NULL))
            g_ptr_array_add(reasons, g_strdup(reason));
        g_ptr_array_sort(reasons, by_text);
    } else {
        reasons = passage_names(walk->passage);
    }
    for (guint i = 0; i < reasons->len; i++) {
        gint64 *found = g_hash_table_lookup(rejected, reasons->pdata[i]);
        gint64 rows = found ? *found : 0;

        passage_number(walk->passage, reasons->pdata[i], &rows);
        if (!passage_writes(walk->passage))
            statistics_reject(walk->statistics, reasons->pdata[i], rows);
    }
    passage_close(walk->passage);
}

static void walk_all(Walk *walk)
{
    Statistics *statistics = walk->statistics;

    passage_text(walk->passage, "date", &statistics->date);
    passage_number(walk->passage, "min_group", &statistics->min_group);
    walk_rejected(walk);
    walk_cohort(walk);
    passage_open(walk->passage, "fields");
    for (guint i = 0; i < statistics->fields->len; i++)
        walk_field(walk, statistics->fields->pdata[i]);
    passage_close(walk->passage);
    walk_requirements(walk);
    passage_open(walk->passage, "questions");
    for (guint i = 0; i < walk->rubric->questions->len; i++)
        walk_question(walk, i);
    passage_close(walk->passage);
    walk_suspicion(walk);
}

/* ---- head, whole ---- */

typedef struct {
    char *id, *edition, *sha256, *profile;
} Head;

static void head_clear(Head *head)
{
    g_free(head->id);
    g_free(head->edition);
    g_free(head->sha256);
    g_free(head->profile);
}

static void walk_head(Passage *passage, Head *head)
{
    passage_open(passage, "rubric");
    passage_text(passage, "id", &head->id);
    passage_text(passage, "edition", &head->edition);
    passage_text(passage, "sha256", &head->sha256);
    passage_text(passage, "profile", &head->profile);
    passage_close(passage);
}

static Head head_of(const Plan *plan)
{
    const Rubric *rubric = plan->rubric;

    return (Head){ rubric->id, rubric->edition, rubric->ini->sha256,
                   plan->profile == NOWHERE ? NULL : RUBRIC_PROFILE(rubric, plan->profile)->id };
}

char *statistics_json(const Statistics *statistics, guint min_group)
{
    g_autoptr(Statistics) withheld =
        min_group > 1 ? statistics_withheld(statistics, min_group) : NULL;
    g_autoptr(Passage) passage = passage_writer();
    Head head = head_of(statistics->plan);
    /* a walk that writes changes nothing */
    Walk walk = { passage, withheld ? withheld : (Statistics *)(gpointer)statistics,
                  statistics->plan->rubric };
    char *schema = (char[]){ COHORT_SCHEMA }, *program = (char[]){ ASSESS_VERSION };

    passage_text(passage, "schema", &schema);
    passage_text(passage, "program", &program);
    walk_head(passage, &head);
    walk_all(&walk);
    return passage_end(passage);
}

static char *reference_of(const Head *head)
{
    return g_strdup_printf("%s@%s%s%s", head->id, head->edition, head->profile ? ", profile " : "",
                           head->profile ? head->profile : "");
}

/* Why a head is not the plan's; NULL if it is. */
static char *fault_of_head(const Head *head, const Plan *plan)
{
    Head own = head_of(plan);
    g_autofree char *theirs = reference_of(head), *ours = reference_of(&own);

    if (strcmp(theirs, ours) != 0)
        return g_strdup_printf("was graded by %s, not by %s", theirs, ours);
    if (g_strcmp0(head->sha256, own.sha256) != 0)
        return g_strdup_printf("was graded by another file of %s", ours);
    return NULL;
}

static Passage *reader_of(GBytes *bytes)
{
    g_autoptr(Passage) passage = passage_reader(bytes);
    g_autofree char *schema = NULL;

    if (!passage)
        return NULL;
    passage_text(passage, "schema", &schema);
    return g_strcmp0(schema, COHORT_SCHEMA) == 0 ? g_steal_pointer(&passage) : NULL;
}

Statistics *statistics_read(const Plan *plan, GBytes *bytes, char **fault)
{
    g_autoptr(Passage) passage = reader_of(bytes);
    g_autoptr(Statistics) statistics = NULL;
    Head head = { 0 };

    *fault = NULL;
    if (!passage) {
        *fault = g_strdup("is no cohort of assess (\"schema\": \"" COHORT_SCHEMA "\")");
        return NULL;
    }
    walk_head(passage, &head);
    *fault = fault_of_head(&head, plan);
    head_clear(&head);
    if (*fault)
        return NULL;
    statistics = statistics_new(plan);
    walk_all(&(Walk){ passage, statistics, plan->rubric });
    *fault = g_strdup(passage_fault(passage));
    return *fault ? NULL : g_steal_pointer(&statistics);
}
