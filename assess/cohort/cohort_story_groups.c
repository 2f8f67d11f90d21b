/* Companies by field, by score, by what blocks them. */
#include "cohort/cohort_story.h"
#include "report/histogram.h"
#include "report/spread.h"

enum {
    GROUPS_SHOWN = 66,   /* of a field; the others are counted */
    GROUP_LEAST = 5,     /* companies of a group that may lead */
    BLOCKERS_SHOWN = 8,  /* before each level */
    COLUMN_PERCENTS = 5, /* of a histogram's column */
    COLUMNS = 100 / COLUMN_PERCENTS
};

/* ---- groups ---- */

typedef struct {
    guint group;
    gint64 companies, above; /* above: hold the dividing level or more */
    gint64 steps;            /* above no level, of all together */
} GroupRank;

/* The level that divides: the first that less than half of the companies hold. */
static int dividing_level(const Telling *telling)
{
    int top = (int)telling->story->rubric->levels->len - 1;

    return CLAMP(telling_median_level(telling) + 1, 0, top);
}

static char *group_title(const Telling *telling, const CohortField *field, guint group)
{
    const Question *question = RUBRIC_QUESTION(telling->story->rubric, field->question);
    const Option *option;

    if (group == 0)
        return g_strdup(telling_word(telling, "not_said"));
    if (field->texts)
        return story_show(field->texts->pdata[group - 1], STORY_NAME_LIMIT);
    option = QUESTION_OPTION(question, group - 1);
    return story_title(telling->story, &option->title, option->id);
}

/* Those who lead first. */
static int by_rank(gconstpointer a, gconstpointer b)
{
    const GroupRank *one = a, *other = b;
    int order = rational_compare(rational_ratio(other->above, other->companies),
                                 rational_ratio(one->above, one->companies));

    if (order != 0)
        return order;
    if (one->companies != other->companies)
        return one->companies > other->companies ? -1 : 1;
    if (one->steps != other->steps)
        return one->steps > other->steps ? -1 : 1;
    return (int)one->group - (int)other->group;
}

static gint64 steps_of(const Telling *telling, const gint64 *held)
{
    gint64 steps = 0;

    for (guint i = 1; i < telling->statistics->layout.n_levels; i++)
        steps += i * MAX(held[i], 0);
    return steps;
}

/* `withheld` gets how many are not told. */
static GArray *find_places(const Telling *telling, const CohortField *field, guint *withheld)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(GroupRank));
    int level = dividing_level(telling);

    for (guint i = 1; i < field->n_groups; i++) {
        gint64 *counts = cohort_field_counts(telling->statistics, field, i);
        gint64 *held = group_level(telling->statistics, counts, READING_FULL, FALSE);
        GroupRank place = { i, *group_companies(counts), 0, steps_of(telling, held) };

        if (place.companies == 0)
            continue;
        if (place.companies == COHORT_WITHHELD) {
            *withheld += 1;
            continue;
        }
        place.above = MAX(tallies_at_least(telling->statistics, held, place.companies, level), 0);
        g_array_append_val(places, place);
    }
    g_array_sort(places, by_rank);
    return places;
}

/* Parts by level, the highest first, so that high levels begin at one line. */
static void add_levels(const Telling *telling, Bars *bars, const gint64 *held, gint64 companies)
{
    double rest = (double)companies;

    for (int level = (int)bars->steps - 1; level >= NOWHERE; level--) {
        gint64 number = held[level + 1];
        g_autofree char *text = number > 0 ? telling_number(telling, number) : NULL;

        if (number > 0)
            bars_part(bars, (double)number / (double)companies, (guint)(level + 1), FALSE, text);
        rest -= telling_length(number);
    }
    if (rest > 0)
        bars_part(bars, rest / (double)companies, bars->steps, TRUE,
                  telling_word(telling, "withheld"));
}

static void add_group(const Telling *telling, const CohortField *field, Bars *bars, guint group)
{
    gint64 *counts = cohort_field_counts(telling->statistics, field, group);
    gint64 companies = *group_companies(counts);
    g_autofree char *title = group_title(telling, field, group);
    g_autofree char *number = telling_number(telling, companies);
    g_autofree char *value = companies == COHORT_WITHHELD
                                 ? g_strdup(number)
                                 : TELLING_FILL(telling, "companies", "number", number);

    bars_add(bars, NO_MARK, title, NULL, value);
    if (companies > 0)
        add_levels(telling, bars, group_level(telling->statistics, counts, READING_FULL, FALSE),
                   companies);
}

static Bars *group_bars(const Telling *telling)
{
    guint steps = telling->story->rubric->levels->len;
    Bars *bars = bars_new(steps, 1);

    bars->labels = 0.32;

    for (int level = NOWHERE; level < (int)steps; level++) {
        g_autofree char *title = telling_level(telling, level);

        bars_legend(bars, title);
    }
    if (telling->statistics->min_group > 0)
        bars_open_legend(bars, telling_word(telling, "withheld"));
    return bars;
}

/* "Electronics goes furthest: 45% hold Advanced or more". */
static char *field_message(const Telling *telling, const CohortField *field, const GArray *places)
{
    g_autofree char *level = telling_level(telling, dividing_level(telling));

    for (guint i = 0; i < places->len; i++) {
        const GroupRank *place = &g_array_index(places, GroupRank, i);
        g_autofree char *title = NULL, *share = NULL;

        if (place->companies < GROUP_LEAST || place->above == 0)
            continue;
        title = group_title(telling, field, place->group);
        share = telling_share(telling, place->above, place->companies);
        return TELLING_FILL(telling, "group_leads", "group", title, "share", share, "level", level);
    }
    return TELLING_FILL(telling, "groups_equal", "level", level);
}

static void add_places(const Telling *telling, const CohortField *field, const GArray *places)
{
    guint shown = MIN(places->len, GROUPS_SHOWN);
    g_autofree char *message = field_message(telling, field, places);
    Bars *bars = group_bars(telling);

    for (guint i = 0; i < shown; i++)
        add_group(telling, field, bars, g_array_index(places, GroupRank, i).group);
    if (*group_companies(cohort_field_counts(telling->statistics, field, 0)) > 0)
        add_group(telling, field, bars, 0);
    telling_add_bars(telling, message, bars);
    telling_add_count(telling, "more_groups", places->len - shown);
}

static void tell_field(const Telling *telling, const CohortField *field)
{
    g_autofree char *asked = story_question(telling->story, field->question);
    g_autofree char *heading = TELLING_FILL(telling, "heading_field", "field", asked);
    guint withheld = 0;
    g_autoptr(GArray) places = find_places(telling, field, &withheld);

    blocks_heading(telling->story->blocks, 1, heading, NULL);
    if (field->is_crowded || places->len + withheld == 0)
        blocks_text(telling->story->blocks, ROLE_BODY,
                    telling_word(telling, field->is_crowded ? "field_crowded" : "field_empty"));
    else if (places->len > 0)
        add_places(telling, field, places);
    telling_add_count(telling, "groups_withheld", withheld);
}

void telling_groups(const Telling *telling)
{
    const GPtrArray *fields = telling->statistics->fields;
    g_autofree char *level = telling_level(telling, dividing_level(telling));
    g_autofree char *text = TELLING_FILL(telling, "groups_text", "level", level);

    if (fields->len == 0 || telling_is_empty(telling))
        return;
    blocks_chapter(telling->story->blocks, telling_word(telling, "heading_groups"), NULL);
    blocks_intro(telling->story->blocks, ROLE_LEAD, text);
    for (guint i = 0; i < fields->len; i++)
        tell_field(telling, fields->pdata[i]);
}

/* ---- scores ---- */

static char *percent(const Telling *telling, guint bin)
{
    g_autofree char *number = g_strdup_printf("%u", bin);

    return TELLING_FILL(telling, "share", "number", number);
}

/* Withheld bins count as none. */
static gint64 bins_between(const gint64 *counts, guint from, guint to)
{
    gint64 sum = 0;

    for (guint i = from; i < to; i++)
        sum += MAX(counts[i], 0);
    return sum;
}

static void mark_scores(Histogram *histogram, const gint64 *low, const char *half,
                        const char *median)
{
    double middle = bins_quantile(low, SCORE_BINS, 500) / 100.0;

    if (half)
        histogram_mark(histogram, bins_quantile(low, SCORE_BINS, 250) / 100.0,
                       bins_quantile(low, SCORE_BINS, 750) / 100.0, half);
    histogram_mark(histogram, middle, middle, median);
}

static void add_histogram(const Telling *telling, const gint64 *low, const gint64 *high)
{
    Histogram *histogram =
        histogram_new(telling_word(telling, "legend_low"), telling_word(telling, "legend_high"));
    g_autofree char *median = percent(telling, bins_quantile(low, SCORE_BINS, 500));
    g_autofree char *quarter = percent(telling, bins_quantile(low, SCORE_BINS, 250));
    g_autofree char *three = percent(telling, bins_quantile(low, SCORE_BINS, 750));
    g_autofree char *middle = TELLING_FILL(telling, "mark_median", "value", median);
    g_autofree char *half = TELLING_FILL(telling, "mark_half", "from", quarter, "to", three);
    gboolean is_one = bins_total(low, SCORE_BINS) == 1;
    g_autofree char *message =
        TELLING_FILL(telling, is_one ? "scores_message_one" : "scores_message", "median", median,
                     "from", quarter, "to", three);

    for (guint i = 0; i < COLUMNS; i++) {
        guint from = i * COLUMN_PERCENTS,
              to = i + 1 == COLUMNS ? SCORE_BINS : from + COLUMN_PERCENTS;
        gint64 certain = bins_between(low, from, to);
        g_autofree char *text = certain > 0 ? telling_number(telling, certain) : NULL;

        histogram_add(histogram, (double)certain, (double)bins_between(high, from, to), text);
    }
    mark_scores(histogram, low, is_one ? NULL : half, middle);
    telling_add(telling, message, &histogram->figure, message);
}

/* Whether there are scores (0: of all, 1 + i of dimension i), and what is shown tells of them. */
static gboolean has_spread(const Telling *telling, guint part)
{
    const gint64 *low = tallies_score(telling->statistics, part, FALSE);

    return bins_total(low, SCORE_BINS) > 0 && telling_is_spread(telling, low, SCORE_BINS);
}

static void add_dimension(const Telling *telling, Spread *spread, GString *alt, guint part,
                          const char *title)
{
    const gint64 *low = tallies_score(telling->statistics, part, FALSE);
    guint quantiles[5];
    static const guint PARTS[] = { 100, 250, 500, 750, 900 };
    g_autofree char *median = NULL, *from = NULL, *to = NULL, *value = NULL, *item = NULL;
    SpreadRow row = { 0 };

    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++)
        quantiles[i] = bins_quantile(low, SCORE_BINS, PARTS[i]);
    median = percent(telling, quantiles[2]);
    from = percent(telling, quantiles[1]);
    to = percent(telling, quantiles[3]);
    row.is_known = has_spread(telling, part);
    value =
        row.is_known
            ? TELLING_FILL(telling, "spread_value", "median", median, "from", from, "to", to)
            : g_strdup(telling->statistics->min_group > 0 ? telling_word(telling, "withheld")
                                                          : story_word(telling->story, "no_score"));
    row.label = (char *)(gpointer)title;
    row.value = value;
    row.tenth = quantiles[0] / 100.0;
    row.quarter = quantiles[1] / 100.0;
    row.median = quantiles[2] / 100.0;
    row.three_quarters = quantiles[3] / 100.0;
    row.nine_tenths = quantiles[4] / 100.0;
    spread_add(spread, &row);
    item = TELLING_FILL(telling, "alt_item", "label", title, "value", value);
    g_string_append_printf(alt, "%s%s", alt->len ? telling_word(telling, "alt_between") : "", item);
}

/* The dimension with the lowest median; NOWHERE if there is none. */
static int weakest(const Telling *telling)
{
    const GArray *dimensions = telling->story->rubric->dimensions;
    int found = NOWHERE;
    guint lowest = G_MAXUINT;

    for (guint i = 0; i < dimensions->len; i++) {
        const gint64 *low = tallies_score(telling->statistics, i + 1, FALSE);
        guint median = bins_quantile(low, SCORE_BINS, 500);

        if (RUBRIC_DIMENSION(telling->story->rubric, i)->parent != NOWHERE ||
            !has_spread(telling, i + 1) || median >= lowest)
            continue;
        lowest = median;
        found = (int)i;
    }
    return found;
}

static void add_dimensions(const Telling *telling)
{
    const Rubric *rubric = telling->story->rubric;
    Spread *spread = spread_new(telling_word(telling, "legend_half"),
                                telling_word(telling, "legend_range"), NULL);
    int weak = weakest(telling);
    const Dimension *lowest = weak == NOWHERE ? NULL : RUBRIC_DIMENSION(rubric, weak);
    g_autofree char *title =
        lowest ? story_title(telling->story, &lowest->title, lowest->id) : NULL;
    g_autofree char *message =
        title ? TELLING_FILL(telling, "dimensions_message", "dimension", title) : NULL;
    g_autoptr(GString) alt = g_string_new(NULL);

    spread_axis(spread, "0%", "100%");
    for (guint i = 0; i < rubric->dimensions->len; i++) {
        const Dimension *it = RUBRIC_DIMENSION(rubric, i);
        g_autofree char *name = story_title(telling->story, &it->title, it->id);

        if (it->parent == NOWHERE)
            add_dimension(telling, spread, alt, i + 1, name);
    }
    telling_add(telling, message, &spread->figure, alt->str);
}

void telling_scores(const Telling *telling)
{
    const gint64 *low = tallies_score(telling->statistics, 0, FALSE),
                 *high = tallies_score(telling->statistics, 0, TRUE);

    if (telling_is_empty(telling))
        return;
    blocks_chapter(telling->story->blocks, telling_word(telling, "heading_scores"), NULL);
    if (!has_spread(telling, 0)) {
        blocks_text(telling->story->blocks, ROLE_BODY,
                    telling_word(telling, telling->statistics->min_group > 0 ? "scores_withheld"
                                                                             : "scores_none"));
        return;
    }
    blocks_intro(telling->story->blocks, ROLE_LEAD, telling_word(telling, "scores_text"));
    add_histogram(telling, low, high);
    if (telling->story->rubric->dimensions->len > 0 && telling->story->rubric->score != SCORE_CLIMB)
        add_dimensions(telling);
}

/* ---- blockers ---- */

typedef struct {
    guint requirement;
    gint64 unmet, unknown, alone;
} Obstacle;

static int by_number(gconstpointer a, gconstpointer b)
{
    const Obstacle *one = a, *other = b;
    gint64 left = MAX(one->unmet, 0) + MAX(one->unknown, 0),
           right = MAX(other->unmet, 0) + MAX(other->unknown, 0);

    if (left != right)
        return left > right ? -1 : 1;
    return (int)one->requirement - (int)other->requirement;
}

static GArray *find_obstacles(const Telling *telling, int level)
{
    GArray *obstacles = g_array_new(FALSE, FALSE, sizeof(Obstacle));
    const Rubric *rubric = telling->story->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const gint64 *blocks = tallies_blocks(telling->statistics, i);
        Obstacle obstacle = { i, blocks[BLOCKS_UNMET], blocks[BLOCKS_UNKNOWN],
                              blocks[BLOCKS_ALONE] };

        if (RUBRIC_REQUIREMENT(rubric, i)->level == level &&
            MAX(obstacle.unmet, 0) + MAX(obstacle.unknown, 0) > 0)
            g_array_append_val(obstacles, obstacle);
    }
    g_array_sort(obstacles, by_number);
    return obstacles;
}

static void add_obstacle(const Telling *telling, Bars *bars, const Obstacle *obstacle, gint64 all)
{
    Story *story = telling->story;
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, obstacle->requirement);
    g_autofree char *title = story_title(story, &it->title, it->id);
    g_autofree char *clause = story_clause(story, (int)obstacle->requirement);
    g_autofree char *alone = telling_number(telling, obstacle->alone);
    g_autofree char *detail = obstacle->alone > 0 ? TELLING_FILL(telling, "blocker_alone", "clause",
                                                                 clause, "number", alone)
                                                  : g_strdup(clause);
    g_autofree char *number =
        telling_both(telling, MAX(obstacle->unmet, 0) + MAX(obstacle->unknown, 0), all);
    g_autofree char *value = obstacle->unmet < 0 || obstacle->unknown < 0
                                 ? TELLING_FILL(telling, "or_more", "number", number)
                                 : g_strdup(number);

    bars_add(bars, NO_MARK, title, detail, value);
    bars_part(bars, telling_length(obstacle->unmet), 1, FALSE, NULL);
    if (obstacle->unknown > 0)
        bars_part(bars, (double)obstacle->unknown, 1, TRUE, NULL);
}

static const char *message_key(int level, gint64 companies, gboolean is_whole)
{
    if (!is_whole)
        return level == 0 ? "blocker_message_first_more" : "blocker_message_more";
    if (level == 0)
        return companies == 1 ? "blocker_message_first_one" : "blocker_message_first";
    return companies == 1 ? "blocker_message_one" : "blocker_message";
}

static void tell_obstacles(const Telling *telling, int level, const GArray *obstacles, gint64 all)
{
    Story *story = telling->story;
    const Obstacle *first = &g_array_index(obstacles, Obstacle, 0);
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, first->requirement);
    g_autofree char *next = telling_level(telling, level),
                    *held = telling_level(telling, level - 1);
    g_autofree char *title = story_title(story, &it->title, it->id);
    g_autofree char *number = telling_number(telling, all);
    g_autofree char *share =
        telling_share(telling, MAX(first->unmet, 0) + MAX(first->unknown, 0), all);
    gboolean is_whole = first->unmet >= 0 && first->unknown >= 0;
    g_autofree char *heading = TELLING_FILL(telling, "heading_before", "level", next);
    g_autofree char *message =
        TELLING_FILL(telling, message_key(level, all, is_whole), "requirement", title, "share",
                     share, "number", number, "held", held);
    Bars *bars = bars_new(1, telling_length(all));

    bars_legend(bars, "");
    bars_legend(bars, telling_word(telling, "legend_unmet"));
    bars_open_legend(bars, telling_word(telling, "legend_unknown"));
    bars->labels = 0.5;
    for (guint i = 0; i < MIN(obstacles->len, BLOCKERS_SHOWN); i++)
        add_obstacle(telling, bars, &g_array_index(obstacles, Obstacle, i), all);
    blocks_heading(story->blocks, 1, heading, NULL);
    telling_add_bars(telling, all == COHORT_WITHHELD ? NULL : message, bars);
    telling_add_count(telling, "more_blockers",
                      obstacles->len - MIN(obstacles->len, BLOCKERS_SHOWN));
}

static gboolean any_obstacle(const Telling *telling, gboolean *is_withheld)
{
    gboolean found = FALSE;

    *is_withheld = FALSE;
    for (guint i = 0; i < telling->story->rubric->requirements->len; i++) {
        const gint64 *blocks = tallies_blocks(telling->statistics, i);

        found = found || blocks[BLOCKS_UNMET] > 0 || blocks[BLOCKS_UNKNOWN] > 0;
        *is_withheld = *is_withheld || blocks[BLOCKS_UNMET] == COHORT_WITHHELD ||
                       blocks[BLOCKS_UNKNOWN] == COHORT_WITHHELD;
    }
    return found;
}

void telling_blockers(const Telling *telling)
{
    const gint64 *held = tallies_level(telling->statistics, READING_FULL, FALSE);
    gboolean is_withheld;

    if (telling_is_empty(telling))
        return;
    blocks_chapter(telling->story->blocks, telling_word(telling, "heading_blockers"), NULL);
    if (!any_obstacle(telling, &is_withheld)) {
        blocks_text(telling->story->blocks, ROLE_BODY,
                    telling_word(telling, is_withheld ? "blockers_withheld" : "blockers_none"));
        return;
    }
    blocks_intro(telling->story->blocks, ROLE_LEAD, telling_word(telling, "blockers_text"));
    for (int level = 0; level < (int)telling->story->rubric->levels->len; level++) {
        g_autoptr(GArray) obstacles = find_obstacles(telling, level);

        if (obstacles->len > 0)
            tell_obstacles(telling, level, obstacles, held[level]);
    }
}
