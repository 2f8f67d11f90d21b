/* summary.h - an assessment on one screen: the verdict first, then the ladder, the dimensions, what
 * blocks the next level, the blanks that decide. */
#pragma once

#include <glib.h>

#include "report/terminal.h"

enum {
    SUMMARY_BLOCKERS = 12, /* blockers shown unless all are wanted */
    SUMMARY_ANSWERS = 3,   /* answers shown under a blocker */
    SUMMARY_BLANKS = 8     /* decisive blanks shown */
};

/* Free with g_free(). */
char *report_summary(const Terminal *terminal, const Assessment *assessment);
