/* cohort_json.h - the tallies of a cohort as JSON by the contract "assess-cohort/1", and read back
 * for merging and comparing. Written and read by one walk over the numbers, so that what is written
 * is what is read. */
#pragma once

#include "cohort/tallies.h"

#define COHORT_SCHEMA "assess-cohort/1"

/* One indented object that ends in a line break; the same tallies give the same bytes, whatever
 * came first. Numbers that are withheld are null. Free with g_free(). */
char *statistics_json(const Statistics *statistics, guint min_group);

/* Read what statistics_json() wrote for this plan. NULL if it is something else, and `fault`, the
 * caller's, says why, as in "is no cohort of assess". */
Statistics *statistics_read(const Plan *plan, GBytes *bytes, char **fault);
