#include "report/workbook_sheets.h"

#include <string.h>

/* ---- requirements ---- */

static void add_origin(Page *page, const Requirement *it)
{
    const Story *story = page->story;
    const char *clause = localized_in(&it->clause, story->language);

    page_text(page,
              wording_get(story->wording, "origin", origin_name(it->origin), story->language));
    page_own(page, clause ? story_show(clause, 0) : NULL);
}

static void add_requirement(Page *page, int requirement)
{
    const Story *story = page->story;
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
    const char *waiver = story->assessment->status[requirement] == STATUS_WAIVED
                             ? story->answers->waivers[requirement]
                             : NULL;

    page_own(page, story_level(story, it->level));
    page_text(page, story_requirement_status(story, requirement));
    add_origin(page, it);
    page_text(page, wording_get(story->wording, "kind", requirement_kind_name(it->kind),
                                story->language));
    page_own(page, story_title(story, &it->title, it->id));
    page_own(page, story_because(story, requirement, FALSE));
    page_own(page, waiver ? story_show(waiver, 0) : NULL);
    page_own(page, story_own(story, &it->note));
    page_text(page, it->id);
    page_next(page);
}

void workbook_requirements(Xlsx *xlsx, const Story *story)
{
    static const PageColumn COLUMNS[] = {
        { "column_level", 14 },   { "column_status", 14 }, { "column_origin", 12 },
        { "column_clause", 14 },  { "column_kind", 12 },   { "column_title", 46 },
        { "column_because", 60 }, { "column_waiver", 24 }, { "column_note", 40 },
        { "column_id", 24 },
    };
    Page page;

    page_open(&page, xlsx, story, "sheet_requirements");
    page_head(&page, COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (int level = 0; level < (int)story->rubric->levels->len; level++)
        for (int i = 0; i < (int)story->rubric->requirements->len; i++)
            if (RUBRIC_REQUIREMENT(story->rubric, i)->level == level)
                add_requirement(&page, i);
    page_colour(&page, 1, 1);
    page_filter(&page, G_N_ELEMENTS(COLUMNS));
    page_print(&page, TRUE);
}

/* ---- scenes ---- */

static void add_scene(Page *page, int scenes, guint number, int question)
{
    const Story *story = page->story;
    const Question *it = RUBRIC_QUESTION(story->rubric, question);
    const Answer *answer = &story->answers->of[question];
    int link = story_scene_link(story, scenes, question);
    const Group *part = link == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, link);

    page_count(page, number);
    page_own(page, part ? story_title(story, &part->title, part->id)
                        : g_strdup(page_caption(page, "scenes_other")));
    page_own(page, story_question(story, question));
    page_own(page, story_scene_state(story, question));
    if (answer->state == ANSWER_ANSWERED)
        page_count(page, answer->low);
    else
        page_blank(page, &page->plain);
    page_count(page, it->options->len - 1);
    page_own(page, answer->evidence ? story_show(answer->evidence, 0) : NULL);
    page_text(page, it->id);
    page_next(page);
}

void workbook_scenes(Xlsx *xlsx, const Story *story)
{
    static const PageColumn COLUMNS[] = {
        { "column_number", 8 },    { "column_link", 26 }, { "column_scene", 46 },
        { "column_state", 22 },    { "column_step", 10 }, { "column_steps", 10 },
        { "column_evidence", 36 }, { "column_id", 18 },
    };
    int scenes = story_scenes(story);
    const GArray *questions;
    Page page;

    if (scenes == NOWHERE)
        return;
    questions = RUBRIC_GROUP(story->rubric, scenes)->questions;
    page_open(&page, xlsx, story, "sheet_scenes");
    page_head(&page, COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < questions->len; i++)
        add_scene(&page, scenes, i + 1, g_array_index(questions, int, i));
    page_colour(&page, 3, 1);
    page_filter(&page, G_N_ELEMENTS(COLUMNS));
    page_print(&page, TRUE);
}

/* ---- answers and indicators ---- */

/* Numbers as numbers, dates as dates, everything else in words. */
static void add_answer(Page *page, int question)
{
    const Story *story = page->story;
    const Answer *answer = &story->answers->of[question];
    QuestionType type = RUBRIC_QUESTION(story->rubric, question)->type;
    gboolean is_number = type == QUESTION_NUMBER || type == QUESTION_PERCENT;
    g_autofree char *decimal = NULL;

    if (answer->state != ANSWER_ANSWERED || (!is_number && type != QUESTION_DATE)) {
        page_own(page, story_answer(story, question));
        return;
    }
    decimal = is_number ? answer_value(story->answers, question) : NULL;
    if (is_number)
        xlsx_decimal(page->xlsx, page->row, page->column++, decimal, 0, type == QUESTION_PERCENT,
                     &page->plain);
    else
        xlsx_day(page->xlsx, page->row, page->column++, answer->from, &page->plain);
}

/* The rank among the blanks that decide, which count from 1; 0 for none. */
static guint rank_of(const Story *story, int question)
{
    const GArray *decisive = story->assessment->decisive;

    for (guint i = 0; i < decisive->len; i++)
        if (g_array_index(decisive, int, i) == question)
            return i + 1;
    return 0;
}

static void add_shown(Page *page, const char *text)
{
    page_own(page, text ? story_show(text, 0) : NULL);
}

static void add_question(Page *page, int question)
{
    const Story *story = page->story;
    const Question *it = RUBRIC_QUESTION(story->rubric, question);
    const Answer *answer = &story->answers->of[question];
    const Dimension *dimension =
        it->dimension == NOWHERE ? NULL : RUBRIC_DIMENSION(story->rubric, it->dimension);
    guint rank = rank_of(story, question);
    Points score =
        points_part(it->is_field ? (Score){ 0 } : story->assessment->question_scores[question]);

    page_own(page, it->is_field ? g_strdup(page_caption(page, "band_fields"))
                   : dimension  ? story_title(story, &dimension->title, dimension->id)
                                : NULL);
    page_own(page, story_question(story, question));
    add_answer(page, question);
    page_own(page, story_own(story, &it->unit));
    page_text(page, wording_get(story->wording, "states", answer_state_name(answer->state),
                                story->language));
    page_score(page, &score);
    if (rank > 0)
        page_count(page, rank);
    else
        page_blank(page, &page->plain);
    add_shown(page, answer->evidence);
    page_text(page, answer->confidence ? wording_get(story->wording, "confidence",
                                                     answer->confidence, story->language)
                                       : NULL);
    add_shown(page, answer->owner);
    add_shown(page, answer->note);
    page_text(page, it->id);
    page_next(page);
}

void workbook_answers(Xlsx *xlsx, const Story *story)
{
    static const PageColumn COLUMNS[] = {
        { "column_dimension", 22 },  { "column_question", 50 }, { "column_answer", 30 },
        { "column_unit", 10 },       { "column_state", 16 },    { "column_low", 11 },
        { "column_high", 11 },       { "column_decides", 12 },  { "column_evidence", 36 },
        { "column_confidence", 12 }, { "column_own", 16 },      { "column_remark", 30 },
        { "column_id", 24 },
    };
    guint all = story->rubric->questions->len, questions = story->rubric->n_questions;
    Page page;

    page_open(&page, xlsx, story, "sheet_answers");
    page_head(&page, COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < all; i++) /* fields first, which stand behind the questions */
        add_question(&page, (int)((i + questions) % all));
    page_colour(&page, 4, 1);
    page_filter(&page, G_N_ELEMENTS(COLUMNS));
    page_print(&page, TRUE);
}

static void add_indicator(Page *page, char **peers, int question)
{
    const Story *story = page->story;
    const Question *it = RUBRIC_QUESTION(story->rubric, question);
    g_autofree char *section = g_strconcat("reference ", it->id, NULL);

    page_own(page, story_question(story, question));
    add_answer(page, question);
    page_own(page, story_own(story, &it->unit));
    for (char **peer = peers; *peer; peer++)
        page_text(page, wording_has(story->wording, section, *peer)
                            ? wording_get(story->wording, section, *peer, story->language)
                            : NULL);
    page_own(page, story_own(story, &it->note));
    page_text(page, it->id);
    page_next(page);
}

/* Captions of the columns of peers stand in the template's section "[references]". */
static void add_indicator_heads(Page *page, char **peers)
{
    static const PageColumn FIRST[] = { { "column_indicator", 50 },
                                        { "column_factory", 16 },
                                        { "column_unit", 12 } };
    const Story *story = page->story;
    guint column = G_N_ELEMENTS(FIRST);

    page_head(page, FIRST, column);
    for (char **peer = peers; *peer; peer++, column++) {
        xlsx_text(page->xlsx, 0, column,
                  wording_get(story->wording, "references", g_strstrip(*peer), story->language),
                  &page->head);
        xlsx_width(page->xlsx, column, 18);
    }
    xlsx_text(page->xlsx, 0, column, page_caption(page, "column_note"), &page->head);
    xlsx_width(page->xlsx, column, 50);
    xlsx_text(page->xlsx, 0, column + 1, page_caption(page, "column_id"), &page->head);
    xlsx_width(page->xlsx, column + 1, 28);
}

void workbook_indicators(Xlsx *xlsx, const Story *story)
{
    g_auto(GStrv) peers =
        g_strsplit(wording_get(story->wording, "references", "columns", NULL), ",", -1);
    int group = story_indicator_group(story);
    const GArray *questions;
    Page page;

    if (group == NOWHERE)
        return;
    questions = RUBRIC_GROUP(story->rubric, group)->questions;
    page_open(&page, xlsx, story, "sheet_indicators");
    add_indicator_heads(&page, peers);
    for (guint i = 0; i < questions->len; i++)
        add_indicator(&page, peers, g_array_index(questions, int, i));
    page_filter(&page, 5 + g_strv_length(peers));
    page_next(&page);
    page_text(&page, wording_get(story->wording, "references", "source", story->language));
    page_print(&page, TRUE);
}

/* ---- gaps ---- */

/* What the questions to be mended ask for as evidence, a line each. Free with g_free(). */
static char *evidence_asked(const Story *story, int requirement)
{
    g_autoptr(GArray) failing = story_failing(story, requirement);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < failing->len && i < STORY_ANSWERS_LIMIT; i++) {
        const Question *it = RUBRIC_QUESTION(story->rubric, g_array_index(failing, int, i));
        g_autofree char *asked = story_own(story, &it->evidence);

        if (asked && !strstr(text->str, asked))
            g_string_append_printf(text, "%s%s", text->len ? "\n" : "", asked);
    }
    return g_string_free(text, FALSE);
}

static void add_gap(Page *page, guint number, int requirement)
{
    const Story *story = page->story;
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);
    XlsxLook due = page->open;

    due.typed = FALSE;
    due.numbers = "yyyy-mm-dd";
    page_count(page, number);
    page_own(page, story_level(story, it->level));
    page_text(page, story_requirement_status(story, requirement));
    page_own(page, story_title(story, &it->title, it->id));
    add_origin(page, it);
    page_own(page, story_because(story, requirement, TRUE));
    page_own(page, evidence_asked(story, requirement));
    page_blank(page, &page->open);
    page_blank(page, &page->open);
    page_blank(page, &due);
    page_text(page, it->id);
    page_next(page);
}

void workbook_gaps(Xlsx *xlsx, const Story *story)
{
    static const PageColumn COLUMNS[] = {
        { "column_number", 7 },  { "column_level", 14 },
        { "column_status", 14 }, { "column_title", 46 },
        { "column_origin", 12 }, { "column_clause", 14 },
        { "column_mend", 50 },   { "column_evidence_asked", 36 },
        { "column_action", 40 }, { "column_own", 18 },
        { "column_due", 14 },    { "column_id", 24 },
    };
    enum { DUE = 10 };
    const GArray *blockers = story->assessment->blockers;
    XlsxRule rule = { .kind = XLSX_DAY };
    Page page;

    page_open(&page, xlsx, story, "sheet_gaps");
    page_head(&page, COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < blockers->len; i++)
        add_gap(&page, i + 1, g_array_index(blockers, int, i));
    page_colour(&page, 2, 1);
    page_filter(&page, G_N_ELEMENTS(COLUMNS));
    rule.title = page_caption(&page, "due_title");
    rule.refusal = page_caption(&page, "due_check");
    if (blockers->len > 0)
        xlsx_rule(xlsx, (XlsxRange){ 1, DUE, blockers->len, DUE }, &rule);
    else
        page_own(&page, story_reason(story));
    page_print(&page, TRUE);
}
