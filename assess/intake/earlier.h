/* earlier.h - of which edition a file of answers is: of the rubric's own, or of an older one whose
 * answers carry over. A file says so by the questions that it names. For one reader; not
 * thread-safe. */
#pragma once

#include "intake/csv.h"
#include "intake/vocabulary.h"
#include "rubric/lineage.h"

enum {
    EARLIER_NAMES_LIMIT = 20000 /* names that decide about a file; further ones are not seen */
};

typedef struct Earlier Earlier;

/* `lineage` and `since` are borrowed. With `since` NULL a file is of the older edition that knows
 * more of its names than the rubric does, and than any newer one; with an edition that the lineage
 * has and could read, of that one unless what it names is new. Free with earlier_free(). */
Earlier *earlier_new(Lineage *lineage, const char *since);
void earlier_free(Earlier *earlier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Earlier, earlier_free)

/* Whether the edition was named by a person. */
gboolean earlier_is_named(const Earlier *earlier);
/* The edition of a file whose delimiter is known; NULL: the rubric's own. A warning in `findings`
 * if nothing tells it from the edition that was named. */
const Ancestor *earlier_edition(Earlier *earlier, const Vocabulary *present, const CsvText *text,
                                Findings *findings);
/* How many of the names in a file whose delimiter is known each of the two knows. */
void earlier_known(const Vocabulary *one, const Vocabulary *other, const CsvText *text,
                   guint *known_by_one, guint *known_by_other);
/* The words of that edition. Borrowed. */
const Vocabulary *earlier_vocabulary(Earlier *earlier, const Ancestor *ancestor);
/* The edition with this "id@edition", NULL if none. */
const Ancestor *earlier_referred(const Earlier *earlier, const char *reference);
