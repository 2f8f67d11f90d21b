#include "intake/reply.h"

#include <string.h>

#include "base/text.h"
#include "intake/uscc.h"

enum { QUOTE_LIMIT = 60 /* characters of a user's text in a message */ };

/* A reply being read. */
typedef struct {
    const Vocabulary *vocabulary;
    int index;
    const Question *question;
    const char *text;   /* as written */
    const char *folded; /* text_fold() of it */
    Answer *answer;
    char *problem, *hint;
    gboolean explains; /* somebody will read the problem and the hint */
} Reply;

/* Words of the format itself, folded; in every rubric and language. */
typedef struct {
    const char *word;
    guint value;
} Word;

/* An empty box is no word for no: it may not have been seen; nor is one with a cross, which ticks
 * in some countries. */
static const Word YESNO_WORDS[] = {
    { "yes", 1 },
    { "y", 1 },
    { "true", 1 },
    { "no", 0 },
    { "n", 0 },
    { "false", 0 },
    { "\u662f", 1 },
    { "\u6709", 1 },
    { "\u5426", 0 },
    { "\u65e0", 0 },
    { "\u662f\u7684", 1 },
    { "\u4e0d\u662f", 0 }, /* yes indeed, it is not */
    { "\u6ca1\u6709", 0 }, /* there is none */
    { "\u5bf9", 1 },
    { "\u9519", 0 }, /* right, wrong */
    { "\u221a", 1 },
    { "\u2713", 1 }, /* ticks */
    { "\u2714", 1 },
    { "\u2611", 1 },
    { "\u00d7", 0 },
    { "\u2717", 0 }, /* crosses */
    { "\u2718", 0 },
};

static const char *const NOTHING_WORDS[] = { "none", "\u65e0" };
static const char *const NOT_APPLICABLE_WORDS[] = { "n/a", "\u4e0d\u9002\u7528" };

/* FALSE, for the reader to return. */
static gboolean fault(Reply *reply, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean fault(Reply *reply, const char *format, ...)
{
    g_autofree char *quoted = text_quote(reply->text, QUOTE_LIMIT);
    g_autofree char *what = NULL;
    va_list arguments;

    va_start(arguments, format);
    what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    reply->problem = g_strdup_printf("%s %s", quoted, what);
    return FALSE;
}

/* FALSE, with a hint; takes `hint`. */
static gboolean hinted(Reply *reply, char *hint)
{
    reply->hint = hint;
    return FALSE;
}

gboolean reply_is_blank(const char *text)
{
    while (g_unichar_isspace(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return *text == '\0';
}

const char *reply_unguarded(const char *text)
{
    return text[0] == '\'' && text_runs(text + 1) ? text + 1 : text;
}

/* ---- not applicable ---- */

/* The length of the word that says so, 0 if the folded text does not begin with one as a whole
 * word. */
static gsize not_applicable_word(const char *folded)
{
    for (guint i = 0; i < G_N_ELEMENTS(NOT_APPLICABLE_WORDS); i++) {
        const char *word = NOT_APPLICABLE_WORDS[i];
        const char *rest = folded + strlen(word);

        if (!g_str_has_prefix(folded, word))
            continue;
        while (*rest == ' ')
            rest++;
        if (*rest == '\0' || *rest == ':')
            return strlen(word);
    }
    return 0;
}

/* What follows the colon, trimmed; NULL if nothing does. Free with g_free(). */
static char *not_applicable_reason(const char *text)
{
    static const gunichar COLONS[] = { ':', 0xff1a, 0xfe55, 0xfe13 };

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        for (guint i = 0; i < G_N_ELEMENTS(COLONS); i++)
            if (g_utf8_get_char(p) == COLONS[i])
                return reply_is_blank(g_utf8_next_char(p))
                           ? NULL
                           : g_strstrip(g_strdup(g_utf8_next_char(p)));
    return NULL;
}

static gboolean read_not_applicable(Reply *reply)
{
    g_autofree char *reason = not_applicable_reason(reply->text);

    if (reply->question->is_field)
        return fault(reply, "is no answer to a field, which always applies");
    if (!reply->question->na) {
        fault(reply, "is not an answer to this question, which always applies");
        return hinted(reply, g_strdup("leave it blank if it is not known"));
    }
    if (!reason) {
        fault(reply, "gives no reason");
        return hinted(reply, g_strdup("write \"n/a: \" and the reason"));
    }
    reply->answer->state = ANSWER_NOT_APPLICABLE;
    g_free(reply->answer->text);
    reply->answer->text = g_steal_pointer(&reason);
    return TRUE;
}

/* ---- options ---- */

static const char *option_title(const Option *option)
{
    return localized_or(&option->title, NULL, option->id);
}

/* What was expected instead of `word`, if somebody will read it: to find the nearest option takes
 * longer than all else. Free with g_free(). */
static char *option_hint(const Reply *reply, const char *word)
{
    g_autoptr(GString) hint = NULL;
    GArray *options = reply->question->options;
    const char *near;

    if (!reply->explains)
        return NULL;
    near = vocabulary_near_option(reply->vocabulary, reply->index, word);
    hint = g_string_new(NULL);
    if (near) {
        const Option *option =
            QUESTION_OPTION(reply->question, question_option(reply->question, near));

        g_string_printf(hint, "did you mean \"%s\"", near);
        if (strcmp(option_title(option), near) != 0)
            g_string_append_printf(hint, " (%s)", option_title(option));
        g_string_append_c(hint, '?');
        return g_string_free(g_steal_pointer(&hint), FALSE);
    }
    g_string_assign(hint, "expected one of");
    for (guint i = 0; i < options->len; i++)
        g_string_append_printf(hint, "%s %s", i ? "," : "",
                               QUESTION_OPTION(reply->question, i)->id);
    return g_string_free(g_steal_pointer(&hint), FALSE);
}

static gboolean read_choice(Reply *reply)
{
    int option = vocabulary_option(reply->vocabulary, reply->index, reply->text);

    if (option == VOCABULARY_AMBIGUOUS) {
        fault(reply, "is the title of more than one option");
        return hinted(reply, g_strdup("write the option's id"));
    }
    if (option == NOWHERE) {
        fault(reply, "is not an option");
        return hinted(reply, option_hint(reply, reply->text));
    }
    reply->answer->low = reply->answer->high = (guint)option;
    return TRUE;
}

/* What one word says: 0, 1, or less for neither. */
static int yesno_of(const Reply *reply, const char *text)
{
    g_autofree char *folded = text_fold(text);

    for (guint i = 0; i < G_N_ELEMENTS(YESNO_WORDS); i++)
        if (strcmp(folded, YESNO_WORDS[i].word) == 0)
            return (int)YESNO_WORDS[i].value;
    return vocabulary_option(reply->vocabulary, reply->index, text);
}

static gboolean read_yesno(Reply *reply)
{
    int option = yesno_of(reply, reply->text);

    /* "yes / ja": as a form in two languages shows it */
    if (option < 0 && strstr(reply->text, " / ")) {
        g_auto(GStrv) words = g_strsplit(reply->text, " / ", -1);

        option = yesno_of(reply, words[0]);
        for (char **word = words + 1; *word; word++)
            if (yesno_of(reply, *word) != option)
                option = NOWHERE;
    }
    if (option < 0) {
        fault(reply, "is neither yes nor no");
        return hinted(reply, g_strdup("expected yes or no, \u662f or \u5426"));
    }
    reply->answer->low = reply->answer->high = (guint)option;
    return TRUE;
}

static gboolean is_multi_separator(gunichar c)
{
    static const gunichar SEPARATORS[] = { ';', 0xff1b, 0xfe54, '|', 0xff5c, 0x250b, '\n', '\r' };

    for (guint i = 0; i < G_N_ELEMENTS(SEPARATORS); i++)
        if (c == SEPARATORS[i])
            return TRUE;
    return FALSE;
}

static gboolean tick(Reply *reply, const char *item, guint64 *ticked)
{
    int option = vocabulary_option(reply->vocabulary, reply->index, item);

    if (option < 0) {
        g_autofree char *quoted = text_quote(item, QUOTE_LIMIT);

        reply->problem = g_strdup_printf(
            option == NOWHERE ? "%s is not an option" : "%s is the title of more than one option",
            quoted);
        return hinted(reply, option == NOWHERE ? option_hint(reply, item)
                                               : g_strdup("write the option's id"));
    }
    *ticked |= G_GUINT64_CONSTANT(1) << option;
    return TRUE;
}

static gboolean says_nothing(const char *folded)
{
    for (guint i = 0; i < G_N_ELEMENTS(NOTHING_WORDS); i++)
        if (strcmp(folded, NOTHING_WORDS[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean read_multi(Reply *reply)
{
    const char *start = reply->text;
    guint64 ticked = 0;

    /* an option that is called so itself wins */
    if (says_nothing(reply->folded) &&
        vocabulary_option(reply->vocabulary, reply->index, reply->text) == NOWHERE) {
        reply->answer->must = reply->answer->may = 0;
        return TRUE;
    }
    for (const char *p = start;; p = g_utf8_next_char(p)) {
        g_autofree char *item = NULL;

        if (*p != '\0' && !is_multi_separator(g_utf8_get_char(p)))
            continue;
        item = g_strstrip(g_strndup(start, (gsize)(p - start)));
        if (!reply_is_blank(item) && !tick(reply, item, &ticked))
            return FALSE;
        if (*p == '\0')
            break;
        start = g_utf8_next_char(p);
    }
    if (ticked == 0) {
        fault(reply, "names no option");
        return hinted(reply, g_strdup("write none if nothing is ticked"));
    }
    reply->answer->must = reply->answer->may = ticked;
    return TRUE;
}

/* ---- numbers ---- */

static gboolean is_grouped(const char *text)
{
    return g_regex_match_simple("^[-+]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?$", text, 0, 0);
}

static gboolean not_a_number(Reply *reply, const char *number)
{
    const char *unit = localized_in(&reply->question->unit, NULL);

    if (is_grouped(number)) {
        g_auto(GStrv) groups = g_strsplit(number, ",", -1);
        g_autofree char *plain = g_strjoinv("", groups);

        fault(reply, "has its digits grouped by commas");
        return hinted(reply, g_strdup_printf("write %s", plain));
    }
    fault(reply, "is not a decimal number");
    if (g_regex_match_simple("^[-+]?[0-9]+,[0-9]+$", number, 0, 0))
        return hinted(reply, g_strdup("write a point before the decimals"));
    if (g_ascii_isdigit(*number) && unit)
        return hinted(reply, g_strdup_printf("write the number alone; it is in %s", unit));
    return hinted(reply, g_strdup(reply->question->type == QUESTION_PERCENT
                                      ? "expected percent points such as 60 or 60%"
                                      : "expected digits such as 12.5"));
}

static char *bound_text(Rational bound, gboolean is_percent)
{
    Rational shown = is_percent ? rational_mul(NULL, bound, rational_int(100)) : bound;
    g_autofree char *number = rational_format(shown, 6, ROUND_HALF_UP);

    return g_strconcat(number, is_percent ? "%" : "", NULL);
}

static gboolean out_of_range(Reply *reply, const Rational *min, const Rational *max)
{
    gboolean is_percent = reply->question->type == QUESTION_PERCENT;
    g_autofree char *low = min ? bound_text(*min, is_percent) : NULL;
    g_autofree char *high = max ? bound_text(*max, is_percent) : NULL;

    if (low && high)
        return fault(reply, "is out of range: expected %s to %s", low, high);
    if (low)
        return fault(reply, "is out of range: expected %s or more", low);
    return fault(reply, "is out of range: expected %s or less", high);
}

static gboolean check_range(Reply *reply, Rational value)
{
    const Question *question = reply->question;
    /* a percent without bounds of its own is from 0 to 100 */
    gboolean whole = question->type == QUESTION_PERCENT && !question->has_min && !question->has_max;
    Rational zero = RATIONAL_ZERO, one = RATIONAL_ONE;
    const Rational *min = question->has_min ? &question->min : whole ? &zero : NULL;
    const Rational *max = question->has_max ? &question->max : whole ? &one : NULL;

    if ((min && rational_compare(value, *min) < 0) || (max && rational_compare(value, *max) > 0))
        return out_of_range(reply, min, max);
    reply->answer->least = reply->answer->most = value;
    return TRUE;
}

static gboolean read_number(Reply *reply)
{
    g_autofree char *number = g_strdup(reply->folded);
    gboolean is_percent = reply->question->type == QUESTION_PERCENT;
    gsize length = strlen(number);
    Rational value;

    if (is_percent && length > 0 && number[length - 1] == '%') {
        number[length - 1] = '\0';
        g_strchomp(number);
    }
    switch (rational_parse(number, &value)) {
    case DECIMAL_TOO_LONG:
        return fault(reply, "has more than 12 digits before or 6 after the point");
    case DECIMAL_NOT_A_NUMBER:
        return not_a_number(reply, number);
    default:
        return check_range(reply,
                           is_percent ? rational_div(NULL, value, rational_int(100)) : value);
    }
}

/* ---- the rest ---- */

static gboolean digits_at(const char *text, guint from, guint n)
{
    for (guint i = from; i < from + n; i++)
        if (!g_ascii_isdigit(text[i]))
            return FALSE;
    return TRUE;
}

static gboolean read_date(Reply *reply)
{
    const char *text = reply->folded;
    gboolean has_form = strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
                        digits_at(text, 0, 4) && digits_at(text, 5, 2) && digits_at(text, 8, 2);
    guint year, month, day;
    GDate date;

    if (!has_form) {
        fault(reply, "is not a date of the form YYYY-MM-DD");
        return hinted(reply, g_strdup("expected a date such as 2025-03-01"));
    }
    year = (guint)g_ascii_strtoull(text, NULL, 10);
    month = (guint)g_ascii_strtoull(text + 5, NULL, 10);
    day = (guint)g_ascii_strtoull(text + 8, NULL, 10);
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return fault(reply, "is not a day of the calendar");
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    reply->answer->from = reply->answer->to = (gint32)g_date_get_julian(&date);
    return TRUE;
}

static gboolean read_text(Reply *reply)
{
    (void)reply;
    return TRUE;
}

static gboolean read_uscc(Reply *reply)
{
    g_autofree char *what = NULL;

    if (uscc_check(reply->folded, &what)) {
        g_free(reply->answer->text);
        reply->answer->text = g_ascii_strup(reply->folded, -1);
        return TRUE;
    }
    return fault(reply, "is not a unified social credit code: %s", what);
}

static gboolean (*const READERS[])(Reply *) = {
    [QUESTION_YESNO] = read_yesno,    [QUESTION_CHOICE] = read_choice,
    [QUESTION_MULTI] = read_multi,    [QUESTION_NUMBER] = read_number,
    [QUESTION_PERCENT] = read_number, [QUESTION_DATE] = read_date,
    [QUESTION_TEXT] = read_text,      [QUESTION_USCC] = read_uscc,
};

/* Whether the text says "not applicable". A field of text may be a company called so. */
static gboolean says_not_applicable(const Reply *reply)
{
    if (reply->question->is_field && reply->question->type == QUESTION_TEXT)
        return FALSE;
    return not_applicable_word(reply->folded) > 0;
}

gboolean reply_read(const Vocabulary *vocabulary, int question, const char *text, Answer *answer,
                    char **problem, char **hint)
{
    g_autofree char *folded = NULL;
    Reply reply = {
        .vocabulary = vocabulary, .index = question, .answer = answer, .explains = problem != NULL
    };
    gboolean is_read;

    if (problem)
        *problem = *hint = NULL;
    g_clear_pointer(&answer->text, g_free);
    answer->state = ANSWER_BLANK;
    if (reply_is_blank(text))
        return TRUE;
    text = reply_unguarded(text);
    folded = text_fold(text);
    answer->text = g_strdup(text);
    answer->state = ANSWER_ANSWERED;
    reply.question = RUBRIC_QUESTION(vocabulary_rubric(vocabulary), question);
    reply.text = text;
    reply.folded = folded;
    is_read = says_not_applicable(&reply) ? read_not_applicable(&reply)
                                          : READERS[reply.question->type](&reply);
    if (!is_read)
        answer->state = ANSWER_INVALID;
    if (problem) {
        *problem = reply.problem;
        *hint = reply.hint;
    } else {
        g_free(reply.problem);
        g_free(reply.hint);
    }
    return is_read;
}
