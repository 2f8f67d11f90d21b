#include "rules/block_decisive.h"

#include <string.h>

#include "rules/rest.h"

/* A set of rows is an array of bytes: all bits, or none. */

struct BlockDecisive {
    const Plan *plan;
    GArray **rests;   /* of int, by node: questions that a leaf of a condition rests on */
    guint8 **marks;   /* by question: rows in which it bears on the requirement at hand */
    GArray *marked;   /* of int: questions that have marks */
    guint8 **visited; /* by requirement: rows in which met() or held() led to it; NULL until so */
    GArray *visits;   /* of int: requirements that are visited */
    GPtrArray *stack; /* of guint8 *: sets, by depth */
    guint16 **bears;  /* by question; NULL until needed */
};

/* One search below a requirement. */
typedef struct {
    BlockDecisive *decisive;
    const BlockReading *reading;
    const BlockConditions *conditions;
    const Grades *grades;
    guint depth;
} Search;

/* ---- sets of rows ---- */

/* Rows of `among` in which `rows` is `value`. What there is of them. */
ROWS_LOOP static guint8 select_rows(const guint8 *restrict rows, guint8 value,
                                    const guint8 *restrict among, guint8 *restrict selected)
{
    guint8 any = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 is = rows[i] == value ? G_MAXUINT8 : 0;

        selected[i] = is & among[i];
        any |= selected[i];
    }
    return any;
}

/* Rows in which a level is above the one held and not above the one possible. */
ROWS_LOOP static guint8 select_open(const gint8 *restrict held, const gint8 *restrict possible,
                                    gint8 level, guint8 *restrict selected)
{
    guint8 any = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 above = held[i] < level ? G_MAXUINT8 : 0, within = possible[i] >= level ? 255 : 0;

        selected[i] = above & within;
        any |= selected[i];
    }
    return any;
}

/* Take `done` out of `rows`, and put what is left into `done`. What is left of them. */
ROWS_LOOP static guint8 take_new(guint8 *restrict done, guint8 *restrict rows)
{
    guint8 any = 0;

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 left = (guint8)(rows[i] & ~done[i]);

        rows[i] = left;
        done[i] |= left;
        any |= left;
    }
    return any;
}

ROWS_LOOP static void unite(const guint8 *restrict rows, guint8 *restrict set)
{
    for (guint i = 0; i < BLOCK_ROWS; i++)
        set[i] |= rows[i];
}

ROWS_LOOP static void add_blanks(const guint8 *restrict marks, const guint8 *restrict read,
                                 guint16 *restrict bears)
{
    for (guint i = 0; i < BLOCK_ROWS; i++) {
        guint8 is_blank = read[i] == READ_BLANK ? 1 : 0;

        bears[i] = (guint16)(bears[i] + (marks[i] & is_blank));
    }
}

/* ---- making ---- */

static gboolean is_inner(NodeKind kind)
{
    return kind == NODE_AND || kind == NODE_OR || kind == NODE_NOT;
}

static GArray *rest_of(const Plan *plan, int node, gboolean *marks)
{
    GArray *questions = g_array_new(FALSE, FALSE, sizeof(int));

    memset(marks, 0, plan->rubric->questions->len * sizeof *marks);
    rest_mark(plan, node, marks);
    for (int i = 0; i < (int)plan->rubric->questions->len; i++)
        if (marks[i])
            g_array_append_val(questions, i);
    return questions;
}

/* Leaves of the tree below a node; what they are made of is looked at no further. */
static void find_rests(BlockDecisive *decisive, int at, gboolean *marks)
{
    const Node *node = at == NOWHERE ? NULL : PLAN_NODE(decisive->plan, at);

    if (!node || node->kind == NODE_MET || node->kind == NODE_HELD)
        return;
    if (is_inner(node->kind)) {
        find_rests(decisive, node->left, marks);
        find_rests(decisive, node->right, marks);
    } else {
        decisive->rests[at] = rest_of(decisive->plan, at, marks);
    }
}

BlockDecisive *block_decisive_new(const Plan *plan)
{
    BlockDecisive *decisive = g_new0(BlockDecisive, 1);
    g_autofree gboolean *marks = g_new0(gboolean, MAX(plan->rubric->questions->len, 1));

    decisive->plan = plan;
    decisive->rests = g_new0(GArray *, MAX(plan->nodes->len, 1));
    decisive->marks = g_new0(guint8 *, MAX(plan->rubric->questions->len, 1));
    decisive->bears = g_new0(guint16 *, MAX(plan->rubric->questions->len, 1));
    decisive->visited = g_new0(guint8 *, MAX(plan->rubric->requirements->len, 1));
    decisive->marked = g_array_new(FALSE, FALSE, sizeof(int));
    decisive->visits = g_array_new(FALSE, FALSE, sizeof(int));
    decisive->stack = g_ptr_array_new_with_free_func(g_aligned_free);
    for (guint i = 0; i < plan->rubric->requirements->len; i++)
        find_rests(decisive, PLAN_CONDITION(plan, i)->root, marks);
    return decisive;
}

void block_decisive_free(BlockDecisive *decisive)
{
    if (!decisive)
        return;
    for (guint i = 0; i < decisive->plan->nodes->len; i++)
        if (decisive->rests[i])
            g_array_unref(decisive->rests[i]);
    for (guint i = 0; i < decisive->plan->rubric->questions->len; i++) {
        g_aligned_free(decisive->marks[i]);
        g_aligned_free(decisive->bears[i]);
    }
    for (guint i = 0; i < decisive->plan->rubric->requirements->len; i++)
        g_aligned_free(decisive->visited[i]);
    g_free(decisive->rests);
    g_free(decisive->marks);
    g_free(decisive->bears);
    g_free(decisive->visited);
    g_array_unref(decisive->marked);
    g_array_unref(decisive->visits);
    g_ptr_array_unref(decisive->stack);
    g_free(decisive);
}

/* ---- searching ---- */

/* Room for one set more; it is there until the depth is left. */
static guint8 *push(Search *search)
{
    GPtrArray *stack = search->decisive->stack;

    if (search->depth == stack->len)
        g_ptr_array_add(stack, rows_new(1));
    return stack->pdata[search->depth++];
}

static void mark_leaf(const Search *search, int at, const guint8 *rows)
{
    BlockDecisive *decisive = search->decisive;
    const GArray *rest = decisive->rests[at];

    for (guint i = 0; i < rest->len; i++) {
        int question = g_array_index(rest, int, i);

        if (!search->reading->of[question].has_blank)
            continue;
        if (!decisive->marks[question])
            decisive->marks[question] = rows_new(1);
        unite(rows, decisive->marks[question]);
        g_array_append_val(decisive->marked, question);
    }
}

static void search_node(Search *search, int at, const guint8 *among);

/* Where it was visited before, all that it leads to is marked. `among` loses these rows. */
static void search_requirement(Search *search, int requirement, guint8 *among)
{
    BlockDecisive *decisive = search->decisive;

    if (!decisive->visited[requirement])
        decisive->visited[requirement] = rows_new(1);
    g_array_append_val(decisive->visits, requirement);
    if (take_new(decisive->visited[requirement], among))
        search_node(search, PLAN_CONDITION(decisive->plan, requirement)->root, among);
}

static void search_level(Search *search, int level, const guint8 *among)
{
    const Rubric *rubric = search->decisive->plan->rubric;
    guint depth = search->depth;
    guint8 *rows = push(search);

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level <= level &&
            PLAN_CONDITION(search->decisive->plan, i)->binds &&
            select_rows(search->grades->status[i], STATUS_UNKNOWN, among, rows))
            search_requirement(search, (int)i, rows);
    search->depth = depth;
}

/* Go down only where the outcome is still open. */
static void search_node(Search *search, int at, const guint8 *among)
{
    const Node *node = at == NOWHERE ? NULL : PLAN_NODE(search->decisive->plan, at);
    guint depth = search->depth;
    guint8 *rows;

    if (!node)
        return;
    rows = push(search);
    if (select_rows(block_conditions_rows(search->conditions, at), TRUTH_UNKNOWN, among, rows)) {
        if (is_inner(node->kind)) {
            search_node(search, node->left, rows);
            search_node(search, node->right, rows);
        } else if (node->kind == NODE_MET) {
            search_requirement(search, node->target, rows);
        } else if (node->kind == NODE_HELD) {
            search_level(search, node->target, rows);
        } else {
            mark_leaf(search, at, rows);
        }
    }
    search->depth = depth;
}

/* ---- counting ---- */

static void count_marks(Search *search)
{
    BlockDecisive *decisive = search->decisive;

    for (guint i = 0; i < decisive->marked->len; i++) {
        int question = g_array_index(decisive->marked, int, i);
        guint16 **bears = &search->grades->bears[question];

        if (!*bears) {
            if (!decisive->bears[question])
                decisive->bears[question] = rows_new(sizeof(guint16));
            *bears = decisive->bears[question];
            memset(*bears, 0, BLOCK_ROWS * sizeof **bears);
        }
        /* a question that is listed twice has no marks left */
        add_blanks(decisive->marks[question], search->reading->of[question].state, *bears);
        memset(decisive->marks[question], 0, BLOCK_ROWS);
    }
    for (guint i = 0; i < decisive->visits->len; i++)
        memset(decisive->visited[g_array_index(decisive->visits, int, i)], 0, BLOCK_ROWS);
    g_array_set_size(decisive->marked, 0);
    g_array_set_size(decisive->visits, 0);
}

void block_decisive_count(BlockDecisive *decisive, const BlockReading *reading,
                          const BlockConditions *conditions, Grades *grades)
{
    const Rubric *rubric = decisive->plan->rubric;
    Search search = { decisive, reading, conditions, grades, 0 };
    guint8 open[BLOCK_ROWS], rows[BLOCK_ROWS];

    memset(grades->bears, 0, rubric->questions->len * sizeof *grades->bears);
    for (int level = 0; level < (int)rubric->levels->len; level++) {
        if (!select_open(grades->level[READING_FULL], grades->level_possible[READING_FULL],
                         (gint8)level, open))
            continue;
        for (guint i = 0; i < rubric->requirements->len; i++)
            if (RUBRIC_REQUIREMENT(rubric, i)->level == level &&
                PLAN_CONDITION(decisive->plan, i)->binds &&
                select_rows(grades->status[i], STATUS_UNKNOWN, open, rows)) {
                search_requirement(&search, (int)i, rows);
                count_marks(&search);
            }
    }
}
