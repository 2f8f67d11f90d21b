/* cohort_files.h - cohort.pdf and cohort.html: what many companies say together, for people. */
#pragma once

#include "cli/session.h"
#include "cohort/tallies.h"

#define COHORT_PDF "cohort.pdf"
#define COHORT_HTML "cohort.html"

/* The hashes of the template "cohort", see ini_hashes(); NULL if it is not there or faulty, which
 * is told when the files are made. Free with g_free(). */
char *cohort_files_template(const Session *session);
/* Write both into a folder, by the template "cohort", in the session's languages; groups of fewer
 * than `min_group` are withheld. `source` names the survey. Where no font is found there is no PDF,
 * which is said, and the results stand. */
ExitStatus cohort_files(const Session *session, const Statistics *statistics, guint min_group,
                        const char *source, const char *folder);
