/* command.h - what a command is to the program: a row of the table in main.c, from which help and
 * "did you mean" come as well. */
#pragma once

#include <glib.h>

#include "cli/options.h"

typedef struct Command {
    const char *name;
    const char *arguments;      /* as the usage line shows them */
    const char *summary;        /* one line */
    const char *text;           /* a paragraph or two for `--help` */
    const char *example;        /* lines to type */
    guint uses;                 /* OptionUse, or-ed */
    const char *const *formats; /* that -f takes, the first is the default; NULL if none */
    gboolean many_formats;      /* -f takes a list */
    const char *output;         /* what -o names, where it is no usual file or folder; else NULL */
    ExitStatus (*run)(const Options *options);
} Command;

/* One in each file of its name. */
extern const Command command_score, command_batch, command_merge, command_inspect, command_explain,
    command_form, command_check, command_verify, command_list, command_help;

/* All commands, NULL-terminated, in the order of the help. */
extern const Command *const commands[];
/* NULL if there is none of that name. */
const Command *command_find(const char *name);
/* Say that a command is not known. */
void command_unknown(const char *name);

/* The usage, the options and an example of one command; of the program if `command` is NULL. Free
 * with g_free(). */
char *command_help_text(const Command *command);
