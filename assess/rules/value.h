/* value.h - what is known of a condition or a number while blanks are open: Kleene's truth,
 * intervals with open ends, "no value" and "undefined" as states of their own. */
#pragma once

#include <glib.h>

#include "base/rational.h"

typedef enum {
    TRUTH_FALSE,
    TRUTH_UNKNOWN,
    TRUTH_TRUE,
    TRUTH_NONE /* nothing applicable: drops out of and, or */
} Truth;

/* A number that may still move. In arithmetic no value wins over undefined, and undefined over
 * numbers; a divisor that is exactly 0 makes undefined, one that only may be 0 makes "may be
 * undefined" and bounds of the quotients there are. */
typedef struct {
    gboolean exists;         /* FALSE: no value, nothing is applicable */
    gboolean may_be_defined; /* FALSE: undefined whatever the blanks are */
    gboolean may_be_undefined;
    gboolean no_low, no_high; /* unbounded below, above */
    Rational low, high;
} Value;

Value value_none(void);
Value value_undefined(void);
Value value_point(Rational number);
Value value_range(Rational low, Rational high);

Value value_add(Numbers *numbers, Value a, Value b);
Value value_sub(Numbers *numbers, Value a, Value b);
Value value_mul(Numbers *numbers, Value a, Value b);
Value value_div(Numbers *numbers, Value a, Value b);
Value value_neg(Numbers *numbers, Value a);
/* The smallest interval that holds both. Both exist. */
Value value_hull(Value a, Value b);

Truth truth_and(Truth a, Truth b);
Truth truth_or(Truth a, Truth b);
Truth truth_not(Truth a);
