#include "report/story.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"

static const Chapter chapters[] = {
    { "cover", story_cover, "a page with who was assessed against what, and the verdict" },
    { "summary", story_summary, "the verdict: the levels as steps, what blocks, key figures" },
    { "dimensions", story_dimensions, "scores of the dimensions, their requirements by level" },
    { "benchmark", story_benchmark,
      "the place among the companies of a cohort; nothing without --benchmark" },
    { "blockers", story_blockers, "what stands before the next level; which blanks decide" },
    { "levels", story_levels, "every requirement, level by level" },
    { "scenes", story_scene_grids, "the scenes in their links" },
    { "indicators", story_indicators, "indicators beside the figures of peers" },
    { "findings", story_findings, "what was found in the input" },
    { "answers", story_all_answers, "all answers with their evidence" },
    { "method", story_method, "how it was graded and what was not verified" },
    { "provenance", story_provenance,
      "program, rubric, answers and template with their SHA-256, date" },
    { "source", story_source, "the same in a few lines" },
    { "masthead", story_masthead, "the cover in short, as the head of a first page" },
    { "ladder", story_ladder, "the levels as steps" },
    { "key_figures", story_key_figures, "score, blockers, answers as large numbers" },
    { "obstacles", story_obstacles, "the first few of what stands before the next level" },
    { "scores", story_scores, "scores of the dimensions, the figure alone" },
    { "heat_map", story_heat_map, "dimensions against levels" },
    { "next_steps", story_next_steps,
      "the first few things to do, with owner and date to fill in" },
    { "action_plan", story_action_plan, "all things to do, with owner and date to fill in" },
    { "applicant", story_applicant, "application: who applies" },
    { "factory", story_factory, "application: the factory, and what is in place" },
    { "scene_construction", story_scene_construction,
      "application: scenes as a whole, each by its name, their integration" },
    { "outcomes", story_outcomes, "application: features, effects, follow-up plan" },
    { "evidence_register", story_evidence_register,
      "what proves each answer, and what is missing" },
    { "disclosure_register", story_disclosure_register,
      "evidence by the harm that a leak would do" },
    { "checklist", story_checklist, "what is still to be done before it is handed over" },
    { "commitment", story_commitment,
      "promises of the applicant, places for seals and signatures" },
    { "page_break", story_page_break, "what follows begins a page" },
    { "cohort_cover", NULL, "of a cohort: a page with how many companies, and their levels" },
    { "cohort_levels", NULL, "of a cohort: how many hold and could hold each level" },
    { "cohort_groups", NULL, "of a cohort: levels by industry, province and other fields" },
    { "cohort_scores", NULL, "of a cohort: how the scores are distributed, also by dimension" },
    { "cohort_blockers", NULL, "of a cohort: what stands before the next level of most companies" },
    { "cohort_scenes", NULL, "of a cohort: how far each scene is built" },
    { "cohort_blanks", NULL, "of a cohort: blanks that decide most" },
    { "cohort_indicators", NULL, "of a cohort: how the indicators are distributed" },
    { "cohort_suspicion", NULL, "of a cohort: answers to look at again" },
    { "cohort_rejected", NULL, "of a cohort: rows that were not graded, by reason" },
    { "cohort_method", NULL, "of a cohort: how it was counted, and where it comes from" },
    { NULL, NULL, NULL },
};

const Chapter *story_chapters(void)
{
    return chapters;
}

int story_chapter(const char *name)
{
    for (int i = 0; chapters[i].name; i++)
        if (strcmp(chapters[i].name, name) == 0)
            return i;
    return -1;
}

Story story_of(const Assessment *assessment, const Template *template, const char *language)
{
    return (Story){ .assessment = assessment,
                    .rubric = assessment->plan->rubric,
                    .answers = assessment->answers,
                    .template = template,
                    .wording = template->wording,
                    .language = language };
}

Story story_about(const Subject *subject, const Template *template, const char *language)
{
    return (Story){ .subject = subject,
                    .rubric = subject->rubric,
                    .template = template,
                    .wording = template->wording,
                    .language = language };
}

GPtrArray *story_tell(Story *story)
{
    const GArray *named = story->template->chapters;

    story->blocks = blocks_new();
    if (story->subject)
        story->subject->tell(story, story->subject->data);
    for (guint i = 0; !story->subject && i < named->len; i++)
        if (chapters[g_array_index(named, guint, i)].tell)
            chapters[g_array_index(named, guint, i)].tell(story);
    return story->blocks;
}

GPtrArray *story_blocks(const Assessment *assessment, const Template *template,
                        const char *language)
{
    Story story = story_of(assessment, template, language);

    return story_tell(&story);
}

const char *story_word(const Story *story, const char *key)
{
    return wording_get(story->wording, "words", key, story->language);
}

/* A text that any template may fill with who, what and when. */
static char *fill_about(const Story *story, const char *section, const char *key, guint page,
                        guint pages)
{
    g_autofree char *company = story_company(story);
    g_autofree char *rubric = story_title(story, &story->rubric->title, story->rubric->id);
    g_autofree char *date = story_date(story);
    g_autofree char *author = story_author(story);
    g_autofree char *number = g_strdup_printf("%u", page);
    g_autofree char *total = g_strdup_printf("%u", pages);

    if (!wording_has(story->wording, section, key))
        return g_strdup("");
    return wording_fill(story->wording, section, key, story->language, "company", company, "rubric",
                        rubric, "edition", story->rubric->edition, "date", date, "author",
                        author ? author : "", "page", number, "pages", total, NULL);
}

char *story_running(const Story *story, const char *key, guint page, guint pages)
{
    return fill_about(story, "page", key, page, pages);
}

char *story_on_cover(const Story *story, const char *key)
{
    return fill_about(story, "cover", key, 1, 1);
}

static char *capitalised(const char *text)
{
    char first[6] = "";

    g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(text)), first);
    return *text ? g_strconcat(first, g_utf8_next_char(text), NULL) : g_strdup("");
}

char *story_count(const Story *story, const char *key, guint number, const char *level)
{
    g_autofree char *one = g_strconcat(key, "_one", NULL);
    g_autofree char *words = story_number(story, number);
    g_autofree char *text =
        STORY_FILL(story, number == 1 && wording_has(story->wording, "words", one) ? one : key,
                   "number", words, "level", level ? level : "");

    return capitalised(text);
}

char *story_number(const Story *story, guint number)
{
    g_autofree char *digits = g_strdup_printf("%u", number);

    return g_strdup(wording_get(story->wording, "numbers", digits, story->language));
}

char *story_show(const char *text, guint limit)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *visible = text_written(valid);
    char *shown = text_composed(visible);

    g_strstrip(shown);
    if (limit > 0 && g_utf8_strlen(shown, -1) > (glong)limit) {
        g_autofree char *whole = shown;

        *g_utf8_offset_to_pointer(whole, (glong)limit) = '\0';
        shown = g_strconcat(g_strchomp(whole), "...", NULL);
    }
    return shown;
}

char *story_own(const Story *story, const Localized *text)
{
    const char *own = localized_in(text, story->language);

    return own ? story_show(own, 0) : NULL;
}

char *story_title(const Story *story, const Localized *title, const char *id)
{
    return story_show(localized_or(title, story->language, id), 0);
}

char *story_level(const Story *story, int level)
{
    if (level == NOWHERE)
        return g_strdup(story_word(story, "none"));
    return story_title(story, &RUBRIC_LEVEL(story->rubric, level)->title,
                       RUBRIC_LEVEL(story->rubric, level)->id);
}

char *story_verdict(const Story *story, Verdict verdict)
{
    g_autofree char *level = story_level(story, verdict.level);
    g_autofree char *possible = story_level(story, verdict.level_possible);

    if (verdict.level == verdict.level_possible)
        return g_steal_pointer(&level);
    return STORY_FILL(story, "level_pair", "level", level, "possible", possible);
}

const char *story_status(const Story *story, Status status)
{
    return wording_get(story->wording, "status", status_name(status), story->language);
}

char *story_bound(const Story *story, const Points *points, gboolean high)
{
    return points_text(points, story->assessment->plan, high);
}

char *story_bounds(const Story *story, const Points *points)
{
    g_autofree char *low = story_bound(story, points, FALSE);
    g_autofree char *high = story_bound(story, points, TRUE);

    if (points_are_certain(points))
        return g_steal_pointer(&low);
    return STORY_FILL(story, "plain_range", "low", low, "high", high);
}

/* What a score is measured in: the key of its word. */
static const char *score_key(const Story *story, const Points *points)
{
    if (points->is_part)
        return "percent";
    return story->rubric->score == SCORE_SUM ? "points_of" : "climb_of";
}

char *story_score(const Story *story, const Points *points)
{
    g_autofree char *best = rational_format(points->best, 2, ROUND_HALF_UP);
    g_autofree char *value = NULL;

    if (!points->score.exists)
        return g_strdup(story_word(story, "no_score"));
    value = story_bounds(story, points);
    return STORY_FILL(story, score_key(story, points), "value", value, "best", best);
}

char *story_part(const Story *story, Score score)
{
    Points part = points_part(score);

    return story_score(story, &part);
}

char *story_company(const Story *story)
{
    const char *company = story->answers ? answers_company(story->answers) : NULL;
    g_autofree char *shown = story->subject ? story->subject->name(story, story->subject->data)
                             : company      ? story_show(company, STORY_NAME_LIMIT)
                                            : NULL;

    return shown && *shown ? g_steal_pointer(&shown) : g_strdup(story_word(story, "no_company"));
}

char *story_question(const Story *story, int question)
{
    const Question *asked = RUBRIC_QUESTION(story->rubric, question);

    return story_title(story, &asked->ask, asked->id);
}

/* The answer to a yes-or-no question whose options have no titles of their own; NULL for others. */
static const char *yes_or_no(const Story *story, int question)
{
    const Question *asked = RUBRIC_QUESTION(story->rubric, question);
    const Answer *answer = &story->answers->of[question];

    if (asked->type != QUESTION_YESNO || answer->state != ANSWER_ANSWERED ||
        answer->low != answer->high ||
        localized_is_set(&QUESTION_OPTION(asked, answer->low)->title))
        return NULL;
    return story_word(story, answer->low ? "yes" : "no");
}

char *story_answer(const Story *story, int question)
{
    const Answer *answer = &story->answers->of[question];
    const char *state =
        wording_get(story->wording, "states", answer_state_name(answer->state), story->language);
    const char *plain = yes_or_no(story, question);
    g_autofree char *words =
        plain ? g_strdup(plain) : answer_words(story->answers, question, story->language);
    g_autofree char *shown =
        words ? story_show(words, story->is_whole ? 0 : STORY_TEXT_LIMIT) : NULL;

    if (!shown || !*shown || answer->state == ANSWER_BLANK || answer->state == ANSWER_SKIPPED)
        return answer->state == ANSWER_ANSWERED ? g_strdup(story_word(story, "nothing"))
                                                : g_strdup(state);
    if (answer->state == ANSWER_ANSWERED)
        return g_steal_pointer(&shown);
    return STORY_FILL(story, "answer_state", "state", state, "answer", shown);
}

char *story_question_answered(const Story *story, int question)
{
    g_autofree char *asked = story_question(story, question);
    g_autofree char *answer = story_answer(story, question);
    gboolean asks = g_str_has_suffix(asked, "?") || g_str_has_suffix(asked, "\uff1f");

    return STORY_FILL(story, asks ? "answer_to_question" : "answer", "question", asked, "answer",
                      answer);
}

gint32 story_day(const Story *story)
{
    return story->subject ? story->subject->date : story->assessment->date;
}

char *story_date(const Story *story)
{
    return date_text(story_day(story));
}

char *story_author(const Story *story)
{
    const char *field = wording_get(story->wording, "page", "author_field", NULL);
    const char *author = story->answers ? answers_field(story->answers, field) : NULL;

    for (guint i = 0; story->answers && !author && i < story->answers->sources->len; i++)
        author = g_array_index(story->answers->sources, Source, i).assessor;
    return author && *author ? story_show(author, STORY_NAME_LIMIT) : NULL;
}

char *story_anchor(const Story *story, const char *kind, const char *id)
{
    return g_strdup_printf("%s.%s.%s", story->language, kind, id);
}

static int root_of(const Rubric *rubric, int dimension)
{
    while (dimension != NOWHERE && RUBRIC_DIMENSION(rubric, dimension)->parent != NOWHERE)
        dimension = RUBRIC_DIMENSION(rubric, dimension)->parent;
    return dimension;
}

/* Root of the dimension that all questions of a requirement lie in; NOWHERE if they lie in several
 * or none. */
static int common_root(const Story *story, int requirement)
{
    const GArray *because = assessment_because(story->assessment, requirement);
    int common = NOWHERE;

    for (guint i = 0; i < because->len; i++) {
        int question = g_array_index(because, int, i);
        int root = root_of(story->rubric, RUBRIC_QUESTION(story->rubric, question)->dimension);

        if (root == NOWHERE || (i > 0 && root != common))
            return NOWHERE;
        common = root;
    }
    return common;
}

static gboolean is_counted(const Story *story, int requirement, int dimension, int level)
{
    const Requirement *it = RUBRIC_REQUIREMENT(story->rubric, requirement);

    return it->level == level && PLAN_CONDITION(story->assessment->plan, requirement)->binds &&
           (dimension == NOWHERE || common_root(story, requirement) == dimension);
}

gboolean story_standing(const Story *story, int dimension, int level, Standing *standing)
{
    static const guint BADNESS[] = { [STATUS_NOT_APPLICABLE] = 0,
                                     [STATUS_MET] = 1,
                                     [STATUS_WAIVED] = 2,
                                     [STATUS_UNKNOWN] = 3,
                                     [STATUS_UNMET] = 4 };

    *standing = (Standing){ 0, 0, STATUS_NOT_APPLICABLE, NOWHERE };
    for (int i = 0; i < (int)story->rubric->requirements->len; i++) {
        Status status = story->assessment->status[i];

        if (!is_counted(story, i, dimension, level))
            continue;
        standing->all += status != STATUS_NOT_APPLICABLE;
        standing->met += status == STATUS_MET || status == STATUS_WAIVED;
        if (standing->first == NOWHERE || BADNESS[status] > BADNESS[standing->worst]) {
            standing->worst = status;
            standing->first = i;
        }
    }
    return standing->first != NOWHERE;
}

/* All questions of the group are answered on one scale of options. */
static gboolean is_on_one_scale(const Rubric *rubric, const Group *group)
{
    int scale = NOWHERE;

    for (guint i = 0; i < group->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, g_array_index(group->questions, int, i));

        if (question->type != QUESTION_CHOICE || question->scale == NOWHERE ||
            (i > 0 && question->scale != scale))
            return FALSE;
        scale = question->scale;
    }
    return group->questions->len > 0;
}

int story_scenes(const Story *story)
{
    const char *named = wording_get(story->wording, "charts", "scenes", NULL);
    int group;

    if (rubric_find(story->rubric, named, &group) == NAME_GROUP &&
        is_on_one_scale(story->rubric, RUBRIC_GROUP(story->rubric, group)))
        return group;
    return NOWHERE;
}
