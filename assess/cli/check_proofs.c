#include "cli/check_proofs.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/say.h"
#include "cli/tty.h"
#include "proof/prove.h"
#include "report/csv.h"

enum { DEFAULT_SECONDS = 10 };

/* ---- proving ---- */

static void show_progress(guint done, guint all, gpointer data)
{
    const Rubric *rubric = data;

    if (tty_is_terminal(STDERR_FILENO))
        fprintf(stderr, "\rproving %s@%s: %u of %u%s", rubric->id, rubric->edition, done, all,
                done == all ? "\r\033[K" : "");
}

/* Beside the program in a source tree, in ../lib/assess of an installed one. Free with g_free(). */
static char *solver_path(void)
{
    static const char NAME[] = "assess-cbc.so";
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;
    g_autofree char *above = folder ? g_path_get_dirname(folder) : NULL;
    g_autofree char *beside = folder ? g_build_filename(folder, NAME, NULL) : NULL;

    if (beside && g_file_test(beside, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&beside);
    return above ? g_build_filename(above, "lib", "assess", NAME, NULL) : NULL;
}

Claims *check_prove(const Session *session, const Plan *plan, Findings *findings)
{
    const Options *options = session->options;
    g_autofree char *solver = solver_path();
    const ProofOptions how = {
        .solver = solver,
        .seconds = options->seconds > 0 ? options->seconds : DEFAULT_SECONDS,
        .progress = options->quiet ? NULL : show_progress,
        .data = (gpointer)plan->rubric,
    };
    Claims *claims = claims_prove(plan, &how);

    claims_findings(claims, options->verbose, findings);
    return claims;
}

/* ---- the summary ---- */

static const struct {
    ClaimOutcome outcome;
    const char *heading;
    int width;
} COLUMNS[] = {
    { CLAIM_PROVED, "proved", 8 },     { CLAIM_SHOWN, "by sheet", 10 },
    { CLAIM_LISTED, "listed", 8 },     { CLAIM_DECLARED, "declared", 10 },
    { CLAIM_REFUTED, "at fault", 10 }, { CLAIM_UNDECIDED, "not decided", 13 },
};

enum { TEXT_WIDTH = 42 };

char *check_proofs_summary(const Claims *claims)
{
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "  %-*s", TEXT_WIDTH, "for all answers");
    for (guint i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        g_string_append_printf(text, "%*s", COLUMNS[i].width, COLUMNS[i].heading);
    g_string_append_c(text, '\n');
    for (guint i = 0; i < N_PROPERTIES; i++) {
        g_string_append_printf(text, "  %-*s", TEXT_WIDTH, property_text((Property)i));
        for (guint k = 0; k < G_N_ELEMENTS(COLUMNS); k++) {
            const guint count = claims->counts[i][COLUMNS[k].outcome];
            g_autofree char *cell = count ? g_strdup_printf("%u", count) : g_strdup("-");

            g_string_append_printf(text, "%*s", COLUMNS[k].width, cell);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

/* "every level can be the verdict: 5 by sheet, 1 at fault" */
void check_proofs_notes(const Claims *claims, const char *path, Findings *findings)
{
    for (guint i = 0; i < N_PROPERTIES; i++) {
        g_autoptr(GString) text = g_string_new(NULL);

        for (guint k = 0; k < G_N_ELEMENTS(COLUMNS); k++) {
            const guint count = claims->counts[i][COLUMNS[k].outcome];

            if (count > 0)
                g_string_append_printf(text, "%s%u %s", text->len ? ", " : "", count,
                                       COLUMNS[k].heading);
        }
        if (text->len > 0)
            findings_add(findings, SEVERITY_NOTE, &(Place){ .file = path }, "%s: %s",
                         property_text((Property)i), text->str);
    }
}

/* ---- sheets ---- */

typedef struct {
    const char *folder;
    gboolean force;
    const Rubric *rubric;
    GString *list; /* claims.csv */
    guint written;
} Writing;

static char *sheet_text(const Rubric *rubric, const Answers *answers)
{
    GString *text = g_string_new(CSV_MARK);

    csv_row(text, "question", "answer", NULL);
    for (guint i = 0; i < rubric->questions->len; i++) {
        const guint at = (i + rubric->n_questions) % rubric->questions->len; /* fields first */
        g_autofree char *value = answer_value(answers, (int)at);

        if (value)
            csv_row(text, RUBRIC_QUESTION(rubric, at)->id, value, NULL);
    }
    return g_string_free(text, FALSE);
}

/* "reachable-pilot.csv", "monotone-ai_share:scene_01-2.csv" with ":" as "-". Free with g_free(). */
static char *sheet_name(const Claim *claim, guint index, guint number)
{
    g_autofree char *subject = g_strdelimit(g_strdup(claim->subject), ": ", '-');
    g_autofree char *profile =
        claim->profile ? g_strconcat(claim->profile, "-", NULL) : g_strdup("");

    return g_strdup_printf("%04u-%s%s-%s%s.csv", index + 1, profile, property_name(claim->property),
                           subject,
                           !claim->sheets[1] ? ""
                           : number == 0     ? "-before"
                                             : "-after");
}

static gboolean write_text(const Writing *writing, const char *name, const char *text,
                           GError **error)
{
    g_autofree char *path = g_build_filename(writing->folder, name, NULL);

    return file_write(path, text, strlen(text), writing->force, error);
}

static gboolean write_claim(Writing *writing, const Claim *claim, guint index, GError **error)
{
    g_autofree char *first = NULL, *second = NULL;
    char **const names[2] = { &first, &second };

    for (guint i = 0; i < 2 && claim->sheets[i]; i++) {
        g_autofree char *text = sheet_text(writing->rubric, claim->sheets[i]);

        *names[i] = sheet_name(claim, index, i);
        if (!write_text(writing, *names[i], text, error))
            return FALSE;
        writing->written++;
    }
    csv_row(writing->list, property_name(claim->property), claim_outcome_name(claim->outcome),
            claim->profile ? claim->profile : "", claim->subject,
            claim->message ? claim->message : "", claim->differs ? claim->differs : "",
            first ? first : "", second ? second : "", NULL);
    return TRUE;
}

static gboolean write_all(Writing *writing, const Claims *claims, GError **error)
{
    csv_row(writing->list, "property", "outcome", "profile", "subject", "message", "differs",
            "sheet", "second_sheet", NULL);
    for (guint i = 0; i < claims->list->len; i++)
        if (!write_claim(writing, g_ptr_array_index(claims->list, i), i, error))
            return FALSE;
    return write_text(writing, "claims.csv", writing->list->str, error);
}

ExitStatus check_write_sheets(const Session *session, const Claims *claims, guint *written)
{
    const char *place = session->options->output;
    g_autofree char *base = g_strconcat(claims->rubric->id, "@", claims->rubric->edition, NULL);
    g_autofree char *folder = g_build_filename(place, base, NULL);
    g_autoptr(GString) list = g_string_new(CSV_MARK);
    Writing writing = { folder, session->options->force, claims->rubric, list, 0 };
    g_autoptr(GError) error = NULL;

    if (g_mkdir_with_parents(folder, 0777) != 0) {
        say_error("could not make the folder \"%s\"", folder);
        return EXIT_IO;
    }
    if (!write_all(&writing, claims, &error)) {
        say_error("%s", error->message);
        if (g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_EXISTS))
            say_hint("--force replaces it");
        return EXIT_IO;
    }
    *written = writing.written;
    return EXIT_DONE;
}
