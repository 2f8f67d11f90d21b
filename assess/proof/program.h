/* program.h - a system of yes/no variables and linear inequalities under construction. Truths are
 * literals: a constant, a variable or its negation; gates fold constants. Numbers are exact until
 * the rows are written, as whole numbers: a program whose numbers are too large for that leaves the
 * comparison in question open, which only ever adds solutions. So "no solution" is a proof, and a
 * solution is a proposal that the engine must grade. */
#pragma once

#include <glib.h>

#include "proof/problem.h"
#include "base/rational.h"

typedef int Literal; /* 0 no, 1 yes, else 2 + 2 * variable, and one more if negated */

enum { LITERAL_NO = 0, LITERAL_YES = 1 };

typedef struct Program Program;

/* Free with program_free(). */
Program *program_new(void);
void program_free(Program *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Program, program_free)

Literal literal_not(Literal literal);
/* A new yes/no variable. */
Literal program_literal(Program *program);
Literal program_and(Program *program, Literal a, Literal b);
Literal program_or(Program *program, Literal a, Literal b);
/* Over an array of Literal. */
Literal program_all(Program *program, const GArray *literals);
Literal program_any(Program *program, const GArray *literals);
/* Exactly one of them. */
void program_one_of(Program *program, const GArray *literals);
void program_require(Program *program, Literal literal);

/* A sum of literals and numbers with coefficients, plus a constant. */
typedef struct {
    GArray *terms; /* of Term */
    Rational constant;
} Linear;

Linear *linear_new(Rational constant);
void linear_free(Linear *linear);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Linear, linear_free)
void linear_add_literal(Linear *linear, Numbers *numbers, Literal literal, Rational times);
/* Add `times` times another sum. */
void linear_add(Linear *linear, Numbers *numbers, const Linear *other, Rational times);

/* A number that lies between two sums: a variable of its own, as a sum. Free with linear_free(). */
Linear *program_between(Program *program, const Linear *low, const Linear *high);
/* top / bottom, a number of 0..1, as a variable of its own; 0 if `none`, when the bottom is 0.
 * Every variable of the bottom is a yes/no one. Free with linear_free(). */
Linear *program_quotient(Program *program, const Linear *top, const Linear *bottom, Literal none);
/* The literal that a sum is 0 or more; more than 0. Where numbers that are not whole take part, it
 * is open at 0. */
Literal program_at_least_zero(Program *program, const Linear *sum);
Literal program_above_zero(Program *program, const Linear *sum);

/* Whether requirements contradict one another already. */
gboolean program_is_void(const Program *program);
/* The system as arrays; borrowed until the program is changed or freed. */
const SolverProblem *program_problem(Program *program);
/* The value of a literal in a solution. */
gboolean literal_holds(Literal literal, const double *solution);
double linear_value(const Linear *linear, const double *solution);
