#include "cli/options.h"

#include <stddef.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "batch/podium.h"
#include "cli/command.h"
#include "cli/extras.h"
#include "cli/say.h"
#include "intake/delimiter.h"
#include "intake/encoding.h"

enum {
    DAYS_BEFORE_1970 = 719163,
    SECONDS_A_DAY = 86400,
    CHECKPOINT_SECONDS = 5, /* what a kill costs at most */
    JOBS_NOT_GIVEN = G_MININT
}; /* 1 January 1970 is Julian day 719163 of GDate */

typedef struct {
    const char *name;
    char letter; /* 0 if it has none */
    OptionUse use;
    GOptionArg arg;
    size_t offset;     /* in Options */
    const char *value; /* in the help; NULL for a switch */
    const char *text;
} OptionRow;

static const OptionRow rows[] = {
    { "rubric", 'r', USE_RUBRIC, G_OPTION_ARG_FILENAME, offsetof(Options, rubric),
      "ID[@EDITION]|FILE", "rubric to grade by; default: newest miit_smart_factory" },
    { "rubric", 'r', USE_RUBRIC_KNOWN, G_OPTION_ARG_FILENAME, offsetof(Options, rubric),
      "ID[@EDITION]|FILE", "rubric that the attached one must be; default: the one of its name" },
    { "profile", 0, USE_PROFILE, G_OPTION_ARG_FILENAME, offsetof(Options, profile), "ID",
      "variant of the rubric, see `assess list`" },
    { "lang", 0, USE_LANGUAGE, G_OPTION_ARG_FILENAME, offsetof(Options, language), "en|zh|en,zh",
      "language of what people read; default: en" },
    { "format", 'f', USE_FORMAT, G_OPTION_ARG_FILENAME, offsetof(Options, format), "FORMAT", NULL },
    { "output", 'o', USE_OUTPUT, G_OPTION_ARG_FILENAME, offsetof(Options, output), "PLACE", NULL },
    { "force", 0, USE_FORCE, G_OPTION_ARG_NONE, offsetof(Options, force), NULL,
      "replace a file that is there" },
    { "date", 0, USE_DATE, G_OPTION_ARG_FILENAME, offsetof(Options, date), "YYYY-MM-DD",
      "assessment date; default: SOURCE_DATE_EPOCH, else today in UTC" },
    { "strict", 0, USE_STRICT, G_OPTION_ARG_NONE, offsetof(Options, strict), NULL,
      "refuse what is otherwise let pass: answers that cannot be read, warnings about a rubric" },
    { "require", 0, USE_REQUIRE, G_OPTION_ARG_FILENAME, offsetof(Options, require), "LEVEL",
      "exit with 1 if the level is not held, 4 if blanks decide it" },
    { "plan", 0, USE_PLAN, G_OPTION_ARG_NONE, offsetof(Options, plan), NULL,
      "print the rubric's compiled conditions instead" },
    { "since", 0, USE_SINCE, G_OPTION_ARG_FILENAME, offsetof(Options, since), "EDITION",
      "older edition whose answers carry over; default: seen by its questions" },
    { "with", 0, USE_WITH, G_OPTION_ARG_FILENAME_ARRAY, offsetof(Options, with), "QUESTION=FILE",
      "take an answer from another rubric's assessment (JSON); may be repeated" },
    { "benchmark", 0, USE_BENCHMARK, G_OPTION_ARG_FILENAME, offsetof(Options, benchmark), "FILE",
      "show the place among the companies of a cohort.json" },
    { "template", 0, USE_TEMPLATE, G_OPTION_ARG_FILENAME, offsetof(Options, template), "NAME|FILE",
      "how the report is told, see `assess list`; default: consultant" },
    { "template", 0, USE_TEMPLATE_KNOWN, G_OPTION_ARG_FILENAME, offsetof(Options, template),
      "NAME|FILE", "template that the report was told by; default: the one of its name" },
    { "encoding", 0, USE_ENCODING, G_OPTION_ARG_FILENAME, offsetof(Options, encoding), "NAME",
      "encoding of the files, as UTF-8, GB18030, Big5; default: found for each" },
    { "delimiter", 0, USE_SURVEY, G_OPTION_ARG_FILENAME, offsetof(Options, delimiter),
      "comma|semicolon|tab|pipe", "what separates the cells; default: found" },
    { "layout", 0, USE_SURVEY, G_OPTION_ARG_FILENAME, offsetof(Options, layout), "NAME|FILE",
      "whose export it is, see `assess list`; default: found" },
    { "map", 0, USE_SURVEY, G_OPTION_ARG_FILENAME, offsetof(Options, map), "FILE",
      "mapping file: which column answers which question" },
    { "write-map", 0, USE_WRITE_MAP, G_OPTION_ARG_FILENAME, offsetof(Options, write_map), "FILE",
      "write what was found as a mapping file, to be edited" },
    { "final", 0, USE_FINAL, G_OPTION_ARG_NONE, offsetof(Options, final), NULL,
      "without the word that a template puts across every page of a draft" },
    { "no-proofs", 0, USE_PROOFS, G_OPTION_ARG_NONE, offsetof(Options, no_proofs), NULL,
      "prove nothing: faults of form and the rubric's cases only" },
    { "seconds", 0, USE_PROOFS, G_OPTION_ARG_INT, offsetof(Options, seconds), "N",
      "give up a property after that time; default 10" },
    { "mutate", 0, USE_MUTATE, G_OPTION_ARG_NONE, offsetof(Options, mutate), NULL,
      "change operators, thresholds and weights one at a time: which changes does no case "
      "notice?" },
    { "diff", 0, USE_DIFF, G_OPTION_ARG_NONE, offsetof(Options, diff), NULL,
      "what changed from a first rubric to a second, and for which answers" },
    { "duplicates", 0, USE_BATCH, G_OPTION_ARG_FILENAME, offsetof(Options, duplicates), "POLICY",
      "which record of a company counts: last, first (in time, if the survey tells it), best, "
      "worst, median; error: none; default: last" },
    { "resume", 0, USE_BATCH, G_OPTION_ARG_NONE, offsetof(Options, resume), NULL,
      "go on with the run that the directory holds" },
    { "shard", 0, USE_BATCH, G_OPTION_ARG_FILENAME, offsetof(Options, shard), "I/N",
      "grade the Ith of N parts, for `assess merge`" },
    { "min-group", 0, USE_BATCH, G_OPTION_ARG_INT, offsetof(Options, min_group), "N",
      "withhold groups of fewer companies in cohort.json" },
    { "checkpoint", 0, USE_BATCH, G_OPTION_ARG_INT, offsetof(Options, checkpoint), "SECONDS",
      "how often the work is made safe for --resume; default: 5; 0: as often as can be" },
    { "no-bom", 0, USE_BATCH, G_OPTION_ARG_NONE, offsetof(Options, no_bom), NULL,
      "CSV files without the byte order mark that spreadsheets need" },
    { "json", 0, USE_EXTRAS, G_OPTION_ARG_NONE, offsetof(Options, json), NULL,
      "also assessments.jsonl: what `score -f json` says of each company, a line each" },
    { "xlsx", 0, USE_EXTRAS, G_OPTION_ARG_NONE, offsetof(Options, xlsx), NULL,
      "also results.xlsx: the results for a spreadsheet, levels in words and colours" },
    { "reports", 0, USE_EXTRAS, G_OPTION_ARG_FILENAME, offsetof(Options, reports), "all|LEVEL",
      "also a PDF for each company, or for those that hold at least the level, in reports/" },
    { "where", 0, USE_BATCH, G_OPTION_ARG_FILENAME_ARRAY, offsetof(Options, where), "FIELD=VALUE",
      "only companies for which this holds, as in province=Jiangsu, level=excellent; may be "
      "repeated" },
    { "rank", 0, USE_EXTRAS, G_OPTION_ARG_FILENAME, offsetof(Options, rank), "N",
      "also rank.csv: who is within a quota of N places" },
    { "sample", 0, USE_EXTRAS, G_OPTION_ARG_FILENAME, offsetof(Options, sample), "N",
      "also sample.csv: N companies drawn for a check, which --seed draws again" },
    { "seed", 0, USE_EXTRAS, G_OPTION_ARG_FILENAME, offsetof(Options, seed), "TEXT",
      "what the draw of --sample depends on, beside who stands in the survey" },
    { "template", 0, USE_EXTRAS, G_OPTION_ARG_FILENAME, offsetof(Options, template), "NAME|FILE",
      "how the reports are told, see `assess list`; default: brief" },
    { "jobs", 'j', USE_JOBS, G_OPTION_ARG_INT, offsetof(Options, jobs), "N",
      "workers; default: as many as there are processors" },
    { "quiet", 'q', USE_QUIET, G_OPTION_ARG_NONE, offsetof(Options, quiet), NULL,
      "say errors only" },
    { "verbose", 'v', USE_VERBOSE, G_OPTION_ARG_NONE, offsetof(Options, verbose), NULL,
      "leave nothing out" },
    { "help", 'h', USE_HELP, G_OPTION_ARG_NONE, offsetof(Options, help), NULL, "this text" },
    { "version", 0, USE_VERSION, G_OPTION_ARG_NONE, offsetof(Options, version), NULL,
      "the version" },
};

static gboolean taken(const Command *command, const OptionRow *row)
{
    return ((command->uses | USE_HELP | USE_VERSION) & row->use) != 0;
}

/* Split a comma list, each item one of `known`. NULL, said, if one is not or stands twice. */
static char **read_list(const char *what, const char *text, const char *const *known, gboolean many)
{
    g_auto(GStrv) items = g_strsplit(text, ",", -1);

    for (char **item = items; *item; item++) {
        g_strstrip(*item);
        if (!g_strv_contains(known, *item)) {
            say_unknown(what, *item, known);
            return NULL;
        }
        for (char **before = items; before < item; before++) {
            if (strcmp(*before, *item) == 0) {
                say_error("%s \"%s\" is named twice", what, *item);
                return NULL;
            }
        }
        if (!many && item > items) {
            say_error("one %s is expected, not \"%s\"", what, text);
            return NULL;
        }
    }
    if (!*items) {
        say_error("--%s is empty", strcmp(what, "language") == 0 ? "lang" : what);
        return NULL;
    }
    return g_steal_pointer(&items);
}

static gboolean options_date(Options *options)
{
    const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
    guint64 seconds = 0;

    if (options->date) {
        if (date_parse(options->date, &options->day))
            return TRUE;
        say_error("--date \"%s\" is not a date such as 2026-11-23", options->date);
        return FALSE;
    }
    if (epoch && *epoch != '\0') {
        if (!g_ascii_string_to_unsigned(epoch, 10, 0, G_GUINT64_CONSTANT(253402300799), &seconds,
                                        NULL)) {
            say_error("SOURCE_DATE_EPOCH \"%s\" is not a number of seconds since 1970", epoch);
            return FALSE;
        }
    } else {
        seconds = (guint64)(g_get_real_time() / G_USEC_PER_SEC);
    }
    options->day = (gint32)(DAYS_BEFORE_1970 + seconds / SECONDS_A_DAY);
    return TRUE;
}

/* How files are to be read. */
static gboolean check_reading(Options *options)
{
    if (options->encoding) {
        const char *name = encoding_name(options->encoding);

        if (!name) {
            say_unknown("encoding", options->encoding, encoding_names());
            return FALSE;
        }
        g_free(options->encoding);
        options->encoding = g_strdup(name);
    }
    if (options->delimiter) {
        options->separator = delimiter_named(options->delimiter);
        if (!options->separator) {
            say_unknown("delimiter", options->delimiter, delimiter_names());
            return FALSE;
        }
    }
    return TRUE;
}

/* A number of companies, if it is given. */
static gboolean read_number(const char *name, const char *text, guint *number)
{
    guint64 value = 0;

    if (text && !g_ascii_string_to_unsigned(text, 10, 1, PODIUM_PLACES, &value, NULL)) {
        say_error("--%s \"%s\" is not a number from 1 to %d", name, text, PODIUM_PLACES);
        return FALSE;
    }
    *number = (guint)value;
    return TRUE;
}

/* A draw that nobody can repeat is none. */
static gboolean check_draw(Options *options)
{
    if (!read_number("rank", options->rank, &options->places) ||
        !read_number("sample", options->sample, &options->draws))
        return FALSE;
    if (options->sample && (!options->seed || !*options->seed)) {
        say_error("--sample needs --seed: a text by which anybody can draw the same companies");
        return FALSE;
    }
    if (options->seed && !options->sample) {
        say_error("--seed is for a draw, and none is asked for");
        say_hint("--sample N draws N companies");
        return FALSE;
    }
    return TRUE;
}

/* What is said of reports needs reports. */
static gboolean check_extras(const Command *command, Options *options)
{
    if (!(command->uses & USE_EXTRAS) || (options->template && options->reports))
        return TRUE;
    if (options->template) {
        say_error("--template says how reports are told, and none are asked for");
        say_hint("--reports all makes one for each company");
        return FALSE;
    }
    options->template = g_strdup(EXTRAS_TEMPLATE);
    return TRUE;
}

/* What can be checked without reading a file. */
static gboolean check_values(const Command *command, Options *options)
{
    static const char *const languages[] = { "en", "zh", NULL };

    options->languages =
        read_list("language", options->language ? options->language : "en", languages, TRUE);
    if (!options->languages)
        return FALSE;
    if (command->formats) {
        options->formats =
            read_list("format", options->format ? options->format : command->formats[0],
                      command->formats, command->many_formats);
        if (!options->formats)
            return FALSE;
    }
    if (options->output && *options->output == '\0') {
        say_error("--output is empty");
        return FALSE;
    }
    if (options->quiet && options->verbose) {
        say_error("--quiet and --verbose contradict each other");
        return FALSE;
    }
    if (options->jobs == JOBS_NOT_GIVEN)
        options->jobs = 0;
    else if (options->jobs < 1) {
        say_error("--jobs %d is not a number of workers", options->jobs);
        return FALSE;
    }
    if (options->min_group < 0) {
        say_error("--min-group %d is not a number of companies", options->min_group);
        return FALSE;
    }
    if (options->checkpoint < 0) {
        say_error("--checkpoint %d is not a number of seconds", options->checkpoint);
        return FALSE;
    }
    return check_reading(options) && check_extras(command, options) && check_draw(options) &&
           options_date(options);
}

/* GLib's words about a wrong option, in ours. */
static void say_wrong_option(const Command *command, const GError *error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
    const char *word = strrchr(error->message, ' ');
    g_autofree char *text = g_strdup(error->message);

    if (!g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION) || !word) {
        text[0] = g_ascii_tolower(text[0]);
        say_error("%s", text);
        say_hint("see `assess %s --help`", command->name);
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        if (taken(command, &rows[i]))
            g_ptr_array_add(known, g_strconcat("--", rows[i].name, NULL));
    g_ptr_array_add(known, NULL);
    word = text_nearest(word + 1, (const char *const *)known->pdata);
    say_error("unknown option \"%s\" of `assess %s`", strrchr(error->message, ' ') + 1,
              command->name);
    if (word)
        say_hint("did you mean \"%s\"?", word);
    else
        say_hint("see `assess %s --help`", command->name);
}

static GArray *option_entries(const Command *command, Options *options)
{
    GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        GOptionEntry entry = { .long_name = rows[i].name,
                               .short_name = rows[i].letter,
                               .arg = rows[i].arg,
                               .arg_data = (char *)options + rows[i].offset };

        if (taken(command, &rows[i]))
            g_array_append_val(entries, entry);
    }
    g_array_append_val(entries, ((GOptionEntry){ .long_name = G_OPTION_REMAINING,
                                                 .arg = G_OPTION_ARG_FILENAME_ARRAY,
                                                 .arg_data = &options->arguments }));
    return entries;
}

/* The option that an argument ends in and whose value is the next argument; NULL if none. */
static const OptionRow *waits_for_value(const Command *command, const char *argument)
{
    gboolean is_long = g_str_has_prefix(argument, "--");

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const OptionRow *row = &rows[i];
        gboolean named = is_long ? strcmp(argument + 2, row->name) == 0
                                 : row->letter && argument[strlen(argument) - 1] == row->letter;

        if (named && row->value && taken(command, row))
            return row;
    }
    return NULL;
}

/* "-qfo": a letter that takes a value stands last or alone. */
static gboolean check_letters(const Command *command, const char *argument)
{
    for (const char *at = argument + 1; at[0] != '\0' && at[1] != '\0'; at++) {
        const char one[] = { '-', *at, '\0' };
        const OptionRow *row = waits_for_value(command, one);

        if (!row)
            continue;
        say_error("-%c takes its value as the next argument, not as in \"%s\"", *at, argument);
        say_hint("write \"-%c %s\", apart from other options", *at, row->value);
        return FALSE;
    }
    return TRUE;
}

/* Whether a value is one for its option, as far as GLib words that itself. */
static gboolean check_number(const OptionRow *row, const char *value)
{
    gint64 number;

    if (row->arg != G_OPTION_ARG_INT ||
        g_ascii_string_to_signed(value, 10, G_MININT + 1, G_MAXINT, &number, NULL))
        return TRUE;
    say_error("--%s \"%s\" is not a whole number", row->name, value);
    return FALSE;
}

/* The same of "--name=value". */
static gboolean check_joined(const Command *command, const char *argument)
{
    const char *value = strchr(argument, '=');
    g_autofree char *name = value ? g_strndup(argument, (gsize)(value - argument)) : NULL;
    const OptionRow *row =
        name && g_str_has_prefix(name, "--") ? waits_for_value(command, name) : NULL;

    return !row || check_number(row, value + 1);
}

/* Slips that GLib has no clear words for, or takes for a value. */
static gboolean check_spelling(const Command *command, char **arguments)
{
    for (char **at = arguments; *at && strcmp(*at, "--") != 0; at++) {
        const OptionRow *row;

        if ((*at)[0] != '-' || (*at)[1] == '\0')
            continue;
        if ((*at)[1] != '-' ? !check_letters(command, *at) : !check_joined(command, *at))
            return FALSE;
        row = waits_for_value(command, *at);
        if (!row || !at[1])
            continue;
        at++;
        if ((*at)[0] == '-' && (*at)[1] != '\0') {
            say_error("--%s is followed by \"%s\", expected %s", row->name, *at, row->value);
            if (row->use &
                (USE_OUTPUT | USE_RUBRIC | USE_RUBRIC_KNOWN | USE_TEMPLATE | USE_TEMPLATE_KNOWN))
                say_hint("a name that begins with \"-\" is written \"./%s\"", *at);
            return FALSE;
        }
        if (!check_number(row, *at))
            return FALSE;
    }
    return TRUE;
}

Options *options_read(const Command *command, char **arguments)
{
    g_autoptr(Options) options = g_new0(Options, 1);
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GArray) entries = option_entries(command, options);
    g_autoptr(GError) error = NULL;
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) copy = NULL;

    options->checkpoint = CHECKPOINT_SECONDS;
    options->jobs = JOBS_NOT_GIVEN;
    if (!check_spelling(command, arguments))
        return NULL;
    g_strv_builder_add(builder, "assess");
    g_strv_builder_addv(builder, (const char **)arguments);
    copy = g_strv_builder_end(builder);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, (GOptionEntry *)(void *)entries->data, NULL);
    if (!g_option_context_parse_strv(context, &copy, &error)) {
        say_wrong_option(command, error);
        return NULL;
    }
    if (!options->arguments)
        options->arguments = g_new0(char *, 1);
    if (!options->help && !options->version && !check_values(command, options))
        return NULL;
    return g_steal_pointer(&options);
}

void options_free(Options *options)
{
    if (!options)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].arg == G_OPTION_ARG_FILENAME)
            g_clear_pointer((char **)(void *)((char *)options + rows[i].offset), g_free);
    g_strfreev(options->with);
    g_strfreev(options->where);
    g_strfreev(options->arguments);
    g_strfreev(options->languages);
    g_strfreev(options->formats);
    g_free(options);
}

/* "-f" and "-o" mean something else for each command. */
static char *row_text(const Command *command, const OptionRow *row)
{
    g_autofree char *formats = NULL;

    if (row->use == USE_OUTPUT && command->output)
        return g_strdup(command->output);
    if (row->use == USE_OUTPUT)
        return g_strdup(command->many_formats
                            ? "folder for the files, default reports; `-`: standard output"
                            : "file to write; default and `-`: standard output");
    if (row->use == USE_SINCE && command->formats && !command->many_formats)
        return g_strdup("ask only what answers to that older edition do not say already");
    if (row->use != USE_FORMAT)
        return g_strdup(row->text);
    formats = g_strjoinv(", ", (char **)command->formats);
    return g_strdup_printf("%s of %s; default: %s", command->many_formats ? "a comma list" : "one",
                           formats, command->formats[0]);
}

char *options_help(const Command *command)
{
    enum { INDENT = 6 };
    GString *help = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const OptionRow *row = &rows[i];
        g_autofree char *text = NULL;

        if (!taken(command, row))
            continue;
        text = row_text(command, row);
        g_string_append(help, "  ");
        if (row->letter)
            g_string_append_printf(help, "-%c, ", row->letter);
        g_string_append_printf(help, "--%s%s%s\n%*s%s\n", row->name, row->value ? " " : "",
                               row->value ? row->value : "", INDENT, "", text);
    }
    return g_string_free(help, FALSE);
}
