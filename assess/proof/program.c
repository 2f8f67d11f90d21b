#include "proof/program.h"

#include <math.h>

enum {
    SUM_LIMIT = 1 << 30 /* of the whole coefficients of a row: doubles tell 1 from 0 beside it */
};

typedef struct {
    int variable;
    Rational times;
} Term;

typedef struct {
    int row;
    double value;
} Entry;

struct Program {
    GArray *lower, *upper; /* of double, by column */
    GArray *is_integer;    /* of char */
    GPtrArray *columns;    /* of GArray * of Entry */
    GArray *row_lower, *row_upper;
    gboolean is_void;
    Numbers *numbers;
    SolverProblem problem;
    GArray *starts, *rows, *values; /* as the solver takes them */
};

static void free_array(gpointer array)
{
    g_array_unref(array);
}

Program *program_new(void)
{
    Program *program = g_new0(Program, 1);

    program->lower = g_array_new(FALSE, FALSE, sizeof(double));
    program->upper = g_array_new(FALSE, FALSE, sizeof(double));
    program->is_integer = g_array_new(FALSE, FALSE, sizeof(char));
    program->columns = g_ptr_array_new_with_free_func(free_array);
    program->row_lower = g_array_new(FALSE, FALSE, sizeof(double));
    program->row_upper = g_array_new(FALSE, FALSE, sizeof(double));
    program->starts = g_array_new(FALSE, FALSE, sizeof(int));
    program->rows = g_array_new(FALSE, FALSE, sizeof(int));
    program->values = g_array_new(FALSE, FALSE, sizeof(double));
    program->numbers = numbers_new();
    return program;
}

void program_free(Program *program)
{
    if (!program)
        return;
    g_array_unref(program->lower);
    g_array_unref(program->upper);
    g_array_unref(program->is_integer);
    g_ptr_array_unref(program->columns);
    g_array_unref(program->row_lower);
    g_array_unref(program->row_upper);
    g_array_unref(program->starts);
    g_array_unref(program->rows);
    g_array_unref(program->values);
    numbers_free(program->numbers);
    g_free(program);
}

/* ---- columns and rows ---- */

static int add_column(Program *program, double lower, double upper, gboolean is_integer)
{
    const char whole = is_integer ? 1 : 0;

    g_array_append_val(program->lower, lower);
    g_array_append_val(program->upper, upper);
    g_array_append_val(program->is_integer, whole);
    g_ptr_array_add(program->columns, g_array_new(FALSE, FALSE, sizeof(Entry)));
    return (int)program->columns->len - 1;
}

static int add_row(Program *program, double lower, double upper)
{
    g_array_append_val(program->row_lower, lower);
    g_array_append_val(program->row_upper, upper);
    return (int)program->row_lower->len - 1;
}

static void put(Program *program, int row, int column, double value)
{
    GArray *entries = g_ptr_array_index(program->columns, column);
    Entry entry = { row, value };

    if (entries->len > 0 && g_array_index(entries, Entry, entries->len - 1).row == row)
        g_array_index(entries, Entry, entries->len - 1).value += value;
    else
        g_array_append_val(entries, entry);
}

/* ---- literals ---- */

static int variable_of(Literal literal)
{
    return (literal - 2) / 2;
}

static gboolean is_negated(Literal literal)
{
    return literal % 2 == 1;
}

Literal literal_not(Literal literal)
{
    return literal ^ 1;
}

Literal program_literal(Program *program)
{
    return 2 + 2 * add_column(program, 0, 1, TRUE);
}

gboolean literal_holds(Literal literal, const double *solution)
{
    if (literal < 2)
        return literal == LITERAL_YES;
    return (solution[variable_of(literal)] > 0.5) != is_negated(literal);
}

/* Put `times` times a literal into a row; the constant of a negation goes to the caller. */
static double put_literal(Program *program, int row, Literal literal, double times)
{
    if (literal < 2)
        return literal == LITERAL_YES ? times : 0;
    put(program, row, variable_of(literal), is_negated(literal) ? -times : times);
    return is_negated(literal) ? times : 0;
}

static void shift(Program *program, int row, double by)
{
    g_array_index(program->row_lower, double, row) -= by;
    g_array_index(program->row_upper, double, row) -= by;
}

/* Of distinct literals none of which is constant: z is at least each, at most their sum. */
static Literal gate(Program *program, const GArray *literals)
{
    Literal z = program_literal(program);
    int sum = add_row(program, 0, HUGE_VAL);
    double constant = 0;

    for (guint i = 0; i < literals->len; i++) {
        const Literal literal = g_array_index(literals, Literal, i);
        const int row = add_row(program, 0, HUGE_VAL);

        put_literal(program, row, z, 1);
        shift(program, row, put_literal(program, row, literal, -1));
        constant += put_literal(program, sum, literal, 1);
    }
    put_literal(program, sum, z, -1);
    shift(program, sum, constant);
    return z;
}

static int by_number(gconstpointer a, gconstpointer b)
{
    return *(const Literal *)a - *(const Literal *)b;
}

Literal program_any(Program *program, const GArray *literals)
{
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(Literal));
    g_autoptr(GArray) sorted = g_array_copy((GArray *)literals);

    g_array_sort(sorted, by_number);
    for (guint i = 0; i < sorted->len; i++) {
        const Literal literal = g_array_index(sorted, Literal, i);
        const Literal last =
            kept->len > 0 ? g_array_index(kept, Literal, kept->len - 1) : LITERAL_NO;

        if (literal == LITERAL_YES || (kept->len > 0 && literal == literal_not(last)))
            return LITERAL_YES;
        if (literal != LITERAL_NO && literal != last)
            g_array_append_val(kept, literal);
    }
    if (kept->len == 0)
        return LITERAL_NO;
    return kept->len == 1 ? g_array_index(kept, Literal, 0) : gate(program, kept);
}

Literal program_all(Program *program, const GArray *literals)
{
    g_autoptr(GArray) negated = g_array_copy((GArray *)literals);

    for (guint i = 0; i < negated->len; i++)
        g_array_index(negated, Literal, i) = literal_not(g_array_index(negated, Literal, i));
    return literal_not(program_any(program, negated));
}

Literal program_or(Program *program, Literal a, Literal b)
{
    g_autoptr(GArray) both = g_array_new(FALSE, FALSE, sizeof(Literal));

    g_array_append_val(both, a);
    g_array_append_val(both, b);
    return program_any(program, both);
}

Literal program_and(Program *program, Literal a, Literal b)
{
    return literal_not(program_or(program, literal_not(a), literal_not(b)));
}

void program_one_of(Program *program, const GArray *literals)
{
    const int row = add_row(program, 1, 1);
    double constant = 0;

    for (guint i = 0; i < literals->len; i++)
        constant += put_literal(program, row, g_array_index(literals, Literal, i), 1);
    shift(program, row, constant);
}

void program_require(Program *program, Literal literal)
{
    if (literal == LITERAL_NO) {
        program->is_void = TRUE;
    } else if (literal != LITERAL_YES) {
        const int column = variable_of(literal);
        const double value = is_negated(literal) ? 0 : 1;

        program->is_void |= g_array_index(program->lower, double, column) > value ||
                            g_array_index(program->upper, double, column) < value;
        g_array_index(program->lower, double, column) = value;
        g_array_index(program->upper, double, column) = value;
    }
}

gboolean program_is_void(const Program *program)
{
    return program->is_void;
}

/* ---- sums ---- */

Linear *linear_new(Rational constant)
{
    Linear *linear = g_new(Linear, 1);

    linear->terms = g_array_new(FALSE, FALSE, sizeof(Term));
    linear->constant = constant;
    return linear;
}

void linear_free(Linear *linear)
{
    if (!linear)
        return;
    g_array_unref(linear->terms);
    g_free(linear);
}

static void add_term(Linear *linear, Numbers *numbers, int variable, Rational times)
{
    Term term = { variable, times };

    for (guint i = 0; i < linear->terms->len; i++) {
        Term *known = &g_array_index(linear->terms, Term, i);

        if (known->variable == variable) {
            known->times = rational_add(numbers, known->times, times);
            return;
        }
    }
    g_array_append_val(linear->terms, term);
}

void linear_add_literal(Linear *linear, Numbers *numbers, Literal literal, Rational times)
{
    if (literal == LITERAL_NO || rational_sign(times) == 0)
        return;
    if (literal == LITERAL_YES || is_negated(literal))
        linear->constant = rational_add(numbers, linear->constant, times);
    if (literal > LITERAL_YES)
        add_term(linear, numbers, variable_of(literal),
                 is_negated(literal) ? rational_neg(numbers, times) : times);
}

void linear_add(Linear *linear, Numbers *numbers, const Linear *other, Rational times)
{
    linear->constant =
        rational_add(numbers, linear->constant, rational_mul(numbers, other->constant, times));
    for (guint i = 0; i < other->terms->len; i++) {
        const Term *term = &g_array_index(other->terms, Term, i);

        add_term(linear, numbers, term->variable, rational_mul(numbers, term->times, times));
    }
}

double linear_value(const Linear *linear, const double *solution)
{
    double value = rational_to_double(linear->constant);

    for (guint i = 0; i < linear->terms->len; i++) {
        const Term *term = &g_array_index(linear->terms, Term, i);

        value += rational_to_double(term->times) * solution[term->variable];
    }
    return value;
}

/* ---- whole numbers ---- */

static gint64 greatest_divisor(gint64 a, gint64 b)
{
    while (b != 0) {
        const gint64 rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Multiply a common denominator by what `number` adds to it. FALSE if it grows too large. */
static gboolean widen(gint64 *denominator, Rational number)
{
    if (number.big || number.den > SUM_LIMIT)
        return FALSE;
    *denominator =
        *denominator / greatest_divisor(*denominator, (gint64)number.den) * (gint64)number.den;
    return *denominator > 0 && *denominator <= SUM_LIMIT;
}

/* A sum times its common denominator, divided by what all its factors share: whole numbers. */
typedef struct {
    gint64 *times; /* by term */
    gint64 constant;
    double least, most; /* that it can be */
    gboolean is_whole;  /* all its variables are */
} Whole;

static gboolean scale(gint64 denominator, Rational number, gint64 *whole)
{
    const Int128 value = number.num * (denominator / (gint64)number.den);

    *whole = (gint64)value;
    return value > -SUM_LIMIT && value < SUM_LIMIT;
}

static void bound(const Program *program, const Linear *sum, Whole *whole)
{
    whole->least = whole->most = (double)whole->constant;
    whole->is_whole = TRUE;
    for (guint i = 0; i < sum->terms->len; i++) {
        const int column = g_array_index(sum->terms, Term, i).variable;
        const double times = (double)whole->times[i];
        const double low = g_array_index(program->lower, double, column);
        const double high = g_array_index(program->upper, double, column);

        if (times == 0)
            continue;
        whole->least += times > 0 ? times * low : times * high;
        whole->most += times > 0 ? times * high : times * low;
        whole->is_whole &= g_array_index(program->is_integer, char, column);
    }
}

/* Divide by what all its factors share: small numbers are told apart more surely. */
static void reduce(Whole *whole, guint n)
{
    gint64 shared = ABS(whole->constant);

    for (guint i = 0; i < n; i++)
        shared = greatest_divisor(shared, ABS(whole->times[i]));
    if (shared < 2)
        return;
    whole->constant /= shared;
    for (guint i = 0; i < n; i++)
        whole->times[i] /= shared;
}

/* FALSE if the numbers are too large. Free `times` with g_free(). */
static gboolean make_whole(const Program *program, const Linear *sum, Whole *whole)
{
    gint64 denominator = 1;
    gboolean fits = widen(&denominator, sum->constant);

    whole->times = g_new0(gint64, sum->terms->len + 1);
    for (guint i = 0; fits && i < sum->terms->len; i++)
        fits = widen(&denominator, g_array_index(sum->terms, Term, i).times);
    fits = fits && scale(denominator, sum->constant, &whole->constant);
    for (guint i = 0; fits && i < sum->terms->len; i++)
        fits = scale(denominator, g_array_index(sum->terms, Term, i).times, &whole->times[i]);
    if (fits) {
        reduce(whole, sum->terms->len);
        bound(program, sum, whole);
    }
    return fits && whole->least > -SUM_LIMIT && whole->most < SUM_LIMIT;
}

static void put_sum(Program *program, int row, const Linear *sum, const Whole *whole)
{
    for (guint i = 0; i < sum->terms->len; i++)
        if (whole->times[i] != 0)
            put(program, row, g_array_index(sum->terms, Term, i).variable, (double)whole->times[i]);
    shift(program, row, (double)whole->constant);
}

/* t if the sum is at least `bar`, not t if it is at most `below`. */
static Literal reify(Program *program, const Linear *sum, const Whole *whole, double bar,
                     double below)
{
    const Literal t = program_literal(program);
    int row = add_row(program, whole->least, HUGE_VAL); /* sum - (bar - least) t >= least */

    put_sum(program, row, sum, whole);
    put_literal(program, row, t, whole->least - bar);
    row = add_row(program, -HUGE_VAL, below); /* sum - (most - below) t <= below */
    put_sum(program, row, sum, whole);
    put_literal(program, row, t, below - whole->most);
    return t;
}

/* Too large numbers leave the comparison open: either may be, whatever the sum is. */
static Literal compare(Program *program, const Linear *sum, gboolean is_above)
{
    Whole whole = { 0 };
    Literal result;

    if (!make_whole(program, sum, &whole))
        result = program_literal(program);
    else if (is_above ? whole.least > 0 : whole.least >= 0)
        result = LITERAL_YES;
    else if (is_above ? whole.most <= 0 : whole.most < 0)
        result = LITERAL_NO;
    else if (!whole.is_whole)
        result = reify(program, sum, &whole, 0, 0);
    else
        result = reify(program, sum, &whole, is_above ? 1 : 0, is_above ? 0 : -1);
    g_free(whole.times);
    return result;
}

Literal program_at_least_zero(Program *program, const Linear *sum)
{
    return compare(program, sum, FALSE);
}

Literal program_above_zero(Program *program, const Linear *sum)
{
    return compare(program, sum, TRUE);
}

/* number - bound >= 0, or bound - number >= 0. */
static void hold_above(Program *program, const Linear *more, const Linear *less)
{
    g_autoptr(Linear) difference = linear_new(RATIONAL_ZERO);
    Whole whole = { 0 };

    linear_add(difference, program->numbers, more, RATIONAL_ONE);
    linear_add(difference, program->numbers, less, rational_int(-1));
    if (make_whole(program, difference, &whole))
        put_sum(program, add_row(program, 0, HUGE_VAL), difference, &whole);
    g_free(whole.times);
}

static gboolean sum_range(const Program *program, const Linear *sum, gboolean most, double *value)
{
    *value = rational_to_double(sum->constant);
    for (guint i = 0; i < sum->terms->len; i++) {
        const Term *term = &g_array_index(sum->terms, Term, i);
        const double times = rational_to_double(term->times);

        *value += times * g_array_index((times > 0) == most ? program->upper : program->lower,
                                        double, term->variable);
    }
    return isfinite(*value);
}

Linear *program_between(Program *program, const Linear *low, const Linear *high)
{
    double least, most;
    Linear *number = linear_new(RATIONAL_ZERO);

    sum_range(program, low, FALSE, &least);
    sum_range(program, high, TRUE, &most);
    add_term(number, program->numbers, add_column(program, floor(least), ceil(most), FALSE),
             RATIONAL_ONE);
    hold_above(program, number, low);
    hold_above(program, high, number);
    return number;
}

/* The product of a number of 0..1 with a yes/no column. */
static int add_product(Program *program, int number, int column)
{
    const int product = add_column(program, 0, 1, FALSE);
    int row = add_row(program, 0, HUGE_VAL); /* column - product >= 0 */

    put(program, row, column, 1);
    put(program, row, product, -1);
    row = add_row(program, 0, HUGE_VAL); /* number - product >= 0 */
    put(program, row, number, 1);
    put(program, row, product, -1);
    row = add_row(program, -1, HUGE_VAL); /* product - number - column >= -1 */
    put(program, row, product, 1);
    put(program, row, number, -1);
    put(program, row, column, -1);
    return product;
}

Linear *program_quotient(Program *program, const Linear *top, const Linear *bottom, Literal none)
{
    const int column = add_column(program, 0, 1, FALSE);
    Linear *number = linear_new(RATIONAL_ZERO);
    g_autoptr(Linear) balance = linear_new(RATIONAL_ZERO); /* top - number * bottom */
    Whole whole = { 0 };
    int row;

    add_term(number, program->numbers, column, RATIONAL_ONE);
    linear_add(balance, program->numbers, top, RATIONAL_ONE);
    add_term(balance, program->numbers, column, rational_neg(program->numbers, bottom->constant));
    for (guint i = 0; i < bottom->terms->len; i++) {
        const Term *term = &g_array_index(bottom->terms, Term, i);

        add_term(balance, program->numbers, add_product(program, column, term->variable),
                 rational_neg(program->numbers, term->times));
    }
    if (make_whole(program, balance, &whole))
        put_sum(program, add_row(program, 0, 0), balance, &whole);
    g_free(whole.times);
    row = add_row(program, -HUGE_VAL, 1); /* number + none <= 1 */
    put(program, row, column, 1);
    shift(program, row, put_literal(program, row, none, 1));
    return number;
}

/* ---- arrays ---- */

const SolverProblem *program_problem(Program *program)
{
    int start = 0;

    g_array_set_size(program->starts, 0);
    g_array_set_size(program->rows, 0);
    g_array_set_size(program->values, 0);
    g_array_append_val(program->starts, start);
    for (guint i = 0; i < program->columns->len; i++) {
        const GArray *entries = g_ptr_array_index(program->columns, i);

        for (guint k = 0; k < entries->len; k++) {
            const Entry *entry = &g_array_index(entries, Entry, k);

            g_array_append_val(program->rows, entry->row);
            g_array_append_val(program->values, entry->value);
        }
        start += (int)entries->len;
        g_array_append_val(program->starts, start);
    }
    program->problem = (SolverProblem){
        .n_columns = (int)program->columns->len,
        .n_rows = (int)program->row_lower->len,
        .lower = (const double *)(void *)program->lower->data,
        .upper = (const double *)(void *)program->upper->data,
        .is_integer = program->is_integer->data,
        .starts = (const int *)(void *)program->starts->data,
        .rows = (const int *)(void *)program->rows->data,
        .values = (const double *)(void *)program->values->data,
        .row_lower = (const double *)(void *)program->row_lower->data,
        .row_upper = (const double *)(void *)program->row_upper->data,
    };
    return &program->problem;
}
