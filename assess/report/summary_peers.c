#include "report/summary_peers.h"

enum { SCENES_SHOWN = 5 };

static char *number_text(const Terminal *terminal, gint64 number)
{
    return number == PEERS_WITHHELD ? g_strdup(terminal_word(terminal, "words", "peers_withheld"))
                                    : g_strdup_printf("%" G_GINT64_FORMAT, number);
}

/* "above 41 to 63 % of them; median 43 %, middle half 10 to 78 %". */
static char *place_text(const Terminal *terminal, const PeerPlace *place)
{
    g_autofree char *low = g_strdup_printf("%u", place->above_low);
    g_autofree char *high = g_strdup_printf("%u", place->above_high);
    g_autofree char *median = g_strdup_printf("%u", place->quantiles[2]);
    g_autofree char *from = g_strdup_printf("%u", place->quantiles[1]);
    g_autofree char *to = g_strdup_printf("%u", place->quantiles[3]);
    const char *key = !place->has_own                         ? "peers_spread"
                      : place->above_low == place->above_high ? "peers_above_one"
                                                              : "peers_above";

    return wording_fill(terminal->wording, "words", key, terminal->language, "low", low, "high",
                        high, "median", median, "from", from, "to", to, NULL);
}

static void append_line(const Terminal *terminal, GString *out, const char *label, const char *text)
{
    g_autofree char *line = wording_fill(terminal->wording, "words", "peers_line",
                                         terminal->language, "label", label, "text", text, NULL);

    terminal_lines(terminal, out, "    ", "      ", NULL, line);
}

static void append_places(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    const Peers *peers = assessment->peers;

    for (guint i = 0; i < peers->places->len; i++) {
        const PeerPlace *place = &g_array_index(peers->places, PeerPlace, i);
        const Dimension *it =
            place->dimension == NOWHERE ? NULL : RUBRIC_DIMENSION(rubric, place->dimension);
        g_autofree char *text = place_text(terminal, place);

        append_line(terminal, out,
                    it ? localized_or(&it->title, terminal->language, it->id)
                       : terminal_word(terminal, "words", "whole"),
                    text);
    }
}

static const char *value_of(const Terminal *terminal, const Rubric *rubric, const PeerGroup *group)
{
    const Question *question = RUBRIC_QUESTION(rubric, group->question);
    int option = question->options ? question_option(question, group->value) : NOWHERE;

    return option == NOWHERE ? group->value
                             : localized_or(&QUESTION_OPTION(question, option)->title,
                                            terminal->language, group->value);
}

static void append_groups(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Peers *peers = assessment->peers;

    for (guint i = 0; i < peers->groups->len; i++) {
        const PeerGroup *group = peers->groups->pdata[i];
        g_autofree char *number = number_text(terminal, group->peers);
        g_autofree char *label = wording_fill(
            terminal->wording, "words", "peers_group", terminal->language, "value",
            value_of(terminal, assessment->plan->rubric, group), "number", number, NULL);
        g_autofree char *text = group->place.peers > 0 ? place_text(terminal, &group->place) : NULL;

        append_line(terminal, out, label,
                    text ? text : terminal_word(terminal, "words", "peers_unknown"));
    }
}

static void append_scenes(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const GArray *scenes = assessment->peers->scenes;
    guint shown = terminal->all ? scenes->len : MIN(scenes->len, SCENES_SHOWN);
    g_autofree char *number = g_strdup_printf("%u", scenes->len);
    g_autofree char *title =
        wording_fill(terminal->wording, "words", scenes->len == 1 ? "peers_scene" : "peers_scenes",
                     terminal->language, "number", number, NULL);

    if (scenes->len == 0)
        return;
    terminal_lines(terminal, out, "    ", "    ", NULL, title);
    for (guint i = 0; i < shown; i++) {
        const PeerScene *scene = &g_array_index(scenes, PeerScene, i);
        g_autofree char *share =
            g_strdup_printf("%d", (int)(scene->built * 100 / MAX(scene->asked, 1)));
        g_autofree char *line =
            wording_fill(terminal->wording, "words", "peers_share", terminal->language, "question",
                         terminal_question(terminal, assessment->plan->rubric, scene->question),
                         "number", share, NULL);

        terminal_lines(terminal, out, "      ", "        ", NULL, line);
    }
}

static void append_level(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Peers *peers = assessment->peers;
    int next = assessment_next_level(assessment);
    g_autofree char *number = next == NOWHERE ? NULL : number_text(terminal, peers->at_level[next]);
    g_autofree char *line =
        number ? wording_fill(terminal->wording, "words", "peers_level", terminal->language,
                              "number", number, "level",
                              terminal_level(terminal, assessment->plan->rubric, next), NULL)
               : NULL;

    if (line)
        terminal_lines(terminal, out, "    ", "      ", NULL, line);
}

void summary_peers(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    g_autofree char *number = NULL, *title = NULL;

    if (!assessment->peers)
        return;
    number = number_text(terminal, assessment->peers->companies);
    title = wording_fill(terminal->wording, "words", "peers", terminal->language, "number", number,
                         NULL);
    g_string_append_c(out, '\n');
    terminal_lines(terminal, out, "  ", "  ", "strong", title);
    append_level(terminal, out, assessment);
    append_places(terminal, out, assessment);
    append_groups(terminal, out, assessment);
    append_scenes(terminal, out, assessment);
}
