#include "cli/difference_moves.h"

#include <string.h>

/* The lowest level at which a requirement rests on a question; NOWHERE if none binds that does. */
static int lowest_level(const Plan *plan, int question)
{
    int lowest = NOWHERE;

    for (guint i = 0; i < plan->rubric->requirements->len; i++) {
        const Condition *condition = PLAN_CONDITION(plan, i);
        int level = RUBRIC_REQUIREMENT(plan->rubric, i)->level;

        for (guint k = 0; condition->binds && k < condition->questions->len; k++)
            if (g_array_index(condition->questions, int, k) == question &&
                (lowest == NOWHERE || level < lowest))
                lowest = level;
    }
    return lowest;
}

static gboolean has_level(const Rubric *rubric, const char *id)
{
    return rubric_find(rubric, id, NULL) == NAME_LEVEL;
}

/* The levels before and after; FALSE if they are the same, or not of one ladder. */
static gboolean find_move(const Difference *difference, int question, int *before, int *after)
{
    const Pairing *pairing = &difference->pairing;
    const char *from, *to;

    if (pairing->questions[question] == NOWHERE)
        return FALSE;
    *before = lowest_level(pairing->older, pairing->questions[question]);
    *after = lowest_level(pairing->newer, question);
    if (*before == NOWHERE || *after == NOWHERE)
        return FALSE;
    from = RUBRIC_LEVEL(difference->older, *before)->id;
    to = RUBRIC_LEVEL(difference->newer, *after)->id;
    return strcmp(from, to) != 0 && has_level(difference->newer, from) &&
           has_level(difference->older, to);
}

gboolean difference_is_moved(const Difference *difference, int question, gboolean is_older)
{
    int before, after;

    if (!is_older)
        return find_move(difference, question, &before, &after);
    for (int i = 0; i < (int)difference->newer->questions->len; i++)
        if (difference->pairing.questions[i] == question)
            return find_move(difference, i, &before, &after);
    return FALSE;
}

char *difference_move(const DifferenceWriter *writer, int question)
{
    const Difference *difference = writer->difference;
    int before, after;

    if (!find_move(difference, question, &before, &after))
        return NULL;
    return wording_fill(writer->terminal->wording, "difference", "question_moved",
                        writer->terminal->language, "title",
                        terminal_question(writer->terminal, difference->newer, question), "before",
                        terminal_level(writer->terminal, difference->older, before), "after",
                        terminal_level(writer->terminal, difference->newer, after), NULL);
}
