/* json.h - an assessment as JSON, by the contract "assess/1", written and read back as far as
 * another rubric's question can be answered by it. */
#pragma once

#include <glib.h>

#include "scoring/assessment.h"

/* What an assessment written as JSON says. Ids are ids; other texts are as written. */
typedef struct {
    char *rubric, *edition;
    char *profile;                /* NULL if none */
    gint32 day;                   /* its date, as GDate counts days */
    char **levels;                /* ids, lowest first; at least one */
    char *level, *level_possible; /* one of them or "none" */
    char *company;                /* NULL if it names none */
    char **fields;                /* what is filled in about who was assessed */
} JsonVerdict;

/* One object, on one line or indented, ending in a line break. The same assessment gives the same
 * bytes. Free with g_free(). */
char *report_json(const Assessment *assessment, gboolean indented);
/* Findings alone, as an array of the same objects, for `check --format json`; each also tells how
 * many characters are meant (`width`), and the file by its path as given. Free with g_free(). */
char *findings_json(const Findings *findings);

/* Read an assessment. NULL if it is none, and `fault`, the caller's, says why, as in "is not JSON".
 * Free with json_verdict_free(). */
JsonVerdict *json_verdict_read(GBytes *bytes, char **fault);
void json_verdict_free(JsonVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JsonVerdict, json_verdict_free)
/* A tree of strings, booleans, numbers (u, i, x), maybes (absent: null), arrays and dictionaries
 * "a{sv}" as indented JSON; keys stay in their order. Free with g_free(). */
char *variant_json(GVariant *value);
/* Read JSON as a tree: an object is a{sv}, an array av, a number x (a fraction d), null mv. NULL if
 * it is none, deeper than the reader goes or too large. Free with
 * g_variant_unref(). */
GVariant *json_variant(GBytes *bytes);
