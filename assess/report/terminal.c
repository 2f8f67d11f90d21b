#include "report/terminal.h"

#include <string.h>

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

/* A part of one as a percentage; the constants of the conditions are what it may not seem to reach.
 */
static char *percent_text(const Plan *plan, Rational value, Rounding rounding)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Rational hundred = rational_int(100);
    guint n = plan->constants->len;
    g_autofree Rational *bounds = g_new0(Rational, n + 1);

    for (guint i = 0; i < n; i++)
        bounds[i] = rational_mul(numbers, g_array_index(plan->constants, Rational, i), hundred);
    return rational_format_beside(rational_mul(numbers, value, hundred), 1, rounding, bounds, n);
}

char *terminal_score(const Terminal *terminal, const Plan *plan, Score score, gboolean whole)
{
    gboolean point, percent = !whole || plan->rubric->score == SCORE_MEAN;
    g_autofree char *low = NULL, *high = NULL;

    if (!score.exists)
        return g_strdup(terminal_word(terminal, "words", "no_score"));
    point = rational_compare(score.low, score.high) == 0;
    low = percent ? percent_text(plan, score.low, point ? ROUND_HALF_UP : ROUND_DOWN)
                  : score_places(plan, score, FALSE, SCORE_PLACES_SHOWN);
    high = percent ? percent_text(plan, score.high, point ? ROUND_HALF_UP : ROUND_UP)
                   : score_places(plan, score, TRUE, SCORE_PLACES_SHOWN);
    if (point)
        return percent ? g_strconcat(low, " %", NULL) : g_steal_pointer(&low);
    return wording_fill(terminal->wording, "words", percent ? "range_percent" : "range",
                        terminal->language, "low", low, "high", high, NULL);
}
