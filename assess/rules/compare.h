/* compare.h - comparisons while blanks are open, by the contract's "Comparing intervals". */
#pragma once

#include "rules/condition.h"
#include "rules/value.h"

/* Whether `a op b`: none if a side has no value, false if a side is undefined whatever the blanks
 * are; where a side may be undefined, a comparison that would be true is unknown. */
Truth compare_values(Operator op, Value a, Value b);

/* Whether options `low` to `high` of one question compare so with options `low2` to `high2` of
 * another on the same scale, by order. */
Truth compare_ranges(Operator op, guint low, guint high, guint low2, guint high2);
