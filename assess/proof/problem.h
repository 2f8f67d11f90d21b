/* problem.h - a system of linear inequalities in plain arrays, as a solver takes it, and what a
 * solver module exports. No names, no types of ours: the module is loaded at run time. */
#pragma once

typedef struct {
    int n_columns, n_rows;
    const double *lower, *upper; /* of columns; +-HUGE_VAL: no bound */
    const char *is_integer;      /* of columns */
    const int *starts;           /* of columns, n_columns + 1 */
    const int *rows;             /* row of each value, by column */
    const double *values;
    const double *row_lower, *row_upper;
} SolverProblem;

typedef enum {
    SOLVER_NONE,   /* proved: no solution */
    SOLVER_FOUND,  /* a solution is in `solution` */
    SOLVER_GAVE_UP /* out of time, or in trouble with its numbers */
} SolverOutcome;

/* Look for any solution within `seconds`; `solution` has room for n_columns. */
typedef SolverOutcome SolverSolve(const SolverProblem *problem, double seconds, double *solution);

/* The name under which a module exports its SolverSolve. */
#define SOLVER_SYMBOL "assess_solve"
SolverSolve assess_solve;
