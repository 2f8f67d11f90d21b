#include "report/story.h"

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

static char *answered_of(const Story *story, int dimension)
{
    guint n_answered, n_asked;
    g_autofree char *answered = NULL, *asked = NULL;

    points_count(story->assessment, dimension, &n_answered, &n_asked);
    answered = g_strdup_printf("%u", n_answered);
    asked = g_strdup_printf("%u", n_asked);
    return STORY_FILL(story, "answered_of", "answered", answered, "asked", asked);
}

/* Of a climb with the scores of the next level alone: a mean over all levels is none of its
 * figures. */
static void add_radar(Story *story)
{
    Radar *radar = radar_new();
    int next = assessment_next_level(story->assessment);

    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const Dimension *dimension = RUBRIC_DIMENSION(story->rubric, i);
        g_autofree char *title = story_title(story, &dimension->title, dimension->id);
        g_autoptr(Numbers) numbers = numbers_new();
        Points points = points_of(story->assessment, i, numbers);
        Score share = points_share(&points, numbers);
        g_autofree char *value = story_score(story, &points);
        g_autofree char *detail = answered_of(story, i);
        Axis axis = { title,
                      value,
                      detail,
                      share.exists,
                      CLAMP(rational_to_double(share.low), 0, 1),
                      CLAMP(rational_to_double(share.high), 0, 1),
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

/* How a level's score stands to the bar of the climb. */
static Status passes(const Story *story, Score score)
{
    if (!score.exists)
        return STATUS_NOT_APPLICABLE;
    if (rational_compare(score.low, story->rubric->pass) >= 0)
        return STATUS_MET;
    return rational_compare(score.high, story->rubric->pass) < 0 ? STATUS_UNMET : STATUS_UNKNOWN;
}

/* The score of a dimension (NOWHERE: of the rubric), or where levels are climbed its score at each
 * of them, from which the climb is made; those of the rubric say whether the level counts. */
static void add_scores(const Story *story, Row *row, int dimension)
{
    g_autoptr(Numbers) numbers = numbers_new();

    if (!is_climbed(story)) {
        Points points = points_of(story->assessment, dimension, numbers);
        g_autofree char *text = story_score(story, &points);

        row_text(row, ROLE_CELL, text);
        return;
    }
    for (int level = 0; level < (int)story->rubric->levels->len; level++) {
        Points points = points_at(story->assessment, dimension, level);
        gboolean marks = dimension == NOWHERE && points.score.exists;
        g_autofree char *text = story_score(story, &points);
        ListingCell *cell =
            row_cell(row, marks ? mark_of(passes(story, points.score)) : NO_MARK, NULL);

        cell_words(cell, dimension == NOWHERE ? ROLE_CELL_STRONG : ROLE_CELL, text);
    }
}

static void add_branch(const Story *story, Listing *table, int dimension)
{
    static const char *const INDENTS[] = { "", "\u2002", "\u2002\u2002" };
    const Dimension *it = RUBRIC_DIMENSION(story->rubric, dimension);
    guint depth = MIN(rubric_depth(story->rubric, dimension), G_N_ELEMENTS(INDENTS) - 1);
    g_autofree char *title = story_title(story, &it->title, it->id);
    g_autofree char *indented = g_strconcat(INDENTS[depth], title, NULL);
    Row *row = listing_row(table, NULL);

    row_text(row, depth == 0 ? ROLE_CELL_STRONG : ROLE_CELL, indented);
    add_scores(story, row, dimension);
}

/* Every dimension, or the roots alone, with its parts under it; radar and matrix show the roots. */
static void add_tree(Story *story, gboolean roots_alone)
{
    Listing *table = listing_new();
    g_autofree char *bar =
        story_part(story, (Score){ TRUE, story->rubric->pass, story->rubric->pass });
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
        if (!roots_alone || is_root(story, i))
            add_branch(story, table, i);
    row = listing_row(table, NULL);
    row_text(row, ROLE_CELL_STRONG, story_word(story, "column_whole"));
    add_scores(story, row, NOWHERE);
    blocks_caption(story->blocks, caption);
    blocks_table(story->blocks, table);
}

/* ---- a climb ---- */

/* The roots whose score at the level is not surely at the bar, with their scores. */
static char *short_at(const Story *story, int level)
{
    GString *list = g_string_new(NULL);

    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const Dimension *dimension = RUBRIC_DIMENSION(story->rubric, i);
        Points points = points_at(story->assessment, i, level);
        g_autofree char *title = NULL, *score = NULL, *item = NULL;

        if (!is_root(story, i) || !points.score.exists || passes(story, points.score) == STATUS_MET)
            continue;
        title = story_title(story, &dimension->title, dimension->id);
        score = story_score(story, &points);
        item = STORY_FILL(story, "climb_item", "dimension", title, "score", score);
        g_string_append_printf(list, "%s%s", list->len ? story_word(story, "between_items") : "",
                               item);
    }
    return g_string_free(list, FALSE);
}

/* "Level 2 is reached: the climb is 2.73 of 5. Level 3 scores 73% and needs 80%; below that are
 * ..." */
static char *climb_message(const Story *story)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Points climb = points_of(story->assessment, NOWHERE, numbers);
    int next = assessment_next_level(story->assessment);
    Points there = points_at(story->assessment, NOWHERE, points_level(story->assessment));
    g_autofree char *bar =
        story_part(story, (Score){ TRUE, story->rubric->pass, story->rubric->pass });
    g_autofree char *held = story_level(story, story->assessment->verdict.level);
    g_autofree char *score = story_score(story, &climb), *at = story_score(story, &there);
    g_autofree char *level = story_level(story, next);
    g_autofree char *list = next == NOWHERE ? NULL : short_at(story, next);
    gboolean is_none = story->assessment->verdict.level == NOWHERE;
    g_autofree char *reached =
        STORY_FILL(story, is_none ? "climb_none" : "climb_reached", "level", held, "score", score);
    g_autofree char *lacks = NULL;

    if (!list || !there.score.exists)
        return g_steal_pointer(&reached);
    lacks = STORY_FILL(story, *list ? "climb_lacks" : "climb_needs", "level", level, "score", at,
                       "pass", bar, "list", list);
    return STORY_FILL(story, "two_sentences", "first", reached, "second", lacks);
}

/* The figure with what it shows: the next level alone. Nothing is lacking at the top. */
static gboolean add_climb_radar(Story *story)
{
    int next = assessment_next_level(story->assessment);
    g_autofree char *level = story_level(story, next);
    g_autofree char *caption = STORY_FILL(story, "climb_radar", "level", level);

    if (next == NOWHERE || !points_at(story->assessment, NOWHERE, next).score.exists)
        return FALSE;
    blocks_caption(story->blocks, caption);
    add_radar(story);
    return TRUE;
}

/* Whether a figure is part of it. */
static gboolean tell_climb(Story *story, gboolean in_short)
{
    g_autofree char *text = climb_message(story);

    add_tree(story, in_short);
    blocks_text(story->blocks, ROLE_BODY, text);
    return add_climb_radar(story);
}

/* Whether a figure is part of it. */
static gboolean tell_scores(Story *story, gboolean in_short)
{
    g_autofree char *title = NULL;

    if (is_climbed(story))
        return tell_climb(story, in_short);
    title = message(story);
    blocks_caption(story->blocks, title);
    add_radar(story);
    return TRUE;
}

/* ---- chapters ---- */

/* The figure alone with what it says; of a climb the table, which is what the method has. */
void story_scores(Story *story)
{
    if (story->rubric->dimensions->len > 0)
        tell_scores(story, TRUE);
}

void story_dimensions(Story *story)
{
    const char *legend =
        story->rubric->score == SCORE_MEAN ? "radar_legend" : "radar_legend_points";

    if (story->rubric->dimensions->len == 0)
        return;
    blocks_heading(story->blocks, 0, story_word(story, "heading_dimensions"), NULL);
    if (tell_scores(story, FALSE))
        blocks_text(story->blocks, ROLE_NOTE, story_word(story, legend));
    if (story_has_matrix(story))
        add_matrix(story);
    if (has_tree(story) && !is_climbed(story))
        add_tree(story, FALSE);
}
