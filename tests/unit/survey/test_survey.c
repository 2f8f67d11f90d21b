#include "survey/survey.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/csv.h"
#include "intake/suite.h"
#include "survey/survey_answers.h"
#include "survey/survey_map.h"
#include "survey/survey_reader.h"

/* A survey of the small rubric. */
typedef struct {
    Rubric *rubric;
    Vocabulary *vocabulary;
    Layouts *layouts;
    Findings *findings;
    Survey *survey;
    GString *whens; /* moments of the rows, as they were read */
} Desk;

static char *shipped(const char *id, gpointer data)
{
    (void)data;
    return g_strdup_printf("templates/surveys/%s.ini", id);
}

static Layouts *all_layouts(void)
{
    Layouts *layouts = layouts_new();
    GDir *folder = g_dir_open("templates/surveys", 0, NULL);
    g_autoptr(Findings) findings = findings_new();
    const char *name;

    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename("templates/surveys", name, NULL);

        cr_assert(layouts_load(layouts, path, shipped, NULL, findings, NULL));
    }
    g_dir_close(folder);
    return layouts;
}

static void open_text(Desk *desk, const char *text, const SurveyOptions *options)
{
    static const SurveyOptions NONE = { 0 };

    desk->rubric = suite_rubric();
    desk->vocabulary = vocabulary_new(desk->rubric);
    desk->layouts = all_layouts();
    desk->findings = findings_new();
    desk->whens = g_string_new(NULL);
    desk->survey = survey_open(desk->vocabulary, desk->layouts, options ? options : &NONE, "a.csv",
                               text, strlen(text), TRUE, desk->findings);
}

static void close_desk(Desk *desk)
{
    survey_free(desk->survey);
    findings_unref(desk->findings);
    layouts_free(desk->layouts);
    vocabulary_free(desk->vocabulary);
    rubric_free(desk->rubric);
    g_string_free(desk->whens, TRUE);
}

static void print_answers(GString *out, const Answers *answers)
{
    for (guint i = 0; i < answers->n_answers; i++) {
        g_autofree char *value = answer_value(answers, (int)i);

        if (answers->of[i].state != ANSWER_BLANK)
            g_string_append_printf(out, " %s=%s", RUBRIC_QUESTION(answers->rubric, i)->id,
                                   value ? value : answer_state_name(answers->of[i].state));
    }
}

/* A row as "id=value id=value;", or the reason why it is left out. */
static gboolean print_rows(const Block *block, gpointer data)
{
    gpointer *both = data;
    Desk *desk = both[0];
    GString *out = both[1];

    for (guint row = 0; row < block->n_rows; row++) {
        g_autoptr(Answers) answers = block_answers(block, row);

        if (block->dropped[row])
            g_string_append_printf(out, " (%s)", survey_drop_id(desk->survey, block->dropped[row]));
        else
            print_answers(out, answers);
        g_string_append_c(out, ';');
        g_string_append_printf(desk->whens, "%" G_GINT64_FORMAT ";",
                               block->when[row] ? block->when[row] - block->when[0] : -1);
    }
    return TRUE;
}

static gboolean print_record(const CsvRecord *record, gpointer data)
{
    gpointer *both = data;
    const Survey *survey = ((Desk *)both[0])->survey;
    g_autoptr(Answers) answers = survey_answers(survey, record, NULL, NULL);

    if (answers)
        print_answers(both[1], answers);
    else
        g_string_append(both[1], " (out)");
    g_string_append_c(both[1], ';');
    return TRUE;
}

/* The rows as blocks, and record by record: the same but for the reasons. */
static char *read_rows(Desk *desk, const char *text)
{
    g_autoptr(SurveyReader) reader = survey_reader_new(desk->survey);
    gsize offset = survey_data_offset(desk->survey);
    g_autoptr(GString) one_by_one = g_string_new(NULL);
    GString *out = g_string_new(NULL);
    gpointer both[] = { desk, out }, other[] = { desk, one_by_one };
    CsvText csv = { .text = text + offset,
                    .size = strlen(text) - offset,
                    .line = 1,
                    .record = 1,
                    .delimiter = survey_delimiter(desk->survey) };
    g_autoptr(GRegex) reasons = g_regex_new(" \\([a-z]+\\)", 0, 0, NULL);
    g_autofree char *without = NULL;

    cr_expect(survey_reader_read(reader, csv.text, csv.size, 1, print_rows, both, NULL));
    cr_expect(csv_read(&csv, print_record, other, NULL));
    without = g_regex_replace_literal(reasons, out->str, -1, 0, " (out)", 0, NULL);
    cr_expect(eq(str, without, one_by_one->str));
    return g_string_free(out, FALSE);
}

typedef struct {
    const char *layout;
    guint header_rows;
    const char *text, *rows;
} Export;

/* The same two companies in the way of each tool, and what it has beside them. */
static const Export EXPORTS[] = {
    { "table", 1, "company,plan,mes,tools\nA,good,yes,cad;plm\nB,Not met,no,none\n",
      " plan=good mes=yes tools=cad;plm company=A; plan=poor mes=no tools=none company=B;" },
    { "limesurvey", 1,
      "\"id\";\"submitdate\";\"lastpage\";\"startlanguage\";\"company\";\"plan\";\"mes\";"
      "\"tools[SQ001]\";\"tools[SQ002]\";\"tools[plm]\";\"tools[other]\";\"energy\"\r\n"
      "\"1\";\"2026-09-03 12:00:00\";\"3\";\"en\";\"A\";\"good\";\"Y\";\"Y\";\"\";\"Y\";\"own\";"
      "\"12.5\"\r\n"
      "\"2\";\"\";\"1\";\"en\";\"B\";\"poor\";\"N\";\"\";\"\";\"\";\"\";\"\"\r\n"
      "\"3\";\"2026-09-03 12:01:00\";\"3\";\"en\";\"'=C\";\"N/A\";\"N/A\";\"N\";\"N\";\"N/A\";\"\";"
      "\"\"\r\n\r\n",
      " plan=good mes=yes tools=cad;plm energy=12.5 company=A; (partial); tools=none company==C;" },
    { "limesurvey", 1,
      "Response ID,Date submitted,Last page,Start language,Company name,Production plan,"
      "\"Tools [Simulation]\",Tools [plm],Ener..\n"
      "7,2026-09-03 12:00:00,3,en,A,Partly met,Yes,No,5\n",
      " plan=fair tools=cae energy=5 company=A;" },
    { "qualtrics", 3,
      "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,Q1,plan,tools_1,tools_2,"
      "tools_3,tools_3_TEXT\n"
      "Anfang,Ende,Typ,Stand,Beendet,Erfasst,ID,Company name,Production plan,Tools - cad,Tools - "
      "Simulation,Tools - plm,Tools - plm - Text\n"
      "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\"}\","
      "\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"progress\"\"}\","
      "\"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\","
      "\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_TEXT\"\"}\","
      "\"{\"\"ImportId\"\":\"\"QID2\"\"}\",\"{\"\"ImportId\"\":\"\"QID3_1\"\"}\","
      "\"{\"\"ImportId\"\":\"\"QID3_2\"\"}\",\"{\"\"ImportId\"\":\"\"QID3_3\"\"}\","
      "\"{\"\"ImportId\"\":\"\"QID3_3_TEXT\"\"}\"\n"
      "2026-09-03,2026-09-03,0,100,True,2026-09-03 10:00:00,R_1,A,3,1,,1,words\n"
      "2026-09-03,2026-09-03,Survey Preview,100,True,2026-09-03 11:00:00,R_2,B,3,1,,,\n"
      "2026-09-03,2026-09-03,IP Address,40,False,2026-09-03 12:00:00,R_3,C,3,1,,,\n",
      " plan=good tools=cad;plm company=A; (preview); (partial);" },
    { "surveymonkey", 2,
      "Respondent ID,Collector ID,Start Date,End Date,IP Address,Company name,Production<br>plan,"
      "Tools,,,Execution system,\n"
      ",,,,,Open-Ended Response,Response,cad,Simulation,Other (please specify),Response,Other "
      "(please specify)\n"
      "1,4,09/03/2026 12:00:00 PM,09/03/2026 12:04:10 PM,192.0.2.1,A,Fully met,cad,,own,Yes,\n"
      "2,4,09/03/2026 12:00:00 PM,09/03/2026 12:05:10 PM,192.0.2.1,B,Not met,,,,No,hm\n",
      " plan=good mes=yes tools=cad company=A; plan=poor mes=no company=B;" },
    { "google_forms", 1,
      "Timestamp,Email Address,Company name,Production plan,Tools,Status [Execution system]\n"
      "2026/09/03 12:00:00 PM GMT+8,a@example.org,A,3 - Fully met,\"cad;Simulation;Own, "
      "home-grown\",Yes\n"
      "2026/09/03 12:05:00 PM GMT+8,b@example.org,B,Not met,\"Simulation, plm\",No\n",
      " plan=good mes=yes tools=cad;cae company=A; plan=poor mes=no tools=cae;plm company=B;" },
    { "microsoft_forms", 1,
      "ID;Start time;Completion time;Email;Name;Company name;Tools;Execution system;Rate;Energy\n"
      "1;7/27/26 19:06:23;7/27/26 19:17:10;anonymous;;A;\"cad;Simulation;Own;\";Yes;37.5%;12,5\n",
      " mes=yes tools=cad;cae energy=12.5 rate=37.5 company=A;" },
    { "microsoft_forms", 1,
      "ID,\u5f00\u59cb\u65f6\u95f4,\u5b8c\u6210\u65f6\u95f4,\u7535\u5b50\u90ae\u4ef6,\u540d\u79f0,"
      "\u4f01\u4e1a\u540d\u79f0,\u751f\u4ea7\u8ba1\u5212\n"
      "1,2026/7/27 19:06,2026/7/27 19:17,anonymous,,A,\u5b8c\u5168\u6ee1\u8db3\n",
      " plan=good company=A;" },
    { "kobotoolbox", 2,
      "\"start\";\"about/company\";\"plan\";\"work/tools\";\"work/tools/cad\";\"work/tools/plm\";"
      "\"_id\";\"_uuid\";\"_submission_time\";\"_validation_status\"\n"
      "\"\";\"#org\";\"#plan\";\"\";\"\";\"\";\"\";\"\";\"\";\"\"\n"
      "\"2026-09-03\";\"A\";\"good\";\"cad plm\";\"1\";\"1\";\"1\";\"u\";\"2026-09-03T04:00:00\";"
      "\"\"\n"
      "\"2026-09-03\";\"B\";\"n/a\";\"\";\"\";\"\";\"2\";\"v\";\"2026-09-03T04:00:09\";"
      "\"validation_status_not_approved\"\n",
      " plan=good tools=cad;plm company=A; (rejected);" },
    { "odk_central", 1,
      "SubmissionDate,company,plan,tools/cad,tools/plm,grp-mes,meta-instanceID,KEY,SubmitterID,"
      "ReviewState,FormVersion\n"
      "2026-09-03T04:04:10.000Z,A,good,1,0,yes,u,u,5,approved,1\n"
      "2026-09-03T04:06:10.000Z,B,good,0,0,no,v,v,5,,1\n"
      "2026-09-03T04:08:10.000Z,C,good,0,0,no,v,v,5,rejected,1\n",
      " plan=good mes=yes tools=cad company=A; plan=good mes=no tools=none company=B; "
      "(rejected);" },
    { "wenjuanxing", 1,
      "\u5e8f\u53f7,\u63d0\u4ea4\u7b54\u5377\u65f6\u95f4,\u6240\u7528\u65f6\u95f4,\u6765\u6e90,"
      "\u6765\u6e90\u8be6\u60c5,\u6765\u81eaIP,1\u3001\u4f01\u4e1a\u540d\u79f0,"
      "2\u3001\u751f\u4ea7\u8ba1\u5212,3\u3001Tools,4\u3001Execution "
      "system,5\u3001Energy,6\u3001Output\n"
      "1,2026/9/3 12:00:00,125\u79d2,x,y,192.0.2.1,A,C.\u5b8c\u5168\u6ee1\u8db3,"
      "cad\u250b\u4eff\u771f\u3016own\u3017,\u662f,(\u7a7a),-3\n"
      "2,2026/9/3 "
      "12:01:00,12\u79d2,x,y,192.0.2.1,(\u7a7a),\uff08\u8df3\u8fc7\uff09,-3,\u5426,-2,("
      "\u8df3\u8fc7)\n",
      " plan=good mes=yes tools=cad;cae output=-3 company=A; mes=no;" },
    { "tencent", 1,
      "\u7f16\u53f7,\u5f00\u59cb\u7b54\u9898\u65f6\u95f4,\u7ed3\u675f\u7b54\u9898\u65f6\u95f4,"
      "\u7b54\u9898\u65f6\u957f,1.\u4f01\u4e1a\u540d\u79f0,2.\u751f\u4ea7\u8ba1\u5212,3.Tools:A."
      "cad,"
      "3.Tools:B.\u4eff\u771f,3.Tools:C.Own_\u586b\u7a7a,\u6e05\u6d17\u6570\u636e\u7ed3\u679c,IP,\n"
      "2,2026/5/26 12:00,2026/5/26 12:03,180,A,C.\u5b8c\u5168\u6ee1\u8db3,A.cad,,words,"
      "\u6709\u6548,192.0.2.1,\n"
      "1,2026/5/26 11:00,2026/5/26 11:00,12,B,,,,,\u65e0\u6548,192.0.2.1,\n",
      " plan=good tools=cad company=A; (invalid);" },
    { "redcap", 1,
      "record_id,redcap_repeat_instrument,company,plan,mes,tools___1,tools___cae,energy,form_"
      "complete\n"
      "1,,A,3,1,1,0,\"1,54\",2\n2,,B,1,0,0,0,1.54,2\n2,visits,,,,,,,0\n",
      " plan=good mes=yes tools=cad energy=1.54 company=A; plan=poor mes=no energy=1.54 company=B; "
      "(repeat);" },
    { "typeform", 2,
      ",Tools,,,,\n#,cad,Simulation,Company name,*Execution* system,Network ID\n"
      "abc,cad,,A,1,f00\ndef,,Simulation,'+B,0,f01\n",
      " mes=yes tools=cad company=A; mes=no tools=cae company=+B;" },
    { "typeform", 1,
      "#,Company name,Tools / cad,Tools / plm,Response Type,Start Date (UTC),Submit Date (UTC)\n"
      "abc,A,cad,plm,completed,2026-09-03 12:00:00,2026-09-03 12:09:00\n"
      "def,B,cad,,started,2026-09-03 12:00:00,\n",
      " tools=cad;plm company=A; (partial);" },
    { "jotform", 1,
      "Submission Date,Company name,Tools,Work >> Execution system,Since,Submission ID\n"
      "\"Sep 3, 2026\",A,\"cad\nSimulation\",Yes,3/1/2025,55\n",
      " mes=yes tools=cad;cae since=2025-03-01 company=A;" },
};

Test(survey, reads_what_each_tool_writes)
{
    for (guint i = 0; i < G_N_ELEMENTS(EXPORTS); i++) {
        const Export *export = &EXPORTS[i];
        Desk desk;
        g_autofree char *rows = NULL, *told = NULL;

        open_text(&desk, export->text, NULL);
        told = suite_told(desk.findings);
        cr_assert(desk.survey != NULL, "%s: %s", export->layout, told);
        cr_expect(eq(str, survey_layout(desk.survey)->id, (char *)export->layout), "%s",
                  export->text);
        cr_expect(eq(u32, survey_header_rows(desk.survey), export->header_rows), "%s",
                  export->layout);
        cr_expect(eq(str, told, ""), "%s", export->layout);
        rows = read_rows(&desk, export->text);
        cr_expect(eq(str, rows, (char *)export->rows), "%s", export->layout);
        close_desk(&desk);
    }
}

Test(survey, keeps_rows_that_are_asked_for)
{
    static const char *const KEEP[] = { "partial", NULL };
    SurveyOptions options = { .keep = KEEP };
    g_autofree char *rows = NULL;
    Desk desk;

    open_text(&desk, EXPORTS[1].text, &options);
    rows = read_rows(&desk, EXPORTS[1].text);
    cr_expect(g_str_has_prefix(rows, " plan=good mes=yes tools=cad;plm energy=12.5 company=A; "
                                     "plan=poor mes=no company=B; tools=none"));
    cr_expect(eq(str, desk.whens->str, "0;-1;60;"));
    close_desk(&desk);
}

Test(survey, knows_when_an_answer_was_given)
{
    static const struct {
        guint export;
        const char *whens;
    } CASES[] = { { 4, "0;60;" }, { 5, "0;300;" }, { 9, "0;120;240;" }, { 10, "0;60;" } };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *rows = NULL;
        Desk desk;

        open_text(&desk, EXPORTS[CASES[i].export].text, NULL);
        rows = read_rows(&desk, EXPORTS[CASES[i].export].text);
        cr_expect(eq(str, desk.whens->str, (char *)CASES[i].whens));
        close_desk(&desk);
    }
}

/* ---- mapping files ---- */

static char *mapped(const char *text, const char *map, char **rows)
{
    g_autofree char *path = suite_file("map.ini", map, strlen(map));
    SurveyOptions options = { .map = path };
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *slashed = g_strconcat(folder, "/", NULL);
    g_autofree char *told = NULL;
    g_auto(GStrv) parts = NULL;
    Desk desk;

    open_text(&desk, text, &options);
    told = suite_told(desk.findings);
    *rows = desk.survey ? read_rows(&desk, text) : NULL;
    close_desk(&desk);
    suite_remove(path);
    parts = g_strsplit(told, slashed, -1);
    return g_strjoinv("", parts);
}

Test(survey_map, binds_columns_by_place_and_by_header)
{
    static const char MAP[] = "[column 1]\nto = company\n[column a]\nheader = What about plans\n"
                              "to = plan\n[column 3]\nheader = x\nto = tools:cad\n[column 4]\nto = "
                              "tools:plm\n[column 5]\nto = ignore\n[column 6]\nto = skip\n";
    g_autofree char *rows = NULL, *told = NULL;

    told = mapped("firm,what about  PLANS,x,y,mes,nonsense\nA,good,,1,yes,see\nB,poor,x,,yes,\n",
                  MAP, &rows);
    cr_expect(eq(str, told, "warning a.csv:1:6: unknown column \"nonsense\" is not read"));
    cr_expect(eq(str, rows, " plan=good tools=plm company=A; plan=poor tools=cad company=B;"));
}

Test(survey_map, is_refused_where_it_does_not_fit)
{
    static const struct {
        const char *map, *told;
    } CASES[] = {
        { "[column 1]\nto = plans\n",
          "error map.ini:2:6: there is no question \"plans\" [did you mean \"plan\"?]" },
        { "[column 1]\nto = tools:cat\n",
          "error map.ini:2:6: tools has no option \"cat\" [did you mean \"cad\"?]" },
        { "[column 1]\nto = plan:good\n",
          "error map.ini:2:6: plan is no multiple choice: its options have no columns" },
        { "[column 1]\n", "error map.ini:1:1: [column 1] lacks \"to\"" },
        { "[column one]\nto = plan\n",
          "error map.ini:1:1: [column one] says neither the column's place nor its header [name it "
          "by its number, or add header = and the text over the column]" },
        { "[colum 1]\nto = plan\n", "error map.ini:1:1: a mapping has sections [column NAME] alone "
                                    "[expected [column 3], or [column NAME] with the key header]" },
        { "[column 1]\nheader = x\nto = plan\n",
          "error map.ini:1:9: over column 1 stands something else than the mapping says [the "
          "survey "
          "may be another one: write the mapping anew with assess inspect --write-map]" },
        { "[column 9]\nto = plan\n", "error map.ini:1:9: the survey has no such column: 9" },
        { "[column 1]\nto = plan\nheadr = x\n",
          "error map.ini:3:1: [column] has no key \"headr\" [did you mean \"header\"?]" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *rows = NULL;
        g_autofree char *told = mapped("plan,mes\ngood,yes\n", CASES[i].map, &rows);

        cr_expect(eq(str, told, (char *)CASES[i].told));
        cr_expect(rows == NULL);
    }
}

Test(survey_map, that_was_written_binds_as_the_survey_did)
{
    for (guint i = 0; i < G_N_ELEMENTS(EXPORTS); i++) {
        g_autofree char *rows = NULL, *map = NULL, *told = NULL;
        Desk desk;

        open_text(&desk, EXPORTS[i].text, NULL);
        map = survey_map_write(desk.survey);
        close_desk(&desk);
        told = mapped(EXPORTS[i].text, map, &rows);
        cr_expect(eq(str, told, ""), "%s: %s", EXPORTS[i].layout, map);
        cr_expect(eq(str, rows ? rows : (char *)"", (char *)EXPORTS[i].rows), "%s",
                  EXPORTS[i].layout);
    }
}
