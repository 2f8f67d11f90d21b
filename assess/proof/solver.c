#include "proof/solver.h"

#include "base/module.h"

struct Solver {
    char *path;
    SolverSolve *solve;
    char *error;
    guint calls;
};

Solver *solver_new(const char *path)
{
    Solver *solver = g_new0(Solver, 1);

    solver->path = g_strdup(path);
    return solver;
}

/* The module stays loaded: libraries that it brings in do not like to be unloaded. */
void solver_free(Solver *solver)
{
    if (!solver)
        return;
    g_free(solver->path);
    g_free(solver->error);
    g_free(solver);
}

static gboolean load(Solver *solver)
{
    static const ModuleSymbol symbol = { SOLVER_SYMBOL, G_STRUCT_OFFSET(Solver, solve) };

    if (solver->solve || solver->error)
        return solver->solve != NULL;
    if (!solver->path)
        solver->error = g_strdup("it is not installed");
    else
        module_open(solver->path, NULL, &symbol, 1, solver, &solver->error);
    return solver->solve != NULL;
}

SolverOutcome solver_solve(Solver *solver, const SolverProblem *problem, double seconds,
                           double *solution)
{
    if (!load(solver))
        return SOLVER_GAVE_UP;
    solver->calls++;
    return solver->solve(problem, seconds, solution);
}

const char *solver_error(const Solver *solver)
{
    return solver->error;
}

guint solver_calls(const Solver *solver)
{
    return solver->calls;
}
