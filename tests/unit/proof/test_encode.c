/* The integer program of a condition against the engine, over all answers. */
#include "proof/encode.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "proof/solving.h"
#include "support.h"

#define QUESTIONS                                                                 \
    "[scale s]\noptions = absent, built, with_ai\nscore = 0, 0.4, 1\n"            \
    "[group g]\ntype = choice\nscale = s\n"                                       \
    "[question a]\nask = A\ngroups = g\ndimension = d\nlevel = basic\nna = yes\n" \
    "[question b]\nask = B\ngroups = g\ndimension = d\nweight = 2\n"              \
    "[question y]\nask = Y\ntype = yesno\nna = yes\n"                             \
    "[question p]\nask = P\ntype = percent\nmin = 10\n[group ps]\n"               \
    "[question q]\nask = Q\ntype = percent\ngroups = ps\nna = yes\n"              \
    "[question t]\nask = T\ntype = percent\ngroups = ps\n"                        \
    "[question m]\nask = M\ntype = multi\noptions = u, v\nna = yes\n"

static const char *const CONDITIONS[] = {
    "a >= built",
    "a = built and not (b = built)",
    "a >= b",
    "a != b or y",
    "y and (a < built or b > built)",
    "p >= 60%",
    "p < 10%",
    "p < 60% and p > 20% or y",
    "count(g >= built) >= 2",
    "count(g >= built) = 1",
    "count(g != built) + 1 > count(g = built) * 2",
    "share(g >= built) >= 50%",
    "share(g >= built) > 50%",
    "share(g >= with_ai, g >= built) >= 50%",
    "share(g >= with_ai, g >= built) < 50%",
    "50% = share(g >= with_ai, g >= built)",
    "not (share(g >= with_ai, g >= built) >= 0)",
    "any(g = with_ai) and not all(g = with_ai)",
    "score(d) >= 0.8",
    "score(d) = 0.4",
    "score() > 0.6 and score() < 0.7",
    "score(d, basic) >= 0.5",
    "climb(40%) >= 0.5",
    "climb(40%) < 1",
    "climb(40%) > 1",
    "has(m, u) and not has(m, v)",
    "count(m) >= 2",
    "count(m) < 1 or has(m, v)",
    "min(ps) >= 50%",
    "max(ps) < 50%",
    "min(ps) > 50% and max(ps) <= 50%",
    "held(basic) and y",
    "met(other) and not y",
    "-count(g >= built) / 2 >= -0.5",
};

/* Whether a sheet gives the requirement a status, over all answers. */
typedef struct {
    const Space *space;
    int requirement;
    gboolean seen[STATUS_NOT_APPLICABLE + 1];
    guint sheets;
} Census;

static void count_from(Census *census, Example *example, guint question);

static void count_state(Census *census, Example *example, guint question, const State *state)
{
    example_set(example, (int)question, state);
    count_from(census, example, question + 1);
}

static void count_ticks(Census *census, Example *example, guint question)
{
    for (guint bits = 0; bits < 4; bits++) {
        const State first = state_tick(0, bits & 1), second = state_tick(1, bits >> 1 & 1);

        example_set(example, (int)question, &first);
        count_state(census, example, question, &second);
    }
}

static void count_from(Census *census, Example *example, guint question)
{
    const Rubric *rubric = census->space->plan->rubric;
    const Choices *choices = &census->space->of[question];
    const State na = state_na();

    if (question == rubric->questions->len) {
        census->seen[example_grade(example)->status[census->requirement]] = TRUE;
        census->sheets++;
        return;
    }
    if (!choices->is_used) {
        count_from(census, example, question + 1);
        return;
    }
    for (guint i = 0; i < choices->states->len; i++)
        count_state(census, example, question, &g_array_index(choices->states, State, i));
    if (choices->is_multi)
        count_ticks(census, example, question);
    if (choices->may_be_na)
        count_state(census, example, question, &na);
}

/* What the solver says; what it proposes is graded. */
static gboolean may_be(Solver *solver, const Space *space, int requirement, Status status)
{
    g_autoptr(Program) program = program_new();
    g_autoptr(Encoder) encoder = encoder_new(space, program, NOWHERE, state_na(), state_na());
    const Logic logic = encode_requirement(encoder, 0, requirement);
    g_autofree double *solution = NULL;
    g_autoptr(Example) example = example_new(space, TRUE);
    SolverOutcome outcome;

    program_require(program, status == STATUS_MET     ? logic.yes
                             : status == STATUS_UNMET ? logic.no
                                                      : logic.none);
    if (program_is_void(program))
        return FALSE;
    solution = g_new0(double, program_problem(program)->n_columns + 1);
    outcome = solver_solve(solver, program_problem(program), 5, solution);
    cr_assert(ne(int, outcome, SOLVER_GAVE_UP), "%s", solver_error(solver));
    if (outcome == SOLVER_NONE)
        return FALSE;
    encoder_read(encoder, 0, solution, example);
    cr_expect(eq(int, (int)example_grade(example)->status[requirement], (int)status), "%s: %s",
              RUBRIC_REQUIREMENT(space->plan->rubric, requirement)->needs->value,
              status_name(status));
    return TRUE;
}

static void compare(Solver *solver, const char *needs)
{
    g_autofree char *text = g_strconcat(
        QUESTIONS "[requirement other]\nlevel = basic\ntitle = O\nneeds = \"a >= built\"\n", NULL);
    g_autofree char *condition =
        g_str_has_prefix(needs, "held") ? g_strdup("b >= built") : g_strdup(needs);
    g_autofree char *held = g_strdup_printf(
        "%s[requirement over]\nlevel = basic\nkind = advice\ntitle = H\nneeds = \"%s\"\n", text,
        needs);
    g_autoptr(Desk) desk = desk_new(held, condition);
    g_autoptr(Space) space = space_new(desk->plan);
    g_autoptr(Example) example = example_new(space, TRUE);
    Census census = { space, desk_requirement(desk, "over"), { FALSE }, 0 };
    static const Status STATUSES[] = { STATUS_MET, STATUS_UNMET, STATUS_NOT_APPLICABLE };

    count_from(&census, example, 0);
    for (guint i = 0; i < G_N_ELEMENTS(STATUSES); i++)
        cr_expect(eq(int, may_be(solver, space, census.requirement, STATUSES[i]),
                     census.seen[STATUSES[i]]),
                  "%s: %s in %u sheets", needs, status_name(STATUSES[i]), census.sheets);
}

Test(encode, agrees_with_the_engine_over_all_answers)
{
    g_autoptr(Solver) solver = solving_new();

    for (guint i = 0; i < G_N_ELEMENTS(CONDITIONS); i++)
        compare(solver, CONDITIONS[i]);
    cr_expect(gt(int, (int)solver_calls(solver), 50));
}
