/* conduct.h - a batch from the command line: with progress, and with all that came of it said. */
#pragma once

#include "batch/batch.h"
#include "cli/session.h"

/* Grade the survey of the order, or put shards of it together (directories, NULL-terminated; NULL:
 * grade). What the order needs of the session is filled in, but for `stop`. */
ExitStatus conduct(Session *session, BatchOrder *order, const char *const *shards);
