#include "proof/program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "proof/solving.h"

/* Whether the program has a solution. */
static gboolean is_open(Program *program)
{
    g_autoptr(Solver) solver = solving_new();
    const SolverProblem *problem = program_problem(program);
    g_autofree double *solution = g_new0(double, problem->n_columns + 1);
    SolverOutcome outcome;

    if (program_is_void(program))
        return FALSE;
    outcome = solver_solve(solver, problem, 5, solution);
    cr_assert(ne(int, outcome, SOLVER_GAVE_UP), "%s", solver_error(solver));
    return outcome == SOLVER_FOUND;
}

Test(program, gates_fold_constants_and_repetitions)
{
    g_autoptr(Program) program = program_new();
    const Literal a = program_literal(program);

    cr_expect(eq(int, program_and(program, a, LITERAL_YES), a));
    cr_expect(eq(int, program_and(program, a, LITERAL_NO), LITERAL_NO));
    cr_expect(eq(int, program_or(program, a, LITERAL_NO), a));
    cr_expect(eq(int, program_or(program, a, LITERAL_YES), LITERAL_YES));
    cr_expect(eq(int, program_or(program, a, a), a));
    cr_expect(eq(int, program_or(program, a, literal_not(a)), LITERAL_YES));
    cr_expect(eq(int, program_and(program, a, literal_not(a)), LITERAL_NO));
    cr_expect(eq(int, literal_not(LITERAL_NO), LITERAL_YES));
}

/* a and not b, or c: by its truth table. */
Test(program, gates_have_the_truth_tables_of_and_and_or)
{
    for (guint bits = 0; bits < 16; bits++) {
        g_autoptr(Program) program = program_new();
        Literal inputs[3], result;
        const gboolean a = bits & 1, b = bits >> 1 & 1, c = bits >> 2 & 1, wanted = bits >> 3 & 1;

        for (guint i = 0; i < 3; i++)
            inputs[i] = program_literal(program);
        result =
            program_or(program, program_and(program, inputs[0], literal_not(inputs[1])), inputs[2]);
        for (guint i = 0; i < 3; i++)
            program_require(program, bits >> i & 1 ? inputs[i] : literal_not(inputs[i]));
        program_require(program, wanted ? result : literal_not(result));
        cr_expect(eq(int, is_open(program), ((a && !b) || c) == wanted), "%u", bits);
    }
}

/* 2a + 3b - 4c/3 against bounds, over all eight inputs. */
Test(program, sums_compare_exactly)
{
    for (guint bits = 0; bits < 8 * 4; bits++) {
        g_autoptr(Program) program = program_new();
        g_autoptr(Numbers) numbers = numbers_new();
        g_autoptr(Linear) sum = linear_new(rational_ratio(-5, 3));
        const Rational times[] = { rational_int(2), rational_int(3), rational_ratio(-4, 3) };
        const gboolean above = bits >> 3 & 1, wanted = bits >> 4 & 1;
        Rational value = rational_ratio(-5, 3);
        Literal result;
        gboolean truth;

        for (guint i = 0; i < 3; i++) {
            const Literal literal = program_literal(program);

            linear_add_literal(sum, numbers, i == 1 ? literal_not(literal) : literal, times[i]);
            program_require(program, (bits >> i & 1) != (i == 1) ? literal : literal_not(literal));
            if (bits >> i & 1)
                value = rational_add(numbers, value, times[i]);
        }
        result = above ? program_above_zero(program, sum) : program_at_least_zero(program, sum);
        truth = above ? rational_sign(value) > 0 : rational_sign(value) >= 0;
        program_require(program, wanted ? result : literal_not(result));
        cr_expect(eq(int, is_open(program), truth == wanted), "%u", bits);
    }
}

Test(program, numbers_too_large_leave_a_comparison_open)
{
    for (int wanted = 0; wanted < 2; wanted++) {
        g_autoptr(Program) program = program_new();
        g_autoptr(Linear) sum = linear_new(rational_ratio(1, 999999937));
        const Literal literal = program_literal(program);
        Literal result;

        linear_add_literal(sum, NULL, literal, rational_ratio(1, 1000003));
        result = program_at_least_zero(program, sum);
        program_require(program, wanted ? result : literal_not(result));
        cr_expect(is_open(program));
    }
}

/* (w1 + 2 w2) / (x1 + 2 x2), w being scores of what is applicable. */
Test(program, quotients_are_means_of_what_counts)
{
    static const struct {
        gboolean first, second;        /* applicable */
        gint64 numerator, denominator; /* of the mean when the first scores 1 and the second 1/2 */
    } ROWS[] = {
        { TRUE, TRUE, 2, 3 }, { TRUE, FALSE, 1, 1 }, { FALSE, TRUE, 1, 2 }, { FALSE, FALSE, 0, 1 }
    };

    for (guint i = 0; i < G_N_ELEMENTS(ROWS) * 2; i++) {
        g_autoptr(Program) program = program_new();
        g_autoptr(Linear) top = linear_new(RATIONAL_ZERO);
        g_autoptr(Linear) bottom = linear_new(RATIONAL_ZERO);
        g_autoptr(Linear) quotient = NULL;
        g_autoptr(Linear) margin = NULL;
        const Literal first = program_literal(program), second = program_literal(program);
        const gboolean higher = i % 2 == 1;

        linear_add_literal(top, NULL, first, RATIONAL_ONE);
        linear_add_literal(top, NULL, second, RATIONAL_ONE); /* 2 * 1/2 */
        linear_add_literal(bottom, NULL, first, RATIONAL_ONE);
        linear_add_literal(bottom, NULL, second, rational_int(2));
        program_require(program, ROWS[i / 2].first ? first : literal_not(first));
        program_require(program, ROWS[i / 2].second ? second : literal_not(second));
        quotient = program_quotient(program, top, bottom,
                                    program_and(program, literal_not(first), literal_not(second)));
        margin = linear_new(
            rational_sub(NULL, higher ? rational_ratio(-1, 100) : rational_ratio(1, 100),
                         rational_ratio(ROWS[i / 2].numerator, ROWS[i / 2].denominator)));
        linear_add(margin, NULL, quotient, RATIONAL_ONE);
        /* within a hundredth of the mean: above what is below it, not above what is above it */
        program_require(program, higher ? program_above_zero(program, margin)
                                        : literal_not(program_at_least_zero(program, margin)));
        cr_expect(not(is_open(program)), "%u", i);
    }
}
