#include <string.h>

#include "cli/command.h"
#include "cli/conduct.h"
#include "cli/interrupt.h"
#include "cli/say.h"

static ExitStatus check_arguments(const Options *options)
{
    if (!options->arguments[0]) {
        say_error("no survey is named");
        say_hint("as in `assess batch survey.csv -o graded`");
        return EXIT_USAGE;
    }
    if (options->arguments[1]) {
        say_error("one survey is graded at a time, not also \"%s\"", options->arguments[1]);
        return EXIT_USAGE;
    }
    if (!options->output) {
        say_error("-o is missing: the directory for the results");
        say_hint("`-o -` writes results.csv to standard output");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* Rows that are written at once cannot be taken back when the company comes again. */
static ExitStatus find_policy(const Options *options, BatchOrder *order)
{
    const char *name = options->duplicates;

    order->duplicates = order->folder ? DUPLICATES_LAST : DUPLICATES_FIRST;
    if (name && !duplicates_policy(name, &order->duplicates)) {
        say_unknown("policy", name, duplicates_names());
        return EXIT_USAGE;
    }
    if (!order->folder && order->duplicates != DUPLICATES_FIRST &&
        order->duplicates != DUPLICATES_ERROR) {
        say_error("standard output takes --duplicates first or error, not %s", name);
        say_hint("the others need to know all records before one is written: -o DIR");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* "I/N" */
static ExitStatus find_shard(const Options *options, BatchOrder *order)
{
    const char *text = options->shard;
    char *end = NULL;
    guint64 shard = text ? g_ascii_strtoull(text, &end, 10) : 0;
    guint64 shards = text && *end == '/' ? g_ascii_strtoull(end + 1, &end, 10) : 0;

    if (!text)
        return EXIT_DONE;
    if (*end != '\0' || !g_ascii_isdigit(*text) || shard < 1 || shard > shards ||
        shards > BATCH_SHARDS) {
        say_error("--shard \"%s\" is not of the form I/N, as in 1/8", text);
        return EXIT_USAGE;
    }
    if (!order->folder) {
        say_error("a shard goes to a directory, not to standard output");
        return EXIT_USAGE;
    }
    order->shard = (guint)shard;
    order->shards = (guint)shards;
    return EXIT_DONE;
}

static ExitStatus check_resume(const Options *options, const BatchOrder *order)
{
    if (order->shards && (options->json || options->reports)) {
        say_error("--%s is made of all shards: by `assess merge`",
                  options->json ? "json" : "reports");
        return EXIT_USAGE;
    }
    if (options->resume && !order->folder) {
        say_error("--resume needs a directory: standard output is written once");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static ExitStatus read_options(const Options *options, BatchOrder *order)
{
    ExitStatus status = check_arguments(options);

    if (status != EXIT_DONE)
        return status;
    *order = (BatchOrder){ .input = options->arguments[0],
                           .folder = strcmp(options->output, "-") == 0 ? NULL : options->output,
                           .survey = { .encoding = options->encoding,
                                       .delimiter = options->separator,
                                       .map = options->map },
                           .date = options->day,
                           .strict = options->strict,
                           .has_mark = !options->no_bom,
                           .min_group = (guint)options->min_group,
                           .checkpoint = (guint)options->checkpoint,
                           .resume = options->resume,
                           .force = options->force,
                           .jobs = options->jobs ? (guint)options->jobs : g_get_num_processors() };
    status = find_policy(options, order);
    if (status == EXIT_DONE)
        status = find_shard(options, order);
    return status == EXIT_DONE ? check_resume(options, order) : status;
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Interrupt) interrupt = interrupt_new();
    g_autoptr(Session) session = session_new(options);
    BatchOrder order;
    ExitStatus status = read_options(options, &order);

    order.stop = interrupt_stop(interrupt);

    if (status == EXIT_DONE)
        status = session_open(session);
    return status == EXIT_DONE ? conduct(session, &order, NULL) : status;
}

const Command command_batch = {
    .name = "batch",
    .arguments = "SURVEY.csv",
    .summary = "grade a survey export: a row of results for each company",
    .text = "Grades every record of a table and writes into the directory of -o:\n"
            "results.csv, a row for each company that was graded; rejects.csv, a row for each\n"
            "record that was not, and why; findings.csv, what could not be read; cohort.json,\n"
            "cohort.pdf and cohort.html, what many say together, without a company; run.ini, what\n"
            "it was made of.\n"
            "Records of one company, by social credit code or else name: one counts.\n"
            "Memory does not grow with the survey. Interrupted, or killed at any moment, the\n"
            "same command with --resume goes on and ends with the same bytes.\n"
            "`-` is standard input; `-o -` writes results.csv to standard output.\n"
            "--reports makes a PDF for each company, a thousand in a folder: reports/000 ...,\n"
            "with reports/index.csv from company to file. --rank and --sample write rank.csv, who\n"
            "is within a quota, and sample.csv, a draw that the same --seed draws again.",
    .example = "assess batch survey.csv -o graded\n"
               "assess batch survey.csv -o graded --resume\n"
               "assess batch survey.csv -o graded --duplicates best -j 8\n"
               "assess batch survey.csv -o graded --reports advanced --lang zh\n"
               "zcat survey.csv.gz | assess batch - -o - | head",
    .uses = USE_RUBRIC | USE_PROFILE | USE_LANGUAGE | USE_OUTPUT | USE_FORCE | USE_DATE |
            USE_STRICT | USE_ENCODING | USE_SURVEY | USE_BATCH | USE_EXTRAS | USE_JOBS | USE_QUIET |
            USE_VERBOSE,
    .output = "directory for the files, made if it is not there; `-`: results to standard output",
    .run = run,
};
