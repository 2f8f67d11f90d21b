#include "survey/survey_cell.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"
#include "survey/survey_date.h"

enum { QUOTE_LIMIT = 60 /* characters of a user's text in a message */ };

#define LINE_END "\x1f" /* where a line of a cell ends: folding makes a blank of a line break */

/* A cell being read. */
typedef struct {
    const Survey *survey;
    const Layout *layout;
    const Question *question;
    int index;
    const char *text; /* as written, unguarded */
} Cell;

/* ---- blanks ---- */

/* Whether a text, not blank, is what the tool writes for no answer. */
static gboolean is_missing(const Layout *layout, const char *text)
{
    g_autofree char *folded = NULL;

    if (layout->strict || (!layout->blank && !layout->not_shown))
        return FALSE;
    folded = text_fold(text);
    return (layout->blank && g_strv_contains((const char *const *)layout->blank, folded)) ||
           (layout->not_shown && g_strv_contains((const char *const *)layout->not_shown, folded));
}

gboolean survey_cell_drops(const LayoutDrop *drop, const char *text)
{
    g_autofree char *folded = NULL;
    guint64 number;

    if (reply_is_blank(text))
        return drop->blank;
    if (drop->filled)
        return TRUE;
    folded = text_fold(text);
    if (drop->is && g_strv_contains((const char *const *)drop->is, folded))
        return TRUE;
    for (char *const *part = drop->has; part && *part; part++)
        if (strstr(folded, *part))
            return TRUE;
    return drop->has_below &&
           g_ascii_string_to_unsigned(folded, 10, 0, G_MAXUINT32, &number, NULL) &&
           number < drop->below;
}

/* ---- options ---- */

/* The text before the words of the respondent; NULL if it has none. Free with g_free(). */
static char *before_words(const Layout *layout, const char *folded)
{
    const char *opens = layout->opens ? strstr(folded, layout->opens) : NULL;

    return opens ? g_strchomp(g_strndup(folded, (gsize)(opens - folded))) : NULL;
}

/* The text after a number and its mark, "5 - label"; NULL if there is none. */
static const char *after_number(const char *folded)
{
    static const char *const MARKS[] = { "-", "\u2013", "\u2014", ".", ":", "\u3001", ")" };
    const char *at = folded + strspn(folded, "0123456789");

    if (at == folded)
        return NULL;
    at += strspn(at, " ");
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++)
        if (g_str_has_prefix(at, MARKS[i])) {
            at += strlen(MARKS[i]);
            return at + strspn(at, " ");
        }
    return NULL;
}

/* The option in this place, from 1, where the tool writes options so. Of yes and no nobody knows
 * which comes first: the layout has to name them. */
static int option_coded(const Cell *cell, const char *folded)
{
    char *const *begins = cell->layout->code_begins;
    guint64 number;

    if (!cell->layout->coded || cell->question->type == QUESTION_YESNO)
        return NOWHERE;
    for (; begins && *begins; begins++)
        if (g_str_has_prefix(folded, *begins)) {
            folded += strlen(*begins);
            break;
        }
    return g_ascii_string_to_unsigned(folded, 10, 1, cell->question->options->len, &number, NULL)
               ? (int)number - 1
               : NOWHERE;
}

static int option_yesno(const Cell *cell, const char *folded)
{
    if (cell->question->type != QUESTION_YESNO)
        return NOWHERE;
    if (cell->layout->yes && g_strv_contains((const char *const *)cell->layout->yes, folded))
        return 1;
    return cell->layout->no && g_strv_contains((const char *const *)cell->layout->no, folded)
               ? 0
               : NOWHERE;
}

static int option_other(const Cell *cell, const char *folded)
{
    const char *const *words = (const char *const *)cell->layout->otherwise;

    return words && g_strv_contains(words, folded) ? question_option(cell->question, "other")
                                                   : NOWHERE;
}

/* The option that a folded text names, as the tool writes it. */
static int option_of(const Cell *cell, const char *folded)
{
    const Binder *binder = survey_binder(cell->survey);
    g_autofree char *bare = before_words(cell->layout, folded);
    const char *text = bare ? bare : folded;
    const char *rest = cell->layout->numbers ? after_number(text) : NULL;
    int option = option_yesno(cell, text);

    if (option < 0)
        option = binder_option(binder, cell->index, text);
    if (option < 0 && rest)
        option = binder_option(binder, cell->index, rest);
    if (option < 0)
        option = option_coded(cell, text);
    return option < 0 ? option_other(cell, text) : option;
}

/* The option before one of the endings that the layout gives the field: "江苏省". */
static int option_before(const Cell *cell, const char *folded)
{
    const Binder *binder = survey_binder(cell->survey);
    const GArray *fields = cell->layout->fields;
    int option = NOWHERE;

    for (guint i = 0; fields && i < fields->len; i++) {
        const LayoutField *field = &g_array_index(fields, LayoutField, i);
        gboolean is_it = cell->question->is_field && g_str_equal(field->id, cell->question->id);

        for (char *const *ending = is_it ? field->endings : NULL; ending && *ending && option < 0;
             ending++) {
            g_autofree char *name =
                g_str_has_suffix(folded, *ending)
                    ? g_strchomp(g_strndup(folded, strlen(folded) - strlen(*ending)))
                    : NULL;

            if (name && *name)
                option = binder_option(binder, cell->index, name);
        }
    }
    return option;
}

static char *canonical_choice(const Cell *cell)
{
    g_autofree char *folded = text_fold(cell->text);
    const char *rest = cell->layout->letters && cell->question->type == QUESTION_YESNO
                           ? binding_after_letter(folded)
                           : NULL;
    int option = option_of(cell, folded);

    if (option < 0 && rest)
        return g_strdup(rest);
    if (option < 0)
        option = option_before(cell, folded);
    return option < 0 ? NULL : g_strdup(QUESTION_OPTION(cell->question, option)->id);
}

/* ---- several options in one cell ---- */

static int by_length(gconstpointer a, gconstpointer b)
{
    const OptionName *one = a, *other = b;

    if (one->size != other->size)
        return one->size > other->size ? -1 : 1;
    return strcmp(one->name, other->name);
}

static void name_clear(gpointer data)
{
    g_free(((OptionName *)data)->name);
}

static void add_name(GArray *names, const char *text, int option)
{
    OptionName name = { .option = option };

    if (!text)
        return;
    name.name = text_fold(text);
    name.size = strlen(name.name);
    g_array_append_val(names, name);
}

GArray *survey_cell_names(const Vocabulary *vocabulary, int question)
{
    const Rubric *rubric = vocabulary_rubric(vocabulary);
    const Question *asked = RUBRIC_QUESTION(rubric, question);
    g_autofree const char **languages = rubric_languages(rubric);
    GArray *names = g_array_new(FALSE, FALSE, sizeof(OptionName));

    g_array_set_clear_func(names, name_clear);
    for (guint i = 0; i < asked->options->len; i++) {
        const Option *option = QUESTION_OPTION(asked, i);

        add_name(names, option->id, (int)i);
        add_name(names, option->title.plain, (int)i);
        for (guint k = 0; option->title.translated && languages[k]; k++)
            add_name(names, localized_in(&option->title, languages[k]), (int)i);
    }
    g_array_sort(names, by_length);
    return names;
}

/* Folded, with LINE_END where a line ends. Free with g_free(). */
static char *fold_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
    g_autofree char *marked = g_strjoinv(LINE_END, lines);

    return text_fold(marked);
}

/* The length of a separator that begins here; 0 if none does. */
static gsize separator_at(const Layout *layout, const char *text)
{
    for (char *const *mark = layout->separators; *mark; mark++)
        if (g_str_has_prefix(text, *mark))
            return strlen(*mark);
    return 0;
}

/* The length of what a respondent wrote after an option; 0 if nothing. */
static gsize words_at(const Layout *layout, const char *text)
{
    const char *closes;

    if (!layout->opens || !layout->closes || !g_str_has_prefix(text, layout->opens))
        return 0;
    closes = strstr(text, layout->closes);
    return closes ? (gsize)(closes - text) + strlen(layout->closes) : strlen(text);
}

/* The text up to which an item that ends here goes, words of the respondent included; NULL if none
 * ends here. */
static const char *end_of_item(const Layout *layout, const char *text)
{
    text += words_at(layout, text);
    while (*text == ' ' && separator_at(layout, text) == 0)
        text++;
    return *text == '\0' || separator_at(layout, text) ? text : NULL;
}

/* The longest option that stands here as a whole item: its end. */
static const char *option_at(const Cell *cell, const GArray *names, const char *text, int *option)
{
    for (guint i = 0; i < names->len; i++) {
        const OptionName *name = &g_array_index(names, OptionName, i);
        const char *end = strncmp(text, name->name, name->size) == 0
                              ? end_of_item(cell->layout, text + name->size)
                              : NULL;

        if (!end)
            continue;
        *option = name->option;
        return end;
    }
    return NULL;
}

/* The end of an item that is no option's name: it goes up to the next separator outside the
 * respondent's words. */
static const char *skip_item(const Layout *layout, const char *text)
{
    while (*text && separator_at(layout, text) == 0) {
        gsize words = words_at(layout, text);

        text += words ? words : (gsize)(g_utf8_next_char(text) - text);
    }
    return text;
}

/* One item: its option, NOWHERE for words of the respondent; FALSE if it is neither. */
static gboolean take_item(const Cell *cell, const GArray *names, const char **text, int *option)
{
    const char *end = option_at(cell, names, *text, option);
    g_autofree char *item = NULL;

    if (end) {
        *text = end;
        return TRUE;
    }
    end = skip_item(cell->layout, *text);
    item = g_strstrip(g_strndup(*text, (gsize)(end - *text)));
    *text = end;
    *option = option_of(cell, item);
    return *option >= 0 || cell->layout->free_text ||
           (cell->layout->otherwise &&
            g_strv_contains((const char *const *)cell->layout->otherwise, item));
}

static char *canonical_multi(const Cell *cell)
{
    const GArray *names = survey_option_names(cell->survey, cell->index);
    g_autofree char *folded = fold_lines(cell->text);
    const char *at = folded;
    g_autoptr(GString) ids = g_string_new(NULL);

    if (!cell->layout->separators || !names)
        return NULL;
    while (*at) {
        gsize mark = *at == ' ' ? 1 : separator_at(cell->layout, at);
        int option = NOWHERE;

        if (mark) {
            at += mark;
            continue;
        }
        if (!take_item(cell, names, &at, &option))
            return NULL;
        if (option >= 0)
            g_string_append_printf(ids, "%s%s", ids->len ? ";" : "",
                                   QUESTION_OPTION(cell->question, option)->id);
    }
    return ids->len ? g_strdup(ids->str) : NULL;
}

SurveyTick survey_cell_tick(const Survey *survey, const SurveyColumn *column, const char *text,
                            char **problem, char **hint)
{
    const Layout *layout = survey_layout(survey);
    int index = column->binding.index;
    Cell cell = { survey, layout,
                  RUBRIC_QUESTION(vocabulary_rubric(survey_vocabulary(survey)), index), index,
                  text };
    g_autofree char *folded = text_fold(text);
    g_autofree char *quoted = NULL;

    *problem = *hint = NULL;
    if (*folded == '\0' || is_missing(layout, text))
        return TICK_BLANK;
    if (layout->ticks && g_strv_contains((const char *const *)layout->ticks, folded))
        return TICK_ON;
    if (layout->no_ticks && g_strv_contains((const char *const *)layout->no_ticks, folded))
        return TICK_OFF;
    if (option_of(&cell, folded) == column->binding.option)
        return TICK_ON;
    quoted = text_quote(text, QUOTE_LIMIT);
    *problem = g_strdup_printf("%s does not say whether option \"%s\" is ticked", quoted,
                               QUESTION_OPTION(cell.question, column->binding.option)->id);
    *hint = layout->ticks && *layout->ticks
                ? g_strdup_printf("expected %s, the option itself, or nothing", layout->ticks[0])
                : g_strdup("expected the option itself, or nothing");
    return TICK_FAULT;
}

/* ---- numbers and dates ---- */

/* Without the points or blanks that part thousands. */
static char *without_groups(const char *number)
{
    GString *plain = g_string_new(NULL);

    for (; *number; number++)
        if (*number != '.' && *number != ' ' && *number != '\'')
            g_string_append_c(plain, *number);
    return g_string_free(plain, FALSE);
}

static char *canonical_number(const Cell *cell)
{
    static const char *const SUFFIXES[] = { "percent", "per cent" };
    g_autofree char *folded = text_fold(cell->text + (*cell->text == '\''));
    g_autofree char *number = NULL;
    char *comma;

    for (guint i = 0; i < G_N_ELEMENTS(SUFFIXES) && cell->question->type == QUESTION_PERCENT; i++)
        if (g_str_has_suffix(folded, SUFFIXES[i]))
            strcpy(folded + strlen(folded) - strlen(SUFFIXES[i]), "%");
    comma = strchr(folded, ',');
    /* with three digits behind it, it could part thousands */
    if (comma && cell->layout->decimal == DECIMAL_EITHER &&
        (strchr(folded, '.') || strspn(comma + 1, "0123456789") == 3))
        return NULL;
    if (comma && cell->layout->decimal != DECIMAL_POINT && !strchr(comma + 1, ',')) {
        number = without_groups(folded);
        *strchr(number, ',') = '.';
        return g_steal_pointer(&number);
    }
    return g_steal_pointer(&folded);
}

static char *canonical_date(const Cell *cell)
{
    g_autofree char *folded = text_fold(cell->text);
    guint year, month, day;

    if (!survey_date_day(folded, (LayoutDates)cell->layout->dates, &year, &month, &day))
        return NULL;
    return g_strdup_printf("%04u-%02u-%02u", year, month, day);
}

/* ---- one cell ---- */

/* What the cell says as a sheet would say it; NULL if nothing. Free with g_free(). */
static char *canonical(const Cell *cell)
{
    switch (cell->question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        return canonical_choice(cell);
    case QUESTION_MULTI:
        return canonical_multi(cell);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return canonical_number(cell);
    case QUESTION_DATE:
        return canonical_date(cell);
    default:
        return NULL;
    }
}

static gboolean asks_number(const Cell *cell)
{
    return cell->question->type == QUESTION_NUMBER || cell->question->type == QUESTION_PERCENT;
}

/* Whether it is a number that may be the answer: codes for no answer are written to choices. */
static gboolean is_in_range(const Cell *cell)
{
    Answer answer = { .least = RATIONAL_ZERO, .most = RATIONAL_ZERO };
    gboolean is_read;

    if (!asks_number(cell) || strpbrk(cell->text, "0123456789") == NULL)
        return FALSE;
    is_read =
        reply_read(survey_vocabulary(cell->survey), cell->index, cell->text, &answer, NULL, NULL);
    g_free(answer.text);
    return is_read;
}

/* A point in a number of a tool that writes commas does not stand before decimals. */
static gboolean misleads(const Cell *cell)
{
    return asks_number(cell) && cell->layout->decimal == DECIMAL_COMMA && strchr(cell->text, ',');
}

/* Tell that one respondent gave several answers to one question. */
static gboolean refuse_conflict(const Cell *cell, char **problem, char **hint)
{
    g_autofree char *quoted = text_quote(cell->text, QUOTE_LIMIT);

    g_free(*problem);
    g_free(*hint);
    *problem = g_strdup_printf("%s are answers of one respondent that differ", quoted);
    *hint = g_strdup("leave one row for the question");
    return FALSE;
}

gboolean survey_cell_read(const Survey *survey, int question, const char *text, Answer *answer,
                          char **problem, char **hint)
{
    const Vocabulary *vocabulary = survey_vocabulary(survey);
    const Layout *layout = survey_layout(survey);
    Cell cell = { survey, layout, RUBRIC_QUESTION(vocabulary_rubric(vocabulary), question),
                  question, reply_unguarded(text) };
    g_autofree char *said = NULL;

    /* fields have the layout's endings in any table */
    if (layout->strict && !(cell.question->is_field && cell.question->type == QUESTION_CHOICE))
        return reply_read(vocabulary, question, text, answer, problem, hint);
    if (is_missing(layout, text) && !is_in_range(&cell))
        return reply_read(vocabulary, question, "", answer, problem, hint);
    *problem = *hint = NULL;
    if (!misleads(&cell) && reply_read(vocabulary, question, text, answer, NULL, NULL))
        return TRUE;
    said = canonical(&cell);
    if (said && reply_read(vocabulary, question, said, answer, NULL, NULL)) {
        g_free(answer->text);
        answer->text = g_strdup(cell.text);
        return TRUE;
    }
    /* what was written is what is to be told */
    if (reply_read(vocabulary, question, text, answer, problem, hint))
        return TRUE;
    return layout->reply && strstr(text, SURVEY_CELL_CONFLICT)
               ? refuse_conflict(&cell, problem, hint)
               : FALSE;
}
