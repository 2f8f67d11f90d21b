/* selection.h - who is chosen among the companies of results.csv: a quota in rank.csv, a draw in
 * sample.csv. Made of results.csv alone, so of one run as of merged ones. Everything that goes
 * wrong is said here. */
#pragma once

#include "cli/session.h"

/* Whether the options ask for any of it. */
gboolean selection_is_wanted(const Options *options);
/* Make what is asked for from the results in `folder`, and append to `text` what came of it. */
ExitStatus selection_make(const Session *session, const char *folder, GString *text);
