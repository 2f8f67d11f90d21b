#include "report/story.h"
#include "report/translation.h"

/* ---- findings about the input ---- */

char *story_place(const Story *story, const Finding *finding)
{
    g_autofree char *file = finding->file ? story_show(finding->file, STORY_TEXT_LIMIT) : NULL;
    g_autofree char *line = g_strdup_printf("%u", finding->line);
    g_autofree char *column = g_strdup_printf("%u", finding->column);
    g_autofree char *record = g_strdup_printf("%u", finding->record);

    if (!file)
        return g_strdup(story_word(story, "nothing"));
    if (finding->line && finding->column)
        return STORY_FILL(story, "place_line_column", "file", file, "line", line, "column", column);
    if (finding->line)
        return STORY_FILL(story, "place_line", "file", file, "line", line);
    if (finding->record)
        return STORY_FILL(story, "place_record", "file", file, "record", record);
    return g_steal_pointer(&file);
}

/* A message or hint in the report's language, safe to show. */
/* What a contradiction is called in the report's language; NULL if the message tells of none. */
static char *said_of_contradiction(const Story *story, const char *message)
{
    for (guint i = 0; i < story->rubric->contradictions->len; i++) {
        const Contradiction *it = RUBRIC_CONTRADICTION(story->rubric, i);
        g_autofree char *own = contradiction_message(it);
        g_autofree char *title = story_title(story, &it->title, it->id);

        if (strcmp(own, message) == 0)
            return STORY_FILL(story, "contradiction", "title", title, "id", it->id);
    }
    return NULL;
}

char *story_said(const Story *story, const char *message)
{
    Translation translation = { story->wording, story->language };
    g_autofree char *own = said_of_contradiction(story, message);
    g_autofree char *text = own ? g_steal_pointer(&own) : translation_of(&translation, message);

    return story_show(text, STORY_TEXT_LIMIT);
}

static void add_finding(const Story *story, Listing *table, const Finding *finding)
{
    static const MarkKind KINDS[] = { [SEVERITY_NOTE] = MARK_NOT_APPLICABLE,
                                      [SEVERITY_WARNING] = MARK_WARNING,
                                      [SEVERITY_ERROR] = MARK_ERROR };
    g_autofree char *place = story_place(story, finding);
    g_autofree char *message = story_said(story, finding->message);
    g_autofree char *hint = finding->hint ? story_said(story, finding->hint) : NULL;
    Row *row = listing_row(table, NULL);
    ListingCell *cell = row_cell(row, (Mark){ KINDS[finding->severity], 0, 0 }, NULL);

    cell_words(
        cell, ROLE_TAG,
        wording_get(story->wording, "severity", severity_name(finding->severity), story->language));
    row_text(row, ROLE_SMALL, place);
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_CELL, message);
    cell_words(cell, ROLE_NOTE, hint);
}

void story_findings(Story *story)
{
    const Findings *findings = story->answers->findings;
    Listing *table;

    blocks_heading(story->blocks, 0, story_word(story, "heading_findings"), NULL);
    if (findings_count(findings) == 0) {
        blocks_text(story->blocks, ROLE_BODY, story_word(story, "findings_none"));
        return;
    }
    table = listing_new();
    listing_column(table, story_word(story, "column_severity"), 0.9, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_place"), 1.6, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_message"), 3.6, ALIGN_LEFT);
    for (guint i = 0; i < findings_count(findings); i++)
        add_finding(story, table, findings_at(findings, i));
    blocks_intro(story->blocks, ROLE_BODY, story_word(story, "findings_text"));
    blocks_table(story->blocks, table);
}

/* ---- method and provenance ---- */

static void add_fact(const Story *story, Listing *table, const char *label, const char *value)
{
    Row *row;

    if (!value || !*value)
        return;
    row = listing_row(table, NULL);
    row_text(row, ROLE_CELL_STRONG, story_word(story, label));
    row_text(row, ROLE_CELL, value);
}

static void add_sources(const Story *story, Listing *table)
{
    for (guint i = 0; i < story->answers->sources->len; i++) {
        const Source *source = &g_array_index(story->answers->sources, Source, i);
        g_autofree char *file = story_show(source->file, STORY_TEXT_LIMIT);
        g_autofree char *assessor =
            source->assessor ? story_show(source->assessor, STORY_TEXT_LIMIT) : NULL;
        g_autofree char *record = g_strdup_printf("%u", source->record);
        g_autofree char *line =
            source->record == 0 ? g_strdup(file)
                                : STORY_FILL(story, "source_line", "file", file, "record", record,
                                             "encoding", source->encoding ? source->encoding : "");
        Row *row = listing_row(table, NULL);
        ListingCell *cell;

        row_text(row, ROLE_CELL_STRONG, story_word(story, "fact_answers"));
        cell = row_cell(row, NO_MARK, NULL);
        cell_words(cell, ROLE_CELL, line);
        cell_words(cell, ROLE_CELL, source->rubric);
        cell_words(cell, ROLE_CELL, assessor);
        cell_words(cell, ROLE_SMALL, source->sha256);
    }
}

static void add_counts(const Story *story, Listing *table)
{
    const Rubric *rubric = story->rubric;
    g_autofree char *official = g_strdup_printf("%u", rubric_of_origin(rubric, ORIGIN_OFFICIAL));
    g_autofree char *house = g_strdup_printf("%u", rubric_of_origin(rubric, ORIGIN_HOUSE));
    g_autofree char *waived = g_strdup_printf("%u", story->assessment->waived);
    g_autofree char *line = STORY_FILL(story, "requirement_counts", "official", official, "house",
                                       house, "waived", waived);

    add_fact(story, table, "fact_requirements", line);
}

/* The hash of a rubric's file does not pin those below it. */
static void add_base(const Story *story, Listing *table)
{
    const Ini *it = story->rubric->ini;
    ListingCell *cell;
    Row *row;

    if (!story->rubric->base)
        return;
    row = listing_row(table, NULL);
    row_text(row, ROLE_CELL_STRONG, story_word(story, "fact_base"));
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_CELL, story->rubric->base);
    while (it->bases->len > 0) {
        it = g_ptr_array_index(it->bases, 0);
        cell_words(cell, ROLE_SMALL, it->sha256);
    }
}

static void add_rubric(const Story *story, Listing *table)
{
    const Rubric *rubric = story->rubric;
    int profile = story->assessment->plan->profile;
    g_autofree char *reference = g_strdup_printf("%s@%s", rubric->id, rubric->edition);
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    row_text(row, ROLE_CELL_STRONG, story_word(story, "fact_rubric"));
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_CELL, reference);
    cell_words(cell, ROLE_SMALL, rubric->ini->sha256);
    add_base(story, table);
    if (profile != NOWHERE) {
        const Profile *it = RUBRIC_PROFILE(rubric, profile);
        g_autofree char *title = story_title(story, &it->title, it->id);

        add_fact(story, table, "fact_profile", title);
    }
    add_counts(story, table);
}

/* The file that the report was told by, and those that it starts from. */
static void add_template(const Story *story, Listing *table)
{
    const Ini *it = story->template->ini;
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    row_text(row, ROLE_CELL_STRONG, story_word(story, "fact_template"));
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_CELL, story->template->name);
    cell_words(cell, ROLE_SMALL, it->sha256);
    while (it->bases->len > 0) {
        it = g_ptr_array_index(it->bases, 0);
        cell_words(cell, ROLE_SMALL, it->sha256);
    }
}

void story_provenance(Story *story)
{
    Listing *table = listing_new();
    g_autofree char *date = story_date(story);
    g_autofree char *program = STORY_FILL(story, "program_version", "version", ASSESS_VERSION);

    listing_column(table, story_word(story, "column_fact"), 1.2, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_value"), 3, ALIGN_LEFT);
    add_sources(story, table);
    add_rubric(story, table);
    add_template(story, table);
    if (story->assessment->strict)
        add_fact(story, table, "fact_strict", story_word(story, "yes"));
    add_fact(story, table, "fact_date", date);
    add_fact(story, table, "fact_program", program);
    blocks_heading(story->blocks, 1, story_word(story, "heading_provenance"), NULL);
    blocks_table(story->blocks, table);
}

/* Takes the note. What several groups say is told once. */
static void add_note(GPtrArray *notes, char *note)
{
    if (note && !g_ptr_array_find_with_equal_func(notes, note, g_str_equal, NULL))
        g_ptr_array_add(notes, note);
    else
        g_free(note);
}

/* Notes of the rubric that stand beside no row: of itself, its groups and profile. */
static void add_notes(Story *story)
{
    const Rubric *rubric = story->rubric;
    int profile = story->assessment->plan->profile;
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);

    add_note(notes, story_own(story, &rubric->note));
    if (profile != NOWHERE)
        add_note(notes, story_own(story, &RUBRIC_PROFILE(rubric, profile)->note));
    for (guint i = 0; i < rubric->groups->len; i++)
        add_note(notes, story_own(story, &RUBRIC_GROUP(rubric, i)->note));
    for (guint i = 0; i < rubric->scales->len; i++)
        add_note(notes, story_own(story, &g_array_index(rubric->scales, Scale, i).note));
    if (notes->len == 0)
        return;
    blocks_heading(story->blocks, 1, story_word(story, "heading_notes"), NULL);
    for (guint i = 0; i < notes->len; i++)
        blocks_text(story->blocks, ROLE_SMALL, notes->pdata[i]);
}

/* A paragraph may have another form for a rubric without any official requirement. */
void story_method(Story *story)
{
    gboolean all_house = rubric_of_origin(story->rubric, ORIGIN_OFFICIAL) == 0;

    blocks_chapter(story->blocks, story_word(story, "heading_method"), NULL);
    for (guint i = 1; i < 20; i++) {
        g_autofree char *plain = g_strdup_printf("method_%u", i);
        g_autofree char *own = g_strconcat(plain, "_house", NULL);
        const char *key = all_house && wording_has(story->wording, "words", own) ? own : plain;

        if (wording_has(story->wording, "words", key))
            blocks_text(story->blocks, ROLE_BODY, story_word(story, key));
    }
    blocks_heading(story->blocks, 1, story_word(story, "heading_unverified"), NULL);
    blocks_text(story->blocks, ROLE_BODY, story_word(story, "unverified"));
    add_notes(story);
}

/* The same in a few lines, for a report without room for a table. */
void story_source(Story *story)
{
    g_autofree char *date = story_date(story);
    g_autofree char *program = STORY_FILL(story, "program_version", "version", ASSESS_VERSION);
    g_autofree char *rubric = g_strdup_printf("%s@%s", story->rubric->id, story->rubric->edition);
    g_autoptr(GString) answers = g_string_new(NULL);
    g_autofree char *line = NULL;

    for (guint i = 0; i < story->answers->sources->len; i++) {
        const char *sha256 = g_array_index(story->answers->sources, Source, i).sha256;

        g_string_append_printf(answers, "%s%s", i ? story_word(story, "between_items") : "",
                               sha256 ? sha256 : "");
    }
    line =
        STORY_FILL(story, "source_text", "program", program, "date", date, "rubric", rubric,
                   "rubric_sha256", story->rubric->ini->sha256, "answers", answers->str, "template",
                   story->template->name, "template_sha256", story->template->ini->sha256);
    blocks_text(story->blocks, ROLE_NOTE, line);
}
