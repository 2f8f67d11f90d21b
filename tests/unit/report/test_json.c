#include "report/json.h"
#include "report/json_node.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "support.h"

/* The text behind `"key":` of the whole assessment's score. */
static char *bound_of(const char *json, const char *key)
{
    const char *score = strstr(json, "\"evidenced\":null,\"score\":{");
    g_autofree char *name = g_strdup_printf("\"%s\":", key);
    const char *at = score ? strstr(score, name) : NULL;

    cr_assert(ne(ptr, (void *)at, NULL), "no score in %s", json);
    at += strlen(name);
    return g_strndup(at, strcspn(at, ",}"));
}

typedef struct {
    const char *weight, *best, *answer, *needs; /* of one question under `score = sum` */
    const char *low;
} NumberCase;

/* One question whose score is answer/best, times its weight. */
static char *scored(const NumberCase *it)
{
    g_autofree char *text = g_strdup_printf(
        "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = basic\nscore = sum\n"
        "dimensions = d\n[dimension d]\ntitle = D\n[level basic]\ntitle = B\n[question q]\n"
        "type = number\ndimension = d\nworst = 0\nbest = %s\nweight = %s\n[requirement r]\n"
        "level = basic\nkind = gate\norigin = house\nneeds = \"%s\"\n",
        it->best, it->weight, it->needs);
    g_autoptr(Desk) desk = desk_of(text, NULL);

    desk_answer(desk, "q", it->answer);
    return report_json(desk_assess(desk), FALSE);
}

Test(json, prints_numbers_exactly_and_never_lets_a_failed_comparison_look_met)
{
    static const NumberCase cases[] = {
        { "1", "1", "1", "score() >= 1", "1" },
        { "1", "3", "1", "score() >= 1", "0.333333" },
        { "1", "3", "2", "score() >= 1", "0.666667" },
        { "0.000003", "1", "1", "score() >= 1", "3e-6" },
        { "1", "3000000", "2999999", "score() >= 1", "0.9999997" },
        { "999999999999", "1", "1", "score() >= 1", "999999999999" },
        { "999999999999.5", "1", "1", "score() >= 1", "999999999999.5" },
        { "123456789012.123456", "1", "1", "score() >= 1", "123456789012.123" },
        { "999999999999.999999", "1", "1", "score() > 999999999999.999998", "1000000000000.0" },
        { "999999999999.999998", "1", "1", "score() >= 999999999999.999999", "999999999999.999" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *json = scored(&cases[i]);
        g_autofree char *low = bound_of(json, "low");

        cr_expect(eq(str, low, (char *)cases[i].low), "case %u", i);
    }
}

Test(json, keeps_the_order_of_the_contract)
{
    static const char *const keys[] = {
        "{\"schema\":\"assess/1\"",
        "\"program\":",
        "\"rubric\":{\"id\":",
        "\"edition\":",
        "\"sha256\":",
        "\"profile\":null",
        "\"base\":null",
        "\"date\":\"2026-06-30\"",
        "\"strict\":false",
        "\"sources\":[",
        "\"fields\":{",
        "\"level\":",
        "\"level_possible\":",
        "\"official\":{",
        "\"evidenced\":null",
        "\"score\":null",
        "\"dimensions\":[",
        "\"levels\":[{\"id\":",
        "\"status\":",
        "\"requirements\":[{\"id\":",
        "\"kind\":",
        "\"origin\":",
        "\"needs\":",
        "\"because\":[",
        "\"answers\":[{\"question\":",
        "\"answer\":",
        "\"state\":",
        "\"evidence\":",
        "\"owner\":",
        "\"note\":",
        "\"blockers\":[",
        "\"decisive_blanks\":[",
        "\"findings\":[]}\n",
    };
    g_autoptr(Desk) desk = desk_new("[question q]\ntype = yesno\n", "q");
    g_autofree char *json = report_json(desk_assess(desk), FALSE);
    const char *at = json;

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *found = strstr(at, keys[i]);

        cr_assert(ne(ptr, (void *)found, NULL), "%s is not behind the key before it in %s", keys[i],
                  json);
        at = found + 1;
    }
}

Test(json, gives_findings_with_null_for_what_does_not_apply)
{
    g_autoptr(Findings) findings = findings_new();
    Place place = { .file = "some/folder/a.csv", .line = 3, .record = 2, .column = 1, .width = 4 };
    g_autofree char *json = NULL;

    finding_hint(findings_add(findings, SEVERITY_ERROR, &place, "unknown \"%s\"", "x"),
                 "try \"y\"");
    findings_add(findings, SEVERITY_NOTE, NULL, "plain");
    json = findings_json(findings);
    cr_expect(ne(ptr, strstr(json, "\"file\": \"some/folder/a.csv\""), NULL), "as given: %s", json);
    cr_expect(ne(ptr, strstr(json, "\"width\": 4"), NULL));
    cr_expect(ne(ptr, strstr(json, "\"width\": null"), NULL));
    cr_expect(ne(ptr, strstr(json, "\"message\": \"unknown \\\"x\\\"\""), NULL));
    cr_expect(ne(ptr, strstr(json, "\"line\": null"), NULL));
    cr_expect(ne(ptr, strstr(json, "\"hint\": null"), NULL));
}

Test(json, is_read_back)
{
    static const char TEXT[] =
        "[rubric]\nid = t\nedition = 2025.1\nformat = 1\ntitle = T\nlevels = low, high\n"
        "[level low]\n[level high]\n[field company]\ntype = text\n[field site]\ntype = text\n"
        "[question q]\ntype = yesno\n[question p]\ntype = yesno\n"
        "[requirement r]\nlevel = low\nkind = gate\norigin = house\nneeds = \"q\"\n"
        "[requirement s]\nlevel = high\nkind = gate\norigin = house\nneeds = \"p\"\n"
        "[profile short]\n";
    g_autoptr(Desk) desk = desk_of(TEXT, "short");
    g_autofree char *json = NULL, *fault = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(JsonVerdict) verdict = NULL;

    desk_answer(desk, "q", "yes");
    desk->answers->of[desk_question(desk, "company")].state = ANSWER_ANSWERED;
    desk->answers->of[desk_question(desk, "company")].text = g_strdup("A & \"B\"");
    json = report_json(desk_assess(desk), TRUE);
    bytes = g_bytes_new(json, strlen(json));
    verdict = json_verdict_read(bytes, &fault);
    cr_assert(verdict != NULL, "%s", fault);
    cr_expect(eq(str, verdict->rubric, "t"));
    cr_expect(eq(str, verdict->edition, "2025.1"));
    cr_expect(eq(str, verdict->profile, "short"));
    cr_expect(eq(int, verdict->day, support_day(2026, 6, 30)));
    cr_expect(eq(str, verdict->level, "low"));
    cr_expect(eq(str, verdict->level_possible, "high"));
    cr_assert(eq(uint, g_strv_length(verdict->levels), 2));
    cr_expect(eq(str, verdict->levels[1], "high"));
    cr_expect(eq(str, verdict->company, "A & \"B\""));
    cr_expect(eq(uint, g_strv_length(verdict->fields), 1));
}

/* At the limit blanks are read to their end; one more, and the text is not looked at. */
Test(json, reads_texts_up_to_its_limit)
{
    for (guint over = 0; over <= 1; over++) {
        gsize size = JSON_READ_LIMIT + over;
        char *text = g_malloc(size);
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *fault = NULL;

        memset(text, ' ', size);
        memcpy(text, "{}", 2);
        bytes = g_bytes_new_take(text, size);
        cr_expect(zero(ptr, json_verdict_read(bytes, &fault)));
        cr_expect(eq(str, fault,
                     over ? "is larger than 16 MiB, which no assessment is"
                          : "is no assessment of schema \"assess/1\": it has no member "
                            "\"schema\""));
    }
}
