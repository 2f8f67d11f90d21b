/* Questions, with the defaults of their groups, and fields. */
#include "base/text.h"
#include "rubric/loading.h"

static const char *const types[] = { "yesno", "choice", "multi", "number", "percent",
                                     "date",  "text",   "uscc",  NULL };

enum { SOURCES_LIMIT = 64 }; /* groups of a question, and itself, that give it defaults */

/* Where a key of a question may stand. */
typedef struct {
    const IniSection *sections[SOURCES_LIMIT + 1];
} Sources;

static const IniEntry *source_entry(const Sources *sources, const char *key)
{
    for (guint i = 0; sources->sections[i]; i++) {
        const IniEntry *entry = ini_entry(sources->sections[i], key);

        if (entry)
            return entry;
    }
    return NULL;
}

static void source_text(const Sources *sources, const char *key, Localized *text)
{
    const IniSection *section = section_with(sources->sections, key);

    if (section)
        read_text(section, key, text);
}

/* ---- names ---- */

static void name_kind(Loading *loading, const char *kind, gboolean is_field)
{
    GArray *questions = loading->rubric->questions;

    FOR_SECTIONS(loading->ini, section, kind)
    {
        Question question = { .is_field = is_field, .section = section };

        name_define(loading, section, NAME_QUESTION, questions->len);
        question.id = g_strdup(section->name ? section->name : "");
        question.dimension = question.level = question.scale = NOWHERE;
        question.groups = g_array_new(FALSE, FALSE, sizeof(int));
        question.weight = RATIONAL_ONE;
        question.min = question.max = question.worst = question.best = RATIONAL_ZERO;
        g_array_append_val(questions, question);
    }
}

void name_questions(Loading *loading)
{
    name_kind(loading, "question", FALSE);
    loading->rubric->n_questions = loading->rubric->questions->len;
    name_kind(loading, "field", TRUE);
}

/* ---- keys that belong to some types only ---- */

#define TYPE(type) (1U << QUESTION_##type)

static const struct {
    const char *key; /* a prefix if it ends in "." */
    guint types;
    const char *meant;
    Severity severity; /* a warning where nothing but the key itself is lost */
} typed_keys[] = {
    { "options", TYPE(CHOICE) | TYPE(MULTI), "choice and multi", SEVERITY_ERROR },
    { "scale", TYPE(CHOICE) | TYPE(MULTI), "choice and multi", SEVERITY_ERROR },
    { "title.", TYPE(YESNO) | TYPE(CHOICE) | TYPE(MULTI), "yesno, choice and multi",
      SEVERITY_ERROR },
    { "score", TYPE(YESNO) | TYPE(CHOICE) | TYPE(MULTI), "yesno, choice and multi",
      SEVERITY_ERROR },
    { "min", TYPE(NUMBER) | TYPE(PERCENT), "number and percent", SEVERITY_WARNING },
    { "max", TYPE(NUMBER) | TYPE(PERCENT), "number and percent", SEVERITY_WARNING },
    { "worst", TYPE(NUMBER) | TYPE(PERCENT), "number and percent", SEVERITY_WARNING },
    { "best", TYPE(NUMBER) | TYPE(PERCENT), "number and percent", SEVERITY_WARNING },
    { "unit", TYPE(NUMBER) | TYPE(PERCENT), "number and percent", SEVERITY_WARNING },
    { "answered_by", TYPE(CHOICE), "choice", SEVERITY_ERROR },
};

static void check_typed_key(Loading *loading, const Question *question, const IniEntry *entry)
{
    const Place place = ini_key_place(loading->ini, entry);

    for (gsize i = 0; i < G_N_ELEMENTS(typed_keys); i++) {
        const char *key = typed_keys[i].key;
        const gboolean is_it = g_str_has_suffix(key, ".") ? g_str_has_prefix(entry->key, key)
                                                          : g_str_equal(entry->key, key);

        if (is_it && !(typed_keys[i].types & (1U << question->type)))
            findings_add(loading->findings, typed_keys[i].severity, &place,
                         "\"%s\" is for %s, \"%s\" has type %s", entry->key, typed_keys[i].meant,
                         question->id, types[question->type]);
    }
}

static void check_typed_keys(Loading *loading, const Question *question)
{
    for (guint i = 0; !question->section->is_mixed && i < question->section->entries->len; i++)
        check_typed_key(loading, question, g_ptr_array_index(question->section->entries, i));
}

/* ---- numbers ---- */

static gboolean read_amount(const Sources *sources, const char *key, gboolean is_percent,
                            Rational *value)
{
    if (!read_number(source_entry(sources, key), value))
        return FALSE;
    if (is_percent)
        *value = rational_div(NULL, *value, rational_int(100));
    return TRUE;
}

static void load_range(Loading *loading, Question *question, const Sources *sources)
{
    const gboolean is_percent = question->type == QUESTION_PERCENT;

    question->max = is_percent ? RATIONAL_ONE : RATIONAL_ZERO;
    question->has_min = read_amount(sources, "min", is_percent, &question->min) || is_percent;
    question->has_max = read_amount(sources, "max", is_percent, &question->max) || is_percent;
    if (question->has_min && question->has_max &&
        rational_compare(question->min, question->max) > 0) {
        const IniEntry *entry = source_entry(sources, "min") ? source_entry(sources, "min")
                                                             : source_entry(sources, "max");

        value_fault(loading, entry, 0, 0, "\"min\" of \"%s\" is more than its \"max\"",
                    question->id);
        question->has_min = question->has_max = FALSE;
    }
}

static void load_worst_and_best(Loading *loading, Question *question, const Sources *sources)
{
    const gboolean is_percent = question->type == QUESTION_PERCENT;
    const IniEntry *worst = source_entry(sources, "worst"), *best = source_entry(sources, "best");
    const gboolean has_worst = read_amount(sources, "worst", is_percent, &question->worst);
    const gboolean has_best = read_amount(sources, "best", is_percent, &question->best);

    if (!worst != !best) {
        if (!is_hidden(question->section, worst ? "best" : "worst"))
            hint_text(key_fault(loading, worst ? worst : best, "\"%s\" of \"%s\" without \"%s\"",
                                worst ? "worst" : "best", question->id, worst ? "best" : "worst"),
                      "give both, or neither for a number that is not scored");
        return;
    }
    question->has_worst = has_worst && has_best;
    if (question->has_worst && rational_compare(question->worst, question->best) == 0)
        value_fault(loading, worst, 0, 0, "\"worst\" of \"%s\" equals its \"best\"", question->id);
}

/* ---- a question ---- */

void question_in_doubt(Loading *loading, const Question *question)
{
    g_hash_table_add(loading->doubtful, g_strdup(question->id));
}

/* How many items a list has; 0 without one. */
static guint items_of(const IniEntry *entry)
{
    g_auto(GStrv) items = entry ? ini_list(entry, NULL) : NULL;

    return items ? g_strv_length(items) : 0;
}

static void link_to_groups(Loading *loading, int index, Sources *sources)
{
    Question *question = RUBRIC_QUESTION(loading->rubric, index);
    const IniEntry *entry = ini_entry(question->section, "groups");

    g_array_unref(question->groups);
    question->groups = read_references(loading, entry, NAME_GROUP);
    if (question->groups->len < items_of(entry)) /* defaults may be missing */
        question_in_doubt(loading, question);
    sources->sections[0] = question->section;
    for (guint i = 0; i < question->groups->len; i++) {
        const Group *group = RUBRIC_GROUP(loading->rubric, g_array_index(question->groups, int, i));

        g_array_append_val(group->questions, index);
        if (i + 1 < SOURCES_LIMIT)
            sources->sections[i + 1] = ini_section(loading->ini, "group", group->id);
    }
}

/* FALSE if the type is not known; told, if it was not before. */
static gboolean load_type(Loading *loading, Question *question, const Sources *sources)
{
    const IniEntry *entry = source_entry(sources, "type");
    const guint allowed =
        question->is_field ? TYPE(TEXT) | TYPE(CHOICE) | TYPE(DATE) | TYPE(USCC) : ~TYPE(USCC);
    int type = read_word(entry, types, -1);

    if (!entry && !question->is_field) { /* a field without one was told by check_sections() */
        gboolean is_doubtful = g_hash_table_contains(loading->doubtful, question->id) ||
                               is_hidden(question->section, "groups");

        for (guint i = 0; sources->sections[i]; i++)
            is_doubtful |= is_hidden(sources->sections[i], "type");
        if (!is_doubtful) {
            g_autofree char *message = g_strdup_printf("question \"%s\" has no type", question->id);

            missing_default(loading, question, "type", message,
                            "give it, or a group of it, a \"type\"");
        }
    }
    if (type >= 0 && !(allowed & (1U << type)))
        type = -1; /* told by check_sections() */
    question->type = type < 0 ? QUESTION_TEXT : (QuestionType)type;
    return type >= 0;
}

static void load_by_type(Loading *loading, Question *question, const Sources *sources)
{
    if (findings_of(loading->findings, SEVERITY_ERROR) > 0 &&
        !ini_entry(question->section, "type") && is_hidden(question->section, "type")) {
        question_in_doubt(loading, question); /* that of a group is not what was meant */
        return;
    }
    check_typed_keys(loading, question);
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
    case QUESTION_MULTI:
        load_options(loading, question, sources->sections);
        break;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        load_range(loading, question, sources);
        load_worst_and_best(loading, question, sources);
        source_text(sources, "unit", &question->unit);
        break;
    default:
        break;
    }
}

/* Whether a fault that was told hides a "na = yes". */
static gboolean na_is_in_doubt(const Sources *sources)
{
    const IniEntry *entry = source_entry(sources, "na");
    gboolean is_doubtful = entry && !g_str_equal(entry->value, "no");

    for (guint i = 0; !entry && sources->sections[i]; i++)
        is_doubtful |= is_hidden(sources->sections[i], "na");
    return is_doubtful;
}

/* NULL if there are none. */
static char **read_rubrics(const IniEntry *entry)
{
    return entry && !entry->is_broken && *entry->value != '\0' ? ini_list(entry, NULL) : NULL;
}

static void load_question(Loading *loading, int index)
{
    static const char *const disclosures[] = { "low", "medium", "high", NULL };
    Question *question = RUBRIC_QUESTION(loading->rubric, index);
    Sources sources = { 0 };

    link_to_groups(loading, index, &sources);
    if (load_type(loading, question, &sources))
        load_by_type(loading, question, &sources);
    else
        question_in_doubt(loading, question);
    read_text(question->section, "ask", &question->ask);
    if (question->is_field && !localized_is_set(&question->ask))
        read_text(question->section, "title", &question->ask);
    read_text(question->section, "note", &question->note);
    source_text(&sources, "help", &question->help);
    source_text(&sources, "evidence", &question->evidence);
    question->dimension =
        read_reference(loading, source_entry(&sources, "dimension"), NAME_DIMENSION);
    question->level = read_reference(loading, source_entry(&sources, "level"), NAME_LEVEL);
    read_number(source_entry(&sources, "weight"), &question->weight);
    question->na = read_yes(source_entry(&sources, "na"));
    question->na_raises = read_yes(source_entry(&sources, "na_raises"));
    if (question->na_raises && !question->na && !na_is_in_doubt(&sources))
        hint_text(value_fault(loading, source_entry(&sources, "na_raises"), 0, 0,
                              "\"na_raises\" of \"%s\", which may not be \"not applicable\"",
                              question->id),
                  "say \"na = yes\", or leave \"na_raises\" out");
    question->record = read_yes(source_entry(&sources, "record"));
    question->answered_by = read_rubrics(ini_entry(question->section, "answered_by"));
    question->required = read_yes(source_entry(&sources, "required"));
    question->cohort = read_yes(source_entry(&sources, "cohort"));
    question->disclosure =
        (Disclosure)read_word(source_entry(&sources, "disclosure"), disclosures, DISCLOSURE_LOW);
    source_text(&sources, "clause", &question->clause);
    if (question->dimension != NOWHERE)
        g_array_append_val(RUBRIC_DIMENSION(loading->rubric, question->dimension)->questions,
                           index);
}

void load_questions(Loading *loading)
{
    for (guint i = 0; i < loading->rubric->questions->len; i++)
        load_question(loading, (int)i);
}
