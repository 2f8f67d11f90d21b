#include "rules/condition.h"

#include <string.h>

#include "base/text.h"

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_COMPARE,
    TOKEN_SYMBOL, /* one of + - * / % ( ) , in `symbol` */
    TOKEN_FAULT
} TokenKind;

typedef struct {
    TokenKind kind;
    guint offset, length;
    char symbol;
    Operator op;
} Token;

typedef struct {
    const char *text;
    guint at;
    Token token; /* the next one, not yet taken */
    guint end;   /* of the token taken last */
    guint depth, nodes;
    SyntaxFault *fault;
} Parser;

static const struct {
    const char *text;
    Operator op;
} OPERATORS[] = {
    { "<=", OP_LESS_EQUAL }, { ">=", OP_GREATER_EQUAL }, { "!=", OP_NOT_EQUAL },
    { "<", OP_LESS },        { ">", OP_GREATER },        { "=", OP_EQUAL },
};

/* What people write from habit, and what the format writes instead. */
static const struct {
    const char *text, *instead;
} HABITS[] = {
    { "==", "=" },
    { "<>", "!=" },
    { "=>", ">=" },
    { "=<", "<=" },
    { "&&", "and" },
    { "||", "or" },
    { "!", "not" },
    { "\xe2\x89\xa5", ">=" },
    { "\xe2\x89\xa4", "<=" },
    { "\xe2\x89\xa0", "!=" },
    { "\xef\xbc\x85", "%" },
    { "\xc3\x97", "*" },
};

const char *operator_text(Operator op)
{
    for (guint i = 0; i < G_N_ELEMENTS(OPERATORS); i++)
        if (OPERATORS[i].op == op)
            return OPERATORS[i].text;
    g_assert_not_reached();
}

Operator operator_mirrored(Operator op)
{
    static const Operator MIRRORED[] = {
        [OP_LESS] = OP_GREATER, [OP_LESS_EQUAL] = OP_GREATER_EQUAL,
        [OP_GREATER] = OP_LESS, [OP_GREATER_EQUAL] = OP_LESS_EQUAL,
        [OP_EQUAL] = OP_EQUAL,  [OP_NOT_EQUAL] = OP_NOT_EQUAL,
    };

    return MIRRORED[op];
}

void syntax_free(Syntax *syntax)
{
    if (!syntax)
        return;
    g_free(syntax->name);
    g_clear_pointer(&syntax->parts, g_ptr_array_unref);
    g_free(syntax);
}

void syntax_fault_clear(SyntaxFault *fault)
{
    g_clear_pointer(&fault->message, g_free);
    g_clear_pointer(&fault->hint, g_free);
}

static void part_free(gpointer part)
{
    syntax_free(part);
}

/* Only the first fault counts: what follows is a consequence. */
static Syntax *refuse(Parser *parser, guint offset, guint length, char *message, const char *hint)
{
    if (parser->fault->message) {
        g_free(message);
    } else {
        parser->fault->offset = offset;
        parser->fault->length = length;
        parser->fault->message = message;
        parser->fault->hint = g_strdup(hint);
    }
    parser->token.kind = TOKEN_FAULT;
    return NULL;
}

static gboolean is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_';
}

static void scan_word(Parser *parser, Token *token)
{
    const char *start = parser->text + token->offset;
    const char *end = start;

    while (g_ascii_isalnum(*end) || *end == '_')
        end++;
    token->length = (guint)(end - start);
    token->kind = TOKEN_NAME;
    if (token->length == 3 && strncmp(start, "and", 3) == 0)
        token->kind = TOKEN_AND;
    else if (token->length == 2 && strncmp(start, "or", 2) == 0)
        token->kind = TOKEN_OR;
    else if (token->length == 3 && strncmp(start, "not", 3) == 0)
        token->kind = TOKEN_NOT;
}

static void scan_number(Parser *parser, Token *token)
{
    const char *start = parser->text + token->offset;
    const char *end = start;

    while (g_ascii_isdigit(*end) || *end == '.')
        end++;
    token->length = (guint)(end - start);
    token->kind = TOKEN_NUMBER;
}

static gboolean scan_habit(Parser *parser, Token *token)
{
    for (guint i = 0; i < G_N_ELEMENTS(HABITS); i++) {
        g_autofree char *hint = NULL;
        g_autofree char *message = NULL;

        if (!g_str_has_prefix(parser->text + token->offset, HABITS[i].text))
            continue;
        hint = g_strdup_printf("write `%s`", HABITS[i].instead);
        message = g_strdup_printf("`%s` is not an operator here", HABITS[i].text);
        refuse(parser, token->offset, (guint)strlen(HABITS[i].text), g_steal_pointer(&message),
               hint);
        return TRUE;
    }
    return FALSE;
}

static gboolean scan_operator(Parser *parser, Token *token)
{
    for (guint i = 0; i < G_N_ELEMENTS(OPERATORS); i++) {
        if (!g_str_has_prefix(parser->text + token->offset, OPERATORS[i].text))
            continue;
        token->kind = TOKEN_COMPARE;
        token->op = OPERATORS[i].op;
        token->length = (guint)strlen(OPERATORS[i].text);
        return TRUE;
    }
    return FALSE;
}

static void scan_sign(Parser *parser, Token *token)
{
    const char *at = parser->text + token->offset;
    g_autofree char *shown = NULL;

    /* `!=` begins like the habit `!`, and `=` like `==` */
    if (!g_str_has_prefix(at, "!=") && scan_habit(parser, token)) {
        token->kind = TOKEN_FAULT;
        return;
    }
    if (scan_operator(parser, token))
        return;
    if (strchr("+-*/%(),", *at)) {
        token->kind = TOKEN_SYMBOL;
        token->symbol = *at;
        token->length = 1;
        return;
    }
    shown = g_strndup(at, (gsize)(g_utf8_next_char(at) - at));
    refuse(parser, token->offset, (guint)strlen(shown),
           g_strdup_printf("`%s` has no meaning in a condition", shown), NULL);
    token->kind = TOKEN_FAULT;
}

/* Move to the next token. */
static void advance(Parser *parser)
{
    Token *token = &parser->token;

    parser->end = token->offset + token->length;
    while (g_ascii_isspace(parser->text[parser->at]))
        parser->at++;
    token->offset = parser->at;
    token->length = 0;
    if (parser->text[parser->at] == '\0')
        token->kind = TOKEN_END;
    else if (g_ascii_isdigit(parser->text[parser->at]) || parser->text[parser->at] == '.')
        scan_number(parser, token);
    else if (is_name_start(parser->text[parser->at]))
        scan_word(parser, token);
    else
        scan_sign(parser, token);
    parser->at += token->length;
}

static gboolean is_symbol(const Parser *parser, char symbol)
{
    return parser->token.kind == TOKEN_SYMBOL && parser->token.symbol == symbol;
}

/* "expected X, found Y" at the next token. */
static Syntax *expected(Parser *parser, const char *what)
{
    const Token *token = &parser->token;
    g_autofree char *found = NULL;

    if (token->kind == TOKEN_FAULT)
        return NULL;
    if (token->kind == TOKEN_END)
        return refuse(parser, token->offset, 1,
                      g_strdup_printf("the condition ends where %s is expected", what), NULL);
    found = g_strndup(parser->text + token->offset, token->length);
    return refuse(parser, token->offset, token->length,
                  g_strdup_printf("expected %s, found \"%s\"", what, found), NULL);
}

static Syntax *syntax_new(Parser *parser, SyntaxKind kind, guint offset)
{
    Syntax *syntax;

    if (++parser->nodes > CONDITION_NODES_LIMIT)
        return refuse(
            parser, offset, 1,
            g_strdup_printf("the condition has more than %d parts", CONDITION_NODES_LIMIT),
            "name a part as a requirement of its own and use met()");
    syntax = g_new0(Syntax, 1);
    syntax->kind = kind;
    syntax->offset = offset;
    syntax->length = parser->end > offset ? parser->end - offset : 0;
    syntax->number = RATIONAL_ZERO;
    syntax->parts = g_ptr_array_new_with_free_func(part_free);
    return syntax;
}

/* A node over `left` and `right` (may be NULL for one operand); takes both. */
static Syntax *join(Parser *parser, SyntaxKind kind, guint offset, Syntax *left, Syntax *right)
{
    Syntax *syntax = left ? syntax_new(parser, kind, offset) : NULL;

    if (!syntax) {
        syntax_free(left);
        syntax_free(right);
        return NULL;
    }
    g_ptr_array_add(syntax->parts, left);
    if (right)
        g_ptr_array_add(syntax->parts, right);
    return syntax;
}

static Syntax *parse_or(Parser *parser);

static Syntax *parse_number(Parser *parser)
{
    guint offset = parser->token.offset;
    g_autofree char *digits = g_strndup(parser->text + offset, parser->token.length);
    Rational number;
    DecimalFault fault = rational_parse(digits, &number);
    Syntax *syntax;

    if (fault == DECIMAL_NOT_A_NUMBER)
        return refuse(parser, offset, parser->token.length,
                      g_strdup_printf("\"%s\" is not a decimal number", digits), NULL);
    if (fault == DECIMAL_TOO_LONG)
        return refuse(
            parser, offset, parser->token.length,
            g_strdup_printf("\"%s\" has more than 12 digits before or 6 after the point", digits),
            NULL);
    advance(parser);
    syntax = syntax_new(parser, SYNTAX_NUMBER, offset);
    if (!syntax)
        return NULL;
    syntax->number = number;
    if (is_symbol(parser, '%')) {
        advance(parser);
        syntax->percent = TRUE;
        syntax->number = rational_div(NULL, number, rational_int(100));
        syntax->length = parser->end - offset;
    }
    return syntax;
}

static gboolean parse_arguments(Parser *parser, Syntax *call)
{
    advance(parser); /* "(" */
    while (!is_symbol(parser, ')')) {
        Syntax *argument;

        if (call->parts->len > 0) {
            if (!is_symbol(parser, ',')) {
                expected(parser, "`,` or `)`");
                return FALSE;
            }
            advance(parser);
        }
        argument = parse_or(parser);
        if (!argument)
            return FALSE;
        g_ptr_array_add(call->parts, argument);
    }
    advance(parser);
    call->length = parser->end - call->offset;
    return TRUE;
}

static Syntax *parse_name(Parser *parser)
{
    guint offset = parser->token.offset;
    g_autofree char *name = g_strndup(parser->text + offset, parser->token.length);
    g_autoptr(Syntax) syntax = NULL;
    guint name_length = parser->token.length;

    advance(parser);
    syntax = syntax_new(parser, is_symbol(parser, '(') ? SYNTAX_CALL : SYNTAX_NAME, offset);
    if (!syntax)
        return NULL;
    syntax->name = g_steal_pointer(&name);
    syntax->name_length = name_length;
    if (syntax->kind == SYNTAX_CALL && !parse_arguments(parser, syntax))
        return NULL;
    return g_steal_pointer(&syntax);
}

static Syntax *parse_group(Parser *parser)
{
    Syntax *inner;

    advance(parser); /* "(" */
    inner = parse_or(parser);
    if (!inner)
        return NULL;
    if (!is_symbol(parser, ')')) {
        syntax_free(inner);
        return expected(parser, "`)`");
    }
    advance(parser);
    return inner;
}

static Syntax *parse_factor_inside(Parser *parser)
{
    guint offset = parser->token.offset;

    if (parser->token.kind == TOKEN_NUMBER)
        return parse_number(parser);
    if (parser->token.kind == TOKEN_NAME)
        return parse_name(parser);
    if (is_symbol(parser, '('))
        return parse_group(parser);
    if (is_symbol(parser, '-')) {
        Syntax *inner;

        advance(parser);
        parser->depth++;
        inner = parser->depth > CONDITION_DEPTH_LIMIT ? NULL : parse_factor_inside(parser);
        if (parser->depth > CONDITION_DEPTH_LIMIT)
            refuse(parser, offset, 1,
                   g_strdup_printf("nested more than %d deep", CONDITION_DEPTH_LIMIT), NULL);
        parser->depth--;
        return join(parser, SYNTAX_NEG, offset, inner, NULL);
    }
    return expected(parser, "a number, a name or `(`");
}

static Syntax *parse_factor(Parser *parser)
{
    Syntax *factor;

    if (++parser->depth > CONDITION_DEPTH_LIMIT) {
        parser->depth--;
        return refuse(parser, parser->token.offset, 1,
                      g_strdup_printf("nested more than %d deep", CONDITION_DEPTH_LIMIT), NULL);
    }
    factor = parse_factor_inside(parser);
    parser->depth--;
    return factor;
}

typedef Syntax *(*Rule)(Parser *parser);
/* Whether the next token joins two operands of a chain, and into what. */
typedef gboolean (*Joint)(const Parser *parser, SyntaxKind *kind);

/* `rule { joint rule }`, joined from the left: `a - b - c` is `(a - b) - c`. */
static Syntax *parse_chain(Parser *parser, Rule rule, Joint joint)
{
    guint offset = parser->token.offset;
    Syntax *left = rule(parser);
    SyntaxKind kind;

    while (left && joint(parser, &kind)) {
        Syntax *right;

        advance(parser);
        right = rule(parser);
        if (!right) {
            syntax_free(left);
            return NULL;
        }
        left = join(parser, kind, offset, left, right);
    }
    return left;
}

static gboolean is_product(const Parser *parser, SyntaxKind *kind)
{
    *kind = is_symbol(parser, '*') ? SYNTAX_MUL : SYNTAX_DIV;
    return is_symbol(parser, '*') || is_symbol(parser, '/');
}

static gboolean is_sum(const Parser *parser, SyntaxKind *kind)
{
    *kind = is_symbol(parser, '+') ? SYNTAX_ADD : SYNTAX_SUB;
    return is_symbol(parser, '+') || is_symbol(parser, '-');
}

static gboolean is_and(const Parser *parser, SyntaxKind *kind)
{
    *kind = SYNTAX_AND;
    return parser->token.kind == TOKEN_AND;
}

static gboolean is_or(const Parser *parser, SyntaxKind *kind)
{
    *kind = SYNTAX_OR;
    return parser->token.kind == TOKEN_OR;
}

static Syntax *parse_term(Parser *parser)
{
    return parse_chain(parser, parse_factor, is_product);
}

static Syntax *parse_sum(Parser *parser)
{
    return parse_chain(parser, parse_term, is_sum);
}

static Syntax *parse_compare(Parser *parser)
{
    guint offset = parser->token.offset;
    Syntax *left = parse_sum(parser);
    Syntax *right, *compare;
    Operator op;

    if (!left || parser->token.kind != TOKEN_COMPARE)
        return left;
    op = parser->token.op;
    advance(parser);
    right = parse_sum(parser);
    if (!right) {
        syntax_free(left);
        return NULL;
    }
    compare = join(parser, SYNTAX_COMPARE, offset, left, right);
    if (!compare)
        return NULL;
    compare->op = op;
    if (parser->token.kind == TOKEN_COMPARE) {
        syntax_free(compare);
        return refuse(parser, parser->token.offset, parser->token.length,
                      g_strdup("a comparison has one operator"), "join two comparisons with `and`");
    }
    return compare;
}

static Syntax *parse_not(Parser *parser)
{
    guint offset = parser->token.offset;

    if (parser->token.kind != TOKEN_NOT)
        return parse_compare(parser);
    advance(parser);
    if (parser->token.kind == TOKEN_NOT)
        return expected(parser, "a comparison after `not`");
    return join(parser, SYNTAX_NOT, offset, parse_compare(parser), NULL);
}

static Syntax *parse_and(Parser *parser)
{
    return parse_chain(parser, parse_not, is_and);
}

static Syntax *parse_or(Parser *parser)
{
    return parse_chain(parser, parse_and, is_or);
}

Syntax *condition_parse(const char *text, SyntaxFault *fault)
{
    Parser parser = { .text = text, .fault = fault };
    g_autoptr(Syntax) syntax = NULL;

    *fault = (SyntaxFault){ 0 };
    advance(&parser);
    syntax = parse_or(&parser);
    if (!syntax)
        return NULL;
    if (parser.token.kind != TOKEN_END) {
        expected(&parser, "`and`, `or` or the end");
        return NULL;
    }
    return g_steal_pointer(&syntax);
}
