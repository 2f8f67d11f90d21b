/* check_diff.h - `assess check --diff OLD NEW [ANSWERS.csv...]`: what changed between two rubrics,
 * and for which answers. */
#pragma once

#include "cli/session.h"

/* The whole command, by the session's options. */
ExitStatus check_diff(Session *session);
