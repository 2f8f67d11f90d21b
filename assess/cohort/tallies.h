/* tallies.h - what many companies say together: whole numbers and no company. All of them stand in
 * one array, so that two cohorts are added number by number, and rows can be taken out again:
 * merging shards gives what one run gives. Filled by cohort/statistics.h; written and read by
 * cohort/cohort_json.h. Belongs to one thread while it is filled. */
#pragma once

#include <glib.h>

#include "cohort/bins.h"
#include "rules/evaluate.h"
#include "rules/plan.h"

enum {
    COHORT_READINGS = 3,
    COHORT_STATES = ANSWER_SKIPPED + 1,
    COHORT_STATUSES = STATUS_NOT_APPLICABLE + 1,
    COHORT_TEXTS_LIMIT = 200,      /* values of a text field; with more it is not told at all */
    COHORT_TEXT_LIMIT = 200,       /* bytes of one value, the rest is left out */
    COHORT_STRAIGHT_LEAST = 8,     /* answers alike that are called a straight line */
    COHORT_FINGERPRINT_LEAST = 20, /* answers that may be called identical */
    COHORT_WITHHELD = -1           /* stands for a number that is not told */
};

/* How a cell of statuses that block is counted. */
typedef enum { BLOCKS_UNMET, BLOCKS_UNKNOWN, BLOCKS_ALONE, BLOCKS } Blocks;

/* Choice questions of a group on one scale, many enough for a straight line. */
typedef struct {
    int group;
    GArray *questions; /* of int */
    guint options;
    gsize at; /* counts by option */
} StraightGroup;

/* Where the numbers of a plan stand. */
typedef struct {
    gsize companies, evidence_asked, with_findings;
    gsize identical, identical_groups;
    gsize levels;   /* see tallies_level() */
    gsize scores;   /* of all, then of each dimension: see tallies_score() */
    gsize status;   /* by requirement, by Status */
    gsize blocks;   /* by requirement, by Blocks */
    gsize states;   /* by question, by AnswerState */
    gsize decides;  /* by question */
    gsize *options; /* by question: counts by option; 0 if it has none */
    gsize *numbers; /* by question: counts by bin; 0 if it has none */
    Bins *bins;     /* by question */
    gsize contradictions;
    GArray *straight; /* of StraightGroup */
    gint64 *best;     /* of all, then of each dimension: the best score in millionths */
    gsize size;
    guint n_levels;   /* and one for none */
    gsize group_size; /* numbers of one group of a field */
} TallyPlaces;

/* A field by which companies are grouped. Group 0 said nothing, 1 + i is option i or text i. */
typedef struct {
    int question;
    gboolean is_crowded; /* it had more texts than the limit: nothing is told */
    GPtrArray *texts;    /* of char *; NULL for a choice field */
    GHashTable *places;  /* text -> its group */
    GArray *counts;      /* of gint64: TallyPlaces.group_size of each group */
    guint n_groups;
} CohortField;

typedef struct {
    const Plan *plan; /* borrowed */
    TallyPlaces layout;
    gint64 *counts;         /* TallyPlaces.size of them */
    GPtrArray *fields;      /* of CohortField *, in the rubric's order */
    GHashTable *rejected;   /* reason -> gint64 *: rows that were not graded */
    gint64 min_group;       /* smaller groups are withheld; 0: nothing is */
    gboolean has_identical; /* whether identical answers were looked for */
    char *date;             /* of the assessments; NULL if it is not known */
} Statistics;

/* All 0. Free with statistics_free(). */
Statistics *statistics_new(const Plan *plan);
Statistics *statistics_copy(const Statistics *statistics);
void statistics_free(Statistics *statistics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statistics, statistics_free)

/* Add the numbers of another one of the same plan, neither of them withheld. Identical answers
 * across the two are not found by adding: who has all fingerprints sets them anew. */
void statistics_merge(Statistics *statistics, const Statistics *other);
/* Rows that were not graded for this reason, in addition to those before. */
void statistics_reject(Statistics *statistics, const char *reason, gint64 rows);
/* So many companies, in so many sets, gave the same answers as another company. */
void statistics_identical(Statistics *statistics, gint64 companies, gint64 sets);
/* Date of the assessments, as GDate counts days. */
void statistics_date(Statistics *statistics, gint32 date);

/* ---- numbers: NULL never; each is an array as long as said ---- */

static inline gint64 tallies_companies(const Statistics *statistics)
{
    return statistics->counts[statistics->layout.companies];
}

/* Companies by level, from -1 (none) on: TallyPlaces.n_levels of them. */
gint64 *tallies_level(const Statistics *statistics, Reading reading, gboolean possible);
/* Of a score (0: of all, 1 + i of dimension i): SCORE_BINS and one for those without a score. */
gint64 *tallies_score(const Statistics *statistics, guint part, gboolean high);
gint64 *tallies_status(const Statistics *statistics, guint requirement);
gint64 *tallies_blocks(const Statistics *statistics, guint requirement);
gint64 *tallies_states(const Statistics *statistics, guint question);
/* NULL for a question without options; without numbers. */
gint64 *tallies_options(const Statistics *statistics, guint question);
gint64 *tallies_numbers(const Statistics *statistics, guint question);

/* Companies of `all` that hold, or could hold, the level or more, of what tallies_level() or
 * group_level() gave; COHORT_WITHHELD if the numbers that are told do not say. */
gint64 tallies_at_least(const Statistics *statistics, const gint64 *levels, gint64 all, int level);
/* Companies to which the question applies. */
gint64 tallies_asked(const Statistics *statistics, guint question);

/* The group of a field that a text is in, made if it is new; -1 if the field is crowded. */
int cohort_field_group(CohortField *field, const char *text, gsize length, gsize group_size);
/* The numbers of a group, laid out as the next three say. */
gint64 *cohort_field_counts(const Statistics *statistics, const CohortField *field, guint group);
gint64 *group_companies(gint64 *group);
gint64 *group_level(const Statistics *statistics, gint64 *group, Reading reading,
                    gboolean possible);
gint64 *group_score(const Statistics *statistics, gint64 *group, gboolean high);
