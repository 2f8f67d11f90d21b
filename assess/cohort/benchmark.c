#include "cohort/benchmark.h"

#include <string.h>

#include "scoring/points.h"

enum {
    MOST = 50, /* percent of peers */
    FEWEST = 5 /* companies of a group: fewer are no measure, and would be given away */
};

/* ---- scores ---- */

/* A bound of a share as it is printed, in millionths. */
static gint64 printed(Rational share, Rounding rounding)
{
    g_autofree char *text = rational_format(share, 6, rounding);
    Rational number = RATIONAL_ZERO;

    rational_parse(text, &number);
    number = rational_mul(NULL, number, rational_int(1000000));
    return (gint64)number.num;
}

/* Where neighbouring bins were joined, a bin goes up to the next one that counts. */
static guint end_of(const gint64 *counts, guint bin, gboolean is_joined)
{
    guint end = bin + 1;

    while (is_joined && end < SCORE_BINS && counts[end] == 0)
        end++;
    return end;
}

/* Peers in bins below one: for certain, or possibly. */
static gint64 count_below(const gint64 *counts, guint bin, gboolean certain, gboolean is_joined)
{
    gint64 below = 0;

    for (guint i = 0; i < bin; i++)
        if (counts[i] > 0 && (!certain || end_of(counts, i, is_joined) <= bin))
            below += counts[i];
    return below;
}

/* One place is rounded half up, the ends of a range outwards. */
static void set_above(PeerPlace *place, gint64 certain, gint64 all, gint64 possible)
{
    place->above_low = (guint)(certain * 100 / all);
    place->above_high = (guint)((possible * 100 + place->peers - 1) / place->peers);
    if (certain * place->peers == possible * all)
        place->above_low = place->above_high = (guint)((certain * 200 + all) / (2 * all));
    place->above_high = MAX(place->above_high, place->above_low);
}

/* `low` and `high`: peers by their certain, and by their possible score; without those withheld. */
static void find_place(PeerPlace *place, const gint64 *low, const gint64 *high, gboolean is_joined)
{
    g_autofree gint64 *known = g_new0(gint64, SCORE_BINS);
    gint64 all_high = 0;
    guint from, to;

    for (guint i = 0; i < SCORE_BINS; i++) {
        known[i] = MAX(low[i], 0);
        place->peers += known[i];
        all_high += MAX(high[i], 0);
    }
    for (guint i = 0; i < PEER_QUANTILES; i++)
        place->quantiles[i] = bins_quantile(known, SCORE_BINS, PEER_PARTS[i]);
    if (!place->has_own || place->peers == 0 || all_high == 0)
        return;
    from = (guint)CLAMP(place->own_low * 100 + 1e-9, 0, 100);
    to = (guint)CLAMP(place->own_high * 100 + 1e-9, 0, 100);
    set_above(place, count_below(high, from, TRUE, is_joined), all_high,
              count_below(known, to, FALSE, is_joined));
}

/* The company's own score as a part of the best. */
static PeerPlace own_place(const Assessment *assessment, int dimension)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Points points = points_of(assessment, dimension, numbers);
    Score share = points_share(&points, numbers);
    gboolean is_point = points_are_certain(&points);
    PeerPlace place = { .dimension = dimension, .has_own = share.exists };

    if (!share.exists)
        return place;
    place.own_low = (double)printed(share.low, is_point ? ROUND_HALF_UP : ROUND_DOWN) / 1e6;
    place.own_high = (double)printed(share.high, is_point ? ROUND_HALF_UP : ROUND_UP) / 1e6;
    return place;
}

static void add_place(Peers *peers, const Statistics *statistics, const Assessment *assessment,
                      int dimension)
{
    PeerPlace place = own_place(assessment, dimension);
    guint part = (guint)(dimension + 1);

    find_place(&place, tallies_score(statistics, part, FALSE),
               tallies_score(statistics, part, TRUE), statistics->min_group > 0);
    if (place.peers > 0)
        g_array_append_val(peers->places, place);
}

/* The scores of a climb's dimensions are those of a level, which differs from company to company.
 */
static void add_places(Peers *peers, const Statistics *statistics, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;

    add_place(peers, statistics, assessment, NOWHERE);
    for (int i = 0; i < (int)rubric->dimensions->len && rubric->score != SCORE_CLIMB; i++)
        if (RUBRIC_DIMENSION(rubric, i)->parent == NOWHERE)
            add_place(peers, statistics, assessment, i);
}

/* ---- levels, groups ---- */

/* The group of a field that the company is in; 0 if it says nothing, -1 if no peer is there. */
static int group_of(const CohortField *field, const Answer *answer)
{
    char key[COHORT_TEXT_LIMIT + 1];
    gpointer found;

    if (answer->state != ANSWER_ANSWERED || field->is_crowded)
        return 0;
    if (!field->texts)
        return (int)answer->low + 1;
    if (!answer->text || strlen(answer->text) > COHORT_TEXT_LIMIT)
        return 0;
    g_strlcpy(key, answer->text, sizeof key);
    found = g_hash_table_lookup(field->places, key);
    return found ? GPOINTER_TO_INT(found) : -1;
}

static PeerGroup *group_new(const Statistics *statistics, const CohortField *field, int index,
                            const Assessment *assessment)
{
    const Answer *answer = &assessment->answers->of[field->question];
    const Question *question = RUBRIC_QUESTION(assessment->plan->rubric, field->question);
    PeerGroup *group = peer_group_new(
        field->question, field->texts ? answer->text : QUESTION_OPTION(question, answer->low)->id);
    gint64 *counts = index > 0 ? cohort_field_counts(statistics, field, (guint)index) : NULL;

    group->peers = counts ? *group_companies(counts) : 0;
    if (group->peers > 0 && group->peers < FEWEST)
        group->peers = PEERS_WITHHELD;
    group->at_level = group->peers;
    group->place = own_place(assessment, NOWHERE);
    if (group->peers <= 0)
        return group;
    group->at_level =
        tallies_at_least(statistics, group_level(statistics, counts, READING_FULL, FALSE),
                         group->peers, assessment->verdict.level);
    find_place(&group->place, group_score(statistics, counts, FALSE),
               group_score(statistics, counts, TRUE), statistics->min_group > 0);
    return group;
}

static void group_free(gpointer group)
{
    g_free(((PeerGroup *)group)->value);
    g_free(group);
}

static void add_groups(Peers *peers, const Statistics *statistics, const Assessment *assessment)
{
    for (guint i = 0; i < statistics->fields->len; i++) {
        const CohortField *field = statistics->fields->pdata[i];
        int group = group_of(field, &assessment->answers->of[field->question]);

        if (group != 0)
            g_ptr_array_add(peers->groups, group_new(statistics, field, group, assessment));
    }
}

static void add_levels(Peers *peers, const Statistics *statistics)
{
    guint n = statistics->layout.n_levels;
    const gint64 *held = tallies_level(statistics, READING_FULL, FALSE);

    peers->at_level = g_new0(gint64, n);
    for (guint i = 0; i + 1 < n; i++)
        peers->at_level[i] = tallies_at_least(statistics, held, peers->companies, (int)i);
}

/* ---- scenes ---- */

/* Asked of nobody, if it is not told how many have built it. */
static PeerScene scene_of(const Statistics *statistics, int index, guint built)
{
    const Question *question = RUBRIC_QUESTION(statistics->plan->rubric, index);
    const gint64 *options = tallies_options(statistics, (guint)index);
    PeerScene scene = { index, 0, tallies_asked(statistics, (guint)index) };

    for (guint i = built; i < question->options->len; i++) {
        if (options[i] == COHORT_WITHHELD)
            return (PeerScene){ index, 0, 0 };
        scene.built += options[i];
    }
    return scene;
}

/* The largest share first; all are asked of somebody. */
static int by_share(gconstpointer a, gconstpointer b)
{
    const PeerScene *one = a, *other = b;
    int order = rational_compare(rational_ratio(other->built, other->asked),
                                 rational_ratio(one->built, one->asked));

    return order != 0 ? order : one->question - other->question;
}

/* What most peers have built, and this company, by its answer, has not. */
static void add_scenes(Peers *peers, const Statistics *statistics, const Assessment *assessment,
                       const char *named, const char *built)
{
    const Rubric *rubric = assessment->plan->rubric;
    int group;

    if (rubric_find(rubric, named, &group) != NAME_GROUP)
        return;
    for (guint i = 0; i < RUBRIC_GROUP(rubric, group)->questions->len; i++) {
        int index = g_array_index(RUBRIC_GROUP(rubric, group)->questions, int, i);
        const Question *question = RUBRIC_QUESTION(rubric, index);
        const Answer *answer = &assessment->answers->of[index];
        int option = question->type == QUESTION_CHOICE ? question_option(question, built) : NOWHERE;
        PeerScene scene;

        if (option == NOWHERE || answer->state != ANSWER_ANSWERED || (int)answer->high >= option)
            continue;
        scene = scene_of(statistics, index, (guint)option);
        if (scene.asked > 0 && scene.built * 100 >= scene.asked * MOST)
            g_array_append_val(peers->scenes, scene);
    }
    g_array_sort(peers->scenes, by_share);
}

Peers *benchmark_new(const Statistics *statistics, GBytes *file, const Assessment *assessment,
                     const char *scenes, const char *built)
{
    Peers *peers = g_new0(Peers, 1);

    peers->companies = tallies_companies(statistics);
    peers->date = g_strdup(statistics->date);
    peers->min_group = statistics->min_group;
    peers->places = g_array_new(FALSE, FALSE, sizeof(PeerPlace));
    peers->groups = g_ptr_array_new_with_free_func(group_free);
    peers->scenes = g_array_new(FALSE, FALSE, sizeof(PeerScene));
    peers->file = g_bytes_ref(file);
    add_levels(peers, statistics);
    add_places(peers, statistics, assessment);
    add_groups(peers, statistics, assessment);
    if (peers->companies > 0)
        add_scenes(peers, statistics, assessment, scenes, built);
    return peers;
}
