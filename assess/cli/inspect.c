#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/inspection_json.h"
#include "cli/inspection_text.h"
#include "cli/say.h"
#include "cli/session.h"
#include "survey/survey_map.h"

static ExitStatus show(Session *session, const Inspection *inspection)
{
    Terminal terminal;
    g_autofree char *text = NULL;
    ExitStatus status;

    if (strcmp(session->options->formats[0], "json") == 0) {
        text = inspection_json(inspection, session->rubric);
        return say_text(text);
    }
    status = session_terminal(session, &terminal);
    if (status != EXIT_DONE)
        return status;
    text = inspection_text(
        &terminal,
        &(Translation){ session->template ? session->template->wording : NULL, terminal.language },
        inspection, session->rubric);
    return say_text(text);
}

/* The columns as they are bound now, ready to edit. */
static ExitStatus write_map(const Session *session, const Inspection *inspection)
{
    g_autofree char *map = NULL;
    g_autoptr(GError) error = NULL;

    if (!inspection->survey) {
        say_error("there is nothing to write into --write-map: no column can be bound");
        return EXIT_REFUSED;
    }
    map = survey_map_write(inspection->survey);
    if (file_write(session->options->write_map, map, strlen(map), session->options->force, &error))
        return EXIT_DONE;
    return session_failed(error);
}

static ExitStatus inspect(Session *session, const char *path)
{
    const Options *options = session->options;
    g_autoptr(Vocabulary) vocabulary = vocabulary_new(session->rubric);
    ExitStatus status = EXIT_DONE;
    g_autofree char *layout = NULL;
    g_autoptr(Layouts) layouts = session_layouts(session, &layout, &status);
    const InspectionOrder order = { .path = path,
                                    .vocabulary = vocabulary,
                                    .layouts = layouts,
                                    .survey = { .encoding = options->encoding,
                                                .delimiter = options->separator,
                                                .layout = layout,
                                                .map = options->map } };
    g_autoptr(GError) error = NULL;
    g_autoptr(Inspection) inspection = layouts ? inspection_new(&order, &error) : NULL;
    gboolean is_refused;

    if (!inspection)
        return error ? session_failed(error) : status;
    status = show(session, inspection);
    if (options->write_map)
        status = status_worse(status, write_map(session, inspection));
    session_tell(session, inspection->findings);
    is_refused = inspection->shape || findings_of(inspection->findings, SEVERITY_ERROR) > 0;
    return status_worse(status, is_refused ? EXIT_REFUSED : EXIT_DONE);
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    ExitStatus status;

    if (!options->arguments[0] || options->arguments[1]) {
        say_error(options->arguments[0] ? "one file is inspected, not more" : "no file is named");
        say_hint("as in `assess inspect survey.csv`");
        return EXIT_USAGE;
    }
    status = session_open(session);
    if (status == EXIT_DONE)
        status = session_probe_map(options->map);
    return status == EXIT_DONE ? inspect(session, options->arguments[0]) : status;
}

static const char *const formats[] = { "text", "json", NULL };

const Command command_inspect = {
    .name = "inspect",
    .arguments = "FILE.csv",
    .summary = "what an export is: encoding, form, columns bound, rows left out",
    .text =
        "What a file is that may be an export of a survey: its encoding and how that was found,\n"
        "delimiter, line ends, header; what stands in its columns, which questions of the\n"
        "rubric they answer, which cells are not understood, which records would not be\n"
        "graded and why. Any CSV will do. Spreadsheets, web pages, lists of questions and\n"
        "tables of counts are named as what they are, and refused (3). Of columns about\n"
        "persons (mail, IP, names, phones) nothing is shown but that they are. -v shows all\n"
        "columns.",
    .example = "assess inspect survey.csv\n"
               "assess inspect survey.csv -r own.ini -f json",
    .uses = USE_RUBRIC | USE_LANGUAGE | USE_FORMAT | USE_ENCODING | USE_SURVEY | USE_WRITE_MAP |
            USE_FORCE | USE_QUIET | USE_VERBOSE,
    .formats = formats,
    .run = run,
};
