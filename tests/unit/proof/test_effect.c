#include "proof/effect.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

#define QUESTIONS                                                                           \
    "[scale s]\noptions = absent, built, with_ai\n"                                         \
    "[group g]\ntype = choice\nscale = s\n"                                                 \
    "[question a]\nask = A\ngroups = g\ndimension = d\n[question b]\nask = B\ngroups = g\n" \
    "[question n]\nask = N\ntype = number\n[question y]\nask = Y\ntype = yesno\n"           \
    "[question m]\nask = M\ntype = multi\noptions = p, q\n"

/* The effect on requirement "r" of the step from one state of a question to the next. */
static Effect effect_of(const char *needs, const char *question, guint from)
{
    g_autoptr(Desk) desk = desk_new(QUESTIONS, needs);
    g_autoptr(Space) space = space_new(desk->plan);
    const int index = desk_question(desk, question);

    return effect_on_requirement(space, 0, index, SPACE_STATE(space, index, from),
                                 SPACE_STATE(space, index, from + 1));
}

Test(effect, follows_the_form_of_a_condition)
{
    static const struct {
        const char *needs, *question;
        guint from;
        Effect effect;
    } ROWS[] = {
        { "a >= built", "a", 0, EFFECT_UP },
        { "a >= built", "a", 1, EFFECT_NONE },
        { "a >= built", "b", 0, EFFECT_NONE },
        { "not (a >= built)", "a", 0, EFFECT_DOWN },
        { "a = built", "a", 0, EFFECT_UP },
        { "a = built", "a", 1, EFFECT_DOWN },
        { "a != built", "a", 1, EFFECT_UP },
        { "a >= b", "a", 0, EFFECT_UP },
        { "a >= b", "b", 0, EFFECT_DOWN },
        { "a = b", "b", 0, EFFECT_BOTH },
        { "a >= built and not (a >= with_ai)", "a", 1, EFFECT_DOWN },
        { "a >= built or not (a >= built)", "a", 0, EFFECT_BOTH },
        { "y", "y", 0, EFFECT_UP },
        { "n < 5", "n", 0, EFFECT_DOWN },
        { "10 - n > 5", "n", 0, EFFECT_DOWN },
        { "-2 * n >= 5", "n", 0, EFFECT_DOWN },
        { "n * n > 5", "n", 0, EFFECT_BOTH },
        { "1 / n > 5", "n", 0, EFFECT_BOTH },
        { "n / 2 = 5", "n", 0, EFFECT_BOTH },
        { "count(g >= built) >= 2", "a", 0, EFFECT_UP },
        { "count(g < built) >= 2", "a", 0, EFFECT_DOWN },
        { "any(g >= built)", "a", 1, EFFECT_NONE },
        { "all(g = built)", "a", 1, EFFECT_DOWN },
        { "share(g >= with_ai, g >= built) >= 50%", "a", 0, EFFECT_DOWN },
        { "share(g >= with_ai, g >= built) >= 50%", "a", 1, EFFECT_UP },
        { "50% <= share(g >= with_ai, g >= built)", "a", 0, EFFECT_DOWN },
        { "share(g >= with_ai, g >= built) <= 50%", "a", 0, EFFECT_BOTH },
        { "share(g >= with_ai, g >= built) >= 0", "a", 0, EFFECT_BOTH },
        { "1 - share(g >= with_ai, g >= built) >= 0.5", "a", 1, EFFECT_DOWN },
        { "score() >= 50%", "a", 0, EFFECT_UP },
        { "score() >= 50%", "b", 0, EFFECT_NONE },
        { "score(d) < 50%", "a", 0, EFFECT_DOWN },
    };

    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++)
        cr_expect(eq(int, (int)effect_of(ROWS[i].needs, ROWS[i].question, ROWS[i].from),
                     (int)ROWS[i].effect),
                  "%s, %s from %u", ROWS[i].needs, ROWS[i].question, ROWS[i].from);
}

Test(effect, of_a_tick_is_on_its_option_and_on_the_count)
{
    g_autoptr(Desk) desk = desk_new(QUESTIONS, "has(m, p) or not (count(m) >= 2)");
    g_autoptr(Space) space = space_new(desk->plan);
    const int m = desk_question(desk, "m");
    const State off[] = { state_tick(0, FALSE), state_tick(1, FALSE) };
    const State on[] = { state_tick(0, TRUE), state_tick(1, TRUE) };

    cr_expect(eq(int, (int)effect_on_requirement(space, 0, m, &off[0], &on[0]), EFFECT_BOTH));
    cr_expect(eq(int, (int)effect_on_requirement(space, 0, m, &off[1], &on[1]), EFFECT_DOWN));
    cr_expect(eq(int, (int)effect_on_requirement(space, 0, m, &on[1], &off[1]), EFFECT_UP));
}
