#include "report/form_workbook.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "page/xlsx.h"

#define OPTIONS_SHEET "options" /* hidden; formulas name it */

enum {
    FORMULA_LIMIT = 255, /* characters, in a rule for cells */
    OPTIONS_SHOWN = 8    /* of a drop-down, beside it */
};

/* Columns by what they hold. In several languages a question stands in a column for each. */
typedef enum {
    COLUMN_QUESTION,
    COLUMN_ASK,
    COLUMN_ANSWER,
    COLUMN_OPTIONS,
    COLUMN_EVIDENCE,
    COLUMN_OWNER,
    COLUMN_NOTE,
    COLUMN_CONFIDENCE,
    COLUMN_EVIDENCE_ASKED,
    COLUMN_HELP,
    COLUMNS
} Column;

static const struct {
    const char *name;
    double width;
    gboolean open; /* to be filled in */
} COLUMN_KINDS[COLUMNS] = {
    [COLUMN_QUESTION] = { "question", 16, FALSE },
    [COLUMN_ASK] = { "ask", 46, FALSE },
    [COLUMN_ANSWER] = { "answer", 28, TRUE },
    [COLUMN_OPTIONS] = { "options", 34, FALSE },
    [COLUMN_EVIDENCE] = { "evidence", 28, TRUE },
    [COLUMN_OWNER] = { "owner", 14, TRUE },
    [COLUMN_NOTE] = { "note", 24, TRUE },
    [COLUMN_CONFIDENCE] = { "confidence", 12, TRUE },
    [COLUMN_EVIDENCE_ASKED] = { "evidence_asked", 34, FALSE },
    [COLUMN_HELP] = { "help", 40, FALSE },
};

static const char *const CONFIDENCES[] = { "low", "medium", "high", NULL };

typedef struct {
    const FormGuide *guide;
    const Rubric *rubric;
    Xlsx *xlsx;
    GArray *rows;     /* of FormRow */
    GPtrArray *lists; /* of char *: drop-downs, their options joined by line breaks */
    guint languages;  /* how many */
    XlsxLook head, band, fixed, open;
} Form;

static Colour tone(const Form *form, const char *key)
{
    const char *text = wording_get(form->guide->wording, "workbook", key, NULL);

    return (Colour)g_ascii_strtoull(text, NULL, 16);
}

static guint place_of(const Form *form, Column column)
{
    return column + (column > COLUMN_ASK ? form->languages - 1 : 0);
}

static guint last_column(const Form *form)
{
    return place_of(form, COLUMN_HELP);
}

/* "A", "AB". Free with g_free(). */
static char *column_letters(guint column)
{
    GString *letters = g_string_new(NULL);

    for (guint rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        g_string_prepend_c(letters, (char)('A' + (rest - 1) % 26));
    return g_string_free(letters, FALSE);
}

/* ---- heads and bands ---- */

/* "answer / Antwort": the program reads what stands before the stroke. */
static void write_head(const Form *form, Column column, const char *language, guint place)
{
    const char *name = COLUMN_KINDS[column].name;
    g_autofree char *key = g_strconcat("column_", name, NULL);
    const char *words = wording_get(form->guide->wording, "workbook", key, language);
    g_autofree char *head = g_strcmp0(words, name) == 0 || strcmp(words, key) == 0
                                ? g_strdup(name)
                                : g_strdup_printf("%s / %s", name, words);

    xlsx_text(form->xlsx, 0, place, head, &form->head);
    xlsx_width(form->xlsx, place, COLUMN_KINDS[column].width);
}

static void write_heads(const Form *form)
{
    char **languages = form->guide->languages;
    const char *other = languages[0];

    for (guint i = 0; languages[i]; i++) {
        if (strcmp(languages[i], "en") != 0)
            other = languages[i];
        write_head(form, COLUMN_ASK, languages[i], COLUMN_ASK + i);
    }
    for (Column i = 0; i < COLUMNS; i++)
        if (i != COLUMN_ASK)
            write_head(form, i, other, place_of(form, i));
}

/* What a band of rows has in common. */
typedef enum { PART_FIELDS, PART_QUESTIONS, PART_WAIVERS } PartKind;

typedef struct {
    PartKind kind;
    int dimension, group; /* the last of a question's groups, which is the narrowest */
} Part;

static Part part_of(const FormRow *row)
{
    const Question *question = row->question;

    if (!question)
        return (Part){ PART_WAIVERS, NOWHERE, NOWHERE };
    if (question->is_field)
        return (Part){ PART_FIELDS, NOWHERE, NOWHERE };
    return (Part){ PART_QUESTIONS, question->dimension,
                   question->groups->len
                       ? g_array_index(question->groups, int, question->groups->len - 1)
                       : NOWHERE };
}

static gboolean is_same_part(Part a, Part b)
{
    return a.kind == b.kind && a.dimension == b.dimension && a.group == b.group;
}

/* "Design: Scenes of product design". Free with g_free(). */
static char *part_title(const Form *form, Part part, const char *language)
{
    static const char *const KEYS[] = { "band_fields", "band_other", "band_waivers" };
    const Dimension *dimension =
        part.dimension == NOWHERE ? NULL : RUBRIC_DIMENSION(form->rubric, part.dimension);
    const Group *group = part.group == NOWHERE ? NULL : RUBRIC_GROUP(form->rubric, part.group);
    const char *of_dimension =
        dimension ? localized_or(&dimension->title, language, dimension->id) : NULL;
    const char *of_group = group ? localized_or(&group->title, language, group->id) : NULL;

    if (of_dimension && of_group)
        return wording_fill(form->guide->wording, "workbook", "band_of", language, "dimension",
                            of_dimension, "group", of_group, NULL);
    if (of_dimension || of_group)
        return g_strdup(of_dimension ? of_dimension : of_group);
    return g_strdup(wording_get(form->guide->wording, "workbook", KEYS[part.kind], language));
}

/* It stands beside the column of ids, where the program looks for none. */
static void write_band(const Form *form, guint row, Part part)
{
    for (guint i = 0; i <= last_column(form); i++)
        xlsx_text(form->xlsx, row, i, NULL, &form->band);
    for (guint i = 0; i < form->languages; i++) {
        g_autofree char *title = part_title(form, part, form->guide->languages[i]);

        xlsx_text(form->xlsx, row, COLUMN_ASK + i, title, &form->band);
    }
}

/* ---- what may be answered ---- */

/* Whether an answer that reads like this title could be meant for another option, too. */
static gboolean is_ambiguous(const FormGuide *guide, const Question *question, guint index)
{
    const Option *own = QUESTION_OPTION(question, index);

    for (char **language = guide->languages; *language; language++) {
        g_autofree char *title = text_fold(localized_or(&own->title, *language, own->id));

        for (guint i = 0; i < question->options->len; i++) {
            const Option *other = QUESTION_OPTION(question, i);

            if (i == index)
                continue;
            for (char **each = guide->languages; *each; each++) {
                g_autofree char *others = text_fold(localized_or(&other->title, *each, other->id));

                if (strcmp(title, others) == 0 || strcmp(title, other->id) == 0)
                    return TRUE;
            }
        }
    }
    return FALSE;
}

/* Options one under the other. Free with g_free(). */
static char *list_of(const FormGuide *guide, const Question *question)
{
    GString *list = g_string_new(NULL);
    gboolean is_yesno = question->type == QUESTION_YESNO;

    for (guint i = 0; i < question->options->len; i++) {
        guint index = is_yesno ? question->options->len - 1 - i : i; /* yes first */
        g_autofree char *title = is_ambiguous(guide, question, index) && !is_yesno
                                     ? g_strdup(QUESTION_OPTION(question, index)->id)
                                     : form_option(guide, question, index);

        g_strdelimit(title, "\n\r", ' ');
        g_string_append_printf(list, "%s%s", i ? "\n" : "", title);
    }
    return g_string_free(list, FALSE);
}

/* Index of a drop-down, made at its first use. Takes `list`. */
static guint add_list(const Form *form, char *list)
{
    guint index;

    if (g_ptr_array_find_with_equal_func(form->lists, list, g_str_equal, &index)) {
        g_free(list);
        return index;
    }
    g_ptr_array_add(form->lists, list);
    return form->lists->len - 1;
}

/* Text of a cell as a number: with a point in every locale, without groups of digits. */
static char *number_formula(const Question *question, const char *cell)
{
    g_autofree char *plain = question->type == QUESTION_PERCENT
                                 ? g_strdup_printf("SUBSTITUTE(%s,\"%%\",\"\")", cell)
                                 : g_strdup(cell);
    g_autofree char *value = g_strdup_printf("VALUE(SUBSTITUTE(%s,\".\",MID(1/2,2,1)))", plain);
    g_autofree char *low = question->has_min ? form_bound(question, question->min) : NULL;
    g_autofree char *high = question->has_max ? form_bound(question, question->max) : NULL;
    GString *formula = g_string_new("IFERROR(AND(ISERROR(FIND(\",\",");

    g_string_append_printf(formula, "%s))", cell);
    if (low)
        g_string_append_printf(formula, ",%s>=%s", value, low);
    if (high)
        g_string_append_printf(formula, ",%s<=%s", value, high);
    if (!low && !high)
        g_string_append_printf(formula, ",ISNUMBER(%s)", value);
    g_string_append(formula, "),FALSE)");
    return g_string_free(formula, FALSE);
}

/* What holds for a text that may be typed into `cell`; NULL: anything. Free with g_free(). */
static char *formula_of(const Question *question, const char *cell)
{
    g_autofree char *own = question->type == QUESTION_USCC
                               ? g_strdup_printf("LEN(TRIM(%s))=18", cell)
                               : number_formula(question, cell);
    g_autofree char *formula =
        question->na
            ? g_strdup_printf("=OR(LEFT(%s,3)=\"n/a\",LEFT(%s,3)=\"\u4e0d\u9002\u7528\",%s)", cell,
                              cell, own)
            : g_strconcat("=", own, NULL);

    return g_utf8_strlen(formula, -1) <= FORMULA_LIMIT ? g_steal_pointer(&formula) : NULL;
}

static void set_rule(const Form *form, XlsxRange range, const FormRow *row)
{
    const Question *question = row->question;
    g_autofree char *title = form_word(form->guide, "workbook", "check");
    g_autofree char *options = form_options(form->guide, row);
    XlsxRule rule = { .title = title, .hint = options, .refusal = options };
    g_autofree char *source = NULL, *choose = NULL, *letters = column_letters(range.column);
    g_autofree char *cell = g_strdup_printf("%s%u", letters, range.row + 1);

    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE: {
        guint list = add_list(form, list_of(form->guide, question));
        g_autofree char *column = column_letters(list);

        source = g_strdup_printf("=" OPTIONS_SHEET "!$%s$1:$%s$%u", column, column,
                                 question->options->len);
        choose = form_word(form->guide, "workbook", question->na ? "choose_na" : "choose");
        rule = (XlsxRule){ XLSX_LIST, source, question->na, title, NULL, choose };
        break;
    }
    case QUESTION_DATE:
        rule.kind = XLSX_DAY;
        rule.lenient = question->na;
        break;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
    case QUESTION_USCC:
        source = formula_of(question, cell);
        rule.kind = source ? XLSX_FORMULA : XLSX_ANYTHING;
        rule.source = source;
        break;
    case QUESTION_MULTI:
        rule.refusal = NULL;
        break;
    case QUESTION_TEXT:
        return;
    }
    xlsx_rule(form->xlsx, range, &rule);
}

/* Rows that follow one another with the same key get one rule. Free with g_free(). */
static char *rule_key(const Form *form, const FormRow *row)
{
    g_autofree char *options = NULL;

    if (!row->question || row->question->type == QUESTION_TEXT)
        return NULL;
    options = form_options(form->guide, row);
    return g_strdup_printf("%s\n%s", question_type_name(row->question->type), options);
}

/* ---- rows ---- */

/* What may be answered; a long list is seen where it drops down. Free with g_free(). */
static char *options_text(const Form *form, const FormRow *row)
{
    const Question *question = row->question;
    g_autofree char *list = NULL, *na = NULL;

    if (!question || question->type != QUESTION_CHOICE || question->options->len <= OPTIONS_SHOWN)
        return form_options(form->guide, row);
    list = form_word(form->guide, "workbook", "choose");
    na = question->na ? form_word(form->guide, "form", "na") : NULL;
    return na ? g_strdup_printf("%s | %s", list, na) : g_steal_pointer(&list);
}

static void write_fixed(const Form *form, guint row, Column column, char *text)
{
    g_autofree char *owned = text;

    xlsx_text(form->xlsx, row, place_of(form, column), owned, &form->fixed);
}

static void write_row(const Form *form, guint at, const FormRow *row)
{
    gboolean is_date = row->question && row->question->type == QUESTION_DATE;
    XlsxLook dated = form->open;

    dated.typed = FALSE;
    dated.numbers = "yyyy-mm-dd";
    write_fixed(form, at, COLUMN_QUESTION, form_id(row));
    for (guint i = 0; i < form->languages; i++) {
        FormGuide one = { form->guide->wording, (char *[]){ form->guide->languages[i], NULL } };
        g_autofree char *ask = form_ask(&one, row);

        xlsx_text(form->xlsx, at, COLUMN_ASK + i, ask, &form->fixed);
    }
    write_fixed(form, at, COLUMN_OPTIONS, options_text(form, row));
    write_fixed(form, at, COLUMN_EVIDENCE_ASKED, form_evidence(form->guide, row));
    write_fixed(form, at, COLUMN_HELP, form_help(form->guide, row));
    for (Column i = 0; i < COLUMNS; i++)
        if (COLUMN_KINDS[i].open)
            xlsx_text(form->xlsx, at, place_of(form, i), NULL,
                      i == COLUMN_ANSWER && is_date ? &dated : &form->open);
}

/* For all rows down to the last one. */
static void set_confidence(const Form *form, guint last)
{
    guint confidence = place_of(form, COLUMN_CONFIDENCE);
    guint index = add_list(form, g_strjoinv("\n", (char **)CONFIDENCES));
    g_autofree char *column = column_letters(index);
    g_autofree char *source = g_strdup_printf("=" OPTIONS_SHEET "!$%s$1:$%s$%u", column, column,
                                              (guint)G_N_ELEMENTS(CONFIDENCES) - 1);
    g_autofree char *title = form_word(form->guide, "workbook", "check");
    g_autofree char *choose = form_word(form->guide, "workbook", "choose");
    XlsxRule rule = { XLSX_LIST, source, FALSE, title, NULL, choose };

    xlsx_rule(form->xlsx, (XlsxRange){ 1, confidence, last, confidence }, &rule);
}

/* Rows from .. to, of one key. */
static void close_rule(const Form *form, guint from, guint to, const FormRow *row)
{
    guint answer = place_of(form, COLUMN_ANSWER);

    if (row->question)
        set_rule(form, (XlsxRange){ from, answer, to, answer }, row);
}

static void write_rows(const Form *form)
{
    Part part = { PART_FIELDS, NOWHERE - 1, NOWHERE };
    g_autofree char *key = NULL;
    guint at = 0, from = 1;

    for (guint i = 0; i < form->rows->len; i++) {
        const FormRow *row = &g_array_index(form->rows, FormRow, i);
        Part own = part_of(row);
        g_autofree char *own_key = rule_key(form, row);
        gboolean is_new = !is_same_part(part, own);

        if (i > 0 && (is_new || g_strcmp0(key, own_key) != 0)) {
            close_rule(form, from, at, row - 1);
            from = at + (is_new ? 2 : 1);
        } else if (i == 0) {
            from = 2;
        }
        if (is_new)
            write_band(form, ++at, own);
        write_row(form, ++at, row);
        part = own;
        g_free(key);
        key = g_steal_pointer(&own_key);
    }
    if (form->rows->len == 0)
        return;
    close_rule(form, from, at, &g_array_index(form->rows, FormRow, form->rows->len - 1));
    set_confidence(form, at);
}

/* ---- sheets ---- */

/* The name of a sheet in every language. Free with g_free(). */
static char *name_of(const Form *form, const char *key)
{
    g_autofree char *words = form_word(form->guide, "workbook", key);
    g_auto(GStrv) parts = g_strsplit(words, " / ", -1);

    return g_strjoinv(" ", parts);
}

static void write_questions(const Form *form)
{
    g_autofree char *name = name_of(form, "sheet_form");
    g_autofree char *foot =
        g_strdup_printf("%s  %s@%s", name, form->rubric->id, form->rubric->edition);

    xlsx_sheet(form->xlsx, name);
    xlsx_open_here(form->xlsx);
    write_heads(form);
    write_rows(form);
    xlsx_freeze(form->xlsx, 1, 1);
    xlsx_print(form->xlsx, 1, foot);
    xlsx_protect(form->xlsx);
}

/* How to fill in, a column a language, as many lines as the template has. */
static void write_help(const Form *form)
{
    const Wording *wording = form->guide->wording;
    g_autofree char *name = name_of(form, "sheet_help");
    g_autofree char *questions = name_of(form, "sheet_form");
    const XlsxLook title = { .bold = TRUE, .wrap = TRUE, .size = 16, .ink = form->band.ink };
    const XlsxLook line = { .wrap = TRUE };

    xlsx_sheet(form->xlsx, name);
    for (guint i = 0; i < form->languages; i++) {
        const char *language = form->guide->languages[i];
        g_autofree char *edition =
            wording_fill(wording, "workbook", "help_edition", language, "title",
                         localized_or(&form->rubric->title, language, form->rubric->id), "edition",
                         form->rubric->edition, NULL);

        xlsx_width(form->xlsx, i, 78);
        xlsx_text(form->xlsx, 0, i, wording_get(wording, "workbook", "help_title", language),
                  &title);
        xlsx_text(form->xlsx, 1, i, edition, &line);
        for (guint n = 1;; n++) {
            g_autofree char *key = g_strdup_printf("help_%u", n);
            g_autofree char *text =
                wording_fill(wording, "workbook", key, language, "sheet", questions, "rubric",
                             form->rubric->id, "edition", form->rubric->edition, NULL);

            if (!wording_has(wording, "workbook", key))
                break;
            xlsx_text(form->xlsx, n + 2, i, text, &line);
        }
    }
    xlsx_print(form->xlsx, 0, name);
}

static void write_lists(const Form *form)
{
    const XlsxLook plain = { .typed = TRUE };

    xlsx_sheet(form->xlsx, OPTIONS_SHEET);
    xlsx_hide(form->xlsx);
    for (guint i = 0; i < form->lists->len; i++) {
        g_auto(GStrv) options = g_strsplit(form->lists->pdata[i], "\n", -1);

        for (guint n = 0; options[n]; n++)
            xlsx_text(form->xlsx, n, i, options[n], &plain);
    }
}

static void set_looks(Form *form)
{
    Colour head = tone(form, "head"), band = tone(form, "band");

    form->head = (XlsxLook){
        .bold = TRUE, .wrap = TRUE, .ruled = TRUE, .ink = tone(form, "head_ink"), .fill = head
    };
    form->band = (XlsxLook){ .bold = TRUE, .size = 12, .ink = head, .fill = band };
    form->fixed = (XlsxLook){ .wrap = TRUE, .ruled = TRUE };
    form->open = (XlsxLook){
        .wrap = TRUE, .ruled = TRUE, .open = TRUE, .typed = TRUE, .fill = tone(form, "open")
    };
}

static GBytes *finish(const Form *form, GError **error)
{
    const char *language = form->guide->languages[0];
    g_autofree char *title = form_word(form->guide, "workbook", "sheet_form");
    g_autofree char *day = g_strdup_printf("%.4s-01-01", form->rubric->edition);
    XlsxInfo info = { .title = title,
                      .subject = localized_or(&form->rubric->title, language, form->rubric->id) };

    if (!date_parse(day, &info.date))
        date_parse("2000-01-01", &info.date);
    return xlsx_finish(form->xlsx, &info, error);
}

GBytes *form_workbook(const FormGuide *guide, const Rubric *rubric, const Ancestor *since,
                      Findings *findings, GError **error)
{
    g_autoptr(Xlsx) xlsx = xlsx_new(error);
    g_autoptr(GArray) rows = form_rows(rubric, since);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);
    Form form = { .guide = guide,
                  .rubric = rubric,
                  .xlsx = xlsx,
                  .rows = rows,
                  .lists = lists,
                  .languages = g_strv_length(guide->languages) };

    if (!xlsx)
        return NULL;
    set_looks(&form);
    write_questions(&form);
    write_help(&form);
    write_lists(&form);
    xlsx_tell_cut(xlsx, findings);
    return finish(&form, error);
}
