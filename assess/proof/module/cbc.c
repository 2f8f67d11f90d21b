/* The solver module on CBC (Eclipse Public Licence 1.0), loaded by the proofs alone: linked to the
 * program it would make every start slower. */
#include <coin/Cbc_C_Interface.h>
#include <math.h>
#include <string.h>

#include "proof/problem.h"

static Cbc_Model *load(const SolverProblem *problem)
{
    Cbc_Model *model = Cbc_newModel();

    Cbc_setLogLevel(model, 0);
    Cbc_loadProblem(model, problem->n_columns, problem->n_rows, problem->starts, problem->rows,
                    problem->values, problem->lower, problem->upper, NULL, problem->row_lower,
                    problem->row_upper);
    for (int i = 0; i < problem->n_columns; i++)
        if (problem->is_integer[i])
            Cbc_setInteger(model, i);
    return model;
}

SolverOutcome assess_solve(const SolverProblem *problem, double seconds, double *solution)
{
    Cbc_Model *model = load(problem);
    SolverOutcome outcome = SOLVER_GAVE_UP;
    const double *best;

    Cbc_setMaximumSeconds(model, seconds);
    Cbc_setMaximumSolutions(model, 1);
    Cbc_solve(model);
    best = Cbc_bestSolution(model);
    if (best) {
        memcpy(solution, best, (size_t)problem->n_columns * sizeof *solution);
        outcome = SOLVER_FOUND;
    } else if (Cbc_isProvenInfeasible(model) || Cbc_isInitialSolveProvenPrimalInfeasible(model)) {
        outcome = SOLVER_NONE;
    }
    Cbc_deleteModel(model);
    return outcome;
}
