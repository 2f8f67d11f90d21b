#include <string.h>

#include "cli/command.h"
#include "cli/say.h"

static char *program_help(void)
{
    GString *text = g_string_new(
        "assess - grades a filled-in questionnaire against a rubric and renders the report\n\n"
        "usage: assess COMMAND [OPTION...] [ARGUMENT...]\n"
        "       assess ANSWERS.csv...        the same as `assess score ANSWERS.csv...`\n\n"
        "commands:\n");

    for (guint i = 0; commands[i]; i++)
        g_string_append_printf(text, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    g_string_append(text,
                    "\n`assess COMMAND --help` tells more, `assess --version` the version.\n\n"
                    "exit status:\n"
                    "  0  done\n"
                    "  1  the level of --require is not reached\n"
                    "  2  wrong usage\n"
                    "  3  a rubric or answers are refused\n"
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

static ExitStatus run(const Options *options)
{
    const Command *command = NULL;
    g_autofree char *text = NULL;

    if (options->arguments[0] && options->arguments[1]) {
        say_error("`assess help` takes one command, not \"%s\" as well", options->arguments[1]);
        say_hint("as in `assess help score`");
        return EXIT_USAGE;
    }
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
    .arguments = "[COMMAND]",
    .summary = "what the program or a command does",
    .text = "Without a command: all commands and the exit statuses.",
    .example = "assess help score",
    .run = run,
};
