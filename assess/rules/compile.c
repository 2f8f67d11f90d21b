#include "rules/compile.h"

#include <string.h>

#include "base/text.h"
#include "rules/compiler.h"

static Part compile(Compiler *compiler, const Syntax *syntax);

Finding *compiler_complain_at(Compiler *compiler, guint offset, guint length, const char *message)
{
    Place place = ini_place(compiler->rubric->ini, compiler->text, offset);

    place.width = MAX(length, 1);
    return findings_add(compiler->findings, SEVERITY_ERROR, &place, "%s", message);
}

Finding *compiler_complain(Compiler *compiler, const Syntax *syntax, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return compiler_complain_at(compiler, syntax->offset,
                                syntax->kind == SYNTAX_CALL ? syntax->name_length : syntax->length,
                                message);
}

static int add_node(Compiler *compiler, const Syntax *syntax, Node node)
{
    node.offset = syntax->offset;
    node.length = syntax->length;
    g_array_append_val(compiler->plan->nodes, node);
    return (int)compiler->plan->nodes->len - 1;
}

Node compiler_node(NodeKind kind)
{
    return (Node){
        .kind = kind,
        .left = NOWHERE,
        .right = NOWHERE,
        .question = NOWHERE,
        .other = NOWHERE,
        .option = NOWHERE,
        .target = NOWHERE,
        .level = NOWHERE,
        .number = RATIONAL_ZERO,
    };
}

Part compiler_part(Compiler *compiler, const Syntax *syntax, Type type, Node node)
{
    return (Part){ type, add_node(compiler, syntax, node), FALSE, FALSE };
}

/* ---- names ---- */

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void hint_near_name(Compiler *compiler, Finding *finding, const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer known;
    const char *near;

    if (findings_of(compiler->findings, SEVERITY_ERROR) > INI_FAULTS_LIMIT)
        return; /* not shown, and every name is looked at */
    g_hash_table_iter_init(&iter, compiler->rubric->names);
    while (g_hash_table_iter_next(&iter, &known, NULL))
        g_ptr_array_add(names, known);
    g_ptr_array_sort(names, by_text);
    g_ptr_array_add(names, NULL);
    near = text_nearest(name, (const char *const *)names->pdata);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

gboolean compiler_is_doubtful(const Compiler *compiler, const Syntax *syntax)
{
    return syntax->kind == SYNTAX_NAME &&
           rubric_is_doubtful(compiler->rubric, syntax->name, NAME_NONE);
}

void compiler_complain_unknown(Compiler *compiler, const Syntax *name, NameKind kind,
                               const char *what)
{
    if (rubric_is_doubtful(compiler->rubric, name->name, kind))
        return;
    hint_near_name(
        compiler,
        compiler_complain(compiler, name, "\"%s\" is no %s of this rubric", name->name, what),
        name->name);
}

/* The question (or field) that a name stands for, or NULL without a complaint. */
const Question *compiler_question(Compiler *compiler, const Syntax *syntax, int *index)
{
    if (syntax->kind != SYNTAX_NAME ||
        rubric_find(compiler->rubric, syntax->name, index) != NAME_QUESTION)
        return NULL;
    return RUBRIC_QUESTION(compiler->rubric, *index);
}

static const Question *choice_named(Compiler *compiler, const Syntax *syntax, int *index)
{
    const Question *question = compiler_question(compiler, syntax, index);

    return question && (question->type == QUESTION_CHOICE || question->type == QUESTION_YESNO)
               ? question
               : NULL;
}

static Part name_misused(Compiler *compiler, const Syntax *name, NameKind kind)
{
    static const struct {
        NameKind kind;
        const char *is, *hint;
    } USES[] = {
        { NAME_DIMENSION, "a dimension", "write score(%s)" },
        { NAME_GROUP, "a group", "write count(%s >= OPTION) or share(%s >= OPTION)" },
        { NAME_LEVEL, "a level", "write held(%s)" },
        { NAME_REQUIREMENT, "a requirement", "write met(%s)" },
        { NAME_SCALE, "a scale", "name a question that is answered on it" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(USES); i++) {
        g_auto(GStrv) pieces = NULL;
        g_autofree char *hint = NULL;

        if (USES[i].kind != kind)
            continue;
        pieces = g_strsplit(USES[i].hint, "%s", -1);
        hint = g_strjoinv(name->name, pieces);
        finding_hint(compiler_complain(compiler, name, "\"%s\" is %s, not a value or a condition",
                                       name->name, USES[i].is),
                     "%s", hint);
    }
    return PART_FAULT;
}

static Part compile_question(Compiler *compiler, const Syntax *name, int index)
{
    const Question *question = RUBRIC_QUESTION(compiler->rubric, index);
    Node node = compiler_node(NODE_QUESTION);
    Part part;

    node.question = index;
    switch (question->type) {
    case QUESTION_YESNO:
        return compiler_part(compiler, name, TYPE_CONDITION, node);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        part = compiler_part(compiler, name, TYPE_NUMBER, node);
        part.percent = question->type == QUESTION_PERCENT;
        return part;
    case QUESTION_CHOICE:
        finding_hint(compiler_complain(compiler, name,
                                       "choice question \"%s\" stands without a comparison",
                                       name->name),
                     "compare it with an option: %s >= %s", name->name,
                     QUESTION_OPTION(question, question->options->len - 1)->id);
        return PART_FAULT;
    case QUESTION_MULTI:
        finding_hint(compiler_complain(compiler, name,
                                       "multi question \"%s\" is not a value or a condition",
                                       name->name),
                     "write has(%s, OPTION) or count(%s)", name->name, name->name);
        return PART_FAULT;
    case QUESTION_DATE:
        finding_hint(compiler_complain(compiler, name,
                                       "date question \"%s\" is not a value or a condition",
                                       name->name),
                     "write years(%s) or answered(%s)", name->name, name->name);
        return PART_FAULT;
    case QUESTION_TEXT:
    case QUESTION_USCC:
        finding_hint(compiler_complain(compiler, name,
                                       "text question \"%s\" is not a value or a condition",
                                       name->name),
                     "write answered(%s)", name->name);
        return PART_FAULT;
    default:
        g_assert_not_reached();
    }
}

static Part compile_name(Compiler *compiler, const Syntax *name)
{
    int index = NOWHERE;
    NameKind kind = rubric_find(compiler->rubric, name->name, &index);

    if (compiler_is_doubtful(compiler, name))
        return PART_FAULT;
    if (kind == NAME_QUESTION)
        return compile_question(compiler, name, index);
    if (kind != NAME_NONE)
        return name_misused(compiler, name, kind);
    compiler_complain_unknown(compiler, name, NAME_QUESTION, "question");
    return PART_FAULT;
}

/* ---- comparisons ---- */

void compiler_complain_option(Compiler *compiler, const Syntax *name, const Question *question)
{
    Finding *finding = compiler_complain(compiler, name, "\"%s\" is no option of \"%s\"",
                                         name->name, question->id);
    g_autoptr(GPtrArray) options = g_ptr_array_new();
    const char *near;

    for (guint i = 0; i < question->options->len; i++)
        g_ptr_array_add(options, QUESTION_OPTION(question, i)->id);
    g_ptr_array_add(options, NULL);
    near = text_nearest(name->name, (const char *const *)options->pdata);
    if (near) {
        finding_hint(finding, "did you mean \"%s\"?", near);
    } else {
        g_autofree char *all = g_strjoinv(", ", (char **)options->pdata);

        finding_hint(finding, "its options are %s", all);
    }
}

static Part compare_options(Compiler *compiler, const Syntax *compare, int a, int b)
{
    const Question *left = RUBRIC_QUESTION(compiler->rubric, a);
    const Question *right = RUBRIC_QUESTION(compiler->rubric, b);
    Node node = compiler_node(NODE_OPTIONS);
    gboolean yesno = left->type == QUESTION_YESNO && right->type == QUESTION_YESNO;

    if (!yesno && (left->scale == NOWHERE || left->scale != right->scale)) {
        finding_hint(compiler_complain(compiler, compare,
                                       "\"%s\" and \"%s\" are not answered on one scale", left->id,
                                       right->id),
                     "give both the same `scale`");
        return PART_FAULT;
    }
    node.op = compare->op;
    node.question = a;
    node.other = b;
    return compiler_part(compiler, compare, TYPE_CONDITION, node);
}

static Part compare_option(Compiler *compiler, const Syntax *compare, const Syntax *name, int index,
                           Operator op)
{
    const Question *question = RUBRIC_QUESTION(compiler->rubric, index);
    Node node = compiler_node(NODE_OPTION);

    node.op = op;
    node.question = index;
    node.option = question_option(question, name->name);
    if (node.option != NOWHERE)
        return compiler_part(compiler, compare, TYPE_CONDITION, node);
    compiler_complain_option(compiler, name, question);
    return PART_FAULT;
}

/* A comparison in which a choice or yesno question takes part. */
static Part compare_choice(Compiler *compiler, const Syntax *compare, const Syntax *other,
                           int index, Operator op)
{
    const Question *question = RUBRIC_QUESTION(compiler->rubric, index);
    int second = NOWHERE;

    if (other->kind != SYNTAX_NAME) {
        finding_hint(
            compiler_complain(compiler, other,
                              "\"%s\" compares with an option, not with a number or a condition",
                              question->id),
            "its last option is %s", QUESTION_OPTION(question, question->options->len - 1)->id);
        return PART_FAULT;
    }
    if (question_option(question, other->name) == NOWHERE && choice_named(compiler, other, &second))
        return op == compare->op ? compare_options(compiler, compare, index, second)
                                 : compare_options(compiler, compare, second, index);
    return compare_option(compiler, compare, other, index, op);
}

static gboolean is_number(Compiler *compiler, const Syntax *syntax, Part part)
{
    if (part.type == TYPE_NUMBER)
        return TRUE;
    if (part.type == TYPE_CONDITION)
        compiler_complain(compiler, syntax, "a number is expected here, this is a condition");
    return FALSE;
}

static gboolean is_condition(Compiler *compiler, const Syntax *syntax, Part part)
{
    if (part.type == TYPE_CONDITION)
        return TRUE;
    if (part.type == TYPE_NUMBER)
        finding_hint(
            compiler_complain(compiler, syntax, "a condition is expected here, this is a number"),
            "compare it with something");
    return FALSE;
}

static gboolean agree_on_percent(Compiler *compiler, const Syntax *a, Part left, const Syntax *b,
                                 Part right)
{
    const Syntax *bare = left.percent && right.bare ? b : right.percent && left.bare ? a : NULL;
    g_autofree char *number = NULL;

    if (!bare)
        return TRUE;
    number = bare->kind == SYNTAX_NUMBER ? rational_format(bare->number, 6, ROUND_HALF_UP) : NULL;
    finding_hint(
        compiler_complain(compiler, bare, "a percent question is compared with a bare number"),
        "write %s%%", number ? number : "60");
    return FALSE;
}

static Part compile_binary(Compiler *compiler, const Syntax *syntax, NodeKind kind, Type type)
{
    const Syntax *a = g_ptr_array_index(syntax->parts, 0);
    const Syntax *b = g_ptr_array_index(syntax->parts, 1);
    Part left = compile(compiler, a);
    Part right = compile(compiler, b);
    gboolean numbers = kind != NODE_AND && kind != NODE_OR;
    gboolean fits = numbers ? is_number(compiler, a, left) : is_condition(compiler, a, left);
    Node node = compiler_node(kind);
    Part part;

    fits = (numbers ? is_number(compiler, b, right) : is_condition(compiler, b, right)) && fits;
    if (!fits)
        return PART_FAULT;
    if ((kind == NODE_COMPARE || kind == NODE_ADD || kind == NODE_SUB) &&
        !agree_on_percent(compiler, a, left, b, right))
        return PART_FAULT;
    node.left = left.node;
    node.right = right.node;
    node.op = syntax->op;
    part = compiler_part(compiler, syntax, type, node);
    part.percent = (kind == NODE_ADD || kind == NODE_SUB) && (left.percent || right.percent);
    return part;
}

static gboolean is_unknown_name(Compiler *compiler, const Syntax *syntax)
{
    int index;

    return syntax->kind == SYNTAX_NAME &&
           rubric_find(compiler->rubric, syntax->name, &index) == NAME_NONE;
}

/* Beside a doubtful name another name may be an option of it; anything else is checked by itself.
 */
static Part compare_doubtful(Compiler *compiler, const Syntax *left, const Syntax *right)
{
    if (left->kind != SYNTAX_NAME)
        compile(compiler, left);
    if (right->kind != SYNTAX_NAME)
        compile(compiler, right);
    return PART_FAULT;
}

static Part compile_compare(Compiler *compiler, const Syntax *compare)
{
    const Syntax *left = g_ptr_array_index(compare->parts, 0);
    const Syntax *right = g_ptr_array_index(compare->parts, 1);
    int index = NOWHERE;

    if (compiler_is_doubtful(compiler, left) || compiler_is_doubtful(compiler, right))
        return compare_doubtful(compiler, left, right);
    if (choice_named(compiler, left, &index))
        return compare_choice(compiler, compare, right, index, compare->op);
    if (choice_named(compiler, right, &index))
        return compare_choice(compiler, compare, left, index, operator_mirrored(compare->op));
    /* a misspelt question beside an option: the option is no fault of its own */
    if (is_unknown_name(compiler, left) && is_unknown_name(compiler, right))
        return compile_name(compiler, left);
    return compile_binary(compiler, compare, NODE_COMPARE, TYPE_CONDITION);
}

static Part compile_unary(Compiler *compiler, const Syntax *syntax)
{
    const Syntax *inner = g_ptr_array_index(syntax->parts, 0);
    Part part = compile(compiler, inner);
    gboolean negation = syntax->kind == SYNTAX_NEG;
    Node node = compiler_node(negation ? NODE_NEG : NODE_NOT);

    if (!(negation ? is_number(compiler, inner, part) : is_condition(compiler, inner, part)))
        return PART_FAULT;
    node.left = part.node;
    part.node = add_node(compiler, syntax, node);
    return part;
}

static Part compile_number(Compiler *compiler, const Syntax *syntax)
{
    Node node = compiler_node(NODE_NUMBER);
    Part part;

    node.number = syntax->number;
    part = compiler_part(compiler, syntax, TYPE_NUMBER, node);
    part.bare = !syntax->percent && rational_sign(syntax->number) != 0;
    return part;
}

static Part compile(Compiler *compiler, const Syntax *syntax)
{
    static const NodeKind ARITHMETIC[] = {
        [SYNTAX_ADD] = NODE_ADD, [SYNTAX_SUB] = NODE_SUB, [SYNTAX_MUL] = NODE_MUL,
        [SYNTAX_DIV] = NODE_DIV, [SYNTAX_AND] = NODE_AND, [SYNTAX_OR] = NODE_OR,
    };

    switch (syntax->kind) {
    case SYNTAX_NUMBER:
        return compile_number(compiler, syntax);
    case SYNTAX_NAME:
        return compile_name(compiler, syntax);
    case SYNTAX_CALL:
        return compile_call(compiler, syntax);
    case SYNTAX_COMPARE:
        return compile_compare(compiler, syntax);
    case SYNTAX_NEG:
    case SYNTAX_NOT:
        return compile_unary(compiler, syntax);
    case SYNTAX_AND:
    case SYNTAX_OR:
        return compile_binary(compiler, syntax, ARITHMETIC[syntax->kind], TYPE_CONDITION);
    case SYNTAX_ADD:
    case SYNTAX_SUB:
    case SYNTAX_MUL:
    case SYNTAX_DIV:
        return compile_binary(compiler, syntax, ARITHMETIC[syntax->kind], TYPE_NUMBER);
    default:
        g_assert_not_reached();
    }
}

static void complain_grammar(const Ini *ini, const IniEntry *needs, SyntaxFault *fault,
                             Findings *findings)
{
    Place place = ini_place(ini, needs, fault->offset);
    Finding *finding;

    place.width = MAX(fault->length, 1);
    finding = findings_add(findings, SEVERITY_ERROR, &place, "%s", fault->message);
    if (fault->hint)
        finding_hint(finding, "%s", fault->hint);
    syntax_fault_clear(fault);
}

int compile_condition(Plan *plan, const IniEntry *text, Origin origin, Findings *findings)
{
    Compiler compiler = { plan, plan->rubric, text, origin, findings };
    SyntaxFault fault;
    g_autoptr(Syntax) syntax = NULL;
    Part part;

    if (!text || text->is_broken || *text->value == '\0') /* told by the loader */
        return NOWHERE;
    syntax = condition_parse(text->value, &fault);
    if (!syntax) {
        complain_grammar(plan->rubric->ini, text, &fault, findings);
        return NOWHERE;
    }
    part = compile(&compiler, syntax);
    return is_condition(&compiler, syntax, part) ? part.node : NOWHERE;
}
