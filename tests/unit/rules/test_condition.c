#include "rules/condition.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* The tree as text with every node in brackets, so that precedence shows. */
static void print(const Syntax *syntax, GString *out)
{
    static const char *const WORDS[] = {
        [SYNTAX_ADD] = "+",   [SYNTAX_SUB] = "-", [SYNTAX_MUL] = "*",   [SYNTAX_DIV] = "/",
        [SYNTAX_AND] = "and", [SYNTAX_OR] = "or", [SYNTAX_NEG] = "neg", [SYNTAX_NOT] = "not",
    };

    if (syntax->kind == SYNTAX_NUMBER) {
        g_autofree char *number = rational_format(syntax->number, 8, ROUND_HALF_UP);

        g_string_append(out, number);
        return;
    }
    if (syntax->kind == SYNTAX_NAME) {
        g_string_append(out, syntax->name);
        return;
    }
    g_string_append_printf(out, "(%s",
                           syntax->kind == SYNTAX_CALL      ? syntax->name
                           : syntax->kind == SYNTAX_COMPARE ? operator_text(syntax->op)
                                                            : WORDS[syntax->kind]);
    for (guint i = 0; i < syntax->parts->len; i++) {
        g_string_append_c(out, ' ');
        print(g_ptr_array_index(syntax->parts, i), out);
    }
    g_string_append_c(out, ')');
}

Test(condition, binds_operators_as_the_grammar_says)
{
    static const struct {
        const char *text, *tree;
    } CASES[] = {
        { "a", "a" },
        { "a or b and c", "(or a (and b c))" },
        { "(a or b) and c", "(and (or a b) c)" },
        { "not a >= b and c", "(and (not (>= a b)) c)" },
        { "x + y * 2 >= 60%", "(>= (+ x (* y 2)) 0.6)" },
        { "x - y - z = 0", "(= (- (- x y) z) 0)" },
        { "x / y / z != 1", "(!= (/ (/ x y) z) 1)" },
        { "-x < -1.5", "(< (neg x) (neg 1.5))" },
        { "share(scenes >= ai, scenes >= built) >= 20 %",
          "(>= (share (>= scenes ai) (>= scenes built)) 0.2)" },
        { "score() <= 0.1", "(<= (score) 0.1)" },
        { "orange and android", "(and orange android)" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        SyntaxFault fault;
        g_autoptr(Syntax) syntax = condition_parse(CASES[i].text, &fault);
        g_autoptr(GString) tree = g_string_new(NULL);

        cr_assert(ne(ptr, syntax, NULL), "%s: %s", CASES[i].text, fault.message);
        print(syntax, tree);
        cr_expect(eq(str, tree->str, (char *)CASES[i].tree), "%s", CASES[i].text);
    }
}

Test(condition, names_the_fault_and_its_place)
{
    static const struct {
        const char *text;
        guint offset;
        const char *says, *hint;
    } CASES[] = {
        { "", 0, "the condition ends where a number, a name or `(` is expected", NULL },
        { "a and", 5, "the condition ends where a number, a name or `(` is expected", NULL },
        { "a b", 2, "expected `and`, `or` or the end, found \"b\"", NULL },
        { "(a", 2, "the condition ends where `)` is expected", NULL },
        { "f(a b)", 4, "expected `,` or `)`, found \"b\"", NULL },
        { "f(a,", 4, "the condition ends where a number, a name or `(` is expected", NULL },
        { "a == b", 2, "`==` is not an operator here", "write `=`" },
        { "a && b", 2, "`&&` is not an operator here", "write `and`" },
        { "a \xe2\x89\xa5 b", 2, "`\xe2\x89\xa5` is not an operator here", "write `>=`" },
        { "a < b < c", 6, "a comparison has one operator", "join two comparisons with `and`" },
        { "not not a", 4, "expected a comparison after `not`, found \"not\"", NULL },
        { "a ? b", 2, "`?` has no meaning in a condition", NULL },
        { "1.2.3 > a", 0, "\"1.2.3\" is not a decimal number", NULL },
        { "a > 1234567890123", 4,
          "\"1234567890123\" has more than 12 digits before or 6 after the point", NULL },
        { "a > 0.1234567", 4, "\"0.1234567\" has more than 12 digits before or 6 after the point",
          NULL },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        SyntaxFault fault;

        cr_expect(zero(ptr, condition_parse(CASES[i].text, &fault)), "%s", CASES[i].text);
        cr_expect(eq(str, fault.message, (char *)CASES[i].says), "%s", CASES[i].text);
        cr_expect(eq(uint, fault.offset, CASES[i].offset), "%s", CASES[i].text);
        cr_expect(zero(g_strcmp0(fault.hint, CASES[i].hint)), "%s: %s", CASES[i].text, fault.hint);
        syntax_fault_clear(&fault);
    }
}

static char *nested(int depth)
{
    GString *text = g_string_new(NULL);

    for (int i = 0; i < depth; i++)
        g_string_append_c(text, '(');
    g_string_append_c(text, 'a');
    for (int i = 0; i < depth; i++)
        g_string_append_c(text, ')');
    return g_string_free(text, FALSE);
}

Test(condition, stops_at_its_limits)
{
    g_autofree char *deep = nested(CONDITION_DEPTH_LIMIT - 1);
    g_autofree char *deeper = nested(CONDITION_DEPTH_LIMIT);
    g_autofree char *minus = g_strnfill(100000, '-');
    g_autoptr(GString) wide = g_string_new("a");
    SyntaxFault fault;
    g_autoptr(Syntax) fits = condition_parse(deep, &fault);
    g_autoptr(Syntax) fits_too = NULL;

    cr_expect(ne(ptr, fits, NULL));
    cr_expect(zero(ptr, condition_parse(deeper, &fault)));
    cr_expect(eq(str, fault.message, "nested more than 64 deep"));
    syntax_fault_clear(&fault);
    cr_expect(zero(ptr, condition_parse(minus, &fault)));
    cr_expect(eq(str, fault.message, "nested more than 64 deep"));
    syntax_fault_clear(&fault);

    /* n names and n - 1 operators: 2n - 1 parts */
    for (int i = 1; i < CONDITION_NODES_LIMIT / 2; i++)
        g_string_append(wide, " or a");
    fits_too = condition_parse(wide->str, &fault);
    cr_expect(ne(ptr, fits_too, NULL));
    g_string_append(wide, " or a");
    cr_expect(zero(ptr, condition_parse(wide->str, &fault)));
    cr_expect(eq(str, fault.message, "the condition has more than 4096 parts"));
    syntax_fault_clear(&fault);
}
