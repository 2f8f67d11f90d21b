#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "report/csv.h"

static const char *const formats[] = { "csv", NULL };

/* What stands beside an answer to guide the person; intake does not read these columns. */
static const char *const header[] = {
    "question", "ask",  "answer",     "options",  "evidence",
    "owner",    "note", "confidence", "expected", "help",
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

static const char *word(const Guide *guide, const char *key)
{
    return wording_get(guide->wording, "form", key, guide->languages[0]);
}

/* "None yet | Level 1 | Level 2". */
static char *option_titles(const Guide *guide, const Question *question)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < question->options->len; i++) {
        const Option *option = QUESTION_OPTION(question, i);

        g_string_append_printf(text, "%s%s", i > 0 ? " | " : "",
                               localized_or(&option->title, guide->languages[0], option->id));
    }
    return g_string_free(text, FALSE);
}

static char *bound(const Question *question, Rational value)
{
    g_autoptr(Numbers) numbers = numbers_new();

    if (question->type == QUESTION_PERCENT)
        value = rational_mul(numbers, value, rational_int(100));
    return rational_format(value, 6, ROUND_HALF_UP);
}

/* "percent, 0 to 100", "number, 0 or more, kWh/t". */
static char *number_guide(const Guide *guide, const Question *question)
{
    g_autofree char *low = question->has_min ? bound(question, question->min) : NULL;
    g_autofree char *high = question->has_max ? bound(question, question->max) : NULL;
    const char *key = low && high ? "range" : low ? "from" : high ? "to" : NULL;
    g_autofree char *range =
        key ? wording_fill(guide->wording, "form", key, guide->languages[0], "low", low ? low : "",
                           "high", high ? high : "", NULL)
            : NULL;
    const char *unit = localized_in(&question->unit, guide->languages[0]);

    return g_strdup_printf("%s%s%s%s%s", word(guide, question_type_name(question->type)),
                           range ? ", " : "", range ? range : "", unit ? ", " : "",
                           unit ? unit : "");
}

/* What may be answered. */
static char *answer_guide(const Guide *guide, const Question *question)
{
    g_autofree char *titles = NULL;

    switch (question->type) {
    case QUESTION_YESNO:
        return g_strdup(word(guide, "yes_no"));
    case QUESTION_CHOICE:
        return option_titles(guide, question);
    case QUESTION_MULTI:
        titles = option_titles(guide, question);
        return wording_fill(guide->wording, "form", "several", guide->languages[0], "options",
                            titles, NULL);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return number_guide(guide, question);
    case QUESTION_DATE:
    case QUESTION_TEXT:
    case QUESTION_USCC:
        break;
    }
    return g_strdup(word(guide, question_type_name(question->type)));
}

static void append_question(const Guide *guide, GString *out, const Question *question)
{
    g_autofree char *ask = in_languages(guide, &question->ask, question->id);
    g_autofree char *answers = answer_guide(guide, question);
    g_autofree char *options =
        question->na ? g_strdup_printf("%s | %s", answers, word(guide, "na")) : g_strdup(answers);
    g_autofree char *expected = in_languages(guide, &question->evidence, NULL);
    g_autofree char *help = in_languages(guide, &question->help, NULL);
    const char *const cells[] = { question->id, ask, "", options, "", "", "", "", expected, help };

    csv_row_of(out, cells, G_N_ELEMENTS(cells));
}

/* Who is assessed comes first, although the rubric keeps its fields behind the questions. */
static void append_questions(const Guide *guide, GString *out, const Rubric *rubric)
{
    for (guint i = rubric->n_questions; i < rubric->questions->len; i++)
        append_question(guide, out, RUBRIC_QUESTION(rubric, i));
    for (guint i = 0; i < rubric->n_questions; i++)
        append_question(guide, out, RUBRIC_QUESTION(rubric, i));
}

static void append_waivers(const Guide *guide, GString *out, const Rubric *rubric)
{
    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        g_autofree char *id = g_strconcat("waive:", requirement->id, NULL);
        const char *language = guide->languages[0];
        g_autofree char *ask = NULL;
        const char *cells[G_N_ELEMENTS(header)] = { id };

        if (!requirement->waivable)
            continue;
        ask = wording_fill(guide->wording, "form", "waiver", language, "title",
                           localized_or(&requirement->title, language, requirement->id), NULL);
        cells[1] = ask;
        cells[3] = word(guide, "text");
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

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
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
    if (status != EXIT_DONE)
        return status;
    csv_row_of(text, header, G_N_ELEMENTS(header));
    append_questions(&(Guide){ session->wording, options->languages }, text, session->rubric);
    append_waivers(&(Guide){ session->wording, options->languages }, text, session->rubric);
    return write_form(options, text);
}

const Command command_form = {
    .name = "form",
    .arguments = "",
    .summary = "an empty questionnaire for a rubric, to be filled in and scored",
    .text = "A CSV sheet that spreadsheets open as it is (UTF-8 with a mark): fill in the\n"
            "column \"answer\", by the words of the column \"options\", and if you like\n"
            "\"evidence\", \"owner\", \"note\" and \"confidence\" (low, medium, high); save it\n"
            "as CSV UTF-8 and score it. The other columns are for the reader.",
    .example = "assess form -o questionnaire.csv\n"
               "assess form --lang zh -r miit_smart_factory@2025 > questionnaire.csv",
    .uses = USE_RUBRIC | USE_LANGUAGE | USE_FORMAT | USE_OUTPUT | USE_FORCE,
    .formats = formats,
    .run = run,
};
