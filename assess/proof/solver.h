/* solver.h - the solver module: found beside the program and loaded when a proof first needs it.
 * Without it such proofs are not decided. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "proof/problem.h"

typedef struct Solver Solver;

/* Of the module at `path`; nothing is loaded yet. NULL stands for no module. Free with
 * solver_free(). */
Solver *solver_new(const char *path);
void solver_free(Solver *solver);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Solver, solver_free)

/* SOLVER_GAVE_UP where there is no module. */
SolverOutcome solver_solve(Solver *solver, const SolverProblem *problem, double seconds,
                           double *solution);
/* Why the module could not be loaded; NULL if it was not needed or could be. Borrowed. */
const char *solver_error(const Solver *solver);
/* How many problems were given to it. */
guint solver_calls(const Solver *solver);
