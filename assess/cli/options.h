/* options.h - the options of all commands in one table, read and checked: what a command gets holds
 * no mistakes that can be seen without reading a file. */
#pragma once

#include <glib.h>

#include "cli/status.h"

/* Which options a command takes. */
typedef enum {
    USE_RUBRIC = 1 << 0,
    USE_PROFILE = 1 << 1,
    USE_LANGUAGE = 1 << 2,
    USE_FORMAT = 1 << 3,
    USE_OUTPUT = 1 << 4,
    USE_FORCE = 1 << 5,
    USE_DATE = 1 << 6,
    USE_STRICT = 1 << 7,
    USE_REQUIRE = 1 << 8,
    USE_PLAN = 1 << 9,
    USE_QUIET = 1 << 10,
    USE_VERBOSE = 1 << 11,
    USE_HELP = 1 << 12, /* taken by every command, as is the next */
    USE_VERSION = 1 << 13,
    USE_SINCE = 1 << 14,
    USE_WITH = 1 << 15,
    USE_PROOFS = 1 << 16, /* --no-proofs, --seconds */
    USE_MUTATE = 1 << 17,
    USE_DIFF = 1 << 18,
    USE_TEMPLATE = 1 << 19,
    USE_FINAL = 1 << 20,
    USE_RUBRIC_KNOWN = 1 << 21, /* to compare with */
    USE_TEMPLATE_KNOWN = 1 << 22,
    USE_ENCODING = 1 << 23,
    USE_SURVEY = 1 << 24, /* --delimiter, --layout, --map */
    USE_WRITE_MAP = 1 << 25,
    USE_BATCH = 1 << 26,
    USE_EXTRAS = 1 << 27, /* what a batch makes on request */
    USE_JOBS = 1 << 28,
    USE_BENCHMARK = 1 << 29
} OptionUse;

typedef struct {
    char *rubric, *profile, *language, *format, *output, *date, *require, *since, *template,
        *layout, *map, *write_map, *benchmark; /* as typed; NULL if not given */
    char *encoding;                            /* a result of encoding_name(); NULL if not given */
    char *delimiter;
    char **with; /* QUESTION=FILE, one each; NULL if not given */
    int seconds; /* for one property; 0 if not given */
    gboolean no_proofs, mutate, diff, final;
    int jobs; /* 0 if not given */
    gboolean json, xlsx;
    char **where;               /* FIELD=VALUE; NULL if not given */
    char *rank, *sample, *seed; /* as typed; NULL if not given */
    guint places, draws;        /* of --rank, --sample; 0 if not given */
    char *reports;              /* as typed; NULL if not given */
    gboolean no_bom, resume;
    char *duplicates, *shard; /* as typed; NULL if not given */
    int min_group;            /* 0 if not given */
    int checkpoint;           /* seconds */
    gboolean force, strict, plan, quiet, verbose, help, version;
    char **arguments; /* never NULL */
    char **languages; /* of --lang, in its order, else "en" */
    char **formats;   /* of --format, in its order, else the command's default */
    char separator;   /* of --delimiter; 0 if not given */
    gint32 day;       /* the assessment date, as GDate counts days; see options_date() */
} Options;

struct Command;

/* Read a command's arguments. NULL, with everything said, if they are wrong. Free with
 * options_free(). */
Options *options_read(const struct Command *command, char **arguments);
void options_free(Options *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Options, options_free)

/* One line for each option of a command, for its help. Free with g_free(). */
char *options_help(const struct Command *command);
