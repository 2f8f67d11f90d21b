/* evaluate.h - conditions of a plan over one company's answers. An Evaluation is one reading of the
 * answers: the full one, the one over official requirements alone, or the one in which answers
 * without evidence are blank. It borrows plan and answers; it belongs to one thread. */
#pragma once

#include <glib.h>

#include "rules/answers.h"
#include "rules/plan.h"
#include "rules/value.h"

typedef enum {
    STATUS_MET,
    STATUS_WAIVED,
    STATUS_UNMET,
    STATUS_UNKNOWN,
    STATUS_NOT_APPLICABLE
} Status;

typedef enum { READING_FULL, READING_OFFICIAL, READING_EVIDENCED } Reading;

/* Both -1 for none; `level` is certain, `level_possible` counts unknown as met. */
typedef struct {
    int level, level_possible;
} Verdict;

typedef struct {
    const Plan *plan;
    const Answers *answers;
    Reading reading;
    gint32 date;    /* the assessment date, as GDate counts days */
    Status *status; /* by requirement; official reading: those of house origin are not evaluated */
    Truth *truth;   /* by requirement: of its condition, waivers aside */
    Verdict verdict;
    Numbers *numbers;
} Evaluation;

/* Grade. `date` in days as GDate counts them. Free with evaluation_free(). */
Evaluation *evaluation_new(const Plan *plan, const Answers *answers, Reading reading, gint32 date);
void evaluation_free(Evaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Evaluation, evaluation_free)

/* The truth of a condition node, the value of a number node. Valid after evaluation_new(). */
Truth evaluation_truth(const Evaluation *evaluation, int node);
Value evaluation_value(const Evaluation *evaluation, int node);

/* Whether a requirement binds in this reading: no advice, no other profile's, and of official
 * origin where only those count. Whether a level is held: unknown if the blanks decide. */
gboolean evaluation_binds(const Evaluation *evaluation, int requirement);
Truth evaluation_level(const Evaluation *evaluation, int level);

/* Score of a question (0..1), a dimension, all; no value where nothing is scored or applicable. */
Value evaluation_question_score(const Evaluation *evaluation, int question);
Value evaluation_dimension_score(const Evaluation *evaluation, int dimension);
Value evaluation_score(const Evaluation *evaluation);

/* Whether the question counts as blank in this reading: blank, invalid, disputed with "not
 * applicable", without evidence where that is asked for. */
gboolean evaluation_is_blank(const Evaluation *evaluation, int question);
gboolean evaluation_is_applicable(const Evaluation *evaluation, int question);

/* "met", "waived", "unmet", "unknown", "not_applicable". */
const char *status_name(Status status);
