#include "report/story.h"
#include "rules/score.h"

static gboolean is_root(const Story *story, int dimension)
{
    return RUBRIC_DIMENSION(story->rubric, dimension)->parent == NOWHERE;
}

/* Whether the dimension's own requirements of the level stand so at worst. */
static gboolean stands(const Story *story, int dimension, int level, Status worst)
{
    Standing standing;

    return level != NOWHERE && story_standing(story, dimension, level, &standing) &&
           standing.worst == worst;
}

/* "Two of five dimensions ..."; `key` with "_one" after it for one of them. */
static char *of_all(const Story *story, const char *key, guint number, guint all, const char *level)
{
    g_autofree char *one = g_strconcat(key, "_one", NULL);
    g_autofree char *total = story_number(story, all);
    g_autofree char *words = story_count(story, "dimensions_hold", number, level);

    return STORY_FILL(story, number == 1 ? one : key, "hold", words, "all", total, "level", level);
}

/* What the figure says: how many dimensions keep the factory from the next level. */
static char *message(const Story *story)
{
    int next = assessment_next_level(story->assessment);
    guint holding = 0, open = 0, judged = 0, all = 0;
    g_autofree char *level = story_level(story, next);
    Standing standing;

    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        if (!is_root(story, i))
            continue;
        all++;
        judged += next != NOWHERE && story_standing(story, i, next, &standing) ? 1 : 0;
        holding += stands(story, i, next, STATUS_UNMET) ? 1 : 0;
        open += stands(story, i, next, STATUS_UNKNOWN) ? 1 : 0;
    }
    if (next == NOWHERE)
        return g_strdup(story_word(story, "dimensions_top"));
    if (judged == 0)
        return g_strdup(story_word(story, "dimensions_plain"));
    if (holding > 0)
        return of_all(story, "dimensions_of", holding, all, level);
    if (open > 0)
        return of_all(story, "dimensions_open", open, all, level);
    return STORY_FILL(story, "dimensions_clear", "level", level);
}

static double drawn(const Story *story, Rational value)
{
    double x = rational_to_double(value);

    /* A climb counts levels; sums have no top. Both are drawn as far as the axis goes. */
    return story->rubric->score == SCORE_MEAN ? x : CLAMP(x, 0, 1);
}

static void add_radar(Story *story)
{
    Radar *radar = radar_new();
    int next = assessment_next_level(story->assessment);

    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const DimensionResult *result = &story->assessment->dimensions[i];
        const Dimension *dimension = RUBRIC_DIMENSION(story->rubric, i);
        g_autofree char *title = story_title(story, &dimension->title, dimension->id);
        g_autofree char *value = story_score(story, result->score, FALSE);
        g_autofree char *answered = g_strdup_printf("%u", result->answered);
        g_autofree char *asked = g_strdup_printf("%u", result->asked);
        g_autofree char *detail =
            STORY_FILL(story, "answered_of", "answered", answered, "asked", asked);
        Axis axis = { title,
                      value,
                      detail,
                      result->score.exists,
                      drawn(story, result->score.low),
                      drawn(story, result->score.high),
                      { MARK_NONE, 0, 0 } };

        if (!is_root(story, i))
            continue;
        if (stands(story, i, next, STATUS_UNMET))
            axis.mark.kind = MARK_UNMET;
        if (stands(story, i, next, STATUS_UNKNOWN))
            axis.mark.kind = MARK_UNKNOWN;
        if (!axis.exists)
            axis.low = axis.high = 0;
        radar_add(radar, &axis);
    }
    story_add_radar(story, radar);
}

static void add_cell(const Story *story, Row *row, int dimension, int level)
{
    Standing standing;
    ListingCell *cell;
    g_autofree char *anchor = NULL, *met = NULL, *all = NULL, *count = NULL;

    if (!story_standing(story, dimension, level, &standing)) {
        row_text(row, ROLE_SMALL, story_word(story, "nothing"));
        return;
    }
    anchor =
        story_anchor(story, "requirement", RUBRIC_REQUIREMENT(story->rubric, standing.first)->id);
    met = g_strdup_printf("%u", standing.met);
    all = g_strdup_printf("%u", standing.all);
    count = STORY_FILL(story, "status_of", "status", story_status(story, standing.worst), "met",
                       met, "all", all);
    cell = row_cell(row, mark_of(standing.worst), anchor);
    cell_words(cell, ROLE_TAG, count);
}

gboolean story_has_matrix(const Story *story)
{
    Standing standing;

    for (int i = 0; i < (int)story->rubric->dimensions->len; i++)
        for (int level = 0; level < (int)story->rubric->levels->len; level++)
            if (is_root(story, i) && story_standing(story, i, level, &standing))
                return TRUE;
    return FALSE;
}

static void add_matrix(Story *story)
{
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_dimension"), 1.5, ALIGN_LEFT);
    for (int level = 0; level < (int)story->rubric->levels->len; level++) {
        g_autofree char *title = story_level(story, level);

        listing_column(table, title, 1, ALIGN_LEFT);
    }
    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const Dimension *dimension = RUBRIC_DIMENSION(story->rubric, i);
        g_autofree char *title = story_title(story, &dimension->title, dimension->id);
        g_autofree char *note = story_own(story, &dimension->note);
        Row *row = is_root(story, i) ? listing_row(table, NULL) : NULL;
        ListingCell *cell = row ? row_cell(row, NO_MARK, NULL) : NULL;

        if (!row)
            continue;
        cell_words(cell, ROLE_CELL_STRONG, title);
        cell_words(cell, ROLE_NOTE, note);
        for (int level = 0; level < (int)story->rubric->levels->len; level++)
            add_cell(story, row, i, level);
    }
    blocks_caption(story->blocks, story_word(story, "matrix_title"));
    blocks_table(story->blocks, table);
}

/* ---- scores of a tree ---- */

static guint depth_of(const Rubric *rubric, int dimension)
{
    guint depth = 0;

    for (int at = RUBRIC_DIMENSION(rubric, dimension)->parent; at != NOWHERE;
         at = RUBRIC_DIMENSION(rubric, at)->parent)
        depth++;
    return depth;
}

static gboolean has_tree(const Story *story)
{
    for (guint i = 0; i < story->rubric->dimensions->len; i++)
        if (!is_root(story, (int)i))
            return TRUE;
    return FALSE;
}

static gboolean is_climbed(const Story *story)
{
    return story->rubric->score == SCORE_CLIMB;
}

/* The score of a dimension (NOWHERE: of the rubric), or where levels are climbed its score at each
 * of them, from which the climb is made. */
static void add_scores(const Story *story, Row *row, int dimension, Score whole)
{
    if (!is_climbed(story)) {
        g_autofree char *text = story_score(story, whole, dimension == NOWHERE);

        row_text(row, ROLE_CELL, text);
        return;
    }
    for (int level = 0; level < (int)story->rubric->levels->len; level++) {
        Value value = score_mean(story->assessment->full, dimension, level);
        Score score = { value.exists, value.low, value.high };
        g_autofree char *text = story_score(story, score, FALSE);

        row_text(row, ROLE_CELL, text);
    }
}

static void add_branch(const Story *story, Listing *table, int dimension)
{
    static const char *const INDENTS[] = { "", "\u2002", "\u2002\u2002" };
    const Dimension *it = RUBRIC_DIMENSION(story->rubric, dimension);
    guint depth = MIN(depth_of(story->rubric, dimension), G_N_ELEMENTS(INDENTS) - 1);
    g_autofree char *title = story_title(story, &it->title, it->id);
    g_autofree char *indented = g_strconcat(INDENTS[depth], title, NULL);
    Row *row = listing_row(table, NULL);

    row_text(row, depth == 0 ? ROLE_CELL_STRONG : ROLE_CELL, indented);
    add_scores(story, row, dimension, story->assessment->dimensions[dimension].score);
}

/* Every dimension with its parts under it; radar and matrix show the roots alone. */
static void add_tree(Story *story)
{
    Listing *table = listing_new();
    Score pass = { TRUE, story->rubric->pass, story->rubric->pass };
    g_autofree char *bar = story_score(story, pass, FALSE);
    g_autofree char *caption =
        STORY_FILL(story, is_climbed(story) ? "tree_title_climb" : "tree_title", "pass", bar);
    Row *row;

    listing_column(table, story_word(story, "column_dimension"), 2.2, ALIGN_LEFT);
    if (!is_climbed(story))
        listing_column(table, story_word(story, "column_score"), 1, ALIGN_RIGHT);
    for (int level = 0; is_climbed(story) && level < (int)story->rubric->levels->len; level++) {
        g_autofree char *title = story_level(story, level);

        listing_column(table, title, 1, ALIGN_RIGHT);
    }
    for (int i = 0; i < (int)story->rubric->dimensions->len; i++)
        add_branch(story, table, i);
    row = listing_row(table, NULL);
    row_text(row, ROLE_CELL_STRONG, story_word(story, "column_whole"));
    add_scores(story, row, NOWHERE, story->assessment->score);
    blocks_caption(story->blocks, caption);
    blocks_table(story->blocks, table);
}

/* The figure alone with what it says. */
void story_scores(Story *story)
{
    g_autofree char *title = message(story);

    if (story->rubric->dimensions->len == 0)
        return;
    blocks_caption(story->blocks, title);
    add_radar(story);
}

void story_dimensions(Story *story)
{
    g_autofree char *title = message(story);
    const char *legend =
        story->rubric->score == SCORE_MEAN ? "radar_legend" : "radar_legend_points";

    if (story->rubric->dimensions->len == 0)
        return;
    blocks_heading(story->blocks, 0, story_word(story, "heading_dimensions"), NULL);
    blocks_caption(story->blocks, title);
    add_radar(story);
    blocks_text(story->blocks, ROLE_NOTE, story_word(story, legend));
    if (story_has_matrix(story))
        add_matrix(story);
    if (has_tree(story))
        add_tree(story);
}
