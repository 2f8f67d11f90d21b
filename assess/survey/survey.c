#include "survey/survey.h"

#include <string.h>

#include "base/text.h"
#include "intake/csv.h"
#include "intake/delimiter.h"
#include "intake/filing.h"
#include "intake/personal.h"
#include "intake/sheet.h"
#include "survey/header.h"
#include "survey/layout_pattern.h"
#include "survey/survey_cell.h"
#include "survey/survey_columns.h"
#include "survey/survey_doubt.h"
#include "survey/survey_map.h"

enum {
    QUOTE_LIMIT = 60,    /* characters of a user's text in a message */
    TOLD_LIMIT = 20,     /* columns of a tool's export that are told by name */
    OWN_TOLD_LIMIT = 200 /* and of a table of our own: to find what was meant takes a while */
};

struct Survey {
    const Vocabulary *vocabulary;
    Binder *binder;
    Header *header;
    char *name, *encoding, *sha256;
    char *map_hash; /* NULL without a mapping */
    char delimiter;
    gsize data_offset;
    guint data_line;
    GArray *columns; /* of SurveyColumn */
    GArray *drops;   /* of SurveyDrop */
    Findings *doubts;
    GPtrArray *option_names; /* by question: of GArray of OptionName, or NULL */
    gboolean asks_evidence, is_long;
};

/* A survey being opened. */
typedef struct {
    Survey *survey;
    const SurveyOptions *options;
    const Layouts *layouts;
    const char *head; /* before delimiter_find() cut anything off */
    CsvText text;
    GHashTable *bound; /* Binding -> column, from 1 */
    guint questions;   /* columns that are */
    guint untold;      /* columns that are not told by name */
    Findings *findings;
} Opening;

static Finding *report(const Opening *opening, Severity severity, guint column, const char *format,
                       ...) G_GNUC_PRINTF(4, 5);
static Finding *report(const Opening *opening, Severity severity, guint column, const char *format,
                       ...)
{
    const Header *header = opening->survey->header;
    Place place = { .file = opening->survey->name,
                    .line = header ? g_array_index(header->records, HeaderRecord, 0).line
                                   : opening->text.line,
                    .column = column };
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(opening->findings, severity, &place, "%s", message);
}

/* Our own tables are written for us: what is wrong in their header is a fault. */
static gboolean is_strict(const Opening *opening)
{
    const Layout *layout = opening->survey->header->layout;

    return strcmp(layout->id, layout_plain()->id) == 0 && !opening->options->takes_any;
}

/* ---- columns ---- */

static void tell_unknown(Opening *opening, const SurveyColumn *column, guint number)
{
    const Vocabulary *vocabulary = opening->survey->vocabulary;
    g_autofree char *quoted = personal_quote(column->name, QUOTE_LIMIT);
    gboolean is_ambiguous = column->binding.index == VOCABULARY_AMBIGUOUS;
    const char *near = is_ambiguous ? NULL : vocabulary_near_question(vocabulary, column->name);
    Finding *finding;

    if (is_ambiguous) {
        finding = report(opening, is_strict(opening) ? SEVERITY_ERROR : SEVERITY_WARNING, number,
                         "%s is the wording of more than one question", quoted);
        finding_hint(finding, "write the question's id");
        return;
    }
    finding = report(opening, SEVERITY_WARNING, number, "unknown column %s is not read", quoted);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

static void refuse_waiver(const Opening *opening, const SurveyColumn *column, guint number)
{
    g_autofree char *folded = text_fold(column->name);
    const char *waived = filing_waived(folded);
    g_autofree char *quoted = text_quote(waived, QUOTE_LIMIT);
    const char *near = vocabulary_near_requirement(opening->survey->vocabulary, waived);
    Finding *finding = report(opening, SEVERITY_ERROR, number, "unknown requirement %s", quoted);

    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected waive: and the id of a requirement");
}

static guint told_limit(const Opening *opening)
{
    return is_strict(opening) ? OWN_TOLD_LIMIT : TOLD_LIMIT;
}

static void tell_unbound(Opening *opening, const SurveyColumn *column, guint number)
{
    g_autofree char *folded = text_fold(column->name);

    if (filing_waived(folded))
        refuse_waiver(opening, column, number);
    else if (opening->untold < told_limit(opening) ||
             (is_strict(opening) && column->binding.index == VOCABULARY_AMBIGUOUS))
        tell_unknown(opening, column, number);
    opening->untold++;
}

static gint64 binding_key(const Binding *binding)
{
    return (gint64)binding->kind << 48 | (gint64)(binding->option + 1) << 32 | binding->index;
}

/* The column that is bound so already, from 1; 0 if none is: from then on this one is. */
static guint bound_before(const Opening *opening, const Binding *binding, guint number)
{
    gint64 *key = g_new(gint64, 1);
    guint before;

    *key = binding_key(binding);
    before = GPOINTER_TO_UINT(g_hash_table_lookup(opening->bound, key));
    if (before)
        g_free(key);
    else
        g_hash_table_insert(opening->bound, key, GUINT_TO_POINTER(number));
    return before;
}

static void tell_twin(const Opening *opening, const SurveyColumn *column, guint number)
{
    g_autofree char *quoted = personal_quote(column->name, QUOTE_LIMIT);

    if (column->binding.by == BOUND_BY_MAP)
        finding_hint(report(opening, SEVERITY_ERROR, number,
                            "columns %u and %u are both bound to one thing", column->twin, number),
                     "in the mapping file, write to = ignore for the one that is not to be read");
    else if (is_strict(opening))
        report(opening, SEVERITY_ERROR, number, "column %s stands twice, in %u and %u", quoted,
               column->twin, number);
    else
        report(opening, SEVERITY_WARNING, number,
               "column %s says what column %u says, and is not read", quoted, column->twin);
}

static void bind_column(Opening *opening, guint index, const Binding *mapped)
{
    Survey *survey = opening->survey;
    const char *names[LAYOUT_HEADER_LIMIT];
    SurveyColumn column = { .name = header_name(survey->header, index) };

    for (guint row = 0; row < survey->header->rows; row++)
        names[row] = header_cell(survey->header, row, index);
    column.binding = mapped ? *mapped
                            : binder_bind(survey->binder, names, survey->header->rows,
                                          header_is_shared(survey->header, index));
    g_array_append_val(survey->columns, column);
}

/* The first column whose name is one of these; NOWHERE for none. */
static int column_named(const Survey *survey, char *const *names)
{
    for (char *const *name = names; *name; name++)
        for (guint i = 0; i < survey->columns->len; i++)
            for (guint row = 0; row < survey->header->rows; row++) {
                g_autofree char *folded = binding_fold(header_cell(survey->header, row, i));

                if (layout_mask_match(*name, folded))
                    return (int)i;
            }
    return NOWHERE;
}

/* The three columns of a table with one answer a row. FALSE if they are not all there. */
static gboolean bind_long(Survey *survey)
{
    static const LayoutMeta METAS[] = {
        { .id = (char *)"respondent", .role = META_RESPONDENT },
        { .id = (char *)"question" },
        { .id = (char *)"answer" },
    };
    const Layout *layout = survey->header->layout;
    char *const *const NAMES[] = { layout->respondent, layout->question, layout->reply };
    int columns[G_N_ELEMENTS(NAMES)];

    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        columns[i] = NAMES[i] ? column_named(survey, NAMES[i]) : NOWHERE;
        if (columns[i] == NOWHERE)
            return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        g_array_index(survey->columns, SurveyColumn, columns[i]).binding = (Binding){
            .kind = BINDING_META, .index = NOWHERE, .option = NOWHERE, .meta = &METAS[i]
        };
    return TRUE;
}

/* Columns that say the same are read once; the answer in one cell goes before its options. */
static void find_twins(Opening *opening)
{
    Survey *survey = opening->survey;

    for (guint i = 0; i < survey->columns->len; i++) {
        SurveyColumn *column = &g_array_index(survey->columns, SurveyColumn, i);

        if (column->binding.kind < BINDING_QUESTION)
            continue;
        column->twin = bound_before(opening, &column->binding, i + 1);
        if (column->twin)
            tell_twin(opening, column, i + 1);
    }
    for (guint i = 0; i < survey->columns->len; i++) {
        SurveyColumn *column = &g_array_index(survey->columns, SurveyColumn, i);
        Binding whole = { BINDING_QUESTION, column->binding.index, NOWHERE, 0, NULL, NULL };
        gint64 key = binding_key(&whole);

        if (column->binding.kind == BINDING_OPTION && !column->twin)
            column->twin = GPOINTER_TO_UINT(g_hash_table_lookup(opening->bound, &key));
    }
}

static void count_columns(Opening *opening)
{
    Survey *survey = opening->survey;
    const Rubric *rubric = vocabulary_rubric(survey->vocabulary);

    for (guint i = 0; i < survey->columns->len; i++) {
        const SurveyColumn *column = survey_column(survey, i);
        BindingKind kind = column->binding.kind;

        if (kind == BINDING_NOTHING)
            tell_unbound(opening, column, i + 1);
        survey->asks_evidence |= kind == BINDING_EVIDENCE;
        opening->questions += (kind == BINDING_QUESTION || kind == BINDING_OPTION) &&
                              !RUBRIC_QUESTION(rubric, column->binding.index)->is_field;
    }
    if (opening->untold > told_limit(opening))
        report(opening, SEVERITY_WARNING, 0, "%u more columns are unknown and not read",
               opening->untold - told_limit(opening));
}

static void bind_columns(Opening *opening, const SurveyMap *map)
{
    Survey *survey = opening->survey;

    for (guint i = 0; i < survey->header->n_columns; i++) {
        g_autofree char *name = header_name(survey->header, i);
        Binding mapped;

        bind_column(opening, i, map && survey_map_binding(map, i, name, &mapped) ? &mapped : NULL);
    }
    survey->is_long = bind_long(survey);
    survey_columns_settle(survey->columns, survey->binder);
    find_twins(opening);
    count_columns(opening);
}

/* ---- what is left out ---- */

static gboolean is_kept(const SurveyOptions *options, const char *id)
{
    return options->keep && g_strv_contains(options->keep, id);
}

static void find_drops(Opening *opening)
{
    Survey *survey = opening->survey;
    const GArray *drops = survey->header->layout->drops;

    for (guint i = 0; drops && i < drops->len; i++) {
        const LayoutDrop *drop = &g_array_index(drops, LayoutDrop, i);
        int column =
            is_kept(opening->options, drop->id) ? NOWHERE : column_named(survey, drop->columns);
        SurveyDrop found = { (guint)column, (guint8)(SURVEY_ROW_LAYOUT + i), drop };

        if (column != NOWHERE)
            g_array_append_val(survey->drops, found);
    }
}

static void name_options(Survey *survey)
{
    const Rubric *rubric = vocabulary_rubric(survey->vocabulary);

    for (int i = 0; i < (int)rubric->questions->len; i++)
        g_ptr_array_add(survey->option_names,
                        RUBRIC_QUESTION(rubric, i)->type == QUESTION_MULTI && survey_has(survey, i)
                            ? survey_cell_names(survey->vocabulary, i)
                            : NULL);
}

/* ---- the head ---- */

static void refuse_header(const Opening *opening)
{
    const Rubric *rubric = vocabulary_rubric(opening->survey->vocabulary);
    const HeaderRecord *first = &g_array_index(opening->survey->header->records, HeaderRecord, 0);
    const CsvRecord cells = { .n_cells = first->n_cells,
                              .cells = (const char *const *)first->cells };
    Finding *finding;

    if (opening->survey->is_long) {
        finding_hint(report(opening, SEVERITY_ERROR, 0,
                            "a table with one answer a row cannot be read from a pipe"),
                     "give the file by its name");
        return;
    }
    finding = report(opening, SEVERITY_ERROR, 0, "not a table of rubric %s@%s", rubric->id,
                     rubric->edition);
    finding_hint(finding, "%s",
                 sheet_is_header(&cells)
                     ? "an answer sheet of one company is read by `assess score`"
                     : "expected a header with a column for each question, by its id or wording");
}

static guint known_cells(const CsvRecord *header, gpointer data)
{
    const Binder *binder = data;
    guint known = 0;

    for (guint i = 0; i < header->n_cells; i++)
        known += binder_name(binder, header->cells[i]).kind >= BINDING_QUESTION;
    return known;
}

static const Layout *named_layout(const Opening *opening)
{
    const char *id = opening->options->layout;
    const Layout *layout = id && opening->layouts ? layouts_find(opening->layouts, id) : NULL;
    const char *near = id && opening->layouts ? layouts_nearest(opening->layouts, id) : NULL;
    Finding *finding;

    if (layout || !id)
        return layout;
    if (strcmp(id, layout_plain()->id) == 0)
        return layout_plain();
    finding = report(opening, SEVERITY_ERROR, 0, "there is no layout \"%s\"", id);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    return NULL;
}

static gboolean refuse_head(const Opening *opening, const Findings *faults, gboolean is_whole)
{
    const Header *header = opening->survey->header;

    if (findings_of(faults, SEVERITY_ERROR) > 0 && (is_whole || header))
        findings_append(opening->findings, faults);
    else if (!is_whole)
        report(opening, SEVERITY_ERROR, 0,
               "the header is too long: nothing else stands in the first %zu bytes",
               opening->text.size);
    else if (header)
        finding_hint(report(opening, SEVERITY_ERROR, 0, "the file has only a header"),
                     "expected a row for each company");
    else
        report(opening, SEVERITY_ERROR, 0, "the file is empty");
    return FALSE;
}

/* The records of the header, and where the first one below them is. */
static gboolean read_header(Opening *opening, const Layout *layout, gboolean is_whole)
{
    Survey *survey = opening->survey;
    g_autoptr(Findings) faults = findings_new();
    g_autoptr(Binder) plain = binder_new(survey->vocabulary, layout_plain());
    const HeaderRecord *first;

    if (opening->text.delimiter == '\0')
        delimiter_find(&opening->text, known_cells, plain);
    survey->delimiter = opening->text.delimiter;
    survey->header =
        header_read(survey->vocabulary, opening->layouts, layout, &opening->text, faults);
    first = survey->header ? header_first_record(survey->header) : NULL;
    if (!first && !(opening->options->takes_any && survey->header && is_whole))
        return refuse_head(opening, faults, is_whole);
    survey->data_offset = first ? (gsize)(opening->text.text - opening->head) + first->offset
                                : (gsize)(opening->text.text - opening->head) + opening->text.size;
    survey->data_line = first ? first->line : opening->text.line;
    survey->binder = binder_new(survey->vocabulary, survey->header->layout);
    return TRUE;
}

static gboolean open_head(Opening *opening, gboolean is_whole)
{
    guint errors = findings_of(opening->findings, SEVERITY_ERROR);
    const Layout *layout = named_layout(opening);
    g_autoptr(SurveyMap) map = NULL;

    if ((opening->options->layout && !layout) || !read_header(opening, layout, is_whole))
        return FALSE;
    if (opening->options->map)
        map = survey_map_load(opening->options->map, opening->survey->binder, opening->findings);
    if (findings_of(opening->findings, SEVERITY_ERROR) > errors)
        return FALSE;
    bind_columns(opening, map);
    if (map) {
        opening->survey->map_hash = g_strdup(survey_map_sha256(map));
        survey_map_check(map, opening->findings);
    }
    survey_doubt(&(SurveyDoubt){ opening->survey->name, opening->survey->vocabulary,
                                 opening->layouts, layout != NULL, opening->survey->header,
                                 opening->survey->columns },
                 opening->survey->doubts);
    findings_append(opening->findings, opening->survey->doubts);
    find_drops(opening);
    name_options(opening->survey);
    if (opening->questions == 0 && !opening->options->takes_any)
        refuse_header(opening);
    return findings_of(opening->findings, SEVERITY_ERROR) == errors;
}

static void column_clear(gpointer data)
{
    g_free(((SurveyColumn *)data)->name);
}

static void names_free(gpointer names)
{
    if (names)
        g_array_unref(names);
}

Survey *survey_open(const Vocabulary *vocabulary, const Layouts *layouts,
                    const SurveyOptions *options, const char *name, const char *head, gsize size,
                    gboolean is_whole, Findings *findings)
{
    g_autoptr(Survey) survey = g_new0(Survey, 1);
    Opening opening = {
        .survey = survey, .options = options, .layouts = layouts, .head = head, .findings = findings
    };
    gboolean is_open;

    survey->vocabulary = vocabulary;
    survey->name = g_strdup(name);
    survey->encoding = g_strdup(options->encoding ? options->encoding : "UTF-8");
    survey->sha256 = g_strdup(options->sha256);
    survey->columns = g_array_new(FALSE, FALSE, sizeof(SurveyColumn));
    g_array_set_clear_func(survey->columns, column_clear);
    survey->drops = g_array_new(FALSE, FALSE, sizeof(SurveyDrop));
    survey->doubts = findings_new();
    survey->option_names = g_ptr_array_new_with_free_func(names_free);
    opening.text = (CsvText){ .file = survey->name,
                              .text = head,
                              .size = size,
                              .line = 1,
                              .delimiter = options->delimiter,
                              .lenient = TRUE };
    opening.bound = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    is_open = open_head(&opening, is_whole);
    g_hash_table_unref(opening.bound);
    return is_open ? g_steal_pointer(&survey) : NULL;
}

void survey_free(Survey *survey)
{
    if (!survey)
        return;
    g_array_unref(survey->columns);
    g_array_unref(survey->drops);
    findings_unref(survey->doubts);
    g_ptr_array_unref(survey->option_names);
    binder_free(survey->binder);
    header_free(survey->header);
    g_free(survey->name);
    g_free(survey->encoding);
    g_free(survey->sha256);
    g_free(survey->map_hash);
    g_free(survey);
}

/* ---- what is known ---- */

const Vocabulary *survey_vocabulary(const Survey *survey)
{
    return survey->vocabulary;
}

const char *survey_name(const Survey *survey)
{
    return survey->name;
}

const char *survey_encoding(const Survey *survey)
{
    return survey->encoding;
}

const char *survey_sha256(const Survey *survey)
{
    return survey->sha256;
}

const char *survey_map_hash(const Survey *survey)
{
    return survey->map_hash;
}

char survey_delimiter(const Survey *survey)
{
    return survey->delimiter;
}

const Layout *survey_layout(const Survey *survey)
{
    return survey->header->layout;
}

const Findings *survey_doubts(const Survey *survey)
{
    return survey->doubts;
}

const char *survey_layout_reason(const Survey *survey)
{
    return survey->header->why;
}

const Binder *survey_binder(const Survey *survey)
{
    return survey->binder;
}

guint survey_header_rows(const Survey *survey)
{
    return survey->header->rows;
}

guint survey_skipped(const Survey *survey)
{
    return survey->header->skipped;
}

gsize survey_data_offset(const Survey *survey)
{
    return survey->data_offset;
}

guint survey_data_line(const Survey *survey)
{
    return survey->data_line;
}

guint survey_n_columns(const Survey *survey)
{
    return survey->columns->len;
}

const SurveyColumn *survey_column(const Survey *survey, guint column)
{
    return &g_array_index(survey->columns, SurveyColumn, column);
}

gboolean survey_is_long(const Survey *survey)
{
    return survey->is_long;
}

gboolean survey_asks_evidence(const Survey *survey)
{
    return survey->asks_evidence;
}

int survey_meta(const Survey *survey, LayoutMetaRole role)
{
    for (guint i = 0; i < survey->columns->len; i++) {
        const Binding *binding = &survey_column(survey, i)->binding;

        if (binding->kind == BINDING_META && binding->meta && binding->meta->role == role)
            return (int)i;
    }
    return NOWHERE;
}

const GArray *survey_option_names(const Survey *survey, int question)
{
    return g_ptr_array_index(survey->option_names, (guint)question);
}

int survey_column_of(const Survey *survey, int question)
{
    for (guint i = 0; i < survey->columns->len; i++) {
        const Binding *binding = &survey_column(survey, i)->binding;

        if ((binding->kind == BINDING_QUESTION || binding->kind == BINDING_OPTION) &&
            binding->index == question)
            return (int)i;
    }
    return NOWHERE;
}

gboolean survey_has(const Survey *survey, int question)
{
    return survey_column_of(survey, question) != NOWHERE;
}

static const LayoutDrop *drop_of(const Survey *survey, guint8 reason)
{
    const GArray *drops = survey->header->layout->drops;

    return drops && reason >= SURVEY_ROW_LAYOUT && reason - SURVEY_ROW_LAYOUT < (int)drops->len
               ? &g_array_index(drops, LayoutDrop, reason - SURVEY_ROW_LAYOUT)
               : NULL;
}

const char *survey_drop_reason(const Survey *survey, guint8 reason)
{
    static const char *const REASONS[SURVEY_ROW_LAYOUT] = {
        [SURVEY_ROW_BLANK] = "all its cells are blank",
        [SURVEY_ROW_LONG] = "it has more cells than the header",
        [SURVEY_ROW_BYTES] = "it holds bytes that are no text in the file's encoding",
        [SURVEY_ROW_NUL] = "it holds a NUL byte",
        [SURVEY_ROW_DOUBTED] = "it follows a record with a wrong quote and does not look whole",
    };
    const LayoutDrop *drop = drop_of(survey, reason);

    if (reason < SURVEY_ROW_LAYOUT)
        return REASONS[reason];
    return drop ? localized_or(&drop->title, NULL, drop->id) : NULL;
}

const char *survey_drop_id(const Survey *survey, guint8 reason)
{
    static const char *const IDS[SURVEY_ROW_LAYOUT] = {
        [SURVEY_ROW_BLANK] = "blank",     [SURVEY_ROW_LONG] = "long",
        [SURVEY_ROW_BYTES] = "bytes",     [SURVEY_ROW_NUL] = "nul",
        [SURVEY_ROW_DOUBTED] = "doubted",
    };
    const LayoutDrop *drop = drop_of(survey, reason);

    if (reason < SURVEY_ROW_LAYOUT)
        return IDS[reason];
    return drop ? drop->id : NULL;
}

gboolean survey_drop(const Survey *survey, guint index, SurveyDrop *drop)
{
    if (index >= survey->drops->len)
        return FALSE;
    *drop = g_array_index(survey->drops, SurveyDrop, index);
    return TRUE;
}
