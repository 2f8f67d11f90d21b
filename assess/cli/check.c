#include <string.h>

#include "base/text.h"
#include "audit/carrying.h"
#include "audit/cases.h"
#include "cli/check_diff.h"
#include "cli/check_kind.h"
#include "cli/check_mutants.h"
#include "cli/check_proofs.h"
#include "cli/check_survey.h"
#include "cli/check_template.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "report/json.h"

static const char *const formats[] = { "text", "json", NULL };

typedef struct {
    Session *session;
    Findings *findings; /* of all files */
    GString *summary;   /* a line for each file that is good */
} Check;

static gboolean has_json(const Options *options)
{
    return strcmp(options->formats[0], "json") == 0;
}

/* Profiles change weights and switches, so each has faults of its own. */
static void compile_profiles(const Rubric *rubric, Findings *findings)
{
    for (guint i = 0; i < rubric->profiles->len; i++) {
        g_autoptr(Findings) own = findings_new();
        g_autoptr(Plan) plan = plan_compile(rubric, RUBRIC_PROFILE(rubric, i)->id, own);

        if (!plan)
            findings_append(findings, own);
    }
}

/* What came of a rubric that has no errors. */
typedef struct {
    Cases *cases;
    Claims *claims; /* NULL without proofs */
    char *mutants;  /* NULL without mutants */
    guint sheets;   /* written */
} Results;

static void results_clear(Results *results)
{
    g_clear_pointer(&results->cases, cases_free);
    g_clear_pointer(&results->claims, claims_free);
    g_clear_pointer(&results->mutants, g_free);
}

static void summarise_proofs(const Check *check, const Results *results)
{
    g_autofree char *proofs = check_proofs_summary(results->claims);

    g_string_append(check->summary, proofs);
    if (results->sheets > 0)
        g_string_append_printf(check->summary, "  %u sheets and claims.csv written into %s\n",
                               results->sheets, check->session->options->output);
}

static void summarise(const Check *check, const char *path, const Rubric *rubric,
                      const Results *results)
{
    const Cases *cases = results->cases;
    g_autofree char *visible = text_visible(path);

    g_string_append_printf(check->summary, "%s: %s@%s, %u questions, %u requirements", visible,
                           rubric->id, rubric->edition, rubric->n_questions,
                           rubric->requirements->len);
    if (cases && cases->run > 0)
        g_string_append_printf(check->summary, ", %u of %u cases hold", cases->run - cases->failed,
                               cases->run);
    if (cases && cases->run > 0)
        g_string_append_printf(check->summary,
                               "; cases see %u of %u requirements both met and unmet",
                               cases_seen(cases), rubric->requirements->len);
    g_string_append_c(check->summary, '\n');
    if (results->claims)
        summarise_proofs(check, results);
    if (results->mutants)
        g_string_append_printf(check->summary, "%s: %s\n", visible, results->mutants);
}

static gboolean is_refused(const Check *check, const Findings *findings)
{
    return findings_of(findings, SEVERITY_ERROR) > 0 ||
           (check->session->options->strict && findings_of(findings, SEVERITY_WARNING) > 0);
}

/* Cases, proofs and mutants of a rubric that has no errors. */
static ExitStatus examine(const Check *check, const char *path, const Plan *plan,
                          Findings *findings, Results *results)
{
    const Options *options = check->session->options;
    ExitStatus status = EXIT_DONE;

    results->cases = cases_run(plan->rubric, plan, findings);
    if (results->cases->run > 0 && options->verbose)
        cases_tell_unseen(results->cases, findings);
    if (!options->no_proofs)
        results->claims = check_prove(check->session, plan, findings);
    if (results->claims && has_json(options))
        check_proofs_notes(results->claims, path, findings);
    if (results->claims && options->output)
        status = check_write_sheets(check->session, results->claims, &results->sheets);
    if (options->mutate)
        results->mutants = check_mutants(results->cases, findings);
    if (results->mutants && has_json(options))
        findings_add(findings, SEVERITY_NOTE, &(Place){ .file = path }, "%s", results->mutants);
    return status;
}

/* Load, compile, run the cases, prove; findings of one file in the order of its lines, failing
 * cases and proofs behind. A faulty rubric goes the same way as far as it can be followed. */
static ExitStatus check_file(const Check *check, const char *path)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Rubric) rubric =
        rubric_load_anyway(path, library_locate, check->session->library, findings, &error);
    g_autoptr(Plan) plan = NULL;
    Results results = { 0 };
    ExitStatus status = EXIT_DONE;

    if (error)
        return session_failed(error);
    if (rubric) {
        rubric_warnings(rubric, findings);
        plan = plan_compile(rubric, NULL, findings);
    }
    if (plan) {
        compile_profiles(rubric, findings);
        plan_warnings(plan, findings);
    } else if (rubric) {
        cases_read(rubric, findings);
    }
    if (rubric && !rubric->doubts)
        carrying_check(rubric, library_locate, check->session->library, findings);
    findings_sort(findings);
    if (rubric)
        findings_cut(findings, INI_FAULTS_LIMIT);
    if (plan && findings_of(findings, SEVERITY_ERROR) == 0)
        status = examine(check, path, plan, findings, &results);
    findings_append(check->findings, findings);
    if (plan)
        summarise(check, path, rubric, &results);
    else
        g_string_append_printf(check->summary, "%s: not graded until this is mended\n", path);
    results_clear(&results);
    return is_refused(check, findings) || !plan ? status_worse(EXIT_REFUSED, status) : status;
}

/* A rubric, a template, a layout or a mapping, by file or name. */
static ExitStatus check_argument(const Check *check, const char *argument)
{
    Session *session = check->session;
    ExitStatus status = EXIT_DONE;
    g_autofree char *path = NULL;

    switch (check_kind(session, argument, &path)) {
    case CHECK_TEMPLATE:
        return check_template(session, path, check->findings, check->summary);
    case CHECK_LAYOUT:
        return check_layout(session, path, check->findings, check->summary);
    case CHECK_MAPPING:
        return check_mapping(session, path, check->findings, check->summary);
    case CHECK_RUBRIC:
        break;
    }
    path = session_find(session, argument, &status);
    return path ? check_file(check, path) : status;
}

static ExitStatus tell(const Check *check, const Options *options)
{
    guint errors = findings_of(check->findings, SEVERITY_ERROR);
    guint warnings = findings_of(check->findings, SEVERITY_WARNING);
    g_autofree char *json = NULL;

    if (has_json(options)) {
        json = findings_json(check->findings);
        return say_text(json);
    }
    say_findings(check->findings,
                 !options->quiet   ? SEVERITY_NOTE
                 : options->strict ? SEVERITY_WARNING
                                   : SEVERITY_ERROR,
                 TRUE);
    if (options->quiet)
        return EXIT_DONE;
    if (errors + warnings > 0)
        g_string_append_printf(check->summary, "%u error%s, %u warning%s\n", errors,
                               errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
    return say_text(check->summary->str);
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GString) summary = g_string_new(NULL);
    Check check = { session, findings, summary };
    ExitStatus status = EXIT_DONE;

    if (options->diff)
        return check_diff(session);
    if (!options->arguments[0]) {
        say_error("no rubric is named");
        say_hint("as in `assess check my_rubric.ini`");
        return EXIT_USAGE;
    }
    for (char **argument = options->arguments; *argument; argument++) {
        status = status_worse(status, check_argument(&check, *argument));
    }
    if (options->rubric && !session->rubric && status == EXIT_DONE) {
        say_error("--rubric says whose questions a mapping file names, and no mapping is checked");
        status = EXIT_USAGE;
    }
    return status_worse(status, tell(&check, options));
}

const Command command_check = {
    .name = "check",
    .arguments = "RUBRIC.ini|TEMPLATE.ini|LAYOUT.ini|MAP.ini... | --diff OLD NEW [ANSWERS.csv...]",
    .summary = "every fault of a rubric, proofs about it, its own cases",
    .text =
        "Faults are told all at once, with line, column and a hint: those of the file's\n"
        "text, names, conditions and the answers of its [case] sections; if there are\n"
        "none these are graded and compared with the verdicts they expect. Then what\n"
        "holds for all answers is proved or shown by a sheet: that every level can be\n"
        "the verdict and every requirement met and missed; that no better answer and no\n"
        "\"not applicable\" does what the rubric does not declare (falls_with, na_raises);\n"
        "which requirements follow from others; which questions and options decide\n"
        "nothing. -o writes the sheets; `assess score` takes them, dated 2000-01-01.\n"
        "An error makes the rubric unusable; a warning is what its author can hardly have meant;\n"
        "a note is for whoever relies on it. A rubric may also be named by id. The template of\n"
        "a report is told from a rubric by its section [report], the layout of a survey tool\n"
        "by [layout], a mapping of columns by [column ...]: they are checked alike, a mapping\n"
        "against the rubric of -r.\n"
        "--mutate changes one operator, threshold or weight at a time, leaves out one\n"
        "requirement at a time, and names the changes that no case notices.\n"
        "--diff tells what changed from a first rubric to a second: what the programme\n"
        "changes, then what our reading changes, and which of the answers to the first\n"
        "change level; -v tells it requirement by requirement and names the questions.",
    .example = "assess check my_rubric.ini\n"
               "assess check --strict miit_smart_factory@2025 -o sheets\n"
               "assess check --no-proofs my_rubric.ini -f json\n"
               "assess check my_template.ini\n"
               "assess check my_layout.ini map.ini -r my_rubric.ini\n"
               "assess check --mutate my_rubric.ini\n"
               "assess check --diff my_rubric.ini my_new_rubric.ini answers.csv",
    .uses = USE_RUBRIC | USE_FORMAT | USE_OUTPUT | USE_FORCE | USE_STRICT | USE_PROOFS |
            USE_MUTATE | USE_DIFF | USE_LANGUAGE | USE_DATE | USE_QUIET | USE_VERBOSE,
    .formats = formats,
    .output = "folder for the sheets that the proofs find, and claims.csv",
    .run = run,
};
