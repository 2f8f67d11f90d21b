/* session.h - what most commands open first: the library, a rubric, its plan, companies read and
 * graded. Everything that goes wrong is said here; a caller only passes the status on. */
#pragma once

#include <glib.h>

#include "cli/library.h"
#include "cli/options.h"
#include "report/template.h"
#include "report/terminal.h"
#include "rubric/lineage.h"
#include "rules/plan.h"
#include "scoring/assessment.h"
#include "survey/layout.h"

typedef struct {
    const Options *options; /* borrowed */
    Library *library;
    Rubric *rubric;
    Plan *plan;         /* under --profile */
    Wording *wording;   /* of the terminal; NULL until session_terminal() */
    Template *template; /* of the report; NULL until session_template() */
} Session;

/* Open the library alone. Free with session_free(). */
Session *session_new(const Options *options);
void session_free(Session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_free)

/* The path of a rubric named by the person, NULL and a status if there is none. Free with g_free().
 */
char *session_find(const Session *session, const char *reference, ExitStatus *status);
/* Load and compile the rubric of --rubric. */
ExitStatus session_open(Session *session);
/* The older edition of --since, NULL with EXIT_DONE if none is named. `lineage` is the rubric's;
 * `to_read`: answers to it shall be read, for which its file is needed. */
const Ancestor *session_since(const Session *session, Lineage *lineage, gboolean to_read,
                              ExitStatus *status);
/* Whether the files can be read at all: for a run that is refused for another reason anyway. */
ExitStatus session_probe(char **paths);
/* Read answers, those to older editions too: of Answers *, which the list does not own any more
 * once a caller takes an element out. NULL and a status if they are refused. Free with
 * g_ptr_array_unref(). */
GPtrArray *session_read(const Session *session, char **paths, ExitStatus *status);
/* Show findings: errors alone with -q, notes only with -v. */
void session_tell(const Session *session, const Findings *findings);
/* Read the template of the report, once. NULL and a status; borrowed. */
const Template *session_template(Session *session, ExitStatus *status);
/* The layouts of survey tools that are known, and the id of the one that --layout names by id or
 * file, NULL if it names none. NULL and a status. Free with layouts_free(); the id with g_free().
 */
Layouts *session_layouts(const Session *session, char **id, ExitStatus *status);
/* Whether the mapping file of --map can be read, as far as its name tells: else it is said. */
ExitStatus session_probe_map(const char *path);
/* How to write on standard output, in the first of the languages asked for. */
ExitStatus session_terminal(Session *session, Terminal *terminal);

/* Status of an error of a file, which is said: FILE_IO_ERROR, LIBRARY_ERROR. */
ExitStatus session_failed(const GError *error);
