#include "rules/answers.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"

#define ASSESSOR "assessor" /* the field that says who filled the sheet in */
#define SEVERAL " | "       /* between what several assessors wrote */

static const char *const STATE_NAMES[] = {
    [ANSWER_BLANK] = "blank",
    [ANSWER_ANSWERED] = "answered",
    [ANSWER_NOT_APPLICABLE] = "not_applicable",
    [ANSWER_INVALID] = "invalid",
    [ANSWER_DISPUTED] = "disputed",
    [ANSWER_SKIPPED] = "skipped",
};

void source_clear(gpointer data)
{
    Source *source = data;

    g_free(source->file);
    g_free(source->sha256);
    g_free(source->encoding);
    g_free(source->assessor);
    g_free(source->rubric);
}

Answers *answers_new(const Rubric *rubric)
{
    Answers *answers = g_new0(Answers, 1);

    answers->rubric = rubric;
    answers->n_answers = rubric->questions->len;
    answers->n_waivers = rubric->requirements->len;
    answers->of = g_new0(Answer, rubric->questions->len);
    for (guint i = 0; i < rubric->questions->len; i++)
        answers->of[i].least = answers->of[i].most = RATIONAL_ZERO;
    answers->waivers = g_new0(char *, rubric->requirements->len);
    answers->sources = g_array_new(FALSE, FALSE, sizeof(Source));
    g_array_set_clear_func(answers->sources, source_clear);
    answers->findings = findings_new();
    return answers;
}

void answers_free(Answers *answers)
{
    if (!answers)
        return;
    for (guint i = 0; i < answers->n_answers; i++) {
        Answer *answer = &answers->of[i];

        g_free(answer->text);
        g_free(answer->evidence);
        g_free(answer->owner);
        g_free(answer->note);
        g_free(answer->confidence);
    }
    for (guint i = 0; i < answers->n_waivers; i++)
        g_free(answers->waivers[i]);
    g_free(answers->of);
    g_free(answers->waivers);
    g_array_unref(answers->sources);
    findings_unref(answers->findings);
    g_clear_pointer(&answers->sheets, g_ptr_array_unref);
    g_free(answers);
}

/* ---- joining what assessors wrote ---- */

static gboolean folds_alike(const char *a, const char *b)
{
    g_autofree char *folded_a = text_fold(a), *folded_b = text_fold(b);

    return strcmp(folded_a, folded_b) == 0;
}

/* Whether one of the texts joined in `joined` folds like `text`. */
static gboolean holds_text(const char *joined, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(joined, SEVERAL, -1);

    for (char **part = parts; *part; part++)
        if (folds_alike(*part, text))
            return TRUE;
    return folds_alike(joined, text);
}

/* Add `text` to `*joined`, once. */
static void join_text(char **joined, const char *text)
{
    char *old = *joined;

    if (!text || (old && holds_text(old, text)))
        return;
    *joined = old ? g_strconcat(old, SEVERAL, text, NULL) : g_strdup(text);
    g_free(old);
}

static guint confidence_rank(const char *confidence)
{
    static const char *const RANKS[] = { "low", "medium", "high" };
    guint rank = 0;

    while (rank < G_N_ELEMENTS(RANKS) && strcmp(confidence, RANKS[rank]) != 0)
        rank++;
    return rank;
}

/* Of two the lower one stands. */
static void join_confidence(char **joined, const char *confidence)
{
    if (!confidence || (*joined && confidence_rank(*joined) <= confidence_rank(confidence)))
        return;
    g_free(*joined);
    *joined = g_strdup(confidence);
}

static void join_remarks(Answer *answer, const Answer *other)
{
    join_text(&answer->evidence, other->evidence);
    join_text(&answer->owner, other->owner);
    join_text(&answer->note, other->note);
    join_confidence(&answer->confidence, other->confidence);
}

void answer_copy_reply(Answer *answer, const Answer *from)
{
    answer->state = from->state;
    answer->unknown = from->unknown;
    answer->low = from->low;
    answer->high = from->high;
    answer->must = from->must;
    answer->may = from->may;
    answer->least = from->least;
    answer->most = from->most;
    answer->from = from->from;
    answer->to = from->to;
    answer->carried = from->carried;
    g_free(answer->text);
    answer->text = g_strdup(from->text);
}

static gboolean same_range(QuestionType type, const Answer *a, const Answer *b)
{
    switch (type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        return a->low == b->low && a->high == b->high;
    case QUESTION_MULTI:
        return a->must == b->must && a->may == b->may;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return rational_compare(a->least, b->least) == 0 && rational_compare(a->most, b->most) == 0;
    case QUESTION_DATE:
        return a->from == b->from && a->to == b->to;
    default:
        return holds_text(a->text, b->text);
    }
}

gboolean answer_equals(const Question *question, const Answer *a, const Answer *b)
{
    gboolean has_range = a->state == ANSWER_ANSWERED || a->state == ANSWER_DISPUTED;

    if (a->state != b->state || a->unknown != b->unknown)
        return FALSE;
    if (has_range)
        return same_range(question->type, a, b);
    return !a->text || !b->text ? a->text == b->text : folds_alike(a->text, b->text);
}

/* The least range that holds both. */
static void widen(Answer *answer, const Answer *other)
{
    answer->low = MIN(answer->low, other->low);
    answer->high = MAX(answer->high, other->high);
    answer->must &= other->must;
    answer->may |= other->may;
    if (rational_compare(other->least, answer->least) < 0)
        answer->least = other->least;
    if (rational_compare(other->most, answer->most) > 0)
        answer->most = other->most;
    answer->from = MIN(answer->from, other->from);
    answer->to = MAX(answer->to, other->to);
}

static const char *source_file(const Answers *answers)
{
    guint n = answers->sources->len;

    return n ? g_array_index(answers->sources, Source, n - 1).file : NULL;
}

/* How an answer reads beside another one: with the word for "not applicable" before its reason. */
static char *disputed_text(const Answer *answer)
{
    if (answer->state == ANSWER_NOT_APPLICABLE)
        return g_strconcat("n/a: ", answer->text, NULL);
    return g_strdup(answer->text);
}

static void dispute(Answers *answers, const Answers *others, guint index)
{
    const Question *question = RUBRIC_QUESTION(answers->rubric, index);
    Answer *answer = &answers->of[index];
    const Answer *other = &others->of[index];
    g_autofree char *text = disputed_text(answer), *other_text = disputed_text(other);
    g_autofree char *quoted = text_quote(text, 60), *other_quoted = text_quote(other_text, 60);
    Place place = { .file = source_file(others) };
    Finding *finding =
        findings_add(answers->findings, SEVERITY_WARNING, &place, "%s: assessors differ: %s and %s",
                     question->id, quoted, other_quoted);

    /* "not applicable" has no range to widen by */
    if (answer->state == ANSWER_NOT_APPLICABLE || other->state == ANSWER_NOT_APPLICABLE ||
        other->unknown)
        answer->unknown = TRUE;
    finding_hint(finding, answer->unknown ? "it counts as blank until they agree"
                                          : "it counts as all from the lowest to the highest");
    if (answer->state == ANSWER_NOT_APPLICABLE)
        answer_copy_reply(answer, &(Answer){ .state = ANSWER_DISPUTED,
                                             .unknown = TRUE,
                                             .least = RATIONAL_ZERO,
                                             .most = RATIONAL_ZERO });
    else if (other->state != ANSWER_NOT_APPLICABLE)
        widen(answer, other);
    answer->state = ANSWER_DISPUTED;
    g_free(answer->text);
    answer->text = g_steal_pointer(&text);
    join_text(&answer->text, other_text);
}

/* Whether `other` adds nothing to a dispute that is already there. */
static gboolean is_settled(const Question *question, const Answer *answer, const Answer *other)
{
    Answer wide = *answer;

    if (answer->state != ANSWER_DISPUTED)
        return FALSE;
    if (answer->unknown)
        return other->text && holds_text(answer->text, other->text);
    if (other->state == ANSWER_NOT_APPLICABLE || other->unknown)
        return FALSE;
    widen(&wide, other);
    return same_range(question->type, &wide, answer) &&
           (question->type < QUESTION_TEXT || holds_text(answer->text, other->text));
}

static gboolean says_something(const Answer *answer)
{
    return answer->state != ANSWER_BLANK && answer->state != ANSWER_INVALID;
}

/* What was carried over from an older edition yields to what is said in this one. */
static void supersede(Answers *answers, const Answers *others, guint index)
{
    const Question *question = RUBRIC_QUESTION(answers->rubric, index);
    Answer *answer = &answers->of[index];
    const Answer *other = &others->of[index];
    g_autofree char *text = disputed_text(answer), *other_text = disputed_text(other);
    g_autofree char *older = text_quote(answer->carried ? text : other_text, 60);
    g_autofree char *newer = text_quote(answer->carried ? other_text : text, 60);
    Place place = { .file = source_file(others) };

    if (!answer_equals(question, answer, other))
        findings_add(answers->findings, SEVERITY_WARNING, &place,
                     "%s: %s, carried over from an older edition, yields to %s", question->id,
                     older, newer);
    if (answer->carried)
        answer_copy_reply(answer, other);
}

static void merge_answer(Answers *answers, const Answers *others, guint index)
{
    const Question *question = RUBRIC_QUESTION(answers->rubric, index);
    Answer *answer = &answers->of[index];
    const Answer *other = &others->of[index];

    if (question->is_field && strcmp(question->id, ASSESSOR) == 0 && says_something(answer)) {
        join_text(&answer->text, other->text); /* they do differ, and may */
    } else if (!says_something(other)) {
        if (answer->state == ANSWER_BLANK)
            answer_copy_reply(answer, other);
    } else if (!says_something(answer)) {
        answer_copy_reply(answer, other);
    } else if (answer->carried != other->carried) {
        supersede(answers, others, index);
    } else if (answer->state == ANSWER_NOT_APPLICABLE && other->state == ANSWER_NOT_APPLICABLE) {
        join_text(&answer->text, other->text);
    } else if (!answer_equals(question, answer, other) && !is_settled(question, answer, other)) {
        dispute(answers, others, index);
    }
    join_remarks(answer, other);
}

void answers_add_source(Answers *answers, const Source *source)
{
    Source copy = { .file = g_strdup(source->file),
                    .sha256 = g_strdup(source->sha256),
                    .encoding = g_strdup(source->encoding),
                    .record = source->record,
                    .assessor = g_strdup(source->assessor),
                    .rubric = g_strdup(source->rubric) };

    g_array_append_val(answers->sources, copy);
}

void answers_merge(Answers *answers, const Answers *other)
{
    g_assert(answers->rubric == other->rubric);
    findings_append(answers->findings, other->findings);
    for (guint i = 0; i < answers->rubric->questions->len; i++)
        merge_answer(answers, other, i);
    for (guint i = 0; i < answers->rubric->requirements->len; i++)
        join_text(&answers->waivers[i], other->waivers[i]);
    answers->evidence_asked = answers->evidence_asked || other->evidence_asked;
    for (guint i = 0; i < other->sources->len; i++)
        answers_add_source(answers, &g_array_index(other->sources, Source, i));
}

void answers_join(Answers *answers, Answers *other)
{
    if (!answers->sheets) {
        Answers *first = answers_new(answers->rubric);

        answers_merge(first, answers);
        answers->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)answers_free);
        g_ptr_array_add(answers->sheets, first);
    }
    answers_merge(answers, other);
    g_ptr_array_add(answers->sheets, other);
}

/* ---- who it is about ---- */

static gboolean is_filled(const Answer *answer)
{
    return answer->state == ANSWER_ANSWERED || answer->state == ANSWER_DISPUTED;
}

const char *answers_field(const Answers *answers, const char *id)
{
    int index;

    if (rubric_find(answers->rubric, id, &index) != NAME_QUESTION ||
        !RUBRIC_QUESTION(answers->rubric, index)->is_field || !is_filled(&answers->of[index]))
        return NULL;
    return answers->of[index].text;
}

static gboolean is_name(const Question *field)
{
    return field->type == QUESTION_TEXT && strcmp(field->id, ASSESSOR) != 0;
}

int answers_name_field(const Rubric *rubric)
{
    int field;
    int first = NOWHERE;

    if (rubric_find(rubric, "company", &field) == NAME_QUESTION &&
        RUBRIC_QUESTION(rubric, field)->is_field)
        return field;
    for (int i = (int)rubric->n_questions; i < (int)rubric->questions->len; i++) {
        if (!is_name(RUBRIC_QUESTION(rubric, i)))
            continue;
        if (RUBRIC_QUESTION(rubric, i)->required)
            return i;
        first = first == NOWHERE ? i : first;
    }
    return first;
}

const char *answers_company(const Answers *answers)
{
    int field = answers_name_field(answers->rubric);

    return field != NOWHERE && is_filled(&answers->of[field]) ? answers->of[field].text : NULL;
}

const char *answers_code(const Answers *answers)
{
    for (guint i = answers->rubric->n_questions; i < answers->rubric->questions->len; i++)
        if (RUBRIC_QUESTION(answers->rubric, i)->type == QUESTION_USCC &&
            answers->of[i].state == ANSWER_ANSWERED)
            return answers->of[i].text;
    return NULL;
}

gboolean answers_are_of(const Answers *answers, const char *code, const char *name)
{
    const char *own_code = answers_code(answers), *own_name = answers_company(answers);

    if (own_code && code)
        return folds_alike(own_code, code);
    /* a name that assessors spelled in several ways is as good as any of its spellings */
    return own_name && name && (holds_text(own_name, name) || holds_text(name, own_name));
}

gboolean answers_same_company(const Answers *a, const Answers *b)
{
    return answers_are_of(a, answers_code(b), answers_company(b));
}

/* ---- words and values ---- */

typedef char *(*OptionText)(const Option *option, const char *language);

static char *option_words(const Option *option, const char *language)
{
    return g_strdup(localized_or(&option->title, language, option->id));
}

static char *option_id(const Option *option, const char *language)
{
    (void)language;
    return g_strdup(option->id);
}

/* The ticked options, joined; NULL if there are none. */
static char *ticked(const Question *question, guint64 bits, OptionText text, const char *language,
                    const char *between)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < question->options->len; i++)
        if (bits >> i & 1)
            g_ptr_array_add(items, text(QUESTION_OPTION(question, i), language));
    if (items->len == 0)
        return NULL;
    g_ptr_array_add(items, NULL);
    return g_strjoinv(between, (char **)items->pdata);
}

static char *decimal(const Question *question, Rational number)
{
    if (question->type == QUESTION_PERCENT)
        number = rational_mul(NULL, number, rational_int(100));
    return rational_format(number, 6, ROUND_HALF_UP);
}

static char *decimal_words(const Question *question, Rational number, const char *language)
{
    const char *unit = localized_in(&question->unit, language);
    g_autofree char *digits = decimal(question, number);

    if (question->type == QUESTION_PERCENT)
        return g_strconcat(digits, "%", NULL);
    return unit ? g_strconcat(digits, " ", unit, NULL) : g_steal_pointer(&digits);
}

/* "low" if both ends are the same, else "low<between>high"; takes both. */
static char *range_text(char *low, char *high, const char *between)
{
    char *text = strcmp(low, high) == 0 ? g_strdup(low) : g_strconcat(low, between, high, NULL);

    g_free(low);
    g_free(high);
    return text;
}

/* The word for a multi with nothing ticked, as a sheet may say it. */
static const char *nothing_word(const char *language)
{
    return language && g_str_has_prefix(language, "zh") ? "\u65e0" : "none";
}

static char *multi_words(const Question *question, guint64 bits, const char *language)
{
    char *words = ticked(question, bits, option_words, language, "; ");

    return words ? words : g_strdup(nothing_word(language));
}

char *answer_words(const Answers *answers, int question, const char *language)
{
    const Question *asked = RUBRIC_QUESTION(answers->rubric, question);
    const Answer *answer = &answers->of[question];
    const char *dash = " \u2013 ";

    if (!is_filled(answer) || answer->unknown)
        return g_strdup(answer->text);
    switch (asked->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        return range_text(option_words(QUESTION_OPTION(asked, answer->low), language),
                          option_words(QUESTION_OPTION(asked, answer->high), language), dash);
    case QUESTION_MULTI:
        return range_text(multi_words(asked, answer->must, language),
                          multi_words(asked, answer->may, language), dash);
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return range_text(decimal_words(asked, answer->least, language),
                          decimal_words(asked, answer->most, language), dash);
    case QUESTION_DATE:
        return range_text(date_text(answer->from), date_text(answer->to), dash);
    default:
        return g_strdup(answer->text);
    }
}

static char *multi_value(const Question *question, guint64 bits)
{
    char *ids = ticked(question, bits, option_id, NULL, ";");

    return ids ? ids : g_strdup(nothing_word(NULL));
}

char *answer_value(const Answers *answers, int question)
{
    const Question *asked = RUBRIC_QUESTION(answers->rubric, question);
    const Answer *answer = &answers->of[question];

    if (answer->state == ANSWER_NOT_APPLICABLE)
        return disputed_text(answer);
    if (!is_filled(answer))
        return NULL;
    if (answer->unknown)
        return g_strdup(answer->text);
    switch (asked->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        return range_text(option_id(QUESTION_OPTION(asked, answer->low), NULL),
                          option_id(QUESTION_OPTION(asked, answer->high), NULL), "..");
    case QUESTION_MULTI:
        return range_text(multi_value(asked, answer->must), multi_value(asked, answer->may), "..");
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return range_text(decimal(asked, answer->least), decimal(asked, answer->most), "..");
    case QUESTION_DATE:
        return range_text(date_text(answer->from), date_text(answer->to), "..");
    default:
        return g_strdup(answer->text);
    }
}

const char *answer_state_name(AnswerState state)
{
    return STATE_NAMES[state];
}
