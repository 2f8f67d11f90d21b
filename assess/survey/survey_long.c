#include "survey/survey_long.h"

#include <string.h>

#include "intake/delimiter.h"
#include "intake/personal.h"
#include "intake/reply.h"
#include "survey/header.h"
#include "survey/survey_cell.h"

enum { QUOTE_LIMIT = 60, FIRST_BITS = 12 };

/* Hashes of the respondents before: open addressing, at most half full; 0 is free. */
typedef struct {
    guint64 *slots;
    guint bits, used;
} Seen;

struct SurveyLong {
    const Vocabulary *vocabulary;
    char *name;
    Header *header;
    Binder *binder;
    char delimiter;
    gsize data_offset;
    int respondent, question, answer; /* columns */
    GArray *fields;                   /* of int, by column: question or field, or NOWHERE */
    GHashTable *asked;                /* text of a question -> its index + 1, or NOWHERE */
    GString **cells;                  /* by question: what the respondent said */
    Seen seen;
    char *who; /* the respondent of the rows that are being read; NULL before the first */
    guint line, next_line; /* where they begin; where the wide text goes on */
    GPtrArray *unknown;    /* of char *: messages */
    GPtrArray *apart;
    GArray *apart_at; /* of Place: where they begin again, by message */
    guint n_apart, n_unknown;
    gboolean is_asked; /* something that the rubric asks; or it need not be */
    gboolean is_full;
};

/* ---- opening ---- */

static int column_of(const Header *header, char *const *names)
{
    for (char *const *name = names; name && *name; name++) {
        char *one[] = { *name, NULL };

        for (guint i = 0; i < header->n_columns; i++) {
            g_autofree char *folded = binding_fold(header_cell(header, 0, i));

            if (layout_names(one, folded))
                return (int)i;
        }
    }
    return NOWHERE;
}

static guint known_cells(const CsvRecord *header, gpointer data)
{
    (void)data;
    return header->n_cells >= 3 ? header->n_cells : 0;
}

/* A column bound by an alias is none of the field's if another one is. */
static void yield_alias(SurveyLong *table, int column)
{
    int *fields = &g_array_index(table->fields, int, 0);

    for (int i = 0; i < (int)table->fields->len; i++)
        if (i != column && fields[i] == fields[column]) {
            fields[column] = NOWHERE;
            return;
        }
}

static void bind_fields(SurveyLong *table)
{
    g_autoptr(GArray) aliases = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = 0; i < (int)table->header->n_columns; i++) {
        Binding binding = binder_name(table->binder, header_cell(table->header, 0, (guint)i));
        int field = binding.kind == BINDING_QUESTION && i != table->question && i != table->answer
                        ? binding.index
                        : NOWHERE;

        g_array_append_val(table->fields, field);
        if (field != NOWHERE && binding.by == BOUND_BY_ALIAS)
            g_array_append_val(aliases, i);
    }
    for (guint i = 0; i < aliases->len; i++)
        yield_alias(table, g_array_index(aliases, int, i));
}

static void make_table(SurveyLong *table)
{
    const Rubric *rubric = vocabulary_rubric(table->vocabulary);

    table->binder = binder_new(table->vocabulary, table->header->layout);
    table->fields = g_array_new(FALSE, FALSE, sizeof(int));
    table->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    table->cells = g_new0(GString *, rubric->questions->len);
    for (guint i = 0; i < rubric->questions->len; i++)
        table->cells[i] = g_string_new(NULL);
    table->seen.bits = FIRST_BITS;
    table->seen.slots = g_new0(guint64, 1u << FIRST_BITS);
    table->unknown = g_ptr_array_new_with_free_func(g_free);
    table->apart = g_ptr_array_new_with_free_func(g_free);
    table->apart_at = g_array_new(FALSE, FALSE, sizeof(Place));
    bind_fields(table);
}

SurveyLong *survey_long_open(const Vocabulary *vocabulary, const Layouts *layouts,
                             const SurveyOptions *options, const char *name, const char *head,
                             gsize size, Findings *findings)
{
    g_autoptr(SurveyLong) table = g_new0(SurveyLong, 1);
    const Layout *named =
        options->layout && layouts ? layouts_find(layouts, options->layout) : NULL;
    CsvText text = { .file = name,
                     .text = head,
                     .size = size,
                     .line = 1,
                     .delimiter = options->delimiter,
                     .lenient = TRUE };
    const HeaderRecord *first;

    (void)findings;
    if (options->layout && (!named || !named->respondent))
        return NULL;
    if (!text.delimiter)
        delimiter_find(&text, known_cells, NULL);
    table->header = header_read(vocabulary, layouts, named, &text, NULL);
    first = table->header ? header_first_record(table->header) : NULL;
    if (!first || !table->header->layout->respondent)
        return NULL;
    table->vocabulary = vocabulary;
    table->is_asked = options->takes_any;
    table->name = g_strdup(name);
    table->delimiter = text.delimiter;
    table->data_offset = (gsize)(text.text - head) + first->offset;
    table->next_line = table->line = first->line;
    table->respondent = column_of(table->header, table->header->layout->respondent);
    table->question = column_of(table->header, table->header->layout->question);
    table->answer = column_of(table->header, table->header->layout->reply);
    if (table->respondent == NOWHERE || table->question == NOWHERE || table->answer == NOWHERE)
        return NULL;
    make_table(table);
    return g_steal_pointer(&table);
}

void survey_long_free(SurveyLong *table)
{
    if (!table)
        return;
    for (guint i = 0; table->cells && i < vocabulary_rubric(table->vocabulary)->questions->len; i++)
        g_string_free(table->cells[i], TRUE);
    g_free(table->cells);
    g_clear_pointer(&table->fields, g_array_unref);
    g_clear_pointer(&table->asked, g_hash_table_unref);
    g_clear_pointer(&table->unknown, g_ptr_array_unref);
    g_clear_pointer(&table->apart, g_ptr_array_unref);
    g_clear_pointer(&table->apart_at, g_array_unref);
    g_free(table->seen.slots);
    g_free(table->who);
    g_free(table->name);
    binder_free(table->binder);
    header_free(table->header);
    g_free(table);
}

gsize survey_long_data_offset(const SurveyLong *table)
{
    return table->data_offset;
}

guint survey_long_data_line(const SurveyLong *table)
{
    return table->line;
}

char survey_long_delimiter(const SurveyLong *table)
{
    return table->delimiter;
}

const char *survey_long_layout(const SurveyLong *table)
{
    return table->header->layout->id;
}

/* ---- respondents ---- */

static guint64 hash_of(const char *text)
{
    guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

    for (; *text; text++)
        hash = (hash ^ (guchar)*text) * G_GUINT64_CONSTANT(0x100000001b3);
    hash = (hash ^ hash >> 31) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    return MAX(hash, 1);
}

/* The slot of a hash, or the free one where it belongs. */
static guint64 *slot_of(const Seen *seen, guint64 hash)
{
    gsize mask = ((gsize)1 << seen->bits) - 1;
    gsize slot = (gsize)(hash >> (64 - seen->bits));

    while (seen->slots[slot] != 0 && seen->slots[slot] != hash)
        slot = (slot + 1) & mask;
    return &seen->slots[slot];
}

static void grow(Seen *seen)
{
    Seen old = *seen;

    seen->bits++;
    seen->slots = g_new0(guint64, (gsize)1 << seen->bits);
    for (gsize i = 0; i < (gsize)1 << old.bits; i++)
        if (old.slots[i] != 0)
            *slot_of(seen, old.slots[i]) = old.slots[i];
    g_free(old.slots);
}

/* FALSE if the respondent was there before. */
static gboolean see(SurveyLong *table, const char *who)
{
    guint64 hash = hash_of(who), *slot = slot_of(&table->seen, hash);

    if (*slot == hash)
        return FALSE;
    if (table->seen.used == LONG_RESPONDENTS_LIMIT) {
        table->is_full = TRUE;
        return TRUE;
    }
    *slot = hash;
    if (2 * ++table->seen.used > 1u << table->seen.bits)
        grow(&table->seen);
    return TRUE;
}

static void note(GPtrArray *messages, guint *n, char *message)
{
    if (++*n <= LONG_TOLD_LIMIT)
        g_ptr_array_add(messages, message);
    else
        g_free(message);
}

/* ---- the wide table ---- */

static void append_cell(GString *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n") && !g_ascii_isspace(*text)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '\r' && text[1] == '\n')
            continue;
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text == '\r' ? '\n' : *text);
    }
    g_string_append_c(out, '"');
}

static void go_to_line(SurveyLong *table, guint line, GString *out)
{
    for (; table->next_line < line; table->next_line++)
        g_string_append_c(out, '\n');
}

void survey_long_header(const SurveyLong *table, GString *out)
{
    const Rubric *rubric = vocabulary_rubric(table->vocabulary);

    for (guint i = 0; i < rubric->questions->len; i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", RUBRIC_QUESTION(rubric, i)->id);
    for (guint line = 1; line < table->line; line++)
        g_string_append_c(out, '\n');
}

/* The row of the respondent. */
static void end_row(SurveyLong *table, GString *out)
{
    const Rubric *rubric = vocabulary_rubric(table->vocabulary);
    gsize from;

    if (!table->who)
        return;
    go_to_line(table, table->line, out);
    from = out->len;
    for (guint i = 0; i < rubric->questions->len; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        append_cell(out, table->cells[i]->str);
        g_string_truncate(table->cells[i], 0);
    }
    g_string_append_c(out, '\n');
    for (; from < out->len; from++)
        table->next_line += out->str[from] == '\n';
    g_clear_pointer(&table->who, g_free);
}

static void begin_row(SurveyLong *table, const CsvRecord *record, const char *who)
{
    table->who = g_strdup(who);
    table->line = record->line;
    if (!see(table, who)) {
        g_autofree char *quoted = personal_quote(who, QUOTE_LIMIT);
        Place place = { .file = table->name, .line = record->line, .record = record->record };

        g_array_append_val(table->apart_at, place);
        note(table->apart, &table->n_apart,
             g_strdup_printf("the rows of respondent %s stand apart: some before, again from "
                             "record %u on",
                             quoted, record->record));
    }
}

/* ---- records ---- */

static const char *cell_of(const CsvRecord *record, int column)
{
    return (guint)column < record->n_cells ? record->cells[column] : "";
}

/* The question that a text names; NOWHERE after a note. */
static int asked_of(SurveyLong *table, const CsvRecord *record, const char *text)
{
    gpointer known = g_hash_table_lookup(table->asked, text);
    Binding binding;
    int index;

    if (known)
        return MAX(GPOINTER_TO_INT(known) - 1, NOWHERE);
    binding = binder_name(table->binder, text);
    index = binding.kind == BINDING_QUESTION ? binding.index : NOWHERE;
    if (index == NOWHERE) {
        g_autofree char *quoted = personal_quote(text, QUOTE_LIMIT);

        note(table->unknown, &table->n_unknown,
             g_strdup_printf("unknown question %s, first in record %u, is not read", quoted,
                             record->record));
    }
    if (g_hash_table_size(table->asked) < LONG_RESPONDENTS_LIMIT / 16)
        g_hash_table_insert(table->asked, g_strdup(text),
                            GINT_TO_POINTER(index == NOWHERE ? -1 : index + 1));
    return index;
}

/* Several answers to a multiple choice are joined; to another question they contradict each other,
 * and are no answer then, unless they are the same: survey_cell.c tells it. */
static void join(const Rubric *rubric, int question, GString *cell, const char *text)
{
    gboolean is_multi = RUBRIC_QUESTION(rubric, question)->type == QUESTION_MULTI;

    if (reply_is_blank(text) || strcmp(cell->str, text) == 0)
        return;
    if (cell->len > 0)
        g_string_append(cell, is_multi ? ";" : SURVEY_CELL_CONFLICT);
    g_string_append(cell, text);
}

void survey_long_add(SurveyLong *table, const CsvRecord *record, GString *out)
{
    const Rubric *rubric = vocabulary_rubric(table->vocabulary);
    const char *who = cell_of(record, table->respondent);
    const char *asked = cell_of(record, table->question);
    int question;

    if (!table->who || strcmp(table->who, who) != 0) {
        end_row(table, out);
        begin_row(table, record, who);
    }
    for (guint i = 0; i < table->fields->len; i++)
        if (g_array_index(table->fields, int, i) != NOWHERE) {
            int field = g_array_index(table->fields, int, i);

            join(rubric, field, table->cells[field], cell_of(record, (int)i));
        }
    question = reply_is_blank(asked) ? NOWHERE : asked_of(table, record, asked);
    table->is_asked |= question != NOWHERE && !RUBRIC_QUESTION(rubric, question)->is_field;
    if (question != NOWHERE)
        join(rubric, question, table->cells[question], cell_of(record, table->answer));
}

static void tell(const SurveyLong *table, Findings *findings, Severity severity,
                 const GPtrArray *messages, const GArray *places, guint n, const char *more)
{
    Place place = { .file = table->name };

    for (guint i = 0; i < messages->len; i++)
        findings_add(findings, severity, places ? &g_array_index(places, Place, i) : &place, "%s",
                     (char *)messages->pdata[i]);
    if (n > messages->len)
        findings_add(findings, severity, &place, "%u more %s", n - messages->len, more);
}

/* Nothing that the rubric asks was asked. */
static void refuse_table(const SurveyLong *table, Findings *findings)
{
    const Rubric *rubric = vocabulary_rubric(table->vocabulary);
    Place place = { .file = table->name };

    finding_hint(findings_add(findings, SEVERITY_ERROR, &place, "not a table of rubric %s@%s",
                              rubric->id, rubric->edition),
                 "expected its questions, by id or wording, in the column \"%s\"",
                 header_cell(table->header, 0, (guint)table->question));
}

gboolean survey_long_end(SurveyLong *table, GString *out, Findings *findings)
{
    Place place = { .file = table->name };
    const char *column = header_cell(table->header, 0, (guint)table->respondent);

    end_row(table, out);
    tell(table, findings, SEVERITY_WARNING, table->unknown, NULL, table->n_unknown,
         "questions are unknown and not read");
    tell(table, findings, SEVERITY_ERROR, table->apart, table->apart_at, table->n_apart,
         "respondents stand apart");
    if (table->n_apart > 0)
        finding_hint((Finding *)findings_at(findings, findings_count(findings) - 1),
                     "sort the file by the column \"%s\", in a spreadsheet or as in "
                     "mlr --csv sort -f %s %s",
                     column, column, table->name);
    if (!table->is_asked)
        refuse_table(table, findings);
    if (table->is_full)
        findings_add(findings, SEVERITY_ERROR, &place,
                     "a long table of more than %d respondents is too long",
                     LONG_RESPONDENTS_LIMIT);
    return table->n_apart == 0 && table->is_asked && !table->is_full;
}
