/* What companies answered, and what of it is to be looked at again; where the numbers come from. */
#include <string.h>

#include "cohort/cohort_story.h"

enum {
    BLANKS_SHOWN = 12,
    BLANK_RATES_SHOWN = 10,
    SIGNS_SHOWN = 5, /* questions with answers that could not be read */
    FENCE = 3        /* middle halves beyond its ends: an unusual number */
};

/* ---- scenes ---- */

typedef struct {
    int question;
    gint64 built, asked; /* asked: to which it applies */
} Adoption;

/* The option from which on a scene is built. */
static guint built_option(const Telling *telling, const Question *question)
{
    const char *named = wording_get(telling->story->wording, "charts", "built", NULL);
    int option = question_option(question, named);

    return option == NOWHERE ? question->options->len - 1 : (guint)option;
}

static Adoption adoption_of(const Telling *telling, int index)
{
    const Question *question = RUBRIC_QUESTION(telling->story->rubric, index);
    const gint64 *options = tallies_options(telling->statistics, (guint)index);
    Adoption adoption = { index, 0, tallies_asked(telling->statistics, (guint)index) };

    for (guint i = built_option(telling, question); i < question->options->len; i++)
        adoption.built = options[i] == COHORT_WITHHELD || adoption.built == COHORT_WITHHELD
                             ? COHORT_WITHHELD
                             : adoption.built + options[i];
    return adoption;
}

static void add_scene(const Telling *telling, Bars *bars, int index)
{
    const Question *question = RUBRIC_QUESTION(telling->story->rubric, index);
    const gint64 *options = tallies_options(telling->statistics, (guint)index);
    Adoption adoption = adoption_of(telling, index);
    g_autofree char *title = story_question(telling->story, index);
    g_autofree char *share = telling_share(telling, adoption.built, adoption.asked);

    bars_add(bars, NO_MARK, title, NULL, share);
    for (guint i = question->options->len; i-- > 0;)
        if (options[i] > 0 && adoption.asked > 0)
            bars_part(bars, (double)options[i] / (double)adoption.asked, i, FALSE, NULL);
}

static Bars *scene_bars(const Telling *telling, const Question *first, gboolean has_legend)
{
    Bars *bars = bars_new(first->options->len - 1, 1);

    for (guint i = 0; has_legend && i < first->options->len; i++) {
        const Option *option = QUESTION_OPTION(first, i);
        g_autofree char *title = story_title(telling->story, &option->title, option->id);

        bars_legend(bars, title);
    }
    return bars;
}

/* The scenes of a link (NOWHERE: of none) under its name. How many of them are withheld. */
static guint tell_link(const Telling *telling, int scenes, int link, gboolean is_first)
{
    Story *story = telling->story;
    const Group *group = RUBRIC_GROUP(story->rubric, scenes);
    const Question *first = RUBRIC_QUESTION(story->rubric, g_array_index(group->questions, int, 0));
    const Group *own = link == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, link);
    g_autofree char *title = own ? story_title(story, &own->title, own->id)
                                 : g_strdup(story_word(story, "scenes_other"));
    Bars *bars = scene_bars(telling, first, is_first);
    guint withheld = 0;

    for (guint i = 0; i < group->questions->len; i++) {
        int question = g_array_index(group->questions, int, i);

        if (story_scene_link(story, scenes, question) != link)
            continue;
        if (adoption_of(telling, question).built == COHORT_WITHHELD)
            withheld++;
        else
            add_scene(telling, bars, question);
    }
    if (bars->bars->len == 0)
        bars->figure.kind->free(&bars->figure);
    else
        telling_add_bars(telling, title, bars);
    return withheld;
}

static Rational share_of(const Adoption *adoption)
{
    return rational_ratio(adoption->built, adoption->asked);
}

/* NULL: of no scene anything is known; empty: there is nothing to compare. */
static char *scenes_heading(const Telling *telling, const Group *group)
{
    Adoption most = { NOWHERE, 0, 1 }, least = { NOWHERE, 1, 1 };
    g_autofree char *best = NULL, *worst = NULL, *best_share = NULL, *worst_share = NULL;

    for (guint i = 0; i < group->questions->len; i++) {
        Adoption it = adoption_of(telling, g_array_index(group->questions, int, i));

        if (it.asked <= 0 || it.built == COHORT_WITHHELD)
            continue;
        if (most.question == NOWHERE || rational_compare(share_of(&it), share_of(&most)) > 0)
            most = it;
        if (least.question == NOWHERE || rational_compare(share_of(&it), share_of(&least)) < 0)
            least = it;
    }
    if (most.question == NOWHERE)
        return NULL;
    if (most.built * least.asked == least.built * most.asked)
        return g_strdup("");
    best = story_question(telling->story, most.question);
    worst = story_question(telling->story, least.question);
    best_share = telling_share(telling, most.built, most.asked);
    worst_share = telling_share(telling, least.built, least.asked);
    return TELLING_FILL(telling, "scenes_message", "most", best, "most_share", best_share, "least",
                        worst, "least_share", worst_share);
}

void telling_scenes(const Telling *telling)
{
    Story *story = telling->story;
    int scenes = story_scenes(story);
    const Group *group = scenes == NOWHERE ? NULL : RUBRIC_GROUP(story->rubric, scenes);
    g_autofree char *message = group ? scenes_heading(telling, group) : NULL;
    gboolean is_first = TRUE;
    guint withheld = 0;

    if (!message)
        return;
    blocks_chapter(story->blocks, telling_word(telling, "heading_scenes"), NULL);
    if (*message)
        blocks_text(story->blocks, ROLE_LEAD, message);
    blocks_intro(story->blocks, ROLE_SMALL, telling_word(telling, "scenes_text"));
    for (int link = NOWHERE; link < (int)story->rubric->groups->len; link++) {
        guint before = story->blocks->len;

        withheld += tell_link(telling, scenes, link, is_first);
        is_first = is_first && story->blocks->len == before;
    }
    telling_add_count(telling, "scenes_withheld", withheld);
}

/* ---- blanks ---- */

typedef struct {
    guint question;
    gint64 number;
} Ranked;

static int by_rank(gconstpointer a, gconstpointer b)
{
    const Ranked *one = a, *other = b;

    if (one->number != other->number)
        return one->number > other->number ? -1 : 1;
    return (int)one->question - (int)other->question;
}

static gint64 decides(const Telling *telling, guint question)
{
    return telling->statistics->counts[telling->statistics->layout.decides + question];
}

static gboolean decides_is_withheld(const Telling *telling)
{
    for (guint i = 0; i < telling->story->rubric->questions->len; i++)
        if (decides(telling, i) == COHORT_WITHHELD)
            return TRUE;
    return FALSE;
}

/* Who is assessed is no question. */
static gint64 blanks(const Telling *telling, guint question)
{
    const gint64 *states = tallies_states(telling->statistics, question);

    if (RUBRIC_QUESTION(telling->story->rubric, question)->is_field)
        return 0;
    return MAX(states[ANSWER_BLANK], 0) + MAX(states[ANSWER_INVALID], 0);
}

/* Questions with a number above 0, the largest first. */
static GArray *rank(const Telling *telling,
                    gint64 (*number)(const Telling *telling, guint question))
{
    GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));

    for (guint i = 0; i < telling->story->rubric->questions->len; i++) {
        Ranked one = { i, number(telling, i) };

        if (one.number > 0)
            g_array_append_val(ranked, one);
    }
    g_array_sort(ranked, by_rank);
    return ranked;
}

static void add_decisive(const Telling *telling, const GArray *ranked)
{
    gint64 all = tallies_companies(telling->statistics);
    const Ranked *first = &g_array_index(ranked, Ranked, 0);
    Bars *bars = bars_new(1, 0);
    g_autofree char *asked = story_question(telling->story, (int)first->question);
    g_autofree char *number = telling_number(telling, first->number);
    g_autofree char *message =
        TELLING_FILL(telling, "blanks_message", "question", asked, "number", number);

    bars->labels = 0.5;
    for (guint i = 0; i < MIN(ranked->len, BLANKS_SHOWN); i++) {
        const Ranked *it = &g_array_index(ranked, Ranked, i);
        g_autofree char *title = story_question(telling->story, (int)it->question);
        g_autofree char *value = telling_both(telling, it->number, all);

        bars_add(bars, NO_MARK, title, NULL, value);
        bars_part(bars, (double)it->number, 1, TRUE, NULL);
    }
    telling_add_bars(telling, message, bars);
}

static void number_cell(const Telling *telling, Row *row, gint64 number)
{
    g_autofree char *text = telling_number(telling, number);

    row_text(row, ROLE_CELL, text);
}

static void add_rates(const Telling *telling)
{
    gint64 all = tallies_companies(telling->statistics);
    g_autoptr(GArray) ranked = rank(telling, blanks);
    Listing *table;

    if (ranked->len == 0)
        return;
    table = listing_new();
    listing_column(table, telling_word(telling, "column_question"), 3.4, ALIGN_LEFT);
    listing_column(table, telling_word(telling, "column_blank"), 1, ALIGN_RIGHT);
    listing_column(table, telling_word(telling, "column_invalid"), 1, ALIGN_RIGHT);
    listing_column(table, telling_word(telling, "column_not_applicable"), 1, ALIGN_RIGHT);
    for (guint i = 0; i < MIN(ranked->len, BLANK_RATES_SHOWN); i++) {
        guint question = g_array_index(ranked, Ranked, i).question;
        const gint64 *states = tallies_states(telling->statistics, question);
        g_autofree char *title = story_question(telling->story, (int)question);
        g_autofree char *share = telling_both(telling, states[ANSWER_BLANK], all);
        Row *row = listing_row(table, NULL);

        row_text(row, ROLE_CELL, title);
        row_text(row, ROLE_CELL, share);
        number_cell(telling, row, states[ANSWER_INVALID]);
        number_cell(telling, row, states[ANSWER_NOT_APPLICABLE]);
    }
    blocks_caption(telling->story->blocks, telling_word(telling, "rates_message"));
    blocks_table(telling->story->blocks, table);
}

void telling_blanks(const Telling *telling)
{
    g_autoptr(GArray) ranked = rank(telling, decides);

    if (telling_is_empty(telling))
        return;
    blocks_chapter(telling->story->blocks, telling_word(telling, "heading_blanks"), NULL);
    blocks_text(telling->story->blocks, ROLE_LEAD,
                telling_word(telling, ranked->len                    ? "blanks_text"
                                      : decides_is_withheld(telling) ? "blanks_withheld"
                                                                     : "blanks_none"));
    if (ranked->len > 0)
        add_decisive(telling, ranked);
    add_rates(telling);
}

/* ---- indicators ---- */

/* The lower edge of a bin as people read it. */
static char *edge(const Telling *telling, guint question, guint bin)
{
    const Question *asked = RUBRIC_QUESTION(telling->story->rubric, question);
    gint64 number = bins_edge(&telling->statistics->layout.bins[question], bin);
    g_autofree char *text = rational_format(rational_ratio(number, 1000000), 6, ROUND_HALF_UP);

    return asked->type == QUESTION_PERCENT ? TELLING_FILL(telling, "share", "number", text)
                                           : g_steal_pointer(&text);
}

/* How many lie further from the middle half than FENCE times its width. */
static gint64 unusual(const Telling *telling, guint question, const gint64 *counts, guint n)
{
    const Bins *bins = &telling->statistics->layout.bins[question];
    gint64 low = bins_edge(bins, bins_quantile(counts, n, 250)),
           high = bins_edge(bins, bins_quantile(counts, n, 750)), found = 0;

    if (low == high)
        return 0;
    for (guint i = 0; i < n; i++) {
        double at = (double)bins_edge(bins, i);

        if (at < (double)low - FENCE * ((double)high - (double)low) ||
            at > (double)high + FENCE * ((double)high - (double)low))
            found += counts[i];
    }
    return found;
}

static char *indicator_title(const Telling *telling, guint question)
{
    const Question *asked = RUBRIC_QUESTION(telling->story->rubric, question);
    g_autofree char *title = story_question(telling->story, (int)question);
    g_autofree char *unit = story_own(telling->story, &asked->unit);

    return unit && asked->type == QUESTION_NUMBER
               ? TELLING_FILL(telling, "with_unit", "title", title, "unit", unit)
               : g_steal_pointer(&title);
}

static void add_indicator(const Telling *telling, Listing *table, guint question)
{
    static const guint PARTS[] = { 100, 250, 500, 750, 900 };
    const gint64 *numbers = tallies_numbers(telling->statistics, question);
    guint n = bins_number(&telling->statistics->layout.bins[question]);
    g_autofree gint64 *counts = g_memdup2(numbers, n * sizeof *numbers);
    g_autofree char *title = indicator_title(telling, question);
    Row *row;

    for (guint i = 0; i < n; i++)
        counts[i] = MAX(counts[i], 0);
    if (bins_total(counts, n) == 0 || !telling_is_spread(telling, counts, n))
        return;
    row = listing_row(table, NULL);
    row_text(row, ROLE_CELL, title);
    number_cell(telling, row, bins_total(counts, n));
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        g_autofree char *text = edge(telling, question, bins_quantile(counts, n, PARTS[i]));

        row_text(row, i == 2 ? ROLE_CELL_STRONG : ROLE_CELL, text);
    }
    number_cell(telling, row, unusual(telling, question, counts, n));
}

void telling_indicators(const Telling *telling)
{
    static const char *const COLUMNS[] = { "column_answers", "column_tenth",    "column_quarter",
                                           "column_median",  "column_quarter3", "column_tenth9",
                                           "column_unusual" };
    Listing *table = listing_new();

    listing_column(table, telling_word(telling, "column_indicator"), 3, ALIGN_LEFT);
    for (guint i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        listing_column(table, telling_word(telling, COLUMNS[i]), 0.8, ALIGN_RIGHT);
    for (guint i = 0; i < telling->story->rubric->n_questions; i++)
        if (tallies_numbers(telling->statistics, i))
            add_indicator(telling, table, i);
    if (table->rows->len == 0) {
        listing_free(table);
        return;
    }
    blocks_chapter(telling->story->blocks, telling_word(telling, "heading_indicators"), NULL);
    blocks_text(telling->story->blocks, ROLE_LEAD, telling_word(telling, "indicators_text"));
    blocks_table(telling->story->blocks, table);
}

/* ---- suspicion ---- */

static void add_sign(const Telling *telling, Listing *table, const char *what, const char *detail,
                     gint64 number)
{
    Row *row = listing_row(table, NULL);
    ListingCell *cell = row_cell(row, NO_MARK, NULL);
    g_autofree char *value = telling_both(telling, number, tallies_companies(telling->statistics));

    cell_words(cell, ROLE_CELL, what);
    cell_words(cell, ROLE_SMALL, detail);
    row_text(row, ROLE_CELL, value);
}

static void add_contradictions(const Telling *telling, Listing *table)
{
    Story *story = telling->story;
    const Rubric *rubric = story->rubric;

    for (guint i = 0; i < rubric->contradictions->len; i++) {
        const Contradiction *it = RUBRIC_CONTRADICTION(rubric, i);
        gint64 number = telling->statistics->counts[telling->statistics->layout.contradictions + i];
        g_autofree char *title = story_title(story, &it->title, it->id);

        if (i == 0)
            listing_band(table, telling_word(telling, "band_contradictions"));
        add_sign(telling, table, title,
                 wording_get(story->wording, "origin", origin_name(it->origin), story->language),
                 number);
    }
}

static void add_lines_alike(const Telling *telling, Listing *table)
{
    Story *story = telling->story;
    const GArray *groups = telling->statistics->layout.straight;
    gboolean has_band = FALSE;

    for (guint i = 0; i < groups->len; i++) {
        const StraightGroup *it = &g_array_index(groups, StraightGroup, i);
        const Group *group = RUBRIC_GROUP(story->rubric, it->group);
        const Question *first =
            RUBRIC_QUESTION(story->rubric, g_array_index(it->questions, int, 0));
        g_autofree char *title = story_title(story, &group->title, group->id);
        g_autofree char *length = telling_number(telling, it->questions->len);

        for (guint o = 0; o < it->options; o++) {
            gint64 number = telling->statistics->counts[it->at + o];
            const Option *option = QUESTION_OPTION(first, o);
            g_autofree char *answer = story_title(story, &option->title, option->id);
            g_autofree char *what = TELLING_FILL(telling, "straight", "group", title, "number",
                                                 length, "answer", answer);

            if (number == 0)
                continue;
            if (!has_band)
                listing_band(table, telling_word(telling, "band_straight"));
            has_band = TRUE;
            add_sign(telling, table, what, NULL, number);
        }
    }
}

static gint64 invalid(const Telling *telling, guint question)
{
    return MAX(tallies_states(telling->statistics, question)[ANSWER_INVALID], 0);
}

static void add_unreadable(const Telling *telling, Listing *table)
{
    g_autoptr(GArray) ranked = rank(telling, invalid);

    listing_band(table, telling_word(telling, "band_invalid"));
    add_sign(telling, table, telling_word(telling, "with_findings"), NULL,
             telling->statistics->counts[telling->statistics->layout.with_findings]);
    for (guint i = 0; i < MIN(ranked->len, SIGNS_SHOWN); i++) {
        const Ranked *it = &g_array_index(ranked, Ranked, i);
        g_autofree char *title = story_question(telling->story, (int)it->question);

        add_sign(telling, table, title, NULL, it->number);
    }
}

static void add_identical(const Telling *telling, Listing *table)
{
    const Statistics *statistics = telling->statistics;
    g_autofree char *sets =
        telling_number(telling, statistics->counts[statistics->layout.identical_groups]);
    gint64 n = statistics->counts[statistics->layout.identical_groups];
    const char *key = n > 1 ? "identical" : n == 1 ? "identical_one" : "identical_none";
    g_autofree char *what = TELLING_FILL(telling, key, "number", sets);

    if (!statistics->has_identical)
        return;
    listing_band(table, telling_word(telling, "band_identical"));
    add_sign(telling, table, what, NULL, statistics->counts[statistics->layout.identical]);
}

void telling_suspicion(const Telling *telling)
{
    Listing *table;

    if (telling_is_empty(telling))
        return;
    table = listing_new();
    listing_column(table, telling_word(telling, "column_sign"), 4, ALIGN_LEFT);
    listing_column(table, telling_word(telling, "column_companies"), 1, ALIGN_RIGHT);
    add_contradictions(telling, table);
    add_identical(telling, table);
    add_lines_alike(telling, table);
    add_unreadable(telling, table);
    blocks_chapter(telling->story->blocks, telling_word(telling, "heading_suspicion"), NULL);
    blocks_text(telling->story->blocks, ROLE_LEAD, telling_word(telling, "suspicion_text"));
    blocks_table(telling->story->blocks, table);
}

/* ---- rows that were not graded ---- */

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void telling_rejected(const Telling *telling)
{
    GHashTable *rejected = telling->statistics->rejected;
    guint n = 0;
    g_autofree gpointer *reasons = g_hash_table_get_keys_as_array(rejected, &n);
    gint64 rows = 0, companies = tallies_companies(telling->statistics);
    g_autofree char *number = NULL, *all = NULL, *heading = NULL;
    Listing *table;

    qsort(reasons, n, sizeof *reasons, by_text);
    for (guint i = 0; i < n; i++)
        rows += *(gint64 *)g_hash_table_lookup(rejected, reasons[i]);
    number = telling_number(telling, rows);
    all = telling_number(telling, rows + MAX(companies, 0));
    heading = rows > 0
                  ? TELLING_FILL(telling, rows == 1 ? "heading_rejected_one" : "heading_rejected",
                                 "number", number, "all", all)
                  : g_strdup(telling_word(telling, "heading_rejected_none"));
    blocks_heading(telling->story->blocks, 1, heading, NULL);
    if (rows == 0) {
        blocks_text(telling->story->blocks, ROLE_BODY, telling_word(telling, "rejected_none"));
        return;
    }
    table = listing_new();
    listing_column(table, telling_word(telling, "column_reason"), 4, ALIGN_LEFT);
    listing_column(table, telling_word(telling, "column_rows"), 1, ALIGN_RIGHT);
    for (guint i = 0; i < n; i++) {
        g_autofree char *said = story_said(telling->story, reasons[i]);
        Row *row = listing_row(table, NULL);

        row_text(row, ROLE_CELL, said);
        number_cell(telling, row, *(gint64 *)g_hash_table_lookup(rejected, reasons[i]));
    }
    blocks_table(telling->story->blocks, table);
}

/* ---- method ---- */

static ListingCell *add_fact(Listing *table, const char *label, const char *value)
{
    Row *row = listing_row(table, NULL);
    ListingCell *cell;

    row_text(row, ROLE_CELL_STRONG, label);
    cell = row_cell(row, NO_MARK, NULL);
    cell_words(cell, ROLE_CELL, value);
    return cell;
}

static void add_hashes(ListingCell *cell, const Ini *ini)
{
    cell_words(cell, ROLE_SMALL, ini->sha256);
    while (ini->bases->len > 0) {
        ini = ini->bases->pdata[0];
        cell_words(cell, ROLE_SMALL, ini->sha256);
    }
}

static void add_provenance(const Telling *telling)
{
    Story *story = telling->story;
    const Rubric *rubric = story->rubric;
    g_autofree char *reference = g_strdup_printf("%s@%s", rubric->id, rubric->edition);
    g_autofree char *program = STORY_FILL(story, "program_version", "version", ASSESS_VERSION);
    g_autofree char *companies = telling_number(telling, tallies_companies(telling->statistics));
    Listing *table = listing_new();

    listing_column(table, story_word(story, "column_fact"), 1.2, ALIGN_LEFT);
    listing_column(table, story_word(story, "column_value"), 3, ALIGN_LEFT);
    if (telling->origin && telling->origin->source) {
        g_autofree char *source = story_show(telling->origin->source, STORY_TEXT_LIMIT);

        cell_words(add_fact(table, telling_word(telling, "fact_source"), source), ROLE_SMALL,
                   telling->origin->source_sha256);
    }
    add_fact(table, telling_word(telling, "fact_companies"), companies);
    add_hashes(add_fact(table, story_word(story, "fact_rubric"), reference), rubric->ini);
    add_hashes(add_fact(table, story_word(story, "fact_template"), story->template->name),
               story->template->ini);
    if (telling->statistics->date)
        add_fact(table, story_word(story, "fact_date"), telling->statistics->date);
    add_fact(table, story_word(story, "fact_program"), program);
    blocks_heading(story->blocks, 1, story_word(story, "heading_provenance"), NULL);
    blocks_table(story->blocks, table);
}

void telling_method(const Telling *telling)
{
    Story *story = telling->story;

    blocks_chapter(story->blocks, story_word(story, "heading_method"), NULL);
    for (guint i = 1; i < 20; i++) {
        g_autofree char *key = g_strdup_printf("method_%u", i);

        if (wording_has(story->wording, "cohort", key))
            blocks_text(story->blocks, ROLE_BODY, telling_word(telling, key));
    }
    if (telling->statistics->min_group > 0) {
        g_autofree char *number =
            g_strdup_printf("%" G_GINT64_FORMAT, telling->statistics->min_group);
        g_autofree char *text = TELLING_FILL(telling, "method_withheld", "number", number);

        blocks_text(story->blocks, ROLE_BODY, text);
    }
    add_provenance(telling);
}
