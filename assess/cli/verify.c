#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/regrade.h"
#include "cli/say.h"
#include "cli/session.h"
#include "page/pdf_reader.h"
#include "report/json.h"

enum { DIFFERENCES_LIMIT = 20, QUOTE_LIMIT = 60 };

/* One report, and what is said of it. */
typedef struct {
    const Session *session;
    const Dossier *dossier;
    const Regraded *regraded;
    GPtrArray *differs; /* of char * */
    gboolean is_same;   /* byte for byte */
} Check;

static void differs(Check *check, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void differs(Check *check, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(check->differs, text_visible(text));
}

/* ---- with what it was made ---- */

static void compare_program(Check *check)
{
    const Dossier *dossier = check->dossier;

    if (strcmp(dossier->program, ASSESS_VERSION) != 0)
        differs(check, "it was made by assess %s, this is " ASSESS_VERSION, dossier->program);
    if (check->regraded->font && strcmp(dossier->font, check->regraded->font) != 0)
        differs(check, "it was set in another font: %s, here is %s", dossier->font,
                check->regraded->font);
}

static void compare_template(Check *check)
{
    const Template *template = check->regraded->template;
    const Ini *ini = template ? template->ini : NULL;
    char **sha256 = check->dossier->template_sha256;

    if (!template) {
        differs(check, "its template \"%s\" is not here", check->dossier->template);
        return;
    }
    while (ini && *sha256 && strcmp(ini->sha256, *sha256) == 0) {
        ini = ini->bases->len > 0 ? ini->bases->pdata[0] : NULL;
        sha256++;
    }
    if (ini || *sha256)
        differs(check, "template \"%s\" is not the one here (%.12s, here %.12s)",
                check->dossier->template, check->dossier->template_sha256[0],
                template->ini->sha256);
}

/* The rubric of that name in the library, or the one of -r. */
static void compare_rubric(Check *check)
{
    const char *named = check->session->options->rubric;
    const Rubric *own = check->regraded->rubric;
    g_autofree char *reference = g_strconcat(own->id, "@", own->edition, NULL);
    g_autofree char *path =
        library_rubric(check->session->library, named ? named : reference, NULL);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric =
        path ? rubric_load(path, library_locate, check->session->library, findings, NULL) : NULL;
    const Ini *a = own->ini, *b = rubric ? rubric->ini : NULL;

    if (strcmp(reference, check->dossier->reference) != 0)
        differs(check, "the attached rubric is %s, its options say %s", reference,
                check->dossier->reference);
    if (!rubric) {
        differs(check, "rubric %s is not here: nothing tells that the attached one is right",
                named ? named : reference);
        return;
    }
    while (a && b && strcmp(a->sha256, b->sha256) == 0) {
        a = a->bases->len > 0 ? a->bases->pdata[0] : NULL;
        b = b->bases->len > 0 ? b->bases->pdata[0] : NULL;
    }
    if (a || b)
        differs(check, "the attached rubric %s is not %s (%.12s, here %.12s)", reference,
                named ? named : "the one here", own->ini->sha256, rubric->ini->sha256);
}

/* ---- what it says ---- */

static void compare_text(Check *check, GVariant *was, GVariant *is, const char *key,
                         const char *what)
{
    g_autofree char *before = dossier_text(was, key), *now = dossier_text(is, key);

    if (g_strcmp0(before, now) != 0)
        differs(check, "%s: the report says %s, the answers give %s", what,
                before ? before : "nothing", now ? now : "nothing");
}

static char *score_of(GVariant *object)
{
    g_autoptr(GVariant) score = dossier_member(object, "score", "*");

    return score ? g_variant_print(score, FALSE) : NULL;
}

static void compare_score(Check *check, GVariant *was, GVariant *is, const char *what)
{
    g_autofree char *before = score_of(was), *now = score_of(is);

    if (g_strcmp0(before, now) != 0)
        differs(check, "%s: another score", what);
}

/* Call for each object of two lists of the same length that begin with an id. */
static void compare_lists(Check *check, GVariant *was, GVariant *is, const char *key,
                          void (*compare)(Check *, GVariant *, GVariant *))
{
    g_autoptr(GVariant) before = dossier_member(was, key, "av");
    g_autoptr(GVariant) now = dossier_member(is, key, "av");
    gsize n = before && now ? g_variant_n_children(now) : 0;

    if (!before || !now || g_variant_n_children(before) != n) {
        differs(check, "%s: another number of them", key);
        return;
    }
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GVariant) a = NULL, b = NULL;

        g_variant_get_child(before, i, "v", &a);
        g_variant_get_child(now, i, "v", &b);
        if (!g_variant_is_of_type(a, G_VARIANT_TYPE_VARDICT))
            differs(check, "%s: number %" G_GSIZE_FORMAT " is none", key, i + 1);
        else if (!g_variant_equal(a, b))
            compare(check, a, b);
    }
}

static void compare_status(Check *check, GVariant *was, GVariant *is)
{
    g_autofree char *id = dossier_text(is, "id"), *what = g_strconcat("requirement ", id, NULL);

    compare_text(check, was, is, "status", what);
}

static void compare_level(Check *check, GVariant *was, GVariant *is)
{
    compare_lists(check, was, is, "requirements", compare_status);
}

static void compare_dimension(Check *check, GVariant *was, GVariant *is)
{
    g_autofree char *id = dossier_text(is, "id"), *what = g_strconcat("dimension ", id, NULL);

    compare_score(check, was, is, what);
}

static void compare_answer(Check *check, GVariant *was, GVariant *is)
{
    g_autofree char *id = dossier_text(is, "question");
    g_autofree char *what = g_strconcat("question ", id, NULL);

    compare_text(check, was, is, "answer", what);
}

/* FALSE if the assessments are the same. */
static gboolean compare_assessments(Check *check)
{
    g_autofree char *json = report_json(check->regraded->assessment, FALSE);
    g_autoptr(GBytes) bytes = g_bytes_new_static(json, strlen(json));
    g_autoptr(GVariant) now = json_variant(bytes);
    GVariant *was = check->dossier->assessment;
    guint before = check->differs->len;

    compare_text(check, was, now, "level", "level");
    compare_text(check, was, now, "level_possible", "level possible");
    compare_score(check, was, now, "the whole");
    compare_lists(check, was, now, "levels", compare_level);
    compare_lists(check, was, now, "dimensions", compare_dimension);
    compare_lists(check, was, now, "answers", compare_answer);
    for (guint i = 0; i < findings_count(check->regraded->strange); i++)
        differs(check, "not told: %s", findings_at(check->regraded->strange, i)->message);
    if (check->differs->len == before && strcmp(check->dossier->program, ASSESS_VERSION) == 0 &&
        strcmp(json, check->dossier->assessment_json) != 0)
        differs(check, "its attached assessment is not the one that the answers give");
    return check->differs->len > before;
}

/* ---- the verdict ---- */

static gsize first_difference(GBytes *a, GBytes *b)
{
    gsize size_a, size_b, i = 0;
    const char *x = g_bytes_get_data(a, &size_a), *y = g_bytes_get_data(b, &size_b);

    while (i < size_a && i < size_b && x[i] == y[i])
        i++;
    return i;
}

/* Of a report that is not the same: why. */
static void find_reasons(Check *check, GBytes *report)
{
    gboolean is_other = FALSE;
    guint before = check->differs->len;

    compare_program(check);
    compare_template(check);
    is_other = check->differs->len > before;
    if (!compare_assessments(check) && !is_other && check->regraded->report)
        differs(check,
                "what is attached is right, but the file is not: from byte %" G_GSIZE_FORMAT
                " on it is another one",
                first_difference(report, check->regraded->report) + 1);
}

static void append_verdict(const Check *check, const char *path, GString *out)
{
    g_autofree char *name = text_visible(path);
    const char *company = answers_company(check->regraded->assessment->answers);
    g_autofree char *who = company ? text_quote(company, QUOTE_LIMIT) : g_strdup("the company");

    g_string_append_printf(out, "%s: %s\n", name,
                           !check->regraded->report ? "cannot be made again here"
                           : check->is_same
                               ? "this program makes the same of what is attached, byte for byte"
                               : "differs from what this program makes of what is attached");
    g_string_append_printf(out, "  %s holds level %s by %s\n", who,
                           assessment_level_id(check->regraded->assessment,
                                               check->regraded->assessment->verdict.level),
                           check->dossier->reference);
    for (guint i = 0; i < check->differs->len && i < DIFFERENCES_LIMIT; i++)
        g_string_append_printf(out, "  %s\n", (const char *)check->differs->pdata[i]);
    if (check->differs->len > DIFFERENCES_LIMIT)
        g_string_append_printf(out, "  and %u more\n", check->differs->len - DIFFERENCES_LIMIT);
}

static ExitStatus compare(Session *session, const char *path, GBytes *report,
                          const Dossier *dossier)
{
    ExitStatus status;
    g_autoptr(Regraded) regraded = regrade(session, dossier, &status);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) out = g_string_new(NULL);
    Check check = { session, dossier, regraded, list, FALSE };

    if (!regraded)
        return status;
    check.is_same = regraded->report && g_bytes_equal(report, regraded->report);
    compare_rubric(&check);
    if (!check.is_same || findings_count(regraded->strange) > 0)
        find_reasons(&check, report);
    append_verdict(&check, path, out);
    status = check.is_same && list->len == 0 ? EXIT_DONE : EXIT_NOT_REACHED;
    return session->options->quiet ? status : status_worse(status, say_text(out->str));
}

static ExitStatus refuse(const char *path, const GError *error)
{
    if (g_error_matches(error, PDF_READER_ERROR, PDF_READER_ERROR_LIBRARY)) {
        say_error("%s", error->message);
        return EXIT_IO;
    }
    say_error("\"%s\" %s", path, error->message);
    if (g_error_matches(error, PDF_READER_ERROR, PDF_READER_ERROR_NOTHING))
        say_hint("a template with `attach = yes`, such as consultant, lets a report carry what it "
                 "was made of");
    return EXIT_REFUSED;
}

static ExitStatus verify(Session *session, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) report = file_read(path, &error);
    g_autoptr(GPtrArray) attachments = NULL;
    g_autoptr(Dossier) dossier = NULL;
    g_autofree char *fault = NULL;

    if (!report)
        return session_failed(error);
    attachments = pdf_reader_attachments(report, &error);
    if (!attachments)
        return refuse(path, error);
    dossier = dossier_read(attachments, &fault);
    if (dossier)
        return compare(session, path, report, dossier);
    say_error("\"%s\" %s", path, fault);
    return EXIT_REFUSED;
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    ExitStatus status = EXIT_DONE;

    if (!options->arguments[0]) {
        say_error("no report is named");
        say_hint("as in `assess verify reports/acme.pdf`");
        return EXIT_USAGE;
    }
    if (options->rubric) {
        g_autofree char *path = session_find(session, options->rubric, &status);

        if (!path)
            return status;
    }
    for (char **path = options->arguments; *path; path++)
        status = status_worse(status, verify(session, *path));
    return status;
}

const Command command_verify = {
    .name = "verify",
    .arguments = "REPORT.pdf...",
    .summary = "is a PDF what this program makes of what is attached to it?",
    .text = "A report told by a template with `attach = yes` carries its answers, its rubric and\n"
            "how it was told. They are taken out, graded and printed again, and the result is\n"
            "compared with the report byte for byte; where it differs, the difference is told:\n"
            "program, font or template, then level, statuses, scores. The attached rubric is\n"
            "compared with the one of its name that is here, or with that of -r. What the report\n"
            "tells of the file that answers came from is taken as it stands.",
    .example = "assess verify reports/acme.pdf\n"
               "assess verify reports/acme.pdf -r own.ini --template own_look.ini",
    .uses = USE_RUBRIC_KNOWN | USE_TEMPLATE_KNOWN | USE_QUIET,
    .run = run,
};
