/* story.h - an assessment told as blocks, in one language: which chapters a report has, in which
 * order, and what the template's words are filled with. Formats draw the result; nothing here knows
 * of pages. */
#pragma once

#include <glib.h>

#include "report/block.h"
#include "report/cover.h"
#include "report/ladder.h"
#include "report/radar.h"
#include "report/scene_grid.h"
#include "report/subject.h"
#include "report/tiles.h"
#include "report/template.h"
#include "scoring/assessment.h"
#include "scoring/points.h"

enum {
    STORY_TEXT_LIMIT = 400, /* characters shown of one text that a company wrote */
    STORY_ANSWERS_LIMIT =
        6, /* answers shown one by one under a requirement; more are counted by what they say */
    STORY_NAME_LIMIT = 400 /* characters shown of a company's name */
};

struct Story {
    const Assessment *assessment; /* NULL where there is a subject, and so are its answers */
    const Subject *subject;       /* NULL where there is an assessment */
    const Rubric *rubric;
    const Answers *answers;
    const Template *template;
    const Wording *wording; /* of the template */
    const char *language;
    GPtrArray *blocks;
    guint parts;       /* of an application, told so far */
    gboolean is_whole; /* texts that a company wrote are not shortened */
};

/* A part of a report that a template names: "summary". */
typedef struct {
    const char *name;
    void (*tell)(Story *story); /* NULL: of a cohort, which a higher floor tells */
    const char *help;
} Chapter;

/* All there are, ending with one without a name; the index of one, or -1. */
const Chapter *story_chapters(void);
int story_chapter(const char *name);

/* Nothing told yet. */
Story story_of(const Assessment *assessment, const Template *template, const char *language);
Story story_about(const Subject *subject, const Template *template, const char *language);
/* Tell all of it; its blocks, as blocks_new() gives them. Free with g_ptr_array_unref(). */
GPtrArray *story_tell(Story *story);
/* The chapters of the template, as blocks_new() gives them. Free with g_ptr_array_unref(). */
GPtrArray *story_blocks(const Assessment *assessment, const Template *template,
                        const char *language);

/* ---- words; what is not const is freed with g_free() ---- */

/* A text of the section "[words]", as it stands, and filled. */
const char *story_word(const Story *story, const char *key);
#define STORY_FILL(story, key, ...) \
    wording_fill((story)->wording, "words", (key), (story)->language, __VA_ARGS__, NULL)
/* As STORY_FILL() with {number}; for 1 the key with "_one" after it. The sentence begins with a
 * capital letter. */
char *story_count(const Story *story, const char *key, guint number, const char *level);
/* A text of the section "[page]" or "[cover]", for a page of the document, counted from 1. */
char *story_running(const Story *story, const char *key, guint page, guint pages);
char *story_on_cover(const Story *story, const char *key);
/* "two", "13". */
char *story_number(const Story *story, guint number);
/* Safe to show: visible, composed, at most `limit` characters (0: all). */
char *story_show(const char *text, guint limit);
/* A text of the rubric, safe to show; NULL if it has none. */
char *story_own(const Story *story, const Localized *text);
char *story_title(const Story *story, const Localized *title, const char *id);
char *story_level(const Story *story, int level);
/* "Advanced", "Advanced (possible: Excellent)". */
char *story_verdict(const Story *story, Verdict verdict);
const char *story_status(const Story *story, Status status);
/* "61.3%", "10–14 of 20 points", "2.37 of 5". */
char *story_score(const Story *story, const Points *points);
/* A part of one, in percent. */
char *story_part(const Story *story, Score score);
/* Both ends, or one end, of a score that exists as decimals alone, as story_score() shows them. */
char *story_bounds(const Story *story, const Points *points);
char *story_bound(const Story *story, const Points *points, gboolean high);
char *story_company(const Story *story);
char *story_question(const Story *story, int question);
/* What was answered, or the word for blank, not applicable with its reason, ... */
char *story_answer(const Story *story, int question);
/* Both in one line: "Maturity level: Level 3"; "Is it built? yes". */
char *story_question_answered(const Story *story, int question);
/* The date of the assessment, as GDate counts days, and as text. */
gint32 story_day(const Story *story);
char *story_date(const Story *story);
/* Why the next level is not held, in a sentence or two. */
char *story_reason(const Story *story);
/* Questions with an answer in this state. */
guint story_questions_in(const Story *story, AnswerState state);
/* The status of a requirement in words; advice that is not followed holds nothing back and has a
 * word of its own. */
const char *story_requirement_status(const Story *story, int requirement);
/* Where a requirement comes from: "Official, I.5". */
char *story_clause(const Story *story, int requirement);
/* Whether any dimension has a requirement of its own. */
gboolean story_has_matrix(const Story *story);
/* Add the levels as steps with what they say. */
void story_standing_figure(Story *story);
/* What a requirement rests on, a line each; `failing`: only what is to be mended. */
char *story_because(const Story *story, int requirement, gboolean failing);
/* The questions of a requirement that is not met under conditions that do not hold: of int. Free
 * with g_array_unref(). */
GArray *story_failing(const Story *story, int requirement);
/* Where a finding is, and its message or hint in the report's language. */
char *story_place(const Story *story, const Finding *finding);
char *story_said(const Story *story, const char *message);
/* Add how many texts of answers are longer than what is shown of one; nothing if none is. */
void story_tell_shortened(Story *story);
/* Who answers for the report; NULL if nobody is named. */
char *story_author(const Story *story);
/* Name of an anchor of this language. */
char *story_anchor(const Story *story, const char *kind, const char *id);

/* Statuses of a level's own binding requirements of a dimension (NOWHERE: of all): how many, how
 * many are met or waived, the worst one. FALSE if there are none. `first` gets one with the worst
 * status. */
typedef struct {
    guint all, met;
    Status worst;
    int first;
} Standing;
gboolean story_standing(const Story *story, int dimension, int level, Standing *standing);
/* The group that the template shows as scenes, if it is answered on one scale; or NOWHERE. */
int story_scenes(const Story *story);
/* The link of the chain that a scene belongs to, a group; NOWHERE if none. */
int story_scene_link(const Story *story, int scenes, int question);
char *story_scene_state(const Story *story, int question);
/* How many scenes are at each option, in words. */
char *story_scene_tally(const Story *story, int scenes);
/* The group that the template shows beside the figures of peers; NOWHERE if none. */
int story_indicator_group(const Story *story);

/* ---- figures: each is taken, and added with what it shows in words ---- */

void story_add_cover(Story *story, Cover *cover);
void story_add_masthead(Story *story, Cover *cover);
void story_add_ladder(Story *story, Ladder *ladder);
void story_add_tiles(Story *story, Tiles *tiles);
void story_add_radar(Story *story, Radar *radar);
void story_add_scenes(Story *story, SceneGrid *grid);

/* ---- chapters ---- */

void story_cover(Story *story);
void story_summary(Story *story);
void story_dimensions(Story *story);
void story_benchmark(Story *story);
void story_blockers(Story *story);
void story_levels(Story *story);
void story_scene_grids(Story *story);
void story_indicators(Story *story);
void story_findings(Story *story);
void story_all_answers(Story *story);
void story_method(Story *story);
void story_provenance(Story *story);
void story_source(Story *story);
void story_masthead(Story *story);
void story_ladder(Story *story);
void story_key_figures(Story *story);
void story_scores(Story *story);
void story_obstacles(Story *story);
void story_heat_map(Story *story);
void story_next_steps(Story *story);
void story_action_plan(Story *story);
void story_applicant(Story *story);
void story_factory(Story *story);
void story_scene_construction(Story *story);
void story_outcomes(Story *story);
void story_evidence_register(Story *story);
void story_disclosure_register(Story *story);
void story_checklist(Story *story);
void story_commitment(Story *story);
void story_page_break(Story *story);
