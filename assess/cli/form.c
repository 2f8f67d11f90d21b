#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "cli/tty.h"
#include "report/form_workbook.h"

static const char *const formats[] = { "csv", "xlsx", NULL };

static gboolean is_workbook(const Options *options)
{
    return strcmp(options->formats[0], "xlsx") == 0;
}

static gboolean is_to_stdout(const Options *options)
{
    return !options->output || strcmp(options->output, "-") == 0;
}

/* In English and Chinese unless languages are named: a workbook has room for both. */
static char **languages_of(const Options *options)
{
    static char *const BOTH[] = { "en", "zh", NULL };

    return is_workbook(options) && !options->language ? (char **)BOTH : options->languages;
}

/* NULL if it could not be made, which is said. */
static GBytes *make_form(const Session *session, const Ancestor *since)
{
    FormGuide guide = { session->wording, languages_of(session->options) };
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    GString *text;
    GBytes *bytes;

    if (!is_workbook(session->options)) {
        text = g_string_new(NULL);
        form_csv(text, &guide, session->rubric, since);
        return g_string_free_to_bytes(text);
    }
    bytes = form_workbook(&guide, session->rubric, since, findings, &error);
    session_tell(session, findings);
    if (!bytes)
        say_error("cannot make the workbook: %s", error->message);
    return bytes;
}

static ExitStatus write_form(const Options *options, GBytes *form)
{
    g_autoptr(GError) error = NULL;
    gsize size;
    const void *data = g_bytes_get_data(form, &size);

    if (is_to_stdout(options))
        return say_output(data, size);
    if (file_write(options->output, data, size, options->force, &error))
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

static ExitStatus check_usage(const Options *options)
{
    if (options->arguments[0]) {
        say_error("`assess form` takes no arguments, not \"%s\"", options->arguments[0]);
        say_hint("-r names the rubric, -o the file to write");
        return EXIT_USAGE;
    }
    if (is_workbook(options) && is_to_stdout(options) && tty_is_terminal(STDOUT_FILENO)) {
        say_error("a workbook is nothing for a terminal");
        say_hint("-o names the file to write");
        return EXIT_USAGE;
    }
    if (!is_workbook(options) && options->output && g_str_has_suffix(options->output, ".xlsx")) {
        say_error("\"%s\" would be no workbook: the format is %s", options->output,
                  options->formats[0]);
        say_hint("-f xlsx makes a workbook");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    g_autoptr(Lineage) lineage = NULL;
    g_autoptr(GBytes) form = NULL;
    const Ancestor *since = NULL;
    Terminal terminal;
    ExitStatus status = check_usage(options);

    if (status != EXIT_DONE)
        return status;
    status = session_open(session);
    if (status == EXIT_DONE)
        status = session_terminal(session, &terminal);
    if (status == EXIT_DONE) {
        lineage = lineage_new(session->rubric, library_locate, session->library);
        since = session_since(session, lineage, FALSE, &status);
    }
    if (status != EXIT_DONE)
        return status;
    form = make_form(session, since);
    status = form ? write_form(options, form) : EXIT_IO;
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
            "With -f xlsx a workbook with drop-downs, in English and Chinese unless --lang says\n"
            "otherwise; save its first sheet as CSV UTF-8 and score that.\n"
            "With --since only what is new since that edition is asked: score the answers\n"
            "together with those to the older edition.",
    .example = "assess form -o questionnaire.csv\n"
               "assess form -f xlsx -o questionnaire.xlsx\n"
               "assess form --lang zh -r miit_smart_factory@2025 > questionnaire.csv\n"
               "assess form -r miit_smart_factory@2025 --since 2024 -o new.csv",
    .uses = USE_RUBRIC | USE_LANGUAGE | USE_FORMAT | USE_OUTPUT | USE_FORCE | USE_SINCE,
    .formats = formats,
    .run = run,
};
