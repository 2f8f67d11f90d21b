/* support.h - small rubrics and answers for unit tests, from text and by id. A wrong id aborts the
 * test. */
#pragma once

#include "scoring/assessment.h"

/* The rubric of a text, or NULL; findings go to `findings`. */
Rubric *support_rubric(const char *text, Findings *findings);

/* A rubric, its plan and blank answers together. */
typedef struct {
    Rubric *rubric;
    Plan *plan;
    Answers *answers; /* goes to the assessment once there is one */
    Assessment *assessment;
} Desk;

/* A rubric with level basic, the given sections (may be "") and one requirement "r" of level basic
 * that needs `needs`. */
Desk *desk_new(const char *sections, const char *needs);
/* From the whole text of a rubric, under a profile (NULL for none). */
Desk *desk_of(const char *text, const char *profile);
void desk_free(Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Desk, desk_free)

int desk_question(const Desk *desk, const char *id);
int desk_requirement(const Desk *desk, const char *id);
/* Answer by option id (yesno, choice), by ids joined with ";" (multi), by decimal (number; percent
 * in points), by ISO date; "n/a" for not applicable; "a..b" for a disputed range of options or
 * numbers. */
void desk_answer(Desk *desk, const char *question, const char *answer);
/* The truth of requirement "r"'s condition on 2026-06-30; grades anew. */
Truth desk_truth(Desk *desk);
/* Grades on 2026-06-30, once; the assessment is the desk's. */
Assessment *desk_assess(Desk *desk);
/* Status of a requirement after desk_assess(). */
Status desk_status(Desk *desk, const char *requirement);
gint32 support_day(int year, int month, int day);
