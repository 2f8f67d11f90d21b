#include "audit/domain.h"

enum { YEARS_LIMIT = 200 };

static gboolean holds(int order, Operator op)
{
    switch (op) {
    case OP_LESS:
        return order < 0;
    case OP_LESS_EQUAL:
        return order <= 0;
    case OP_GREATER:
        return order > 0;
    case OP_GREATER_EQUAL:
        return order >= 0;
    case OP_EQUAL:
        return order == 0;
    case OP_NOT_EQUAL:
        return order != 0;
    }
    g_assert_not_reached();
}

static void add(GArray *values, Rational value)
{
    g_array_append_val(values, value);
}

static void add_integers(GArray *values, guint to)
{
    for (guint i = 0; i <= to; i++)
        add(values, rational_int(i));
}

/* Parts of `of` questions; of fewer, too, where some may be out of the reckoning. */
static void add_shares(GArray *values, guint of, gboolean fewer)
{
    for (guint whole = fewer ? 1 : of; whole <= of; whole++)
        for (guint part = 0; part <= whole; part++)
            add(values, rational_ratio(part, whole));
}

static gboolean any_may_drop(const Plan *plan, const GArray *cells)
{
    for (guint i = 0; i < cells->len; i++) {
        int question = g_array_index(cells, Cell, i).question;

        if (RUBRIC_QUESTION(plan->rubric, question)->na || plan->rubric->profiles->len > 0)
            return TRUE;
    }
    return FALSE;
}

static int by_value(gconstpointer a, gconstpointer b)
{
    return rational_compare(*(const Rational *)a, *(const Rational *)b);
}

/* The bounds, a value between any two, one below and one above all. */
static void add_line(GArray *values, const Rational *bounds, guint n)
{
    g_autoptr(GArray) sorted = g_array_sized_new(FALSE, FALSE, sizeof(Rational), n);
    g_autoptr(Numbers) numbers = numbers_new();
    const Rational *at = (const Rational *)(void *)g_array_append_vals(sorted, bounds, n)->data;

    g_array_sort(sorted, by_value);
    at = (const Rational *)(void *)sorted->data;
    add(values, rational_sub(numbers, at[0], RATIONAL_ONE));
    for (guint i = 0; i < n; i++) {
        add(values, at[i]);
        if (i + 1 < n)
            add(values,
                rational_div(numbers, rational_add(numbers, at[i], at[i + 1]), rational_int(2)));
    }
    add(values, rational_add(numbers, at[n - 1], RATIONAL_ONE));
}

/* Cut off what lies outside; a bound of the range stands for what was cut. */
static void clip(GArray *values, gboolean has_min, Rational min, gboolean has_max, Rational max)
{
    for (guint i = 0; i < values->len; i++) {
        Rational *value = &g_array_index(values, Rational, i);

        if (has_min && rational_compare(*value, min) < 0)
            *value = min;
        if (has_max && rational_compare(*value, max) > 0)
            *value = max;
    }
}

static gboolean fits(guint n)
{
    return n <= DOMAIN_LIMIT;
}

static void add_of_line(GArray *values, const Plan *plan, const Node *node, const Rational *bounds,
                        guint n)
{
    const Question *question;

    add_line(values, bounds, n);
    if (node->kind == NODE_QUESTION) {
        question = RUBRIC_QUESTION(plan->rubric, node->question);
        clip(values, question->has_min, question->min, question->has_max, question->max);
    } else if (node->kind == NODE_SCORE && plan->rubric->score == SCORE_MEAN) {
        clip(values, TRUE, RATIONAL_ZERO, TRUE, RATIONAL_ONE);
    } else if (node->kind == NODE_CLIMB) {
        clip(values, TRUE, RATIONAL_ZERO, TRUE, rational_int(plan->rubric->levels->len));
    } else if (node->kind == NODE_COUNT || node->kind == NODE_YEARS) {
        clip(values, TRUE, RATIONAL_ZERO, FALSE, RATIONAL_ZERO);
    }
}

GArray *domain_values(const Plan *plan, const Node *node, const Rational *bounds, guint n)
{
    GArray *values = g_array_new(FALSE, FALSE, sizeof(Rational));

    if (node->kind == NODE_COUNT && fits(node->cells->len))
        add_integers(values, node->cells->len);
    else if (node->kind == NODE_TICKED)
        add_integers(values, RUBRIC_QUESTION(plan->rubric, node->question)->options->len);
    else if (node->kind == NODE_YEARS)
        add_integers(values, YEARS_LIMIT);
    else if (node->kind == NODE_SHARE && fits(node->cells->len))
        add_shares(values, node->cells->len, any_may_drop(plan, node->cells));
    else if (node->kind == NODE_SHARE_OF && fits(node->cells->len))
        add_shares(values, node->cells->len, TRUE);
    else
        add_of_line(values, plan, node, bounds, n);
    return values;
}

char *domain_table(const GArray *values, Operator op, Rational bound)
{
    GString *table = g_string_sized_new(values->len);

    for (guint i = 0; i < values->len; i++)
        g_string_append_c(
            table,
            holds(rational_compare(g_array_index(values, Rational, i), bound), op) ? '1' : '0');
    return g_string_free(table, FALSE);
}

char *domain_options(guint n_options, Operator op, int bound)
{
    GString *table = g_string_sized_new(n_options);

    for (int i = 0; i < (int)n_options; i++)
        g_string_append_c(table, holds((i > bound) - (i < bound), op) ? '1' : '0');
    return g_string_free(table, FALSE);
}
