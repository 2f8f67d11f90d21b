#include "cohort/cohort_story.h"

enum { BARS_TOGETHER = 4 /* on a page */ };

/* ---- words ---- */

const char *telling_word(const Telling *telling, const char *key)
{
    return wording_get(telling->story->wording, "cohort", key, telling->story->language);
}

char *telling_number(const Telling *telling, gint64 number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
    GString *text = g_string_new(digits);

    if (number == COHORT_WITHHELD) {
        g_string_free(text, TRUE);
        return g_strdup(telling_word(telling, "withheld"));
    }
    for (gssize at = (gssize)text->len - 3; at > 0; at -= 3)
        g_string_insert_c(text, at, ',');
    return g_string_free(text, FALSE);
}

char *telling_share(const Telling *telling, gint64 part, gint64 whole)
{
    g_autofree char *number = NULL;
    gint64 percent;

    if (part == COHORT_WITHHELD || whole == COHORT_WITHHELD)
        return g_strdup(telling_word(telling, "withheld"));
    if (whole <= 0)
        return g_strdup(telling_word(telling, "no_share"));
    percent = (part * 200 + whole) / (2 * whole); /* half up */
    if (part > 0 && percent == 0)
        return g_strdup(telling_word(telling, "under_one"));
    if (part < whole && percent == 100)
        return g_strdup(telling_word(telling, "over_99"));
    number = g_strdup_printf("%" G_GINT64_FORMAT, percent);
    return TELLING_FILL(telling, "share", "number", number);
}

char *telling_both(const Telling *telling, gint64 part, gint64 whole)
{
    g_autofree char *number = telling_number(telling, part);
    g_autofree char *share = telling_share(telling, part, whole);

    if (part == COHORT_WITHHELD || whole <= 0)
        return g_steal_pointer(&number);
    return TELLING_FILL(telling, "both", "number", number, "share", share);
}

double telling_length(gint64 number)
{
    return number > 0 ? (double)number : 0;
}

char *telling_level(const Telling *telling, int level)
{
    return story_level(telling->story, level);
}

int telling_median_level(const Telling *telling)
{
    const gint64 *held = tallies_level(telling->statistics, READING_FULL, FALSE);
    gint64 all = tallies_companies(telling->statistics);

    if (all <= 0)
        return TELLING_UNKNOWN;
    for (int level = (int)telling->story->rubric->levels->len - 1; level > NOWHERE; level--) {
        gint64 above = tallies_at_least(telling->statistics, held, all, level);

        if (above == COHORT_WITHHELD)
            return TELLING_UNKNOWN;
        if (above * 2 >= all)
            return level;
    }
    return NOWHERE;
}

gboolean telling_is_empty(const Telling *telling)
{
    return tallies_companies(telling->statistics) <= 0;
}

gboolean telling_is_spread(const Telling *telling, const gint64 *counts, guint n)
{
    return telling->statistics->min_group == 0 ||
           bins_quantile(counts, n, 250) != bins_quantile(counts, n, 750);
}

void telling_add_count(const Telling *telling, const char *key, guint n)
{
    g_autofree char *one = g_strconcat(key, "_one", NULL);
    g_autofree char *number = telling_number(telling, n);
    g_autofree char *line = TELLING_FILL(telling, n == 1 ? one : key, "number", number);

    if (n > 0)
        blocks_text(telling->story->blocks, ROLE_NOTE, line);
}

/* ---- figures ---- */

void telling_add(const Telling *telling, const char *message, Figure *figure, const char *alt)
{
    if (message)
        blocks_caption(telling->story->blocks, message);
    blocks_figure(telling->story->blocks, figure);
    blocks_describe(telling->story->blocks, alt);
}

/* What bars say, in words: "A: 1; B: 2". */
static char *alt_of(const Telling *telling, const Bars *bars)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < bars->bars->len; i++) {
        const Bar *bar = &g_array_index(bars->bars, Bar, i);
        g_autofree char *item =
            TELLING_FILL(telling, "alt_item", "label", bar->label, "value", bar->value);

        g_string_append_printf(text, "%s%s", i ? telling_word(telling, "alt_between") : "", item);
    }
    return g_string_free(text, FALSE);
}

void telling_add_bars(const Telling *telling, const char *message, Bars *bars)
{
    while (bars) {
        Bars *rest = bars_rest(bars, BARS_TOGETHER);
        g_autofree char *alt = alt_of(telling, bars);

        telling_add(telling, message, &bars->figure, alt);
        if (rest)
            blocks_join(telling->story->blocks);
        message = NULL;
        bars = rest;
    }
}

/* ---- cover ---- */

static const char *verdict_key(int level, gint64 companies)
{
    if (level == NOWHERE)
        return companies == 1 ? "verdict_none_one" : "verdict_none";
    return companies == 1 ? "verdict_item_one" : "verdict_item";
}

static void append_item(const Telling *telling, GString *list, const char *item)
{
    g_string_append_printf(list, "%s%s",
                           list->len ? story_word(telling->story, "between_items") : "", item);
}

/* "12 hold Pilot, 30 hold ...": levels that companies hold. How many are withheld. */
static guint list_levels(const Telling *telling, const gint64 *held, GString *list)
{
    guint withheld = 0;

    for (int level = (int)telling->story->rubric->levels->len - 1; level >= NOWHERE; level--) {
        gint64 companies = held[level + 1];
        g_autofree char *title = telling_level(telling, level);
        g_autofree char *number = telling_number(telling, companies);
        g_autofree char *item =
            TELLING_FILL(telling, verdict_key(level, companies), "number", number, "level", title);

        withheld += companies == COHORT_WITHHELD;
        if (companies > 0)
            append_item(telling, list, item);
    }
    return withheld;
}

/* "Of 412 companies, 12 hold Pilot ..." */
static char *verdict_line(const Telling *telling)
{
    const gint64 *held = tallies_level(telling->statistics, READING_FULL, FALSE);
    gint64 companies = tallies_companies(telling->statistics);
    g_autofree char *all = telling_number(telling, companies);
    g_autoptr(GString) list = g_string_new(NULL);
    guint withheld;

    if (companies == 0)
        return g_strdup(telling_word(telling, "verdict_no_company"));
    withheld = list_levels(telling, held, list);
    if (list->len == 0)
        return g_strdup(telling_word(telling, "verdict_withheld"));
    return TELLING_FILL(telling,
                        withheld > 0     ? "verdict_partly"
                        : companies == 1 ? "verdict_one"
                                         : "verdict",
                        "all", all, "list", list->str);
}

static void add_lines(const Telling *telling, Cover *cover)
{
    Story *story = telling->story;
    const Rubric *rubric = story->rubric;
    int profile = telling->statistics->plan->profile;
    g_autofree char *date = story_date(story);
    g_autofree char *notice = story_running(story, "confidential", 1, 1);
    guint n = 0;

    cover->lines[n++] = story_title(story, &rubric->title, rubric->id);
    cover->lines[n++] = STORY_FILL(story, "edition", "edition", rubric->edition, "id", rubric->id);
    cover->lines[n] = story_own(story, &rubric->document);
    n += cover->lines[n] != NULL;
    if (profile != NOWHERE) {
        const Profile *it = RUBRIC_PROFILE(rubric, profile);
        g_autofree char *title = story_title(story, &it->title, it->id);

        cover->lines[n++] = STORY_FILL(story, "profile_line", "profile", title);
    }
    cover->foot[0] = STORY_FILL(story, "dated", "date", date);
    cover->foot[1] = STORY_FILL(story, "authored_by_nobody", "version", ASSESS_VERSION);
    cover->foot[2] = *notice ? g_steal_pointer(&notice) : NULL;
}

/* So many hold each of the upper levels, or more. */
static void add_facts(const Telling *telling, Cover *cover)
{
    const gint64 *held = tallies_level(telling->statistics, READING_FULL, FALSE);
    gint64 all = tallies_companies(telling->statistics);
    guint levels = telling->story->rubric->levels->len, n = 0;

    if (telling_is_empty(telling))
        return;
    for (int level = (int)levels - 1; level >= 0 && n < COVER_FACTS_LIMIT; level--, n++) {
        g_autofree char *title = telling_level(telling, level);

        cover->facts[n] =
            (CoverFact){ TELLING_FILL(telling, "fact_at_least", "level", title),
                         telling_both(telling,
                                      tallies_at_least(telling->statistics, held, all, level), all),
                         NO_MARK };
    }
}

static void set_verdict(const Telling *telling, Cover *cover)
{
    int median = telling_median_level(telling);

    gint64 companies = tallies_companies(telling->statistics);

    cover->verdict_label =
        g_strdup(telling_word(telling, median == TELLING_UNKNOWN ? "cover_label_plain"
                                       : companies == 1          ? "cover_label_one"
                                                                 : "cover_label"));
    if (median == TELLING_UNKNOWN) {
        cover->verdict = telling_number(telling, companies);
        return;
    }
    cover->verdict = median == NOWHERE ? g_strdup(telling_word(telling, "most_hold_none"))
                                       : telling_level(telling, median);
    cover->ladder = (Mark){ MARK_PIPS, (guint)(median + 1), telling->story->rubric->levels->len };
}

void telling_cover(const Telling *telling)
{
    Story *story = telling->story;
    Cover *cover = cover_new();
    g_autofree char *text = story_on_cover(story, "text");

    cover->kind = g_strdup(story_word(story, "report_title"));
    cover->company = story_company(story);
    add_lines(telling, cover);
    set_verdict(telling, cover);
    add_facts(telling, cover);
    cover->reason = verdict_line(telling);
    cover->text = *text ? g_steal_pointer(&text) : NULL;
    cover->logo = story->template->logo;
    cover->logo_height = story->template->logo_height;
    blocks_cover(story->blocks, &cover->figure);
    blocks_describe(story->blocks, cover->reason);
}

/* ---- levels ---- */

static char *levels_heading(const Telling *telling)
{
    int median = telling_median_level(telling);
    gboolean is_one = tallies_companies(telling->statistics) == 1;
    g_autofree char *level = NULL;

    if (median == TELLING_UNKNOWN)
        return g_strdup(telling_word(telling, "heading_levels_plain"));
    if (median == NOWHERE)
        return g_strdup(
            telling_word(telling, is_one ? "heading_levels_none_one" : "heading_levels_none"));
    level = telling_level(telling, median);
    return TELLING_FILL(telling, is_one ? "heading_levels_one" : "heading_levels", "level", level);
}

/* A bar for a level: who holds it or more, and who could besides. */
static void add_level_bar(const Telling *telling, Bars *bars, int level)
{
    const Statistics *statistics = telling->statistics;
    guint levels = telling->story->rubric->levels->len;
    gint64 all = tallies_companies(statistics);
    gint64 held = tallies_at_least(telling->statistics,
                                   tallies_level(statistics, READING_FULL, FALSE), all, level);
    gint64 could = tallies_at_least(telling->statistics,
                                    tallies_level(statistics, READING_FULL, TRUE), all, level);
    g_autofree char *title = telling_level(telling, level);
    g_autofree char *label = TELLING_FILL(telling, "fact_at_least", "level", title);
    g_autofree char *number = telling_both(telling, held, all);
    g_autofree char *possible = telling_number(telling, could);
    g_autofree char *detail = TELLING_FILL(
        telling, could == COHORT_WITHHELD ? "could_withheld" : "could_hold", "number", possible);

    bars_add(bars, (Mark){ MARK_PIPS, (guint)level + 1, levels }, label, detail, number);
    bars_part(bars, telling_length(held), (guint)level + 1, FALSE, NULL);
    if (held != COHORT_WITHHELD && could > held)
        bars_part(bars, (double)(could - held), (guint)level + 1, TRUE, NULL);
}

static void add_ladder(const Telling *telling)
{
    guint levels = telling->story->rubric->levels->len;
    Bars *bars = bars_new(levels, telling_length(tallies_companies(telling->statistics)));

    for (int level = (int)levels - 1; level >= 0; level--)
        add_level_bar(telling, bars, level);
    bars_open_legend(bars, telling_word(telling, "legend_possible"));
    telling_add_bars(telling, telling_word(telling, "levels_message"), bars);
}

static void level_cell(const Telling *telling, Row *row, Reading reading, gboolean possible,
                       int level, gint64 all)
{
    const gint64 *counts = tallies_level(telling->statistics, reading, possible);
    g_autofree char *text = telling_both(telling, counts[level + 1], all);

    row_text(row, ROLE_CELL, text);
}

/* The three verdicts side by side: exactly this level. */
static void add_readings(const Telling *telling)
{
    const Statistics *statistics = telling->statistics;
    gboolean official = rubric_of_origin(telling->story->rubric, ORIGIN_OFFICIAL) > 0;
    gint64 all = tallies_companies(statistics),
           evidenced = statistics->counts[statistics->layout.evidence_asked];
    Listing *table = listing_new();

    listing_column(table, telling_word(telling, "column_level"), 1.6, ALIGN_LEFT);
    listing_column(table, telling_word(telling, "column_held"), 1, ALIGN_RIGHT);
    listing_column(table, telling_word(telling, "column_possible"), 1, ALIGN_RIGHT);
    if (official)
        listing_column(table, telling_word(telling, "column_official"), 1, ALIGN_RIGHT);
    if (evidenced != 0)
        listing_column(table, telling_word(telling, "column_evidenced"), 1, ALIGN_RIGHT);
    for (int level = (int)telling->story->rubric->levels->len - 1; level >= NOWHERE; level--) {
        g_autofree char *title = telling_level(telling, level);
        Row *row = listing_row(table, NULL);
        Mark mark = { level == NOWHERE ? MARK_NONE : MARK_PIPS, (guint)(level + 1),
                      telling->story->rubric->levels->len };

        cell_words(row_cell(row, mark, NULL), ROLE_CELL_STRONG, title);
        level_cell(telling, row, READING_FULL, FALSE, level, all);
        level_cell(telling, row, READING_FULL, TRUE, level, all);
        if (official)
            level_cell(telling, row, READING_OFFICIAL, FALSE, level, all);
        if (evidenced != 0)
            level_cell(telling, row, READING_EVIDENCED, FALSE, level, evidenced);
    }
    blocks_caption(telling->story->blocks, telling_word(telling, "readings_message"));
    blocks_table(telling->story->blocks, table);
}

static gboolean levels_are_withheld(const Telling *telling)
{
    const gint64 *held = tallies_level(telling->statistics, READING_FULL, FALSE);

    for (guint i = 0; i < telling->statistics->layout.n_levels; i++)
        if (held[i] != COHORT_WITHHELD)
            return FALSE;
    return TRUE;
}

void telling_levels(const Telling *telling)
{
    g_autofree char *heading = levels_heading(telling), *line = verdict_line(telling);

    blocks_chapter(telling->story->blocks, heading, NULL);
    blocks_text(telling->story->blocks, ROLE_LEAD, line);
    if (telling_is_empty(telling) || levels_are_withheld(telling))
        return;
    add_ladder(telling);
    add_readings(telling);
}
