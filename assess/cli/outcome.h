/* outcome.h - what came of a batch, in words: how many records, why some were not graded, what
 * could not be read; or why it ended before that. */
#pragma once

#include "batch/batch.h"
#include "cli/session.h"

/* Borrowed. */
typedef struct {
    const Options *options;
    const BatchOrder *order;
    const Batch *batch;
    gboolean is_merge; /* shards are put together */
} Outcome;

/* All is made: say so, and `more` after it. Nothing but errors with --quiet. */
ExitStatus outcome_say(const Outcome *outcome, const char *more);
/* It was interrupted. */
ExitStatus outcome_stopped(const Outcome *outcome);
/* How to go on, after an error that was said. */
void outcome_hint_resume(const Outcome *outcome);
/* Status of an error in the midst of it, which is said with how to go on. */
ExitStatus outcome_broken(const Outcome *outcome, const GError *error);
/* Status of an error before anything was begun, which is said; shards are merged anew, never gone
 * on with. */
ExitStatus outcome_failed(const GError *error, gboolean is_merge);
