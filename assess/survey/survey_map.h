/* survey_map.h - a mapping file: what the columns of a survey are where their names do not say it.
 * INI: a section [column N] for the column in place N, or [column NAME] with `header`, and in it
 * `to`: a question, question:option, question.evidence, waive:requirement, `ignore` (nothing of
 * ours) or `skip` (as if it did not stand here). */
#pragma once

#include "survey/survey.h"

typedef struct SurveyMap SurveyMap;

/* Read and check a file. Faults are errors in `findings`; NULL if it cannot be read. Free with
 * survey_map_free(). */
SurveyMap *survey_map_load(const char *path, const Binder *binder, Findings *findings);
void survey_map_free(SurveyMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyMap, survey_map_free)

/* Columns that it speaks of. */
guint survey_map_count(const SurveyMap *map);
/* The hash of the file. Borrowed. */
const char *survey_map_sha256(const SurveyMap *map);
/* What the file says of column `index`, from 0, of this name; FALSE if nothing. */
gboolean survey_map_binding(const SurveyMap *map, guint index, const char *name, Binding *binding);
/* After all columns: an error for each entry that was about none of them. */
void survey_map_check(const SurveyMap *map, Findings *findings);

/* A mapping file of the survey as it is bound now, ready to edit. Free with g_free(). */
char *survey_map_write(const Survey *survey);
