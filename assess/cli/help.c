#include "audit/reference.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "report/template_reference.h"
#include "survey/layout_reference.h"

static char *program_help(void)
{
    GString *text = g_string_new(
        "assess - grades a filled-in questionnaire against a rubric and renders the report\n\n"
        "usage: assess COMMAND [OPTION...] [ARGUMENT...]\n"
        "       assess ANSWERS.csv...        the same as `assess score ANSWERS.csv...`\n\n"
        "commands:\n");

    for (guint i = 0; commands[i]; i++)
        g_string_append_printf(text, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    g_string_append(
        text, "\n`assess COMMAND --help` tells more, `assess help format` how a rubric is\n"
              "written, `assess help template` a report's template, `assess help survey` the\n"
              "export of a survey tool, `assess --version` the version.\n\n"
              "exit status:\n"
              "  0  done\n"
              "  1  the level of --require is not reached; a report differs\n"
              "  2  wrong usage\n"
              "  3  a rubric, answers or a report are refused\n"
              "  4  undetermined: blanks decide whether the level of --require is reached\n"
              "  5  could not read or write\n");
    return g_string_free(text, FALSE);
}

char *command_help_text(const Command *command)
{
    g_autofree char *options = NULL;
    g_auto(GStrv) lines = NULL;
    GString *text;

    if (!command)
        return program_help();
    options = options_help(command);
    lines = g_strsplit(command->example, "\n", -1);
    text = g_string_new(NULL);
    g_string_append_printf(
        text,
        "assess %s - %s\n\nusage: assess %s [OPTION...]%s%s\n\n%s\n\noptions:\n%s\nexample:\n",
        command->name, command->summary, command->name, *command->arguments ? " " : "",
        command->arguments, command->text, options);
    for (char **line = lines; *line; line++)
        g_string_append_printf(text, "  %s\n", *line);
    return g_string_free(text, FALSE);
}

/* Prose of ours that waits for tables. NULL and a status. */
static char *read_prose(const Library *library, const char *name, ExitStatus *status)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = library_template(library, name, &error);
    g_autoptr(GBytes) bytes = path ? file_read(path, &error) : NULL;

    if (!bytes) {
        *status = session_failed(error);
        return NULL;
    }
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* How a file is written: our prose with the tables in it that such files are read by. */
static ExitStatus say_reference(const char *file, char *(*fill)(const char *prose))
{
    g_autoptr(Library) library = library_open();
    ExitStatus status = EXIT_DONE;
    g_autofree char *prose = read_prose(library, file, &status);
    g_autofree char *page = prose ? fill(prose) : NULL;

    return page ? say_text(page) : status;
}

static ExitStatus say_format(const Options *options)
{
    (void)options;
    return say_reference("rubric_format.md", reference_page);
}

static ExitStatus say_survey(const Options *options)
{
    (void)options;
    return say_reference("survey_format.md", layout_reference);
}

/* The same of a report's template: its words are those of the standard one. */
static ExitStatus say_template(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    ExitStatus status = EXIT_DONE;
    g_autofree char *prose = read_prose(session->library, "template_format.md", &status);
    const Template *standard = prose ? session_template(session, &status) : NULL;
    g_autofree char *page = standard ? template_reference(prose, standard) : NULL;

    return page ? say_text(page) : status;
}

static const struct {
    const char *name;
    ExitStatus (*say)(const Options *options);
} topics[] = {
    { "format", say_format },
    { "template", say_template },
    { "survey", say_survey },
};

static ExitStatus run(const Options *options)
{
    const Command *command = NULL;
    g_autofree char *text = NULL;

    if (options->arguments[0] && options->arguments[1]) {
        say_error("`assess help` takes one command, not \"%s\" as well", options->arguments[1]);
        say_hint("as in `assess help score`");
        return EXIT_USAGE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(topics); i++)
        if (g_strcmp0(options->arguments[0], topics[i].name) == 0)
            return topics[i].say(options);
    if (options->arguments[0]) {
        command = command_find(options->arguments[0]);
        if (!command) {
            command_unknown(options->arguments[0]);
            return EXIT_USAGE;
        }
    }
    text = command_help_text(command);
    return say_text(text);
}

const Command command_help = {
    .name = "help",
    .arguments = "[COMMAND|format|template|survey]",
    .summary = "what the program or a command does, how rubrics, templates and layouts are written",
    .text = "Without a command: all commands and the exit statuses. `format`: the reference of\n"
            "the rubric format, as Markdown. `template`: that of report templates;\n"
            "`survey`: that of layouts, the exports of survey tools.",
    .example = "assess help score\n"
               "assess help format | less",
    .run = run,
};
