/* batch.h - a survey graded from end to end: read in order, graded side by side, written in order.
 * The bytes written do not depend on the number of workers. */
#pragma once

#include "intake/survey_reader.h"
#include "rules/plan.h"

#define BATCH_RESULTS "results.csv"
#define BATCH_REJECTS "rejects.csv"

/* What is to be done; all is borrowed as long as the batch is there. */
typedef struct {
    const char *input;  /* "-": standard input */
    const char *name;   /* of the survey, as it is told; NULL: that of the input */
    const char *folder; /* which is there; NULL: results to standard output */
    const Plan *plan;
    const Vocabulary *vocabulary;
    const Layouts *layouts; /* or NULL */
    SurveyOptions survey;
    gint32 date;
    gboolean strict;
    gboolean has_mark; /* files begin with a byte order mark */
    guint jobs;        /* workers */
    const gint *stop;  /* read atomically: when it is set, finish what is begun and end */
    void (*tell)(
        gpointer data); /* from the calling thread, often: how far it is, see batch_count() */
    gpointer data;
} BatchOrder;

/* How far it is, and how it ended. */
typedef struct {
    guint64 records, graded, rejected; /* records = graded + rejected */
    guint64 taken, size;               /* bytes of the source; size 0: not known */
    gboolean is_stopped;               /* by `stop` */
    char *fault; /* why the text could not be read to its end, as the last reject says; or NULL */
} BatchCount;

typedef struct Batch Batch;

/* Open the survey. NULL with `error` if it cannot be read, with errors in `findings` if it is no
 * table of the rubric; remarks about its columns are warnings there. Free with batch_free(). */
Batch *batch_open(const BatchOrder *order, Findings *findings, GError **error);
void batch_free(Batch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)

/* Grade all of it. FALSE with `error` if it cannot be read or written. */
gboolean batch_run(Batch *batch, GError **error);
/* Borrowed. */
const BatchCount *batch_count(const Batch *batch);
const Survey *batch_survey(const Batch *batch);
const SurveyTally *batch_tally(const Batch *batch);
