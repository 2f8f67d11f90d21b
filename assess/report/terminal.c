#include "report/terminal.h"

#include "base/text.h"

const char *terminal_word(const Terminal *terminal, const char *section, const char *key)
{
    return wording_get(terminal->wording, section, key, terminal->language);
}

void terminal_paint(const Terminal *terminal, GString *out, const char *colour, const char *text)
{
    if (terminal->colour && colour)
        g_string_append_printf(out, "\033[%sm%s\033[0m",
                               wording_get(terminal->wording, "colours", colour, NULL), text);
    else
        g_string_append(out, text);
}

void terminal_lines(const Terminal *terminal, GString *out, const char *first, const char *rest,
                    const char *colour, const char *text)
{
    enum { NARROWEST = 16 };
    guint indent = text_columns(first);
    guint room = terminal->columns > indent + NARROWEST ? terminal->columns - indent : NARROWEST;
    g_autofree char *visible = text_visible(text);
    g_autoptr(GPtrArray) lines = text_wrap(visible, room);

    for (guint i = 0; i < lines->len; i++) {
        g_string_append(out, i == 0 ? first : rest);
        terminal_paint(terminal, out, colour, lines->pdata[i]);
        g_string_append_c(out, '\n');
    }
}

const char *terminal_mark(const Terminal *terminal, const char *status)
{
    return terminal_word(terminal, "marks", status);
}

const char *terminal_colour(const Terminal *terminal, const char *status)
{
    return terminal_word(terminal, "colour_of", status);
}

const char *terminal_level(const Terminal *terminal, const Rubric *rubric, int level)
{
    if (level < 0)
        return terminal_word(terminal, "words", "none");
    return localized_or(&RUBRIC_LEVEL(rubric, level)->title, terminal->language,
                        RUBRIC_LEVEL(rubric, level)->id);
}

char *terminal_origin(const Terminal *terminal, const Requirement *requirement)
{
    const char *origin = terminal_word(terminal, "words", origin_name(requirement->origin));
    const char *clause = localized_in(&requirement->clause, terminal->language);

    return clause ? g_strdup_printf("%s %s", origin, clause) : g_strdup(origin);
}

const char *terminal_question(const Terminal *terminal, const Rubric *rubric, int question)
{
    const Question *asked = RUBRIC_QUESTION(rubric, question);

    return localized_or(&asked->ask, terminal->language, asked->id);
}

/* "Is there a plan? yes", "Level reached: level 2": a question mark needs no colon after it. */
static const char *answer_key(const char *ask, gboolean has_state)
{
    gboolean asks = g_str_has_suffix(ask, "?") || g_str_has_suffix(ask, "\uff1f");

    if (has_state)
        return asks ? "asked_answer_state" : "answer_state";
    return asks ? "asked_answer" : "answer";
}

/* The answer in words; yes and no have no title in a rubric. NULL if blank. */
static char *words_of(const Terminal *terminal, const Answers *answers, int question)
{
    const Question *asked = RUBRIC_QUESTION(answers->rubric, question);
    const Answer *answer = &answers->of[question];

    if (asked->type != QUESTION_YESNO || answer->state != ANSWER_ANSWERED)
        return answer_words(answers, question, terminal->language);
    return g_strdup(terminal_word(terminal, "words", answer->low > 0 ? "yes" : "no"));
}

char *terminal_answer(const Terminal *terminal, const Assessment *assessment, int question)
{
    const Rubric *rubric = assessment->plan->rubric;
    const Answer *answer = &assessment->answers->of[question];
    g_autofree char *words = words_of(terminal, assessment->answers, question);
    const char *state = answer_state_name(answer->state);
    const char *ask = terminal_question(terminal, rubric, question);

    const char *state_word = terminal_word(terminal, "states", state);
    gboolean has_state = answer->state != ANSWER_ANSWERED && words && *words != '\0';
    const char *shown = words && *words != '\0' ? words : state_word;

    return wording_fill(terminal->wording, "words", answer_key(ask, has_state), terminal->language,
                        "question", ask, "answer", shown, "state", state_word, NULL);
}

char *terminal_score(const Terminal *terminal, const Plan *plan, const Points *points)
{
    g_autofree char *low = NULL, *high = NULL, *best = NULL, *value = NULL;

    if (!points->score.exists)
        return g_strdup(terminal_word(terminal, "words", "no_score"));
    low = points_text(points, plan, FALSE);
    high = points_text(points, plan, TRUE);
    if (points->is_part && points_are_certain(points))
        return g_strconcat(low, " %", NULL);
    if (points->is_part)
        return wording_fill(terminal->wording, "words", "range_percent", terminal->language, "low",
                            low, "high", high, NULL);
    best = rational_format(points->best, 2, ROUND_HALF_UP);
    value = points_are_certain(points)
                ? g_strdup(low)
                : wording_fill(terminal->wording, "words", "range_points", terminal->language,
                               "low", low, "high", high, NULL);
    return wording_fill(terminal->wording, "words", "score_of", terminal->language, "value", value,
                        "best", best, NULL);
}
