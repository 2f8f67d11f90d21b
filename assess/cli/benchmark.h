/* benchmark.h - `--benchmark FILE`: the cohort that a company is shown beside. */
#pragma once

#include <glib.h>

#include "cli/session.h"
#include "cohort/benchmark.h"

typedef struct {
    Statistics *statistics;
    GBytes *file;
    const Wording *wording; /* of the report's template; borrowed from the session */
} Bench;

/* Read the cohort that the options name, for the session's plan. NULL with EXIT_DONE if none is
 * named; NULL and another status, with everything said, if it is refused. Free with bench_free().
 */
Bench *bench_open(Session *session, ExitStatus *status);
void bench_free(Bench *bench);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, bench_free)
/* The same of bytes; the template's words may be any that has a section [charts]. NULL and `fault`,
 * the caller's, if they are refused. */
Bench *bench_of(const Plan *plan, GBytes *bytes, const Wording *wording, char **fault);
/* Say where the company stands. Nothing for NULL. */
void bench_take(const Bench *bench, Assessment *assessment);
