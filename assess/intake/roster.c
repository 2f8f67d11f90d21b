#include "intake/roster.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"

typedef enum { BOUND_NOTHING, BOUND_UNNAMED, BOUND_QUESTION, BOUND_EVIDENCE, BOUND_WAIVER } BoundTo;

typedef struct {
    BoundTo to;
    int index; /* question or requirement */
} Binding;

struct Roster {
    const Filing *filing;
    GArray *bindings; /* of Binding, by column */
    gboolean evidence_asked;
    gboolean unnamed_told; /* that a column without a name has content */
};

/* What a header cell names. */
static Binding binding_of(const Vocabulary *vocabulary, const char *name)
{
    static const char EVIDENCE[] = ".evidence";
    g_autofree char *folded = text_fold(name);
    const char *waived = filing_waived(folded);
    int index = *folded ? vocabulary_question(vocabulary, name) : NOWHERE;

    if (*folded == '\0')
        return (Binding){ BOUND_UNNAMED, NOWHERE };
    if (index >= 0)
        return (Binding){ BOUND_QUESTION, index };
    if (waived) {
        index = vocabulary_requirement(vocabulary, waived);
        return (Binding){ index == NOWHERE ? BOUND_NOTHING : BOUND_WAIVER, index };
    }
    if (index == NOWHERE && g_str_has_suffix(folded, EVIDENCE)) {
        folded[strlen(folded) - strlen(EVIDENCE)] = '\0';
        index = vocabulary_question(vocabulary, folded);
        if (index >= 0)
            return (Binding){ BOUND_EVIDENCE, index };
    }
    return (Binding){ BOUND_NOTHING, index };
}

static void warn_unknown_column(const Roster *roster, const CsvRecord *header, guint column)
{
    const char *name = header->cells[column];
    Place place = filing_place(roster->filing, header, column + 1);
    g_autofree char *quoted = text_quote(name, 60);
    const char *near = vocabulary_near_question(roster->filing->vocabulary, name);
    Finding *finding = findings_add(roster->filing->errors, SEVERITY_WARNING, &place,
                                    "unknown column %s is not read", quoted);

    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

static void refuse_waiver_column(const Roster *roster, const CsvRecord *header, guint column)
{
    g_autofree char *folded = text_fold(header->cells[column]);

    filing_requirement(roster->filing, filing_waived(folded), header, column + 1);
}

static void refuse_ambiguous_column(const Roster *roster, const CsvRecord *header, guint column)
{
    filing_question(roster->filing, header->cells[column], header, column + 1);
}

static void report_unbound(const Roster *roster, const CsvRecord *header, guint column, int index)
{
    g_autofree char *folded = text_fold(header->cells[column]);

    if (filing_waived(folded))
        refuse_waiver_column(roster, header, column);
    else if (index == VOCABULARY_AMBIGUOUS)
        refuse_ambiguous_column(roster, header, column);
    else
        warn_unknown_column(roster, header, column);
}

/* The column that is already bound so, from 1; 0 if none. */
static guint bound_before(GHashTable *bound, Binding binding)
{
    gint64 key = (gint64)binding.to << 32 | binding.index;

    return GPOINTER_TO_UINT(g_hash_table_lookup(bound, &key));
}

static void remember(GHashTable *bound, Binding binding, guint column)
{
    gint64 *key = g_new(gint64, 1);

    *key = (gint64)binding.to << 32 | binding.index;
    g_hash_table_insert(bound, key, GUINT_TO_POINTER(column));
}

/* How many columns are questions. */
static guint bind_columns(Roster *roster, const CsvRecord *header)
{
    const Rubric *rubric = vocabulary_rubric(roster->filing->vocabulary);
    g_autoptr(GHashTable) bound = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    guint questions = 0;

    for (guint i = 0; i < header->n_cells; i++) {
        Binding binding = binding_of(roster->filing->vocabulary, header->cells[i]);
        guint before = bound_before(bound, binding);

        g_array_append_val(roster->bindings, binding);
        if (binding.to == BOUND_NOTHING)
            report_unbound(roster, header, i, binding.index);
        if (binding.to == BOUND_NOTHING || binding.to == BOUND_UNNAMED)
            continue;
        if (before) {
            g_autofree char *quoted = text_quote(header->cells[i], 60);

            filing_refuse(roster->filing, header, i + 1, "column %s stands twice, in %u and %u",
                          quoted, before, i + 1);
            continue;
        }
        remember(bound, binding, i + 1);
        roster->evidence_asked = roster->evidence_asked || binding.to == BOUND_EVIDENCE;
        questions +=
            binding.to == BOUND_QUESTION && !RUBRIC_QUESTION(rubric, binding.index)->is_field;
    }
    return questions;
}

static void refuse_header(const Roster *roster, const CsvRecord *header)
{
    const Rubric *rubric = vocabulary_rubric(roster->filing->vocabulary);

    finding_hint(filing_refuse(roster->filing, header, 0,
                               "not an answer sheet or table of rubric %s@%s", rubric->id,
                               rubric->edition),
                 "expected a header with the columns question and answer, or with a column for "
                 "each question, by its id or wording");
}

Roster *roster_new(const Filing *filing, const CsvRecord *header)
{
    g_autoptr(Roster) roster = g_new0(Roster, 1);
    guint errors = findings_of(filing->errors, SEVERITY_ERROR);

    roster->filing = filing;
    roster->bindings = g_array_new(FALSE, FALSE, sizeof(Binding));
    if (bind_columns(roster, header) == 0)
        refuse_header(roster, header);
    return findings_of(filing->errors, SEVERITY_ERROR) > errors ? NULL : g_steal_pointer(&roster);
}

void roster_free(Roster *roster)
{
    if (!roster)
        return;
    g_array_unref(roster->bindings);
    g_free(roster);
}

static void warn_unnamed(Roster *roster, const CsvRecord *record, guint column)
{
    Place place = filing_place(roster->filing, record, column + 1);

    if (roster->unnamed_told || reply_is_blank(record->cells[column]))
        return;
    roster->unnamed_told = TRUE;
    findings_add(roster->filing->errors, SEVERITY_WARNING, &place,
                 "column %u has no name and is not read", column + 1);
}

static void read_cell(Roster *roster, Answers *answers, const CsvRecord *record, guint column)
{
    const Binding *binding = &g_array_index(roster->bindings, Binding, column);
    const char *cell = record->cells[column];

    switch (binding->to) {
    case BOUND_QUESTION:
        filing_answer(roster->filing, answers, binding->index, cell, record, column + 1);
        break;
    case BOUND_EVIDENCE:
        filing_remark(&answers->of[binding->index].evidence, cell);
        break;
    case BOUND_WAIVER:
        filing_waiver(roster->filing, answers, binding->index, cell, record, column + 1);
        break;
    case BOUND_UNNAMED:
        warn_unnamed(roster, record, column);
        break;
    case BOUND_NOTHING:
        break;
    }
}

Answers *roster_add(Roster *roster, const CsvRecord *record)
{
    Answers *answers;

    if (!filing_fits(roster->filing, record, roster->bindings->len, roster->bindings->len))
        return NULL;
    answers = filing_answers(roster->filing, record->record);
    answers->evidence_asked = roster->evidence_asked;
    for (guint i = 0; i < roster->bindings->len; i++)
        read_cell(roster, answers, record, i);
    return answers;
}
