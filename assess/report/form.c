#include "report/form.h"

#include <string.h>

#include "report/csv.h"

/* What stands beside an answer to guide the person; intake does not read these columns. */
static const char *const header[] = {
    "question", "ask",  "answer",     "options",        "evidence",
    "owner",    "note", "confidence", "evidence_asked", "help",
};

/* A text in every language asked for, one under the other. Free with g_free(). */
static char *in_languages(const FormGuide *guide, const Localized *text, const char *otherwise)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();

    for (char **language = guide->languages; *language; language++) {
        const char *words =
            localized_or(text, strcmp(*language, "en") == 0 ? NULL : *language, otherwise);

        if (words && (texts->len == 0 || strcmp(texts->pdata[0], words) != 0))
            g_ptr_array_add(texts, (gpointer)words);
    }
    g_ptr_array_add(texts, NULL);
    return g_strjoinv("\n", (char **)texts->pdata);
}

/* "yes / ja": a short text in every language asked for, once where they are equal. Takes
 * `texts`. Free with g_free(). */
static char *side_by_side(GPtrArray *texts)
{
    GString *line = g_string_new(NULL);

    for (guint i = 0; i < texts->len; i++)
        if (i == 0 || strcmp(texts->pdata[i], texts->pdata[0]) != 0)
            g_string_append_printf(line, "%s%s", i > 0 ? " / " : "", (char *)texts->pdata[i]);
    g_ptr_array_unref(texts);
    return g_string_free(line, FALSE);
}

char *form_word(const FormGuide *guide, const char *section, const char *key)
{
    GPtrArray *texts = g_ptr_array_new();

    for (char **language = guide->languages; *language; language++)
        g_ptr_array_add(texts, (gpointer)wording_get(guide->wording, section, key, *language));
    return side_by_side(texts);
}

char *form_option(const FormGuide *guide, const Question *question, guint index)
{
    const Option *option = QUESTION_OPTION(question, index);
    GPtrArray *titles;

    if (question->type == QUESTION_YESNO)
        return form_word(guide, "words", index ? "yes" : "no");
    titles = g_ptr_array_new();
    for (char **language = guide->languages; *language; language++)
        g_ptr_array_add(titles, (gpointer)localized_or(&option->title, *language, option->id));
    return side_by_side(titles);
}

/* "None yet | Level 1 | Level 2". */
static char *option_titles(const FormGuide *guide, const Question *question)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < question->options->len; i++) {
        g_autofree char *title = form_option(guide, question, i);

        g_string_append_printf(text, "%s%s", i > 0 ? " | " : "", title);
    }
    return g_string_free(text, FALSE);
}

/* "yes | no". */
static char *yes_no(const FormGuide *guide)
{
    g_autofree char *yes = form_word(guide, "words", "yes");
    g_autofree char *no = form_word(guide, "words", "no");

    return g_strdup_printf("%s | %s", yes, no);
}

/* "several, separated by |: red | green". */
static char *several(const FormGuide *guide, const Question *question)
{
    g_autofree char *how = form_word(guide, "form", "several");
    g_autofree char *titles = option_titles(guide, question);

    return wording_fill(guide->wording, "form", "several_of", guide->languages[0], "how", how,
                        "options", titles, NULL);
}

char *form_bound(const Question *question, Rational value)
{
    g_autoptr(Numbers) numbers = numbers_new();

    if (question->type == QUESTION_PERCENT)
        value = rational_mul(numbers, value, rational_int(100));
    return rational_format(value, 6, ROUND_HALF_UP);
}

/* An answer within the range of a percent question, in points. Free with g_free(). */
static char *percent_example(const Question *question)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Rational usual = rational_div(numbers, rational_int(3), rational_int(10));

    if (question->has_min && rational_compare(question->min, usual) > 0)
        usual = question->min;
    if (question->has_max && rational_compare(question->max, usual) < 0)
        usual = question->max;
    return form_bound(question, usual);
}

/* "percent, 0 to 100, such as 30 or 30%", "number, 0 or more, kWh/t". */
static char *number_guide_in(const FormGuide *guide, const Question *question, const char *language)
{
    g_autofree char *low = question->has_min ? form_bound(question, question->min) : NULL;
    g_autofree char *high = question->has_max ? form_bound(question, question->max) : NULL;
    const char *key = low && high ? "range" : low ? "from" : high ? "to" : NULL;
    g_autofree char *range = key ? wording_fill(guide->wording, "form", key, language, "low",
                                                low ? low : "", "high", high ? high : "", NULL)
                                 : NULL;
    const char *unit = localized_in(&question->unit, language);
    GString *text = g_string_new(
        wording_get(guide->wording, "form", question_type_name(question->type), language));

    if (range)
        g_string_append_printf(text, ", %s", range);
    if (unit)
        g_string_append_printf(text, ", %s", unit);
    if (question->type == QUESTION_PERCENT) {
        g_autofree char *number = percent_example(question);
        g_autofree char *example = wording_fill(guide->wording, "form", "percent_example", language,
                                                "number", number, NULL);

        g_string_append_printf(text, ", %s", example);
    }
    return g_string_free(text, FALSE);
}

static char *number_guide(const FormGuide *guide, const Question *question)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

    for (char **language = guide->languages; *language; language++)
        g_ptr_array_add(texts, number_guide_in(guide, question, *language));
    return side_by_side(texts);
}

static char *answer_guide(const FormGuide *guide, const Question *question)
{
    switch (question->type) {
    case QUESTION_YESNO:
        return yes_no(guide);
    case QUESTION_CHOICE:
        return option_titles(guide, question);
    case QUESTION_MULTI:
        return several(guide, question);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return number_guide(guide, question);
    case QUESTION_DATE:
    case QUESTION_TEXT:
    case QUESTION_USCC:
        break;
    }
    return form_word(guide, "form", question_type_name(question->type));
}

/* "Reason for waiving: ..." in every language, one under the other. Free with g_free(). */
static char *waiver_ask(const FormGuide *guide, const Requirement *requirement)
{
    GString *text = g_string_new(NULL);

    for (char **language = guide->languages; *language; language++) {
        g_autofree char *line =
            wording_fill(guide->wording, "form", "waiver", *language, "title",
                         localized_or(&requirement->title, *language, requirement->id), NULL);

        g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
    return g_string_free(text, FALSE);
}

/* ---- rows ---- */

/* Who is assessed comes first, although the rubric keeps its fields behind the questions. */
GArray *form_rows(const Rubric *rubric, const Ancestor *since)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(FormRow));
    FormRow row = { NULL, NULL };

    for (guint i = rubric->n_questions; i < rubric->questions->len; i++) {
        row.question = RUBRIC_QUESTION(rubric, i);
        g_array_append_val(rows, row);
    }
    for (guint i = 0; i < rubric->n_questions; i++) {
        row.question = RUBRIC_QUESTION(rubric, i);
        if (!since || !since->older[i])
            g_array_append_val(rows, row);
    }
    row.question = NULL;
    for (guint i = 0; i < rubric->requirements->len; i++) {
        row.waiver = RUBRIC_REQUIREMENT(rubric, i);
        if (row.waiver->waivable)
            g_array_append_val(rows, row);
    }
    return rows;
}

char *form_id(const FormRow *row)
{
    return row->question ? g_strdup(row->question->id)
                         : g_strconcat("waive:", row->waiver->id, NULL);
}

char *form_ask(const FormGuide *guide, const FormRow *row)
{
    return row->question ? in_languages(guide, &row->question->ask, row->question->id)
                         : waiver_ask(guide, row->waiver);
}

char *form_options(const FormGuide *guide, const FormRow *row)
{
    g_autofree char *answers = NULL;
    g_autofree char *na = NULL;

    if (!row->question)
        return form_word(guide, "form", "text");
    answers = answer_guide(guide, row->question);
    if (!row->question->na)
        return g_steal_pointer(&answers);
    na = form_word(guide, "form", "na");
    return g_strdup_printf("%s | %s", answers, na);
}

char *form_evidence(const FormGuide *guide, const FormRow *row)
{
    return row->question ? in_languages(guide, &row->question->evidence, NULL) : g_strdup("");
}

char *form_help(const FormGuide *guide, const FormRow *row)
{
    return row->question ? in_languages(guide, &row->question->help, NULL)
                         : form_word(guide, "form", "waiver_help");
}

void form_csv(GString *out, const FormGuide *guide, const Rubric *rubric, const Ancestor *since)
{
    g_autoptr(GArray) rows = form_rows(rubric, since);

    g_string_append(out, CSV_MARK);
    csv_row_of(out, header, G_N_ELEMENTS(header));
    for (guint i = 0; i < rows->len; i++) {
        const FormRow *row = &g_array_index(rows, FormRow, i);
        g_autofree char *id = form_id(row);
        g_autofree char *ask = form_ask(guide, row);
        g_autofree char *options = form_options(guide, row);
        g_autofree char *evidence = form_evidence(guide, row);
        g_autofree char *help = form_help(guide, row);
        const char *const cells[] = { id, ask, "", options, "", "", "", "", evidence, help };

        csv_row_of(out, cells, G_N_ELEMENTS(cells));
    }
}
