#include "rules/compile.h"

#include <string.h>

#include "base/text.h"

typedef enum { TYPE_FAULT, TYPE_CONDITION, TYPE_NUMBER } Type;

/* A compiled part: its node and what may be done with it. */
typedef struct {
    Type type;
    int node;
    gboolean percent; /* a percent question or made of some: compares with "60%", not with 60 */
    gboolean bare;    /* a number written without % that is not 0 */
} Part;

static const Part FAULT = { TYPE_FAULT, NOWHERE, FALSE, FALSE };

typedef struct {
    Plan *plan;
    const Rubric *rubric;
    const Requirement *requirement;
    Findings *findings;
} Compiler;

typedef struct Function Function;
typedef Part (*CompileCall)(Compiler *compiler, const Function *function, const Syntax *call);

struct Function {
    RulesFunction shown;
    NodeKind kind;
    guint least, most; /* arguments */
    CompileCall compile;
};

static Part compile(Compiler *compiler, const Syntax *syntax);

static Finding *complain_at(Compiler *compiler, guint offset, guint length, const char *message)
{
    Place place = ini_place(compiler->rubric->ini, compiler->requirement->needs, offset);

    place.width = MAX(length, 1);
    return findings_add(compiler->findings, SEVERITY_ERROR, &place, "%s", message);
}

G_GNUC_PRINTF(3, 4)
static Finding *complain(Compiler *compiler, const Syntax *syntax, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return complain_at(compiler, syntax->offset,
                       syntax->kind == SYNTAX_CALL ? syntax->name_length : syntax->length, message);
}

static int add_node(Compiler *compiler, const Syntax *syntax, Node node)
{
    node.offset = syntax->offset;
    node.length = syntax->length;
    g_array_append_val(compiler->plan->nodes, node);
    return (int)compiler->plan->nodes->len - 1;
}

static Node node_of(NodeKind kind)
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

static Part part_of(Compiler *compiler, const Syntax *syntax, Type type, Node node)
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

    g_hash_table_iter_init(&iter, compiler->rubric->names);
    while (g_hash_table_iter_next(&iter, &known, NULL))
        g_ptr_array_add(names, known);
    g_ptr_array_sort(names, by_text);
    g_ptr_array_add(names, NULL);
    near = text_nearest(name, (const char *const *)names->pdata);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

static void complain_unknown(Compiler *compiler, const Syntax *name, const char *what)
{
    hint_near_name(compiler,
                   complain(compiler, name, "\"%s\" is no %s of this rubric", name->name, what),
                   name->name);
}

/* The question (or field) that a name stands for, or NULL without a complaint. */
static const Question *question_named(Compiler *compiler, const Syntax *syntax, int *index)
{
    if (syntax->kind != SYNTAX_NAME ||
        rubric_find(compiler->rubric, syntax->name, index) != NAME_QUESTION)
        return NULL;
    return RUBRIC_QUESTION(compiler->rubric, *index);
}

static const Question *choice_named(Compiler *compiler, const Syntax *syntax, int *index)
{
    const Question *question = question_named(compiler, syntax, index);

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
        finding_hint(complain(compiler, name, "\"%s\" is %s, not a value or a condition",
                              name->name, USES[i].is),
                     "%s", hint);
    }
    return FAULT;
}

static Part compile_question(Compiler *compiler, const Syntax *name, int index)
{
    const Question *question = RUBRIC_QUESTION(compiler->rubric, index);
    Node node = node_of(NODE_QUESTION);
    Part part;

    node.question = index;
    switch (question->type) {
    case QUESTION_YESNO:
        return part_of(compiler, name, TYPE_CONDITION, node);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        part = part_of(compiler, name, TYPE_NUMBER, node);
        part.percent = question->type == QUESTION_PERCENT;
        return part;
    case QUESTION_CHOICE:
        finding_hint(complain(compiler, name, "choice question \"%s\" stands without a comparison",
                              name->name),
                     "compare it with an option: %s >= %s", name->name,
                     QUESTION_OPTION(question, question->options->len - 1)->id);
        return FAULT;
    case QUESTION_MULTI:
        finding_hint(complain(compiler, name, "multi question \"%s\" is not a value or a condition",
                              name->name),
                     "write has(%s, OPTION) or count(%s)", name->name, name->name);
        return FAULT;
    case QUESTION_DATE:
        finding_hint(complain(compiler, name, "date question \"%s\" is not a value or a condition",
                              name->name),
                     "write years(%s) or answered(%s)", name->name, name->name);
        return FAULT;
    case QUESTION_TEXT:
    case QUESTION_USCC:
        finding_hint(complain(compiler, name, "text question \"%s\" is not a value or a condition",
                              name->name),
                     "write answered(%s)", name->name);
        return FAULT;
    default:
        g_assert_not_reached();
    }
}

static Part compile_name(Compiler *compiler, const Syntax *name)
{
    int index = NOWHERE;
    NameKind kind = rubric_find(compiler->rubric, name->name, &index);

    if (kind == NAME_QUESTION)
        return compile_question(compiler, name, index);
    if (kind != NAME_NONE)
        return name_misused(compiler, name, kind);
    complain_unknown(compiler, name, "question");
    return FAULT;
}

/* ---- comparisons ---- */

static void complain_option(Compiler *compiler, const Syntax *name, const Question *question)
{
    Finding *finding =
        complain(compiler, name, "\"%s\" is no option of \"%s\"", name->name, question->id);
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
    Node node = node_of(NODE_OPTIONS);
    gboolean yesno = left->type == QUESTION_YESNO && right->type == QUESTION_YESNO;

    if (!yesno && (left->scale == NOWHERE || left->scale != right->scale)) {
        finding_hint(complain(compiler, compare, "\"%s\" and \"%s\" are not answered on one scale",
                              left->id, right->id),
                     "give both the same `scale`");
        return FAULT;
    }
    node.op = compare->op;
    node.question = a;
    node.other = b;
    return part_of(compiler, compare, TYPE_CONDITION, node);
}

static Part compare_option(Compiler *compiler, const Syntax *compare, const Syntax *name, int index,
                           Operator op)
{
    const Question *question = RUBRIC_QUESTION(compiler->rubric, index);
    Node node = node_of(NODE_OPTION);

    node.op = op;
    node.question = index;
    node.option = question_option(question, name->name);
    if (node.option != NOWHERE)
        return part_of(compiler, compare, TYPE_CONDITION, node);
    complain_option(compiler, name, question);
    return FAULT;
}

/* A comparison in which a choice or yesno question takes part. */
static Part compare_choice(Compiler *compiler, const Syntax *compare, const Syntax *other,
                           int index, Operator op)
{
    const Question *question = RUBRIC_QUESTION(compiler->rubric, index);
    int second = NOWHERE;

    if (other->kind != SYNTAX_NAME) {
        finding_hint(complain(compiler, other,
                              "\"%s\" compares with an option, not with a number or a condition",
                              question->id),
                     "its last option is %s",
                     QUESTION_OPTION(question, question->options->len - 1)->id);
        return FAULT;
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
        complain(compiler, syntax, "a number is expected here, this is a condition");
    return FALSE;
}

static gboolean is_condition(Compiler *compiler, const Syntax *syntax, Part part)
{
    if (part.type == TYPE_CONDITION)
        return TRUE;
    if (part.type == TYPE_NUMBER)
        finding_hint(complain(compiler, syntax, "a condition is expected here, this is a number"),
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
    finding_hint(complain(compiler, bare, "a percent question is compared with a bare number"),
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
    Node node = node_of(kind);
    Part part;

    fits = (numbers ? is_number(compiler, b, right) : is_condition(compiler, b, right)) && fits;
    if (!fits)
        return FAULT;
    if ((kind == NODE_COMPARE || kind == NODE_ADD || kind == NODE_SUB) &&
        !agree_on_percent(compiler, a, left, b, right))
        return FAULT;
    node.left = left.node;
    node.right = right.node;
    node.op = syntax->op;
    part = part_of(compiler, syntax, type, node);
    part.percent = (kind == NODE_ADD || kind == NODE_SUB) && (left.percent || right.percent);
    return part;
}

static gboolean is_unknown_name(Compiler *compiler, const Syntax *syntax)
{
    int index;

    return syntax->kind == SYNTAX_NAME &&
           rubric_find(compiler->rubric, syntax->name, &index) == NAME_NONE;
}

static Part compile_compare(Compiler *compiler, const Syntax *compare)
{
    const Syntax *left = g_ptr_array_index(compare->parts, 0);
    const Syntax *right = g_ptr_array_index(compare->parts, 1);
    int index = NOWHERE;

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
    Node node = node_of(negation ? NODE_NEG : NODE_NOT);

    if (!(negation ? is_number(compiler, inner, part) : is_condition(compiler, inner, part)))
        return FAULT;
    node.left = part.node;
    part.node = add_node(compiler, syntax, node);
    return part;
}

static Part compile_number(Compiler *compiler, const Syntax *syntax)
{
    Node node = node_of(NODE_NUMBER);
    Part part;

    node.number = syntax->number;
    part = part_of(compiler, syntax, TYPE_NUMBER, node);
    part.bare = !syntax->percent && rational_sign(syntax->number) != 0;
    return part;
}

/* ---- groups ---- */

static void add_questions_under(const Rubric *rubric, int dimension, GArray *questions)
{
    const Dimension *at = RUBRIC_DIMENSION(rubric, dimension);

    g_array_append_vals(questions, at->questions->data, at->questions->len);
    for (guint i = 0; i < at->children->len; i++)
        add_questions_under(rubric, g_array_index(at->children, int, i), questions);
}

static int by_index(gconstpointer a, gconstpointer b)
{
    return *(const int *)a - *(const int *)b;
}

/* The questions of a group, or of a dimension and all under it. NULL with a complaint. Free with
 * g_array_unref(). */
static GArray *members(Compiler *compiler, const Syntax *name)
{
    g_autoptr(GArray) questions = g_array_new(FALSE, FALSE, sizeof(int));
    int index = NOWHERE;
    NameKind kind = NAME_NONE;

    if (name->kind == SYNTAX_NAME)
        kind = rubric_find(compiler->rubric, name->name, &index);
    if (kind == NAME_GROUP) {
        const GArray *group = RUBRIC_GROUP(compiler->rubric, index)->questions;

        g_array_append_vals(questions, group->data, group->len);
    } else if (kind == NAME_DIMENSION) {
        add_questions_under(compiler->rubric, index, questions);
    } else {
        if (name->kind != SYNTAX_NAME)
            complain(compiler, name, "the name of a group or dimension is expected here");
        else
            complain_unknown(compiler, name, "group or dimension");
        return NULL;
    }
    g_array_sort(questions, by_index);
    if (questions->len > 0)
        return g_steal_pointer(&questions);
    complain(compiler, name, "\"%s\" has no questions", name->name);
    return NULL;
}

/* The group's questions, each with its own index of the option. NULL with a complaint. */
static GArray *option_cells(Compiler *compiler, const Syntax *group, const Syntax *option)
{
    g_autoptr(GArray) questions = members(compiler, group);
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));

    for (guint i = 0; questions && i < questions->len; i++) {
        Cell cell = { g_array_index(questions, int, i), NOWHERE };
        const Question *question = RUBRIC_QUESTION(compiler->rubric, cell.question);

        if (question->type != QUESTION_CHOICE && question->type != QUESTION_YESNO) {
            complain(compiler, group,
                     "\"%s\" holds \"%s\", a %s question, which has no options in order",
                     group->name, question->id, question_type_name(question->type));
            return NULL;
        }
        cell.option = question_option(question, option->name);
        if (cell.option == NOWHERE) {
            complain_option(compiler, option, question);
            return NULL;
        }
        g_array_append_val(cells, cell);
    }
    return questions ? g_steal_pointer(&cells) : NULL;
}

static gboolean is_group_comparison(Compiler *compiler, const Function *function,
                                    const Syntax *argument)
{
    if (argument->kind == SYNTAX_COMPARE &&
        ((const Syntax *)g_ptr_array_index(argument->parts, 0))->kind == SYNTAX_NAME &&
        ((const Syntax *)g_ptr_array_index(argument->parts, 1))->kind == SYNTAX_NAME)
        return TRUE;
    finding_hint(complain(compiler, argument, "%s() takes a group compared with an option",
                          function->shown.name),
                 "%s", function->shown.signature);
    return FALSE;
}

static GArray *argument_cells(Compiler *compiler, const Function *function, const Syntax *call,
                              guint which, Operator *op)
{
    const Syntax *argument = g_ptr_array_index(call->parts, which);

    if (!is_group_comparison(compiler, function, argument))
        return NULL;
    *op = argument->op;
    return option_cells(compiler, g_ptr_array_index(argument->parts, 0),
                        g_ptr_array_index(argument->parts, 1));
}

static const char *group_name(const Syntax *call, guint which)
{
    const Syntax *argument = g_ptr_array_index(call->parts, which);

    return ((const Syntax *)g_ptr_array_index(argument->parts, 0))->name;
}

static Part take_cells(Compiler *compiler, const Syntax *call, Type type, Node node)
{
    g_ptr_array_add(compiler->plan->cells, node.cells);
    if (node.cells2)
        g_ptr_array_add(compiler->plan->cells, node.cells2);
    return part_of(compiler, call, type, node);
}

/* any(), all(), share() of one part. */
static Part compile_cells(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = node_of(function->kind);
    gboolean truth = function->kind == NODE_ANY || function->kind == NODE_ALL;

    node.cells = argument_cells(compiler, function, call, 0, &node.op);
    if (!node.cells)
        return FAULT;
    return take_cells(compiler, call, truth ? TYPE_CONDITION : TYPE_NUMBER, node);
}

static Part compile_count(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *argument = g_ptr_array_index(call->parts, 0);
    Node node = node_of(NODE_TICKED);
    const Question *question = question_named(compiler, argument, &node.question);

    if (question && question->type == QUESTION_MULTI)
        return part_of(compiler, call, TYPE_NUMBER, node);
    return compile_cells(compiler, function, call);
}

static Part compile_share(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = node_of(NODE_SHARE_OF);
    const Syntax *second = g_ptr_array_index(call->parts, call->parts->len - 1);

    if (call->parts->len == 1)
        return compile_cells(compiler, function, call);
    if (!is_group_comparison(compiler, function, g_ptr_array_index(call->parts, 0)) ||
        !is_group_comparison(compiler, function, second))
        return FAULT;
    if (strcmp(group_name(call, 0), group_name(call, 1)) != 0) {
        finding_hint(complain(compiler, second,
                              "both parts of share() are about one group, this is about \"%s\"",
                              group_name(call, 1)),
                     "write \"%s\" in both", group_name(call, 0));
        return FAULT;
    }
    node.cells = argument_cells(compiler, function, call, 0, &node.op);
    node.cells2 = argument_cells(compiler, function, call, 1, &node.op2);
    if (node.cells && node.cells2)
        return take_cells(compiler, call, TYPE_NUMBER, node);
    g_clear_pointer(&node.cells, g_array_unref);
    g_clear_pointer(&node.cells2, g_array_unref);
    return FAULT;
}

/* min(), max(), sum(), mean(): all number questions or all percent questions. */
static Part compile_aggregate(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    g_autoptr(GArray) questions = members(compiler, name);
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    Node node = node_of(function->kind);
    QuestionType type = QUESTION_NUMBER;
    Part part;

    for (guint i = 0; questions && i < questions->len; i++) {
        Cell cell = { g_array_index(questions, int, i), NOWHERE };
        const Question *question = RUBRIC_QUESTION(compiler->rubric, cell.question);

        if (i == 0)
            type = question->type;
        if ((question->type != QUESTION_NUMBER && question->type != QUESTION_PERCENT) ||
            question->type != type) {
            finding_hint(complain(compiler, name, "\"%s\" holds \"%s\", a %s question", name->name,
                                  question->id, question_type_name(question->type)),
                         "%s() takes a group of number questions or one of percent questions",
                         function->shown.name);
            return FAULT;
        }
        g_array_append_val(cells, cell);
    }
    if (!questions)
        return FAULT;
    node.cells = g_steal_pointer(&cells);
    part = take_cells(compiler, call, TYPE_NUMBER, node);
    part.percent = type == QUESTION_PERCENT;
    return part;
}

/* ---- other functions ---- */

/* The index of what a name argument stands for, if it is of `kind`; else NOWHERE with a complaint.
 */
static int named(Compiler *compiler, const Syntax *name, NameKind kind, const char *what)
{
    int index = NOWHERE;

    if (name->kind != SYNTAX_NAME) {
        complain(compiler, name, "the name of a %s is expected here", what);
        return NOWHERE;
    }
    if (rubric_find(compiler->rubric, name->name, &index) == kind)
        return index;
    complain_unknown(compiler, name, what);
    return NOWHERE;
}

static Part compile_score(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = node_of(function->kind);
    const Syntax *first = call->parts->len > 0 ? g_ptr_array_index(call->parts, 0) : NULL;

    if (first && !(first->kind == SYNTAX_NAME && strcmp(first->name, "all") == 0)) {
        node.target = named(compiler, first, NAME_DIMENSION, "dimension");
        if (node.target == NOWHERE)
            return FAULT;
    }
    if (call->parts->len > 1) {
        node.level = named(compiler, g_ptr_array_index(call->parts, 1), NAME_LEVEL, "level");
        if (node.level == NOWHERE)
            return FAULT;
    }
    return part_of(compiler, call, TYPE_NUMBER, node);
}

static Part compile_has(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    const Syntax *option = g_ptr_array_index(call->parts, 1);
    Node node = node_of(function->kind);
    const Question *question;

    node.question = named(compiler, name, NAME_QUESTION, "question");
    if (node.question == NOWHERE)
        return FAULT;
    question = RUBRIC_QUESTION(compiler->rubric, node.question);
    if (question->type != QUESTION_MULTI) {
        complain(compiler, name, "has() takes a multi question, \"%s\" is a %s question",
                 question->id, question_type_name(question->type));
        return FAULT;
    }
    if (option->kind != SYNTAX_NAME) {
        complain(compiler, option, "the id of an option is expected here");
        return FAULT;
    }
    node.option = question_option(question, option->name);
    if (node.option != NOWHERE)
        return part_of(compiler, call, TYPE_CONDITION, node);
    complain_option(compiler, option, question);
    return FAULT;
}

/* answered(), years() */
static Part compile_of_question(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    Node node = node_of(function->kind);
    const Question *question;

    node.question = named(compiler, name, NAME_QUESTION, "question");
    if (node.question == NOWHERE)
        return FAULT;
    question = RUBRIC_QUESTION(compiler->rubric, node.question);
    if (function->kind == NODE_ANSWERED)
        return part_of(compiler, call, TYPE_CONDITION, node);
    if (question->type == QUESTION_DATE)
        return part_of(compiler, call, TYPE_NUMBER, node);
    complain(compiler, name, "years() takes a date question, \"%s\" is a %s question", question->id,
             question_type_name(question->type));
    return FAULT;
}

static Part compile_met(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    Node node = node_of(function->kind);

    node.target = named(compiler, name, NAME_REQUIREMENT, "requirement");
    if (node.target == NOWHERE)
        return FAULT;
    if (compiler->requirement->origin == ORIGIN_OFFICIAL &&
        RUBRIC_REQUIREMENT(compiler->rubric, node.target)->origin != ORIGIN_OFFICIAL) {
        finding_hint(complain(compiler, name,
                              "an official requirement may not rest on \"%s\", which is house",
                              name->name),
                     "make this requirement `origin = house`, or name an official one");
        return FAULT;
    }
    return part_of(compiler, call, TYPE_CONDITION, node);
}

static Part compile_held(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = node_of(function->kind);

    node.target = named(compiler, g_ptr_array_index(call->parts, 0), NAME_LEVEL, "level");
    return node.target == NOWHERE ? FAULT : part_of(compiler, call, TYPE_CONDITION, node);
}

static Part compile_climb(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *bar = g_ptr_array_index(call->parts, 0);
    Node node = node_of(function->kind);

    if (bar->kind != SYNTAX_NUMBER) {
        finding_hint(complain(compiler, bar, "climb() takes a number"), "climb(80%%)");
        return FAULT;
    }
    node.number = bar->number;
    return part_of(compiler, call, TYPE_NUMBER, node);
}

static const Function FUNCTIONS[] = {
    { { "score", "score(DIMENSION), score(), score(DIMENSION, LEVEL), score(all, LEVEL)",
        "weighted mean of question scores; over the whole rubric without a dimension" },
      NODE_SCORE,
      0,
      2,
      compile_score },
    { { "count", "count(GROUP >= OPTION) or count(MULTI_QUESTION)",
        "how many of the group's applicable questions compare so; how many options are ticked" },
      NODE_COUNT,
      1,
      1,
      compile_count },
    { { "share", "share(GROUP >= OPTION) or share(GROUP >= OPTION, GROUP >= OPTION)",
        "part of the group's applicable questions that compare so; of those that compare as the "
        "second" },
      NODE_SHARE,
      1,
      2,
      compile_share },
    { { "any", "any(GROUP >= OPTION)",
        "whether one of the group's applicable questions compares so" },
      NODE_ANY,
      1,
      1,
      compile_cells },
    { { "all", "all(GROUP >= OPTION)",
        "whether all of the group's applicable questions compare so" },
      NODE_ALL,
      1,
      1,
      compile_cells },
    { { "min", "min(GROUP)", "the least of number or percent questions" },
      NODE_MIN,
      1,
      1,
      compile_aggregate },
    { { "max", "max(GROUP)", "the greatest of number or percent questions" },
      NODE_MAX,
      1,
      1,
      compile_aggregate },
    { { "sum", "sum(GROUP)", "the sum of number or percent questions" },
      NODE_SUM,
      1,
      1,
      compile_aggregate },
    { { "mean", "mean(GROUP)", "the mean of number or percent questions" },
      NODE_MEAN,
      1,
      1,
      compile_aggregate },
    { { "has", "has(MULTI_QUESTION, OPTION)", "whether the option is ticked" },
      NODE_HAS,
      2,
      2,
      compile_has },
    { { "answered", "answered(QUESTION)", "true if there is an answer, unknown if blank" },
      NODE_ANSWERED,
      1,
      1,
      compile_of_question },
    { { "met", "met(REQUIREMENT)", "whether the requirement is met or waived" },
      NODE_MET,
      1,
      1,
      compile_met },
    { { "held", "held(LEVEL)", "whether the level is held" }, NODE_HELD, 1, 1, compile_held },
    { { "climb", "climb(80%)",
        "levels passed one after the other, plus the score at the next one" },
      NODE_CLIMB,
      1,
      1,
      compile_climb },
    { { "years", "years(DATE_QUESTION)", "whole years from the date to the assessment date" },
      NODE_YEARS,
      1,
      1,
      compile_of_question },
};

const RulesFunction *rules_function(guint index)
{
    return index < G_N_ELEMENTS(FUNCTIONS) ? &FUNCTIONS[index].shown : NULL;
}

static Part complain_function(Compiler *compiler, const Syntax *call)
{
    Finding *finding = complain(compiler, call, "\"%s\" is no function", call->name);
    const char *names[G_N_ELEMENTS(FUNCTIONS) + 1] = { NULL };
    const char *near;

    for (guint i = 0; i < G_N_ELEMENTS(FUNCTIONS); i++)
        names[i] = FUNCTIONS[i].shown.name;
    near = text_nearest(call->name, names);
    if (near) {
        finding_hint(finding, "did you mean \"%s\"?", near);
    } else {
        g_autofree char *all = g_strjoinv(", ", (char **)names);

        finding_hint(finding, "the functions are %s", all);
    }
    return FAULT;
}

static Part compile_call(Compiler *compiler, const Syntax *call)
{
    for (guint i = 0; i < G_N_ELEMENTS(FUNCTIONS); i++) {
        const Function *function = &FUNCTIONS[i];

        if (strcmp(function->shown.name, call->name) != 0)
            continue;
        if (call->parts->len >= function->least && call->parts->len <= function->most)
            return function->compile(compiler, function, call);
        finding_hint(complain(compiler, call, "%s() does not take %u arguments", call->name,
                              call->parts->len),
                     "%s", function->shown.signature);
        return FAULT;
    }
    return complain_function(compiler, call);
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

int compile_condition(Plan *plan, int requirement, Findings *findings)
{
    Compiler compiler = { plan, plan->rubric, RUBRIC_REQUIREMENT(plan->rubric, requirement),
                          findings };
    SyntaxFault fault;
    g_autoptr(Syntax) syntax = condition_parse(compiler.requirement->needs->value, &fault);
    Part part;

    if (!syntax) {
        Finding *finding = complain_at(&compiler, fault.offset, fault.length, fault.message);

        if (fault.hint)
            finding_hint(finding, "%s", fault.hint);
        syntax_fault_clear(&fault);
        return NOWHERE;
    }
    part = compile(&compiler, syntax);
    return is_condition(&compiler, syntax, part) ? part.node : NOWHERE;
}
