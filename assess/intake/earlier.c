#include "intake/earlier.h"

#include <string.h>

#include "base/text.h"
#include "intake/filing.h"
#include "intake/reply.h"
#include "intake/sheet.h"

struct Earlier {
    Lineage *lineage;
    const char *since;        /* NULL if nobody said */
    GHashTable *vocabularies; /* Ancestor * -> Vocabulary * */
};

/* The names of one file, as they are seen. */
typedef struct {
    int question_cell; /* of a sheet */
    GPtrArray *names;  /* of char * */
} Names;

Earlier *earlier_new(Lineage *lineage, const char *since)
{
    Earlier *earlier = g_new0(Earlier, 1);

    earlier->lineage = lineage;
    earlier->since = since;
    earlier->vocabularies =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)vocabulary_free);
    return earlier;
}

void earlier_free(Earlier *earlier)
{
    if (!earlier)
        return;
    g_hash_table_unref(earlier->vocabularies);
    g_free(earlier);
}

gboolean earlier_is_named(const Earlier *earlier)
{
    return earlier->since != NULL;
}

const Vocabulary *earlier_vocabulary(Earlier *earlier, const Ancestor *ancestor)
{
    Vocabulary *vocabulary = g_hash_table_lookup(earlier->vocabularies, ancestor);

    if (!vocabulary) {
        vocabulary = vocabulary_new(ancestor->rubric);
        g_hash_table_insert(earlier->vocabularies, (gpointer)ancestor, vocabulary);
    }
    return vocabulary;
}

const Ancestor *earlier_referred(const Earlier *earlier, const char *reference)
{
    const GPtrArray *ancestors = lineage_ancestors(earlier->lineage);

    for (guint i = 0; i < ancestors->len; i++) {
        const Ancestor *ancestor = g_ptr_array_index(ancestors, i);

        if (strcmp(ancestor->reference, reference) == 0)
            return ancestor;
    }
    return NULL;
}

/* ---- the names in a file ---- */

static void add_name(Names *names, const char *cell)
{
    const char *name = reply_unguarded(cell);
    g_autofree char *folded = text_fold(name);

    if (*folded != '\0' && !filing_waived(folded))
        g_ptr_array_add(names->names, g_strdup(name));
}

static gboolean see_record(const CsvRecord *record, gpointer data)
{
    Names *names = data;

    if (record->record == 0 && sheet_is_header(record)) {
        names->question_cell = sheet_question_cell(record);
        return TRUE;
    }
    if (names->question_cell == NOWHERE) { /* a table: all names stand in its header */
        for (guint i = 0; i < record->n_cells; i++)
            add_name(names, record->cells[i]);
        return FALSE;
    }
    if ((guint)names->question_cell < record->n_cells)
        add_name(names, record->cells[names->question_cell]);
    return names->names->len < EARLIER_NAMES_LIMIT;
}

static GPtrArray *names_in(const CsvText *text)
{
    Names names = { NOWHERE, g_ptr_array_new_with_free_func(g_free) };

    csv_read(text, see_record, &names, NULL);
    return names.names;
}

/* ---- whose names they are ---- */

static guint known_names(const Vocabulary *vocabulary, const GPtrArray *names)
{
    guint known = 0;

    for (guint i = 0; i < names->len; i++)
        if (vocabulary_question(vocabulary, names->pdata[i]) != NOWHERE)
            known++;
    return known;
}

void earlier_known(const Vocabulary *one, const Vocabulary *other, const CsvText *text,
                   guint *known_by_one, guint *known_by_other)
{
    g_autoptr(GPtrArray) names = names_in(text);

    *known_by_one = known_names(one, names);
    *known_by_other = known_names(other, names);
}

/* Whether a name is that of a question, no field, whose answer carries over. */
static gboolean carries(const Vocabulary *present, const Vocabulary *past, const Ancestor *ancestor,
                        const char *name)
{
    const Rubric *older = vocabulary_rubric(past);
    int index = vocabulary_question(past, name);

    return index >= 0 && !RUBRIC_QUESTION(older, index)->is_field &&
           ancestor_heir(ancestor, vocabulary_rubric(present), RUBRIC_QUESTION(older, index)->id,
                         0) != NOWHERE;
}

/* Names that both editions know, none of whose answers carries: a form with `--since` asks such
 * questions, where they have changed, but an old sheet has them, too. */
static void tell_doubt(const Vocabulary *present, const Ancestor *ancestor, const char *file,
                       Findings *findings)
{
    const Place place = { .file = file };
    const Rubric *rubric = vocabulary_rubric(present);

    findings_add(findings, SEVERITY_WARNING, &place,
                 "read as answers to %s@%s: no name in it tells whether it is of edition %s",
                 rubric->id, rubric->edition, ancestor->edition);
}

/* The edition that was named, if the file is of it. One with what is new, as a form with `--since`
 * asks for it, is not; where the names do not tell, one with an answer that carries is. */
static const Ancestor *named_edition(Earlier *earlier, const Vocabulary *present,
                                     const CsvText *text, const GPtrArray *names,
                                     Findings *findings)
{
    const Ancestor *ancestor = lineage_find(earlier->lineage, earlier->since);
    const Vocabulary *past;
    guint here, there;

    g_assert(ancestor && ancestor->rubric);
    past = earlier_vocabulary(earlier, ancestor);
    here = known_names(present, names);
    there = known_names(past, names);
    if (here != there)
        return there > here ? ancestor : NULL;
    for (guint i = 0; i < names->len; i++)
        if (carries(present, past, ancestor, names->pdata[i]))
            return ancestor;
    tell_doubt(present, ancestor, text->file, findings);
    return NULL;
}

const Ancestor *earlier_edition(Earlier *earlier, const Vocabulary *present, const CsvText *text,
                                Findings *findings)
{
    g_autoptr(GPtrArray) names = NULL;
    const GPtrArray *ancestors;
    const Ancestor *best = NULL;
    guint most;

    if (!earlier->since && vocabulary_rubric(present)->same_as->len == 0)
        return NULL;
    names = names_in(text);
    if (earlier->since)
        return named_edition(earlier, present, text, names, findings);
    most = known_names(present, names);
    if (most == names->len)
        return NULL;
    ancestors = lineage_ancestors(earlier->lineage);
    for (guint i = 0; i < ancestors->len; i++) {
        const Ancestor *ancestor = g_ptr_array_index(ancestors, i);
        guint known =
            ancestor->rubric ? known_names(earlier_vocabulary(earlier, ancestor), names) : 0;

        if (known > most) {
            best = ancestor;
            most = known;
        }
    }
    return best;
}
