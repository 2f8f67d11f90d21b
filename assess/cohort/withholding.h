/* withholding.h - a cohort without the numbers that few companies stand behind: smaller groups and
 * cells are not told, nor, where a total would give one of them away, the next smallest beside
 * them. Neighbouring bins of scores and indicators are joined until they hold enough. */
#pragma once

#include "cohort/tallies.h"

/* A copy in which numbers of fewer than `min_group` companies, but not 0, are COHORT_WITHHELD. What
 * is joined counts in the lowest of its bins. It cannot be added to. `min_group` 0 or 1: all is
 * told. */
Statistics *statistics_withheld(const Statistics *statistics, guint min_group);
