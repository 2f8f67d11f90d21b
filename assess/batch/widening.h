/* widening.h - a survey with one answer a row, rewritten as a table with one row a respondent
 * before it is graded: see survey/survey_long.h. */
#pragma once

#include "survey/survey.h"

typedef struct {
    const char *input; /* "-": standard input */
    const char *name;  /* of the survey, as it is told */
    const Vocabulary *vocabulary;
    const Layouts *layouts;
    const SurveyOptions *survey;
    gboolean is_told; /* what is to be told of the text was told before: no findings of it */
    const gint *stop; /* as in stream.h */
} Widening;

/* The copy, UTF-8 with commas, with the same time of change as the long table. */
typedef struct {
    char *path;     /* of a temporary file, to be removed; NULL: there is no copy */
    char *layout;   /* id of the one to read it by */
    char *encoding; /* of the long table */
} Widened;

void widened_clear(Widened *widened);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Widened, widened_clear)

/* If the input is a long table, write it wide. Else, of standard input always, there is no copy.
 * FALSE with `error`, or with errors in `findings` or told before. Clear with widened_clear(). */
gboolean widening_do(const Widening *widening, Widened *widened, Findings *findings,
                     GError **error);
