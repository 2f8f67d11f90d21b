/* assessment.h - answers read against a plan: the verdicts, the status of every requirement,
 * scores, blockers and decisive blanks. Immutable after assessment_new(); the same plan, answers
 * and date give the same assessment. */
#pragma once

#include <glib.h>

#include "rules/evaluate.h"
#include "scoring/peers.h"

typedef enum { LEVEL_HELD, LEVEL_POSSIBLE, LEVEL_NOT_HELD } LevelStatus;

typedef struct {
    gboolean exists; /* FALSE: nothing scored is applicable */
    Rational low, high;
} Score;

typedef struct {
    Score score;
    guint answered, asked,
        not_applicable; /* questions in and under it: asked leaves out those not applicable */
} DimensionResult;

typedef struct {
    const Plan *plan; /* borrowed */
    Answers *answers; /* owned */
    gboolean strict;
    gint32 date; /* days as GDate counts them */
    Evaluation *full, *official_reading,
        *evidenced_reading; /* the last NULL if evidence is not asked for */
    Verdict verdict, official, evidenced;
    Score score;
    Score *question_scores;      /* by question index */
    DimensionResult *dimensions; /* by dimension index */
    Status *status;              /* by requirement index */
    LevelStatus *levels;         /* by level index */
    GArray *blockers;            /* of int: requirements of the next level, unmet before unknown */
    GArray *decisive; /* of int: blank questions, those that bear on most requirements first */
    guint waived;     /* how many requirements are waived */
    GArray *contradictions; /* of int: those of the rubric that hold for certain; also findings */
    Peers *peers;           /* where it stands among others; NULL if nobody asked */
} Assessment;

/* Grade one company. Takes `answers`; adds findings about dates after the assessment date and
 * waivers that are refused to answers->findings. Free with assessment_free(). */
Assessment *assessment_new(const Plan *plan, Answers *answers, gint32 date, gboolean strict);
/* Say where the company stands among others, before anything is shown. Takes `peers`. */
void assessment_set_peers(Assessment *assessment, Peers *peers);
void assessment_free(Assessment *assessment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessment, assessment_free)

/* Whether a strict reading refuses the answers for what only grading finds: a date after the
 * assessment date. The findings say what. */
gboolean assessment_is_refused(const Assessment *assessment);
/* The level after the one held: where the blockers are; NOWHERE if the top is held. */
int assessment_next_level(const Assessment *assessment);
/* Questions that a requirement rests on, in the rubric's order: of int, borrowed. */
const GArray *assessment_because(const Assessment *assessment, int requirement);
/* What the finding of a contradiction says, in English. Free with g_free(). */
char *contradiction_message(const Contradiction *contradiction);
/* Id of a level, "none" for -1. */
const char *assessment_level_id(const Assessment *assessment, int level);
const char *level_status_name(LevelStatus status);
/* A bound of a score as decimal text by rule 6: 6 places (more where rounding would cross a number
 * that a condition compares with); a proper interval's low end down and high end up. Free with
 * g_free(). */
char *score_text(const Plan *plan, Score score, gboolean high);
