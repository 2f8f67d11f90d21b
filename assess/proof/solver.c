#include "proof/solver.h"

#include <dlfcn.h>

struct Solver {
    char *path;
    void *module;
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
    if (solver->solve || solver->error)
        return solver->solve != NULL;
    solver->module = solver->path ? dlopen(solver->path, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (solver->module) /* POSIX: a function's address comes as an object's */
        *(void **)(&solver->solve) = dlsym(solver->module, SOLVER_SYMBOL);
    if (solver->solve)
        return TRUE;
    solver->error = g_strdup(solver->path ? dlerror() : "it is not installed");
    return FALSE;
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
