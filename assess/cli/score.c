#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/benchmark.h"
#include "cli/command.h"
#include "cli/outputs.h"
#include "cli/say.h"
#include "cli/session.h"
#include "cli/tty.h"
#include "report/summary.h"

static const char *const formats[] = { "pdf", "html", "json", "csv", "xlsx", NULL };

typedef struct {
    Session *session;
    Outputs *outputs;
    Bench *bench; /* NULL if none is asked for */
    Terminal terminal;
    int required; /* level, NOWHERE if none */
    gboolean has_summary;
} Run;

/* The level of --require. */
static ExitStatus find_level(const Session *session, int *level)
{
    const char *word = session->options->require;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    *level = NOWHERE;
    if (!word || rubric_find(session->rubric, word, level) == NAME_LEVEL)
        return EXIT_DONE;
    for (guint i = 0; i < session->rubric->levels->len; i++)
        g_ptr_array_add(ids, RUBRIC_LEVEL(session->rubric, i)->id);
    g_ptr_array_add(ids, NULL);
    say_unknown("level", word, (const char *const *)ids->pdata);
    return EXIT_USAGE;
}

static ExitStatus required_status(const Run *run, const Assessment *assessment)
{
    const char *company = answers_company(assessment->answers);
    g_autofree char *who = text_quote(company ? company : "the company", 60);
    const char *level = run->session->options->require;

    if (run->required == NOWHERE || assessment->verdict.level >= run->required)
        return EXIT_DONE;
    if (assessment->verdict.level_possible < run->required) {
        say_result("%s does not hold level \"%s\"", who, level);
        return EXIT_NOT_REACHED;
    }
    say_result("blanks decide whether %s holds level \"%s\"", who, level);
    return EXIT_UNDETERMINED;
}

static void append_written(const Run *run, GString *out, const GPtrArray *written)
{
    const char *label = terminal_word(&run->terminal, "words", "written");

    for (guint i = 0; i < written->len; i++) {
        g_autofree char *visible = text_visible(written->pdata[i]);

        g_string_append_printf(out, "%s  %s %s\n", i == 0 ? "\n" : "", label, visible);
    }
}

/* Findings about the answers, then the verdict, then where the files are. */
static ExitStatus report(const Run *run, const Assessment *assessment, gboolean is_first)
{
    g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) out = g_string_new(is_first ? "" : "\n");
    ExitStatus status;

    session_tell(run->session, assessment->answers->findings);
    if (run->has_summary) {
        g_autofree char *summary = report_summary(&run->terminal, assessment);

        g_string_append(out, summary);
    }
    status = outputs_write(run->outputs, assessment, written);
    if (!run->has_summary)
        return status;
    append_written(run, out, written);
    return status_worse(status, say_text(out->str));
}

/* Grade one company. Takes `answers`. */
static ExitStatus score_one(const Run *run, Answers *answers, gboolean is_first)
{
    const Options *options = run->session->options;
    g_autoptr(Assessment) assessment =
        assessment_new(run->session->plan, answers, options->day, options->strict);
    ExitStatus status;

    if (assessment_is_refused(assessment)) {
        session_tell(run->session, assessment->answers->findings);
        return EXIT_REFUSED;
    }
    bench_take(run->bench, assessment);
    status = report(run, assessment, is_first);
    return status_worse(status, required_status(run, assessment));
}

static void show_progress(guint done, guint all)
{
    if (all > 1 && tty_is_terminal(STDERR_FILENO) && !tty_is_terminal(STDOUT_FILENO))
        fprintf(stderr, "\r%u of %u%s", done, all, done == all ? "\n" : "");
}

static ExitStatus score_all(const Run *run, GPtrArray *companies)
{
    const char *document = outputs_document(run->outputs);
    ExitStatus status = EXIT_DONE;

    if (run->outputs->to_stdout && companies->len > 1 && document) {
        say_error("standard output takes one %s, here are %u companies", document, companies->len);
        say_hint("-o names a directory that takes one file each");
        return EXIT_USAGE;
    }
    for (guint i = 0; i < companies->len; i++) {
        Answers *answers = companies->pdata[i];

        companies->pdata[i] = NULL;
        status = status_worse(status, score_one(run, answers, i == 0));
        if (!run->session->options->quiet)
            show_progress(i + 1, companies->len);
    }
    return status;
}

/* The rubric, the level asked for and the answers. A fault of one does not hide the others': all
 * are told, and the status is the worst. */
static GPtrArray *read_all(Run *run, ExitStatus *status)
{
    Session *session = run->session;
    char **paths = session->options->arguments;
    ExitStatus opened = session_open(session), read = EXIT_DONE;
    GPtrArray *companies = NULL;

    if (opened == EXIT_DONE) {
        *status = status_worse(*status, find_level(session, &run->required));
        companies = session_read(session, paths, &read);
    } else {
        read = session_probe(paths);
    }
    *status = status_worse(*status, status_worse(opened, read));
    return companies;
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    g_autoptr(Outputs) outputs = NULL;
    g_autoptr(GPtrArray) companies = NULL;
    g_autoptr(Bench) bench = NULL;
    Run score = { .session = session };
    ExitStatus status;

    if (!options->arguments[0]) {
        say_error("no answers are named");
        say_hint("as in `assess score answers.csv`; `assess form` makes an empty questionnaire");
        return EXIT_USAGE;
    }
    outputs = score.outputs = outputs_open(session, &status);
    companies = read_all(&score, &status);
    if (status != EXIT_DONE)
        return status;
    bench = score.bench = bench_open(session, &status);
    if (status != EXIT_DONE)
        return status;
    score.has_summary = !options->quiet && !outputs->to_stdout;
    if (score.has_summary)
        status = session_terminal(session, &score.terminal);
    return status == EXIT_DONE ? score_all(&score, companies) : status;
}

const Command command_score = {
    .name = "score",
    .arguments = "ANSWERS.csv...",
    .summary = "grade companies: a summary on the terminal, files into reports/",
    .text = "ANSWERS.csv is a sheet (a row for each question: question, answer, evidence ...)\n"
            "or a table (a row for each company). Sheets of one company are read together.\n"
            "`-` is standard input. `assess ANSWERS.csv` means the same.\n"
            "Answers to an older edition of the rubric carry over as it says in [same_as];\n"
            "what does not carry is told. --with takes an answer from the assessment of the\n"
            "same company by another rubric: its level is the option.\n"
            "--benchmark shows where a company stands among those of a cohort.json, overall, by\n"
            "dimension and field, and which scenes most of them have and it lacks.\n"
            "--template chooses how the report is told: one of `assess list`, or a file.",
    .example = "assess score acme.csv\n"
               "assess score acme.csv --lang en,zh -f pdf,json -o delivery\n"
               "assess score acme.csv --template application --final\n"
               "assess score acme.csv -f json -o - --require advanced\n"
               "assess score acme.csv --with maturity=gbt.json\n"
               "assess score acme.csv --benchmark graded/cohort.json",
    .uses = USE_RUBRIC | USE_PROFILE | USE_LANGUAGE | USE_FORMAT | USE_OUTPUT | USE_FORCE |
            USE_DATE | USE_SINCE | USE_WITH | USE_ENCODING | USE_BENCHMARK | USE_TEMPLATE |
            USE_FINAL | USE_STRICT | USE_REQUIRE | USE_QUIET | USE_VERBOSE,
    .formats = formats,
    .many_formats = TRUE,
    .run = run,
};
