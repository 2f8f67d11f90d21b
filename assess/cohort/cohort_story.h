/* cohort_story.h - a cohort told as blocks, in one language: for the files of that name alone. What
 * is not const is freed with g_free(). */
#pragma once

#include "cohort/cohort_report.h"
#include "report/bars.h"
#include "report/story.h"

enum { TELLING_UNKNOWN = -2 };

typedef struct {
    Story *story;
    const Statistics *statistics;
    const CohortOrigin *origin;
} Telling;

/* A text of the template's section "[cohort]", as it stands, and filled. */
const char *telling_word(const Telling *telling, const char *key);
#define TELLING_FILL(telling, key, ...)                                                  \
    wording_fill((telling)->story->wording, "cohort", (key), (telling)->story->language, \
                 __VA_ARGS__, NULL)

/* "1,234"; the words for a number that is withheld. */
char *telling_number(const Telling *telling, gint64 number);
/* "12%", "under 1%" of a whole that is not 0; the same words where either is withheld. */
char *telling_share(const Telling *telling, gint64 part, gint64 whole);
/* "128 (32%)". */
char *telling_both(const Telling *telling, gint64 part, gint64 whole);
/* For drawing: 0 for a number that is withheld. */
double telling_length(gint64 number);
/* Title of a level, of none for -1. */
char *telling_level(const Telling *telling, int level);
/* No company was graded, or too few to tell anything of them: most chapters are left out. */
gboolean telling_is_empty(const Telling *telling);
/* Whether counts by bin tell more than one bin for the middle half. Where small groups are
 * withheld, bins are joined in their lowest one, and a middle half in a single bin says nothing of
 * the others that it stands for. */
gboolean telling_is_spread(const Telling *telling, const gint64 *counts, guint n);
/* A line of small print that says how many `key` speaks of, `key`_one of one; nothing for none. */
void telling_add_count(const Telling *telling, const char *key, guint n);
/* The level that at least half of the companies hold; -1 for none; TELLING_UNKNOWN. */
int telling_median_level(const Telling *telling);
/* Take a figure: with the message over it, or without where that is NULL, and told in words. */
void telling_add(const Telling *telling, const char *message, Figure *figure, const char *alt);
/* The same of bars, which may go on over the page. */
void telling_add_bars(const Telling *telling, const char *message, Bars *bars);

/* ---- chapters ---- */

void telling_cover(const Telling *telling);
void telling_levels(const Telling *telling);
void telling_groups(const Telling *telling);
void telling_scores(const Telling *telling);
void telling_blockers(const Telling *telling);
void telling_scenes(const Telling *telling);
void telling_blanks(const Telling *telling);
void telling_indicators(const Telling *telling);
void telling_suspicion(const Telling *telling);
void telling_rejected(const Telling *telling);
void telling_method(const Telling *telling);
