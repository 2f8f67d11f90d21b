/* example.h - one complete set of answers that is being tried: no blanks, save where blank is a
 * state of its own. It starts as the best or the worst company and is changed answer by answer;
 * grading it is the engine's. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "proof/space.h"
#include "rules/evaluate.h"

typedef struct {
    const Space *space;
    Answers *answers;
    State *states;       /* by question index; not of multi */
    gint32 day;          /* the assessment date of all examples: 2000-01-01 */
    Evaluation *grading; /* of the answers when example_grade() was last called; NULL before */
} Example;

/* All questions at their best or worst; what has no order as the first or last state. Fields that
 * are required are filled. Free with example_free(). */
Example *example_new(const Space *space, gboolean is_best);
Example *example_copy(const Example *from);
void example_free(Example *example);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Example, example_free)

/* Answer a question; a tick changes one option of a multi. */
void example_set(Example *example, int question, const State *state);
/* Put a question back to what it is in another example. */
void example_take(Example *example, const Example *from, int question);
/* Whether both answer a question alike. */
gboolean example_agrees(const Example *example, const Example *other, int question);
/* Grade anew. The result is the example's. */
const Evaluation *example_grade(Example *example);
/* Take the answers out: what stays is an empty shell to be freed. */
Answers *example_steal(Example *example);
