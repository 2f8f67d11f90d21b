#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create() */
#endif
#include "cli/regrade.h"

#include "cli/benchmark.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/say.h"
#include "intake/intake.h"
#include "report/pdf.h"

/* ---- the rubric ---- */

/* Rubrics below the first one, in the order in which they are asked for. */
typedef struct {
    const GPtrArray *files; /* of GBytes *, the first one not for us */
    guint next;
    GArray *open; /* of int */
} Bases;

/* A RubricLocator: rubrics are read by path, and what is attached gets none in a folder. That the
 * file is the one asked for is checked by who reads it. */
static char *locate(const char *reference, gpointer data)
{
    Bases *bases = data;
    GBytes *bytes = bases->next < bases->files->len ? bases->files->pdata[bases->next++] : NULL;
    int file = bytes ? memfd_create("rubric", MFD_CLOEXEC) : -1;
    gsize size = 0;
    const char *at = bytes ? g_bytes_get_data(bytes, &size) : NULL;

    (void)reference;
    if (file < 0)
        return NULL;
    g_array_append_val(bases->open, file);
    if (file_write_all(file, at, size) != 0)
        return NULL;
    return g_strdup_printf("/proc/self/fd/%d", file);
}

static Rubric *load_rubric(const Dossier *dossier, Findings *findings)
{
    Bases bases = { dossier->rubric, 1, g_array_new(FALSE, FALSE, sizeof(int)) };
    Rubric *rubric =
        rubric_parse("rubric.ini", dossier->rubric->pdata[0], locate, &bases, findings);

    for (guint i = 0; i < bases.open->len; i++)
        close(g_array_index(bases.open, int, i));
    g_array_unref(bases.open);
    return rubric;
}

static gboolean open_rubric(Regraded *regraded, const Dossier *dossier)
{
    g_autoptr(Findings) findings = findings_new();

    regraded->rubric = load_rubric(dossier, findings);
    if (regraded->rubric && dossier->profile &&
        rubric_profile(regraded->rubric, dossier->profile) == NOWHERE)
        say_error("the attached rubric has no profile \"%s\"", dossier->profile);
    else if (regraded->rubric)
        regraded->plan = plan_compile(regraded->rubric, dossier->profile, findings);
    findings_sort(findings);
    say_findings(findings, SEVERITY_ERROR, TRUE);
    if (!regraded->plan)
        say_error("the attached rubric is refused");
    return regraded->plan != NULL;
}

/* ---- answers ---- */

static void take_answer(Answers *answers, const DossierAnswer *from)
{
    int index, option;
    Answer *answer;

    if (rubric_find(answers->rubric, from->question, &index) != NAME_QUESTION || !from->option)
        return;
    option = question_option(RUBRIC_QUESTION(answers->rubric, index), from->option);
    if (option == NOWHERE)
        return;
    answer = &answers->of[index];
    answer_copy_reply(answer, &(Answer){ .state = ANSWER_ANSWERED,
                                         .low = (guint)option,
                                         .high = (guint)option,
                                         .least = RATIONAL_ZERO,
                                         .most = RATIONAL_ZERO,
                                         .text = from->option });
    answer->taken = TRUE;
    g_free(answer->evidence);
    answer->evidence = g_strdup(from->evidence);
}

static Answers *read_answers(const Regraded *regraded, const Dossier *dossier)
{
    guint n = dossier->sheets->len;
    g_autofree IntakeSheet *sheets = g_new0(IntakeSheet, n);
    g_autoptr(Findings) findings = findings_new();
    Answers *answers;

    for (guint i = 0; i < n; i++)
        sheets[i] = (IntakeSheet){ &g_array_index(dossier->sources, Source, i),
                                   dossier->sheets->pdata[i], dossier->carried->pdata[i] };
    answers = intake_rejoin(regraded->rubric, sheets, n, findings);
    if (!answers) {
        say_findings(findings, SEVERITY_ERROR, TRUE);
        say_error("the attached answers are refused");
        return NULL;
    }
    for (guint i = 0; i < dossier->with->len; i++)
        take_answer(answers, dossier->with->pdata[i]);
    for (guint i = n; i < dossier->sources->len; i++)
        answers_add_source(answers, &g_array_index(dossier->sources, Source, i));
    return answers;
}

/* What a message says of a question, without its id: an older edition may call it otherwise. */
static const char *without_id(const char *message)
{
    const char *colon = strstr(message, ": ");

    return colon ? colon : message;
}

static gboolean is_carried(const Dossier *dossier)
{
    for (guint i = 0; i < dossier->sheets->len; i++)
        if (g_array_index(dossier->sources, Source, i).rubric)
            return TRUE;
    return FALSE;
}

static gboolean is_told(const Dossier *dossier, const Finding *finding)
{
    gboolean may_be_renamed = is_carried(dossier);

    for (guint i = 0; i < findings_count(dossier->findings); i++) {
        const Finding *it = findings_at(dossier->findings, i);

        if (it->severity == finding->severity &&
            (strcmp(it->message, finding->message) == 0 ||
             (may_be_renamed &&
              strcmp(without_id(it->message), without_id(finding->message)) == 0)))
            return TRUE;
    }
    return FALSE;
}

/* What was found in the source stands in lines that only the source has, so the report's own list
 * is printed again; but nothing that the answers show may be missing in it. */
static void take_findings(Regraded *regraded, const Dossier *dossier)
{
    Answers *answers = regraded->assessment->answers;

    for (guint i = 0; i < findings_count(answers->findings); i++) {
        const Finding *finding = findings_at(answers->findings, i);

        if (!is_told(dossier, finding))
            findings_add(regraded->strange, finding->severity, NULL, "%s", finding->message);
    }
    findings_unref(answers->findings);
    answers->findings = findings_ref(dossier->findings);
}

/* ---- the report ---- */

static void open_template(Regraded *regraded, const Session *session, const Dossier *dossier)
{
    const char *named = session->options->template;
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = named ? library_report(session->library, named, &error)
                                  : library_template(session->library, dossier->template, &error);

    if (path)
        regraded->template =
            template_load(path, library_locate_template, session->library, findings, &error);
    findings_sort(findings);
    say_findings(findings, SEVERITY_ERROR, TRUE);
    if (!regraded->template) {
        say_error("%s", error ? error->message : "the template is refused");
        if (!named)
            say_hint("--template names the file, if it is one of your own");
        return;
    }
    regraded->template->is_draft = dossier->is_draft;
}

/* What it was shown beside is attached, too. */
static void take_benchmark(Regraded *regraded, const Dossier *dossier)
{
    g_autofree char *fault = NULL;
    g_autoptr(Bench) bench = dossier->benchmark ? bench_of(regraded->plan, dossier->benchmark,
                                                           regraded->template->wording, &fault)
                                                : NULL;

    if (fault)
        say_error("the attached cohort %s", fault);
    bench_take(bench, regraded->assessment);
}

static void print(Regraded *regraded, const Dossier *dossier)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(ReportPrinter) printer = report_printer_new(
        regraded->template, regraded->rubric, (const char *const *)dossier->languages, &error);

    if (printer) {
        regraded->font = report_printer_font(printer);
        regraded->report = report_printer_print(printer, regraded->assessment, findings, &error);
    }
    if (!regraded->report)
        say_error("cannot make the PDF: %s", error->message);
}

Regraded *regrade(Session *session, const Dossier *dossier, ExitStatus *status)
{
    g_autoptr(Regraded) regraded = g_new0(Regraded, 1);
    Answers *answers;

    regraded->strange = findings_new();
    *status = EXIT_REFUSED;
    if (!open_rubric(regraded, dossier))
        return NULL;
    answers = read_answers(regraded, dossier);
    if (!answers)
        return NULL;
    regraded->assessment = assessment_new(regraded->plan, answers, dossier->day, dossier->strict);
    take_findings(regraded, dossier);
    open_template(regraded, session, dossier);
    if (regraded->template) {
        take_benchmark(regraded, dossier);
        print(regraded, dossier);
    }
    *status = EXIT_DONE;
    return g_steal_pointer(&regraded);
}

void regraded_free(Regraded *regraded)
{
    if (!regraded)
        return;
    g_clear_pointer(&regraded->report, g_bytes_unref);
    g_free(regraded->font);
    template_free(regraded->template);
    assessment_free(regraded->assessment);
    g_clear_pointer(&regraded->strange, findings_unref);
    plan_free(regraded->plan);
    rubric_free(regraded->rubric);
    g_free(regraded);
}
