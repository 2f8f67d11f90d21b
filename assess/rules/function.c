/* The functions of the rules language: a table, and how a call of each is compiled. */
#include <string.h>

#include "base/text.h"
#include "rules/compile.h"
#include "rules/compiler.h"

typedef struct Function Function;
typedef Part (*CompileCall)(Compiler *compiler, const Function *function, const Syntax *call);

struct Function {
    RulesFunction shown;
    NodeKind kind;
    guint least, most; /* arguments */
    CompileCall compile;
};

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

/* Whether a group may lack questions only because of faults that were told. */
static gboolean may_have_more(const Rubric *rubric)
{
    return rubric->doubts && g_hash_table_size(rubric->doubts->names) > 0;
}

/* Whether the question's type and options are known. */
static gboolean is_known(const Compiler *compiler, const Question *question)
{
    return !rubric_is_doubtful(compiler->rubric, question->id, NAME_QUESTION);
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
            compiler_complain(compiler, name, "the name of a group or dimension is expected here");
        else
            compiler_complain_unknown(compiler, name, NAME_DIMENSION, "group or dimension");
        return NULL;
    }
    g_array_sort(questions, by_index);
    if (questions->len > 0)
        return g_steal_pointer(&questions);
    if (!may_have_more(compiler->rubric))
        compiler_complain(compiler, name, "\"%s\" has no questions", name->name);
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

        if (!is_known(compiler, question))
            continue;
        if (question->type != QUESTION_CHOICE && question->type != QUESTION_YESNO) {
            compiler_complain(compiler, group,
                              "\"%s\" holds \"%s\", a %s question, which has no options in order",
                              group->name, question->id, question_type_name(question->type));
            return NULL;
        }
        cell.option = question_option(question, option->name);
        if (cell.option == NOWHERE) {
            compiler_complain_option(compiler, option, question);
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
    finding_hint(compiler_complain(compiler, argument, "%s() takes a group compared with an option",
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
    return compiler_part(compiler, call, type, node);
}

/* any(), all(), share() of one part. */
static Part compile_cells(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = compiler_node(function->kind);
    gboolean truth = function->kind == NODE_ANY || function->kind == NODE_ALL;

    node.cells = argument_cells(compiler, function, call, 0, &node.op);
    if (!node.cells)
        return PART_FAULT;
    return take_cells(compiler, call, truth ? TYPE_CONDITION : TYPE_NUMBER, node);
}

static Part compile_count(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *argument = g_ptr_array_index(call->parts, 0);
    Node node = compiler_node(NODE_TICKED);
    const Question *question = compiler_question(compiler, argument, &node.question);

    if (compiler_is_doubtful(compiler, argument))
        return PART_FAULT;
    if (question && question->type == QUESTION_MULTI)
        return compiler_part(compiler, call, TYPE_NUMBER, node);
    return compile_cells(compiler, function, call);
}

static Part compile_share(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = compiler_node(NODE_SHARE_OF);
    const Syntax *second = g_ptr_array_index(call->parts, call->parts->len - 1);

    if (call->parts->len == 1)
        return compile_cells(compiler, function, call);
    if (!is_group_comparison(compiler, function, g_ptr_array_index(call->parts, 0)) ||
        !is_group_comparison(compiler, function, second))
        return PART_FAULT;
    if (strcmp(group_name(call, 0), group_name(call, 1)) != 0) {
        finding_hint(
            compiler_complain(compiler, second,
                              "both parts of share() are about one group, this is about \"%s\"",
                              group_name(call, 1)),
            "write \"%s\" in both", group_name(call, 0));
        return PART_FAULT;
    }
    node.cells = argument_cells(compiler, function, call, 0, &node.op);
    node.cells2 = argument_cells(compiler, function, call, 1, &node.op2);
    if (node.cells && node.cells2)
        return take_cells(compiler, call, TYPE_NUMBER, node);
    g_clear_pointer(&node.cells, g_array_unref);
    g_clear_pointer(&node.cells2, g_array_unref);
    return PART_FAULT;
}

/* min(), max(), sum(), mean(): all number questions or all percent questions. */
static Part compile_aggregate(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    g_autoptr(GArray) questions = members(compiler, name);
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    Node node = compiler_node(function->kind);
    QuestionType type = QUESTION_NUMBER;
    Part part;

    for (guint i = 0; questions && i < questions->len; i++) {
        Cell cell = { g_array_index(questions, int, i), NOWHERE };
        const Question *question = RUBRIC_QUESTION(compiler->rubric, cell.question);

        if (!is_known(compiler, question))
            continue;
        if (cells->len == 0)
            type = question->type;
        if ((question->type != QUESTION_NUMBER && question->type != QUESTION_PERCENT) ||
            question->type != type) {
            finding_hint(compiler_complain(compiler, name, "\"%s\" holds \"%s\", a %s question",
                                           name->name, question->id,
                                           question_type_name(question->type)),
                         "%s() takes a group of number questions or one of percent questions",
                         function->shown.name);
            return PART_FAULT;
        }
        g_array_append_val(cells, cell);
    }
    if (!questions)
        return PART_FAULT;
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
        compiler_complain(compiler, name, "the name of a %s is expected here", what);
        return NOWHERE;
    }
    if (rubric_find(compiler->rubric, name->name, &index) == kind)
        return index;
    compiler_complain_unknown(compiler, name, kind, what);
    return NOWHERE;
}

static Part compile_score(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = compiler_node(function->kind);
    const Syntax *first = call->parts->len > 0 ? g_ptr_array_index(call->parts, 0) : NULL;

    if (first && !(first->kind == SYNTAX_NAME && strcmp(first->name, "all") == 0)) {
        node.target = named(compiler, first, NAME_DIMENSION, "dimension");
        if (node.target == NOWHERE)
            return PART_FAULT;
    }
    if (call->parts->len > 1) {
        node.level = named(compiler, g_ptr_array_index(call->parts, 1), NAME_LEVEL, "level");
        if (node.level == NOWHERE)
            return PART_FAULT;
    }
    return compiler_part(compiler, call, TYPE_NUMBER, node);
}

static Part compile_has(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    const Syntax *option = g_ptr_array_index(call->parts, 1);
    Node node = compiler_node(function->kind);
    const Question *question;

    node.question = named(compiler, name, NAME_QUESTION, "question");
    if (node.question == NOWHERE)
        return PART_FAULT;
    question = RUBRIC_QUESTION(compiler->rubric, node.question);
    if (!is_known(compiler, question))
        return PART_FAULT;
    if (question->type != QUESTION_MULTI) {
        compiler_complain(compiler, name, "has() takes a multi question, \"%s\" is a %s question",
                          question->id, question_type_name(question->type));
        return PART_FAULT;
    }
    if (option->kind != SYNTAX_NAME) {
        compiler_complain(compiler, option, "the id of an option is expected here");
        return PART_FAULT;
    }
    node.option = question_option(question, option->name);
    if (node.option != NOWHERE)
        return compiler_part(compiler, call, TYPE_CONDITION, node);
    compiler_complain_option(compiler, option, question);
    return PART_FAULT;
}

/* answered(), years() */
static Part compile_of_question(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    Node node = compiler_node(function->kind);
    const Question *question;

    node.question = named(compiler, name, NAME_QUESTION, "question");
    if (node.question == NOWHERE)
        return PART_FAULT;
    question = RUBRIC_QUESTION(compiler->rubric, node.question);
    if (function->kind == NODE_ANSWERED)
        return compiler_part(compiler, call, TYPE_CONDITION, node);
    if (!is_known(compiler, question))
        return PART_FAULT;
    if (question->type == QUESTION_DATE)
        return compiler_part(compiler, call, TYPE_NUMBER, node);
    compiler_complain(compiler, name, "years() takes a date question, \"%s\" is a %s question",
                      question->id, question_type_name(question->type));
    return PART_FAULT;
}

static Part compile_met(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *name = g_ptr_array_index(call->parts, 0);
    Node node = compiler_node(function->kind);

    node.target = named(compiler, name, NAME_REQUIREMENT, "requirement");
    if (node.target == NOWHERE)
        return PART_FAULT;
    if (compiler->origin == ORIGIN_OFFICIAL && !compiler_is_doubtful(compiler, name) &&
        RUBRIC_REQUIREMENT(compiler->rubric, node.target)->origin != ORIGIN_OFFICIAL) {
        finding_hint(
            compiler_complain(compiler, name,
                              "an official requirement may not rest on \"%s\", which is house",
                              name->name),
            "make this requirement `origin = house`, or name an official one");
        return PART_FAULT;
    }
    return compiler_part(compiler, call, TYPE_CONDITION, node);
}

static Part compile_held(Compiler *compiler, const Function *function, const Syntax *call)
{
    Node node = compiler_node(function->kind);

    node.target = named(compiler, g_ptr_array_index(call->parts, 0), NAME_LEVEL, "level");
    return node.target == NOWHERE ? PART_FAULT
                                  : compiler_part(compiler, call, TYPE_CONDITION, node);
}

static Part compile_climb(Compiler *compiler, const Function *function, const Syntax *call)
{
    const Syntax *bar = g_ptr_array_index(call->parts, 0);
    Node node = compiler_node(function->kind);

    if (bar->kind != SYNTAX_NUMBER) {
        finding_hint(compiler_complain(compiler, bar, "climb() takes a number"), "climb(80%%)");
        return PART_FAULT;
    }
    node.number = bar->number;
    return compiler_part(compiler, call, TYPE_NUMBER, node);
}

/* clang-format off: a table, two lines a function */
static const Function FUNCTIONS[] = {
    { { "score", "score(DIMENSION), score(), score(DIMENSION, LEVEL), score(all, LEVEL)",
        "weighted mean of question scores; over the whole rubric without a dimension" },
      NODE_SCORE,
      0,
      2,
      compile_score },
    { { "count", "count(GROUP >= OPTION) or count(MULTI_QUESTION)",
        "how many applicable questions compare so; how many options are ticked" },
      NODE_COUNT,
      1,
      1,
      compile_count },
    { { "share", "share(GROUP >= OPTION) or share(GROUP >= OPTION, GROUP >= OPTION)",
        "part of the applicable questions that compare so; of those comparing as the second" },
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
/* clang-format on */

const RulesFunction *rules_function(guint index)
{
    return index < G_N_ELEMENTS(FUNCTIONS) ? &FUNCTIONS[index].shown : NULL;
}

static Part complain_function(Compiler *compiler, const Syntax *call)
{
    Finding *finding = compiler_complain(compiler, call, "\"%s\" is no function", call->name);
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
    return PART_FAULT;
}

Part compile_call(Compiler *compiler, const Syntax *call)
{
    for (guint i = 0; i < G_N_ELEMENTS(FUNCTIONS); i++) {
        const Function *function = &FUNCTIONS[i];

        if (strcmp(function->shown.name, call->name) != 0)
            continue;
        if (call->parts->len >= function->least && call->parts->len <= function->most)
            return function->compile(compiler, function, call);
        finding_hint(compiler_complain(compiler, call, "%s() does not take %u arguments",
                                       call->name, call->parts->len),
                     "%s", function->shown.signature);
        return PART_FAULT;
    }
    return complain_function(compiler, call);
}
