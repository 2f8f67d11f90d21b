#include "cli/session.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/say.h"
#include "cli/tty.h"
#include "cli/with.h"
#include "intake/intake.h"

Session *session_new(const Options *options)
{
    Session *session = g_new0(Session, 1);

    session->options = options;
    session->library = library_open();
    return session;
}

void session_free(Session *session)
{
    if (!session)
        return;
    wording_free(session->wording);
    template_free(session->template);
    plan_free(session->plan);
    rubric_free(session->rubric);
    library_free(session->library);
    g_free(session);
}

ExitStatus session_failed(const GError *error)
{
    if (!error) {
        say_error("the input is refused");
        return EXIT_REFUSED;
    }
    if (g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_CLOSED))
        return EXIT_IO; /* whoever closes a pipe has enough, and knows it */
    say_error("%s", error->message);
    if (g_error_matches(error, LIBRARY_ERROR, LIBRARY_ERROR_CLASH))
        return EXIT_REFUSED;
    return g_error_matches(error, LIBRARY_ERROR, LIBRARY_ERROR_UNKNOWN) ? EXIT_USAGE : EXIT_IO;
}

/* A rubric that is not there: name its editions, or the nearest id. */
static void say_unknown_rubric(const Session *session, const char *reference)
{
    g_auto(GStrv) ids = library_ids(session->library);
    g_autofree char *id = g_strndup(reference, strcspn(reference, "@"));
    g_autoptr(GPtrArray) shelves = library_rubrics(session->library, NULL);
    g_autoptr(GString) editions = g_string_new(NULL);

    if (!g_strv_contains((const char *const *)ids, id)) {
        say_unknown("rubric", reference, (const char *const *)ids);
        if (g_file_test(reference, G_FILE_TEST_EXISTS))
            say_hint("a file is named by a path, as in \"./%s\"", reference);
        return;
    }
    for (guint i = 0; shelves && i < shelves->len; i++) {
        const Shelf *shelf = shelves->pdata[i];

        if (strcmp(shelf->id, id) == 0)
            g_string_append_printf(editions, "%s%s", editions->len ? ", " : "", shelf->edition);
    }
    say_error("rubric \"%s\" has no edition \"%s\"", id, reference + strlen(id) + 1);
    say_hint("known: %s", editions->str);
}

char *session_find(const Session *session, const char *reference, ExitStatus *status)
{
    g_autoptr(GError) error = NULL;
    char *path = library_rubric(session->library, reference, &error);

    if (path)
        return path;
    if (g_error_matches(error, LIBRARY_ERROR, LIBRARY_ERROR_UNKNOWN)) {
        say_unknown_rubric(session, reference);
        *status = EXIT_USAGE;
    } else {
        *status = session_failed(error);
    }
    return NULL;
}

static ExitStatus say_unknown_profile(const Rubric *rubric, const char *profile)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (guint i = 0; i < rubric->profiles->len; i++)
        g_ptr_array_add(ids, RUBRIC_PROFILE(rubric, i)->id);
    g_ptr_array_add(ids, NULL);
    if (ids->len > 1)
        say_unknown("profile", profile, (const char *const *)ids->pdata);
    else
        say_error("rubric \"%s\" has no profiles, not even \"%s\"", rubric->id, profile);
    return EXIT_USAGE;
}

/* The words of the report, for what is told about answers. */
static ExitStatus open_report(Session *session)
{
    ExitStatus status = EXIT_DONE;

    session_template(session, &status);
    return status;
}

ExitStatus session_open(Session *session)
{
    const Options *options = session->options;
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    ExitStatus status = EXIT_DONE;
    g_autofree char *path =
        session_find(session, options->rubric ? options->rubric : LIBRARY_DEFAULT_RUBRIC, &status);

    if (!path)
        return status;
    session->rubric = rubric_load(path, library_locate, session->library, findings, &error);
    if (error)
        return session_failed(error);
    if (session->rubric && options->profile &&
        rubric_profile(session->rubric, options->profile) == NOWHERE)
        return say_unknown_profile(session->rubric, options->profile);
    if (session->rubric)
        session->plan = plan_compile(session->rubric, options->profile, findings);
    findings_sort(findings);
    if (!session->plan)
        say_findings(findings, SEVERITY_ERROR, TRUE);
    else if (options->verbose)
        say_findings(findings, SEVERITY_NOTE, TRUE);
    if (!session->plan)
        return EXIT_REFUSED;
    return strcmp(options->languages[0], "en") == 0 ? EXIT_DONE : open_report(session);
}

void session_tell(const Session *session, const Findings *findings)
{
    const Options *options = session->options;
    gboolean is_plain = !session->template || strcmp(options->languages[0], "en") == 0;
    Severity least = options->quiet     ? SEVERITY_ERROR
                     : options->verbose ? SEVERITY_NOTE
                                        : SEVERITY_WARNING;

    say_findings_in(
        &(Translation){ is_plain ? NULL : session->template->wording, options->languages[0] },
        findings, least, options->verbose);
}

static void say_unknown_since(const Session *session, Lineage *lineage)
{
    const Rubric *rubric = session->rubric;
    const GPtrArray *ancestors = lineage_ancestors(lineage);
    g_autoptr(GString) editions = g_string_new(NULL);

    for (guint i = 0; i < ancestors->len; i++)
        g_string_append_printf(editions, "%s%s", i > 0 ? ", " : "",
                               ((const Ancestor *)ancestors->pdata[i])->edition);
    say_error("answers of edition \"%s\" do not carry over to %s@%s", session->options->since,
              rubric->id, rubric->edition);
    if (ancestors->len > 0)
        say_hint("those of these editions do: %s", editions->str);
    else
        say_hint("the rubric has no section [same_as EDITION]");
}

const Ancestor *session_since(const Session *session, Lineage *lineage, gboolean to_read,
                              ExitStatus *status)
{
    const char *since = session->options->since;
    const Ancestor *ancestor = since ? lineage_find(lineage, since) : NULL;

    if (since && !ancestor) {
        say_unknown_since(session, lineage);
        *status = EXIT_USAGE;
    } else if (since && to_read && !ancestor->rubric) {
        say_error("rubric %s, by which answers of that edition are read, is not found or faulty",
                  ancestor->reference);
        say_hint("`assess list` shows what is there, `assess check %s` what is wrong",
                 ancestor->reference);
        *status = EXIT_USAGE;
        return NULL;
    }
    return ancestor;
}

ExitStatus session_probe(char **paths)
{
    ExitStatus status = EXIT_DONE;

    for (char **path = paths; *path; path++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = strcmp(*path, "-") == 0 ? NULL : file_read(*path, &error);

        if (error)
            status = status_worse(status, session_failed(error));
    }
    return status;
}

/* Read the files by the rubric and its older editions. */
static GPtrArray *read_answers(const Session *session, char **paths, Findings *findings,
                               ExitStatus *status)
{
    const Options *options = session->options;
    g_autoptr(GError) error = NULL;
    g_autoptr(Lineage) lineage = lineage_new(session->rubric, library_locate, session->library);
    g_autoptr(Earlier) earlier = earlier_new(lineage, options->since);
    GPtrArray *companies;

    session_since(session, lineage, TRUE, status);
    if (*status != EXIT_DONE)
        return NULL;
    companies = intake_read_earlier(session->rubric, earlier, (const char *const *)paths,
                                    options->encoding, options->strict, findings, &error);
    if (!companies)
        *status = error ? session_failed(error) : EXIT_REFUSED;
    return companies;
}

GPtrArray *session_read(const Session *session, char **paths, ExitStatus *status)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GPtrArray) with = with_read(session, status);
    ExitStatus read = EXIT_DONE;
    GPtrArray *companies = read_answers(session, paths, findings, &read);

    *status = status_worse(*status, read);
    if (companies && with)
        *status = status_worse(*status, with_take(with, session, companies, findings));
    findings_sort(findings);
    session_tell(session, findings);
    if (*status != EXIT_DONE)
        g_clear_pointer(&companies, g_ptr_array_unref);
    return companies;
}

/* A template that is not there is no word of the command line, so no wrong usage. */
static ExitStatus refused_template(const Findings *findings, const GError *error)
{
    say_findings(findings, SEVERITY_ERROR, TRUE);
    if (!error || g_error_matches(error, THEME_ERROR, THEME_ERROR_VALUE)) {
        if (error)
            say_error("%s", error->message);
        return EXIT_REFUSED;
    }
    return session_failed(error) == EXIT_REFUSED ? EXIT_REFUSED : EXIT_IO;
}

static Wording *read_wording(const Session *session, const char *name, ExitStatus *status)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = library_template(session->library, name, &error);
    Wording *wording = path ? wording_load(path, findings, &error) : NULL;

    if (wording)
        return wording;
    *status = refused_template(findings, error);
    return NULL;
}

/* The path of a report's template named by the person, NULL and a status if there is none. */
static char *find_template(const Session *session, const char *reference, ExitStatus *status)
{
    g_autoptr(GError) error = NULL;
    char *path = library_report(session->library, reference, &error);
    g_auto(GStrv) names = path ? NULL : library_reports(session->library);

    if (path)
        return path;
    say_unknown("template", reference, (const char *const *)names);
    if (g_file_test(reference, G_FILE_TEST_EXISTS))
        say_hint("a file is named by a path, as in \"./%s\"", reference);
    *status = EXIT_USAGE;
    return NULL;
}

/* Status of a template that cannot be used, which is said. */
static ExitStatus refuse_template(const Session *session, const Findings *findings,
                                  const GError *error)
{
    if (error && session->options->template)
        return session_failed(error);
    return refused_template(findings, error);
}

const Template *session_template(Session *session, ExitStatus *status)
{
    const Options *options = session->options;
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;

    if (session->template)
        return session->template;
    path = options->template ? find_template(session, options->template, status)
                             : library_template(session->library, TEMPLATE_DEFAULT, &error);
    if (!path && !error)
        return NULL;
    if (path)
        session->template =
            template_load(path, library_locate_template, session->library, findings, &error);
    findings_sort(findings);
    if (session->template && session->template->is_of_cohort) {
        say_error("template \"%s\" tells of a cohort, not of one company", options->template);
        g_clear_pointer(&session->template, template_free);
        *status = EXIT_USAGE;
        return NULL;
    }
    if (!session->template)
        *status = refuse_template(session, findings, error);
    else if (options->final)
        session->template->is_draft = FALSE;
    return session->template;
}

/* FALSE, with everything said, if a file cannot be read as a layout. */
static gboolean load_layout(const Session *session, Layouts *layouts, const char *path,
                            ExitStatus *status)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;

    if (layouts_load(layouts, path, library_locate_layout, session->library, findings, &error))
        return TRUE;
    *status = error ? session_failed(error) : EXIT_REFUSED;
    findings_sort(findings);
    say_findings(findings, SEVERITY_ERROR, TRUE);
    return FALSE;
}

/* The id that a layout has by the name of its file. */
static char *layout_id(const char *path)
{
    char *id = g_path_get_basename(path);

    if (g_str_has_suffix(id, ".ini"))
        id[strlen(id) - strlen(".ini")] = '\0';
    return id;
}

static gboolean names_file(const char *reference)
{
    return strchr(reference, '/') || g_str_has_suffix(reference, ".ini");
}

static void say_unknown_layout(const Layouts *layouts, const char *name)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    for (guint i = 0; i < layouts_count(layouts); i++)
        g_ptr_array_add(known, layouts_at(layouts, i)->id);
    g_ptr_array_add(known, NULL);
    say_unknown("layout", name, (const char *const *)known->pdata);
}

Layouts *session_layouts(const Session *session, char **id, ExitStatus *status)
{
    const char *named = session->options->layout;
    g_autoptr(Layouts) layouts = layouts_new();
    g_auto(GStrv) paths = library_layouts(session->library);

    *id = NULL;
    if (named && names_file(named) && !load_layout(session, layouts, named, status))
        return NULL;
    for (char **path = paths; *path; path++)
        if (!load_layout(session, layouts, *path, status))
            return NULL;
    if (!named)
        return g_steal_pointer(&layouts);
    *id = names_file(named) ? layout_id(named) : g_strdup(named);
    if (layouts_find(layouts, *id))
        return g_steal_pointer(&layouts);
    say_unknown_layout(layouts, named);
    g_clear_pointer(id, g_free);
    *status = EXIT_USAGE;
    return NULL;
}

ExitStatus session_probe_map(const char *path)
{
    g_autoptr(GError) error = NULL;

    if (!path || access(path, R_OK) == 0)
        return EXIT_DONE;
    file_fault(&error, FILE_IO_ERROR_READ, path, errno);
    return session_failed(error);
}

ExitStatus session_terminal(Session *session, Terminal *terminal)
{
    ExitStatus status = EXIT_DONE;

    if (!session->wording)
        session->wording = read_wording(session, "terminal", &status);
    *terminal = (Terminal){ .wording = session->wording,
                            .language = session->options->languages[0],
                            .columns = tty_columns(STDOUT_FILENO),
                            .colour = tty_has_colour(STDOUT_FILENO),
                            .all = session->options->verbose };
    return status;
}
