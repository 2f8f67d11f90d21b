/* condition.h - the text of a condition as a syntax tree: names are still names. The grammar is
 * design "Conditions". Limits: 64 levels of nesting, 4,096 nodes. */
#pragma once

#include <glib.h>

#include "base/rational.h"

enum { CONDITION_DEPTH_LIMIT = 64, CONDITION_NODES_LIMIT = 4096 };

typedef enum {
    SYNTAX_NUMBER, /* number; `percent` if written with % */
    SYNTAX_NAME,   /* name */
    SYNTAX_CALL,   /* name, parts: arguments */
    SYNTAX_COMPARE,
    SYNTAX_ADD,
    SYNTAX_SUB,
    SYNTAX_MUL,
    SYNTAX_DIV,
    SYNTAX_NEG,
    SYNTAX_AND,
    SYNTAX_OR,
    SYNTAX_NOT
} SyntaxKind;

typedef enum {
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
    OP_EQUAL,
    OP_NOT_EQUAL
} Operator;

typedef struct Syntax {
    SyntaxKind kind;
    Operator op; /* of a comparison */
    Rational number;
    gboolean percent;
    char *name;
    GPtrArray *parts;     /* of Syntax *; owned */
    guint offset, length; /* bytes of the text */
    guint name_length;    /* bytes of a call's name */
} Syntax;

typedef struct {
    guint offset, length; /* where in the text */
    char *message;
    char *hint; /* NULL if none */
} SyntaxFault;

/* Parse; NULL and a fault (clear with syntax_fault_clear()) if the text is no condition. Free with
 * syntax_free(). */
Syntax *condition_parse(const char *text, SyntaxFault *fault);
void syntax_free(Syntax *syntax);
void syntax_fault_clear(SyntaxFault *fault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Syntax, syntax_free)

/* "<", "<=", ... */
const char *operator_text(Operator op);
/* The operator with its sides exchanged: < for >. */
Operator operator_mirrored(Operator op);
