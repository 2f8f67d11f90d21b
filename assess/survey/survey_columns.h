/* survey_columns.h - what columns of a survey are that one by one cannot be told: of the same name,
 * or bound by an alias beside another one. */
#pragma once

#include "survey/binding.h"

/* `columns`: of SurveyColumn, bound each by itself. */
void survey_columns_settle(GArray *columns, const Binder *binder);
