#include <string.h>

#include "base/date.h"
#include "batch/shard.h"
#include "cli/command.h"
#include "cli/conduct.h"
#include "cli/interrupt.h"
#include "cli/outcome.h"
#include "cli/say.h"

/* What the shards were graded by, as options of the command that graded them. */
typedef struct {
    Options options; /* as given, and these: */
    char *rubric, *profile, *survey, *encoding, *layout, *map;
    char **where;
} Replay;

static void replay_clear(Replay *replay)
{
    g_free(replay->rubric);
    g_free(replay->profile);
    g_free(replay->survey);
    g_free(replay->encoding);
    g_free(replay->layout);
    g_free(replay->map);
    g_strfreev(replay->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Replay, replay_clear)

/* NULL for what was not given. */
static char *group_text(const Shard *shard, const char *group, const char *key)
{
    char *text = shard_text(shard, group, key);

    if (text && *text == '\0')
        g_clear_pointer(&text, g_free);
    return text;
}

static char *run_text(const Shard *shard, const char *key)
{
    return group_text(shard, BATCH_GROUP_RUN, key);
}

static gboolean is_yes(const Shard *shard, const char *key)
{
    g_autofree char *text = run_text(shard, key);

    return g_strcmp0(text, "yes") == 0;
}

/* The rubric's file, unless --rubric names one or it is gone. */
static char *rubric_of(const Shard *shard, const Options *options)
{
    g_autofree char *path = shard_text(shard, BATCH_GROUP_PLACE, "rubric");

    if (options->rubric)
        return g_strdup(options->rubric);
    return path && g_file_test(path, G_FILE_TEST_EXISTS) ? g_steal_pointer(&path)
                                                         : run_text(shard, "rubric");
}

static void read_run(const Shard *shard, const Options *options, Replay *replay)
{
    g_autofree char *date = run_text(shard, "date");
    g_autofree char *where = run_text(shard, "where");

    replay->options = *options;
    replay->options.rubric = replay->rubric = rubric_of(shard, options);
    replay->options.profile = replay->profile = run_text(shard, "profile");
    replay->survey = shard_text(shard, BATCH_GROUP_PLACE, "survey");
    replay->encoding = group_text(shard, BATCH_GROUP_PLACE, "encoding");
    replay->options.layout = replay->layout = group_text(shard, BATCH_GROUP_PLACE, "layout");
    replay->map = group_text(shard, BATCH_GROUP_PLACE, "map");
    replay->options.where = replay->where = where ? g_strsplit(where, "\n", -1) : NULL;
    if (date)
        date_parse(date, &replay->options.day);
}

static void make_order(const Shard *shard, const Replay *replay, BatchOrder *order)
{
    const Options *options = &replay->options;
    g_autofree char *policy = run_text(shard, "duplicates");
    g_autofree char *group = run_text(shard, "min_group");
    g_autofree char *delimiter = group_text(shard, BATCH_GROUP_PLACE, "delimiter");

    *order = (BatchOrder){ .input = replay->survey,
                           .folder = options->output,
                           .survey = { .encoding = replay->encoding,
                                       .delimiter = delimiter ? *delimiter : '\0',
                                       .map = replay->map },
                           .date = options->day,
                           .strict = is_yes(shard, "strict"),
                           .has_mark = is_yes(shard, "bom"),
                           .min_group = group ? (guint)g_ascii_strtoull(group, NULL, 10) : 0,
                           .checkpoint = (guint)options->checkpoint,
                           .force = options->force,
                           .jobs = options->jobs ? (guint)options->jobs : g_get_num_processors() };
    duplicates_policy(policy ? policy : "last", &order->duplicates);
}

static ExitStatus check_arguments(const Options *options)
{
    if (!options->arguments[0]) {
        say_error("no shards are named");
        say_hint("as in `assess merge shard1 shard2 -o graded`");
        return EXIT_USAGE;
    }
    if (!options->output || strcmp(options->output, "-") == 0) {
        say_error("-o is missing: the directory for the results");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* Another rubric would not even know the columns. */
static ExitStatus check_rubric(const Shard *shard, const Rubric *rubric)
{
    g_autofree char *was = run_text(shard, "rubric");
    g_autofree char *is = g_strconcat(rubric->id, "@", rubric->edition, NULL);

    if (g_strcmp0(was, is) == 0)
        return EXIT_DONE;
    say_error("the shards were graded by %s, not by %s", was, is);
    return EXIT_REFUSED;
}

static ExitStatus run(const Options *options)
{
    const char *const *folders = (const char *const *)options->arguments;
    ExitStatus status = check_arguments(options);
    g_autoptr(Interrupt) interrupt = interrupt_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) shards = NULL;
    g_autoptr(Session) session = NULL;
    g_auto(Replay) replay = { .rubric = NULL };
    BatchOrder order;

    if (status != EXIT_DONE)
        return status;
    shards = shards_read(folders, &error);
    if (!shards)
        return outcome_failed(error, TRUE);
    read_run(shards->pdata[0], options, &replay);
    make_order(shards->pdata[0], &replay, &order);
    order.stop = interrupt_stop(interrupt);
    session = session_new(&replay.options);
    status = session_open(session);
    if (status == EXIT_DONE)
        status = check_rubric(shards->pdata[0], session->rubric);
    return status == EXIT_DONE ? conduct(session, &order, folders) : status;
}

const Command command_merge = {
    .name = "merge",
    .arguments = "DIR...",
    .summary = "put shards of a survey together, as if one run had graded it",
    .text = "Each DIR was made by `assess batch SURVEY.csv -o DIR --shard I/N`. Companies that\n"
            "stand in several shards are resolved as one run resolves them; for that the survey\n"
            "must be where the shards read it. The files are the same bytes as those of one run.\n"
            "Shards that do not fit together are refused: one is missing or there twice, or it\n"
            "is of another survey, rubric, program or option.",
    .example = "assess batch survey.csv -o part1 --shard 1/2\n"
               "assess batch survey.csv -o part2 --shard 2/2\n"
               "assess merge part1 part2 -o graded",
    .uses = USE_RUBRIC | USE_LANGUAGE | USE_OUTPUT | USE_FORCE | USE_EXTRAS | USE_JOBS | USE_QUIET |
            USE_VERBOSE,
    .output = "directory for the files, made if it is not there",
    .run = run,
};
