/* widening.h - a survey with one answer a row, rewritten as a table with one row a respondent
 * before it is graded: see intake/survey_long.h. */
#pragma once

#include "intake/survey.h"

typedef struct {
    const char *input; /* "-": standard input */
    const char *name;  /* of the survey, as it is told */
    const Vocabulary *vocabulary;
    const Layouts *layouts;
    const SurveyOptions *survey;
    const gint *stop; /* as in stream.h */
} Widening;

/* If the input is a long table, write it wide, as UTF-8 with commas, into a new temporary file with
 * the same time of change, and give its path and the id of the layout to read it by; the caller
 * removes it. Else, of standard input always, `path` is NULL. FALSE with `error`, or with errors in
 * `findings`. Free both with g_free(). */
gboolean widening_do(const Widening *widening, char **path, char **layout, Findings *findings,
                     GError **error);
