/* block_check.h - whether grading by column and grading company by company agree. */
#pragma once

#include "rules/block_grade.h"

/* Grade a row of the block that was graded last, while it is unchanged, by the scalar engine, too.
 * NULL if all is the same, else what differs, for a message; free with g_free(). */
char *block_check_row(const BlockGrader *grader, const Block *block, guint row);
