/* compiler.h - what compile.c and function.c share while one condition becomes nodes of a plan: the
 * parts in the making, and how a mistake is told. For those two alone. */
#pragma once

#include "rules/condition.h"
#include "rules/plan.h"

typedef enum { TYPE_FAULT, TYPE_CONDITION, TYPE_NUMBER } Type;

/* A compiled part: its node and what may be done with it. */
typedef struct {
    Type type;
    int node;
    gboolean percent; /* a percent question or made of some: compares with "60%", not with 60 */
    gboolean bare;    /* a number written without % that is not 0 */
} Part;

#define PART_FAULT ((Part){ TYPE_FAULT, NOWHERE, FALSE, FALSE })

typedef struct {
    Plan *plan;
    const Rubric *rubric;
    const IniEntry *text; /* the condition */
    Origin origin;        /* of what it is a condition of */
    Findings *findings;
} Compiler;

/* An error finding at bytes of the condition's text; at a part of it (of a call: at its name). */
Finding *compiler_complain_at(Compiler *compiler, guint offset, guint length, const char *message);
Finding *compiler_complain(Compiler *compiler, const Syntax *syntax, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* That a name is no `what` of the rubric, with the nearest known name; nothing if it may be one of
 * `kind` but for a fault that was told (NAME_NONE: of any kind). */
void compiler_complain_unknown(Compiler *compiler, const Syntax *name, NameKind kind,
                               const char *what);
/* Whether a part is a name whose section has a fault: nothing is known of it, and nothing said. */
gboolean compiler_is_doubtful(const Compiler *compiler, const Syntax *syntax);
/* That a name is no option of the question, with the nearest option or all of them. */
void compiler_complain_option(Compiler *compiler, const Syntax *name, const Question *question);

/* A node that points nowhere yet. */
Node compiler_node(NodeKind kind);
/* Append the node to the plan as the part that `syntax` stands for. */
Part compiler_part(Compiler *compiler, const Syntax *syntax, Type type, Node node);
/* The question or field that a name stands for, and its index; NULL, without a complaint, if it
 * stands for none. */
const Question *compiler_question(Compiler *compiler, const Syntax *syntax, int *index);

/* Compile a call of a function (function.c). PART_FAULT with findings if it has a mistake. */
Part compile_call(Compiler *compiler, const Syntax *call);
