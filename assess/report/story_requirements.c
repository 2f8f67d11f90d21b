#include <string.h>

#include "report/story.h"
#include "scoring/explain.h"

/* ---- what a requirement rests on ---- */

static gboolean has_question(const GArray *questions, int question)
{
    for (guint i = 0; i < questions->len; i++)
        if (g_array_index(questions, int, i) == question)
            return TRUE;
    return FALSE;
}

/* Questions under conditions that do not hold: what is to be mended. */
static void collect_failing(const Reason *reason, GArray *questions)
{
    if (reason->kind == REASON_CONDITION &&
        (reason->truth == TRUTH_TRUE || reason->truth == TRUTH_NONE))
        return;
    if (reason->kind == REASON_ANSWER && !has_question(questions, reason->index))
        g_array_append_val(questions, reason->index);
    for (guint i = 0; i < reason->parts->len; i++)
        collect_failing(reason->parts->pdata[i], questions);
}

/* Numbers that failing comparisons found: "share(scenes >= built): 0.4". */
static void collect_values(const Story *story, const Reason *reason, ListingCell *cell)
{
    if (reason->kind == REASON_CONDITION &&
        (reason->truth == TRUTH_TRUE || reason->truth == TRUTH_NONE))
        return;
    if (reason->kind == REASON_VALUE && reason->value && reason->text) {
        g_autofree char *rule = story_show(reason->text, STORY_TEXT_LIMIT);
        g_autofree char *text = STORY_FILL(story, "computed", "rule", rule, "value", reason->value);

        cell_words(cell, ROLE_SMALL, text);
    }
    for (guint i = 0; i < reason->parts->len; i++)
        collect_values(story, reason->parts->pdata[i], cell);
}

typedef struct {
    char *answer;
    guint count;
} Tally;

static void tally_clear(gpointer data)
{
    g_free(((Tally *)data)->answer);
}

static void count_answer(GArray *tallies, const char *answer)
{
    Tally tally = { NULL, 1 };

    for (guint i = 0; i < tallies->len; i++)
        if (strcmp(g_array_index(tallies, Tally, i).answer, answer) == 0) {
            g_array_index(tallies, Tally, i).count++;
            return;
        }
    tally.answer = g_strdup(answer);
    g_array_append_val(tallies, tally);
}

static int by_count(gconstpointer a, gconstpointer b)
{
    const Tally *left = a, *right = b;

    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return strcmp(left->answer, right->answer);
}

/* "40 answers: Built (12), Planned (5), blank (3)". */
static void add_tally(const Story *story, ListingCell *cell, const GArray *questions)
{
    g_autoptr(GArray) tallies = g_array_new(FALSE, FALSE, sizeof(Tally));
    g_autoptr(GString) list = g_string_new(NULL);
    g_autofree char *all = g_strdup_printf("%u", questions->len);
    g_autofree char *text = NULL;
    guint rest = 0;

    g_array_set_clear_func(tallies, tally_clear);
    for (guint i = 0; i < questions->len; i++) {
        int question = g_array_index(questions, int, i);
        AnswerState state = story->answers->of[question].state;
        const char *word =
            wording_get(story->wording, "states", answer_state_name(state), story->language);
        g_autofree char *answer =
            state == ANSWER_ANSWERED ? story_answer(story, question) : g_strdup(word);

        count_answer(tallies, answer);
    }
    g_array_sort(tallies, by_count);
    for (guint i = 0; i < tallies->len; i++) {
        const Tally *tally = &g_array_index(tallies, Tally, i);
        g_autofree char *count = g_strdup_printf("%u", tally->count);
        g_autofree char *one =
            STORY_FILL(story, "tally_one", "answer", tally->answer, "count", count);

        if (i >= STORY_ANSWERS_LIMIT) {
            rest += tally->count;
            continue;
        }
        g_string_append_printf(list, "%s%s", i ? story_word(story, "between_items") : "", one);
    }
    if (rest) {
        g_autofree char *count = g_strdup_printf("%u", rest);
        g_autofree char *one = STORY_FILL(story, "tally_rest", "count", count);

        g_string_append_printf(list, "%s%s", story_word(story, "between_items"), one);
    }
    text = STORY_FILL(story, "tally", "all", all, "list", list->str);
    cell_words(cell, ROLE_SMALL, text);
}

static void add_answers(const Story *story, ListingCell *cell, const GArray *questions)
{
    if (questions->len > STORY_ANSWERS_LIMIT) {
        add_tally(story, cell, questions);
        return;
    }
    for (guint i = 0; i < questions->len; i++) {
        g_autofree char *line = story_question_answered(story, g_array_index(questions, int, i));

        cell_words(cell, ROLE_SMALL, line);
    }
}

char *story_clause(const Story *story, int requirement)
{
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
    const char *origin =
        wording_get(story->wording, "origin", origin_name(it->origin), story->language);
    const char *words = localized_in(&it->clause, story->language);
    g_autofree char *clause = words ? story_show(words, STORY_TEXT_LIMIT) : NULL;

    return clause ? STORY_FILL(story, "clause", "origin", origin, "clause", clause)
                  : g_strdup(origin);
}

/* What is to be mended, with the numbers that were found. */
static void add_failing(const Story *story, ListingCell *cell, int requirement)
{
    g_autoptr(Reason) reason = explain_requirement(story->assessment, requirement);
    g_autoptr(GArray) failing = story_failing(story, requirement);

    add_answers(story, cell,
                failing->len ? failing : assessment_because(story->assessment, requirement));
    collect_values(story, reason, cell);
}

GArray *story_failing(const Story *story, int requirement)
{
    g_autoptr(Reason) reason = explain_requirement(story->assessment, requirement);
    GArray *failing = g_array_new(FALSE, FALSE, sizeof(int));

    collect_failing(reason, failing);
    return failing;
}

char *story_because(const Story *story, int requirement, gboolean failing)
{
    g_autoptr(Listing) table = listing_new();
    ListingCell *cell = row_cell(listing_row(table, NULL), NO_MARK, NULL);
    GString *text = g_string_new(NULL);

    if (failing)
        add_failing(story, cell, requirement);
    else
        add_answers(story, cell, assessment_because(story->assessment, requirement));
    for (guint i = 0; i < cell->n_words; i++)
        g_string_append_printf(text, "%s%s", i ? "\n" : "", cell->words[i].text);
    return g_string_free(text, FALSE);
}

/* ---- the blockers of the next level ---- */

static void add_blocker(const Story *story, Listing *table, guint place, int requirement)
{
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
    Status status = story->assessment->status[requirement];
    g_autofree char *number = g_strdup_printf("%u", place);
    g_autofree char *title = story_title(story, &it->title, it->id);
    g_autofree char *clause = story_clause(story, requirement);
    g_autofree char *anchor = story_anchor(story, "requirement", it->id);
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    row_text(row, ROLE_CELL_STRONG, number);
    cell = row_cell(row, NO_MARK, anchor);
    cell_words(cell, ROLE_CELL_STRONG, title);
    cell_words(cell, ROLE_SMALL, clause);
    cell = row_cell(row, mark_of(status), NULL);
    cell_words(cell, ROLE_TAG, story_status(story, status));
    cell = row_cell(row, NO_MARK, NULL);
    add_failing(story, cell, requirement);
}

static void add_blockers(Story *story)
{
    const GArray *blockers = story->assessment->blockers;
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_number"), 0.35, ALIGN_RIGHT);
    listing_column(table, story_word(story, "column_needed"), 2.5, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_status"), 1.0, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_answered"), 2.6, ALIGN_LEFT);
    for (guint i = 0; i < blockers->len; i++)
        add_blocker(story, table, i + 1, g_array_index(blockers, int, i));
    blocks_table(story->blocks, table);
}

static void add_decisive(Story *story)
{
    const GArray *decisive = story->assessment->decisive;
    g_autofree char *number = story_number(story, decisive->len);
    g_autofree char *title = story_count(story, "decisive", decisive->len, NULL);
    Listing *table;

    if (decisive->len == 0)
        return;
    table = listing_new();
    listing_column(table, story_word(story, "column_number"), 0.35, ALIGN_RIGHT);
    listing_column(table, story_word(story, "column_question"), 3.6, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence_asked"), 2.5, ALIGN_LEFT);
    for (guint i = 0; i < decisive->len; i++) {
        int question = g_array_index(decisive, int, i);
        g_autofree char *place = g_strdup_printf("%u", i + 1);
        g_autofree char *asked = story_question(story, question);
        g_autofree char *evidence =
            story_own(story, &RUBRIC_QUESTION(story->rubric, question)->evidence);
        Row *row = listing_row(table, NULL);

        row_text(row, ROLE_CELL, place);
        row_text(row, ROLE_CELL, asked);
        row_text(row, ROLE_SMALL, evidence ? evidence : story_word(story, "nothing"));
    }
    blocks_heading(story->blocks, 1, title, NULL);
    blocks_intro(story->blocks, ROLE_BODY, story_word(story, "decisive_text"));
    blocks_table(story->blocks, table);
}

void story_blockers(Story *story)
{
    int next = assessment_next_level(story->assessment);
    g_autofree char *level = story_level(story, next);
    g_autofree char *title = STORY_FILL(story, "heading_blockers", "level", level);

    if (story->assessment->blockers->len > 0) {
        blocks_heading(story->blocks, 0, title, NULL);
        blocks_intro(story->blocks, ROLE_BODY, story_word(story, "blockers_text"));
        add_blockers(story);
    }
    add_decisive(story);
}

/* ---- every requirement, level by level ---- */

static void add_labelled(const Story *story, ListingCell *cell, const char *key, const char *text)
{
    g_autofree char *line = text ? STORY_FILL(story, key, "text", text) : NULL;

    cell_words(cell, ROLE_NOTE, line);
}

/* Advice that is not followed holds nothing back and must not look as if it did. */
static gboolean is_open_advice(const Story *story, int requirement)
{
    return RUBRIC_REQUIREMENT(story->rubric, requirement)->kind == KIND_ADVICE &&
           story->assessment->status[requirement] == STATUS_UNMET;
}

const char *story_requirement_status(const Story *story, int requirement)
{
    return is_open_advice(story, requirement)
               ? story_word(story, "advice_unmet")
               : story_status(story, story->assessment->status[requirement]);
}

static void add_status(const Story *story, Row *row, int requirement)
{
    Status status = is_open_advice(story, requirement) ? STATUS_NOT_APPLICABLE
                                                       : story->assessment->status[requirement];
    ListingCell *cell = row_cell(row, mark_of(status), NULL);

    cell_words(cell, ROLE_TAG, story_requirement_status(story, requirement));
}

static void add_requirement(const Story *story, Listing *table, int requirement)
{
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
    Status status = story->assessment->status[requirement];
    const char *waiver = story->answers->waivers[requirement];
    g_autofree char *title = story_title(story, &it->title, it->id);
    g_autofree char *note = story_own(story, &it->note);
    g_autofree char *reason = waiver ? story_show(waiver, STORY_TEXT_LIMIT) : NULL;
    g_autofree char *clause = story_clause(story, requirement);
    g_autofree char *anchor = story_anchor(story, "requirement", it->id);
    Row *row = listing_row(table, anchor);
    ListingCell *cell;

    row->requirement = requirement;
    add_status(story, row, requirement);
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_CELL_STRONG, title);
    add_answers(story, cell, assessment_because(story->assessment, requirement));
    if (status == STATUS_WAIVED)
        add_labelled(story, cell, "waived_because", reason);
    add_labelled(story, cell, "note", note);
    row_text(row, ROLE_SMALL,
             wording_get(story->wording, "kind", requirement_kind_name(it->kind), story->language));
    row_text(row, ROLE_SMALL, clause);
}

static void add_origin(const Story *story, Listing *table, int level, Origin origin)
{
    gboolean opened = FALSE;

    for (int i = 0; i < (int)story->rubric->requirements->len; i++) {
        const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, i);

        if (it->level != level || it->origin != origin)
            continue;
        if (!opened)
            listing_band(table, wording_get(story->wording, "origin_band", origin_name(origin),
                                            story->language));
        opened = TRUE;
        add_requirement(story, table, i);
    }
}

static void add_level(Story *story, int level)
{
    LevelStatus status = story->assessment->levels[level];
    g_autofree char *name = story_level(story, level);
    const char *state =
        wording_get(story->wording, "level_status", level_status_name(status), story->language);
    g_autofree char *title = STORY_FILL(story, "level_heading", "level", name, "state", state);
    g_autofree char *note = story_own(story, &RUBRIC_LEVEL(story->rubric, level)->note);
    g_autofree char *anchor = story_anchor(story, "level", RUBRIC_LEVEL(story->rubric, level)->id);
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_status"), 1.1, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_requirement"), 4.1, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_kind"), 0.9, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_origin"), 1.7, ALIGN_LEFT);
    add_origin(story, table, level, ORIGIN_OFFICIAL);
    add_origin(story, table, level, ORIGIN_HOUSE);
    if (table->rows->len == 0) {
        listing_free(table);
        return;
    }
    blocks_heading(story->blocks, 1, title, anchor);
    if (note)
        blocks_intro(story->blocks, ROLE_NOTE, note);
    blocks_table(story->blocks, table);
}

void story_levels(Story *story)
{
    if (story->rubric->requirements->len == 0)
        return;
    blocks_heading(story->blocks, 0, story_word(story, "heading_levels"), NULL);
    blocks_intro(story->blocks, ROLE_BODY, story_word(story, "levels_text"));
    for (int level = 0; level < (int)story->rubric->levels->len; level++)
        add_level(story, level);
}
