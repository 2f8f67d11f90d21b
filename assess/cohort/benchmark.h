/* benchmark.h - one company beside the cohort of its peers. */
#pragma once

#include "cohort/tallies.h"
#include "scoring/assessment.h"

/* Where the company stands among the companies of a cohort of the same plan, whose file is `file`.
 * `scenes` names the group of questions that peers may have built, `built` the option from which on
 * they are; where the rubric has no such group nothing is said of them. Free with peers_free(). */
Peers *benchmark_new(const Statistics *statistics, GBytes *file, const Assessment *assessment,
                     const char *scenes, const char *built);
