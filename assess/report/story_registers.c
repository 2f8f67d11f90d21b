/* What goes with an application beside its text: which evidence there is and which is missing, what
 * a leak of it would do, what is still to be done, who promises and signs. */
#include "report/places.h"
#include "report/story.h"

/* ---- claims: answers that say something good, which wants proof ---- */

static gboolean is_claim(const Story *story, int question)
{
    const Question *asked = RUBRIC_QUESTION(story->rubric, question);
    const Answer *answer = &story->answers->of[question];

    if (asked->is_field || answer->state != ANSWER_ANSWERED)
        return FALSE;
    if (asked->type == QUESTION_YESNO || asked->type == QUESTION_CHOICE)
        return answer->low > 0;
    return asked->type != QUESTION_MULTI || answer->may != 0;
}

/* The rubric says what proves it, or the company gave something. */
static gboolean is_proved_somehow(const Story *story, int question)
{
    return is_claim(story, question) &&
           (localized_is_set(&RUBRIC_QUESTION(story->rubric, question)->evidence) ||
            story->answers->of[question].evidence);
}

static gboolean has_evidence(const Story *story, int question)
{
    const char *evidence = story->answers->of[question].evidence;

    return evidence && *evidence;
}

static guint missing_evidence(const Story *story, guint *all)
{
    guint missing = 0;

    *all = 0;
    for (int i = 0; i < (int)story->rubric->n_questions; i++) {
        if (!is_proved_somehow(story, i))
            continue;
        (*all)++;
        missing += !has_evidence(story, i);
    }
    return missing;
}

/* The evidence given, else what is asked for; NULL if neither. */
static char *evidence_of(const Story *story, int question)
{
    return has_evidence(story, question)
               ? story_show(story->answers->of[question].evidence, STORY_TEXT_LIMIT)
               : story_own(story, &RUBRIC_QUESTION(story->rubric, question)->evidence);
}

static void add_asked(const Story *story, Row *row, int question)
{
    g_autofree char *asked = story_question(story, question);
    g_autofree char *answer = story_answer(story, question);
    ListingCell *cell = row_cell(row, NO_MARK, NULL);

    cell_words(cell, ROLE_CELL, asked);
    cell_words(cell, ROLE_SMALL, answer);
}

static void add_number(Row *row, guint number)
{
    g_autofree char *text = g_strdup_printf("%u", number);

    row_text(row, ROLE_SMALL, text);
}

/* ---- the register of evidence ---- */

static void add_evidence(const Story *story, Listing *table, int question)
{
    g_autofree char *wanted = story_own(story, &RUBRIC_QUESTION(story->rubric, question)->evidence);
    g_autofree char *given = has_evidence(story, question) ? evidence_of(story, question) : NULL;
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    add_number(row, table->rows->len);
    add_asked(story, row, question);
    row_text(row, ROLE_SMALL, wanted ? wanted : story_word(story, "nothing"));
    cell = row_cell(row, (Mark){ given ? MARK_DONE : MARK_TO_DO, 0, 0 }, NULL);
    cell_words(cell, ROLE_TAG, given ? given : story_word(story, "evidence_missing"));
}

void story_evidence_register(Story *story)
{
    guint all, missing = missing_evidence(story, &all);
    g_autofree char *total = g_strdup_printf("%u", all);
    g_autofree char *lacking = g_strdup_printf("%u", missing);
    g_autofree char *message =
        missing ? STORY_FILL(story, "evidence_lacks", "missing", lacking, "all", total)
                : STORY_FILL(story, "evidence_whole", "all", total);
    Listing *table;

    blocks_chapter(story->blocks, story_word(story, "heading_evidence"), NULL);
    if (all == 0) {
        blocks_text(story->blocks, ROLE_BODY, story_word(story, "evidence_none"));
        return;
    }
    table = listing_new();
    listing_column(table, story_word(story, "column_number"), 0.4, ALIGN_RIGHT);
    listing_column(table, story_word(story, "column_question"), 2.6, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence_asked"), 2.1, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence_given"), 1.7, ALIGN_LEFT);
    for (int i = 0; i < (int)story->rubric->n_questions; i++)
        if (is_proved_somehow(story, i))
            add_evidence(story, table, i);
    blocks_caption(story->blocks, message);
    blocks_intro(story->blocks, ROLE_SMALL, story_word(story, "evidence_text"));
    blocks_table(story->blocks, table);
    story_tell_shortened(story);
}

/* ---- what a leak would do ---- */

static guint disclosed(const Story *story, Disclosure harm)
{
    guint count = 0;

    for (int i = 0; i < (int)story->rubric->n_questions; i++)
        count +=
            is_proved_somehow(story, i) && RUBRIC_QUESTION(story->rubric, i)->disclosure == harm;
    return count;
}

static void add_harm(const Story *story, Listing *table, Disclosure harm)
{
    static const char *const NAMES[] = {
        [DISCLOSURE_LOW] = "low", [DISCLOSURE_MEDIUM] = "medium", [DISCLOSURE_HIGH] = "high"
    };
    static const char *const CARE[] = { [DISCLOSURE_LOW] = "care_low",
                                        [DISCLOSURE_MEDIUM] = "care_medium",
                                        [DISCLOSURE_HIGH] = "care_high" };
    gboolean opened = FALSE;
    const char *word = wording_get(story->wording, "disclosure", NAMES[harm], story->language);

    for (int i = 0; i < (int)story->rubric->n_questions; i++) {
        g_autofree char *evidence = NULL;
        ListingCell *cell;
        Row *row;

        if (!is_proved_somehow(story, i) || RUBRIC_QUESTION(story->rubric, i)->disclosure != harm)
            continue;
        if (!opened)
            listing_band(table, story_word(story, CARE[harm]));
        opened = TRUE;
        evidence = evidence_of(story, i);
        row = listing_row(table, NULL);
        add_asked(story, row, i);
        row_text(row, ROLE_SMALL, evidence ? evidence : story_word(story, "nothing"));
        cell = row_cell(row, (Mark){ MARK_PIPS, (guint)harm + 1, DISCLOSURE_HIGH + 1 }, NULL);
        cell_words(cell, ROLE_TAG, word);
    }
}

void story_disclosure_register(Story *story)
{
    g_autofree char *high = g_strdup_printf("%u", disclosed(story, DISCLOSURE_HIGH));
    g_autofree char *medium = g_strdup_printf("%u", disclosed(story, DISCLOSURE_MEDIUM));
    g_autofree char *low = g_strdup_printf("%u", disclosed(story, DISCLOSURE_LOW));
    g_autofree char *message =
        STORY_FILL(story, "disclosure_message", "high", high, "medium", medium);
    g_autofree char *rest = STORY_FILL(story, "disclosure_rest", "low", low);
    Listing *table;

    blocks_chapter(story->blocks, story_word(story, "heading_disclosure"), NULL);
    if (disclosed(story, DISCLOSURE_HIGH) + disclosed(story, DISCLOSURE_MEDIUM) == 0) {
        blocks_text(story->blocks, ROLE_BODY, story_word(story, "disclosure_none"));
        return;
    }
    table = listing_new();
    listing_column(table, story_word(story, "column_question"), 2.6, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_evidence"), 2.4, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_harm"), 0.9, ALIGN_LEFT);
    add_harm(story, table, DISCLOSURE_HIGH);
    add_harm(story, table, DISCLOSURE_MEDIUM);
    blocks_caption(story->blocks, message);
    blocks_table(story->blocks, table);
    blocks_text(story->blocks, ROLE_NOTE, rest);
}

/* ---- what is still to be done before it is handed over ---- */

/* One line; where `open` is not 0, it says how much is. */
static void add_item(const Story *story, Listing *table, const char *done, const char *to_do,
                     guint open)
{
    g_autofree char *number = g_strdup_printf("%u", open);
    g_autofree char *text = STORY_FILL(story, open ? to_do : done, "number", number);
    Row *row = listing_row(table, NULL);
    ListingCell *cell = row_cell(row, (Mark){ open ? MARK_TO_DO : MARK_DONE, 0, 0 }, NULL);

    cell_words(cell, ROLE_TAG, story_word(story, open ? "to_do" : "done"));
    row_text(row, ROLE_CELL, text);
}

static guint required_blanks(const Story *story)
{
    guint count = 0;

    for (guint i = 0; i < story->rubric->questions->len; i++) {
        AnswerState state = story->answers->of[i].state;

        count += RUBRIC_QUESTION(story->rubric, i)->required &&
                 (state == ANSWER_BLANK || state == ANSWER_INVALID);
    }
    return count;
}

void story_checklist(Story *story)
{
    Listing *table = listing_new();
    guint all, missing = missing_evidence(story, &all);
    guint harmful = disclosed(story, DISCLOSURE_HIGH) + disclosed(story, DISCLOSURE_MEDIUM);

    listing_column(table, story_word(story, "column_state"), 0.9, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_item"), 5, ALIGN_LEFT);
    add_item(story, table, "check_required", "check_required_open", required_blanks(story));
    add_item(story, table, "check_readable", "check_readable_open",
             findings_of(story->answers->findings, SEVERITY_ERROR));
    add_item(story, table, "check_decisive", "check_decisive_open",
             story->assessment->decisive->len);
    add_item(story, table, "check_blockers", "check_blockers_open",
             story->assessment->blockers->len);
    add_item(story, table, "check_evidence", "check_evidence_open", missing);
    add_item(story, table, "check_disclosure", "check_disclosure_open", harmful);
    add_item(story, table, "check_texts", "check_texts", 1);
    add_item(story, table, "check_signed", "check_signed", 1);
    blocks_heading(story->blocks, 0, story_word(story, "heading_checklist"), NULL);
    blocks_intro(story->blocks, ROLE_BODY, story_word(story, "checklist_text"));
    blocks_table(story->blocks, table);
}

/* ---- commitment ---- */

void story_commitment(Story *story)
{
    static const char *const KEYS[] = { "commitment_1", "commitment_2", "commitment_3",
                                        "commitment_4" };
    Seals *seals = seals_new(story_word(story, "seal_here"));
    g_autofree char *company = story_company(story);
    g_autofree char *opening = STORY_FILL(story, "commitment_text", "company", company);

    blocks_break(story->blocks);
    blocks_heading(story->blocks, 0, story_word(story, "heading_commitment"), NULL);
    blocks_text(story->blocks, ROLE_BODY, opening);
    for (guint i = 0; i < G_N_ELEMENTS(KEYS); i++)
        blocks_text(story->blocks, ROLE_BODY, story_word(story, KEYS[i]));
    seals_add(seals, story_word(story, "seal_applicant"), story_word(story, "seal_legal"),
              story_word(story, "seal_date"));
    seals_add(seals, story_word(story, "seal_recommender"), story_word(story, "seal_person"),
              story_word(story, "seal_date"));
    blocks_figure(story->blocks, &seals->figure);
    blocks_describe(story->blocks, story_word(story, "alt_seals"));
}
