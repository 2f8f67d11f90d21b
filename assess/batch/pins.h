/* pins.h - what a run rests on, as its journal holds it: the survey, the rubric, the mapping, the
 * options and, of what is made beside the results, the templates. Files are held by their content,
 * so that one that was edited since is another one. */
#pragma once

#include "batch/batch.h"
#include "batch/journal.h"

/* Groups of the journal. */
#define GROUP_RUN BATCH_GROUP_RUN     /* what the results are of */
#define GROUP_MORE "more"             /* what is made beside them: shards have none of it */
#define GROUP_PLACE BATCH_GROUP_PLACE /* where things are on this machine */

/* Put all of it into the journal. `head` is what the text of the survey begins with. */
void pins_set(Journal *journal, const BatchOrder *order, const Survey *survey, const char *name,
              const char *head, gsize size, guint64 survey_size);
/* What the first difference of a group is: `date is "2025-11-25", not "2025-11-24"`, as `there`
 * has it and `here` not; NULL if there is none. Free with g_free(). */
char *pins_difference(const Journal *there, const Journal *here, const char *group);
