/* The four parts of an application book: who applies, the factory, its scenes, what came of it.
 * What the answers say is put in its place; what only the applicant can write has room to. */
#include <string.h>

#include "report/places.h"
#include "report/story.h"

enum { ROOM_LINES = 7, ROOM_LINES_SHORT = 4 };

static void open_part(Story *story, const char *key)
{
    g_autofree char *numbered = g_strdup_printf("part_%u", ++story->parts);
    g_autofree char *heading = STORY_FILL(story, numbered, "title", story_word(story, key));

    blocks_chapter(story->blocks, heading, NULL);
}

static void add_room(Story *story, const char *key, guint lines)
{
    Room *room = room_new(story_word(story, key), lines);
    g_autofree char *alt = STORY_FILL(story, "alt_room", "text", story_word(story, key));

    blocks_figure(story->blocks, &room->figure);
    blocks_describe(story->blocks, alt);
}

static int group_named(const Story *story, const char *key)
{
    const char *name = wording_get(story->wording, "charts", key, NULL);
    int group;

    return rubric_find(story->rubric, name, &group) == NAME_GROUP ? group : NOWHERE;
}

static gboolean lies_in(const Story *story, int question, int group)
{
    const GArray *groups = RUBRIC_QUESTION(story->rubric, question)->groups;

    for (guint i = 0; group != NOWHERE && groups && i < groups->len; i++)
        if (g_array_index(groups, int, i) == group)
            return TRUE;
    return FALSE;
}

static Listing *fact_table(const Story *story)
{
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_fact"), 2.4, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_value"), 2, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence"), 1.6, ALIGN_LEFT);
    return table;
}

/* A question, its answer or that it is still to be filled in, and its evidence. */
static void add_fact(const Story *story, Listing *table, int question)
{
    const Answer *answer = &story->answers->of[question];
    gboolean blank = answer->state == ANSWER_BLANK || answer->state == ANSWER_INVALID;
    g_autofree char *asked = story_question(story, question);
    g_autofree char *words = blank ? NULL : story_answer(story, question);
    g_autofree char *evidence =
        answer->evidence ? story_show(answer->evidence, STORY_TEXT_LIMIT) : NULL;
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    row_text(row, ROLE_CELL, asked);
    cell = row_cell(row, blank ? (Mark){ MARK_TO_DO, 0, 0 } : NO_MARK, NULL);
    cell_words(cell, blank ? ROLE_TAG : ROLE_CELL, blank ? story_word(story, "to_fill_in") : words);
    row_text(row, ROLE_SMALL, evidence ? evidence : story_word(story, "nothing"));
}

/* ---- 1 ---- */

void story_applicant(Story *story)
{
    Listing *table = fact_table(story);
    int group = group_named(story, "applicant");
    g_autofree char *title = group == NOWHERE
                                 ? NULL
                                 : story_title(story, &RUBRIC_GROUP(story->rubric, group)->title,
                                               RUBRIC_GROUP(story->rubric, group)->id);

    listing_band(table, story_word(story, "band_fields"));
    for (guint i = story->rubric->n_questions; i < story->rubric->questions->len; i++)
        if (strcmp(RUBRIC_QUESTION(story->rubric, i)->id,
                   wording_get(story->wording, "page", "author_field", NULL)) != 0)
            add_fact(story, table, (int)i);
    if (group != NOWHERE)
        listing_band(table, title);
    for (int i = 0; i < (int)story->rubric->n_questions; i++)
        if (lies_in(story, i, group))
            add_fact(story, table, i);
    open_part(story, "heading_applicant");
    blocks_table(story->blocks, table);
}

/* ---- 2 ---- */

static gboolean is_told_elsewhere(const Story *story, int question)
{
    return lies_in(story, question, group_named(story, "applicant")) ||
           lies_in(story, question, story_scenes(story)) ||
           lies_in(story, question, story_indicator_group(story));
}

/* What is in place: better than the worst answer there is. */
static gboolean is_in_place(const Story *story, int question)
{
    const Question *asked = RUBRIC_QUESTION(story->rubric, question);
    const Answer *answer = &story->answers->of[question];

    if (answer->state != ANSWER_ANSWERED)
        return FALSE;
    return (asked->type != QUESTION_YESNO && asked->type != QUESTION_CHOICE) || answer->low > 0;
}

/* The rows of one dimension, NOWHERE: of none. How many questions are left out is the result. */
static guint add_facts_of(const Story *story, Listing *table, int dimension, const char *title)
{
    gboolean opened = FALSE;
    guint left_out = 0;

    for (int i = 0; i < (int)story->rubric->n_questions; i++) {
        AnswerState state = story->answers->of[i].state;

        if (RUBRIC_QUESTION(story->rubric, i)->dimension != dimension ||
            is_told_elsewhere(story, i) || state == ANSWER_NOT_APPLICABLE ||
            state == ANSWER_SKIPPED)
            continue;
        if (!is_in_place(story, i)) {
            left_out++;
            continue;
        }
        if (!opened)
            listing_band(table, title);
        opened = TRUE;
        add_fact(story, table, i);
    }
    return left_out;
}

void story_factory(Story *story)
{
    Listing *table = fact_table(story);
    guint left_out = add_facts_of(story, table, NOWHERE, story_word(story, "band_other"));
    g_autofree char *number = NULL, *line = NULL;

    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const Dimension *it = RUBRIC_DIMENSION(story->rubric, i);
        g_autofree char *title = story_title(story, &it->title, it->id);

        left_out += add_facts_of(story, table, i, title);
    }
    open_part(story, story_scenes(story) == NOWHERE ? "heading_project" : "heading_factory");
    add_room(story, "room_factory", ROOM_LINES);
    story_standing_figure(story);
    number = g_strdup_printf("%u", left_out);
    line = STORY_FILL(story, "left_out", "number", number);
    if (table->rows->len > 0) {
        blocks_caption(story->blocks, story_word(story, "factory_in_place"));
        blocks_table(story->blocks, table);
    } else {
        listing_free(table);
    }
    if (left_out > 0)
        blocks_text(story->blocks, ROLE_NOTE, line);
}

/* ---- 3 ---- */

/* The option from which on a scene is there; the second one where the template names none that the
 * scale has. */
static guint built_option(const Story *story, int question)
{
    const char *named = wording_get(story->wording, "charts", "built", NULL);
    int option = question_option(RUBRIC_QUESTION(story->rubric, question), named);

    return option == NOWHERE ? 1 : (guint)option;
}

static gboolean is_built(const Story *story, int question)
{
    const Answer *answer = &story->answers->of[question];

    return answer->state == ANSWER_ANSWERED && answer->low >= built_option(story, question);
}

/* "Production operation - Online inspection - Kiln camera": the instance is what the company noted,
 * or is still to be named. */
static char *scene_name(const Story *story, int scenes, int question)
{
    int link = story_scene_link(story, scenes, question);
    const char *note = story->answers->of[question].note;
    g_autofree char *instance = note && *note ? story_show(note, STORY_TEXT_LIMIT)
                                              : g_strdup(story_word(story, "instance"));
    g_autofree char *scene = story_question(story, question);
    g_autofree char *of = NULL;

    if (link == NOWHERE)
        return STORY_FILL(story, "scene_of_no_link", "scene", scene, "instance", instance);
    of = story_title(story, &RUBRIC_GROUP(story->rubric, link)->title,
                     RUBRIC_GROUP(story->rubric, link)->id);
    return STORY_FILL(story, "scene_name", "link", of, "scene", scene, "instance", instance);
}

static void add_scene(const Story *story, Listing *table, int scenes, int question)
{
    const Answer *answer = &story->answers->of[question];
    guint options = RUBRIC_QUESTION(story->rubric, question)->options->len;
    g_autofree char *name = scene_name(story, scenes, question);
    g_autofree char *state = story_scene_state(story, question);
    g_autofree char *number = g_strdup_printf("%u", table->rows->len + 1);
    g_autofree char *evidence =
        answer->evidence ? story_show(answer->evidence, STORY_TEXT_LIMIT) : NULL;
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    row_text(row, ROLE_SMALL, number);
    row_text(row, ROLE_CELL, name);
    cell = row_cell(row, (Mark){ MARK_PIPS, answer->low, options - 1 }, NULL);
    cell_words(cell, ROLE_TAG, state);
    cell = row_cell(row, evidence ? NO_MARK : (Mark){ MARK_TO_DO, 0, 0 }, NULL);
    cell_words(cell, evidence ? ROLE_SMALL : ROLE_TAG,
               evidence ? evidence : story_word(story, "evidence_missing"));
}

void story_scene_construction(Story *story)
{
    int scenes = story_scenes(story);
    const Group *group = scenes == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, scenes);
    Listing *table;
    g_autofree char *built = NULL, *all = NULL, *message = NULL, *tally = NULL;

    if (!group)
        return;
    table = listing_new();
    listing_column(table, story_word(story, "column_number"), 0.4, ALIGN_RIGHT);
    listing_column(table, story_word(story, "column_scene"), 3.3, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_state"), 1.4, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence"), 1.6, ALIGN_LEFT);
    for (guint i = 0; i < group->questions->len; i++)
        if (is_built(story, g_array_index(group->questions, int, i)))
            add_scene(story, table, scenes, g_array_index(group->questions, int, i));
    built = g_strdup_printf("%u", table->rows->len);
    all = g_strdup_printf("%u", group->questions->len);
    message = STORY_FILL(story, "scenes_built", "built", built, "all", all);
    tally = story_scene_tally(story, scenes);
    open_part(story, "heading_scene_construction");
    blocks_heading(story->blocks, 1, story_word(story, "heading_overall"), NULL);
    blocks_text(story->blocks, ROLE_STRONG, message);
    blocks_text(story->blocks, ROLE_BODY, tally);
    add_room(story, "room_overall", ROOM_LINES);
    blocks_heading(story->blocks, 1, story_word(story, "heading_per_scene"), NULL);
    if (table->rows->len > 0) {
        blocks_intro(story->blocks, ROLE_SMALL, story_word(story, "per_scene_text"));
        blocks_table(story->blocks, table);
    } else {
        blocks_text(story->blocks, ROLE_BODY, story_word(story, "scenes_none"));
        listing_free(table);
    }
    blocks_heading(story->blocks, 1, story_word(story, "heading_integration"), NULL);
    add_room(story, "room_integration", ROOM_LINES);
}

/* ---- 4 ---- */

static void add_effects(Story *story)
{
    int group = story_indicator_group(story);
    const Group *it = group == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, group);
    Listing *table;

    blocks_heading(story->blocks, 1, story_word(story, "heading_effects"), NULL);
    if (!it) {
        add_room(story, "room_effects", ROOM_LINES);
        return;
    }
    table = fact_table(story);
    for (guint i = 0; i < it->questions->len; i++)
        add_fact(story, table, g_array_index(it->questions, int, i));
    blocks_intro(story->blocks, ROLE_SMALL, story_word(story, "effects_text"));
    blocks_table(story->blocks, table);
}

void story_outcomes(Story *story)
{
    open_part(story, "heading_outcomes");
    blocks_heading(story->blocks, 1, story_word(story, "heading_advanced"), NULL);
    add_room(story, "room_advanced", ROOM_LINES_SHORT);
    add_effects(story);
    blocks_heading(story->blocks, 1, story_word(story, "heading_follow_up"), NULL);
    add_room(story, "room_follow_up", ROOM_LINES_SHORT);
}
