#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/session.h"

/* "basic, advanced, excellent, pilot". */
static void append_levels(GString *out, const Rubric *rubric, const char *language)
{
    g_string_append(out, "  levels: ");
    for (guint i = 0; i < rubric->levels->len; i++) {
        const Level *level = RUBRIC_LEVEL(rubric, i);

        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", level->id);
        if (g_ascii_strcasecmp(localized_or(&level->title, language, level->id), level->id) != 0)
            g_string_append_printf(out, " (%s)", localized_in(&level->title, language));
    }
    g_string_append_c(out, '\n');
}

static void append_profiles(GString *out, const Rubric *rubric, const char *language)
{
    for (guint i = 0; i < rubric->profiles->len; i++) {
        const Profile *profile = RUBRIC_PROFILE(rubric, i);

        g_string_append_printf(out, "  profile %s: %s\n", profile->id,
                               localized_or(&profile->title, language, profile->id));
    }
}

/* Why an edition is never the newest one. */
static void append_status(GString *out, const Rubric *rubric)
{
    static const char *const words[] = {
        [EDITION_DRAFT] = "draft",
        [EDITION_PARTIAL] = "partial",
    };

    if (rubric->status != EDITION_IN_FORCE)
        g_string_append_printf(out, "  %s: used where it is named with @%s\n",
                               words[rubric->status], rubric->edition);
}

static void append_rubric(GString *out, const Rubric *rubric, const Options *options)
{
    const char *language = options->languages[0];

    g_string_append_printf(out, "%s@%s\n", rubric->id, rubric->edition);
    if (localized_is_set(&rubric->title))
        g_string_append_printf(out, "  %s\n", localized_in(&rubric->title, language));
    append_status(out, rubric);
    append_levels(out, rubric, language);
    g_string_append_printf(out, "  questions: %u, requirements: %u, cases: %u\n",
                           rubric->n_questions, rubric->requirements->len, rubric->cases->len);
    append_profiles(out, rubric, language);
    if (options->verbose)
        g_string_append_printf(out, "  sha256: %s\n", rubric->ini->sha256);
}

/* A rubric that is refused is listed too: it is there, and `check` tells what is wrong with it. */
static void append_shelf(GString *out, const Session *session, const Shelf *shelf)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Rubric) rubric =
        rubric_load(shelf->path, library_locate, session->library, findings, &error);

    if (rubric)
        append_rubric(out, rubric, session->options);
    else if (error)
        g_string_append_printf(out, "%s@%s\n  %s\n", shelf->id, shelf->edition, error->message);
    else
        g_string_append_printf(out, "%s@%s\n  %u errors: see `assess check %s`\n", shelf->id,
                               shelf->edition, findings_of(findings, SEVERITY_ERROR), shelf->path);
    if (session->options->verbose)
        g_string_append_printf(out, "  file: %s\n", shelf->path);
}

static void append_template(GString *out, const Session *session, const char *name)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *path = library_template(session->library, name, NULL);
    g_autoptr(Template) template =
        template_load(path, library_locate_template, session->library, findings, NULL);

    g_string_append_printf(out, "%s\n", name);
    if (template)
        g_string_append_printf(
            out, "  %s\n",
            wording_get(template->wording, "report", "title", session->options->languages[0]));
    else
        g_string_append_printf(out, "  %u errors: see `assess check %s`\n",
                               findings_of(findings, SEVERITY_ERROR), path);
    if (session->options->verbose)
        g_string_append_printf(out, "  file: %s\n", path);
}

/* The survey tools whose exports are known. */
static void append_layouts(GString *out, const Session *session)
{
    g_auto(GStrv) paths = library_layouts(session->library);

    g_string_append(out, *paths ? "\nsurvey tools:\n" : "\nsurvey tools: none\n");
    for (char **path = paths; *path; path++) {
        g_autoptr(Layouts) layouts = layouts_new();
        g_autoptr(Findings) findings = findings_new();
        g_autofree char *file = g_path_get_basename(*path);
        const Layout *layout;

        layouts_load(layouts, *path, library_locate_layout, session->library, findings, NULL);
        layout = layouts_count(layouts) ? layouts_at(layouts, 0) : NULL;
        g_string_append_printf(out, "%.*s\n", (int)(strlen(file) - strlen(".ini")), file);
        if (layout)
            g_string_append_printf(out, "  %s\n",
                                   localized_in(&layout->title, session->options->languages[0]));
        else
            g_string_append_printf(out, "  %u errors\n", findings_of(findings, SEVERITY_ERROR));
        if (session->options->verbose)
            g_string_append_printf(out, "  file: %s\n", *path);
    }
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) shelves = library_rubrics(session->library, &error);
    g_auto(GStrv) templates = library_reports(session->library);
    g_autoptr(GString) out = g_string_new(NULL);

    if (options->arguments[0]) {
        say_error("`assess list` takes no arguments, not \"%s\"", options->arguments[0]);
        return EXIT_USAGE;
    }
    if (!shelves)
        return session_failed(error);
    g_string_append(out, shelves->len > 0 ? "rubrics:\n" : "rubrics: none\n");
    for (guint i = 0; i < shelves->len; i++)
        append_shelf(out, session, shelves->pdata[i]);
    g_string_append(out, *templates ? "\ntemplates:\n" : "\ntemplates: none\n");
    for (char **name = templates; *name; name++)
        append_template(out, session, *name);
    append_layouts(out, session);
    return say_text(out->str);
}

const Command command_list = {
    .name = "list",
    .arguments = "",
    .summary = "rubrics with their levels and profiles, templates, survey tools",
    .text =
        "What `-r ID[@EDITION]`, `--template NAME` and `--layout NAME` can name: the rubrics,\n"
        "templates and layouts of survey tools in the folders of ASSESS_PATH, then those of the\n"
        "program; drafts and partial editions are marked. -v adds files and their SHA-256.",
    .example = "assess list --lang zh",
    .uses = USE_LANGUAGE | USE_VERBOSE,
    .run = run,
};
