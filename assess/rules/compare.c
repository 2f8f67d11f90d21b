#include "rules/compare.h"

/* What is known of the order of two intervals. */
typedef struct {
    gboolean below, not_above; /* surely a < b, a <= b */
    gboolean above, not_below; /* surely a > b, a >= b */
} Order;

static Truth truth_of(gboolean surely, gboolean surely_not)
{
    return surely ? TRUTH_TRUE : surely_not ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

static Truth decide(Operator op, Order order)
{
    switch (op) {
    case OP_LESS:
        return truth_of(order.below, order.not_below);
    case OP_LESS_EQUAL:
        return truth_of(order.not_above, order.above);
    case OP_GREATER:
        return truth_of(order.above, order.not_above);
    case OP_GREATER_EQUAL:
        return truth_of(order.not_below, order.below);
    case OP_EQUAL:
        return truth_of(order.not_above && order.not_below, order.below || order.above);
    case OP_NOT_EQUAL:
        return truth_not(decide(OP_EQUAL, order));
    default:
        g_assert_not_reached();
    }
}

/* Sign of high(a) - low(b); 1 if one of them is open. */
static int gap(Value a, Value b)
{
    return a.no_high || b.no_low ? 1 : rational_compare(a.high, b.low);
}

Truth compare_values(Operator op, Value a, Value b)
{
    Order order;
    Truth truth;

    if (!a.exists || !b.exists)
        return TRUTH_NONE;
    if (!a.may_be_defined || !b.may_be_defined)
        return TRUTH_FALSE;
    order.below = gap(a, b) < 0;
    order.not_above = gap(a, b) <= 0;
    order.above = gap(b, a) < 0;
    order.not_below = gap(b, a) <= 0;
    truth = decide(op, order);
    if (truth == TRUTH_TRUE && (a.may_be_undefined || b.may_be_undefined))
        return TRUTH_UNKNOWN;
    return truth;
}

Truth compare_ranges(Operator op, guint low, guint high, guint low2, guint high2)
{
    return decide(op, (Order){
                          .below = high<low2, .not_above = high <= low2, .above = low> high2,
                          .not_below = low >= high2,
                      });
}
