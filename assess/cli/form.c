#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "report/csv.h"

static const char *const formats[] = { "csv", NULL };

/* What stands beside an answer to guide the person; intake does not read these columns. */
static const char *const header[] = {
    "question", "ask",  "answer",     "options",        "evidence",
    "owner",    "note", "confidence", "evidence_asked", "help",
};

typedef struct {
    const Wording *wording;
    char **languages;
} Guide;

/* A text in every language asked for, one under the other. Free with g_free(). */
static char *in_languages(const Guide *guide, const Localized *text, const char *otherwise)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();

    for (char **language = guide->languages; *language; language++) {
        const char *words =
            localized_or(text, strcmp(*language, "en") == 0 ? NULL : *language, otherwise);

        if (words && (texts->len == 0 || strcmp(texts->pdata[0], words) != 0))
            g_ptr_array_add(texts, (gpointer)words);
    }
    g_ptr_array_add(texts, NULL);
    return g_strjoinv("\n", (char **)texts->pdata);
}

/* "yes / ja": a short text in every language asked for, once where they are equal. Takes
 * `texts`. Free with g_free(). */
static char *side_by_side(GPtrArray *texts)
{
    GString *line = g_string_new(NULL);

    for (guint i = 0; i < texts->len; i++)
        if (i == 0 || strcmp(texts->pdata[i], texts->pdata[0]) != 0)
            g_string_append_printf(line, "%s%s", i > 0 ? " / " : "", (char *)texts->pdata[i]);
    g_ptr_array_unref(texts);
    return g_string_free(line, FALSE);
}

/* A word of the template. Free with g_free(). */
static char *word(const Guide *guide, const char *section, const char *key)
{
    GPtrArray *texts = g_ptr_array_new();

    for (char **language = guide->languages; *language; language++)
        g_ptr_array_add(texts, (gpointer)wording_get(guide->wording, section, key, *language));
    return side_by_side(texts);
}

/* "None yet | Level 1 | Level 2". */
static char *option_titles(const Guide *guide, const Question *question)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < question->options->len; i++) {
        const Option *option = QUESTION_OPTION(question, i);
        GPtrArray *titles = g_ptr_array_new();
        g_autofree char *title = NULL;

        for (char **language = guide->languages; *language; language++)
            g_ptr_array_add(titles, (gpointer)localized_or(&option->title, *language, option->id));
        title = side_by_side(titles);
        g_string_append_printf(text, "%s%s", i > 0 ? " | " : "", title);
    }
    return g_string_free(text, FALSE);
}

/* "yes | no". */
static char *yes_no(const Guide *guide)
{
    g_autofree char *yes = word(guide, "words", "yes");
    g_autofree char *no = word(guide, "words", "no");

    return g_strdup_printf("%s | %s", yes, no);
}

/* "several, separated by |: red | green". */
static char *several(const Guide *guide, const Question *question)
{
    g_autofree char *how = word(guide, "form", "several");
    g_autofree char *titles = option_titles(guide, question);

    return wording_fill(guide->wording, "form", "several_of", guide->languages[0], "how", how,
                        "options", titles, NULL);
}

static char *bound(const Question *question, Rational value)
{
    g_autoptr(Numbers) numbers = numbers_new();

    if (question->type == QUESTION_PERCENT)
        value = rational_mul(numbers, value, rational_int(100));
    return rational_format(value, 6, ROUND_HALF_UP);
}

/* An answer within the range of a percent question, in points. Free with g_free(). */
static char *percent_example(const Question *question)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Rational usual = rational_div(numbers, rational_int(3), rational_int(10));

    if (question->has_min && rational_compare(question->min, usual) > 0)
        usual = question->min;
    if (question->has_max && rational_compare(question->max, usual) < 0)
        usual = question->max;
    return bound(question, usual);
}

/* "percent, 0 to 100, such as 30 or 30%", "number, 0 or more, kWh/t". */
static char *number_guide_in(const Guide *guide, const Question *question, const char *language)
{
    g_autofree char *low = question->has_min ? bound(question, question->min) : NULL;
    g_autofree char *high = question->has_max ? bound(question, question->max) : NULL;
    const char *key = low && high ? "range" : low ? "from" : high ? "to" : NULL;
    g_autofree char *range = key ? wording_fill(guide->wording, "form", key, language, "low",
                                                low ? low : "", "high", high ? high : "", NULL)
                                 : NULL;
    const char *unit = localized_in(&question->unit, language);
    GString *text = g_string_new(
        wording_get(guide->wording, "form", question_type_name(question->type), language));

    if (range)
        g_string_append_printf(text, ", %s", range);
    if (unit)
        g_string_append_printf(text, ", %s", unit);
    if (question->type == QUESTION_PERCENT) {
        g_autofree char *number = percent_example(question);
        g_autofree char *example = wording_fill(guide->wording, "form", "percent_example", language,
                                                "number", number, NULL);

        g_string_append_printf(text, ", %s", example);
    }
    return g_string_free(text, FALSE);
}

static char *number_guide(const Guide *guide, const Question *question)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

    for (char **language = guide->languages; *language; language++)
        g_ptr_array_add(texts, number_guide_in(guide, question, *language));
    return side_by_side(texts);
}

/* What may be answered. */
static char *answer_guide(const Guide *guide, const Question *question)
{
    switch (question->type) {
    case QUESTION_YESNO:
        return yes_no(guide);
    case QUESTION_CHOICE:
        return option_titles(guide, question);
    case QUESTION_MULTI:
        return several(guide, question);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return number_guide(guide, question);
    case QUESTION_DATE:
    case QUESTION_TEXT:
    case QUESTION_USCC:
        break;
    }
    return word(guide, "form", question_type_name(question->type));
}

static void append_question(const Guide *guide, GString *out, const Question *question)
{
    g_autofree char *ask = in_languages(guide, &question->ask, question->id);
    g_autofree char *answers = answer_guide(guide, question);
    g_autofree char *na = word(guide, "form", "na");
    g_autofree char *options =
        question->na ? g_strdup_printf("%s | %s", answers, na) : g_strdup(answers);
    g_autofree char *asked = in_languages(guide, &question->evidence, NULL);
    g_autofree char *help = in_languages(guide, &question->help, NULL);
    const char *const cells[] = { question->id, ask, "", options, "", "", "", "", asked, help };

    csv_row_of(out, cells, G_N_ELEMENTS(cells));
}

/* Who is assessed comes first, although the rubric keeps its fields behind the questions. Of these
 * only what answers to the edition `since` (NULL for none) do not say already. */
static void append_questions(const Guide *guide, GString *out, const Rubric *rubric,
                             const Ancestor *since)
{
    for (guint i = rubric->n_questions; i < rubric->questions->len; i++)
        append_question(guide, out, RUBRIC_QUESTION(rubric, i));
    for (guint i = 0; i < rubric->n_questions; i++)
        if (!since || !since->older[i])
            append_question(guide, out, RUBRIC_QUESTION(rubric, i));
}

/* "Reason for waiving: ..." in every language, one under the other. Free with g_free(). */
static char *waiver_ask(const Guide *guide, const Requirement *requirement)
{
    GString *text = g_string_new(NULL);

    for (char **language = guide->languages; *language; language++) {
        g_autofree char *line =
            wording_fill(guide->wording, "form", "waiver", *language, "title",
                         localized_or(&requirement->title, *language, requirement->id), NULL);

        g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
    return g_string_free(text, FALSE);
}

static void append_waivers(const Guide *guide, GString *out, const Rubric *rubric)
{
    g_autofree char *options = word(guide, "form", "text");
    g_autofree char *help = word(guide, "form", "waiver_help");

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        g_autofree char *id = g_strconcat("waive:", requirement->id, NULL);
        g_autofree char *ask = waiver_ask(guide, requirement);
        const char *const cells[] = { id, ask, "", options, "", "", "", "", "", help };

        if (requirement->waivable)
            csv_row_of(out, cells, G_N_ELEMENTS(cells));
    }
}

static ExitStatus write_form(const Options *options, const GString *text)
{
    g_autoptr(GError) error = NULL;

    if (!options->output || strcmp(options->output, "-") == 0)
        return say_output(text->str, text->len);
    if (file_write(options->output, text->str, text->len, options->force, &error))
        return EXIT_DONE;
    say_error("%s", error->message);
    if (g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_EXISTS))
        say_hint("--force replaces it");
    return EXIT_IO;
}

/* What --since left out. */
static void say_new(const Rubric *rubric, const Ancestor *since)
{
    guint asked = 0;

    for (guint i = 0; i < rubric->n_questions; i++)
        if (!since->older[i])
            asked++;
    say_result("asked, as new since edition %s: %u of %u questions of %s@%s", since->edition, asked,
               rubric->n_questions, rubric->id, rubric->edition);
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    g_autoptr(Lineage) lineage = NULL;
    const Ancestor *since = NULL;
    g_autoptr(GString) text = g_string_new(CSV_MARK);
    Terminal terminal;
    ExitStatus status;

    if (options->arguments[0]) {
        say_error("`assess form` takes no arguments, not \"%s\"", options->arguments[0]);
        say_hint("-r names the rubric, -o the file to write");
        return EXIT_USAGE;
    }
    status = session_open(session);
    if (status == EXIT_DONE)
        status = session_terminal(session, &terminal);
    if (status == EXIT_DONE) {
        lineage = lineage_new(session->rubric, library_locate, session->library);
        since = session_since(session, lineage, FALSE, &status);
    }
    if (status != EXIT_DONE)
        return status;
    csv_row_of(text, header, G_N_ELEMENTS(header));
    append_questions(&(Guide){ session->wording, options->languages }, text, session->rubric,
                     since);
    append_waivers(&(Guide){ session->wording, options->languages }, text, session->rubric);
    status = write_form(options, text);
    if (status == EXIT_DONE && since)
        say_new(session->rubric, since);
    return status;
}

const Command command_form = {
    .name = "form",
    .arguments = "",
    .summary = "an empty questionnaire for a rubric, to be filled in and scored",
    .text = "A CSV sheet that spreadsheets open as it is (UTF-8 with a mark): fill in the\n"
            "column \"answer\", by the words of the column \"options\", and if you like\n"
            "\"evidence\", \"owner\", \"note\" and \"confidence\" (low, medium, high); save it\n"
            "as CSV UTF-8 and score it. The other columns are for the reader: \"evidence\" takes\n"
            "what you have, \"evidence_asked\" says what the rubric asks for. A row waive:ID\n"
            "takes the reason if that requirement is to be waived, and else stays blank.\n"
            "With --since only what is new since that edition is asked: score the answers\n"
            "together with those to the older edition.",
    .example = "assess form -o questionnaire.csv\n"
               "assess form --lang zh -r miit_smart_factory@2025 > questionnaire.csv\n"
               "assess form -r miit_smart_factory@2025 --since 2024 -o new.csv",
    .uses = USE_RUBRIC | USE_LANGUAGE | USE_FORMAT | USE_OUTPUT | USE_FORCE | USE_SINCE,
    .formats = formats,
    .run = run,
};
