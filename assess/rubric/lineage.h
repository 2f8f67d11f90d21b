/* lineage.h - the older editions whose answers carry into a rubric, by its sections `same_as`, and
 * through the editions between: what 2026 takes over from 2025, and 2025 from 2024, 2026 takes over
 * from 2024. A section of its own for an edition goes before a way through others. Older rubrics
 * are read when they are first asked for; not thread-safe. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"

enum {
    LINEAGE_LIMIT = 32, /* editions behind one rubric */
    LINEAGE_DEPTH = 8   /* editions on the way to one of them */
};

typedef struct {
    char *edition;
    char *reference;      /* "id@edition" as found, else of the rubric's own id */
    const Rubric *rubric; /* NULL if it was not found or has faults */
    const char **older;   /* by question index of the newer rubric: the id of the question whose
                             answer it takes over, NULL if none; fields of one id carry unlisted,
                             and a question that no answer would fit takes none over */
} Ancestor;

typedef struct Lineage Lineage;

/* `rubric` is borrowed; nothing is read yet. `locate` finds "id@edition", by the rubric's own id,
 * then that of its base; NULL finds nothing. Free with lineage_free(). */
Lineage *lineage_new(const Rubric *rubric, RubricLocator locate, gpointer data);
void lineage_free(Lineage *lineage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lineage, lineage_free)

/* All, newest first: of Ancestor *. Borrowed. */
const GPtrArray *lineage_ancestors(Lineage *lineage);
/* The one of an edition, NULL if its answers do not carry. */
const Ancestor *lineage_find(Lineage *lineage, const char *edition);
/* Index of the newer question that takes over the answer of the older one `from` on, NOWHERE if
 * there is none: an answer may carry to several. */
int ancestor_heir(const Ancestor *ancestor, const Rubric *newer, const char *older, guint from);
/* Why no answer to the older question can be one to the newer; NULL if some can. Free with
 * g_free().
 */
char *inheritance_misfit(const Question *older, const Question *newer);
