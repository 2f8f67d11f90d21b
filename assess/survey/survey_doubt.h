/* survey_doubt.h - what speaks against the way in which a survey is read, though it can be read:
 * seen in its first records. */
#pragma once

#include "survey/header.h"

typedef struct {
    const char *name; /* of the file */
    const Vocabulary *vocabulary;
    const Layouts *layouts; /* or NULL */
    gboolean is_named;      /* the layout was, by a person */
    const Header *header;
    const GArray *columns; /* of SurveyColumn */
} SurveyDoubt;

/* Add warnings: that a layout was named whose signs the file does not bear; that yes and no stand
 * as numbers of which the layout does not say which is which. */
void survey_doubt(const SurveyDoubt *doubt, Findings *findings);
