/* block_assessment.h - what an assessment tells of a company beyond its grades, for a row of a
 * block: the score as text; and whether both engines agree. All of them
 * are about the block that was graded last, while it is unchanged. */
#pragma once

#include "rules/block_grade.h"

/* Append a bound of a score (GRADE_ALL, or 1 + dimension) as score_text() of an assessment writes
 * it; nothing if there is no score. */
void block_score_text(const BlockGrader *grader, const Block *block, guint score, guint row,
                      gboolean high, GString *text);

/* Grade the row by the scalar engine, too. NULL if all is the same, else what differs, for a
 * message; free with g_free(). */
char *block_check_row(const BlockGrader *grader, const Block *block, guint row);
