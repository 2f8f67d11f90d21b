/* check_template.h - `assess check` of a report's template. */
#pragma once

#include "cli/session.h"

/* Whether a file, or a name that no rubric has, is a template. */
gboolean check_is_template(const Session *session, const char *reference);
/* Tell what is wrong in it; `summary` gets a line. */
ExitStatus check_template(const Session *session, const char *reference, Findings *findings,
                          GString *summary);
