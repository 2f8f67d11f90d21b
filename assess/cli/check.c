#include <string.h>

#include "base/text.h"
#include "audit/carrying.h"
#include "audit/cases.h"
#include "cli/check_mutants.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "report/json.h"

static const char *const formats[] = { "text", "json", NULL };

typedef struct {
    const Session *session;
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

static void summarise(const Check *check, const char *path, const Rubric *rubric,
                      const Cases *cases, const char *mutants)
{
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
    if (mutants)
        g_string_append_printf(check->summary, "%s: %s\n", visible, mutants);
}

static gboolean is_refused(const Check *check, const Findings *findings)
{
    return findings_of(findings, SEVERITY_ERROR) > 0 ||
           (check->session->options->strict && findings_of(findings, SEVERITY_WARNING) > 0);
}

/* Load, compile, run the cases; findings of one file in the order of its lines, failing cases
 * behind. A faulty rubric goes the same way as far as it can be followed. */
static ExitStatus check_file(const Check *check, const char *path)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Rubric) rubric =
        rubric_load_anyway(path, library_locate, check->session->library, findings, &error);
    g_autoptr(Plan) plan = NULL;
    g_autoptr(Cases) cases = NULL;
    g_autofree char *mutants = NULL;

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
    if (plan && findings_of(findings, SEVERITY_ERROR) == 0)
        cases = cases_run(rubric, plan, findings);
    if (cases && cases->run > 0 && check->session->options->verbose)
        cases_tell_unseen(cases, findings);
    if (cases && check->session->options->mutate)
        mutants = check_mutants(cases, findings);
    if (mutants && has_json(check->session->options))
        findings_add(findings, SEVERITY_NOTE, &(Place){ .file = path }, "%s", mutants);
    findings_append(check->findings, findings);
    if (plan)
        summarise(check, path, rubric, cases, mutants);
    else
        g_string_append_printf(check->summary, "%s: not graded until this is mended\n", path);
    return is_refused(check, findings) || !plan ? EXIT_REFUSED : EXIT_DONE;
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

    if (!options->arguments[0]) {
        say_error("no rubric is named");
        say_hint("as in `assess check my_rubric.ini`");
        return EXIT_USAGE;
    }
    for (char **argument = options->arguments; *argument; argument++) {
        ExitStatus lookup = EXIT_DONE;
        g_autofree char *path = session_find(session, *argument, &lookup);

        status = status_worse(status, path ? check_file(&check, path) : lookup);
    }
    return status_worse(status, tell(&check, options));
}

const Command command_check = {
    .name = "check",
    .arguments = "RUBRIC.ini...",
    .summary = "every fault of a rubric, and its own cases",
    .text = "Faults are told all at once, with line, column and a hint: those of the file's\n"
            "text, names, conditions and the answers of its [case] sections; if there are\n"
            "none these are graded and compared with the verdicts they expect. An error\n"
            "makes the rubric unusable; a warning is what its author can hardly have meant;\n"
            "a note is for whoever relies on it. A rubric may also be named by id.\n"
            "--mutate changes one operator, threshold or weight at a time, leaves out one\n"
            "requirement at a time, and names the changes that no case notices.",
    .example = "assess check my_rubric.ini\n"
               "assess check miit_smart_factory@2025 -f json\n"
               "assess check --mutate my_rubric.ini",
    .uses = USE_FORMAT | USE_STRICT | USE_PROOFS | USE_MUTATE | USE_QUIET | USE_VERBOSE,
    .formats = formats,
    .run = run,
};
