/* opening.h - what is said of a survey before a batch grades it: what it has no columns for; or
 * what it is, if it is no table of companies. */
#pragma once

#include "batch/batch.h"
#include "cli/session.h"

/* Warn of what the survey has no column for; questions `by_name`, or only how many. */
void opening_tell(const Survey *survey, gboolean by_name, Findings *findings);
/* A survey was refused: say of it what `assess inspect` finds, where that tells more. FALSE if it
 * does not. */
gboolean opening_refused(const Session *session, const BatchOrder *order);
