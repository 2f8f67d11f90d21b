#include "assess.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib.h>
#include <pthread.h>
#include <string.h>

static const char RUBRIC[] =
    "[rubric]\nid = tiny\nedition = 2025.1\nformat = 1\ntitle = Tiny\nlevels = basic\n"
    "[level basic]\ntitle = Basic\n[field company]\ntype = text\n"
    "[question q]\ntype = yesno\n[requirement r]\nlevel = basic\n"
    "kind = gate\norigin = house\nneeds = \"q\"\n";
static const char SHEET[] = "question,answer\ncompany,Acme\nq,yes\n";
static const char TABLE[] = "company,q\nAcme,yes\nBolt,no\nCrank,perhaps\n";

static AssessRubric *tiny(void)
{
    AssessRubric *rubric = assess_rubric_parse("tiny.ini", RUBRIC, strlen(RUBRIC), NULL, NULL);

    cr_assert(ne(ptr, rubric, NULL));
    return rubric;
}

Test(assess, grades_a_sheet_from_memory)
{
    AssessRubric *rubric = tiny();
    char *error = NULL;
    char *json = assess_grade(rubric, "a.csv", SHEET, strlen(SHEET), "2026-01-01", 0, &error);

    cr_assert(ne(ptr, json, NULL));
    cr_expect(zero(ptr, error));
    cr_expect(ne(ptr, strstr(json, "\"level\":\"basic\",\"level_possible\":\"basic\""), NULL));
    cr_expect(ne(ptr, strstr(json, "\"file\":\"a.csv\""), NULL));
    cr_expect(eq(str, (char *)assess_rubric_id(rubric), "tiny"));
    cr_expect(eq(str, (char *)assess_rubric_edition(rubric), "2025.1"));
    assess_free(json);
    assess_rubric_free(rubric);
}

Test(assess, gives_a_line_a_company)
{
    AssessRubric *rubric = tiny();
    char *json = assess_grade(rubric, "t.csv", TABLE, strlen(TABLE), "2026-01-01", 0, NULL);
    guint lines = 0;

    cr_assert(ne(ptr, json, NULL));
    for (const char *at = json; (at = strchr(at, '\n')); at++)
        lines++;
    cr_expect(eq(u32, lines, 3));
    cr_expect(zero(ptr, assess_grade(rubric, "t.csv", TABLE, strlen(TABLE), "2026-01-01",
                                     ASSESS_STRICT, NULL)),
              "an answer that cannot be read refuses a strict run");
    assess_free(json);
    assess_rubric_free(rubric);
}

Test(assess, says_why_it_refuses)
{
    static const char bad_sheet[] = "question,answer\nqq,yes\n";
    static const char bad_rubric[] = "[rubric]\nid = tiny\nedtion = 2025\n";
    const char *const missing[] = { "no/such/file.csv" };
    AssessRubric *rubric = tiny();
    char *error = NULL;

    cr_expect(zero(
        ptr, assess_grade(rubric, "a.csv", bad_sheet, strlen(bad_sheet), "2026-01-01", 0, &error)));
    cr_expect(eq(str, error, "a.csv:2:1: unknown question \"qq\"; did you mean \"q\"?"));
    assess_free(error);
    cr_expect(
        zero(ptr, assess_grade(rubric, "a.csv", SHEET, strlen(SHEET), "2026-02-30", 0, &error)));
    cr_expect(eq(str, error, "date \"2026-02-30\" is not a date such as 2026-11-23"));
    assess_free(error);
    cr_expect(zero(ptr, assess_grade_files(rubric, missing, 1, "2026-01-01", 0, &error)));
    cr_expect(eq(str, error, "cannot read \"no/such/file.csv\": no such file"));
    assess_free(error);
    cr_expect(
        zero(ptr, assess_rubric_parse("b.ini", bad_rubric, strlen(bad_rubric), NULL, &error)));
    cr_expect(ne(ptr,
                 strstr(error,
                        "b.ini:3:1: unknown key \"edtion\" in [rubric]; did you mean \"edition\"?"),
                 NULL),
              "%s", error);
    assess_free(error);
    cr_expect(zero(ptr, assess_rubric_parse("tiny.ini", RUBRIC, strlen(RUBRIC), "nobody", &error)));
    cr_expect(eq(str, error, "unknown profile \"nobody\""));
    assess_free(error);
    cr_expect(zero(ptr, assess_rubric_open("no/such/rubric.ini", NULL, NULL)),
              "the text is not asked for");
    assess_rubric_free(rubric);
}

static void *grade_many(void *rubric)
{
    for (guint i = 0; i < 50; i++) {
        char *json = assess_grade(rubric, "t.csv", TABLE, strlen(TABLE), "2026-01-01", 0, NULL);

        if (!json)
            return NULL;
        assess_free(json);
    }
    return rubric;
}

Test(assess, lets_threads_share_a_rubric)
{
    AssessRubric *rubric = tiny();
    pthread_t threads[4];

    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        cr_assert(zero(int, pthread_create(&threads[i], NULL, grade_many, rubric)));
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++) {
        void *done = NULL;

        pthread_join(threads[i], &done);
        cr_expect(eq(ptr, done, rubric));
    }
    assess_rubric_free(rubric);
}
