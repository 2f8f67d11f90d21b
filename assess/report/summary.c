#include "report/summary.h"

#include "base/date.h"
#include "base/text.h"
#include "report/summary_peers.h"

enum {
    LABEL_COLUMNS = 18, /* of the verdict's lines */
    BAR_COLUMNS = 20,
    SCORE_COLUMNS = 17,
    ANSWERED_COLUMNS = 10,
    GAP = 2
};

static const char *word(const Terminal *terminal, const char *key)
{
    return terminal_word(terminal, "words", key);
}

static char *number(guint count)
{
    return g_strdup_printf("%u", count);
}

/* "  Level held        Advanced   official conditions alone: Advanced". */
static void verdict_line(const Terminal *terminal, GString *out, const char *label,
                         const char *value, const char *colour, const char *beside)
{
    g_autofree char *fitted = text_fit(word(terminal, label), LABEL_COLUMNS);
    g_autofree char *indent = g_strnfill(GAP, ' ');
    guint used = GAP + LABEL_COLUMNS + text_columns(value);

    g_string_append_printf(out, "%s%s", indent, fitted);
    terminal_paint(terminal, out, colour, value);
    if (beside && used + GAP + text_columns(beside) <= terminal->columns) {
        g_string_append(out, indent);
        terminal_paint(terminal, out, "quiet", beside);
    } else if (beside) {
        g_string_append_printf(out, "\n%*s", GAP + LABEL_COLUMNS, "");
        terminal_paint(terminal, out, "quiet", beside);
    }
    g_string_append_c(out, '\n');
}

/* The verdict over official requirements alone, where there are some and it differs from the full
 * one. */
static char *official_text(const Terminal *terminal, const Rubric *rubric, int level, int official)
{
    if (level == official || rubric_of_origin(rubric, ORIGIN_OFFICIAL) == 0)
        return NULL;
    return wording_fill(terminal->wording, "words", "official_alone", terminal->language, "level",
                        terminal_level(terminal, rubric, official), NULL);
}

static void append_verdict(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    Verdict verdict = assessment->verdict, official = assessment->official;
    g_autofree char *alone = official_text(terminal, rubric, verdict.level, official.level);
    g_autofree char *possible =
        official_text(terminal, rubric, verdict.level_possible, official.level_possible);

    verdict_line(terminal, out, "level_held", terminal_level(terminal, rubric, verdict.level),
                 "strong", alone);
    if (verdict.level_possible != verdict.level || possible)
        verdict_line(terminal, out, "level_possible",
                     terminal_level(terminal, rubric, verdict.level_possible), "open", possible);
    if (assessment->evidenced_reading && assessment->evidenced.level != verdict.level)
        verdict_line(terminal, out, "level_evidenced",
                     terminal_level(terminal, rubric, assessment->evidenced.level), "open", NULL);
}

static void append_unconfirmed_note(const Terminal *terminal, GString *out, const Localized *note)
{
    const char *text = localized_in(note, terminal->language);
    g_autofree char *line = text ? wording_fill(terminal->wording, "words", "unconfirmed",
                                                terminal->language, "text", text, NULL)
                                 : NULL;

    if (line)
        terminal_lines(terminal, out, "  ", "  ", "open", line);
}

/* What nobody has compared with the document yet is said beside the verdict that rests on it. */
static void append_unconfirmed(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    int profile = assessment->plan->profile;
    const Profile *chosen = profile == NOWHERE ? NULL : RUBRIC_PROFILE(rubric, profile);

    if (rubric->is_unconfirmed || (chosen && chosen->is_unconfirmed))
        g_string_append_c(out, '\n');
    if (rubric->is_unconfirmed)
        append_unconfirmed_note(terminal, out, &rubric->note);
    if (chosen && chosen->is_unconfirmed)
        append_unconfirmed_note(terminal, out, &chosen->note);
}

/* "  [mark] Basic - [mark] Advanced - ...", broken where the line ends. */
static void append_ladder(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    guint used = 0;

    g_string_append_c(out, '\n');
    for (guint i = 0; i < rubric->levels->len; i++) {
        const char *status = level_status_name(assessment->levels[i]);
        g_autofree char *rung = g_strdup_printf("%s %s", terminal_mark(terminal, status),
                                                terminal_level(terminal, rubric, (int)i));
        const char *join = i == 0 ? "" : terminal_word(terminal, "marks", "step");
        guint width = text_columns(rung) + text_columns(join) + GAP;

        if (used > 0 && used + width > terminal->columns) {
            g_string_append_c(out, '\n');
            used = 0;
        }
        if (used == 0)
            g_string_append(out, "  ");
        g_string_append(out, join);
        terminal_paint(terminal, out, terminal_colour(terminal, status), rung);
        used += width;
    }
    g_string_append_c(out, '\n');
}

/* Full up to the low end, half-tone up to the high end. */
static char *bar(const Terminal *terminal, Score score)
{
    GString *text = g_string_new(NULL);
    double low = score.exists ? rational_to_double(score.low) : 0;
    double high = score.exists ? rational_to_double(score.high) : 0;

    for (guint i = 0; i < BAR_COLUMNS; i++) {
        double middle = (i + 0.5) / BAR_COLUMNS;
        const char *part = middle < low ? "bar_full" : middle < high ? "bar_open" : "bar_rest";

        g_string_append(text, terminal_word(terminal, "marks", part));
    }
    return g_string_free(text, FALSE);
}

/* A row of the table of dimensions; `title` is cut to what is left of the line. */
static void score_row(const Terminal *terminal, GString *out, const char *title, guint indent,
                      const char *middle, const char *score, const char *answered)
{
    guint others = GAP + BAR_COLUMNS + GAP + SCORE_COLUMNS + ANSWERED_COLUMNS;
    guint room = terminal->columns > others + GAP + indent + 8
                     ? terminal->columns - others - GAP - indent
                     : 8;
    g_autofree char *visible = text_visible(title);
    g_autofree char *fitted = text_fit(visible, room);
    guint score_pad = SCORE_COLUMNS - MIN(SCORE_COLUMNS, text_columns(score));
    guint answered_pad = ANSWERED_COLUMNS - MIN(ANSWERED_COLUMNS, text_columns(answered));

    g_string_append_printf(out, "%*s%s  ", (int)(GAP + indent), "", fitted);
    terminal_paint(terminal, out, "bar", middle);
    g_string_append_printf(out, "%*s%s%*s%s\n", (int)(GAP + score_pad), "", score,
                           (int)answered_pad, "", answered);
}

static void dimension_row(const Terminal *terminal, GString *out, const Assessment *assessment,
                          guint index)
{
    const Dimension *dimension = RUBRIC_DIMENSION(assessment->plan->rubric, index);
    guint n_answered, n_asked;
    g_autoptr(Numbers) numbers = numbers_new();
    Points points = points_of(assessment, (int)index, numbers);
    g_autofree char *middle = bar(terminal, points_share(&points, numbers));
    g_autofree char *score = terminal_score(terminal, assessment->plan, &points);
    g_autofree char *answered = NULL;

    points_count(assessment, (int)index, &n_answered, &n_asked);
    answered = g_strdup_printf("%u/%u", n_answered, n_asked);
    score_row(terminal, out, localized_or(&dimension->title, terminal->language, dimension->id),
              GAP * rubric_depth(assessment->plan->rubric, (int)index), middle, score, answered);
}

/* The scores of a climb's dimensions are those of one level. */
static void append_level_scored(const Terminal *terminal, GString *out,
                                const Assessment *assessment)
{
    int level = points_level(assessment);
    g_autofree char *text = NULL;

    if (level == NOWHERE)
        return;
    text = wording_fill(terminal->wording, "words", "level_scored", terminal->language, "level",
                        terminal_level(terminal, assessment->plan->rubric, level), NULL);
    terminal_lines(terminal, out, "  ", "  ", "quiet", text);
}

static void append_dimensions(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    g_autoptr(Numbers) numbers = numbers_new();
    Points points = points_of(assessment, NOWHERE, numbers);
    g_autofree char *whole = terminal_score(terminal, assessment->plan, &points);
    g_autofree char *blank = g_strnfill(BAR_COLUMNS, ' ');
    g_autofree char *middle = bar(terminal, points_share(&points, numbers));
    GString *head = g_string_new(NULL);

    if (rubric->dimensions->len == 0 && !assessment->score.exists) {
        g_string_free(head, TRUE);
        return;
    }
    score_row(terminal, head, word(terminal, "dimensions"), 0, blank,
              word(terminal, rubric->score == SCORE_SUM ? "points" : "score"),
              word(terminal, "answered"));
    g_string_append_c(out, '\n');
    append_level_scored(terminal, out, assessment);
    g_string_truncate(head, head->len - 1);
    terminal_paint(terminal, out, "quiet", head->str);
    g_string_append_c(out, '\n');
    g_string_free(head, TRUE);
    for (guint i = 0; i < rubric->dimensions->len; i++)
        dimension_row(terminal, out, assessment, i);
    score_row(terminal, out, word(terminal, "whole"), 0, middle, whole, "");
}

static void heading(const Terminal *terminal, GString *out, const char *text)
{
    g_string_append_c(out, '\n');
    terminal_lines(terminal, out, "  ", "  ", "strong", text);
}

/* Whether an answer cannot be what a requirement lacks. */
static gboolean is_full(const Assessment *assessment, int question)
{
    Score score = assessment->question_scores[question];

    return assessment->answers->of[question].state == ANSWER_NOT_APPLICABLE ||
           assessment->answers->of[question].state == ANSWER_SKIPPED ||
           (score.exists && rational_compare(score.low, RATIONAL_ONE) >= 0);
}

/* The answers a requirement rests on, without those that cannot be improved, unless there are no
 * others. */
static void append_answers(const Terminal *terminal, GString *out, const Assessment *assessment,
                           int requirement)
{
    const GArray *because = assessment_because(assessment, requirement);
    guint shown = 0, open = 0;

    for (guint i = 0; i < because->len; i++)
        open += !is_full(assessment, g_array_index(because, int, i));
    for (guint i = 0; i < because->len; i++) {
        int question = g_array_index(because, int, i);
        g_autofree char *text = NULL;

        if (open > 0 && is_full(assessment, question))
            continue;
        if (shown++ >= SUMMARY_ANSWERS && !terminal->all)
            continue;
        text = terminal_answer(terminal, assessment, question);
        terminal_lines(terminal, out, "      ", "        ", "quiet", text);
    }
    if (shown > SUMMARY_ANSWERS && !terminal->all) {
        g_autofree char *left = number(shown - SUMMARY_ANSWERS);
        g_autofree char *more = wording_fill(terminal->wording, "words", "more_answers",
                                             terminal->language, "number", left, NULL);

        terminal_lines(terminal, out, "      ", "      ", "quiet", more);
    }
}

/* Title and origin on one line if they fit, else on one each. */
static void append_requirement(const Terminal *terminal, GString *out, const Assessment *assessment,
                               int index)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(assessment->plan->rubric, index);
    const char *status = status_name(assessment->status[index]);
    const char *title = localized_or(&requirement->title, terminal->language, requirement->id);
    g_autofree char *origin = terminal_origin(terminal, requirement);
    g_autofree char *both =
        wording_fill(terminal->wording, "words", "requirement", terminal->language, "title", title,
                     "origin", origin, NULL);
    g_autofree char *mark = g_strdup_printf("  %s ", terminal_mark(terminal, status));
    g_autofree char *indent = g_strnfill(text_columns(mark), ' ');
    gboolean fits = text_columns(mark) + text_columns(both) <= terminal->columns;

    terminal_lines(terminal, out, mark, indent, terminal_colour(terminal, status),
                   fits ? both : title);
    if (!fits)
        terminal_lines(terminal, out, "      ", "      ", NULL, origin);
}

/* How many are not shown. */
static void append_rest(const Terminal *terminal, GString *out, const char *key, guint n)
{
    g_autofree char *left = number(n);
    g_autofree char *more =
        wording_fill(terminal->wording, "words", key, terminal->language, "number", left, NULL);

    if (n > 0)
        terminal_lines(terminal, out, "    ", "    ", "quiet", more);
}

static void append_blockers(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    int next = assessment_next_level(assessment);
    guint n = assessment->blockers->len;
    guint shown = terminal->all ? n : MIN(n, SUMMARY_BLOCKERS);
    g_autofree char *count = number(n);
    g_autofree char *title = NULL;

    if (next == NOWHERE)
        return;
    title = wording_fill(
        terminal->wording, "words", n == 1 ? "blocker" : "blockers", terminal->language, "level",
        terminal_level(terminal, assessment->plan->rubric, next), "number", count, NULL);
    heading(terminal, out, title);
    for (guint i = 0; i < shown; i++) {
        int index = g_array_index(assessment->blockers, int, i);

        append_requirement(terminal, out, assessment, index);
        append_answers(terminal, out, assessment, index);
    }
    append_rest(terminal, out, "more_blockers", n - shown);
}

static void append_blanks(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    guint n = assessment->decisive->len;
    guint shown = terminal->all ? n : MIN(n, SUMMARY_BLANKS);
    g_autofree char *count = number(n);
    g_autofree char *title = NULL;

    if (n == 0)
        return;
    title = wording_fill(terminal->wording, "words", n == 1 ? "decisive_blank" : "decisive_blanks",
                         terminal->language, "number", count, NULL);
    heading(terminal, out, title);
    for (guint i = 0; i < shown; i++) {
        int question = g_array_index(assessment->decisive, int, i);
        g_autofree char *mark = g_strdup_printf("  %s ", terminal_mark(terminal, "blank"));
        g_autofree char *indent = g_strnfill(text_columns(mark), ' ');
        g_autofree char *text =
            g_strdup_printf("%s (%s)", terminal_question(terminal, rubric, question),
                            RUBRIC_QUESTION(rubric, question)->id);

        terminal_lines(terminal, out, mark, indent, NULL, text);
    }
    append_rest(terminal, out, "more_blanks", n - shown);
}

static void append_waivers(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Rubric *rubric = assessment->plan->rubric;
    g_autofree char *count = number(assessment->waived);
    g_autofree char *title = NULL;

    if (assessment->waived == 0)
        return;
    title = wording_fill(terminal->wording, "words", assessment->waived == 1 ? "waiver" : "waivers",
                         terminal->language, "number", count, NULL);
    heading(terminal, out, title);
    for (guint i = 0; i < rubric->requirements->len; i++) {
        const char *reason = assessment->answers->waivers[i];

        if (assessment->status[i] != STATUS_WAIVED)
            continue;
        append_requirement(terminal, out, assessment, (int)i);
        terminal_lines(terminal, out, "      ", "      ", "quiet", reason ? reason : "");
    }
}

static void append_head(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Plan *plan = assessment->plan;
    const char *company = answers_company(assessment->answers);
    g_autofree char *date = date_text(assessment->date);
    g_autofree char *rubric = g_strdup_printf("%s@%s", plan->rubric->id, plan->rubric->edition);
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *under = wording_fill(terminal->wording, "words", "under", terminal->language,
                                          "rubric", rubric, "date", date, NULL);

    g_string_append(line, under);
    if (plan->profile != NOWHERE) {
        const Profile *profile = RUBRIC_PROFILE(plan->rubric, plan->profile);
        g_autofree char *text =
            wording_fill(terminal->wording, "words", "profile", terminal->language, "profile",
                         localized_or(&profile->title, terminal->language, profile->id), NULL);

        g_string_append(line, text);
    }
    terminal_lines(terminal, out, "", "", "strong",
                   company ? company : word(terminal, "no_company"));
    terminal_lines(terminal, out, "", "", "quiet", line->str);
    g_string_append_c(out, '\n');
}

static void append_findings(const Terminal *terminal, GString *out, const Assessment *assessment)
{
    const Findings *findings = assessment->answers->findings;
    guint errors = findings_of(findings, SEVERITY_ERROR),
          warnings = findings_of(findings, SEVERITY_WARNING);
    g_autofree char *first = number(errors), *second = number(warnings);
    g_autofree char *text = NULL;

    if (errors + warnings == 0)
        return;
    text = wording_fill(terminal->wording, "words", "findings", terminal->language, "errors", first,
                        "warnings", second, NULL);
    heading(terminal, out, text);
}

char *report_summary(const Terminal *terminal, const Assessment *assessment)
{
    GString *out = g_string_new(NULL);

    append_head(terminal, out, assessment);
    append_verdict(terminal, out, assessment);
    append_ladder(terminal, out, assessment);
    append_unconfirmed(terminal, out, assessment);
    append_dimensions(terminal, out, assessment);
    append_blockers(terminal, out, assessment);
    append_blanks(terminal, out, assessment);
    append_waivers(terminal, out, assessment);
    summary_peers(terminal, out, assessment);
    append_findings(terminal, out, assessment);
    return g_string_free(out, FALSE);
}
