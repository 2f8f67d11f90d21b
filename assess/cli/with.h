/* with.h - `--with QUESTION=FILE`: a question answered by another rubric's assessment, written as
 * JSON. Its level is the option of that id, or "levelN" if it is the Nth of its levels; the verdict
 * "none" is the first option, below that of the first level. The blanks of that assessment are not
 * ours: what counts is the level that is certain. */
#pragma once

#include "cli/session.h"

/* Read the files of --with: of With *; NULL with a status and everything said if one is refused,
 * NULL with EXIT_DONE if there are none. Free with g_ptr_array_unref(). */
GPtrArray *with_read(const Session *session, ExitStatus *status);
/* Let each file answer its question for the company that it is about. What is wrong with it is told
 * to that company, or to all in `findings` if it is none of several. EXIT_REFUSED if --strict
 * refuses a file that is none's. */
ExitStatus with_take(GPtrArray *with, const Session *session, GPtrArray *companies,
                     Findings *findings);
