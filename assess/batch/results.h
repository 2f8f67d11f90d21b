/* results.h - results.csv: a row for each company that was graded, the same columns for the same
 * rubric. Its columns:
 *   record                                 1 is the first below the header
 *   company, uscc                          where the rubric has such fields
 *   FIELD ...                              those that the rubric groups a cohort by
 *   level, level_possible                  ids of levels, "none" below the first
 *   official_level, official_level_possible
 *   evidenced_level, evidenced_level_possible   if the input has a place for evidence
 *   score_low, score_high                  as in the JSON of an assessment; blank: no score
 *   DIMENSION_low, DIMENSION_high ...
 *   answered, asked, not_applicable        questions
 *   blockers                               requirements of the next level that are not met, by ";"
 *   decisive_blanks                        the first RESULTS_DECISIVE of them, by ";"
 *   findings                               cells that could not be read, dates to come,
 *                                          answers that contradict each other
 * Immutable, so threads may share it. */
#pragma once

#include "rules/block_grade.h"

enum { RESULTS_DECISIVE = 5 };

typedef struct Results Results;

/* Of the plan, which is borrowed. Free with results_free(). */
Results *results_new(const Plan *plan, gboolean has_evidence);
void results_free(Results *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Results, results_free)

/* Append the header, without a mark. */
void results_header(const Results *results, GString *out);
/* Append the row of a company of the block that was graded last. */
void results_row(const Results *results, const BlockGrader *grader, const Block *block, guint row,
                 GString *out);

/* The company's name and social credit code; length 0 where there is none. */
BlockText results_company(const Results *results, const Block *block, guint row);
BlockText results_code(const Results *results, const Block *block, guint row);
