/* survey_answers.h - one record of a survey in full: texts, evidence, waivers, and what is wrong
 * with it, as `score` would read it from a table. */
#pragma once

#include "intake/csv.h"
#include "intake/survey.h"
#include "rules/answers.h"

/* NULL if the row is one that is left out. Free with answers_free(). */
Answers *survey_answers(const Survey *survey, const CsvRecord *record);
