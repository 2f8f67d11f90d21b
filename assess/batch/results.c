#include "batch/results.h"

#include <string.h>

#include "report/csv.h"
#include "scoring/assessment.h"

enum {
    NUMBER_LENGTH = 24, /* characters of a whole number or a score at most, and its comma */
    MILLION = 1000000
};

/* An id with the comma behind it. */
typedef struct {
    char *text;
    gsize length;
} Word;

struct Results {
    const Plan *plan;
    gboolean has_evidence;
    int name;                       /* the field that names the company, or NOWHERE */
    int code;                       /* the field of the social credit code, or NOWHERE */
    GArray *cohort;                 /* of int: fields */
    Word *levels;                   /* from none on */
    Word *requirements, *questions; /* by index */
    Word **options;                 /* by field: of a choice */
    gsize room;                     /* bytes of a row at most, texts aside */
};

static Word word_new(const char *id)
{
    Word word = { .text = g_strconcat(id, ",", NULL) };

    word.length = strlen(word.text);
    return word;
}

/* ---- what the columns are ---- */

static void find_fields(Results *results)
{
    const Rubric *rubric = results->plan->rubric;

    results->name = answers_name_field(rubric);
    for (int i = (int)rubric->n_questions; i < (int)rubric->questions->len; i++) {
        const Question *field = RUBRIC_QUESTION(rubric, i);

        if (field->type == QUESTION_USCC && results->code == NOWHERE)
            results->code = i;
        if (field->cohort)
            g_array_append_val(results->cohort, i);
    }
}

static Word *option_words(const Question *question)
{
    Word *words = g_new0(Word, question->options->len + 1);

    for (guint i = 0; i < question->options->len; i++)
        words[i] = word_new(QUESTION_OPTION(question, i)->id);
    return words;
}

static void name_words(Results *results)
{
    const Rubric *rubric = results->plan->rubric;

    results->levels = g_new0(Word, rubric->levels->len + 2);
    results->levels[0] = word_new("none");
    for (guint i = 0; i < rubric->levels->len; i++)
        results->levels[i + 1] = word_new(RUBRIC_LEVEL(rubric, i)->id);
    results->requirements = g_new0(Word, rubric->requirements->len + 1);
    for (guint i = 0; i < rubric->requirements->len; i++)
        results->requirements[i] = word_new(RUBRIC_REQUIREMENT(rubric, i)->id);
    results->questions = g_new0(Word, rubric->questions->len + 1);
    for (guint i = 0; i < rubric->questions->len; i++)
        results->questions[i] = word_new(RUBRIC_QUESTION(rubric, i)->id);
    results->options = g_new0(Word *, rubric->questions->len + 1);
    for (guint i = 0; i < results->cohort->len; i++) {
        int field = g_array_index(results->cohort, int, i);

        if (RUBRIC_QUESTION(rubric, field)->options)
            results->options[field] = option_words(RUBRIC_QUESTION(rubric, field));
    }
}

static gsize longest(const Word *words)
{
    gsize length = 0;

    for (; words && words->text; words++)
        length = MAX(length, words->length);
    return length;
}

static gsize all_of(const Word *words)
{
    gsize length = 0;

    for (; words->text; words++)
        length += words->length;
    return length;
}

static void measure(Results *results)
{
    const Rubric *rubric = results->plan->rubric;

    results->room = NUMBER_LENGTH * (2 * rubric->dimensions->len + 16) +
                    6 * longest(results->levels) + all_of(results->requirements) +
                    RESULTS_DECISIVE * longest(results->questions);
    for (guint i = 0; i < rubric->questions->len; i++)
        results->room += longest(results->options[i]) + 1;
}

Results *results_new(const Plan *plan, gboolean has_evidence)
{
    Results *results = g_new0(Results, 1);

    results->plan = plan;
    results->has_evidence = has_evidence;
    results->cohort = g_array_new(FALSE, FALSE, sizeof(int));
    results->code = NOWHERE;
    find_fields(results);
    name_words(results);
    measure(results);
    return results;
}

static void words_free(Word *words)
{
    for (Word *word = words; word && word->text; word++)
        g_free(word->text);
    g_free(words);
}

void results_free(Results *results)
{
    if (!results)
        return;
    for (guint i = 0; i < results->plan->rubric->questions->len; i++)
        words_free(results->options[i]);
    g_free(results->options);
    words_free(results->levels);
    words_free(results->requirements);
    words_free(results->questions);
    g_array_unref(results->cohort);
    g_free(results);
}

static void add_ends(GPtrArray *names, const char *id)
{
    g_ptr_array_add(names, g_strconcat(id, "_low", NULL));
    g_ptr_array_add(names, g_strconcat(id, "_high", NULL));
}

static void add_levels(GPtrArray *names, const char *reading)
{
    g_ptr_array_add(names, g_strconcat(reading, "level", NULL));
    g_ptr_array_add(names, g_strconcat(reading, "level_possible", NULL));
}

void results_header(const Results *results, GString *out)
{
    static const char *const last[] = { "answered", "asked",           "not_applicable",
                                        "blockers", "decisive_blanks", "findings" };
    const Rubric *rubric = results->plan->rubric;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(names, g_strdup("record"));
    if (results->name != NOWHERE)
        g_ptr_array_add(names, g_strdup("company"));
    if (results->code != NOWHERE)
        g_ptr_array_add(names, g_strdup("uscc"));
    for (guint i = 0; i < results->cohort->len; i++)
        g_ptr_array_add(
            names, g_strdup(RUBRIC_QUESTION(rubric, g_array_index(results->cohort, int, i))->id));
    add_levels(names, "");
    add_levels(names, "official_");
    if (results->has_evidence)
        add_levels(names, "evidenced_");
    add_ends(names, "score");
    for (guint i = 0; i < rubric->dimensions->len; i++)
        add_ends(names, RUBRIC_DIMENSION(rubric, i)->id);
    for (guint i = 0; i < G_N_ELEMENTS(last); i++)
        g_ptr_array_add(names, g_strdup(last[i]));
    csv_row_of(out, (const char *const *)names->pdata, names->len);
}

/* ---- a row: written at `at`, where there is room ---- */

static char *put_word(char *at, const Word *word)
{
    memcpy(at, word->text, word->length);
    return at + word->length;
}

static char *put_number(char *at, guint64 number)
{
    char digits[NUMBER_LENGTH];
    char *first = digits + sizeof digits;
    gsize length;

    *--first = ',';
    do
        *--first = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    length = (gsize)(digits + sizeof digits - first);
    memcpy(at, first, length);
    return at + length;
}

/* Millionths as decimal text without zeros at its end. */
static char *put_score(char *at, gint64 millionths)
{
    guint64 size = millionths < 0 ? 0 - (guint64)millionths : (guint64)millionths;
    guint64 whole = size / MILLION, part = size % MILLION;

    if (millionths < 0)
        *at++ = '-';
    at = put_number(at, whole);
    if (part == 0)
        return at;
    at[-1] = '.';
    for (guint64 place = MILLION / 10; part > 0; place /= 10) {
        *at++ = (char)('0' + part / place);
        part %= place;
    }
    *at++ = ',';
    return at;
}

/* Whether the text can stand in a cell as it is. */
static gboolean is_plain(const char *text, gsize length)
{
    if (memchr("=+-@ \xef", text[0], 6) || text[length - 1] == ' ') /* EF: of full-width signs */
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == ';' || (guchar)text[i] < ' ')
            return FALSE;
    return TRUE;
}

static char *put_text(char *at, const Block *block, BlockText text)
{
    const char *from = block->text->str + text.offset;
    g_autoptr(GString) cell = NULL;
    g_autofree char *copy = NULL;

    if (text.length > 0 && is_plain(from, text.length)) {
        memcpy(at, from, text.length);
        at += text.length;
    } else if (text.length > 0) {
        cell = g_string_new(NULL);
        copy = g_strndup(from, text.length);
        csv_cell(cell, copy);
        memcpy(at, cell->str, cell->len);
        at += cell->len;
    }
    *at++ = ',';
    return at;
}

/* Bytes that a text takes at most: each a quote, and both ends. */
static gsize text_room(BlockText text)
{
    return 2 * (gsize)text.length + 4;
}

static BlockText text_at(const Block *block, int question, guint row)
{
    static const BlockText none = { 0, 0 };

    return question == NOWHERE || !block->texts[question] ? none : block->texts[question][row];
}

BlockText results_company(const Results *results, const Block *block, guint row)
{
    return text_at(block, results->name, row);
}

BlockText results_code(const Results *results, const Block *block, guint row)
{
    BlockText none = { 0, 0 };

    if (results->code == NOWHERE || block->of[results->code].state[row] != ANSWER_ANSWERED)
        return none;
    return text_at(block, results->code, row);
}

static gsize room_of(const Results *results, const Block *block, guint row)
{
    gsize room = results->room + text_room(results_company(results, block, row)) +
                 text_room(results_code(results, block, row));

    for (guint i = 0; i < results->cohort->len; i++)
        room += text_room(text_at(block, g_array_index(results->cohort, int, i), row));
    return room;
}

static char *put_field(const Results *results, char *at, const Block *block, int field, guint row)
{
    const BlockColumn *column = &block->of[field];

    if (!results->options[field])
        return put_text(at, block, text_at(block, field, row));
    if (column->state[row] == ANSWER_ANSWERED && column->option)
        return put_word(at, &results->options[field][column->option[row]]);
    *at++ = ',';
    return at;
}

static char *put_fields(const Results *results, char *at, const Block *block, guint row)
{
    at = put_number(at, block->record[row]);
    if (results->name != NOWHERE)
        at = put_text(at, block, results_company(results, block, row));
    if (results->code != NOWHERE)
        at = put_text(at, block, results_code(results, block, row));
    for (guint i = 0; i < results->cohort->len; i++)
        at = put_field(results, at, block, g_array_index(results->cohort, int, i), row);
    return at;
}

static char *put_levels(const Results *results, char *at, const Grades *grades, guint row)
{
    guint readings = results->has_evidence ? READING_EVIDENCED : READING_OFFICIAL;

    for (guint i = 0; i <= readings; i++) {
        at = put_word(at, &results->levels[grades->level[i][row] + 1]);
        at = put_word(at, &results->levels[grades->level_possible[i][row] + 1]);
    }
    return at;
}

/* A score of which 6 places are too few: as the scalar engine writes it. */
static char *put_long_score(const Results *results, char *at, const Assessment *assessment,
                            guint part)
{
    Score score = part == GRADE_ALL ? assessment->score : assessment->dimensions[part - 1].score;

    for (guint high = 0; high < 2; high++) {
        g_autofree char *text = score_text(results->plan, score, high == 1);
        gsize length = strlen(text);

        memcpy(at, text, length);
        at[length] = ',';
        at += length + 1;
    }
    return at;
}

static char *put_scores(const Results *results, char *at, const Grades *grades,
                        const Assessment *scalar, guint row)
{
    for (guint i = 0; i <= results->plan->rubric->dimensions->len; i++) {
        const GradeScore *score = &grades->scores[i];
        char *from = at;

        if (score->state[row] == GRADE_NONE) {
            *at++ = ',';
            *at++ = ',';
            continue;
        }
        if (score->is_longer[row]) {
            at = put_long_score(results, at, scalar, i);
            continue;
        }
        at = put_score(at, score->low[row]);
        if (score->state[row] == GRADE_RANGE) {
            at = put_score(at, score->high[row]);
        } else {
            gsize length = (gsize)(at - from);

            memcpy(at, from, length);
            at += length;
        }
    }
    return at;
}

/* End a list of words, whose last comma ends the cell. */
static char *put_list(char *at, const Word *words, const int *indices, guint n)
{
    for (guint i = 0; i < n; i++) {
        at = put_word(at, &words[indices[i]]);
        at[-1] = ';';
    }
    if (n == 0)
        at++;
    at[-1] = ',';
    return at;
}

static gboolean needs_scalar(const Results *results, const Grades *grades, guint row)
{
    for (guint i = 0; i <= results->plan->rubric->dimensions->len; i++)
        if (grades->scores[i].state[row] != GRADE_NONE && grades->scores[i].is_longer[row])
            return TRUE;
    return FALSE;
}

/* Bytes that the longer scores of a row take beyond those of others. */
static gsize room_of_scores(const Results *results, const Assessment *scalar)
{
    gsize room = 0;

    for (guint i = 0; scalar && i <= results->plan->rubric->dimensions->len; i++) {
        Score score = i == GRADE_ALL ? scalar->score : scalar->dimensions[i - 1].score;
        g_autofree char *low = score.exists ? score_text(results->plan, score, FALSE) : NULL;
        g_autofree char *high = score.exists ? score_text(results->plan, score, TRUE) : NULL;

        room += score.exists ? strlen(low) + strlen(high) + 2 : 0;
    }
    return room;
}

static void make_room(GString *out, gsize more)
{
    gsize length = out->len;

    if (out->allocated_len - length > more)
        return;
    g_string_set_size(out, length + more);
    out->len = length;
}

static guint64 count_findings(const Results *results, const Block *block, const Grades *grades,
                              guint row)
{
    guint64 findings = (guint64)block->findings[row] + grades->future_dates[row];

    for (guint i = 0; i < results->plan->contradictions->len; i++)
        findings += grades->contradicted[i][row];
    return findings;
}

void results_row(const Results *results, const BlockGrader *grader, const Block *block, guint row,
                 GString *out)
{
    const Grades *grades = block_grader_grades(grader);
    const GradeCounts *counts = &grades->counts[GRADE_ALL];
    const Rubric *rubric = results->plan->rubric;
    g_autofree int *list = g_new(int, MAX(rubric->requirements->len, rubric->questions->len) + 1);
    g_autoptr(Assessment) scalar = NULL;
    guint n_decisive;
    char *at;

    if (needs_scalar(results, grades, row))
        scalar = assessment_new(results->plan, block_answers(block, row), block_grader_date(grader),
                                FALSE);
    make_room(out, room_of(results, block, row) + room_of_scores(results, scalar));
    at = put_fields(results, out->str + out->len, block, row);
    at = put_levels(results, at, grades, row);
    at = put_scores(results, at, grades, scalar, row);
    at = put_number(at, counts->answered[row]);
    at = put_number(at, counts->asked[row]);
    at = put_number(at, counts->not_applicable[row]);
    at = put_list(at, results->requirements, list, block_blockers(grader, row, list));
    n_decisive = block_decisive(grader, row, list);
    at = put_list(at, results->questions, list, MIN(n_decisive, RESULTS_DECISIVE));
    at = put_number(at, count_findings(results, block, grades, row));
    at[-1] = '\r';
    *at++ = '\n';
    out->len = (gsize)(at - out->str);
    *at = '\0';
}
