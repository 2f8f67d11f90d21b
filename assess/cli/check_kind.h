/* check_kind.h - what a file is that `assess check` is given: told by the sections it opens. */
#pragma once

#include "cli/session.h"

typedef enum { CHECK_RUBRIC, CHECK_TEMPLATE, CHECK_LAYOUT, CHECK_MAPPING } CheckKind;

/* The kind of a file, or of a name: one that a rubric has is a rubric's, even if a template or a
 * layout has it, too. What cannot be told is taken for a rubric, and `path` is NULL for one; else
 * free it with g_free(). */
CheckKind check_kind(const Session *session, const char *reference, char **path);
