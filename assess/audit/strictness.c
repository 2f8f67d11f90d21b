#include "audit/strictness.h"

#include <string.h>

#include "audit/domain.h"

static Strictness compare(const Pairing *pairing, int older, int newer);

static Strictness inverted(Strictness strictness)
{
    return strictness == STRICTNESS_TIGHTER  ? STRICTNESS_LOOSER
           : strictness == STRICTNESS_LOOSER ? STRICTNESS_TIGHTER
                                             : strictness;
}

/* Two changes at once: they go one way, or nothing can be said. */
static Strictness joined(Strictness a, Strictness b)
{
    if (a == b || b == STRICTNESS_EQUAL)
        return a;
    return a == STRICTNESS_EQUAL ? b : STRICTNESS_CHANGED;
}

static Strictness equal_if(gboolean is_equal)
{
    return is_equal ? STRICTNESS_EQUAL : STRICTNESS_CHANGED;
}

/* Of two tables of truth over the same values. */
static Strictness of_tables(const char *older, const char *newer)
{
    gboolean fewer = FALSE, more = FALSE;

    for (gsize i = 0; older[i] != '\0'; i++) {
        fewer = fewer || (older[i] == '1' && newer[i] == '0');
        more = more || (older[i] == '0' && newer[i] == '1');
    }
    return fewer && more ? STRICTNESS_CHANGED
           : fewer       ? STRICTNESS_TIGHTER
           : more        ? STRICTNESS_LOOSER
                         : STRICTNESS_EQUAL;
}

static gboolean is_same_question(const Pairing *pairing, int older, int newer)
{
    return pairing->questions[newer] == older;
}

static gboolean is_same_option(const Question *older, int a, const Question *newer, int b)
{
    return strcmp(QUESTION_OPTION(older, a)->id, QUESTION_OPTION(newer, b)->id) == 0;
}

/* ---- options ---- */

typedef struct {
    int question, option;
    Operator op;
} Choice;

/* Over the options that both editions know, each at its own place. */
static Strictness compare_choices(const Pairing *pairing, Choice a, Choice b)
{
    const Question *older = RUBRIC_QUESTION(pairing->older->rubric, a.question);
    const Question *newer = RUBRIC_QUESTION(pairing->newer->rubric, b.question);
    g_autofree char *before = domain_options(older->options->len, a.op, a.option);
    g_autofree char *after = domain_options(newer->options->len, b.op, b.option);
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);

    for (guint i = 0; i < older->options->len; i++) {
        int at = question_option(newer, QUESTION_OPTION(older, i)->id);

        if (at == NOWHERE)
            continue;
        g_string_append_c(first, before[i]);
        g_string_append_c(second, after[at]);
    }
    return first->len > 0 ? of_tables(first->str, second->str) : STRICTNESS_CHANGED;
}

/* "a" is "a = yes". */
static gboolean as_choice(const Plan *plan, const Node *node, Choice *choice)
{
    if (node->kind == NODE_OPTION) {
        *choice = (Choice){ node->question, node->option, node->op };
        return TRUE;
    }
    if (node->kind != NODE_QUESTION ||
        RUBRIC_QUESTION(plan->rubric, node->question)->type != QUESTION_YESNO)
        return FALSE;
    *choice = (Choice){ node->question, 1, OP_EQUAL };
    return TRUE;
}

/* ---- groups ---- */

typedef struct {
    gboolean more, fewer; /* the newer group has questions that the older one has not; lacks some */
    Strictness cells;     /* of what both have */
} Groups;

static const Cell *cell_of(const GArray *cells, int question)
{
    for (guint i = 0; i < cells->len; i++)
        if (g_array_index(cells, Cell, i).question == question)
            return &g_array_index(cells, Cell, i);
    return NULL;
}

/* `op` is not looked at where cells have no option. */
static Groups compare_groups(const Pairing *pairing, const GArray *older, Operator op,
                             const GArray *newer, Operator op2)
{
    Groups groups = { FALSE, FALSE, STRICTNESS_EQUAL };
    guint both = 0;

    for (guint i = 0; i < newer->len; i++) {
        const Cell *cell = &g_array_index(newer, Cell, i);
        int question = pairing->questions[cell->question];
        const Cell *before = question == NOWHERE ? NULL : cell_of(older, question);

        both += before != NULL ? 1 : 0;
        groups.more = groups.more || !before;
        if (before && before->option != NOWHERE)
            groups.cells =
                joined(groups.cells,
                       compare_choices(pairing, (Choice){ before->question, before->option, op },
                                       (Choice){ cell->question, cell->option, op2 }));
    }
    groups.fewer = both < older->len;
    if (both == 0)
        groups.cells = STRICTNESS_CHANGED;
    return groups;
}

/* Where each question counts for itself: more of them, more that may be so. */
static Strictness counted(Groups groups)
{
    Strictness members = groups.more && groups.fewer ? STRICTNESS_CHANGED
                         : groups.more               ? STRICTNESS_LOOSER
                         : groups.fewer              ? STRICTNESS_TIGHTER
                                                     : STRICTNESS_EQUAL;

    return joined(groups.cells, members);
}

static Strictness compare_all(Groups groups)
{
    Strictness cells = groups.cells;

    groups.cells = STRICTNESS_EQUAL;
    return joined(cells, inverted(counted(groups)));
}

static Strictness of_same_members(Groups groups)
{
    return groups.more || groups.fewer ? STRICTNESS_CHANGED : groups.cells;
}

static Groups first_groups(const Pairing *pairing, const Node *a, const Node *b)
{
    return compare_groups(pairing, a->cells, a->op, b->cells, b->op);
}

/* The part of those that compare as the second: these must be the same. */
static Strictness compare_share_of(const Pairing *pairing, const Node *a, const Node *b)
{
    Groups second = compare_groups(pairing, a->cells2, a->op2, b->cells2, b->op2);

    if (of_same_members(second) != STRICTNESS_EQUAL)
        return STRICTNESS_CHANGED;
    return of_same_members(first_groups(pairing, a, b));
}

/* ---- numbers: "looser" is a value that is never lower ---- */

static Strictness of_order(int order)
{
    return order > 0 ? STRICTNESS_LOOSER : order < 0 ? STRICTNESS_TIGHTER : STRICTNESS_EQUAL;
}

static gboolean is_same_dimension(const Pairing *pairing, int older, int newer)
{
    if (older == NOWHERE || newer == NOWHERE)
        return older == newer;
    return strcmp(RUBRIC_DIMENSION(pairing->older->rubric, older)->id,
                  RUBRIC_DIMENSION(pairing->newer->rubric, newer)->id) == 0;
}

static gboolean is_same_level(const Pairing *pairing, int older, int newer)
{
    if (older == NOWHERE || newer == NOWHERE)
        return older == newer;
    return strcmp(RUBRIC_LEVEL(pairing->older->rubric, older)->id,
                  RUBRIC_LEVEL(pairing->newer->rubric, newer)->id) == 0;
}

/* ---- scores ---- */

/* What a score is made of. */
typedef struct {
    const Plan *plan;
    int dimension, level; /* NOWHERE: all */
} Basis;

static gboolean is_under(const Rubric *rubric, int dimension, int above)
{
    while (dimension != NOWHERE && dimension != above)
        dimension = RUBRIC_DIMENSION(rubric, dimension)->parent;
    return dimension == above;
}

static gboolean is_in(const Basis *basis, int question)
{
    const Question *asked = RUBRIC_QUESTION(basis->plan->rubric, question);

    return basis->plan->scored[question] &&
           (basis->dimension == NOWHERE ||
            is_under(basis->plan->rubric, asked->dimension, basis->dimension)) &&
           (basis->level == NOWHERE || asked->level == basis->level);
}

static gboolean is_same(Rational a, Rational b)
{
    return rational_compare(a, b) == 0;
}

/* Of two questions that count: the same weight, the same scores. */
static gboolean counts_alike(const Pairing *pairing, int older, int newer)
{
    const Question *from = RUBRIC_QUESTION(pairing->older->rubric, older);
    const Question *to = RUBRIC_QUESTION(pairing->newer->rubric, newer);

    if (from->type != to->type || !is_same(from->worst, to->worst) ||
        !is_same(from->best, to->best) ||
        !is_same(pairing->older->weights[older], pairing->newer->weights[newer]) ||
        !is_same_dimension(pairing, from->dimension, to->dimension))
        return FALSE;
    if (!from->options)
        return TRUE;
    for (guint i = 0; i < to->options->len && from->options->len == to->options->len; i++) {
        int at = question_option(from, QUESTION_OPTION(to, i)->id);

        if (at == NOWHERE ||
            !is_same(QUESTION_OPTION(from, at)->score, QUESTION_OPTION(to, i)->score))
            return FALSE;
    }
    return from->options->len == to->options->len;
}

static gboolean dimensions_weigh_alike(const Pairing *pairing)
{
    const Rubric *older = pairing->older->rubric, *newer = pairing->newer->rubric;

    for (int i = 0; i < (int)newer->dimensions->len; i++) {
        int from = NOWHERE;

        if (rubric_find(older, RUBRIC_DIMENSION(newer, i)->id, &from) != NAME_DIMENSION ||
            !is_same_dimension(pairing, RUBRIC_DIMENSION(older, from)->parent,
                               RUBRIC_DIMENSION(newer, i)->parent) ||
            !is_same(pairing->older->dimension_weights[from], pairing->newer->dimension_weights[i]))
            return FALSE;
    }
    return older->dimensions->len == newer->dimensions->len;
}

/* The same questions, counted alike. */
static gboolean is_same_basis(const Pairing *pairing, Basis a, Basis b)
{
    const Rubric *older = a.plan->rubric, *newer = b.plan->rubric;
    guint before = 0, after = 0;

    if (older->score != newer->score || !is_same(older->pass, newer->pass) ||
        !dimensions_weigh_alike(pairing))
        return FALSE;
    for (int i = 0; i < (int)older->n_questions; i++)
        before += is_in(&a, i) ? 1 : 0;
    for (int i = 0; i < (int)newer->n_questions; i++) {
        int from = pairing->questions[i];

        if (!is_in(&b, i))
            continue;
        after++;
        if (from == NOWHERE || !is_in(&a, from) || !counts_alike(pairing, from, i))
            return FALSE;
    }
    return before == after;
}

/* Another basis may be anything: neither higher nor lower. */
static Strictness compare_scores(const Pairing *pairing, const Node *a, const Node *b)
{
    Basis before = { pairing->older, a->target, a->level };
    Basis after = { pairing->newer, b->target, b->level };

    if (!is_same_dimension(pairing, a->target, b->target) ||
        !is_same_level(pairing, a->level, b->level) || !is_same_basis(pairing, before, after))
        return STRICTNESS_CHANGED;
    return a->kind == NODE_CLIMB ? of_order(rational_compare(a->number, b->number))
                                 : STRICTNESS_EQUAL;
}

static Strictness compare_values(const Pairing *pairing, int older, int newer);

static Strictness compare_arithmetic(const Pairing *pairing, const Node *a, const Node *b)
{
    Strictness left = compare_values(pairing, a->left, b->left);
    Strictness right =
        a->right == NOWHERE ? STRICTNESS_EQUAL : compare_values(pairing, a->right, b->right);

    switch (a->kind) {
    case NODE_ADD:
        return joined(left, right);
    case NODE_SUB:
        return joined(left, inverted(right));
    case NODE_NEG:
        return inverted(left);
    default: /* which way a factor pulls depends on the sign of the other */
        return equal_if(left == STRICTNESS_EQUAL && right == STRICTNESS_EQUAL);
    }
}

static Strictness compare_values(const Pairing *pairing, int older, int newer)
{
    const Node *a = PLAN_NODE(pairing->older, older), *b = PLAN_NODE(pairing->newer, newer);

    if (a->kind != b->kind)
        return STRICTNESS_CHANGED;
    switch (a->kind) {
    case NODE_NUMBER:
        return of_order(rational_compare(b->number, a->number));
    case NODE_QUESTION:
    case NODE_TICKED:
    case NODE_YEARS:
        return equal_if(is_same_question(pairing, a->question, b->question));
    case NODE_SCORE:
    case NODE_CLIMB:
        return compare_scores(pairing, a, b);
    case NODE_COUNT:
        return counted(first_groups(pairing, a, b));
    case NODE_SHARE:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_SUM:
    case NODE_MEAN:
        return of_same_members(first_groups(pairing, a, b));
    case NODE_SHARE_OF:
        return compare_share_of(pairing, a, b);
    default:
        return compare_arithmetic(pairing, a, b);
    }
}

/* 1: the greater the better; -1: the smaller; 0: neither. */
static int direction(Operator op)
{
    return op == OP_GREATER || op == OP_GREATER_EQUAL ? 1
           : op == OP_LESS || op == OP_LESS_EQUAL     ? -1
                                                      : 0;
}

/* What a change of a value does to a comparison of it. */
static Strictness seen_through(Strictness value, Operator a, Operator b)
{
    if (value == STRICTNESS_EQUAL)
        return value;
    if (direction(a) != direction(b) || direction(a) == 0)
        return STRICTNESS_CHANGED;
    return direction(a) > 0 ? value : inverted(value);
}

/* A comparison with the number behind, as in "x >= 3"; FALSE if there is none. */
typedef struct {
    int value;
    Operator op;
    Rational bound;
} Bounded;

static gboolean as_bounded(const Plan *plan, const Node *node, Bounded *bounded)
{
    const Node *left = PLAN_NODE(plan, node->left), *right = PLAN_NODE(plan, node->right);

    if (right->kind == NODE_NUMBER) {
        *bounded = (Bounded){ node->left, node->op, right->number };
        return TRUE;
    }
    if (left->kind != NODE_NUMBER)
        return FALSE;
    *bounded = (Bounded){ node->right, operator_mirrored(node->op), left->number };
    return TRUE;
}

static Strictness compare_bounded(const Pairing *pairing, Bounded a, Bounded b)
{
    const Node anything = { .kind = NODE_NUMBER };
    Rational bounds[] = { a.bound, b.bound };
    g_autoptr(GArray) values =
        domain_values(pairing->older, &anything, bounds, G_N_ELEMENTS(bounds));
    g_autofree char *before = domain_table(values, a.op, a.bound);
    g_autofree char *after = domain_table(values, b.op, b.bound);

    return joined(of_tables(before, after),
                  seen_through(compare_values(pairing, a.value, b.value), a.op, b.op));
}

/* ">" is tighter than ">=", whatever is compared. */
static Strictness of_operators(Operator a, Operator b)
{
    g_autofree char *before = domain_options(3, a, 1);
    g_autofree char *after = domain_options(3, b, 1);

    return of_tables(before, after);
}

static Strictness compare_comparisons(const Pairing *pairing, const Node *a, const Node *b)
{
    Bounded first, second;

    if (as_bounded(pairing->older, a, &first) && as_bounded(pairing->newer, b, &second))
        return compare_bounded(pairing, first, second);
    return joined(
        joined(seen_through(compare_values(pairing, a->left, b->left), a->op, b->op),
               seen_through(inverted(compare_values(pairing, a->right, b->right)), a->op, b->op)),
        of_operators(a->op, b->op));
}

/* ---- conditions ---- */

/* The operands of a chain, brackets of the same kind dissolved; another node is a chain of one. */
static void flatten(const Plan *plan, int at, NodeKind kind, GArray *nodes)
{
    const Node *node = PLAN_NODE(plan, at);

    if (node->kind != kind) {
        g_array_append_val(nodes, at);
        return;
    }
    flatten(plan, node->left, kind, nodes);
    flatten(plan, node->right, kind, nodes);
}

typedef struct {
    const Pairing *pairing;
    NodeKind kind;
    GArray *older, *newer; /* of int; NOWHERE once it has found its like */
    Strictness strictness;
    GArray *parts; /* of PartChange, or NULL */
} Chains;

static void note_part(Chains *chains, int older, int newer, Strictness strictness)
{
    PartChange part = { older, newer, chains->kind == NODE_OR, strictness };

    chains->strictness = joined(chains->strictness, strictness);
    if (chains->parts && strictness != STRICTNESS_EQUAL)
        g_array_append_val(chains->parts, part);
}

/* About the same question or requirement, whatever is said of it. */
static gboolean is_akin(const Pairing *pairing, int older, int newer)
{
    const Node *a = PLAN_NODE(pairing->older, older), *b = PLAN_NODE(pairing->newer, newer);
    Choice before, after;

    if (a->kind == NODE_MET && b->kind == NODE_MET)
        return pairing->requirements[b->target] == a->target;
    return as_choice(pairing->older, a, &before) && as_choice(pairing->newer, b, &after) &&
           is_same_question(pairing, before.question, after.question);
}

typedef enum { PAIR_EQUAL, PAIR_COMPARABLE, PAIR_AKIN } Round;

static gboolean is_pair(const Chains *chains, Round round, int older, int newer, Strictness *found)
{
    if (older == NOWHERE)
        return FALSE;
    *found = compare(chains->pairing, older, newer);
    return round == PAIR_EQUAL        ? *found == STRICTNESS_EQUAL
           : round == PAIR_COMPARABLE ? *found != STRICTNESS_CHANGED
                                      : is_akin(chains->pairing, older, newer);
}

/* What is the same first, then what is comparable, then what is about the same. */
static void pair_parts(Chains *chains, Round round)
{
    for (guint i = 0; i < chains->newer->len; i++) {
        int *newer = &g_array_index(chains->newer, int, i);

        for (guint k = 0; k < chains->older->len && *newer != NOWHERE; k++) {
            int *older = &g_array_index(chains->older, int, k);
            Strictness found;

            if (!is_pair(chains, round, *older, *newer, &found))
                continue;
            note_part(chains, *older, *newer, found);
            *older = *newer = NOWHERE;
        }
    }
}

static Strictness compare_chains(const Pairing *pairing, int older, int newer, NodeKind kind,
                                 GArray *parts)
{
    g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) after = g_array_new(FALSE, FALSE, sizeof(int));
    Chains chains = { pairing, kind, before, after, STRICTNESS_EQUAL, parts };
    Strictness dropped = kind == NODE_AND ? STRICTNESS_LOOSER : STRICTNESS_TIGHTER;

    flatten(pairing->older, older, kind, before);
    flatten(pairing->newer, newer, kind, after);
    for (Round round = PAIR_EQUAL; round <= PAIR_AKIN; round++)
        pair_parts(&chains, round);
    for (guint i = 0; i < before->len; i++)
        if (g_array_index(before, int, i) != NOWHERE)
            note_part(&chains, g_array_index(before, int, i), NOWHERE, dropped);
    for (guint i = 0; i < after->len; i++)
        if (g_array_index(after, int, i) != NOWHERE)
            note_part(&chains, NOWHERE, g_array_index(after, int, i), inverted(dropped));
    return chains.strictness;
}

static Strictness compare_met(const Pairing *pairing, const Node *a, const Node *b)
{
    if (pairing->requirements[b->target] != a->target)
        return STRICTNESS_CHANGED;
    return compare(pairing, PLAN_CONDITION(pairing->older, a->target)->root,
                   PLAN_CONDITION(pairing->newer, b->target)->root);
}

static Strictness compare_leaves(const Pairing *pairing, const Node *a, const Node *b)
{
    Choice before, after;

    if (as_choice(pairing->older, a, &before) && as_choice(pairing->newer, b, &after))
        return is_same_question(pairing, before.question, after.question)
                   ? compare_choices(pairing, before, after)
                   : STRICTNESS_CHANGED;
    if (a->kind != b->kind)
        return STRICTNESS_CHANGED;
    switch (a->kind) {
    case NODE_NOT:
        return inverted(compare(pairing, a->left, b->left));
    case NODE_OPTIONS:
        return is_same_question(pairing, a->question, b->question) &&
                       is_same_question(pairing, a->other, b->other)
                   ? of_operators(a->op, b->op)
                   : STRICTNESS_CHANGED;
    case NODE_COMPARE:
        return compare_comparisons(pairing, a, b);
    case NODE_ANY:
        return counted(first_groups(pairing, a, b));
    case NODE_ALL:
        return compare_all(first_groups(pairing, a, b));
    case NODE_HAS:
        return equal_if(
            is_same_question(pairing, a->question, b->question) &&
            is_same_option(RUBRIC_QUESTION(pairing->older->rubric, a->question), a->option,
                           RUBRIC_QUESTION(pairing->newer->rubric, b->question), b->option));
    case NODE_ANSWERED:
        return equal_if(is_same_question(pairing, a->question, b->question));
    case NODE_MET:
        return compare_met(pairing, a, b);
    case NODE_HELD:
        return equal_if(is_same_level(pairing, a->target, b->target));
    default:
        return STRICTNESS_CHANGED;
    }
}

static gboolean either_is(const Node *a, const Node *b, NodeKind kind)
{
    return a->kind == kind || b->kind == kind;
}

static Strictness compare_noting(const Pairing *pairing, int older, int newer, GArray *parts)
{
    const Node *a = PLAN_NODE(pairing->older, older), *b = PLAN_NODE(pairing->newer, newer);
    Strictness found = STRICTNESS_CHANGED;

    if (either_is(a, b, NODE_AND))
        found = compare_chains(pairing, older, newer, NODE_AND, parts);
    if (found != STRICTNESS_CHANGED)
        return found;
    if (!either_is(a, b, NODE_OR))
        return either_is(a, b, NODE_AND) ? found : compare_leaves(pairing, a, b);
    if (parts)
        g_array_set_size(parts, 0);
    return compare_chains(pairing, older, newer, NODE_OR, parts);
}

static Strictness compare(const Pairing *pairing, int older, int newer)
{
    return compare_noting(pairing, older, newer, NULL);
}

Strictness strictness_of(const Pairing *pairing, int older, int newer, GArray *parts)
{
    PartChange whole = { PLAN_CONDITION(pairing->older, older)->root,
                         PLAN_CONDITION(pairing->newer, newer)->root, FALSE, STRICTNESS_EQUAL };

    whole.strictness = compare_noting(pairing, whole.older, whole.newer, parts);
    if (parts && parts->len == 0 && whole.strictness != STRICTNESS_EQUAL)
        g_array_append_val(parts, whole);
    return whole.strictness;
}
