#include "cli/with.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/say.h"
#include "intake/uscc.h"
#include "report/json.h"

enum { QUOTE_LIMIT = 60 };

typedef struct {
    int question, option;
    char *file; /* without folders */
    char *sha256;
    JsonVerdict *verdict;
    const char *code;       /* the social credit code in it; NULL if none */
    const char *name;       /* of the company; NULL if none */
    gboolean is_due;        /* some company is meant */
    gboolean is_foreign;    /* by a rubric that may not answer the question */
    gboolean lacks_profile; /* that rubric has profiles, the assessment none */
    const char *standing;   /* of that edition, if it is not in force; NULL else */
} With;

static void with_free(gpointer data)
{
    With *with = data;

    g_free(with->file);
    g_free(with->sha256);
    json_verdict_free(with->verdict);
    g_free(with);
}

/* ---- reading ---- */

/* Ids of the questions that an assessment may answer; NULL-terminated, borrowed elements. */
static GPtrArray *open_questions(const Rubric *rubric)
{
    GPtrArray *ids = g_ptr_array_new();

    for (guint i = 0; i < rubric->n_questions; i++)
        if (RUBRIC_QUESTION(rubric, i)->answered_by)
            g_ptr_array_add(ids, RUBRIC_QUESTION(rubric, i)->id);
    g_ptr_array_add(ids, NULL);
    return ids;
}

static ExitStatus find_question(const Rubric *rubric, const char *id, int *index)
{
    const gboolean is_known = rubric_find(rubric, id, index) == NAME_QUESTION;
    g_autoptr(GPtrArray) ids = open_questions(rubric);
    g_autofree char *list = g_strjoinv(", ", (char **)ids->pdata);
    const char *nearest = is_known ? NULL : text_nearest(id, (const char *const *)ids->pdata);

    if (is_known && RUBRIC_QUESTION(rubric, *index)->answered_by)
        return EXIT_DONE;
    if (is_known)
        say_error("no assessment answers \"%s\": it does not say `answered_by`", id);
    else
        say_error("unknown question \"%s\"", id);
    if (nearest)
        say_hint("did you mean \"%s\"?", nearest);
    else if (ids->len > 1)
        say_hint("assessments answer: %s", list);
    else
        say_hint("no question of %s@%s says `answered_by`", rubric->id, rubric->edition);
    return EXIT_USAGE;
}

/* The option for the level at `index`; NOWHERE if there is none. */
static int level_option(const Question *question, const JsonVerdict *verdict, guint index)
{
    g_autofree char *number = g_strdup_printf("level%u", index + 1);
    int option = question_option(question, verdict->levels[index]);

    return option == NOWHERE ? question_option(question, number) : option;
}

/* The option that the verdict is; NOWHERE if its ladder is another one. */
static int verdict_option(const Question *question, const JsonVerdict *verdict, const char *level)
{
    guint index = 0;

    if (strcmp(level, "none") == 0)
        return level_option(question, verdict, 0) > 0 ? 0 : NOWHERE;
    while (strcmp(verdict->levels[index], level) != 0)
        index++;
    return level_option(question, verdict, index);
}

/* "id@edition" of what the assessment is by. Free with g_free(). */
static char *rubric_name(const With *with)
{
    return g_strconcat(with->verdict->rubric, "@", with->verdict->edition, NULL);
}

static void find_company(With *with)
{
    with->name = with->verdict->company ? with->verdict->company : with->verdict->fields[0];
    for (char **field = with->verdict->fields; *field && !with->code; field++) {
        g_autofree char *what = NULL;

        if (uscc_check(*field, &what))
            with->code = *field;
    }
}

/* What the library knows of the rubric that the assessment is by. */
static void look_up(const Session *session, With *with)
{
    static const char *const standings[] = { [EDITION_IN_FORCE] = NULL,
                                             [EDITION_DRAFT] = "a draft",
                                             [EDITION_PARTIAL] = "not known in full" };
    g_autofree char *name = rubric_name(with);
    g_autofree char *path = library_locate(name, session->library);
    g_autoptr(Findings) faults = findings_new(); /* those of `assess check` */
    g_autoptr(Rubric) rubric =
        path ? rubric_load(path, library_locate, session->library, faults, NULL) : NULL;

    with->standing = rubric ? standings[rubric->status] : NULL;
    with->lacks_profile = rubric && rubric->profiles->len > 0 && !with->verdict->profile;
}

static ExitStatus read_file(const Session *session, With *with, const char *path)
{
    const Question *question = RUBRIC_QUESTION(session->rubric, with->question);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(path, &error);
    g_autofree char *fault = NULL;

    if (!bytes)
        return session_failed(error);
    with->file = g_path_get_basename(path);
    with->sha256 = file_sha256(bytes);
    with->verdict = json_verdict_read(bytes, &fault);
    if (!with->verdict) {
        say_error("\"%s\" %s", path, fault);
        say_hint("expected one company's assessment, as `assess score -f json` writes it");
        return EXIT_REFUSED;
    }
    find_company(with);
    with->is_foreign = !question_takes(question, with->verdict->rubric, with->verdict->edition);
    if (with->is_foreign)
        return EXIT_DONE; /* told to the company */
    look_up(session, with);
    with->option = verdict_option(question, with->verdict, with->verdict->level);
    if (with->option == NOWHERE) {
        say_error("level \"%s\" of \"%s\" is no option of \"%s\"", with->verdict->level, path,
                  question->id);
        return EXIT_REFUSED;
    }
    return EXIT_DONE;
}

/* Takes nothing of `argument`, "QUESTION=FILE". */
static ExitStatus read_one(const Session *session, const char *argument, GPtrArray *list)
{
    const char *equals = strchr(argument, '=');
    g_autofree char *id = equals ? g_strndup(argument, (gsize)(equals - argument)) : NULL;
    With *with;
    ExitStatus status;

    if (!equals || *id == '\0' || equals[1] == '\0') {
        say_error("--with \"%s\" is not of the form QUESTION=FILE", argument);
        say_hint("as in --with maturity=reports/acme.json");
        return EXIT_USAGE;
    }
    with = g_new0(With, 1);
    g_ptr_array_add(list, with);
    status = find_question(session->rubric, id, &with->question);
    return status == EXIT_DONE ? read_file(session, with, equals + 1) : status;
}

GPtrArray *with_read(const Session *session, ExitStatus *status)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(with_free);
    ExitStatus worst = EXIT_DONE;

    for (char **at = session->options->with; at && *at; at++)
        worst = status_worse(worst, read_one(session, *at, list));
    *status = status_worse(*status, worst);
    return worst == EXIT_DONE && list->len > 0 ? g_steal_pointer(&list) : NULL;
}

/* ---- taking ---- */

static Severity doubt(const Session *session)
{
    return session->options->strict ? SEVERITY_ERROR : SEVERITY_WARNING;
}

static void add_source(const With *with, Answers *answers)
{
    Source source = { .file = g_strdup(with->file),
                      .sha256 = g_strdup(with->sha256),
                      .encoding = g_strdup("UTF-8"),
                      .rubric = rubric_name(with) };

    g_array_append_val(answers->sources, source);
}

/* What the answers say otherwise. */
static void tell_conflict(const With *with, Answers *answers)
{
    const Question *question = RUBRIC_QUESTION(answers->rubric, with->question);
    const Answer *answer = &answers->of[with->question];
    const Place place = { .file = with->file };
    g_autofree char *quoted = answer->text ? text_quote(answer->text, QUOTE_LIMIT) : NULL;

    if (answer->state == ANSWER_BLANK || answer->state == ANSWER_INVALID ||
        (answer->state == ANSWER_ANSWERED && answer->low == (guint)with->option &&
         answer->high == answer->low))
        return;
    findings_add(answers->findings, SEVERITY_WARNING, &place,
                 "%s: the answers say %s, the assessment \"%s\", which is taken", question->id,
                 quoted, QUESTION_OPTION(question, with->option)->id);
}

static void tell_possible(const With *with, Answers *answers)
{
    const Question *question = RUBRIC_QUESTION(answers->rubric, with->question);
    const Place place = { .file = with->file };

    if (strcmp(with->verdict->level, with->verdict->level_possible) != 0)
        findings_add(answers->findings, SEVERITY_NOTE, &place,
                     "%s: \"%s\" is certain by the assessment and taken; its blanks leave \"%s\" "
                     "possible",
                     question->id, with->verdict->level, with->verdict->level_possible);
}

/* What a reader should know of the rubric before relying on the assessment. */
static void tell_rubric(const With *with, Answers *answers)
{
    const char *id = RUBRIC_QUESTION(answers->rubric, with->question)->id;
    const Place place = { .file = with->file };
    g_autofree char *name = rubric_name(with);

    if (with->standing)
        findings_add(answers->findings, SEVERITY_WARNING, &place,
                     "%s: the assessment is by %s, an edition that is %s, and is taken", id, name,
                     with->standing);
    if (with->lacks_profile)
        findings_add(answers->findings, SEVERITY_WARNING, &place,
                     "%s: the assessment is by %s without any of its profiles, and is taken", id,
                     name);
}

/* Say in the evidence where the answer is from, behind what stands there. */
static void add_evidence(const With *with, Answer *answer)
{
    const JsonVerdict *verdict = with->verdict;
    g_autofree char *day = date_text(verdict->day), *before = answer->evidence;

    answer->evidence = g_strdup_printf(
        "%s%s%s@%s%s%s%s: %s, %s, %s", before ? before : "", before ? " | " : "", verdict->rubric,
        verdict->edition, verdict->profile ? " (" : "", verdict->profile ? verdict->profile : "",
        verdict->profile ? ")" : "", verdict->level, day, with->file);
}

static void answer(const With *with, Answers *answers)
{
    const Question *question = RUBRIC_QUESTION(answers->rubric, with->question);
    Answer *answer = &answers->of[with->question];
    Answer reply = { .state = ANSWER_ANSWERED,
                     .low = (guint)with->option,
                     .high = (guint)with->option,
                     .least = RATIONAL_ZERO,
                     .most = RATIONAL_ZERO,
                     .text = QUESTION_OPTION(question, with->option)->id };

    tell_rubric(with, answers);
    tell_conflict(with, answers);
    tell_possible(with, answers);
    answer_copy_reply(answer, &reply);
    answer->taken = TRUE;
    add_evidence(with, answer);
    add_source(with, answers);
}

/* Whether an earlier one of the list has answered the same question for this company. */
static gboolean is_answered(const GPtrArray *list, guint index, const Answers *answers, gint32 day)
{
    const With *with = g_ptr_array_index(list, index);

    for (guint i = 0; i < index; i++) {
        const With *before = g_ptr_array_index(list, i);

        if (before->question == with->question && !before->is_foreign &&
            before->verdict->day <= day && answers_are_of(answers, before->code, before->name))
            return TRUE;
    }
    return FALSE;
}

static void tell_foreign(const With *with, const Session *session, Findings *findings)
{
    const Question *question = RUBRIC_QUESTION(session->rubric, with->question);
    const Place place = { .file = with->file };
    g_autofree char *name = rubric_name(with), *takes = g_strjoinv(", ", question->answered_by);

    findings_add(findings, doubt(session), &place,
                 "%s: the assessment is by rubric %s, not by %s, and is not taken", question->id,
                 name, takes);
}

/* Let a file that is about this company answer. */
static void take(const GPtrArray *list, guint index, const Session *session, Answers *answers)
{
    const With *with = g_ptr_array_index(list, index);
    const char *id = RUBRIC_QUESTION(session->rubric, with->question)->id;
    const Place place = { .file = with->file };
    g_autofree char *day = date_text(with->verdict->day), *today = date_text(session->options->day);

    if (with->is_foreign)
        tell_foreign(with, session, answers->findings);
    else if (with->verdict->day > session->options->day)
        findings_add(answers->findings, doubt(session), &place,
                     "%s: the assessment is of %s, after the assessment date %s, and is not taken",
                     id, day, today);
    else if (is_answered(list, index, answers, session->options->day))
        findings_add(answers->findings, doubt(session), &place,
                     "%s: another assessment is taken, this one is not", id);
    else
        answer(with, answers);
}

/* A file that is about none of the companies; with one company it is told to that. */
static void tell_stranger(const With *with, const Session *session, const GPtrArray *companies,
                          Findings *findings)
{
    const char *id = RUBRIC_QUESTION(session->rubric, with->question)->id;
    Answers *only = companies->len == 1 ? g_ptr_array_index(companies, 0) : NULL;
    Findings *list = only ? only->findings : findings;
    const Place place = { .file = with->file };
    const char *company = only ? answers_company(only) : NULL;
    const char *name = with->name ? with->name : with->code;
    g_autofree char *quoted = name ? text_quote(name, QUOTE_LIMIT) : NULL;
    g_autofree char *own = company ? text_quote(company, QUOTE_LIMIT) : NULL;

    if (!quoted)
        findings_add(list, doubt(session), &place,
                     "%s: the assessment names no company and is not taken", id);
    else if (own)
        findings_add(list, doubt(session), &place,
                     "%s: the assessment is of %s, not of %s, and is not taken", id, quoted, own);
    else
        findings_add(list, doubt(session), &place,
                     "%s: the assessment is of %s, whom no answers name, and is not taken", id,
                     quoted);
}

ExitStatus with_take(GPtrArray *with, const Session *session, GPtrArray *companies,
                     Findings *findings)
{
    for (guint i = 0; i < with->len; i++) {
        With *one = g_ptr_array_index(with, i);

        for (guint k = 0; k < companies->len; k++) {
            Answers *answers = g_ptr_array_index(companies, k);

            if (!answers_are_of(answers, one->code, one->name))
                continue;
            one->is_due = TRUE;
            take(with, i, session, answers);
        }
        if (!one->is_due)
            tell_stranger(one, session, companies, findings);
    }
    return findings_of(findings, SEVERITY_ERROR) > 0 ? EXIT_REFUSED : EXIT_DONE;
}
