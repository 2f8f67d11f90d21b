#include "report/provenance.h"

#include <string.h>

#include "base/date.h"
#include "report/csv.h"
#include "report/json.h"

static const char CSV[] = "text/csv", PLAIN[] = "text/plain", JSON[] = "application/json";

static GBytes *bytes_of(char *text)
{
    return g_bytes_new_take(text, strlen(text));
}

/* ---- sheets ---- */

static AnswerState state_of(const Answer *answer)
{
    return answer->state == ANSWER_SKIPPED ? answer->said : answer->state;
}

/* What an option was called in an older edition means nothing in this one. */
static char *reply_text(const Answers *answers, guint question)
{
    const Answer *answer = &answers->of[question];

    if (state_of(answer) == ANSWER_NOT_APPLICABLE)
        return g_strconcat("n/a: ", answer->text, NULL);
    if (answer->carried && answer->state == ANSWER_ANSWERED &&
        RUBRIC_QUESTION(answers->rubric, question)->options)
        return answer_value(answers, (int)question);
    return g_strdup(answer->text);
}

/* Whether there is a place for evidence counts when the sheet is read. */
static void append_row(GString *out, const Answers *answers, const char *question,
                       const char *reply, const Answer *remarks)
{
    const char *cells[6] = { question, reply };
    guint n = 2;

    if (answers->evidence_asked)
        cells[n++] = remarks->evidence;
    cells[n++] = remarks->owner;
    cells[n++] = remarks->note;
    cells[n++] = remarks->confidence;
    csv_row_of(out, cells, n);
}

GBytes *provenance_sheet(const Answers *answers)
{
    const Answer header = {
        .evidence = "evidence", .owner = "owner", .note = "note", .confidence = "confidence"
    };
    const Answer nothing = { .state = ANSWER_BLANK };
    GString *out = g_string_new(NULL);

    append_row(out, answers, "question", "answer", &header);
    for (guint i = 0; i < answers->n_answers; i++) {
        g_autofree char *reply = reply_text(answers, i);

        append_row(out, answers, RUBRIC_QUESTION(answers->rubric, i)->id, reply, &answers->of[i]);
    }
    for (guint i = 0; i < answers->n_waivers; i++) {
        g_autofree char *name =
            g_strconcat("waive:", RUBRIC_REQUIREMENT(answers->rubric, i)->id, NULL);

        if (answers->waivers[i])
            append_row(out, answers, name, answers->waivers[i], &nothing);
    }
    return g_string_free_to_bytes(out);
}

GPtrArray *provenance_sheets(const Answers *answers)
{
    GPtrArray *sheets = g_ptr_array_new();

    for (guint i = 0; answers->sheets && i < answers->sheets->len; i++)
        g_ptr_array_add(sheets, answers->sheets->pdata[i]);
    if (sheets->len == 0)
        g_ptr_array_add(sheets, (gpointer)answers);
    return sheets;
}

static char *sheet_name(guint index, guint n)
{
    return n == 1 ? g_strdup("answers.csv") : g_strdup_printf("answers-%u.csv", index + 1);
}

/* ---- the rubric ---- */

GPtrArray *provenance_rubric(const Rubric *rubric)
{
    GPtrArray *files = attachments_new();
    const Ini *ini = rubric->ini;

    g_ptr_array_add(files, attachment_new(PROVENANCE_RUBRIC, PLAIN, g_bytes_ref(ini->bytes)));
    while (ini->bases->len > 0) {
        g_autofree char *name = provenance_base(files->len);

        ini = ini->bases->pdata[0];
        g_ptr_array_add(files, attachment_new(name, PLAIN, g_bytes_ref(ini->bytes)));
    }
    return files;
}

char *provenance_base(guint number)
{
    return g_strdup_printf("base-%u.ini", number);
}

/* ---- options ---- */

static void add(GVariantBuilder *object, const char *key, GVariant *value)
{
    g_variant_builder_add(object, "{sv}", key, value);
}

static GVariant *text_or_null(const char *text)
{
    return g_variant_new("ms", text);
}

/* The template's own hash, then those below it. */
static GVariant *template_hashes(const Template *template)
{
    GVariantBuilder hashes;
    const Ini *ini = template->ini;

    g_variant_builder_init(&hashes, G_VARIANT_TYPE("as"));
    g_variant_builder_add(&hashes, "s", ini->sha256);
    while (ini->bases->len > 0) {
        ini = ini->bases->pdata[0];
        g_variant_builder_add(&hashes, "s", ini->sha256);
    }
    return g_variant_builder_end(&hashes);
}

static GVariant *sheet_names(guint n)
{
    GVariantBuilder names;

    g_variant_builder_init(&names, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < n; i++) {
        g_autofree char *name = sheet_name(i, n);

        g_variant_builder_add(&names, "s", name);
    }
    return g_variant_builder_end(&names);
}

/* Of each sheet: the answers that an older edition gave, as they stood there. */
static GVariant *carried(const GPtrArray *sheets)
{
    GVariantBuilder all;

    g_variant_builder_init(&all, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < sheets->len; i++) {
        const Answers *answers = sheets->pdata[i];
        GVariantBuilder texts;

        g_variant_builder_init(&texts, G_VARIANT_TYPE("a{sv}"));
        for (guint k = 0; k < answers->n_answers; k++)
            if (answers->of[k].carried)
                add(&texts, RUBRIC_QUESTION(answers->rubric, k)->id,
                    text_or_null(answers->of[k].text));
        g_variant_builder_add(&all, "a{sv}", &texts);
    }
    return g_variant_builder_end(&all);
}

/* Answers that another rubric's assessment gave, after the sheets were joined. */
static GVariant *taken(const Answers *answers)
{
    GVariantBuilder all;

    g_variant_builder_init(&all, G_VARIANT_TYPE("a{sv}"));
    for (guint i = 0; i < answers->n_answers; i++) {
        const Answer *answer = &answers->of[i];

        if (answer->taken) {
            GVariantBuilder one;

            g_variant_builder_init(&one, G_VARIANT_TYPE_VARDICT);
            add(&one, "answer", text_or_null(answer->text));
            add(&one, "evidence", text_or_null(answer->evidence));
            add(&all, RUBRIC_QUESTION(answers->rubric, i)->id, g_variant_builder_end(&one));
        }
    }
    return g_variant_builder_end(&all);
}

/* How the report is told. */
static char *options_text(const Assessment *assessment, const Template *template,
                          const char *const *languages, const char *font)
{
    const Plan *plan = assessment->plan;
    const Rubric *rubric = plan->rubric;
    g_autoptr(GPtrArray) sheets = provenance_sheets(assessment->answers);
    g_autofree char *reference = g_strconcat(rubric->id, "@", rubric->edition, NULL);
    g_autofree char *date = date_text(assessment->date);
    g_autoptr(GVariant) top = NULL;
    GVariantBuilder options;

    g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
    add(&options, "schema", g_variant_new_string(PROVENANCE_SCHEMA));
    add(&options, "program", g_variant_new_string(ASSESS_VERSION));
    add(&options, "rubric", g_variant_new_string(reference));
    add(&options, "profile",
        text_or_null(plan->profile == NOWHERE ? NULL : RUBRIC_PROFILE(rubric, plan->profile)->id));
    add(&options, "date", g_variant_new_string(date));
    add(&options, "strict", g_variant_new_boolean(assessment->strict));
    add(&options, "languages", g_variant_new_strv(languages, -1));
    add(&options, "template", g_variant_new_string(template->name));
    add(&options, "template_sha256", template_hashes(template));
    add(&options, "draft", g_variant_new_boolean(template->is_draft));
    add(&options, "font", g_variant_new_string(font));
    add(&options, "sheets", sheet_names(sheets->len));
    add(&options, "carried", carried(sheets));
    add(&options, "with", taken(assessment->answers));
    top = g_variant_ref_sink(g_variant_builder_end(&options));
    return variant_json(top);
}

void provenance_append(GPtrArray *attachments, const Assessment *assessment,
                       const Template *template, const char *const *languages, const char *font)
{
    g_autoptr(GPtrArray) sheets = provenance_sheets(assessment->answers);

    for (guint i = 0; i < sheets->len; i++) {
        g_autofree char *name = sheet_name(i, sheets->len);

        g_ptr_array_add(attachments, attachment_new(name, CSV, provenance_sheet(sheets->pdata[i])));
    }
    g_ptr_array_add(attachments, attachment_new(PROVENANCE_ASSESSMENT, JSON,
                                                bytes_of(report_json(assessment, FALSE))));
    if (assessment->peers)
        g_ptr_array_add(attachments, attachment_new(PROVENANCE_BENCHMARK, JSON,
                                                    g_bytes_ref(assessment->peers->file)));
    g_ptr_array_add(attachments,
                    attachment_new(PROVENANCE_OPTIONS, JSON,
                                   bytes_of(options_text(assessment, template, languages, font))));
}
