#include "rules/block_node.h"

#include <string.h>

#include "rules/reading.h"

/* ---- what says the same ---- */

static void append_cells(GString *key, const GArray *cells)
{
    for (guint i = 0; cells && i < cells->len; i++) {
        const Cell *cell = &g_array_index(cells, Cell, i);

        g_string_append_printf(key, ",%d:%d", cell->question, cell->option);
    }
    g_string_append_c(key, ';');
}

/* A number of many digits is like no other. */
static void append_number(GString *key, Rational number, guint at)
{
    if (number.big)
        g_string_append_printf(key, "node %u", at);
    else
        g_string_append_printf(key, "%" G_GINT64_FORMAT ":%" G_GUINT64_FORMAT,
                               (gint64)(number.num >> 64), (guint64)number.num);
    if (!number.big)
        g_string_append_printf(key, "/%" G_GINT64_FORMAT ":%" G_GUINT64_FORMAT,
                               (gint64)(number.den >> 64), (guint64)number.den);
}

static guint same_as(const BlockNode *nodes, int child)
{
    return child == NOWHERE ? 0 : nodes[child].same;
}

/* Equal for nodes that say the same of every company. */
static char *key_of(const BlockNode *nodes, const Node *node, guint at)
{
    GString *key = g_string_new(NULL);

    g_string_printf(key, "%d %d %d %u %u %d %d %d %d %d ", node->kind, node->op, node->op2,
                    same_as(nodes, node->left), same_as(nodes, node->right), node->question,
                    node->other, node->option, node->target, node->level);
    if (node->kind == NODE_NUMBER || node->kind == NODE_CLIMB)
        append_number(key, node->number, at);
    append_cells(key, node->cells);
    append_cells(key, node->cells2);
    return g_string_free(key, FALSE);
}

static void find_same(const Plan *plan, BlockNode *nodes)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < plan->nodes->len; i++) {
        char *key = key_of(nodes, PLAN_NODE(plan, i), i);
        gpointer first;

        nodes[i].same = i;
        if (g_hash_table_lookup_extended(seen, key, NULL, &first)) {
            nodes[i].same = GPOINTER_TO_UINT(first);
            g_free(key);
        } else {
            g_hash_table_insert(seen, key, GUINT_TO_POINTER(i));
        }
    }
}

/* count, share, any, all of the same questions and option count once. */
static void find_tally(const Plan *plan, BlockNode *nodes, guint at, GHashTable *tallies)
{
    const Node *node = PLAN_NODE(plan, at);
    GString *key = g_string_new(NULL);

    g_string_printf(key, "%d", node->op);
    append_cells(key, node->cells);
    nodes[at].tally = g_hash_table_lookup(tallies, key->str);
    if (!nodes[at].tally) {
        nodes[at].tally = block_tally_new(plan->rubric, node);
        nodes[at].owns_tally = TRUE;
        g_hash_table_insert(tallies, g_strdup(key->str), nodes[at].tally);
    }
    g_string_free(key, TRUE);
}

/* ---- making ---- */

static gboolean is_number(const Plan *plan, const Node *node)
{
    switch (node->kind) {
    case NODE_QUESTION:
        return RUBRIC_QUESTION(plan->rubric, node->question)->type != QUESTION_YESNO;
    case NODE_NUMBER:
    case NODE_ADD:
    case NODE_SUB:
    case NODE_MUL:
    case NODE_DIV:
    case NODE_NEG:
    case NODE_SCORE:
    case NODE_COUNT:
    case NODE_SHARE:
    case NODE_SHARE_OF:
    case NODE_TICKED:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_SUM:
    case NODE_MEAN:
    case NODE_CLIMB:
    case NODE_YEARS:
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean reads_levels(const Plan *plan, const BlockNode *nodes, const Node *node)
{
    if (node->kind == NODE_HELD)
        return TRUE;
    if (node->kind == NODE_MET)
        return nodes[PLAN_CONDITION(plan, node->target)->root].reads_levels;
    return (node->left != NOWHERE && nodes[node->left].reads_levels) ||
           (node->right != NOWHERE && nodes[node->right].reads_levels);
}

/* The last day from which `years` years have passed on `date`; 0 if there is none. */
static gint32 year_end(gint32 date, guint years)
{
    gint32 day = date - (gint32)(years * 365.2425) + 4;

    while (day > 0 && reading_years_between(day, date) < years)
        day--;
    return MAX(day, 0);
}

static void find_year_ends(BlockNode *node, gint32 date)
{
    GArray *ends = g_array_new(FALSE, FALSE, sizeof(gint32));
    gint32 end;

    while ((end = year_end(date, ends->len + 1)) > 0)
        g_array_append_val(ends, end);
    node->n_years = ends->len;
    node->year_ends = (gint32 *)(void *)g_array_free(ends, FALSE);
}

static void make_test(const Plan *plan, const Node *node, BlockNode *rows)
{
    const Question *question =
        node->question == NOWHERE ? NULL : RUBRIC_QUESTION(plan->rubric, node->question);

    if (node->kind == NODE_OPTION)
        rows->test = option_test(node->op, (guint)node->option, question->options->len);
    else if (node->kind == NODE_QUESTION && question->type == QUESTION_YESNO)
        rows->test = option_test(OP_EQUAL, 1, question->options->len);
}

static void make_rows(const Plan *plan, BlockNode *nodes, guint at, gint32 date,
                      GHashTable *tallies)
{
    const Node *node = PLAN_NODE(plan, at);
    BlockNode *rows = &nodes[at];

    if (node->kind == NODE_COUNT || node->kind == NODE_SHARE || node->kind == NODE_ANY ||
        node->kind == NODE_ALL)
        find_tally(plan, nodes, at, tallies);
    if (node->kind == NODE_SHARE_OF)
        rows->pair = block_pair_new(plan->rubric, node);
    if (node->kind == NODE_YEARS)
        find_year_ends(rows, date);
    if (node->kind == NODE_COMPARE)
        rows->decision = block_number_decision(node->op);
    make_test(plan, node, rows);
    if (!rows->is_number) {
        rows->truth = rows_new(1);
        rows->official = rows->reads_levels ? rows_new(1) : NULL;
    } else if (node->kind != NODE_SCORE) {
        rows->number = block_number_new();
    }
    if (node->kind == NODE_NUMBER)
        block_number_set_point(rows->number, value_point(node->number));
}

static void describe(const Plan *plan, BlockNode *nodes, const Condition *condition)
{
    for (int i = condition->first; i <= condition->root; i++) {
        nodes[i].is_number = is_number(plan, PLAN_NODE(plan, i));
        nodes[i].reads_levels = reads_levels(plan, nodes, PLAN_NODE(plan, i));
    }
}

BlockNode *block_nodes_new(const Plan *plan, gint32 date)
{
    BlockNode *nodes = g_new0(BlockNode, MAX(plan->nodes->len, 1));
    g_autoptr(GHashTable) tallies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    find_same(plan, nodes);
    for (guint i = 0; i < plan->order->len; i++) /* met() looks at requirements before */
        describe(plan, nodes, PLAN_CONDITION(plan, g_array_index(plan->order, int, i)));
    for (guint i = 0; i < plan->contradictions->len; i++)
        describe(plan, nodes, PLAN_CONTRADICTION(plan, i));
    for (guint i = 0; i < plan->nodes->len; i++)
        if (nodes[i].same == i)
            make_rows(plan, nodes, i, date, tallies);
    return nodes;
}

void block_nodes_free(BlockNode *nodes, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_aligned_free(nodes[i].truth);
        g_aligned_free(nodes[i].official);
        block_number_free(nodes[i].number);
        if (nodes[i].owns_tally)
            block_tally_free(nodes[i].tally);
        block_pair_free(nodes[i].pair);
        g_free(nodes[i].year_ends);
    }
    g_free(nodes);
}

/* ---- numbers ---- */

static gint64 unit_of(const Question *question)
{
    return question->type == QUESTION_PERCENT ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_UNIT;
}

/* What the number is where nothing is answered. */
static Value blank_number(const Question *question)
{
    Value value = value_range(RATIONAL_ZERO, RATIONAL_ZERO);

    value.low = question->has_min ? question->min : RATIONAL_ZERO;
    value.high = question->has_max ? question->max : RATIONAL_ZERO;
    value.no_low = !question->has_min;
    value.no_high = !question->has_max;
    return value;
}

/* What a number may be, in units of the answers. */
typedef struct {
    gboolean no_low, no_high;
    gint64 low, high;
} Extent;

/* The same as blank_number(). FALSE if its ends are no whole numbers of units. */
static gboolean blank_extent(const Question *question, Extent *extent)
{
    Value blank = blank_number(question);
    gint64 unit = unit_of(question);

    if (blank.low.big || blank.high.big || unit % blank.low.den != 0 || unit % blank.high.den != 0)
        return FALSE;
    *extent =
        (Extent){ blank.no_low, blank.no_high, (gint64)(blank.low.num * (unit / blank.low.den)),
                  (gint64)(blank.high.num * (unit / blank.high.den)) };
    return TRUE;
}

static void fill_gaps(const ReadColumn *column, Value blank, guint n, BlockNumber *number)
{
    if (column->has_blank || column->has_none)
        for (guint row = 0; row < n; row++)
            if (column->state[row] != READ_ANSWERED)
                block_number_put(number, row,
                                 column->state[row] == READ_NONE ? value_none() : blank);
}

/* As fill_gaps() of what is a whole number of units, in one go. */
static void fill_whole_gaps(const ReadColumn *column, Extent blank, BlockNumber *number)
{
    guint8 flags =
        (guint8)((blank.no_low ? NUMBER_NO_LOW : 0) | (blank.no_high ? NUMBER_NO_HIGH : 0));

    for (guint row = 0; row < BLOCK_ROWS; row++) {
        gboolean is_blank = column->state[row] == READ_BLANK;
        gboolean is_none = column->state[row] == READ_NONE;

        number->flags[row] = (guint8)(is_none ? NUMBER_NONE : is_blank ? flags : 0);
        number->low[row] = is_blank ? blank.low : number->low[row];
        number->high[row] = is_blank ? blank.high : number->high[row];
    }
}

static void count_question(const Question *question, const ReadColumn *column, guint n,
                           BlockNumber *number)
{
    Extent blank;

    memset(number->flags, 0, BLOCK_ROWS);
    block_number_set_den(number, unit_of(question));
    memcpy(number->low, column->from->number, BLOCK_ROWS * sizeof *number->low);
    memcpy(number->high, column->from->number, BLOCK_ROWS * sizeof *number->high);
    if (!column->has_blank && !column->has_none)
        return;
    if (blank_extent(question, &blank))
        fill_whole_gaps(column, blank, number);
    else
        fill_gaps(column, blank_number(question), n, number);
}

static void count_cells(const BlockTally *tally, gboolean is_share, BlockNumber *number)
{
    if (!is_share)
        block_number_set_den(number, 1);
    else
        number->den = 0;
    for (guint row = 0; row < BLOCK_ROWS; row++) {
        number->flags[row] = tally->applicable[row] == 0 ? NUMBER_NONE : 0;
        number->low[row] = tally->sure[row];
        number->high[row] = tally->possible[row];
        if (is_share)
            number->low_den[row] = number->high_den[row] = MAX(tally->applicable[row], 1);
    }
}

/* See share_of_cells() of rules/evaluate.c. */
static void count_pair(const BlockPair *pair, BlockNumber *number)
{
    number->den = 0;
    for (guint row = 0; row < BLOCK_ROWS; row++) {
        gint64 least = pair->must_with[row], most = pair->can_with[row];
        gint64 low_den = least + pair->can_without[row];
        gint64 high_den = most + pair->must_without[row];
        gboolean is_undefined = pair->can_with[row] + pair->can_without[row] == 0;

        number->flags[row] = pair->applicable[row] == 0    ? NUMBER_NONE
                             : is_undefined                ? NUMBER_UNDEFINED | NUMBER_MAYBE
                             : pair->must_inside[row] == 0 ? NUMBER_MAYBE
                                                           : 0;
        number->low[row] = low_den == 0 && !is_undefined ? 1 : least;
        number->high[row] = most;
        number->low_den[row] = MAX(low_den, 1);
        number->high_den[row] = MAX(high_den, 1);
    }
}

static void count_ticks(const Question *question, const ReadColumn *column, guint n,
                        BlockNumber *number)
{
    const gint64 all = question->options->len;
    const guint64 known = all == 64 ? G_MAXUINT64 : ((guint64)1 << all) - 1;

    memset(number->flags, 0, BLOCK_ROWS);
    block_number_set_den(number, 1);
    for (guint row = 0; row < BLOCK_ROWS; row++)
        number->low[row] = number->high[row] =
            __builtin_popcountll(column->from->ticks[row] & known);
    fill_gaps(column, value_range(RATIONAL_ZERO, rational_int(all)), n, number);
}

/* How many of the ends the day does not come after; they fall. */
static gint64 years_since(const BlockNode *node, gint32 day)
{
    guint low = 0, high = node->n_years;

    while (low < high) {
        guint middle = (low + high) / 2;

        if (day <= node->year_ends[middle])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void count_years(const BlockNode *node, const ReadColumn *column, guint n,
                        BlockNumber *number)
{
    Value blank = value_point(RATIONAL_ZERO);

    blank.no_high = TRUE;
    memset(number->flags, 0, BLOCK_ROWS);
    block_number_set_den(number, 1);
    for (guint row = 0; row < n; row++)
        number->low[row] = number->high[row] = years_since(node, column->from->day[row]);
    fill_gaps(column, blank, n, number);
}

/* ---- min, max, sum, mean ---- */

/* What all of them may be where nothing is answered. FALSE if they have not one unit, or 64 bits
 * may not be enough for the sum. */
static gboolean find_blanks(const Node *node, const BlockReading *reading, Extent *blanks)
{
    const Rubric *rubric = reading->plan->rubric;
    Int128 top = 0;
    gint64 unit = 0;

    for (guint i = 0; i < node->cells->len; i++) {
        int at = g_array_index(node->cells, Cell, i).question;
        const Question *question = RUBRIC_QUESTION(rubric, at);

        if ((unit != 0 && unit != unit_of(question)) || !blank_extent(question, &blanks[i]))
            return FALSE;
        unit = unit_of(question);
        top += rows_top(reading->of[at].from->number, reading->block->n_rows);
        top += ABS((Int128)blanks[i].low) + ABS((Int128)blanks[i].high);
        if (top > LEAF_LIMIT)
            return FALSE;
    }
    return TRUE;
}

static Extent least_of(Extent a, Extent b)
{
    return (Extent){ a.no_low || b.no_low, a.no_high && b.no_high, MIN(a.low, b.low),
                     a.no_high   ? b.high
                     : b.no_high ? a.high
                                 : MIN(a.high, b.high) };
}

static Extent most_of(Extent a, Extent b)
{
    return (Extent){ a.no_low && b.no_low, a.no_high || b.no_high,
                     a.no_low   ? b.low
                     : b.no_low ? a.low
                                : MAX(a.low, b.low),
                     MAX(a.high, b.high) };
}

static Extent sum_of(Extent a, Extent b)
{
    return (Extent){ a.no_low || b.no_low, a.no_high || b.no_high, a.low + b.low, a.high + b.high };
}

static void aggregate_row(const Node *node, const BlockReading *reading, const Extent *blanks,
                          gint64 unit, guint row, BlockNumber *number)
{
    Extent all = { FALSE, FALSE, 0, 0 };
    gint64 n = 0;

    for (guint i = 0; i < node->cells->len; i++) {
        const ReadColumn *column = &reading->of[g_array_index(node->cells, Cell, i).question];
        gint64 answer = column->from->number[row];
        Extent extent =
            column->state[row] == READ_BLANK ? blanks[i] : (Extent){ FALSE, FALSE, answer, answer };

        if (column->state[row] == READ_NONE)
            continue;
        all = n++ == 0                 ? extent
              : node->kind == NODE_MIN ? least_of(all, extent)
              : node->kind == NODE_MAX ? most_of(all, extent)
                                       : sum_of(all, extent);
    }
    number->flags[row] =
        (guint8)(n == 0 ? NUMBER_NONE
                        : (all.no_low ? NUMBER_NO_LOW : 0) | (all.no_high ? NUMBER_NO_HIGH : 0));
    number->low[row] = all.low;
    number->high[row] = all.high;
    number->low_den[row] = number->high_den[row] =
        node->kind == NODE_MEAN ? unit * MAX(n, 1) : unit;
}

static void count_by_scalar(guint at, const BlockReading *reading, Numbers *numbers,
                            BlockNumber *number)
{
    for (guint row = 0; row < reading->block->n_rows; row++) {
        g_autoptr(Answers) answers = block_answers(reading->block, row);
        const Evaluation evaluation = { .plan = reading->plan,
                                        .answers = answers,
                                        .reading = reading->reading,
                                        .date = reading->date,
                                        .numbers = numbers };

        block_number_put(number, row, evaluation_value(&evaluation, (int)at));
    }
}

static void aggregate(guint at, const Node *node, const BlockReading *reading, Numbers *numbers,
                      BlockNumber *number)
{
    g_autofree Extent *blanks = g_new(Extent, MAX(node->cells->len, 1));
    gint64 unit;

    if (node->cells->len == 0 || !find_blanks(node, reading, blanks)) {
        count_by_scalar(at, reading, numbers, number);
        return;
    }
    unit = unit_of(
        RUBRIC_QUESTION(reading->plan->rubric, g_array_index(node->cells, Cell, 0).question));
    number->den = 0;
    for (guint row = 0; row < reading->block->n_rows; row++)
        aggregate_row(node, reading, blanks, unit, row, number);
}

/* ---- all numbers ---- */

const BlockNumber *block_node_number(const BlockNode *nodes, const Plan *plan, guint at,
                                     const BlockScores *scores)
{
    const Node *node = PLAN_NODE(plan, at);

    if (node->kind != NODE_SCORE)
        return nodes[nodes[at].same].number;
    return node->target == NOWHERE && node->level == NOWHERE
               ? block_scores_total(scores)
               : block_scores_mean(scores, node->target, node->level);
}

static void count_arithmetic(BlockNode *nodes, guint at, const BlockReading *reading,
                             const BlockScores *scores, Numbers *numbers)
{
    const Node *node = PLAN_NODE(reading->plan, at);
    const BlockNumber *left = block_node_number(nodes, reading->plan, (guint)node->left, scores);
    const BlockNumber *right =
        node->right == NOWHERE
            ? left
            : block_node_number(nodes, reading->plan, (guint)node->right, scores);
    BlockNumber *number = nodes[at].number;

    if (node->kind == NODE_ADD || node->kind == NODE_SUB) {
        block_number_add(number, left, right, node->kind == NODE_SUB, reading->block->n_rows,
                         numbers);
        return;
    }
    for (guint row = 0; row < reading->block->n_rows; row++) {
        Value a = block_number_value(left, row), b = block_number_value(right, row);

        block_number_put(number, row,
                         node->kind == NODE_MUL   ? value_mul(numbers, a, b)
                         : node->kind == NODE_DIV ? value_div(numbers, a, b)
                                                  : value_neg(numbers, a));
    }
}

void block_node_count(BlockNode *nodes, guint at, const BlockReading *reading,
                      const BlockScores *scores, Numbers *numbers)
{
    const Node *node = PLAN_NODE(reading->plan, at);
    const Question *question =
        node->question == NOWHERE ? NULL : RUBRIC_QUESTION(reading->plan->rubric, node->question);
    const ReadColumn *column = node->question == NOWHERE ? NULL : &reading->of[node->question];
    guint n = reading->block->n_rows;
    BlockNode *rows = &nodes[at];

    switch (node->kind) {
    case NODE_NUMBER:
    case NODE_SCORE:
        break;
    case NODE_QUESTION:
        count_question(question, column, n, rows->number);
        break;
    case NODE_COUNT:
    case NODE_SHARE:
        count_cells(rows->tally, node->kind == NODE_SHARE, rows->number);
        break;
    case NODE_SHARE_OF:
        block_pair_count(rows->pair, reading);
        count_pair(rows->pair, rows->number);
        break;
    case NODE_TICKED:
        count_ticks(question, column, n, rows->number);
        break;
    case NODE_YEARS:
        count_years(rows, column, n, rows->number);
        break;
    case NODE_CLIMB:
        block_scores_climb(scores, node->number, n, numbers, rows->number);
        break;
    case NODE_MIN:
    case NODE_MAX:
    case NODE_SUM:
    case NODE_MEAN:
        aggregate(at, node, reading, numbers, rows->number);
        break;
    default:
        count_arithmetic(nodes, at, reading, scores, numbers);
        break;
    }
}
