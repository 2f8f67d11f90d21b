#include "report/story.h"

/* ---- scenes ---- */

static gboolean lies_in(const Group *group, int question)
{
    for (guint i = 0; i < group->questions->len; i++)
        if (g_array_index(group->questions, int, i) == question)
            return TRUE;
    return FALSE;
}

/* A smaller group that lies wholly in the scenes: a link of the chain that they belong to. */
static gboolean is_link(const Story *story, int scenes, int group)
{
    const Group *whole = RUBRIC_GROUP(story->rubric, scenes),
                *part = RUBRIC_GROUP(story->rubric, group);

    if (group == scenes || part->questions->len == 0 ||
        part->questions->len >= whole->questions->len)
        return FALSE;
    for (guint i = 0; i < part->questions->len; i++)
        if (!lies_in(whole, g_array_index(part->questions, int, i)))
            return FALSE;
    return TRUE;
}

int story_scene_link(const Story *story, int scenes, int question)
{
    const GArray *groups = RUBRIC_QUESTION(story->rubric, question)->groups;

    for (guint i = 0; i < groups->len; i++)
        if (is_link(story, scenes, g_array_index(groups, int, i)))
            return g_array_index(groups, int, i);
    return NOWHERE;
}

static Mark scene_mark(const Story *story, int question)
{
    const Answer *answer = &story->answers->of[question];
    guint options = RUBRIC_QUESTION(story->rubric, question)->options->len;

    switch (answer->state) {
    case ANSWER_ANSWERED:
        return (Mark){ MARK_PIPS, answer->low, options - 1 };
    case ANSWER_NOT_APPLICABLE:
    case ANSWER_SKIPPED:
        return (Mark){ MARK_NOT_APPLICABLE, 0, 0 };
    default:
        return (Mark){ MARK_UNKNOWN, 0, 0 };
    }
}

char *story_scene_state(const Story *story, int question)
{
    AnswerState state = story->answers->of[question].state;

    if (state == ANSWER_ANSWERED || state == ANSWER_DISPUTED)
        return story_answer(story, question);
    return g_strdup(
        wording_get(story->wording, "states", answer_state_name(state), story->language));
}

static gboolean has_links(const Story *story, int scenes)
{
    for (int group = 0; group < (int)story->rubric->groups->len; group++)
        if (is_link(story, scenes, group))
            return TRUE;
    return FALSE;
}

/* The scenes of one link, or those of none, row by row on one page; the name stands at the first.
 */
static void add_link(Story *story, int scenes, int link)
{
    const Group *whole = RUBRIC_GROUP(story->rubric, scenes);
    const Group *part = link == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, link);
    gboolean are_all = !part && !has_links(story, scenes);
    g_autofree char *title = part      ? story_title(story, &part->title, part->id)
                             : are_all ? story_title(story, &whole->title, whole->id)
                                       : g_strdup(story_word(story, "scenes_other"));
    SceneGrid *grid = NULL;

    for (guint i = 0; i < whole->questions->len; i++) {
        int question = g_array_index(whole->questions, int, i);
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        g_autofree char *name = story_question(story, question);
        g_autofree char *state = story_scene_state(story, question);

        if (story_scene_link(story, scenes, question) != link)
            continue;
        if (!grid || grid->scenes->len >= SCENES_LIMIT) {
            if (grid) {
                story_add_scenes(story, grid);
                blocks_keep(story->blocks);
            }
            grid = scene_grid_new(grid ? "" : title, "");
        }
        scene_grid_add(grid, scene_mark(story, question), number, name, state);
    }
    if (grid)
        story_add_scenes(story, grid);
}

/* "Not built 3, planned 5, ...": how many scenes are at each option, the blank ones last. */
char *story_scene_tally(const Story *story, int scenes)
{
    const Group *whole = RUBRIC_GROUP(story->rubric, scenes);
    const Question *first = RUBRIC_QUESTION(story->rubric, g_array_index(whole->questions, int, 0));
    g_autoptr(GString) text = g_string_new(NULL);
    guint counted = 0;

    for (guint option = first->options->len; option-- > 0;) {
        const Option *it = QUESTION_OPTION(first, option);
        g_autofree char *title = story_title(story, &it->title, it->id);
        g_autofree char *count = NULL, *one = NULL;
        guint n = 0;

        for (guint i = 0; i < whole->questions->len; i++) {
            const Answer *answer = &story->answers->of[g_array_index(whole->questions, int, i)];

            n += answer->state == ANSWER_ANSWERED && answer->low == option;
        }
        counted += n;
        count = g_strdup_printf("%u", n);
        one = STORY_FILL(story, "tally_one", "answer", title, "count", count);
        g_string_append_printf(text, "%s%s", text->len ? story_word(story, "between_items") : "",
                               one);
    }
    if (counted < whole->questions->len) {
        g_autofree char *count = g_strdup_printf("%u", whole->questions->len - counted);
        g_autofree char *one = STORY_FILL(story, "tally_open", "count", count);

        g_string_append_printf(text, "%s%s", story_word(story, "between_items"), one);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

void story_scene_grids(Story *story)
{
    int scenes = story_scenes(story);
    const Group *whole = scenes == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, scenes);
    g_autofree char *tally = NULL, *number = NULL, *title = NULL, *name = NULL;
    gboolean others = FALSE;

    if (!whole)
        return;
    number = g_strdup_printf("%u", whole->questions->len);
    name = story_title(story, &whole->title, whole->id);
    title = STORY_FILL(story, has_links(story, scenes) ? "heading_scenes" : "heading_scenes_plain",
                       "number", number, "group", name);
    tally = story_scene_tally(story, scenes);
    blocks_heading(story->blocks, 0, title, NULL);
    blocks_caption(story->blocks, tally);
    for (int group = 0; group < (int)story->rubric->groups->len; group++)
        if (is_link(story, scenes, group))
            add_link(story, scenes, group);
    for (guint i = 0; i < whole->questions->len; i++)
        others |=
            story_scene_link(story, scenes, g_array_index(whole->questions, int, i)) == NOWHERE;
    if (others)
        add_link(story, scenes, NOWHERE);
    blocks_text(story->blocks, ROLE_NOTE, story_word(story, "scenes_legend"));
}

/* ---- indicators beside what recognised factories reported ---- */

static void add_indicator(const Story *story, Listing *table, char **columns, int question)
{
    const Question *it = RUBRIC_QUESTION(story->rubric, question);
    AnswerState state = story->answers->of[question].state;
    g_autofree char *asked = story_question(story, question);
    g_autofree char *answer = story_answer(story, question);
    g_autofree char *note = story_own(story, &it->note);
    g_autofree char *section = g_strconcat("reference ", it->id, NULL);
    Row *row = listing_row(table, NULL);
    ListingCell *cell = row_cell(row, NO_MARK, NULL);

    cell_words(cell, ROLE_CELL, asked);
    if (note) {
        g_autofree char *line = STORY_FILL(story, "note", "text", note);

        cell_words(cell, ROLE_NOTE, line);
    }
    /* why it is not applicable stands among all answers */
    row_text(row, ROLE_CELL_STRONG,
             state == ANSWER_NOT_APPLICABLE
                 ? wording_get(story->wording, "states", answer_state_name(state), story->language)
                 : answer);
    for (char **column = columns; *column; column++)
        row_text(row, ROLE_CELL,
                 wording_has(story->wording, section, *column)
                     ? wording_get(story->wording, section, *column, story->language)
                     : story_word(story, "nothing"));
}

int story_indicator_group(const Story *story)
{
    int group;

    return rubric_find(story->rubric, wording_get(story->wording, "references", "group", NULL),
                       &group) == NAME_GROUP
               ? group
               : NOWHERE;
}

static gboolean is_indicator(const Story *story, int question)
{
    int group = story_indicator_group(story);

    return group != NOWHERE && lies_in(RUBRIC_GROUP(story->rubric, group), question);
}

void story_indicators(Story *story)
{
    g_auto(GStrv) columns =
        g_strsplit(wording_get(story->wording, "references", "columns", NULL), ",", -1);
    int group = story_indicator_group(story);
    Listing *table;

    if (group == NOWHERE)
        return;
    table = listing_new();
    listing_column(table, story_word(story, "column_indicator"), 3, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_factory"), 1.2, ALIGN_RIGHT);
    for (char **column = columns; *column; column++)
        listing_column(
            table, wording_get(story->wording, "references", g_strstrip(*column), story->language),
            1.1, ALIGN_RIGHT);
    for (guint i = 0; i < RUBRIC_GROUP(story->rubric, group)->questions->len; i++)
        add_indicator(story, table, columns,
                      g_array_index(RUBRIC_GROUP(story->rubric, group)->questions, int, i));
    blocks_heading(story->blocks, 0, story_word(story, "heading_indicators"), NULL);
    blocks_intro(story->blocks, ROLE_BODY, story_word(story, "indicators_text"));
    blocks_table(story->blocks, table);
    blocks_text(story->blocks, ROLE_NOTE,
                wording_get(story->wording, "references", "source", story->language));
}

/* ---- all answers ---- */

static guint is_long(const char *text)
{
    return text && g_utf8_strlen(text, -1) > STORY_TEXT_LIMIT;
}

void story_tell_shortened(Story *story)
{
    g_autofree char *limit = g_strdup_printf("%d", STORY_TEXT_LIMIT);
    g_autofree char *number = NULL, *line = NULL;
    guint count = 0;

    for (int i = 0; i < (int)story->rubric->questions->len; i++) {
        const Answer *answer = &story->answers->of[i];

        count += is_long(answer->text) + is_long(answer->evidence) + is_long(answer->note);
    }
    if (count == 0)
        return;
    number = g_strdup_printf("%u", count);
    line = STORY_FILL(story, count == 1 ? "shortened_one" : "shortened", "number", number, "limit",
                      limit);
    blocks_text(story->blocks, ROLE_NOTE, line);
}

static Mark answer_mark(AnswerState state)
{
    switch (state) {
    case ANSWER_BLANK:
    case ANSWER_DISPUTED:
        return (Mark){ MARK_UNKNOWN, 0, 0 };
    case ANSWER_INVALID:
        return (Mark){ MARK_ERROR, 0, 0 };
    case ANSWER_NOT_APPLICABLE:
    case ANSWER_SKIPPED:
        return (Mark){ MARK_NOT_APPLICABLE, 0, 0 };
    default:
        return NO_MARK;
    }
}

static void add_answer(const Story *story, Listing *table, int question)
{
    const Answer *answer = &story->answers->of[question];
    g_autofree char *asked = story_question(story, question);
    g_autofree char *words = story_answer(story, question);
    g_autofree char *evidence =
        answer->evidence ? story_show(answer->evidence, STORY_TEXT_LIMIT) : NULL;
    g_autofree char *remark = answer->note ? story_show(answer->note, STORY_TEXT_LIMIT) : NULL;
    g_autofree char *note = is_indicator(story, question)
                                ? NULL /* it stands in their own table */
                                : story_own(story, &RUBRIC_QUESTION(story->rubric, question)->note);
    g_autofree char *noted = note ? STORY_FILL(story, "note", "text", note) : NULL;
    Row *row = listing_row(table, NULL);
    ListingCell *cell = row_cell(row, NO_MARK, NULL);

    cell_words(cell, ROLE_SMALL, asked);
    cell_words(cell, ROLE_NOTE, noted);
    cell = row_cell(row, answer_mark(answer->state), NULL);
    cell_words(cell, answer->state == ANSWER_ANSWERED ? ROLE_SMALL : ROLE_TAG, words);
    cell_words(cell, ROLE_NOTE, remark);
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_SMALL, evidence ? evidence : story_word(story, "nothing"));
    if (answer->confidence) {
        const char *word =
            wording_get(story->wording, "confidence", answer->confidence, story->language);
        g_autofree char *line = STORY_FILL(story, "confidence", "text", word);

        cell_words(cell, ROLE_NOTE, line);
    }
}

/* Where a question stands in the list: its dimension, else the first group that has it, else
 * neither. */
typedef struct {
    gboolean is_field;
    int dimension, group;
} Part;

static Part part_of(const Question *question)
{
    gboolean grouped =
        !question->is_field && question->dimension == NOWHERE && question->groups->len > 0;

    return (Part){ question->is_field, question->dimension,
                   grouped ? g_array_index(question->groups, int, 0) : NOWHERE };
}

static void add_part(Story *story, Listing *table, Part part, const char *title)
{
    gboolean opened = FALSE;

    for (int i = 0; i < (int)story->rubric->questions->len; i++) {
        Part own = part_of(RUBRIC_QUESTION(story->rubric, i));

        if (own.is_field != part.is_field || own.dimension != part.dimension ||
            own.group != part.group)
            continue;
        if (own.is_field && story->answers->of[i].state == ANSWER_BLANK)
            continue;
        if (!opened)
            listing_band(table, title);
        opened = TRUE;
        add_answer(story, table, i);
    }
}

void story_all_answers(Story *story)
{
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_question"), 3, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_answer"), 1.5, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence"), 1.4, ALIGN_LEFT);
    add_part(story, table, (Part){ TRUE, NOWHERE, NOWHERE }, story_word(story, "band_fields"));
    for (int i = 0; i < (int)story->rubric->groups->len; i++) {
        const Group *group = RUBRIC_GROUP(story->rubric, i);
        g_autofree char *title = story_title(story, &group->title, group->id);

        add_part(story, table, (Part){ FALSE, NOWHERE, i }, title);
    }
    add_part(story, table, (Part){ FALSE, NOWHERE, NOWHERE }, story_word(story, "band_other"));
    for (int i = 0; i < (int)story->rubric->dimensions->len; i++) {
        const Dimension *dimension = RUBRIC_DIMENSION(story->rubric, i);
        g_autofree char *title = story_title(story, &dimension->title, dimension->id);

        add_part(story, table, (Part){ FALSE, i, NOWHERE }, title);
    }
    blocks_heading(story->blocks, 0, story_word(story, "heading_answers"), NULL);
    blocks_table(story->blocks, table);
    story_tell_shortened(story);
}
