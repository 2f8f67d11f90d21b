#include "cli/check_diff.h"

#include <string.h>

#include "audit/regrade.h"
#include "cli/difference_json.h"
#include "cli/difference_text.h"
#include "cli/say.h"
#include "intake/intake.h"

/* Two rubrics, compiled. */
typedef struct {
    Rubric *rubrics[2];
    Plan *plans[2];
} Pair;

static void pair_clear(Pair *pair)
{
    for (guint i = 0; i < G_N_ELEMENTS(pair->rubrics); i++) {
        plan_free(pair->plans[i]);
        rubric_free(pair->rubrics[i]);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

static void free_regrade(gpointer regrade)
{
    regrade_free(regrade);
}

static ExitStatus check_arguments(const Options *options)
{
    char **arguments = options->arguments;
    guint n = g_strv_length(arguments);

    if (options->mutate) {
        say_error("--diff and --mutate are two questions: ask one at a time");
        return EXIT_USAGE;
    }
    if (options->output) {
        say_error("--output takes the sheets of proofs, --diff has none");
        return EXIT_USAGE;
    }
    if (n >= 2 && !g_str_has_suffix(arguments[1], ".csv")) {
        for (char **path = arguments + 2; *path; path++) {
            if (strcmp(*path, "-") == 0) {
                say_error("--diff reads answers twice, which standard input does not allow");
                return EXIT_USAGE;
            }
        }
        return EXIT_DONE;
    }
    if (n == 0)
        say_error("--diff takes two rubrics, none is named");
    else
        say_error("--diff takes two rubrics, only \"%s\" is named", arguments[0]);
    say_hint("as in `assess check --diff miit_smart_factory@2024 miit_smart_factory@2025`");
    return EXIT_USAGE;
}

static ExitStatus open_rubric(const Session *session, const char *reference, Rubric **rubric,
                              Plan **plan)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    ExitStatus status = EXIT_DONE;
    g_autofree char *path = session_find(session, reference, &status);

    if (!path)
        return status;
    *rubric = rubric_load(path, library_locate, session->library, findings, &error);
    if (error)
        return session_failed(error);
    if (*rubric)
        *plan = plan_compile(*rubric, NULL, findings);
    findings_sort(findings);
    if (*plan)
        return EXIT_DONE;
    say_findings(findings, SEVERITY_ERROR, TRUE);
    return EXIT_REFUSED;
}

static ExitStatus open_pair(const Session *session, Pair *pair)
{
    ExitStatus status = EXIT_DONE;

    for (guint i = 0; i < G_N_ELEMENTS(pair->rubrics); i++)
        status = status_worse(status, open_rubric(session, session->options->arguments[i],
                                                  &pair->rubrics[i], &pair->plans[i]));
    if (status == EXIT_DONE && !session->options->quiet &&
        strcmp(pair->rubrics[0]->id, pair->rubrics[1]->id) != 0) {
        g_autoptr(Findings) findings = findings_new();

        findings_add(findings, SEVERITY_NOTE, NULL,
                     "\"%s\" and \"%s\" are different rubrics, not editions of one",
                     pair->rubrics[0]->id, pair->rubrics[1]->id);
        say_findings(findings, SEVERITY_NOTE, TRUE);
    }
    return status;
}

static GPtrArray *read_once(const Session *session, const Rubric *rubric, gboolean tell,
                            ExitStatus *status)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    const char *const *paths = (const char *const *)session->options->arguments + 2;
    GPtrArray *answers = intake_read(rubric, paths, session->options->strict, findings, &error);

    findings_sort(findings);
    if (tell)
        session_tell(session, findings);
    if (!answers)
        *status = error ? session_failed(error) : EXIT_REFUSED;
    return answers;
}

/* A file of answers to the newer edition has many names that the older one lacks: one fault. */
static gboolean are_of_older(const Session *session, const Difference *difference)
{
    g_autoptr(Findings) findings = findings_new();
    const Rubric *older = difference->older, *newer = difference->newer;
    gboolean is_one = strcmp(older->id, newer->id) == 0;

    for (char **path = session->options->arguments + 2; *path; path++) {
        g_autofree char *name = g_path_get_basename(*path);
        const Place place = { .file = name };

        if (!intake_is_of_other(older, newer, *path))
            continue;
        if (is_one)
            findings_add(findings, SEVERITY_ERROR, &place,
                         "answers to edition %s; --diff takes answers to %s", newer->edition,
                         older->edition);
        else
            findings_add(findings, SEVERITY_ERROR, &place,
                         "answers to %s@%s; --diff takes answers to %s@%s", newer->id,
                         newer->edition, older->id, older->edition);
    }
    session_tell(session, findings);
    return findings_of(findings, SEVERITY_ERROR) == 0;
}

/* Grade all answers by both; an assessment takes its answers, so that they are read for each. */
static ExitStatus regrade_all(const Session *session, const Difference *difference,
                              const Ancestor *ancestor, GPtrArray *regrades)
{
    ExitStatus status = EXIT_DONE;
    g_autoptr(GPtrArray) first = NULL, second = NULL;

    if (!session->options->arguments[2])
        return EXIT_DONE;
    if (!are_of_older(session, difference))
        return EXIT_REFUSED;
    first = read_once(session, difference->older, TRUE, &status);
    if (first)
        second = read_once(session, difference->older, FALSE, &status);
    for (guint i = 0; second && i < second->len; i++) {
        Regrade *regrade = regrade_new(difference, ancestor, g_steal_pointer(&first->pdata[i]),
                                       g_steal_pointer(&second->pdata[i]), session->options->day);

        g_ptr_array_add(regrades, regrade);
        if (session->options->verbose)
            session_tell(session, regrade->after->answers->findings);
    }
    return status;
}

static ExitStatus tell(Session *session, const Difference *difference, const GPtrArray *regrades)
{
    g_autofree char *text = NULL;
    Terminal terminal;
    ExitStatus status;

    if (strcmp(session->options->formats[0], "json") == 0) {
        text = difference_json(difference, regrades);
        return say_text(text);
    }
    status = session_terminal(session, &terminal);
    if (status != EXIT_DONE)
        return status;
    text = difference_text(&terminal, difference, regrades);
    return say_text(text);
}

ExitStatus check_diff(Session *session)
{
    g_auto(Pair) pair = { { NULL, NULL }, { NULL, NULL } };
    g_autoptr(Lineage) lineage = NULL;
    g_autoptr(Difference) difference = NULL;
    g_autoptr(GPtrArray) regrades = g_ptr_array_new_with_free_func(free_regrade);
    const Ancestor *ancestor = NULL;
    ExitStatus status = check_arguments(session->options);

    if (status == EXIT_DONE)
        status = open_pair(session, &pair);
    if (status != EXIT_DONE)
        return status;
    lineage = lineage_new(pair.rubrics[1], library_locate, session->library);
    if (strcmp(pair.rubrics[0]->id, pair.rubrics[1]->id) == 0)
        ancestor = lineage_find(lineage, pair.rubrics[0]->edition);
    difference = difference_new(pair.plans[0], pair.plans[1], ancestor);
    status = regrade_all(session, difference, ancestor, regrades);
    return status_worse(status, tell(session, difference, regrades));
}
