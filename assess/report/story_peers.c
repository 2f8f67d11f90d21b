/* Where the company stands among its peers; nothing in a report that knows of none. */
#include "report/bars.h"
#include "report/spread.h"
#include "report/story.h"

static char *percent(const Story *story, guint number)
{
    g_autofree char *text = g_strdup_printf("%u", number);

    return STORY_FILL(story, "percent", "value", text);
}

static char *number_text(const Story *story, gint64 number)
{
    return number == PEERS_WITHHELD ? g_strdup(story_word(story, "peers_withheld"))
                                    : g_strdup_printf("%" G_GINT64_FORMAT, number);
}

/* "above 41–63% of them"; NULL without a score of its own. */
static char *above_text(const Story *story, const PeerPlace *place)
{
    g_autofree char *low = g_strdup_printf("%u", place->above_low);
    g_autofree char *high = g_strdup_printf("%u", place->above_high);
    g_autofree char *range = place->above_low == place->above_high
                                 ? g_strdup(low)
                                 : STORY_FILL(story, "plain_range", "low", low, "high", high);
    g_autofree char *share = STORY_FILL(story, "percent", "value", range);

    return place->has_own ? STORY_FILL(story, "peers_above", "share", share) : NULL;
}

static char *place_title(const Story *story, const PeerPlace *place)
{
    const Dimension *it =
        place->dimension == NOWHERE ? NULL : RUBRIC_DIMENSION(story->rubric, place->dimension);

    return it ? story_title(story, &it->title, it->id)
              : g_strdup(story_word(story, "column_whole"));
}

/* ---- scores ---- */

static void add_place(const Story *story, Spread *spread, GString *alt, const PeerPlace *place)
{
    g_autofree char *title = place_title(story, place), *above = above_text(story, place);
    g_autofree char *median = percent(story, place->quantiles[2]);
    g_autofree char *detail = STORY_FILL(story, "peers_median", "value", median);
    g_autofree char *value = above ? g_strdup(above) : g_strdup(story_word(story, "no_score"));
    g_autofree char *item = STORY_FILL(story, "alt_fact", "label", title, "value", value);
    SpreadRow row = { .label = title,
                      .detail = detail,
                      .value = value,
                      .tenth = place->quantiles[0] / 100.0,
                      .quarter = place->quantiles[1] / 100.0,
                      .median = place->quantiles[2] / 100.0,
                      .three_quarters = place->quantiles[3] / 100.0,
                      .nine_tenths = place->quantiles[4] / 100.0,
                      .is_known = TRUE,
                      .has_own = place->has_own,
                      .own_low = place->own_low,
                      .own_high = place->own_high };

    spread_add(spread, &row);
    g_string_append_printf(alt, "%s%s", alt->len ? story_word(story, "between_parts") : "", item);
}

static void add_places(const Story *story, const Peers *peers)
{
    const PeerPlace *whole = &g_array_index(peers->places, PeerPlace, 0);
    g_autofree char *above = above_text(story, whole);
    g_autofree char *message =
        above ? STORY_FILL(story, "peers_message", "above", above) : g_strdup("");
    g_autoptr(GString) alt = g_string_new(NULL);
    Spread *spread = spread_new(story_word(story, "peers_half"), story_word(story, "peers_range"),
                                story_word(story, "peers_own"));

    spread_axis(spread, "0%", "100%");
    for (guint i = 0; i < peers->places->len; i++)
        add_place(story, spread, alt, &g_array_index(peers->places, PeerPlace, i));
    if (*message)
        blocks_caption(story->blocks, message);
    blocks_figure(story->blocks, &spread->figure);
    blocks_describe(story->blocks, alt->str);
}

/* ---- groups ---- */

static char *value_title(const Story *story, const PeerGroup *group)
{
    const Question *question = RUBRIC_QUESTION(story->rubric, group->question);
    int option = question->options ? question_option(question, group->value) : NOWHERE;

    return option == NOWHERE
               ? story_show(group->value, STORY_NAME_LIMIT)
               : story_title(story, &QUESTION_OPTION(question, option)->title, group->value);
}

static void add_group(const Story *story, Listing *table, const PeerGroup *group)
{
    g_autofree char *asked = story_question(story, group->question);
    g_autofree char *value = value_title(story, group);
    g_autofree char *companies = number_text(story, group->peers);
    g_autofree char *level = number_text(story, group->at_level);
    g_autofree char *above = group->place.peers > 0 ? above_text(story, &group->place) : NULL;
    g_autofree char *median = percent(story, group->place.quantiles[2]);
    gboolean is_known = group->place.peers > 0;
    Row *row = listing_row(table, NULL);
    ListingCell *cell = row_cell(row, NO_MARK, NULL);

    cell_words(cell, ROLE_CELL_STRONG, value);
    cell_words(cell, ROLE_SMALL, asked);
    row_text(row, ROLE_CELL, companies);
    row_text(row, ROLE_CELL, level);
    row_text(row, ROLE_CELL, is_known ? median : story_word(story, "nothing"));
    row_text(row, ROLE_CELL, above ? above : story_word(story, "peers_few"));
}

static void add_groups(const Story *story, const Peers *peers)
{
    g_autofree char *level = story_level(story, story->assessment->verdict.level);
    g_autofree char *head = STORY_FILL(story, "peers_at_level", "level", level);
    Listing *table;

    if (peers->groups->len == 0)
        return;
    table = listing_new();
    listing_column(table, story_word(story, "peers_group"), 2, ALIGN_LEFT);
    listing_column(table, story_word(story, "peers_companies"), 0.8, ALIGN_RIGHT);
    listing_column(table, head, 1.1, ALIGN_RIGHT);
    listing_column(table, story_word(story, "peers_median_head"), 0.8, ALIGN_RIGHT);
    listing_column(table, story_word(story, "peers_place"), 1.3, ALIGN_RIGHT);
    for (guint i = 0; i < peers->groups->len; i++)
        add_group(story, table, peers->groups->pdata[i]);
    blocks_caption(story->blocks, story_word(story, "peers_groups_message"));
    blocks_table(story->blocks, table);
}

/* ---- scenes ---- */

static void add_scenes(const Story *story, const Peers *peers)
{
    Bars *bars;
    g_autoptr(GString) alt = g_string_new(NULL);
    g_autofree char *message = NULL;

    if (peers->scenes->len == 0)
        return;
    bars = bars_new(1, 1);
    bars->labels = 0.5;
    message = story_count(story, "peers_scenes", peers->scenes->len, NULL);
    for (guint i = 0; i < peers->scenes->len; i++) {
        const PeerScene *scene = &g_array_index(peers->scenes, PeerScene, i);
        double part = (double)scene->built / (double)MAX(scene->asked, 1);
        g_autofree char *title = story_question(story, scene->question);
        g_autofree char *answer = story_answer(story, scene->question);
        g_autofree char *here = STORY_FILL(story, "peers_here", "answer", answer);
        g_autofree char *share = percent(story, (guint)(part * 100));
        g_autofree char *item = STORY_FILL(story, "alt_fact", "label", title, "value", share);

        bars_add(bars, NO_MARK, title, here, share);
        bars_part(bars, part, 1, FALSE, NULL);
        g_string_append_printf(alt, "%s%s", alt->len ? story_word(story, "between_parts") : "",
                               item);
    }
    while (bars) {
        Bars *rest = bars_rest(bars, 4);

        if (message)
            blocks_caption(story->blocks, message);
        blocks_figure(story->blocks, &bars->figure);
        blocks_describe(story->blocks, message ? alt->str : story_word(story, "peers_more"));
        if (rest)
            blocks_join(story->blocks);
        g_clear_pointer(&message, g_free);
        bars = rest;
    }
}

void story_benchmark(Story *story)
{
    const Peers *peers = story->assessment->peers;
    g_autofree char *number = NULL, *heading = NULL;

    if (!peers)
        return;
    number = number_text(story, peers->companies);
    heading = STORY_FILL(story, "heading_peers", "number", number);
    blocks_chapter(story->blocks, heading, NULL);
    blocks_intro(story->blocks, ROLE_LEAD, story_word(story, "peers_text"));
    if (peers->places->len > 0)
        add_places(story, peers);
    add_groups(story, peers);
    add_scenes(story, peers);
}
