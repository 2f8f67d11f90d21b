/* regrade.h - a report made again from what is attached to it: its answers are graded by its own
 * rubric, at its date, and told by the template of that name. */
#pragma once

#include <glib.h>

#include "cli/session.h"
#include "report/dossier.h"

typedef struct {
    Rubric *rubric;
    Plan *plan;
    Assessment *assessment;
    Findings *strange;  /* what was found in the answers and is not told by the report */
    Template *template; /* NULL if there is none of that name */
    char *font;         /* its mark; NULL if there is no report */
    GBytes *report;     /* NULL if it could not be made; why was said */
} Regraded;

/* NULL and a status, with everything said, if the attached rubric or answers are refused. Free with
 * regraded_free(). */
Regraded *regrade(Session *session, const Dossier *dossier, ExitStatus *status);
void regraded_free(Regraded *regraded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Regraded, regraded_free)
