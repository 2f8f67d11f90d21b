/* extras.h - what `assess batch` makes on request beside results.csv: a report for each company,
 * their assessments as JSON. Everything that goes wrong is said here. */
#pragma once

#include "batch/batch.h"
#include "batch/delivery.h"
#include "cli/session.h"

#define EXTRAS_TEMPLATE "brief" /* of reports that are made by the thousand */

typedef struct Extras Extras;

/* Look at what is asked for, and get ready: before the survey is read. `order` is of the batch, and
 * is borrowed. NULL and a status. Free with extras_free(). */
Extras *extras_open(Session *session, const BatchOrder *order, ExitStatus *status);
/* Put into the order what makes runs differ of all that is asked for. Borrowed. */
void extras_pin(const Extras *extras, BatchOrder *order);
/* The batch was entered, and is not graded yet. */
ExitStatus extras_begin(Extras *extras, const Batch *batch);
void extras_free(Extras *extras);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Extras, extras_free)

/* Make all of it from results.csv, which waits to be put into place with so many companies, and
 * append to `text` what was made. */
ExitStatus extras_make(Extras *extras, guint64 companies, GString *text);
/* Whether it was interrupted: not all is made. */
gboolean extras_is_stopped(const Extras *extras);
/* How far it is: of the file that is being made; NULL before and after. Borrowed. */
const DeliveryCount *extras_count(const Extras *extras);
