#include "cli/inspection_text.h"

#include "base/text.h"
#include "cli/inspection_words.h"
#include "intake/delimiter.h"

enum {
    COLUMNS_SHOWN = 40, /* of the table without -v */
    FAULTS_SHOWN = 20,
    LABEL = 16, /* terminal columns of a label */
    NUMBER = 5, /* and of the table's */
    FILLED = 9,
    DIFFERENT = 11,
    ANSWERS = 26,
    QUOTE_LIMIT = 40 /* characters of a cell */
};

typedef struct {
    const Terminal *terminal;
    const Translation *translation;
    const Inspection *inspection;
    GString *out;
    gboolean has_notes; /* behind columns */
    gboolean is_wide;   /* what is written is of Inspection.wide */
} Writer;

static const char *word(const Writer *writer, const char *key)
{
    return terminal_word(writer->terminal, "inspection", key);
}

#define FILL(writer, key, ...)                                                                   \
    wording_fill((writer)->terminal->wording, "inspection", (key), (writer)->terminal->language, \
                 __VA_ARGS__, NULL)

static char *count_text(guint64 count)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT, count);
}

/* "  Encoding       GB18030, by what it decodes to". */
static void fact(const Writer *writer, const char *key, const char *colour, const char *text)
{
    g_autofree char *label = text_fit(word(writer, key), LABEL);
    g_autofree char *first = g_strconcat("  ", label, NULL);
    g_autofree char *rest = g_strnfill(LABEL + 2, ' ');

    terminal_lines(writer->terminal, writer->out, first, rest, colour, text);
}

static void heading(const Writer *writer, const char *text)
{
    g_string_append(writer->out, "\n  ");
    terminal_paint(writer->terminal, writer->out, "strong", text);
    g_string_append_c(writer->out, '\n');
}

static void sentence(const Writer *writer, const char *colour, const char *text)
{
    terminal_lines(writer->terminal, writer->out, "  ", "  ", colour, text);
}

/* ---- what it is ---- */

static void write_head(const Writer *writer)
{
    const Inspection *inspection = writer->inspection;
    const char *is = inspection_is(inspection);
    g_autofree char *name = text_visible(inspection->name);
    g_autofree char *hint = g_strconcat(is, "_hint", NULL);
    const Wording *wording = writer->terminal->wording;

    terminal_paint(writer->terminal, writer->out, "strong", name);
    g_string_append_c(writer->out, '\n');
    terminal_lines(writer->terminal, writer->out, "", "", inspection->shape ? "bad" : NULL,
                   terminal_word(writer->terminal, "inspection is", is));
    if (wording_has(wording, "inspection is", hint))
        terminal_lines(writer->terminal, writer->out, "", "", NULL,
                       terminal_word(writer->terminal, "inspection is", hint));
}

static void write_encoding(const Writer *writer)
{
    const EncodingFound *encoding = &writer->inspection->encoding;
    const char *how =
        terminal_word(writer->terminal, "inspection found", encoding_reason_id(encoding->reason));
    g_autofree char *text = encoding->also
                                ? FILL(writer, "encoding_or", "name", encoding->name, "how", how,
                                       "other", encoding->also)
                                : FILL(writer, "encoding_is", "name", encoding->name, "how", how);

    fact(writer, "encoding", encoding->reason == ENCODING_GUESS ? "open" : NULL, text);
}

/* "3, of which 1 is left out". */
static char *records_text(const Writer *writer)
{
    const ContentsRows *rows = contents_rows(writer->inspection->contents);
    g_autofree char *all = count_text(rows->rows);
    guint64 kept = writer->inspection->reader
                       ? survey_reader_tally(writer->inspection->reader)->dropped[SURVEY_KEPT]
                       : rows->rows;
    g_autofree char *left_out = count_text(rows->rows - MIN(kept, rows->rows));

    if (kept >= rows->rows || inspection_n_bound(writer->inspection) == 0)
        return g_strdup(all);
    return FILL(writer, "records_left_out", "number", all, "left_out", left_out);
}

static void write_ragged(const Writer *writer)
{
    const ContentsRows *rows = contents_rows(writer->inspection->contents);
    const struct {
        const char *key;
        guint64 count, first;
    } KINDS[] = {
        { "short_rows", rows->short_rows, rows->first_short },
        { "long_rows", rows->long_rows, rows->first_long },
    };

    for (guint i = 0; i < G_N_ELEMENTS(KINDS); i++) {
        g_autofree char *count = count_text(KINDS[i].count), *first = count_text(KINDS[i].first);
        g_autofree char *text = FILL(writer, KINDS[i].key, "number", count, "first", first);

        if (KINDS[i].count > 0)
            fact(writer, "ragged", "open", text);
    }
}

static void write_layout(const Writer *writer)
{
    const Survey *survey = writer->inspection->survey;
    const Layout *layout = survey ? survey_layout(survey) : NULL;
    g_autofree char *skipped = NULL;

    if (!layout)
        return;
    fact(writer, "layout", NULL,
         localized_or(&layout->title, writer->terminal->language, layout->id));
    skipped = g_strdup_printf("%u", survey_skipped(survey));
    if (survey_skipped(survey) > 0)
        fact(writer, "skipped", NULL, skipped);
}

static void write_facts(const Writer *writer, const Rubric *rubric)
{
    const Inspection *inspection = writer->inspection;
    const char *ends = line_ends_name(inspection->line_ends);
    g_autofree char *header = count_text(inspection->header_rows);
    g_autofree char *columns = g_strdup_printf("%u", inspection_n_columns(inspection));
    g_autofree char *records = records_text(writer);
    g_autofree char *reference = g_strconcat(rubric->id, "@", rubric->edition, NULL);

    g_string_append_c(writer->out, '\n');
    write_encoding(writer);
    fact(writer, "delimiter", NULL,
         terminal_word(writer->terminal, "inspection delimiter",
                       delimiter_name(inspection->delimiter)));
    if (ends)
        fact(writer, "line_ends", NULL,
             inspection->line_ends == LINE_ENDS_MIXED ? word(writer, "mixed") : ends);
    write_layout(writer);
    fact(writer, "header_rows", NULL, header);
    fact(writer, "columns", NULL, columns);
    fact(writer, "records", NULL, records);
    write_ragged(writer);
    if (inspection->is_cut)
        fact(writer, "cut", "bad", word(writer, "cut_why"));
    if (inspection->survey && !inspection->shape)
        fact(writer, "rubric", NULL, reference);
}

/* ---- the columns ---- */

/* "100 %", rounded down, so that only a full column has it. */
static char *share_text(guint64 part, guint64 whole)
{
    if (whole == 0)
        return g_strdup("–");
    if (part > 0 && part * 100 < whole)
        return g_strdup("< 1 %");
    return g_strdup_printf("%" G_GUINT64_FORMAT " %%", part * 100 / whole);
}

/* Right-aligned. */
static void append_right(GString *out, const char *text, guint columns)
{
    guint width = text_columns(text);

    g_string_append_printf(out, "%*s%s", width < columns ? (int)(columns - width) : 0, "", text);
}

static void append_left(GString *out, const char *text, guint columns)
{
    g_autofree char *fitted = text_fit(text, columns);

    g_string_append(out, fitted);
}

/* Whether something stands behind a column: what it answers, whose it is. */
static gboolean has_notes(const Writer *writer)
{
    for (guint i = 0; i < inspection_n_columns(writer->inspection); i++)
        if (inspection_kind(inspection_binding(writer->inspection, i)) ||
            inspection_personal(writer->inspection, i) != PERSONAL_NOT)
            return TRUE;
    return FALSE;
}

static guint name_room(const Writer *writer)
{
    guint others = 2 + NUMBER + FILLED + DIFFERENT;

    if (writer->has_notes)
        others += 2 + ANSWERS;
    return writer->terminal->columns > others + 16 ? writer->terminal->columns - others : 16;
}

/* What a column is to the survey: "plan_done", "systems: erp", "(of the tool)". NULL: nothing. Free
 * with g_free(). */
static char *binding_text(const Writer *writer, guint column)
{
    const Binding *binding = inspection_binding(writer->inspection, column);
    const char *id = inspection_answers(writer->inspection, column);
    const char *option = inspection_option(writer->inspection, column);
    const char *kind = inspection_kind(binding);

    if (!kind)
        return NULL;
    if (survey_column(writer->inspection->survey, column)->twin)
        return g_strdup(terminal_word(writer->terminal, "inspection bound", "twin"));
    return wording_fill(writer->terminal->wording, "inspection bound", kind,
                        writer->terminal->language, "id", id ? id : "", "option",
                        option ? option : "", NULL);
}

/* What a column answers, or that it is about a person. */
static void append_answers(const Writer *writer, guint column)
{
    const Binding *binding = inspection_binding(writer->inspection, column);
    Personal personal = inspection_personal(writer->inspection, column);
    gboolean is_read = binding && binding->kind >= BINDING_QUESTION;
    g_autofree char *text = personal == PERSONAL_NOT
                                ? binding_text(writer, column)
                                : g_strdup(terminal_word(writer->terminal, "inspection personal",
                                                         personal_name(personal)));
    g_autofree char *fitted = text ? text_fit(text, ANSWERS) : NULL;
    g_autofree char *how = NULL;

    if (!text)
        return;
    if (is_read && binding->by > BOUND_BY_ID)
        how = FILL(writer, "bound_by", "how",
                   terminal_word(writer->terminal, "inspection by", inspection_bound_by(binding)));
    g_string_append(writer->out, "  ");
    terminal_paint(writer->terminal, writer->out, is_read ? "good" : "quiet",
                   text_columns(text) > ANSWERS ? fitted : text);
    if (how && text_columns(text) + text_columns(how) <= ANSWERS)
        terminal_paint(writer->terminal, writer->out, "quiet", how);
}

static void write_column(const Writer *writer, guint column)
{
    const ContentsColumn *seen = contents_column(writer->inspection->contents, column);
    g_autofree char *name = inspection_column_name(writer->inspection, column);
    g_autofree char *visible = text_visible(name);
    g_autofree char *share =
        share_text(seen->filled, contents_rows(writer->inspection->contents)->rows);
    g_autofree char *different = g_strdup_printf(seen->is_more ? "> %u" : "%u", seen->distinct);
    g_autofree char *number = g_strdup_printf("%u", column + 1);

    append_right(writer->out, number, NUMBER);
    g_string_append(writer->out, "  ");
    if (*visible == '\0')
        append_left(writer->out, word(writer, "no_name"), name_room(writer));
    else
        append_left(writer->out, visible, name_room(writer));
    append_right(writer->out, share, FILLED);
    append_right(writer->out, different, DIFFERENT);
    append_answers(writer, column);
    g_string_append_c(writer->out, '\n');
}

static void write_column_heads(const Writer *writer)
{
    g_autoptr(GString) head = g_string_new("\n");

    append_right(head, "", NUMBER);
    g_string_append(head, "  ");
    append_left(head, word(writer, "column"), name_room(writer));
    append_right(head, word(writer, "filled"), FILLED);
    append_right(head, word(writer, "different"), DIFFERENT);
    if (inspection_n_bound(writer->inspection) > 0)
        g_string_append_printf(head, "  %s", word(writer, "answers"));
    terminal_paint(writer->terminal, writer->out, "strong", head->str);
    g_string_append_c(writer->out, '\n');
}

static void write_columns(const Writer *writer)
{
    guint n = inspection_n_columns(writer->inspection), shown = 0, left = 0;

    write_column_heads(writer);
    for (guint i = 0; i < n; i++) {
        /* a wide table has a column for every question there is */
        if (writer->is_wide && contents_column(writer->inspection->contents, i)->filled == 0)
            continue;
        if (shown == COLUMNS_SHOWN && !writer->terminal->all) {
            left++;
            continue;
        }
        write_column(writer, i);
        shown++;
    }
    if (left > 0) {
        g_autofree char *more = g_strdup_printf("%u", left);
        g_autofree char *text = FILL(writer, "more_columns", "number", more);

        sentence(writer, "quiet", text);
    }
}

/* ---- what the rubric makes of it ---- */

/* Why records are left out: our own reasons are words of the template, those of a layout its own.
 */
static const char *reason_text(const Writer *writer, guint8 reason)
{
    const Survey *survey = writer->inspection->survey;
    const char *id = survey_drop_id(survey, reason);
    SurveyDrop drop;

    if (wording_has(writer->terminal->wording, "inspection dropped", id))
        return terminal_word(writer->terminal, "inspection dropped", id);
    for (guint i = 0; survey_drop(survey, i, &drop); i++)
        if (drop.reason == reason)
            return localized_or(&drop.drop->title, writer->terminal->language, id);
    return survey_drop_reason(survey, reason);
}

static void write_left_out(const Writer *writer)
{
    const SurveyTally *tally = survey_reader_tally(writer->inspection->reader);
    gboolean is_begun = FALSE;

    for (guint i = SURVEY_KEPT + 1; i < SURVEY_REASONS_LIMIT; i++) {
        g_autofree char *count = count_text(tally->dropped[i]);
        g_autoptr(GString) first = g_string_new(NULL);

        if (tally->dropped[i] == 0)
            continue;
        if (!is_begun)
            heading(writer, word(writer, "left_out"));
        is_begun = TRUE;
        append_right(first, count, NUMBER);
        g_string_append(first, "  ");
        terminal_lines(writer->terminal, writer->out, first->str, "       ", NULL,
                       reason_text(writer, (guint8)i));
    }
}

static void write_fault(const Writer *writer, const SurveyFault *fault)
{
    g_autofree char *count = count_text(fault->count), *record = count_text(fault->first);
    g_autofree char *column = g_strdup_printf("%u", fault->column + 1);
    gboolean is_shown = inspection_personal(writer->inspection, fault->column) == PERSONAL_NOT;
    g_autofree char *message =
        is_shown ? translation_of(writer->translation, fault->message) : NULL;
    g_autofree char *text = FILL(writer, "fault", "cells", count, "record", record, "message",
                                 message ? message : word(writer, "personal"));
    g_autoptr(GString) first = g_string_new(NULL);

    append_right(first, column, NUMBER);
    g_string_append(first, "  ");
    terminal_lines(writer->terminal, writer->out, first->str, "       ", NULL, text);
}

static void write_faults(const Writer *writer)
{
    g_autoptr(GPtrArray) faults =
        survey_faults_list(survey_reader_faults(writer->inspection->reader));
    guint shown = writer->terminal->all ? faults->len : MIN(faults->len, FAULTS_SHOWN);

    if (faults->len == 0)
        return;
    heading(writer, word(writer, "not_understood"));
    for (guint i = 0; i < shown; i++)
        write_fault(writer, faults->pdata[i]);
    if (shown < faults->len) {
        g_autofree char *number = g_strdup_printf("%u", faults->len - shown);
        g_autofree char *text = FILL(writer, "more_faults", "number", number);

        sentence(writer, "quiet", text);
    }
}

static void write_unanswered(const Writer *writer, const Rubric *rubric)
{
    static const char *const KEYS[][2] = { { "unanswered", "unanswered_names" },
                                           { "unanswered_wide", "unanswered_wide_names" } };
    g_autoptr(GPtrArray) ids = inspection_unanswered(writer->inspection, rubric, writer->is_wide);
    g_autofree char *number = g_strdup_printf("%u", ids->len);
    g_autofree char *names = NULL, *text = NULL;

    if (ids->len == 0)
        return;
    g_ptr_array_add(ids, NULL);
    names = g_strjoinv(", ", (char **)ids->pdata);
    text = FILL(writer, KEYS[writer->is_wide ? 1 : 0][writer->terminal->all ? 1 : 0], "number",
                number, "names", names);
    g_string_append_c(writer->out, '\n');
    sentence(writer, NULL, text);
}

static void write_survey(const Writer *writer, const Rubric *rubric)
{
    g_autofree char *reference = g_strconcat(rubric->id, "@", rubric->edition, NULL);

    if (inspection_n_bound(writer->inspection) == 0) {
        g_autofree char *text = FILL(writer, "nothing_bound", "rubric", reference);

        g_string_append_c(writer->out, '\n');
        sentence(writer, NULL, text);
        return;
    }
    write_left_out(writer);
    write_faults(writer);
    write_unanswered(writer, rubric);
}

/* The same with one respondent a row. */
static void write_wide(const Writer *narrow, const Rubric *rubric)
{
    Writer writer = *narrow;
    g_autofree char *records = NULL, *text = NULL;

    writer.inspection = narrow->inspection->wide;
    writer.is_wide = TRUE;
    writer.has_notes = has_notes(&writer);
    if (!writer.inspection->is_text)
        return;
    records = records_text(&writer);
    text = FILL(&writer, "wide", "records", records);
    heading(&writer, text);
    write_columns(&writer);
    if (writer.inspection->survey)
        write_survey(&writer, rubric);
}

char *inspection_text(const Terminal *terminal, const Translation *translation,
                      const Inspection *inspection, const Rubric *rubric)
{
    Writer writer = { terminal, translation, inspection, g_string_new(NULL), FALSE, FALSE };

    write_head(&writer);
    if (inspection->is_text) {
        writer.has_notes = has_notes(&writer);
        write_facts(&writer, rubric);
        write_columns(&writer);
    }
    if (inspection->wide)
        write_wide(&writer, rubric);
    else if (inspection->survey && !inspection->shape)
        write_survey(&writer, rubric);
    return g_string_free(writer.out, FALSE);
}
