/* extras.h - what `assess batch` makes on request beside results.csv: a report for each company,
 * their assessments as JSON. Everything that goes wrong is said here. */
#pragma once

#include "cli/session.h"
#include "cohort/batch.h"
#include "cohort/delivery.h"

#define EXTRAS_TEMPLATE "brief" /* of reports that are made by the thousand */

typedef struct Extras Extras;

/* Look at what is asked for, and get ready: before anything is graded. `order` is of the batch,
 * with its folder; standard input is copied into a file that goes with the program, where it has to
 * be read twice, and the order is changed so. NULL and a status. Free with extras_free(). */
Extras *extras_open(Session *session, BatchOrder *order, ExitStatus *status);
void extras_free(Extras *extras);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Extras, extras_free)

/* Make all of it from results.csv, which is there with about as many companies, and tell what was
 * made. */
ExitStatus extras_make(Extras *extras, guint64 companies);
/* How far it is: of the file that is being made; NULL before and after. Borrowed. */
const DeliveryCount *extras_count(const Extras *extras);
