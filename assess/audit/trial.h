/* trial.h - one complete set of answers that is being tried: no blanks, save where blank is a state
 * of its own. It starts as the best or the worst company and is changed answer by answer; grading
 * it is the engine's. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "audit/space.h"
#include "rules/evaluate.h"

typedef struct {
    const Space *space;
    Answers *answers;
    State *states;       /* by question index; not of multi */
    gint32 day;          /* the assessment date of all trials: 2000-01-01 */
    Evaluation *grading; /* of the answers when trial_grade() was last called; NULL before */
} Trial;

/* All questions at their best or worst; what has no order as the first or last state. Fields that
 * are required are filled. Free with trial_free(). */
Trial *trial_new(const Space *space, gboolean is_best);
Trial *trial_copy(const Trial *from);
void trial_free(Trial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trial, trial_free)

/* Answer a question; a tick changes one option of a multi. */
void trial_set(Trial *trial, int question, const State *state);
/* Put a question back to what it is in another trial. */
void trial_take(Trial *trial, const Trial *from, int question);
/* Whether both answer a question alike. */
gboolean trial_agrees(const Trial *trial, const Trial *other, int question);
/* Grade anew. The result is the trial's. */
const Evaluation *trial_grade(Trial *trial);
/* Take the answers out: what stays is an empty shell to be freed. */
Answers *trial_steal(Trial *trial);
