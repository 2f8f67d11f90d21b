#include "proof/space.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

/* "none; 0 (0..30) 30": the states of a question, ranges by their ends. Free with g_free(). */
static char *states_of(const Space *space, int question)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < SPACE_STATES(space, question); i++) {
        const State *state = SPACE_STATE(space, question, i);
        g_autofree char *number = rational_format(state->number, 6, ROUND_HALF_UP);

        g_string_append(text, i ? " " : "");
        if (state->kind == STATE_OPTION)
            g_string_append_printf(text, "%u", state->option);
        else if (state->kind == STATE_BLANK)
            g_string_append(text, "blank");
        else if (state->kind == STATE_ANSWERED)
            g_string_append(text, "answered");
        else if (rational_compare(state->low, state->high) == 0)
            g_string_append(text, number);
        else
            g_string_append_printf(text, "(%s)", number);
    }
    return g_string_free(text, FALSE);
}

Test(space, tells_apart_what_conditions_tell_apart)
{
    static const struct {
        const char *question, *needs, *states;
    } ROWS[] = {
        { "type = choice\noptions = x, y, z", "a >= y", "0 1 2" },
        { "type = yesno", "a", "0 1" },
        { "type = yesno\nscore = 1, 0", "not a", "1 0" },
        { "type = percent", "a >= 60%", "0 (0.3) 0.6 (0.8) 1" },
        { "type = percent\nworst = 20\nbest = 90", "a >= 0", "0 (0.1) 0.2 (0.55) 0.9 (0.95) 1" },
        { "type = number\nmin = 0\nmax = 10\nworst = 10\nbest = 0", "a < 4", "10 (7) 4 (2) 0" },
        { "type = number", "a > 5", "(4) 5 (6)" },
        { "type = number\nmin = 0\nmax = 1", "a > 5", "0 (0.5) 1" },
        { "type = number\nmin = 1\nmax = 1.000001", "a > 1", "1 1.000001" },
        { "type = date", "years(a) >= 3", "0 2 3 4" },
        { "type = date", "years(a) > 0.5", "0 1" },
        { "type = text", "answered(a)", "blank answered" },
        { "type = text", "answered(b)", "answered" },
        { "type = multi\noptions = x, y", "has(a, x)", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *sections = g_strdup_printf(
            "[question a]\nask = A\n%s\n[question b]\nask = B\ntype = text\n", ROWS[i].question);
        g_autoptr(Desk) desk = desk_new(sections, ROWS[i].needs);
        g_autoptr(Space) space = space_new(desk->plan);
        g_autofree char *found = states_of(space, 0);

        cr_expect(eq(str, found, (char *)ROWS[i].states), "%s: %s", ROWS[i].question,
                  ROWS[i].needs);
    }
}

Test(space, says_which_questions_have_an_order)
{
    g_autoptr(Desk) desk =
        desk_new("[question a]\nask = A\ntype = number\n"
                 "[question b]\nask = B\ntype = number\nworst = 0\nbest = 1\n"
                 "[question c]\nask = C\ntype = choice\noptions = x, y\nna = yes\n"
                 "[question e]\nask = E\ntype = date\n",
                 "a > 1 and b > 1 and c = y and years(e) > 1");
    g_autoptr(Space) space = space_new(desk->plan);

    cr_expect(not(space->of[0].is_ordered));
    cr_expect(space->of[1].is_ordered);
    cr_expect(space->of[2].is_ordered);
    cr_expect(not(space->of[3].is_ordered));
    cr_expect(space->of[2].may_be_na);
    cr_expect(not(space->of[0].may_be_na));
}
