#include "rubric/schema.h"

#include <string.h>

#include "base/named.h"
#include "base/text.h"

static const char *const question_types[] = { "yesno",   "choice", "multi", "number",
                                              "percent", "date",   "text",  NULL };
static const char *const field_types[] = { "text", "choice", "date", "uscc", NULL };
static const char *const methods[] = { "mean", "sum", "climb", NULL };
static const char *const kinds[] = { "eligibility", "gate", "coverage", "outcome", "advice", NULL };
static const char *const origins[] = { "official", "house", NULL };
static const char *const disclosures[] = { "low", "medium", "high", NULL };
static const char *const statuses[] = { "in_force", "draft", "partial", NULL };
static const char *const completions[] = { "best", "worst", "blank", NULL };

#define KEY(name, type, help)         \
    {                                 \
        name, type, FALSE, help, NULL \
    }
#define MUST(name, type, help)       \
    {                                \
        name, type, TRUE, help, NULL \
    }
#define WORD(name, words, help)              \
    {                                        \
        name, VALUE_WORD, FALSE, help, words \
    }
#define END                                 \
    {                                       \
        NULL, VALUE_TEXT, FALSE, NULL, NULL \
    }
#define TITLE KEY("title", VALUE_TEXT, "what people call it")
#define CONFIRMED                 \
    KEY("confirmed", VALUE_YESNO, \
        "no: not yet compared with the document; a note says what; default yes")
#define NOTE KEY("note", VALUE_TEXT, "a remark that reports print")

static const SchemaKey rubric_keys[] = {
    MUST("id", VALUE_ID, "name of the programme"),
    MUST("edition", VALUE_EDITION,
         "edition of its criteria: a year, and further numbers after . or -"),
    MUST("format", VALUE_FORMAT, "version of this file format: 1"),
    TITLE,
    KEY("document", VALUE_TEXT, "the publication that the criteria stand in"),
    MUST("levels", VALUE_IDS, "the rungs of the ladder, lowest first"),
    KEY("dimensions", VALUE_IDS,
        "the top parts that are scored, in the order of reports; default: as the sections stand"),
    WORD("score", methods,
         "how score() is made: the mean of the dimensions (the default), the sum over the "
         "questions, "
         "or climb(pass)"),
    KEY("pass", VALUE_RATIO, "the score that passes a level when climbing; default 80%"),
    KEY("base", VALUE_REFERENCE,
        "a rubric to start from: sections here add to it, keys here replace; as other@2024"),
    WORD("status", statuses,
         "draft or partial: this edition is used only where it is named; default in_force"),
    KEY("weights_sum", VALUE_POSITIVE,
        "what the weights of sister dimensions add up to; with `score = sum` the best total"),
    KEY("currency", VALUE_TEXT, "in which the cost of actions is given, in thousands"),
    CONFIRMED,
    NOTE,
    END,
};

static const SchemaKey level_keys[] = { TITLE, NOTE, END };

static const SchemaKey dimension_keys[] = {
    TITLE,
    KEY("weight", VALUE_POSITIVE, "weight among its sisters; default 1"),
    KEY("parent", VALUE_ID,
        "the dimension that it is part of; that one has no questions of its own"),
    CONFIRMED,
    NOTE,
    END,
};

static const SchemaKey scale_keys[] = {
    TITLE,
    MUST("options", VALUE_IDS, "the options, worst first"),
    KEY("score", VALUE_NUMBERS, "score of each option, 0 to 1; default: evenly spaced"),
    KEY("title.", VALUE_TEXT, "title of an option"),
    CONFIRMED,
    NOTE,
    END,
};

/* What a question takes, and a group as the default of its questions. */
#define QUESTION_KEYS                                                                              \
    KEY("dimension", VALUE_ID, "the dimension that it is scored in"),                              \
        WORD("type", question_types, "what is asked for"),                                         \
        KEY("options", VALUE_IDS, "choice, multi: the options, worst first"),                      \
        KEY("scale", VALUE_ID, "choice, multi: a scale that gives the options"),                   \
        KEY("title.", VALUE_TEXT, "title of an option"),                                           \
        KEY("help", VALUE_TEXT, "an explanation for who answers"),                                 \
        KEY("weight", VALUE_POSITIVE, "weight in its dimension; 0: asked, not scored; default 1"), \
        KEY("score", VALUE_NUMBERS,                                                                \
            "score of each option, 0 to 1; default: evenly spaced, of a multi equal parts"),       \
        KEY("min", VALUE_NUMBER,                                                                   \
            "number, percent: the smallest answer; percent in points, default 0"),                 \
        KEY("max", VALUE_NUMBER,                                                                   \
            "number, percent: the largest answer; percent in points, default 100"),                \
        KEY("worst", VALUE_NUMBER,                                                                 \
            "number, percent: the answer that scores 0; without it and \"best\" not scored"),      \
        KEY("best", VALUE_NUMBER,                                                                  \
            "number, percent: the answer that scores 1; may be less than \"worst\""),              \
        KEY("unit", VALUE_TEXT, "number, percent: the unit of the answer"),                        \
        KEY("level", VALUE_ID,                                                                     \
            "the rung that it is evidence for, in score(x, LEVEL) and climb()"),                   \
        KEY("na", VALUE_YESNO, "whether it may be not applicable, with a reason; default no"),     \
        KEY("na_raises", VALUE_YESNO,                                                              \
            "that \"not applicable\" may raise the level, which a note explains; default no"),     \
        KEY("record", VALUE_YESNO,                                                                 \
            "asked for the record, which a note explains: its answer need decide nothing; "        \
            "default no"),                                                                         \
        KEY("required", VALUE_YESNO, "whether a blank is a finding; default no"),                  \
        KEY("evidence", VALUE_TEXT, "what proves the answer: asked for in the questionnaire"),     \
        WORD("disclosure", disclosures, "harm if the evidence leaks; default low"),                \
        KEY("clause", VALUE_TEXT, "where the document asks for it")

static const SchemaKey group_keys[] = { TITLE, QUESTION_KEYS, CONFIRMED, NOTE, END };

static const SchemaKey question_keys[] = {
    KEY("ask", VALUE_TEXT, "the question"),
    QUESTION_KEYS,
    KEY("groups", VALUE_IDS, "the groups that it belongs to; the first named gives defaults first"),
    KEY("answered_by", VALUE_RUBRICS,
        "choice: the rubrics whose assessments may answer it (`score --with`), each with an "
        "edition or of any; default none"),
    CONFIRMED,
    NOTE,
    END,
};

static const SchemaKey field_keys[] = {
    { "type", VALUE_WORD, TRUE, "what is asked for", field_types },
    KEY("ask", VALUE_TEXT, "the question"),
    KEY("title", VALUE_TEXT, "the question, where \"ask\" is absent"),
    KEY("help", VALUE_TEXT, "an explanation for who answers"),
    KEY("options", VALUE_IDS, "choice: the options"),
    KEY("scale", VALUE_ID, "choice: a scale that gives the options"),
    KEY("title.", VALUE_TEXT, "title of an option"),
    KEY("required", VALUE_YESNO, "whether a blank is a finding; default no"),
    KEY("cohort", VALUE_YESNO, "whether results of many companies are grouped by it; default no"),
    NOTE,
    END,
};

static const SchemaKey requirement_keys[] = {
    TITLE,
    MUST("level", VALUE_ID, "the level from which on it binds"),
    WORD("kind", kinds, "what it is about, for reports; advice never binds; default gate"),
    WORD("origin", origins,
         "a clause of the programme (official) or our interpretation (house, the "
         "default)"),
    KEY("clause", VALUE_TEXT, "where the document demands it; official ones need it"),
    MUST("needs", VALUE_CONDITION, "the condition"),
    KEY("waivable", VALUE_YESNO,
        "whether a company may waive it, with a reason that is printed; default no"),
    KEY("profiles", VALUE_IDS, "the profiles under which it binds; default all"),
    KEY("falls_with", VALUE_IDS,
        "questions, groups or dimensions whose better answers may make it unmet, "
        "through a share"),
    CONFIRMED,
    NOTE,
    END,
};

static const SchemaKey contradiction_keys[] = {
    TITLE,
    MUST("when", VALUE_CONDITION, "the condition that holds when answers contradict each other"),
    WORD("origin", origins,
         "whether the programme says so (official) or it is our reading (house, the default)"),
    NOTE,
    END,
};

static const SchemaKey profile_keys[] = {
    TITLE,
    KEY("weight ", VALUE_POSITIVE, "another weight for a dimension or question"),
    KEY("skip", VALUE_IDS,
        "questions that do not apply under it; none that an official requirement rests "
        "on"),
    CONFIRMED,
    NOTE,
    END,
};

static const SchemaKey action_keys[] = {
    TITLE,
    MUST("raises", VALUE_RAISES, "what it raises: question:option or question:number"),
    KEY("cost", VALUE_POSITIVE, "its cost, in thousands of the currency; default 0"),
    KEY("months", VALUE_POSITIVE, "how long it takes; default 0"),
    KEY("after", VALUE_IDS, "the actions that must come before it"),
    NOTE,
    END,
};

static const SchemaKey same_as_keys[] = {
    NOTE,
    KEY("", VALUE_ID,
        "a question here, and the one of the older edition whose answer it takes over"),
    END,
};

static const SchemaKey case_keys[] = {
    KEY("like", VALUE_ID,
        "a case to start from: its settings and answers stand where none are given "
        "here"),
    WORD("default", completions,
         "how the questions not named are answered, by their scores; default blank"),
    KEY("date", VALUE_DATE, "the date of the assessment; needed where a condition uses years()"),
    KEY("profile", VALUE_ID, "the profile to grade under"),
    KEY("level", VALUE_ID, "the level expected, or none"),
    KEY("level_possible", VALUE_ID, "the level expected if the blanks turn out well, or none"),
    KEY("official", VALUE_ID, "the level expected over official requirements alone, or none"),
    KEY("score", VALUE_NUMBER, "the score expected, as printed: at most 6 digits after the point"),
    NOTE,
    KEY("waive ", VALUE_STRING,
        "a requirement, and the reason for which it is waived; it has to be waivable"),
    KEY("", VALUE_ANSWER, "a question or field and its answer, as in an answer sheet"),
    END,
};

static const SchemaSection sections[] = {
    { "rubric", SECTION_PLAIN, rubric_keys, "the rubric as a whole" },
    { "level", SECTION_ID, level_keys, "a rung of the ladder" },
    { "dimension", SECTION_ID, dimension_keys, "a part of what is assessed, scored by itself" },
    { "scale", SECTION_ID, scale_keys, "an ordered answer scale that questions share" },
    { "group", SECTION_ID, group_keys,
      "questions that belong together; its keys are their defaults" },
    { "field", SECTION_ID, field_keys, "who is assessed; never scored" },
    { "question", SECTION_ID, question_keys, "what a company answers" },
    { "requirement", SECTION_ID, requirement_keys, "a condition for a level" },
    { "contradiction", SECTION_ID, contradiction_keys,
      "answers that cannot both be true: told as a finding, counted in a cohort, never binding" },
    { "profile", SECTION_ID, profile_keys,
      "a named variant: other weights, questions switched off" },
    { "action", SECTION_ID, action_keys, "an improvement: what it raises, what it costs" },
    { "same_as", SECTION_EDITION, same_as_keys, "answers of an older edition that carry over" },
    { "case", SECTION_ID, case_keys, "a test that ships with the rubric: answers and the verdict" },
    { NULL, SECTION_PLAIN, NULL, NULL },
};

const SchemaSection *schema_sections(void)
{
    return sections;
}

const SchemaSection *schema_section(const char *kind)
{
    return named_find(sections, sizeof *sections, kind);
}

static gboolean is_prefix(const char *name)
{
    const gsize length = strlen(name);

    return length == 0 || name[length - 1] == '.' || name[length - 1] == ' ';
}

const SchemaKey *schema_key(const SchemaSection *section, const char *key)
{
    for (const SchemaKey *known = section->keys; known->name; known++) {
        if (is_prefix(known->name)
                ? g_str_has_prefix(key, known->name) && key[strlen(known->name)] != '\0'
                : g_str_equal(key, known->name))
            return known;
    }
    return NULL;
}

const char *schema_nearest_section(const char *kind)
{
    return named_nearest(sections, sizeof *sections, kind);
}

const char *schema_nearest_key(const SchemaSection *section, const char *key)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (const SchemaKey *known = section->keys; known->name; known++)
        if (!is_prefix(known->name))
            g_ptr_array_add(names, (gpointer)known->name);
    g_ptr_array_add(names, NULL);
    return text_nearest(key, (const char *const *)names->pdata);
}

gboolean schema_is_reserved_option(const char *id)
{
    static const char *const words[] = { "and", "or", "not", NULL };

    return g_strv_contains(words, id);
}

gboolean schema_is_reserved(const char *id)
{
    static const char *const words[] = { "all",   "any",   "none",     "yes", "no",
                                         "score", "count", "share",    "min", "max",
                                         "sum",   "mean",  "has",      "met", "held",
                                         "climb", "years", "answered", NULL };

    if (schema_is_reserved_option(id) || g_strv_contains(words, id))
        return TRUE;
    for (const SchemaKey *key = case_keys; key->name; key++)
        if (g_str_equal(key->name, id))
            return TRUE;
    return FALSE;
}

char *schema_expected(const SchemaKey *key)
{
    static const char *const expected[] = {
        [VALUE_TEXT] = "a text",
        [VALUE_STRING] = "a text",
        [VALUE_CONDITION] = "a condition",
        [VALUE_ID] = "an id",
        [VALUE_IDS] = "ids separated by commas",
        [VALUE_NUMBER] = "a number such as 0.5",
        [VALUE_NUMBERS] = "numbers separated by commas",
        [VALUE_POSITIVE] = "a number, 0 or more",
        [VALUE_RATIO] = "a number from 0 to 1, or 0% to 100%",
        [VALUE_YESNO] = "yes or no",
        [VALUE_DATE] = "a date such as 2026-01-31",
        [VALUE_EDITION] = "a year, and further numbers after \".\" or \"-\"",
        [VALUE_REFERENCE] = "id@edition",
        [VALUE_RUBRICS] = "rubrics as id or id@edition, separated by commas",
        [VALUE_FORMAT] = "1",
        [VALUE_RAISES] = "question:option or question:number, separated by commas",
        [VALUE_ANSWER] = "an answer",
    };
    g_autofree char *list = NULL;

    if (key->type != VALUE_WORD)
        return g_strdup(expected[key->type]);
    list = g_strjoinv(", ", (char **)key->words);
    return g_strdup_printf("one of %s", list);
}
