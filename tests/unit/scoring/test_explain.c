#include "scoring/explain.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

/* The tree on one line: text or id, with truth or value, parts in brackets. */
static void print(const Desk *desk, const Reason *reason, GString *out)
{
    static const char *const TRUTHS[] = { "false", "unknown", "true", "none" };
    const Rubric *rubric = desk->rubric;

    switch (reason->kind) {
    case REASON_LEVEL:
        g_string_append_printf(out, "%s:%s", RUBRIC_LEVEL(rubric, reason->index)->id,
                               TRUTHS[reason->truth]);
        break;
    case REASON_REQUIREMENT:
        g_string_append_printf(out, "%s:%s", RUBRIC_REQUIREMENT(rubric, reason->index)->id,
                               status_name(reason->status));
        break;
    case REASON_CONDITION:
        g_string_append_printf(out, "'%s':%s", reason->text, TRUTHS[reason->truth]);
        break;
    case REASON_VALUE:
        g_string_append_printf(out, "'%s'=%s", reason->text, reason->value);
        break;
    case REASON_ANSWER:
        g_string_append(out, RUBRIC_QUESTION(rubric, reason->index)->id);
        break;
    }
    for (guint i = 0; i < reason->parts->len; i++) {
        g_string_append(out, i ? ", " : " [");
        print(desk, g_ptr_array_index(reason->parts, i), out);
    }
    if (reason->parts->len)
        g_string_append_c(out, ']');
}

static const char QUESTIONS[] =
    "[group g]\ntitle = G\ntype = yesno\n"
    "[question a]\nask = A\ngroups = g\n[question b]\nask = B\ngroups = g\n"
    "[question n]\ntype = number\nmin = 0\nask = N\n";

Test(explain, names_the_parts_down_to_the_answers)
{
    static const struct {
        const char *needs, *tree;
    } CASES[] = {
        { "a", "r:met ['a':true [a]]" },
        { "a and b and n > 1", "r:unmet ['a and b and n > 1':false ['a':true [a], 'b':false [b], "
                               "'n > 1':unknown ['n'=0.. [n]]]]" },
        { "not b", "r:met ['not b':true ['b':false [b]]]" },
        { "share(g = yes) >= 1 / 3",
          "r:met ['share(g = yes) >= 1 / 3':true ['share(g = yes)'=0.5 [a, b], "
          "'1 / 3'=0.333333]]" },
        { "count(g = yes) / 3 >= 0.333333",
          "r:met ['count(g = yes) / 3 >= 0.333333':true "
          "['count(g = yes) / 3'=0.3333333 ['count(g = yes)'=1 [a, b]]]]" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Desk) desk = desk_new(QUESTIONS, CASES[i].needs);
        g_autoptr(GString) out = g_string_new(NULL);
        g_autoptr(Reason) reason = NULL;

        desk_answer(desk, "a", "yes");
        desk_answer(desk, "b", "no");
        reason = explain_requirement(desk_assess(desk), desk_requirement(desk, "r"));
        print(desk, reason, out);
        cr_expect(eq(str, out->str, (char *)CASES[i].tree));
    }
}

Test(explain, shows_a_level_with_the_lower_requirements_that_fail)
{
    static const char TEXT[] =
        "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one, two\ndimensions = "
        "d\n"
        "[level one]\ntitle = 1\n[level two]\ntitle = 2\n[dimension d]\ntitle = D\n"
        "[question a]\ntype = yesno\nask = A\n[question b]\ntype = yesno\nask = B\n"
        "[requirement r1]\nlevel = one\nkind = gate\norigin = house\ntitle = R1\nneeds = a\n"
        "[requirement s1]\nlevel = one\nkind = gate\norigin = house\ntitle = S1\nneeds = b\n"
        "[requirement r2]\nlevel = two\nkind = gate\norigin = house\ntitle = R2\nneeds = \"met(r1) "
        "and held(one)\"\n";
    g_autoptr(Desk) desk = desk_of(TEXT, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(Reason) reason = NULL;

    desk_answer(desk, "a", "yes");
    desk_answer(desk, "b", "no");
    reason = explain_level(desk_assess(desk), 1);
    print(desk, reason, out);
    cr_expect(eq(str, out->str,
                 "two:false [s1:unmet ['b':false [b]], r2:unmet ['met(r1) and held(one)':false ["
                 "'met(r1)':true [r1:met ['a':true [a]]], 'held(one)':false [one:false [r1:met, "
                 "s1:unmet]]]]]"));
}
