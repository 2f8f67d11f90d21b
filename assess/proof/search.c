#include "proof/search.h"

#include "proof/drive.h"
#include "proof/encode.h"

enum { DRIVES = 6, ROUNDS = 3, PROPOSALS = 20 };

Searcher *searcher_new(const Space *space, Solver *solver)
{
    Searcher *searcher = g_new0(Searcher, 1);

    searcher->space = space;
    searcher->solver = solver;
    searcher->deadline = G_MAXINT64;
    searcher->best = example_new(space, TRUE);
    searcher->worst = example_new(space, FALSE);
    return searcher;
}

void searcher_limit(Searcher *searcher, double seconds)
{
    searcher->deadline = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);
}

/* Seconds that are left, 0 if none are. */
static double time_left(const Searcher *searcher)
{
    const gint64 left = searcher->deadline - g_get_monotonic_time();

    return left > 0 ? (double)left / G_USEC_PER_SEC : 0;
}

gboolean searcher_is_late(const Searcher *searcher)
{
    return time_left(searcher) == 0;
}

void searcher_free(Searcher *searcher)
{
    if (!searcher)
        return;
    example_free(searcher->best);
    example_free(searcher->worst);
    g_free(searcher);
}

Search *search_new_step(int question, State first, State second)
{
    Search *search = g_new0(Search, 1);

    search->goals = g_array_new(FALSE, FALSE, sizeof(Goal));
    search->question = question;
    search->first = first;
    search->second = second;
    return search;
}

Search *search_new(void)
{
    return search_new_step(NOWHERE, state_na(), state_na());
}

void search_free(Search *search)
{
    if (!search)
        return;
    g_array_unref(search->goals);
    g_free(search);
}

void search_requirement(Search *search, int sheet, int requirement, Want want)
{
    Goal goal = { sheet, requirement, NOWHERE, want };

    g_array_append_val(search->goals, goal);
}

void search_level(Search *search, int sheet, int level, gboolean is_held)
{
    Goal goal = { sheet, NOWHERE, level, is_held ? WANT_MET : WANT_UNMET };

    g_array_append_val(search->goals, goal);
}

void witness_clear(Witness *witness)
{
    for (int i = 0; i < 2; i++)
        g_clear_pointer(&witness->sheets[i], example_free);
}

/* ---- examples ---- */

static gboolean is_reached(const Evaluation *grading, const Goal *goal)
{
    Status status;

    if (goal->requirement == NOWHERE)
        return (evaluation_level(grading, goal->level) == TRUTH_TRUE) == (goal->want == WANT_MET);
    status = grading->status[goal->requirement];
    if (goal->want == WANT_MET)
        return status == STATUS_MET;
    return (status == STATUS_UNMET || status == STATUS_UNKNOWN) == (goal->want == WANT_UNMET);
}

static void enter_step(const Search *search, Witness *witness)
{
    if (search->question == NOWHERE)
        return;
    example_set(witness->sheets[0], search->question, &search->first);
    example_set(witness->sheets[1], search->question, &search->second);
}

/* The first goal that is missed, NULL if none is. */
static const Goal *missed(const Search *search, Witness *witness)
{
    for (int i = 0; i < 2 && witness->sheets[i]; i++)
        example_grade(witness->sheets[i]);
    for (guint i = 0; i < search->goals->len; i++) {
        const Goal *goal = &g_array_index(search->goals, Goal, i);

        if (!is_reached(witness->sheets[goal->sheet]->grading, goal))
            return goal;
    }
    return NULL;
}

/* Change what the sheet of a missed goal answers; a level is missed where a requirement is. */
static void drive_goal(const Searcher *searcher, const Search *search, const Goal *goal,
                       guint choice, Example *example)
{
    const Plan *plan = searcher->space->plan;
    const int fixed = search->question;

    if (goal->requirement != NOWHERE) {
        drive_requirement(example, goal->requirement, goal->want != WANT_UNMET, choice, fixed);
        return;
    }
    for (guint i = 0; i < plan->rubric->requirements->len; i++) {
        const guint at = plan->rubric->requirements->len - 1 - i;
        const Requirement *requirement = RUBRIC_REQUIREMENT(plan->rubric, at);

        if (!PLAN_CONDITION(plan, at)->binds || requirement->level > goal->level)
            continue;
        if (goal->want == WANT_MET) {
            drive_requirement(example, (int)at, TRUE, choice, fixed);
        } else if (requirement->level == goal->level) {
            drive_requirement(example, (int)at, FALSE, choice, fixed);
            return;
        }
    }
}

/* What one sheet learnt holds in the other, the step aside. */
static void share(const Search *search, Witness *witness, int from)
{
    const guint n = witness->sheets[0]->answers->n_answers;

    if (!witness->sheets[1])
        return;
    for (guint i = 0; i < n; i++)
        if ((int)i != search->question)
            example_take(witness->sheets[1 - from], witness->sheets[from], (int)i);
    enter_step(search, witness);
}

static gboolean try_from(const Searcher *searcher, const Search *search, const Example *start,
                         guint choice, Witness *witness)
{
    const guint steps = search->goals->len * ROUNDS + 1;

    witness->sheets[0] = example_copy(start);
    witness->sheets[1] = search->question == NOWHERE ? NULL : example_copy(start);
    enter_step(search, witness);
    for (guint i = 0; i < steps && time_left(searcher) > 0; i++) {
        const Goal *goal = missed(search, witness);

        if (!goal)
            return TRUE;
        drive_goal(searcher, search, goal, choice, witness->sheets[goal->sheet]);
        enter_step(search, witness);
        share(search, witness, goal->sheet);
    }
    witness_clear(witness);
    return FALSE;
}

/* As close to the best company as the goals allow, so that a reader sees what matters. */
static void tidy(const Searcher *searcher, const Search *search, Witness *witness)
{
    const guint n = witness->sheets[0]->answers->n_answers;

    for (guint i = 0; i < n && time_left(searcher) > 0; i++) {
        g_autoptr(Example) kept = NULL;

        if ((int)i == search->question ||
            example_agrees(witness->sheets[0], searcher->best, (int)i))
            continue;
        kept = example_copy(witness->sheets[0]);
        for (int k = 0; k < 2 && witness->sheets[k]; k++)
            example_take(witness->sheets[k], searcher->best, (int)i);
        if (!missed(search, witness))
            continue;
        for (int k = 0; k < 2 && witness->sheets[k]; k++)
            example_take(witness->sheets[k], kept, (int)i);
    }
    missed(search, witness); /* grade what it is now */
}

/* ---- proofs ---- */

static void encode_goal(Encoder *encoder, Program *program, const Goal *goal)
{
    Logic logic;

    if (goal->requirement == NOWHERE) {
        Literal held = encode_level(encoder, goal->sheet, goal->level);

        program_require(program, goal->want == WANT_MET ? held : literal_not(held));
        return;
    }
    logic = encode_requirement(encoder, goal->sheet, goal->requirement);
    if (goal->want == WANT_MET)
        program_require(program, logic.yes);
    else
        program_require(program, goal->want == WANT_UNMET ? logic.no : literal_not(logic.no));
}

/* Whether the solver's answer is one by the engine as well. */
static gboolean confirm(const Searcher *searcher, const Search *search, const Encoder *encoder,
                        const double *solution, Witness *witness)
{
    for (int i = 0; i < (search->question == NOWHERE ? 1 : 2); i++) {
        witness->sheets[i] = example_copy(searcher->best);
        encoder_read(encoder, i, solution, witness->sheets[i]);
    }
    if (!missed(search, witness))
        return TRUE;
    witness_clear(witness);
    return FALSE;
}

/* One run of the solver. Where it proposes what the engine does not confirm (at the edge of a
 * comparison that is open, see program.h), that is excluded for the next. */
static SearchOutcome decide_once(const Searcher *searcher, const Search *search, Encoder *encoder,
                                 Program *program, Witness *witness, gboolean *again)
{
    const SolverProblem *problem = program_problem(program);
    g_autofree double *solution = g_new0(double, problem->n_columns + 1);

    switch (solver_solve(searcher->solver, problem, time_left(searcher), solution)) {
    case SOLVER_NONE:
        return SEARCH_NONE;
    case SOLVER_FOUND:
        if (confirm(searcher, search, encoder, solution, witness))
            return SEARCH_FOUND;
        *again = encoder_forbid(encoder, solution);
        return SEARCH_UNDECIDED;
    case SOLVER_GAVE_UP:
    default:
        return SEARCH_UNDECIDED;
    }
}

static SearchOutcome decide(const Searcher *searcher, const Search *search, Witness *witness)
{
    g_autoptr(Program) program = program_new();
    g_autoptr(Encoder) encoder =
        encoder_new(searcher->space, program, search->question, search->first, search->second);
    SearchOutcome outcome = SEARCH_UNDECIDED;
    gboolean again = TRUE;

    for (guint i = 0; i < search->goals->len && !program_is_void(program); i++)
        encode_goal(encoder, program, &g_array_index(search->goals, Goal, i));
    for (guint i = 0; again && i < PROPOSALS; i++) {
        again = FALSE;
        if (program_is_void(program))
            return SEARCH_NONE;
        outcome = decide_once(searcher, search, encoder, program, witness, &again);
    }
    return outcome;
}

static SearchOutcome look(const Searcher *searcher, const Search *search, Witness *witness)
{
    for (guint choice = 0; choice < DRIVES && time_left(searcher) > 0; choice++) {
        const Example *start = choice % 2 == 0 ? searcher->best : searcher->worst;

        if (try_from(searcher, search, start, choice / 2, witness))
            return SEARCH_FOUND;
    }
    return time_left(searcher) > 0 ? decide(searcher, search, witness) : SEARCH_UNDECIDED;
}

SearchOutcome search_run(Searcher *searcher, const Search *search, Witness *witness)
{
    SearchOutcome outcome;

    *witness = (Witness){ { NULL, NULL } };
    outcome = look(searcher, search, witness);
    if (outcome == SEARCH_FOUND)
        tidy(searcher, search, witness);
    return outcome;
}

SearchOutcome search_decide(Searcher *searcher, const Search *search)
{
    Witness witness = { { NULL, NULL } };
    const SearchOutcome outcome = look(searcher, search, &witness);

    witness_clear(&witness);
    return outcome;
}
