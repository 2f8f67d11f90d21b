#include "audit/mutation.h"

#include <string.h>

#include "audit/domain.h"

typedef struct {
    const Plan *plan;
    const Condition *condition;
    const char *text;
    int *parents;      /* by node, from condition->first; NOWHERE for the root */
    GHashTable *known; /* tables of the comparison at hand: readings that were there before */
    GArray *list;
} Maker;

/* Where a comparison's parts stand in the text: its operator, and what it compares with. */
typedef struct {
    guint op, op_length;
    guint bound, bound_length;
    gboolean mirrored; /* the bound stands first */
} Spot;

static void clear_mutation(gpointer data)
{
    Mutation *mutation = data;

    g_free(mutation->word);
    g_clear_pointer(&mutation->changed.cells, g_array_unref);
    g_clear_pointer(&mutation->changed.cells2, g_array_unref);
}

/* ---- places in the text ---- */

static guint skip(const char *text, guint at, const char *over)
{
    return at + (guint)strspn(text + at, over);
}

static guint name_length(const char *text)
{
    return (guint)strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

/* The first operator at or after `from`, and the name behind it. */
static Spot spot_after(const char *text, guint from)
{
    Spot spot = { .op = from + (guint)strcspn(text + from, "<>=!") };

    spot.op_length = (guint)strspn(text + spot.op, "<>=!");
    spot.bound = skip(text, spot.op + spot.op_length, " \t\n(");
    spot.bound_length = name_length(text + spot.bound);
    return spot;
}

/* The operator as the file writes it: with the bound first it is the mirrored one. */
static const char *written_operator(const Spot *spot, Operator op)
{
    return operator_text(spot->mirrored ? operator_mirrored(op) : op);
}

static gboolean is_written(const char *text, const Spot *spot, Operator op)
{
    const char *word = operator_text(op);

    return strlen(word) == spot->op_length && strncmp(text + spot->op, word, spot->op_length) == 0;
}

/* ---- the list ---- */

static Mutation start(const Maker *maker, int node)
{
    const Node *from = PLAN_NODE(maker->plan, node);
    Mutation mutation = { .node = node, .changed = *from };

    mutation.changed.cells = from->cells ? g_array_copy(from->cells) : NULL;
    mutation.changed.cells2 = from->cells2 ? g_array_copy(from->cells2) : NULL;
    mutation.from = from->offset;
    mutation.to = from->offset + from->length;
    return mutation;
}

static void finish(Maker *maker, Mutation mutation, guint offset, guint length, char *word)
{
    mutation.offset = offset;
    mutation.length = length;
    mutation.word = word;
    g_array_append_val(maker->list, mutation);
}

/* A reading with this table: new, or the same as one before. Takes `table`. */
static gboolean is_new(Maker *maker, char *table)
{
    return g_hash_table_add(maker->known, table);
}

static Operator flipped(Operator op)
{
    static const Operator FLIPPED[] = {
        [OP_LESS] = OP_LESS_EQUAL,       [OP_LESS_EQUAL] = OP_LESS, [OP_GREATER] = OP_GREATER_EQUAL,
        [OP_GREATER_EQUAL] = OP_GREATER, [OP_EQUAL] = OP_NOT_EQUAL, [OP_NOT_EQUAL] = OP_EQUAL,
    };

    return FLIPPED[op];
}

/* ---- a question compared with an option ---- */

static void add_option(Maker *maker, int at, const Spot *spot, Operator op, int option)
{
    const Node *node = PLAN_NODE(maker->plan, at);
    const Question *question = RUBRIC_QUESTION(maker->plan->rubric, node->question);
    Mutation mutation;

    if (option < 0 || option >= (int)question->options->len ||
        !is_new(maker, domain_options(question->options->len, op, option)))
        return;
    mutation = start(maker, at);
    mutation.changed.op = op;
    mutation.changed.option = option;
    mutation.from = spot->mirrored ? node->offset : spot->op;
    if (op != node->op)
        finish(maker, mutation, spot->op, spot->op_length, g_strdup(written_operator(spot, op)));
    else
        finish(maker, mutation, spot->bound, spot->bound_length,
               g_strdup(QUESTION_OPTION(question, option)->id));
}

static void mutate_option(Maker *maker, int at)
{
    const Node *node = PLAN_NODE(maker->plan, at);
    const Question *question = RUBRIC_QUESTION(maker->plan->rubric, node->question);
    Spot spot = spot_after(maker->text, node->offset);
    guint first = skip(maker->text, node->offset, " \t\n(");
    guint length = name_length(maker->text + first);

    spot.mirrored =
        length != strlen(question->id) || strncmp(maker->text + first, question->id, length) != 0;
    if (spot.mirrored) {
        spot.bound = first;
        spot.bound_length = length;
    }
    is_new(maker, domain_options(question->options->len, node->op, node->option));
    add_option(maker, at, &spot, flipped(node->op), node->option);
    add_option(maker, at, &spot, node->op, node->option + 1);
    add_option(maker, at, &spot, node->op, node->option - 1);
}

/* Two questions on one scale. */
static void mutate_options(Maker *maker, int at)
{
    Mutation mutation = start(maker, at);
    Spot spot = spot_after(maker->text, mutation.from);

    spot.mirrored = !is_written(maker->text, &spot, mutation.changed.op);
    mutation.changed.op = flipped(mutation.changed.op);
    finish(maker, mutation, spot.op, spot.op_length,
           g_strdup(written_operator(&spot, mutation.changed.op)));
}

/* ---- a group compared with an option ---- */

/* NULL if an option goes beyond the ends. */
static char *cells_table(const Rubric *rubric, const GArray *cells, Operator op, int step)
{
    g_autoptr(GString) table = g_string_new(NULL);

    for (guint i = 0; i < cells->len; i++) {
        const Cell *cell = &g_array_index(cells, Cell, i);
        guint n = RUBRIC_QUESTION(rubric, cell->question)->options->len;
        g_autofree char *own = NULL;

        if (cell->option + step < 0 || cell->option + step >= (int)n)
            return NULL;
        own = domain_options(n, op, cell->option + step);
        g_string_append_printf(table, "%s ", own);
    }
    return g_string_free(g_steal_pointer(&table), FALSE);
}

static void add_cells(Maker *maker, int at, gboolean second, const Spot *spot, Operator op,
                      int step)
{
    const Rubric *rubric = maker->plan->rubric;
    Mutation mutation = start(maker, at);
    GArray *cells = second ? mutation.changed.cells2 : mutation.changed.cells;
    Operator *own = second ? &mutation.changed.op2 : &mutation.changed.op;
    char *table = cells_table(rubric, cells, op, step);
    const Cell *first = &g_array_index(cells, Cell, 0);

    if (!table || !is_new(maker, table)) {
        clear_mutation(&mutation);
        return;
    }
    mutation.from = spot->op;
    mutation.to = spot->bound + spot->bound_length;
    for (guint i = 0; i < cells->len; i++)
        g_array_index(cells, Cell, i).option += step;
    *own = op;
    if (step == 0)
        finish(maker, mutation, spot->op, spot->op_length, g_strdup(operator_text(op)));
    else
        finish(
            maker, mutation, spot->bound, spot->bound_length,
            g_strdup(QUESTION_OPTION(RUBRIC_QUESTION(rubric, first->question), first->option)->id));
}

static void mutate_cells(Maker *maker, int at, gboolean second, const Spot *spot)
{
    const Node *node = PLAN_NODE(maker->plan, at);
    const GArray *cells = second ? node->cells2 : node->cells;
    Operator op = second ? node->op2 : node->op;

    g_hash_table_remove_all(maker->known);
    is_new(maker, cells_table(maker->plan->rubric, cells, op, 0));
    add_cells(maker, at, second, spot, flipped(op), 0);
    add_cells(maker, at, second, spot, op, 1);
    add_cells(maker, at, second, spot, op, -1);
}

static void mutate_group(Maker *maker, int at)
{
    const Node *node = PLAN_NODE(maker->plan, at);
    Spot spot = spot_after(maker->text, node->offset);

    mutate_cells(maker, at, FALSE, &spot);
    if (node->kind == NODE_SHARE_OF) {
        spot = spot_after(maker->text, spot.bound + spot.bound_length);
        mutate_cells(maker, at, TRUE, &spot);
    }
}

/* ---- numbers ---- */

/* One percent point, one of a count; a hundredth of what is neither. */
static Rational step_of(const Maker *maker, const Node *number)
{
    gboolean percent = maker->text[number->offset + number->length - 1] == '%';

    return !percent && rational_is_integer(number->number) ? RATIONAL_ONE : rational_ratio(1, 100);
}

static char *number_text(const Maker *maker, const Node *number, Rational value)
{
    gboolean percent = maker->text[number->offset + number->length - 1] == '%';
    g_autofree char *text = rational_format(
        percent ? rational_mul(NULL, value, rational_int(100)) : value, 8, ROUND_HALF_UP);

    return percent ? g_strconcat(text, "%", NULL) : g_steal_pointer(&text);
}

static void add_number(Maker *maker, int at, Rational value, guint from, guint to)
{
    const Node *number = PLAN_NODE(maker->plan, at);
    Mutation mutation = start(maker, at);

    mutation.changed.number = value;
    mutation.from = from;
    mutation.to = to;
    finish(maker, mutation, number->offset, number->length, number_text(maker, number, value));
}

/* A number inside arithmetic, or the bar of climb(). */
static void mutate_lone_number(Maker *maker, int at, const Node *number)
{
    Rational step = step_of(maker, number);
    guint to = number->offset + number->length;

    add_number(maker, at, rational_add(NULL, number->number, step), number->offset, to);
    add_number(maker, at, rational_sub(NULL, number->number, step), number->offset, to);
}

static void mutate_climb(Maker *maker, int at)
{
    const Node *climb = PLAN_NODE(maker->plan, at);
    Rational steps[] = { rational_ratio(1, 100), rational_ratio(-1, 100) };
    guint open = climb->offset + (guint)strcspn(maker->text + climb->offset, "(") + 1;
    guint length = (guint)strcspn(maker->text + open, ")");

    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        Mutation mutation = start(maker, at);
        g_autofree char *points = NULL;

        mutation.changed.number = rational_add(NULL, climb->number, steps[i]);
        points = rational_format(rational_mul(NULL, mutation.changed.number, rational_int(100)), 8,
                                 ROUND_HALF_UP);
        finish(maker, mutation, open, length, g_strconcat(points, "%", NULL));
    }
}

/* A value compared with a number: operator and number together, so that no two readings are the
 * same. */
static void mutate_bound(Maker *maker, int at, int value, int number, const Spot *spot)
{
    const Node *compare = PLAN_NODE(maker->plan, at), *bound = PLAN_NODE(maker->plan, number);
    Rational step = step_of(maker, bound);
    Rational bounds[] = { bound->number, rational_add(NULL, bound->number, step),
                          rational_sub(NULL, bound->number, step) };
    Operator op = spot->mirrored ? operator_mirrored(compare->op) : compare->op;
    guint from = spot->mirrored ? bound->offset : spot->op;
    guint to = spot->mirrored ? spot->op + spot->op_length : bound->offset + bound->length;
    g_autoptr(GArray) values =
        domain_values(maker->plan, PLAN_NODE(maker->plan, value), bounds, G_N_ELEMENTS(bounds));

    is_new(maker, domain_table(values, op, bounds[0]));
    if (is_new(maker, domain_table(values, flipped(op), bounds[0]))) {
        Mutation mutation = start(maker, at);

        mutation.changed.op = flipped(compare->op);
        mutation.from = from;
        mutation.to = to;
        finish(maker, mutation, spot->op, spot->op_length,
               g_strdup(operator_text(mutation.changed.op)));
    }
    for (guint i = 1; i < G_N_ELEMENTS(bounds); i++)
        if (is_new(maker, domain_table(values, op, bounds[i])))
            add_number(maker, number, bounds[i], from, to);
}

/* Where the word that joins two parts stands: between them, brackets aside. */
static guint gap(const Maker *maker, const Node *node)
{
    const Node *left = PLAN_NODE(maker->plan, node->left);

    return skip(maker->text, left->offset + left->length, " \t\n)");
}

static void mutate_compare(Maker *maker, int at)
{
    const Node *node = PLAN_NODE(maker->plan, at);
    gboolean left = PLAN_NODE(maker->plan, node->left)->kind == NODE_NUMBER;
    gboolean right = PLAN_NODE(maker->plan, node->right)->kind == NODE_NUMBER;
    Spot spot = spot_after(maker->text, gap(maker, node));
    Mutation mutation;

    spot.mirrored = left;
    if (left != right) {
        mutate_bound(maker, at, left ? node->right : node->left, left ? node->left : node->right,
                     &spot);
        return;
    }
    mutation = start(maker, at);
    mutation.changed.op = flipped(node->op);
    finish(maker, mutation, spot.op, spot.op_length, g_strdup(operator_text(mutation.changed.op)));
}

/* ---- words ---- */

static const struct {
    NodeKind kind, other;
    const char *word, *read;
    gboolean is_call; /* the word opens the node, else it stands between its parts */
} SWAPS[] = {
    { NODE_AND, NODE_OR, "and", "or", FALSE },  { NODE_OR, NODE_AND, "or", "and", FALSE },
    { NODE_ADD, NODE_SUB, "+", "-", FALSE },    { NODE_SUB, NODE_ADD, "-", "+", FALSE },
    { NODE_MUL, NODE_DIV, "*", "/", FALSE },    { NODE_DIV, NODE_MUL, "/", "*", FALSE },
    { NODE_ANY, NODE_ALL, "any", "all", TRUE }, { NODE_ALL, NODE_ANY, "all", "any", TRUE },
    { NODE_MIN, NODE_MAX, "min", "max", TRUE }, { NODE_MAX, NODE_MIN, "max", "min", TRUE },
};

static void mutate_word(Maker *maker, int at)
{
    const Node *node = PLAN_NODE(maker->plan, at);

    for (guint i = 0; i < G_N_ELEMENTS(SWAPS); i++) {
        Mutation mutation;
        guint place, length = (guint)strlen(SWAPS[i].word);

        if (SWAPS[i].kind != node->kind ||
            (SWAPS[i].is_call && node->cells->len == 1)) /* any of one is all of one */
            continue;
        place = SWAPS[i].is_call ? node->offset : gap(maker, node);
        mutation = start(maker, at);
        mutation.changed.kind = SWAPS[i].other;
        mutation.from = place;
        mutation.to = SWAPS[i].is_call ? mutation.to : place + length;
        finish(maker, mutation, place, length, g_strdup(SWAPS[i].read));
    }
}

/* "not x" read as "x": both parts of an `and` are x. */
static void drop_not(Maker *maker, int at)
{
    const Node *node = PLAN_NODE(maker->plan, at);
    Mutation mutation = start(maker, at);
    guint length = skip(maker->text, node->offset + (guint)strlen("not"), " \t\n") - node->offset;

    mutation.changed.kind = NODE_AND;
    mutation.changed.right = node->left;
    finish(maker, mutation, node->offset, length, g_strdup(""));
}

/* "x" read as "not x"; under a `not` that is what drop_not() does. */
static void negate(Maker *maker, int at)
{
    int parent = maker->parents[at - maker->condition->first];
    Mutation mutation = { .node = at, .negated = TRUE };
    const Node *node = PLAN_NODE(maker->plan, at);

    if (parent != NOWHERE && PLAN_NODE(maker->plan, parent)->kind == NODE_NOT)
        return;
    mutation.from = node->offset;
    mutation.to = node->offset + node->length;
    finish(maker, mutation, node->offset, node->length,
           g_strdup_printf("not %.*s", (int)node->length, maker->text + node->offset));
}

static gboolean is_compared(const Maker *maker, int at)
{
    int parent = maker->parents[at - maker->condition->first];
    const Node *node = parent == NOWHERE ? NULL : PLAN_NODE(maker->plan, parent);

    return node && node->kind == NODE_COMPARE &&
           PLAN_NODE(maker->plan, node->left)->kind != PLAN_NODE(maker->plan, node->right)->kind;
}

static void mutate(Maker *maker, int at)
{
    const Node *node = PLAN_NODE(maker->plan, at);

    g_hash_table_remove_all(maker->known);
    mutate_word(maker, at);
    switch (node->kind) {
    case NODE_OPTION:
        mutate_option(maker, at);
        break;
    case NODE_OPTIONS:
        mutate_options(maker, at);
        break;
    case NODE_COMPARE:
        mutate_compare(maker, at);
        break;
    case NODE_NUMBER:
        if (!is_compared(maker, at))
            mutate_lone_number(maker, at, node);
        break;
    case NODE_CLIMB:
        mutate_climb(maker, at);
        break;
    case NODE_COUNT:
    case NODE_SHARE:
    case NODE_SHARE_OF:
    case NODE_ANY:
    case NODE_ALL:
        mutate_group(maker, at);
        break;
    case NODE_NOT:
        drop_not(maker, at);
        break;
    case NODE_QUESTION:
        if (RUBRIC_QUESTION(maker->plan->rubric, node->question)->type == QUESTION_YESNO)
            negate(maker, at);
        break;
    case NODE_HAS:
    case NODE_ANSWERED:
    case NODE_MET:
    case NODE_HELD:
        negate(maker, at);
        break;
    default:
        break;
    }
}

static int *parents_of(const Plan *plan, const Condition *condition)
{
    int *parents = g_new(int, condition->root - condition->first + 1);

    for (int at = condition->first; at <= condition->root; at++)
        parents[at - condition->first] = NOWHERE;
    for (int at = condition->first; at <= condition->root; at++) {
        const Node *node = PLAN_NODE(plan, at);

        if (node->left != NOWHERE)
            parents[node->left - condition->first] = at;
        if (node->right != NOWHERE)
            parents[node->right - condition->first] = at;
    }
    return parents;
}

static int by_place(gconstpointer a, gconstpointer b)
{
    const Mutation *first = a, *second = b;

    return (first->offset > second->offset) - (first->offset < second->offset);
}

GArray *mutations_of(const Plan *plan, int requirement)
{
    const Condition *condition = PLAN_CONDITION(plan, requirement);
    g_autofree int *parents = parents_of(plan, condition);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Maker maker = { plan,    condition, RUBRIC_REQUIREMENT(plan->rubric, requirement)->needs->value,
                    parents, known,     g_array_new(FALSE, FALSE, sizeof(Mutation)) };

    g_array_set_clear_func(maker.list, clear_mutation);
    for (int at = condition->first; at <= condition->root; at++)
        mutate(&maker, at);
    g_array_sort(maker.list, by_place);
    return maker.list;
}

void mutation_texts(const Mutation *mutation, const char *text, char **written, char **read)
{
    guint behind = mutation->offset + mutation->length;

    *written = g_strndup(text + mutation->from, mutation->to - mutation->from);
    *read = g_strdup_printf("%.*s%s%.*s", (int)(mutation->offset - mutation->from),
                            text + mutation->from, mutation->word, (int)(mutation->to - behind),
                            text + behind);
}
