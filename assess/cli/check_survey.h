/* check_survey.h - `assess check` of what surveys are read by: layouts and mapping files. */
#pragma once

#include "cli/session.h"

/* Tell what is wrong in a file; `summary` gets a line. */
ExitStatus check_layout(const Session *session, const char *path, Findings *findings,
                        GString *summary);
/* The same; questions are those of the session's rubric, which is opened for it. */
ExitStatus check_mapping(Session *session, const char *path, Findings *findings, GString *summary);
