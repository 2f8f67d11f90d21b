/* solving.h - the solver module of this build, for tests. */
#pragma once

#include "proof/solver.h"

/* The module beside the test program. Free with solver_free(). */
Solver *solving_new(void);
