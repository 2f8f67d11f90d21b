#include "scoring/decisive.h"

#include "rules/rest.h"

typedef struct {
    const Evaluation *evaluation;
    gboolean *marks;   /* by question: bears on the requirement at hand */
    gboolean *visited; /* by requirement: met() and held() lead to it once */
} Search;

static void search_requirement(Search *search, int requirement);

static void search_level(Search *search, int level)
{
    const Rubric *rubric = search->evaluation->plan->rubric;

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level <= level &&
            evaluation_binds(search->evaluation, (int)i) &&
            search->evaluation->status[i] == STATUS_UNKNOWN)
            search_requirement(search, (int)i);
}

/* Go down only where the outcome is still open. */
static void search_node(Search *search, int at)
{
    const Node *node = at == NOWHERE ? NULL : PLAN_NODE(search->evaluation->plan, at);

    if (!node || evaluation_truth(search->evaluation, at) != TRUTH_UNKNOWN)
        return;
    if (node->kind == NODE_AND || node->kind == NODE_OR || node->kind == NODE_NOT) {
        search_node(search, node->left);
        search_node(search, node->right);
    } else if (node->kind == NODE_MET) {
        search_requirement(search, node->target);
    } else if (node->kind == NODE_HELD) {
        search_level(search, node->target);
    } else {
        rest_mark(search->evaluation->plan, at, search->marks);
    }
}

static void search_requirement(Search *search, int requirement)
{
    if (search->visited[requirement])
        return;
    search->visited[requirement] = TRUE;
    search_node(search, PLAN_CONDITION(search->evaluation->plan, requirement)->root);
}

typedef struct {
    int question;
    guint bears; /* on so many requirements */
} Decisive;

static int by_bearing(gconstpointer a, gconstpointer b)
{
    const Decisive *first = a, *second = b;

    if (first->bears != second->bears)
        return first->bears > second->bears ? -1 : 1;
    return first->question - second->question;
}

static void count_requirement(const Evaluation *evaluation, int requirement, guint *bears)
{
    const Rubric *rubric = evaluation->plan->rubric;
    g_autofree gboolean *marks = g_new0(gboolean, rubric->questions->len);
    g_autofree gboolean *visited = g_new0(gboolean, rubric->requirements->len);
    Search search = { evaluation, marks, visited };

    search_requirement(&search, requirement);
    for (guint i = 0; i < rubric->questions->len; i++)
        bears[i] += marks[i] && evaluation_is_blank(evaluation, (int)i);
}

static gboolean is_open(const Evaluation *evaluation, int requirement)
{
    int level = RUBRIC_REQUIREMENT(evaluation->plan->rubric, requirement)->level;

    return evaluation->status[requirement] == STATUS_UNKNOWN &&
           evaluation_binds(evaluation, requirement) && level > evaluation->verdict.level &&
           level <= evaluation->verdict.level_possible;
}

GArray *decisive_blanks(const Evaluation *evaluation)
{
    const Rubric *rubric = evaluation->plan->rubric;
    g_autofree guint *bears = g_new0(guint, rubric->questions->len);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Decisive));
    GArray *questions = g_array_new(FALSE, FALSE, sizeof(int));

    for (guint i = 0; i < rubric->requirements->len; i++)
        if (is_open(evaluation, (int)i))
            count_requirement(evaluation, (int)i, bears);
    for (guint i = 0; i < rubric->questions->len; i++) {
        Decisive decisive = { (int)i, bears[i] };

        if (bears[i] > 0)
            g_array_append_val(found, decisive);
    }
    g_array_sort(found, by_bearing);
    for (guint i = 0; i < found->len; i++)
        g_array_append_val(questions, g_array_index(found, Decisive, i).question);
    return questions;
}
