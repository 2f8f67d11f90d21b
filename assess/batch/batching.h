/* batching.h - a batch from the inside: shared by the sources that open, grade, finish and merge
 * one. */
#pragma once

#include "batch/batch.h"
#include "batch/journal.h"
#include "batch/marker.h"
#include "batch/pins.h"
#include "batch/walk.h"
#include "batch/writer.h"

/* Parts of the state; see also ledger.h. */
#define PART_JOURNAL "journal"
#define PART_RESULTS "results"   /* rows, with the header but in shards */
#define PART_REJECTS "rejects"   /* rows */
#define PART_REJECTED "rejected" /* of Rejected: one a row of rejects */
#define PART_INPUT "input"       /* what came from standard input, as text */

/* Groups of the journal, beside those of pins.h. */
#define GROUP_STATE "state"
#define GROUP_BYTES "bytes" /* of the parts, by name */

/* Grading; making files of it; others make theirs; all are put into place; nothing is left. */
typedef enum { PHASE_GRADE, PHASE_FINISH, PHASE_MORE, PHASE_PLACE, PHASE_DONE } Phase;

typedef enum {
    FILE_RESULTS,
    FILE_REJECTS,
    FILE_REJECTED,
    FILE_COMPANIES,
    FILE_INPUT,
    FILES
} PartFile;

struct Batch {
    const BatchOrder *order;
    char *name;
    Stream *stream; /* before it is read */
    char *encoding;
    WalkText text;
    char *input; /* path to read again from */
    char *done;  /* folder */
    Survey *survey;
    Results *results;
    Rejects *rejects;
    MarkerPlan plan;
    Journal *journal;
    Phase phase;
    GString *header;      /* of results, with its mark */
    Writer *files[FILES]; /* NULL where it is not written */
    GPtrArray *markers;   /* of Marker *, while grading; borrowed */
    MarkerCount total;
    BatchCount count;
    guint64 next;       /* chunk: those before it are written */
    guint64 checkpoint; /* number of the last one */
    gint64 saved;       /* monotonic microseconds: when that was */
    guint64 begin, end; /* bytes of the text that were graded */
    gboolean is_whole;  /* it was read to its end */
    /* epochs: parts of the walk after each of which all that was counted is collected */
    guint epoch, epoch_chunks; /* of reading: the one it is in */
    gint64 epoch_begun;
    gint collected;   /* how many are; atomic */
    GHashTable *seen; /* of companies, where results go to standard output */
};

/* Name the part of a file. */
const char *part_name(PartFile file);
/* Whether the run has a state, and goes to a directory. */
gboolean batch_has_folder(const Batch *batch);

/* Grade what is not graded yet. FALSE with `error`. */
gboolean grading_run(Batch *batch, GError **error);
/* Open the parts, where the journal says how long they are; close them. */
gboolean grading_open_files(Batch *batch, GError **error);
void grading_close_files(Batch *batch);
/* Write what was counted into a folder; add what was counted elsewhere. */
gboolean batch_save_count(const Batch *batch, const char *folder, GError **error);
gboolean batch_add_count(Batch *batch, const char *folder, GError **error);
/* Save how far it is, durably. */
gboolean batch_checkpoint(Batch *batch, GError **error);
/* Remove the state. The journal goes first: without it the rest means nothing, and is removed by
 * who comes next if this is stopped. */
gboolean batch_forget(const char *folder, GError **error);
/* Read what a checkpoint saved. */
gboolean batch_restore(Batch *batch, GError **error);

/* Resolve duplicates and make the files of the directory. */
gboolean finish_run(Batch *batch, GError **error);

/* Take over the error of a writer. TRUE if it has one. */
gboolean batch_take_error(const Writer *writer, GError **error);
