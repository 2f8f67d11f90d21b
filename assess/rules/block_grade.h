/* block_grade.h - grades a block of companies by column: verdicts, statuses, scores and counts as
 * evaluation_new() finds them row by row, only faster. The scalar engine is the definition; what
 * does not fit whole numbers of known size goes through it. A grader is made of a plan and a date,
 * belongs to one thread, and owns the grades of the last block. */
#pragma once

#include <glib.h>

#include "rules/block.h"
#include "rules/evaluate.h"
#include "rules/plan.h"

enum { GRADE_READINGS = 3, GRADE_ALL = 0 };

/* What is known of a score in a row. */
typedef enum {
    GRADE_NONE,  /* no score */
    GRADE_POINT, /* one number: low = high */
    GRADE_RANGE
} GradeScoreState;

/* A score by row, as score_text() of scoring/assessment.h rounds it: in millionths, a point half
 * up, of a range the low end down and the high end up; within +-G_MAXINT64 of them. */
typedef struct {
    guint8 *state;     /* GradeScoreState */
    guint8 *is_longer; /* score_text() shows more places, or it is beyond these limits */
    gint64 *low, *high;
} GradeScore;

/* Questions by row, fields aside; `asked` leaves out those not applicable. */
typedef struct {
    guint16 *answered, *asked, *not_applicable;
} GradeCounts;

/* All arrays have n_rows of the block. Scores and counts: GRADE_ALL is of the whole rubric, 1 + i
 * of dimension i with what is under it. */
typedef struct {
    guint n_rows;
    gboolean has_evidenced;       /* else the evidenced levels mean nothing */
    gint8 *level[GRADE_READINGS]; /* by Reading, by row: -1 none */
    gint8 *level_possible[GRADE_READINGS];
    guint8 **status; /* by requirement, by row: Status in the full reading */
    GradeScore *scores;
    GradeCounts *counts;
    guint8 **contradicted; /* by contradiction of the rubric, by row: whether it is certain */
    guint16 **bears; /* by question, by row: on how many open requirements a blank bears, those
                        above the level held and up to the one possible; NULL: on none */
    guint16 *future_dates; /* by row: questions whose date is after the assessment date */
} Grades;

typedef struct BlockGrader BlockGrader;

/* `date` in days as GDate counts them. The plan is borrowed. Free with block_grader_free(). */
BlockGrader *block_grader_new(const Plan *plan, gint32 date);
void block_grader_free(BlockGrader *grader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlockGrader, block_grader_free)

/* Grade all rows, those that are dropped as well. The grades are the grader's, until the next
 * block. */
const Grades *block_grade(BlockGrader *grader, const Block *block);

const Plan *block_grader_plan(const BlockGrader *grader);
gint32 block_grader_date(const BlockGrader *grader);
/* What block_grade() gave last. */
const Grades *block_grader_grades(const BlockGrader *grader);

/* ---- a row of the block that was graded last, while it is unchanged ---- */

/* Requirements of the next level that are not met, unmet before unknown, as Assessment.blockers;
 * into `requirements`, which has room for all. How many. */
guint block_blockers(const BlockGrader *grader, guint row, int *requirements);
/* The blanks that decide, as Assessment.decisive: those that bear on most requirements first; into
 * `questions`, which has room for all. How many. */
guint block_decisive(const BlockGrader *grader, guint row, int *questions);
