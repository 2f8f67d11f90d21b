#include "proof/drive.h"

#include "proof/effect.h"
#include "rules/rest.h"

typedef struct {
    Example *example;
    guint choice; /* the bits not used yet */
    int fixed;
    Evaluation *reading; /* of the example's answers as they are at any moment */
} Drive;

static void drive_node(Drive *drive, int at, gboolean wanted);

static gboolean holds(const Drive *drive, int at, gboolean wanted)
{
    const Truth truth = evaluation_truth(drive->reading, at);

    return wanted ? truth == TRUTH_TRUE : truth == TRUTH_FALSE || truth == TRUTH_UNKNOWN;
}

/* Answer with that state which moves the node the wanted way, the nearest first; stop once it
 * holds. */
static gboolean push_state(Drive *drive, int at, gboolean wanted, int question, const State *state)
{
    const State current = drive->example->states[question];
    const Effect way = wanted ? EFFECT_UP : EFFECT_DOWN;

    if (current.kind == STATE_NA ||
        !(effect_on_node(drive->example->space, at, question, &current, state) & way))
        return FALSE;
    example_set(drive->example, question, state);
    return holds(drive, at, wanted);
}

static gboolean push_ticks(Drive *drive, int at, gboolean wanted, int question)
{
    const Question *asked = RUBRIC_QUESTION(drive->example->space->plan->rubric, question);

    for (guint i = 0; i < asked->options->len; i++) {
        const guint64 ticks = drive->example->answers->of[question].must;
        const gboolean is_ticked = (ticks >> i & 1) != 0;
        const State other = state_tick(i, !is_ticked);

        drive->example->states[question] = state_tick(i, is_ticked);
        if (push_state(drive, at, wanted, question, &other))
            return TRUE;
    }
    return FALSE;
}

static gboolean push_question(Drive *drive, int at, gboolean wanted, int question)
{
    const Choices *choices = &drive->example->space->of[question];

    if (choices->is_multi)
        return push_ticks(drive, at, wanted, question);
    for (guint i = 0; i < choices->states->len; i++) {
        const guint from_top = choices->states->len - 1 - i;

        if (push_state(drive, at, wanted, question,
                       &g_array_index(choices->states, State, wanted ? i : from_top)))
            return TRUE;
    }
    return FALSE;
}

/* Comparisons and groups: one question after the other. */
static void push_questions(Drive *drive, int at, gboolean wanted)
{
    const Plan *plan = drive->example->space->plan;
    const guint n = plan->rubric->questions->len;
    g_autofree gboolean *marks = g_new0(gboolean, n);

    rest_mark(plan, at, marks);
    for (guint i = 0; i < n; i++) {
        const guint question = drive->choice & 1 ? n - 1 - i : i;

        if (marks[question] && (int)question != drive->fixed &&
            push_question(drive, at, wanted, (int)question))
            return;
    }
}

/* One part is enough: the one that the next bit names, else the other. */
static void drive_one(Drive *drive, const Node *node, gboolean wanted)
{
    const gboolean right_first = drive->choice & 1;
    const int first = right_first ? node->right : node->left;
    const int second = right_first ? node->left : node->right;

    drive->choice >>= 1;
    drive_node(drive, first, wanted);
    if (!holds(drive, first, wanted))
        drive_node(drive, second, wanted);
}

static void drive_both(Drive *drive, const Node *node, gboolean wanted)
{
    drive_node(drive, node->left, wanted);
    drive_node(drive, node->right, wanted);
}

static void drive_node(Drive *drive, int at, gboolean wanted)
{
    const Node *node = PLAN_NODE(drive->example->space->plan, at);

    if (node->kind != NODE_MET && node->kind != NODE_HELD && holds(drive, at, wanted))
        return;
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
        if ((node->kind == NODE_AND) == wanted)
            drive_both(drive, node, wanted);
        else
            drive_one(drive, node, wanted);
        break;
    case NODE_NOT:
        drive_node(drive, node->left, !wanted);
        break;
    case NODE_MET:
        drive_node(drive, PLAN_CONDITION(drive->example->space->plan, node->target)->root, wanted);
        break;
    case NODE_HELD:
        break;
    default:
        push_questions(drive, at, wanted);
        break;
    }
}

void drive_requirement(Example *example, int requirement, gboolean wanted, guint choice, int fixed)
{
    const Plan *plan = example->space->plan;
    Drive drive = { example, choice, fixed, NULL };

    if (!PLAN_CONDITION(plan, requirement)->applies)
        return;
    drive.reading = evaluation_new(plan, example->answers, READING_FULL, example->day);
    drive_node(&drive, PLAN_CONDITION(plan, requirement)->root, wanted);
    evaluation_free(drive.reading);
}
