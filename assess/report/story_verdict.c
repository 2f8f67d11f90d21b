#include "report/story.h"

static guint blockers_with(const Story *story, Status status)
{
    const GArray *blockers = story->assessment->blockers;
    guint count = 0;

    for (guint i = 0; i < blockers->len; i++)
        count += story->assessment->status[g_array_index(blockers, int, i)] == status;
    return count;
}

/* One sentence: what stands between the factory and the next level. */
/* Whether all blockers are our own reading, so that the programme's text alone would not hold the
 * factory here. */
static gboolean is_house_alone(const Story *story)
{
    const GArray *blockers = story->assessment->blockers;

    for (guint i = 0; i < blockers->len; i++)
        if (RUBRIC_REQUIREMENT(story->rubric, g_array_index(blockers, int, i))->origin ==
            ORIGIN_OFFICIAL)
            return FALSE;
    return blockers->len > 0;
}

static char *count_blockers(const Story *story)
{
    guint unmet = blockers_with(story, STATUS_UNMET),
          unknown = blockers_with(story, STATUS_UNKNOWN);
    int next = assessment_next_level(story->assessment);
    g_autofree char *level = story_level(story, next);
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    if (next == NOWHERE)
        return g_strdup(story_word(story, "reason_top"));
    if (unmet == 0 && unknown == 0)
        return STORY_FILL(story, "reason_bare", "level", level);
    first = unmet ? story_count(story, "reason_unmet", unmet, level) : NULL;
    second = unknown ? story_count(story, unmet ? "reason_unknown_too" : "reason_unknown", unknown,
                                   level)
                     : NULL;
    if (first && second)
        return STORY_FILL(story, "two_sentences", "first", first, "second", second);
    return g_strdup(first ? first : second);
}

char *story_reason(const Story *story)
{
    g_autofree char *count = count_blockers(story);

    return is_house_alone(story) ? STORY_FILL(story, "two_sentences", "first", count, "second",
                                              story_word(story, "reason_house"))
                                 : g_steal_pointer(&count);
}

static void add_fact(Cover *cover, const char *label, char *value, MarkKind mark)
{
    for (guint i = 0; i < COVER_FACTS_LIMIT; i++)
        if (!cover->facts[i].label) {
            cover->facts[i] = (CoverFact){ g_strdup(label), value, { mark, 0, 0 } };
            return;
        }
    g_free(value);
}

static void add_facts(const Story *story, Cover *cover)
{
    const Assessment *assessment = story->assessment;
    gboolean open = assessment->verdict.level != assessment->verdict.level_possible;

    add_fact(cover, story_word(story, "level_possible"),
             open ? story_level(story, assessment->verdict.level_possible)
                  : g_strdup(story_word(story, "level_certain")),
             open ? MARK_UNKNOWN : MARK_NONE);
    if (rubric_of_origin(story->rubric, ORIGIN_OFFICIAL) > 0)
        add_fact(cover, story_word(story, "level_official"),
                 story_verdict(story, assessment->official), MARK_NONE);
    if (assessment->evidenced_reading)
        add_fact(cover, story_word(story, "level_evidenced"),
                 story_level(story, assessment->evidenced.level), MARK_NONE);
}

static void add_lines(const Story *story, Cover *cover)
{
    const Rubric *rubric = story->rubric;
    int profile = story->assessment->plan->profile;
    g_autofree char *document = story_own(story, &rubric->document);
    g_autofree char *date = story_date(story);
    g_autofree char *author = story_author(story);
    g_autofree char *notice = story_running(story, "confidential", 1, 1);
    guint n = 0;

    cover->lines[n++] = story_title(story, &rubric->title, rubric->id);
    cover->lines[n++] = STORY_FILL(story, "edition", "edition", rubric->edition, "id", rubric->id);
    if (document)
        cover->lines[n++] = g_steal_pointer(&document);
    if (profile != NOWHERE) {
        const Profile *it = RUBRIC_PROFILE(rubric, profile);
        g_autofree char *title = story_title(story, &it->title, it->id);

        cover->lines[n++] = STORY_FILL(story, "profile_line", "profile", title);
    }
    cover->foot[0] = STORY_FILL(story, "dated", "date", date);
    cover->foot[1] =
        author ? STORY_FILL(story, "authored", "author", author, "version", ASSESS_VERSION)
               : STORY_FILL(story, "authored_by_nobody", "version", ASSESS_VERSION);
    cover->foot[2] = *notice ? g_steal_pointer(&notice) : NULL;
}

static void fill_cover(const Story *story, Cover *cover)
{
    int held = story->assessment->verdict.level;
    g_autofree char *text = story_on_cover(story, "text");

    cover->logo = story->template->logo;
    cover->logo_height = story->template->logo_height;
    cover->text = *text ? g_steal_pointer(&text) : NULL;
    cover->kind = g_strdup(story_word(story, "report_title"));
    cover->company = story_company(story);
    cover->verdict_label = g_strdup(story_word(story, "level_held"));
    cover->verdict = story_level(story, held);
    cover->ladder = (Mark){ MARK_PIPS, (guint)(held + 1), story->rubric->levels->len };
    cover->reason = story_reason(story);
    add_lines(story, cover);
    add_facts(story, cover);
}

void story_cover(Story *story)
{
    Cover *cover = cover_new();

    fill_cover(story, cover);
    story_add_cover(story, cover);
}

void story_masthead(Story *story)
{
    Cover *cover = masthead_new();

    fill_cover(story, cover);
    story_add_masthead(story, cover);
}

static void add_ladder(Story *story)
{
    Ladder *ladder = ladder_new();

    for (int i = 0; i < (int)story->rubric->levels->len; i++) {
        LevelStatus status = story->assessment->levels[i];
        const char *state =
            wording_get(story->wording, "level_status", level_status_name(status), story->language);
        g_autofree char *title = story_level(story, i);
        g_autofree char *met = NULL, *all = NULL, *count = NULL;
        Standing standing;

        story_standing(story, NOWHERE, i, &standing);
        met = g_strdup_printf("%u", standing.met);
        all = g_strdup_printf("%u", standing.all);
        count = STORY_FILL(story, "met_of", "met", met, "all", all);
        ladder_add(ladder, status, title, state, count);
    }
    story_add_ladder(story, ladder);
}

guint story_questions_in(const Story *story, AnswerState state)
{
    guint count = 0;

    for (guint i = 0; i < story->rubric->n_questions; i++)
        count += story->answers->of[i].state == state;
    return count;
}

static void add_tile(Story *story, Tiles *tiles, guint number, const char *label)
{
    g_autofree char *value = g_strdup_printf("%u", number);

    tiles_add(tiles, value, story_word(story, label));
}

/* The best that could be had stands in the label, so that the number can be large. */
static void add_score_tile(Story *story, Tiles *tiles)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Points points = points_of(story->assessment, NOWHERE, numbers);
    gboolean is_large = points.score.exists && !points.is_part;
    g_autofree char *best = rational_format(points.best, 2, ROUND_HALF_UP);
    g_autofree char *value = is_large ? story_bounds(story, &points) : story_score(story, &points);
    g_autofree char *label = STORY_FILL(story,
                                        !is_large                           ? "tile_score"
                                        : story->rubric->score == SCORE_SUM ? "tile_points"
                                                                            : "tile_climb",
                                        "best", best);

    tiles_add(tiles, value, label);
}

static void add_tiles(Story *story)
{
    Tiles *tiles = tiles_new();

    add_score_tile(story, tiles);
    add_tile(story, tiles, story->assessment->blockers->len, "tile_blockers");
    add_tile(story, tiles, story_questions_in(story, ANSWER_ANSWERED), "tile_answered");
    add_tile(story, tiles,
             story_questions_in(story, ANSWER_BLANK) + story_questions_in(story, ANSWER_INVALID),
             "tile_blank");
    add_tile(story, tiles, story_questions_in(story, ANSWER_NOT_APPLICABLE), "tile_not_applicable");
    add_tile(story, tiles, story->assessment->waived, "tile_waived");
    story_add_tiles(story, tiles);
}

/* What nobody has compared with the document yet is said beside the verdict that rests on it. */
static void add_unconfirmed(Story *story, gboolean is_unconfirmed, const Localized *note)
{
    g_autofree char *text = is_unconfirmed ? story_own(story, note) : NULL;
    g_autofree char *line = text ? STORY_FILL(story, "unconfirmed", "text", text) : NULL;

    if (line)
        blocks_text(story->blocks, ROLE_SMALL, line);
}

/* "The factory holds Advanced; if every blank turned out well it could reach Excellent." */
static char *ladder_message(const Story *story)
{
    const Verdict verdict = story->assessment->verdict;
    g_autofree char *level = story_level(story, verdict.level);
    g_autofree char *possible = story_level(story, verdict.level_possible);

    if (verdict.level == NOWHERE && verdict.level_possible == NOWHERE)
        return g_strdup(story_word(story, "ladder_none"));
    if (verdict.level == NOWHERE)
        return STORY_FILL(story, "ladder_none_possible", "possible", possible);
    if (verdict.level == verdict.level_possible)
        return STORY_FILL(story, "ladder_certain", "level", level);
    return STORY_FILL(story, "ladder_possible", "level", level, "possible", possible);
}

void story_standing_figure(Story *story)
{
    g_autofree char *message = ladder_message(story);

    blocks_caption(story->blocks, message);
    add_ladder(story);
}

static void add_all_unconfirmed(Story *story)
{
    int profile = story->assessment->plan->profile;

    add_unconfirmed(story, story->rubric->is_unconfirmed, &story->rubric->note);
    if (profile != NOWHERE)
        add_unconfirmed(story, RUBRIC_PROFILE(story->rubric, profile)->is_unconfirmed,
                        &RUBRIC_PROFILE(story->rubric, profile)->note);
}

void story_ladder(Story *story)
{
    story_standing_figure(story);
    add_all_unconfirmed(story);
}

void story_key_figures(Story *story)
{
    add_tiles(story);
}

void story_summary(Story *story)
{
    g_autofree char *sentence = count_blockers(story);

    blocks_heading(story->blocks, 0, story_word(story, "heading_verdict"), NULL);
    story_standing_figure(story);
    blocks_text(story->blocks, ROLE_BODY, sentence);
    add_all_unconfirmed(story);
    add_tiles(story);
}
