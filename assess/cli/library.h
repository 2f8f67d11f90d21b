/* library.h - where rubrics and templates are found: the folders of ASSESS_PATH, then the data
 * folder of the program, never the working directory. A folder holds `rubrics/` and `templates/`.
 * Read only once opened; nothing is scanned before something is asked for. */
#pragma once

#include <glib.h>

#include "rubric/edition.h"

#define LIBRARY_ERROR (g_quark_from_static_string("library-error"))

typedef enum {
    LIBRARY_ERROR_UNKNOWN, /* no rubric or template of that name */
    LIBRARY_ERROR_CLASH    /* two files say that they are the same edition, and differ */
} LibraryError;

#define LIBRARY_DEFAULT_RUBRIC "miit_smart_factory"

typedef struct {
    char *id, *edition, *path;
    gboolean is_named_only; /* a draft or partial edition: never the newest */
} Shelf;                    /* a rubric as found, its file not yet checked */

typedef struct Library Library;

/* Free with library_free(). */
Library *library_open(void);
void library_free(Library *library);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Library, library_free)

/* The path of what `reference` names: "ID", its newest edition in force; "ID@EDITION"; or, if it
 * has a "/", ends in ".ini" or is "-", the path itself. NULL and LIBRARY_ERROR. Free with g_free().
 */
char *library_rubric(const Library *library, const char *reference, GError **error);
/* A RubricLocator: the path of "ID@EDITION" or NULL; `data` is the Library. */
char *library_locate(const char *reference, gpointer data);
/* All rubrics, by id, then edition: of Shelf *. Of equal ones the first found stands. NULL and
 * LIBRARY_ERROR_CLASH. */
GPtrArray *library_rubrics(const Library *library, GError **error);
/* Ids of all rubrics; NULL-terminated. Free with g_strfreev(). */
char **library_ids(const Library *library);

/* The path of template "terminal": the first `templates/terminal.ini`; a name with a dot is the
 * name of the file. NULL and LIBRARY_ERROR_UNKNOWN. Free with g_free(). */
char *library_template(const Library *library, const char *name, GError **error);
/* The path of a report's template by its name, or the path itself, as library_rubric() has it. */
char *library_report(const Library *library, const char *reference, GError **error);
/* Paths of the layouts of survey tools, `templates/surveys/ID.ini`; of equal ids the first found
 * stands. NULL-terminated. Free with g_strfreev(). */
char **library_layouts(const Library *library);
/* A LayoutLocator: the path of the layout of that id or NULL; `data` is the Library. */
char *library_locate_layout(const char *id, gpointer data);
/* A TemplateLocator: the path of the template of that name or NULL; `data` is the Library. */
char *library_locate_template(const char *name, gpointer data);
/* Names of all templates of reports, sorted; NULL-terminated. Free with g_strfreev(). */
char **library_reports(const Library *library);
