/* plan.h - a rubric compiled for grading: conditions parsed, typed and turned into nodes that name
 * questions by index; weights and switches of one profile applied. Immutable after plan_compile(),
 * so threads may share one; grading touches no names. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"
#include "rules/condition.h"

typedef enum {
    NODE_NUMBER,   /* constant: number */
    NODE_QUESTION, /* number or percent question: a value; yesno: a condition */
    NODE_OPTION,   /* choice question compared with an option: question, op, option */
    NODE_OPTIONS,  /* two choice questions on one scale: question, op, other */
    NODE_COMPARE,  /* left op right, on numbers */
    NODE_ADD,
    NODE_SUB,
    NODE_MUL,
    NODE_DIV,
    NODE_NEG,
    NODE_AND,
    NODE_OR,
    NODE_NOT,
    NODE_SCORE,    /* score(): target is a dimension or NOWHERE; level or NOWHERE */
    NODE_COUNT,    /* over cells */
    NODE_SHARE,    /* over cells */
    NODE_SHARE_OF, /* over cells and other cells: share(a, b) */
    NODE_ANY,
    NODE_ALL,
    NODE_TICKED, /* count(multi) */
    NODE_MIN,
    NODE_MAX,
    NODE_SUM,
    NODE_MEAN,
    NODE_HAS, /* multi: question, option */
    NODE_ANSWERED,
    NODE_MET,   /* requirement in `target` */
    NODE_HELD,  /* level in `target` */
    NODE_CLIMB, /* constant in number */
    NODE_YEARS
} NodeKind;

typedef struct {
    int question, option; /* the option's index in this question */
} Cell;

/* A node of a condition. Children stand before their parents in Plan.nodes. */
typedef struct {
    NodeKind kind;
    Operator op, op2; /* comparison; op2: the second part of share(a, b) */
    int left, right;  /* child nodes, NOWHERE if none */
    int question, other, option, target, level;
    Rational number;
    GArray *cells, *cells2; /* of Cell: questions of a group; for min .. mean `option` is unused */
    guint offset, length;   /* bytes of the condition's text that it stands for */
} Node;

typedef struct {
    int first, root;   /* its nodes, from .. to */
    GArray *questions; /* of int: all that it rests on, also through met(), in the rubric's order */
    gboolean
        applies; /* of no profile or of this one; else it is not applicable, whatever the answers */
    gboolean binds; /* applies, and is no advice */
} Condition;

typedef struct {
    const Rubric *rubric;
    int profile;            /* NOWHERE if none */
    GArray *nodes;          /* of Node */
    guint rule_nodes;       /* those of requirements; those of contradictions stand after them */
    GArray *conditions;     /* of Condition, by requirement index */
    GArray *contradictions; /* of Condition, by contradiction index; they do not bind */
    GArray
        *order; /* of int: requirements in an order in which met() and held() find their statuses */
    Rational *weights; /* by question index, after the profile */
    Rational *dimension_weights;
    gboolean *skipped; /* by question index: switched off by the profile */
    gboolean *scored;  /* by question index: type, weight and dimension allow a score */
    GArray *constants; /* of Rational: all numbers that requirements compare with, sorted */
    GPtrArray *cells;  /* of GArray *: owns the cells of all nodes */
    Numbers *numbers;
} Plan;

/* Compile under a profile (NULL for none). NULL if a condition has a fault: all faults are in
 * `findings`, with line, column and a hint. NULL, too, if the rubric has faults of its own; what
 * can be said of its conditions is said. The rubric is borrowed and must outlive the plan. Free
 * with plan_free(). */
Plan *plan_compile(const Rubric *rubric, const char *profile, Findings *findings);
void plan_free(Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)

/* What is no fault of the conditions and yet hardly meant: warnings for their author. */
void plan_warnings(const Plan *plan, Findings *findings);

#define PLAN_NODE(plan, i) (&g_array_index((plan)->nodes, Node, (i)))
#define PLAN_CONTRADICTION(plan, i) (&g_array_index((plan)->contradictions, Condition, (i)))
#define PLAN_CONDITION(plan, i) (&g_array_index((plan)->conditions, Condition, (i)))

/* The compiled rules as text, one node a line, stable from run to run. Free with g_free(). */
char *plan_print(const Plan *plan);
