/* tree.h - reasons as a tree of lines, each with the mark of its truth, down to the answers. Of a
 * level, what fails or is open comes first with its reasons, and what is settled is one line; a
 * requirement that is asked for, and everything if `all` is set, goes down to the answers. */
#pragma once

#include <glib.h>

#include "report/terminal.h"
#include "scoring/explain.h"

/* Free with g_free(). */
char *report_tree(const Terminal *terminal, const Assessment *assessment, const Reason *reason);
