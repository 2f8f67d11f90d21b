#include "base/text.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"
#include "report/tree.h"
#include "rules/plan.h"

/* What is asked about: a requirement or a level; neither for the level of the verdict. */
typedef struct {
    int requirement, level;
} Subject;

/* Ids that can be explained, NULL-terminated, borrowed from the rubric. */
static GPtrArray *subject_ids(const Rubric *rubric)
{
    GPtrArray *ids = g_ptr_array_new();

    for (guint i = 0; i < rubric->levels->len; i++)
        g_ptr_array_add(ids, RUBRIC_LEVEL(rubric, i)->id);
    for (guint i = 0; i < rubric->requirements->len; i++)
        g_ptr_array_add(ids, RUBRIC_REQUIREMENT(rubric, i)->id);
    g_ptr_array_add(ids, NULL);
    return ids;
}

static ExitStatus say_unknown_subject(const Rubric *rubric, const char *id)
{
    g_autoptr(GPtrArray) ids = subject_ids(rubric);
    const char *nearest = text_nearest(id, (const char *const *)ids->pdata);
    g_autofree char *quoted = text_quote(id, 60);

    say_error("%s is no requirement or level of %s@%s", quoted, rubric->id, rubric->edition);
    if (nearest)
        say_hint("did you mean \"%s\"?", nearest);
    else
        say_hint("`assess explain --plan` prints all requirements");
    return EXIT_USAGE;
}

static ExitStatus find_subject(const Rubric *rubric, const char *id, Subject *subject)
{
    int index = NOWHERE;
    NameKind kind = id ? rubric_find(rubric, id, &index) : NAME_NONE;

    *subject = (Subject){ NOWHERE, NOWHERE };
    if (kind == NAME_REQUIREMENT)
        subject->requirement = index;
    else if (kind == NAME_LEVEL)
        subject->level = index;
    else if (id)
        return say_unknown_subject(rubric, id);
    return EXIT_DONE;
}

/* The level that is not reached, or the highest if all are. */
static int level_in_question(const Assessment *assessment)
{
    int next = assessment_next_level(assessment);

    return next != NOWHERE ? next : (int)assessment->plan->rubric->levels->len - 1;
}

/* Takes `answers`. */
static ExitStatus explain_one(const Session *session, const Terminal *terminal, Subject subject,
                              Answers *answers)
{
    const Options *options = session->options;
    g_autoptr(Assessment) assessment =
        assessment_new(session->plan, answers, options->day, options->strict);
    g_autoptr(Reason) reason = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *tree = NULL;
    const char *company = answers_company(assessment->answers);

    session_tell(session, assessment->answers->findings);
    if (assessment_is_refused(assessment))
        return EXIT_REFUSED;
    if (subject.requirement != NOWHERE)
        reason = explain_requirement(assessment, subject.requirement);
    else
        reason = explain_level(
            assessment, subject.level != NOWHERE ? subject.level : level_in_question(assessment));
    tree = report_tree(terminal, assessment, reason);
    terminal_lines(terminal, out, "", "", "strong",
                   company ? company : terminal_word(terminal, "words", "no_company"));
    g_string_append(out, tree);
    return say_text(out->str);
}

static ExitStatus explain_all(Session *session, const char *file, const char *id)
{
    Terminal terminal;
    Subject subject;
    char *paths[] = { (char *)file, NULL };
    g_autoptr(GPtrArray) companies = NULL;
    ExitStatus status = find_subject(session->rubric, id, &subject);

    if (status == EXIT_DONE)
        status = session_terminal(session, &terminal);
    if (status == EXIT_DONE)
        companies = session_read(session, paths, &status);
    for (guint i = 0; companies && i < companies->len; i++) {
        Answers *answers = companies->pdata[i];

        companies->pdata[i] = NULL;
        if (i > 0)
            status = status_worse(status, say_text("\n"));
        status = status_worse(status, explain_one(session, &terminal, subject, answers));
    }
    return status;
}

static ExitStatus print_plan(const Session *session)
{
    g_autofree char *text = plan_print(session->plan);

    return say_text(text);
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    guint n = g_strv_length(options->arguments);
    ExitStatus status;

    if (options->plan ? n > 0 : n < 1 || n > 2) {
        say_error(options->plan ? "--plan takes no answers"
                                : "one file of answers and at most one id are expected");
        say_hint(
            "as in `assess explain answers.csv maturity_excellent` or `assess explain --plan`");
        return EXIT_USAGE;
    }
    status = session_open(session);
    if (status != EXIT_DONE)
        return status;
    if (options->plan)
        return print_plan(session);
    return explain_all(session, options->arguments[0], options->arguments[1]);
}

const Command command_explain = {
    .name = "explain",
    .arguments = "ANSWERS.csv [ID]",
    .summary = "why: the reasons of a requirement or a level, as a tree",
    .text = "ID names a requirement or a level; without it the first level that is not held\n"
            "is explained. The tree goes down to the answers; that of a level begins with\n"
            "what is unmet or open and has one line for each of the rest (-v: all of it).\n"
            "--plan prints how the rubric's conditions were understood, and takes no answers.",
    .example = "assess explain acme.csv\n"
               "assess explain acme.csv maturity_excellent --lang zh\n"
               "assess explain --plan -r ./my_rubric.ini",
    .uses = USE_RUBRIC | USE_PROFILE | USE_LANGUAGE | USE_DATE | USE_SINCE | USE_WITH |
            USE_ENCODING | USE_STRICT | USE_PLAN | USE_QUIET | USE_VERBOSE,
    .run = run,
};
