/* check_template.h - `assess check` of a report's template. */
#pragma once

#include "cli/session.h"

/* Tell what is wrong in it; `summary` gets a line. */
ExitStatus check_template(const Session *session, const char *path, Findings *findings,
                          GString *summary);
