#include "report/workbook_sheets.h"

/* ---- facts: what, and its value ---- */

static void add_fact(Page *page, const char *caption, const char *value)
{
    if (!value || !*value)
        return;
    page_text(page, page_caption(page, caption));
    page_text(page, value);
    page_next(page);
}

static void add_own(Page *page, const char *caption, char *value)
{
    g_autofree char *own = value;

    add_fact(page, caption, own);
}

static void add_heading(Page *page, const char *caption)
{
    page_next(page);
    xlsx_text(page->xlsx, page->row, 0, page_caption(page, caption), &page->strong);
    page_next(page);
}

static void add_subject(Page *page)
{
    const Story *story = page->story;
    const Rubric *rubric = story->rubric;
    int profile = story->assessment->plan->profile;

    xlsx_text(page->xlsx, page->row, 0, page_caption(page, "report_title"), &page->strong);
    page_next(page);
    add_own(page, "fact_company", story_company(story));
    add_own(page, "fact_title", story_title(story, &rubric->title, rubric->id));
    add_fact(page, "fact_edition", rubric->edition);
    add_own(page, "fact_document", story_own(story, &rubric->document));
    if (profile != NOWHERE) {
        const Profile *it = RUBRIC_PROFILE(rubric, profile);

        add_own(page, "fact_profile", story_title(story, &it->title, it->id));
    }
    page_text(page, page_caption(page, "fact_date"));
    xlsx_day(page->xlsx, page->row, page->column, story->assessment->date, &page->plain);
    page_next(page);
    add_own(page, "fact_author", story_author(story));
}

/* What nobody has compared with the document yet. */
static void add_unconfirmed(Page *page, gboolean is_unconfirmed, const Localized *note)
{
    if (is_unconfirmed)
        add_own(page, "fact_unconfirmed", story_own(page->story, note));
}

static void add_verdicts(Page *page)
{
    const Story *story = page->story;
    const Assessment *assessment = story->assessment;
    int profile = assessment->plan->profile;

    add_heading(page, "heading_verdict");
    add_own(page, "level_held", story_level(story, assessment->verdict.level));
    add_own(page, "level_possible", story_level(story, assessment->verdict.level_possible));
    if (rubric_of_origin(story->rubric, ORIGIN_OFFICIAL) > 0)
        add_own(page, "level_official", story_verdict(story, assessment->official));
    if (assessment->evidenced_reading)
        add_own(page, "level_evidenced", story_verdict(story, assessment->evidenced));
    add_own(page, "fact_reason", story_reason(story));
    add_unconfirmed(page, story->rubric->is_unconfirmed, &story->rubric->note);
    if (profile != NOWHERE)
        add_unconfirmed(page, RUBRIC_PROFILE(story->rubric, profile)->is_unconfirmed,
                        &RUBRIC_PROFILE(story->rubric, profile)->note);
}

static void add_levels(Page *page)
{
    static const PageColumn COLUMNS[] = {
        { "column_level", 0 }, { "column_state", 0 }, { "column_met", 0 }, { "column_all", 0 }
    };
    const Story *story = page->story;
    guint first;

    add_heading(page, "heading_levels");
    page_head(page, COLUMNS, G_N_ELEMENTS(COLUMNS));
    first = page->row;
    for (int i = 0; i < (int)story->rubric->levels->len; i++) {
        const char *state = level_status_name(story->assessment->levels[i]);
        Standing standing;

        story_standing(story, NOWHERE, i, &standing);
        page_own(page, story_level(story, i));
        page_text(page, wording_get(story->wording, "level_status", state, story->language));
        page_count(page, standing.met);
        page_count(page, standing.all);
        page_next(page);
    }
    page_colour(page, 1, first);
}

static void add_count(Page *page, const char *caption, guint count)
{
    page_text(page, page_caption(page, caption));
    page_count(page, count);
    page_next(page);
}

static void add_counts(Page *page)
{
    const Story *story = page->story;

    add_heading(page, "heading_counts");
    add_count(page, "count_blockers", story->assessment->blockers->len);
    add_count(page, "count_answered", story_questions_in(story, ANSWER_ANSWERED));
    add_count(page, "count_blank",
              story_questions_in(story, ANSWER_BLANK) + story_questions_in(story, ANSWER_INVALID));
    add_count(page, "count_disputed", story_questions_in(story, ANSWER_DISPUTED));
    add_count(page, "count_not_applicable", story_questions_in(story, ANSWER_NOT_APPLICABLE));
    add_count(page, "count_waived", story->assessment->waived);
}

/* Of a climb the dimensions' scores are those of one level. */
static void add_score_heading(Page *page)
{
    const Story *story = page->story;
    int level = points_level(story->assessment);
    g_autofree char *title = level == NOWHERE ? NULL : story_level(story, level);
    g_autofree char *text = title ? STORY_FILL(story, "column_score_at", "level", title) : NULL;

    page_next(page);
    xlsx_text(page->xlsx, page->row, 0, text ? text : page_caption(page, "column_score"),
              &page->strong);
    page_next(page);
}

static void add_best(Page *page, const Points *points)
{
    g_autofree char *best = rational_format(points->best, 2, ROUND_HALF_UP);

    if (points->is_part)
        page_text(page, NULL);
    else
        xlsx_decimal(page->xlsx, page->row, page->column++, best, 0, FALSE, &page->plain);
}

static void add_whole(Page *page)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Points points = points_of(page->story->assessment, NOWHERE, numbers);

    page_text(page, page_caption(page, "column_whole"));
    page_score(page, &points);
    page->column += 3; /* what dimensions count */
    if (!points.is_part)
        add_best(page, &points);
    page_next(page);
}

static void add_dimensions(Page *page)
{
    static const PageColumn COLUMNS[] = { { "column_dimension", 0 },
                                          { "column_low", 0 },
                                          { "column_high", 0 },
                                          { "column_asked", 0 },
                                          { "column_number_answered", 0 },
                                          { "count_not_applicable", 0 },
                                          { "column_best", 0 } };
    const Story *story = page->story;
    gboolean has_best = story->rubric->score != SCORE_MEAN;

    add_score_heading(page);
    page_head(page, COLUMNS, (guint)G_N_ELEMENTS(COLUMNS) - (has_best ? 0 : 1));
    for (guint i = 0; i < story->rubric->dimensions->len; i++) {
        const Dimension *it = RUBRIC_DIMENSION(story->rubric, i);
        const DimensionResult *result = &story->assessment->dimensions[i];
        g_autoptr(Numbers) numbers = numbers_new();
        Points points = points_of(story->assessment, (int)i, numbers);

        page_own(page, story_title(story, &it->title, it->id));
        page_score(page, &points);
        page_count(page, result->asked);
        page_count(page, result->answered);
        page_count(page, result->not_applicable);
        if (has_best)
            add_best(page, &points);
        page_next(page);
    }
    add_whole(page);
}

static void add_findings(Page *page)
{
    static const PageColumn COLUMNS[] = { { "column_severity", 0 },
                                          { "column_place", 0 },
                                          { "column_message", 0 },
                                          { "column_hint", 0 } };
    const Story *story = page->story;
    const Findings *findings = story->answers->findings;

    add_heading(page, "heading_findings");
    if (findings_count(findings) == 0) {
        page_text(page, page_caption(page, "findings_none"));
        page_next(page);
        return;
    }
    page_head(page, COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        page_text(page, wording_get(story->wording, "severity", severity_name(finding->severity),
                                    story->language));
        page_own(page, story_place(story, finding));
        page_own(page, story_said(story, finding->message));
        page_own(page, finding->hint ? story_said(story, finding->hint) : NULL);
        page_next(page);
    }
}

static void add_provenance(Page *page)
{
    const Story *story = page->story;
    const Rubric *rubric = story->rubric;

    add_heading(page, "heading_provenance");
    for (guint i = 0; i < story->answers->sources->len; i++) {
        const Source *source = &g_array_index(story->answers->sources, Source, i);

        page_text(page, page_caption(page, "fact_answers"));
        page_own(page, story_show(source->file, STORY_TEXT_LIMIT));
        page_text(page, source->sha256);
        page_next(page);
    }
    page_text(page, page_caption(page, "fact_rubric"));
    page_own(page, g_strdup_printf("%s@%s", rubric->id, rubric->edition));
    page_text(page, rubric->ini->sha256);
    page_next(page);
    for (const Ini *it = rubric->ini; it->bases->len > 0;) {
        it = g_ptr_array_index(it->bases, 0);
        page_text(page, page_caption(page, "fact_base"));
        page_text(page, rubric->base);
        page_text(page, it->sha256);
        page_next(page);
    }
    if (story->assessment->strict)
        add_fact(page, "fact_strict", page_caption(page, "yes"));
    add_own(page, "fact_program", STORY_FILL(story, "program_version", "version", ASSESS_VERSION));
}

void workbook_summary(Xlsx *xlsx, const Story *story)
{
    static const double WIDTHS[] = { 34, 44, 44, 30, 14, 14 };
    Page page;

    page_open(&page, xlsx, story, "sheet_summary");
    for (guint i = 0; i < G_N_ELEMENTS(WIDTHS); i++)
        xlsx_width(xlsx, i, WIDTHS[i]);
    add_subject(&page);
    add_verdicts(&page);
    add_levels(&page);
    add_counts(&page);
    add_dimensions(&page);
    add_findings(&page);
    add_provenance(&page);
    page_print(&page, FALSE);
}
