/* What a board reads: the verdict, what blocks, where the factory stands, what to do next, in as
 * few lines as can be. */
#include "report/heat_map.h"
#include "report/story.h"

enum { OBSTACLES = 7, STEPS = 5 }; /* rows of a table; the rest is counted */

/* ---- what blocks ---- */

static void add_rest(Story *story, guint all, guint shown)
{
    g_autofree char *number = all > shown ? g_strdup_printf("%u", all - shown) : NULL;
    g_autofree char *line = number ? STORY_FILL(story, "and_more", "number", number) : NULL;

    if (line)
        blocks_text(story->blocks, ROLE_NOTE, line);
}

void story_obstacles(Story *story)
{
    const GArray *blockers = story->assessment->blockers;
    g_autofree char *level = story_level(story, assessment_next_level(story->assessment));
    g_autofree char *title = STORY_FILL(story, "heading_blockers", "level", level);
    g_autofree char *reason = story_reason(story);
    Listing *table;

    if (blockers->len == 0) {
        blocks_text(story->blocks, ROLE_LEAD, reason);
        return;
    }
    table = listing_new();
    listing_column(table, story_word(story, "column_status"), 1, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_needed"), 3.4, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_origin"), 2.2, ALIGN_LEFT);
    for (guint i = 0; i < MIN(blockers->len, OBSTACLES); i++) {
        int requirement = g_array_index(blockers, int, i);
        const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
        g_autofree char *needed = story_title(story, &it->title, it->id);
        g_autofree char *clause = story_clause(story, requirement);
        Row *row = listing_row(table, NULL);
        ListingCell *cell = row_cell(row, mark_of(story->assessment->status[requirement]), NULL);

        cell_words(cell, ROLE_TAG, story_status(story, story->assessment->status[requirement]));
        row_text(row, ROLE_CELL, needed);
        row_text(row, ROLE_SMALL, clause);
    }
    blocks_heading(story->blocks, 1, title, NULL);
    blocks_caption(story->blocks, reason);
    blocks_table(story->blocks, table);
    add_rest(story, blockers->len, OBSTACLES);
}

/* ---- dimensions by levels ---- */

typedef struct {
    guint all, met;
} Fields;

static void add_heat(const Story *story, HeatMap *map, GString *alt, Fields *fields, int dimension,
                     int level)
{
    Standing standing;
    g_autofree char *met = NULL, *all = NULL, *text = NULL, *title = NULL, *part = NULL;

    if (!story_standing(story, dimension, level, &standing)) {
        heat_map_field(map, NO_MARK, "");
        return;
    }
    fields->all++;
    fields->met += standing.met == standing.all;
    met = g_strdup_printf("%u", standing.met);
    all = g_strdup_printf("%u", standing.all);
    title = story_level(story, level);
    text = STORY_FILL(story, "status_of", "status", story_status(story, standing.worst), "met", met,
                      "all", all);
    part = STORY_FILL(story, "alt_fact", "label", title, "value", text);
    heat_map_field(map, mark_of(standing.worst), text);
    g_string_append_printf(alt, "%s%s", alt->len ? story_word(story, "between_items") : "", part);
}

void story_heat_map(Story *story)
{
    HeatMap *map;
    g_autoptr(GString) whole = g_string_new(NULL);
    g_autofree char *alt = NULL, *met = NULL, *all = NULL, *message = NULL;
    Fields count = { 0, 0 };

    if (!story_has_matrix(story))
        return;
    map = heat_map_new();
    for (int level = 0; level < (int)story->rubric->levels->len; level++) {
        g_autofree char *title = story_level(story, level);

        heat_map_column(map, title);
    }
    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const Dimension *it = RUBRIC_DIMENSION(story->rubric, i);
        g_autofree char *title = story_title(story, &it->title, it->id);
        g_autoptr(GString) fields = g_string_new(NULL);
        g_autofree char *row = NULL;

        if (it->parent != NOWHERE)
            continue;
        heat_map_row(map, title);
        for (int level = 0; level < (int)story->rubric->levels->len; level++)
            add_heat(story, map, fields, &count, i, level);
        row = STORY_FILL(story, "alt_heat", "dimension", title, "fields", fields->str);
        if (fields->len)
            g_string_append_printf(whole, "%s%s",
                                   whole->len ? story_word(story, "between_parts") : "", row);
    }
    alt = STORY_FILL(story, "alt_heat_map", "list", whole->str);
    met = g_strdup_printf("%u", count.met);
    all = g_strdup_printf("%u", count.all);
    message = STORY_FILL(story, "heat_message", "met", met, "all", all);
    blocks_caption(story->blocks, message);
    blocks_figure(story->blocks, &map->figure);
    blocks_describe(story->blocks, alt);
}

/* ---- what to do ---- */

static void add_step(const Story *story, Listing *table, const char *key, const char *what,
                     int question)
{
    g_autofree char *number = g_strdup_printf("%u", table->rows->len + 1);
    g_autofree char *text = STORY_FILL(story, key, "text", what);
    g_autofree char *evidence =
        question == NOWHERE ? NULL
                            : story_own(story, &RUBRIC_QUESTION(story->rubric, question)->evidence);
    const char *named = question == NOWHERE ? NULL : story->answers->of[question].owner;
    g_autofree char *owner = named ? story_show(named, STORY_TEXT_LIMIT) : NULL;
    Row *row = listing_row(table, NULL);

    row_text(row, ROLE_CELL_STRONG, number);
    row_text(row, ROLE_CELL, text);
    row_text(row, ROLE_SMALL, evidence ? evidence : story_word(story, "nothing"));
    row_text(row, ROLE_CELL, owner ? owner : "");
    row_text(row, ROLE_CELL, "");
}

/* Blank questions are each asked for once. */
typedef struct {
    const Story *story;
    Listing *table;
    guint limit, all; /* rows at most (0: no limit), steps there are */
    GHashTable *asked;
} Steps;

static void take_step(Steps *steps, const char *key, const char *what, int question)
{
    if (steps->limit == 0 || steps->table->rows->len < steps->limit)
        add_step(steps->story, steps->table, key, what, question);
    steps->all++;
}

static void take_question(Steps *steps, int question)
{
    AnswerState state = steps->story->answers->of[question].state;
    g_autofree char *asked = NULL;

    if ((state != ANSWER_BLANK && state != ANSWER_INVALID) ||
        !g_hash_table_add(steps->asked, GINT_TO_POINTER(question)))
        return;
    asked = story_question(steps->story, question);
    take_step(steps, "step_answer", asked, question);
}

static void take_blocker(Steps *steps, int requirement)
{
    const Story *story = steps->story;
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
    g_autoptr(GArray) failing = story_failing(story, requirement);
    g_autofree char *title = story_title(story, &it->title, it->id);

    if (story->assessment->status[requirement] == STATUS_UNMET) {
        take_step(steps, "step_meet", title,
                  failing->len ? g_array_index(failing, int, 0) : NOWHERE);
        return;
    }
    for (guint i = 0; i < failing->len; i++)
        take_question(steps, g_array_index(failing, int, i));
}

/* What the next level needs, then the blanks that decide about higher ones. How many steps there
 * are is the result. */
static guint add_steps(const Story *story, Listing *table, guint limit)
{
    const GArray *blockers = story->assessment->blockers, *decisive = story->assessment->decisive;
    g_autoptr(GHashTable) asked = g_hash_table_new(NULL, NULL);
    Steps steps = { story, table, limit, 0, asked };

    for (guint i = 0; i < blockers->len; i++)
        take_blocker(&steps, g_array_index(blockers, int, i));
    for (guint i = 0; i < decisive->len; i++)
        take_question(&steps, g_array_index(decisive, int, i));
    return steps.all;
}

static Listing *step_table(const Story *story)
{
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_number"), 0.4, ALIGN_RIGHT);
    listing_column(table, story_word(story, "column_step"), 2.6, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_proof"), 2.5, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_owner"), 1.1, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_due"), 0.7, ALIGN_LEFT);
    return table;
}

static void tell_steps(Story *story, guint depth, guint limit)
{
    Listing *table = step_table(story);
    guint all = add_steps(story, table, limit);

    if (all == 0) {
        listing_free(table);
        return;
    }
    blocks_heading(story->blocks, depth, story_word(story, "heading_steps"), NULL);
    blocks_table(story->blocks, table);
    if (limit)
        add_rest(story, all, limit);
}

void story_next_steps(Story *story)
{
    tell_steps(story, 1, STEPS);
}

void story_action_plan(Story *story)
{
    tell_steps(story, 0, 0);
}

void story_page_break(Story *story)
{
    blocks_break(story->blocks);
}
