/* batch.h - a survey graded from end to end: read in order, graded side by side, written in order;
 * then companies that stand in it several times are resolved, and what many say together is told.
 * The bytes written do not depend on the number of workers, nor on how often it was interrupted. */
#pragma once

#include "batch/duplicates.h"
#include "batch/filter.h"
#include "survey/survey_reader.h"

#define BATCH_RESULTS "results.csv"
#define BATCH_REJECTS "rejects.csv"
#define BATCH_FINDINGS "findings.csv"
#define BATCH_COHORT "cohort.json"
#define BATCH_RUN "run.ini" /* what the results in a directory are of */
/* Groups of what a shard says of its run: what it is of, where things are. */
#define BATCH_GROUP_RUN "run"
#define BATCH_GROUP_PLACE "place"
#define BATCH_SHARD "shard" /* folder of what a shard leaves for merging */

enum { BATCH_SHARDS = 10000 };

/* What is to be done; all is borrowed as long as the batch is there. */
typedef struct {
    const char *input;           /* "-": standard input */
    const char *origin;          /* file that the input was made of; NULL: it is that file itself */
    SurveyOptions origin_survey; /* how that one is read */
    const char *name;            /* of the survey, as it is told; NULL: that of the input */
    const char *folder;          /* made if it is not there; NULL: results to standard output */
    const char *rubric;          /* path of its file, to be found again by who merges shards */
    const char *layout;          /* as it was named; or NULL */
    const Plan *plan;
    const Vocabulary *vocabulary;
    const Layouts *layouts; /* or NULL */
    SurveyOptions survey;
    gint32 date;
    gboolean strict;
    gboolean has_mark;    /* files begin with a byte order mark */
    const Filter *filter; /* which companies are wanted; NULL: all */
    const char *where;    /* the same in words; or NULL */
    DuplicatePolicy duplicates;
    guint min_group;     /* smaller groups are withheld in cohort.json; 0: none */
    guint shard, shards; /* this one, from 1, of so many; 0 of 0: all */
    /* what is made beside the results, in words; or NULL for a shard: all of them make it. Then the
     * hashes of the templates it is made by, NULL where there is none */
    const char *more, *template_sha256, *cohort_template_sha256;
    guint checkpoint; /* seconds between two states to which --resume can return */
    gboolean resume, force;
    guint jobs;                  /* workers */
    const gint *stop;            /* read atomically: when it is set, finish what is begun and end */
    void (*tell)(gpointer data); /* often, by one thread at a time: see batch_count() */
    gpointer data;
} BatchOrder;

/* How far it is, and how it ended. */
typedef struct {
    guint64 records, graded, rejected, filtered; /* the first is the sum of the others */
    guint64 taken, size;                         /* bytes of the source; size 0: not known */
    guint64 resumed; /* records that were graded before this run went on */
    DuplicateCount duplicates;
    gboolean is_stopped; /* by `stop`: the state is kept for going on */
    gboolean was_done;   /* there was nothing left to do */
    gboolean is_cut;     /* to standard output: it ended at a second record of a company */
    char *fault; /* why the text could not be read to its end, as the last reject says; or NULL */
} BatchCount;

#define BATCH_ERROR (g_quark_from_static_string("batch-error"))
typedef enum {
    BATCH_ERROR_EXISTS, /* the directory holds results, or a run that was not finished */
    BATCH_ERROR_OTHER,  /* it holds a run of something else */
    BATCH_ERROR_SHARDS, /* shards that do not fit together */
    BATCH_ERROR_SIZE    /* standard input cannot be shared out */
} BatchError;

typedef struct Batch Batch;

/* Open the survey. NULL with `error` if it cannot be read, with errors in `findings` if it is no
 * table of the rubric; remarks about its columns are warnings there. Free with batch_free(). */
Batch *batch_open(const BatchOrder *order, Findings *findings, GError **error);
void batch_free(Batch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)

/* Look at what the directory holds, and begin a run in it or take one up again. FALSE with
 * FILE_IO_ERROR or BATCH_ERROR. Of a run to standard output nothing. */
gboolean batch_enter(Batch *batch, GError **error);
/* Grade all of it, or go on where a run was stopped. FALSE with FILE_IO_ERROR. Unless it was
 * stopped, the files of the directory are made afterwards and wait in batch_done(). */
gboolean batch_run(Batch *batch, GError **error);
/* Whether others have to make what they make of the run: not if they did before it was stopped. */
gboolean batch_wants_more(const Batch *batch);
/* The folder where finished files wait for the others, whoever makes them; what was in it when the
 * run went on is gone, but for those of the batch. NULL for standard output. Borrowed. */
const char *batch_done(const Batch *batch);
/* The survey's file, or what came from standard input as UTF-8 text without a mark. */
const char *batch_input(const Batch *batch);
/* All is made: put the files into their places and forget the state. FALSE with FILE_IO_ERROR. */
gboolean batch_end(Batch *batch, GError **error);

/* Put shards together, whose directories are NULL-terminated, as if one run had graded all. */
gboolean batch_merge(Batch *batch, const char *const *shards, GError **error);

/* Borrowed. */
const BatchCount *batch_count(const Batch *batch);
const Survey *batch_survey(const Batch *batch);
/* Rows that were read, and what was met in them; of a run that was complete before nothing. */
const SurveyTally *batch_tally(const Batch *batch);
/* What many say together: more than was written where BatchCount.is_cut. NULL before
 * batch_run(). */
const Statistics *batch_statistics(const Batch *batch);
