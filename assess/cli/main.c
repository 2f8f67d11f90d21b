#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/say.h"

const Command *const commands[] = {
    &command_score,   &command_batch, &command_merge, &command_inspect,
    &command_explain, &command_form,  &command_check, &command_verify,
    &command_list,    &command_help,  NULL,
};

const Command *command_find(const char *name)
{
    for (guint i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

void command_unknown(const char *name)
{
    const char *names[G_N_ELEMENTS(commands)];

    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        names[i] = commands[i] ? commands[i]->name : NULL;
    say_unknown("command", name, names);
}

/* Whether a first argument that is no command is meant as a file of answers. */
static gboolean is_file(const char *argument)
{
    return strcmp(argument, "-") == 0 || strpbrk(argument, "./") ||
           g_file_test(argument, G_FILE_TEST_EXISTS);
}

/* Run the command that `arguments` begin with; without one they are files to score. */
static ExitStatus run(char **arguments)
{
    const Command *command = command_find(arguments[0]);
    g_autoptr(Options) options = NULL;

    if (!command && arguments[0][0] != '-' && !is_file(arguments[0])) {
        command_unknown(arguments[0]);
        return EXIT_USAGE;
    }
    options = options_read(command ? command : &command_score, command ? arguments + 1 : arguments);
    if (!options)
        return EXIT_USAGE;
    if (options->help) {
        g_autofree char *text = command_help_text(command);

        return say_text(text);
    }
    if (options->version)
        return say_text("assess " ASSESS_VERSION "\n");
    return (command ? command : &command_score)->run(options);
}

/* Descriptors 0 to 2 that are closed would be given to the next file opened, and our words would go
 * into it. */
static void keep_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 &&
            open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(EXIT_IO);
}

int main(int argc, char **argv)
{
    keep_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a reader that goes away must not keep reports from being written */
    if (argc < 2) {
        g_autofree char *text = command_help_text(NULL);

        fputs(text, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return (int)command_help.run(&(Options){ .arguments = (char *[]){ NULL } });
    return (int)run(argv + 1);
}
