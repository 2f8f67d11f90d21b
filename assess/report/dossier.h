/* dossier.h - what the files in a report's PDF say: the opposite of provenance.h. They may be
 * anybody's: what is missing or of another form is told, nothing in them is a path, and names are
 * only compared. Immutable. */
#pragma once

#include <glib.h>

#include "page/attachment.h"
#include "rules/answers.h"

enum { DOSSIER_SHEETS_LIMIT = 100, DOSSIER_BASES_LIMIT = 8 };

/* An answer that another rubric's assessment gave. */
typedef struct {
    char *question, *option, *evidence;
} DossierAnswer;

typedef struct {
    char *program;   /* its version */
    char *reference; /* "id@edition" of the rubric */
    char *profile;   /* NULL for none */
    char *template, *font;
    char **template_sha256; /* its own, then of those below it */
    char **languages;
    gint32 day; /* as GDate counts them */
    gboolean strict, is_draft;
    GPtrArray *sheets;  /* of GBytes * */
    GPtrArray *carried; /* of GHashTable *, one a sheet: id -> text */
    GPtrArray *rubric;  /* of GBytes *: its file, then those below it */
    GPtrArray *with;    /* of DossierAnswer * */
    GBytes *benchmark;  /* the cohort that it was shown beside; NULL if none */
    GArray *sources;    /* of Source: the sheets' in their order, then those of other assessments */
    Findings *findings;
    GVariant *assessment;  /* all of it, see json_variant() */
    char *assessment_json; /* the same as text */
} Dossier;

/* Of a list of Attachment *. NULL if something is missing or wrong: `fault`, the caller's, then
 * says what, as in "has no options.json". Free with dossier_free(). */
Dossier *dossier_read(const GPtrArray *attachments, char **fault);
void dossier_free(Dossier *dossier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dossier, dossier_free)

/* Members of a tree as json_variant() gives it; NULL if there is none of that name and form. Free
 * dossier_member() with g_variant_unref(), dossier_text() with g_free(). */
GVariant *dossier_member(GVariant *object, const char *key, const char *type);
char *dossier_text(GVariant *object, const char *key);
