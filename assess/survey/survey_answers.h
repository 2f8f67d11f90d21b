/* survey_answers.h - one record of a survey in full: texts, evidence, waivers, and what is wrong
 * with it, as `score` would read it from a table. */
#pragma once

#include "intake/csv.h"
#include "rules/answers.h"
#include "survey/survey.h"

/* What a text, not empty, of a column is remembered to say: `answer` with its text; FALSE if it is
 * not remembered. */
typedef gboolean (*SurveyRecall)(guint column, const char *text, Answer *answer, gpointer data);

/* NULL if the row is one that is left out. Without `recall` (NULL) all is read. Free with
 * answers_free(). */
Answers *survey_answers(const Survey *survey, const CsvRecord *record, SurveyRecall recall,
                        gpointer data);
