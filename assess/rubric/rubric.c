#include "rubric/rubric.h"

#include <string.h>

#include "rubric/edition.h"
#include "rubric/loading.h"

/* ---- lifecycle ---- */

static void level_clear(void *data)
{
    Level *level = data;

    g_free(level->id);
    localized_clear(&level->title);
    localized_clear(&level->note);
}

static void dimension_clear(void *data)
{
    Dimension *dimension = data;

    g_free(dimension->id);
    localized_clear(&dimension->title);
    localized_clear(&dimension->note);
    g_clear_pointer(&dimension->children, g_array_unref);
    g_clear_pointer(&dimension->questions, g_array_unref);
}

static void scale_clear(void *data)
{
    Scale *scale = data;

    g_free(scale->id);
    localized_clear(&scale->title);
    localized_clear(&scale->note);
    g_array_unref(scale->options);
}

static void group_clear(void *data)
{
    Group *group = data;

    g_free(group->id);
    localized_clear(&group->title);
    localized_clear(&group->note);
    g_array_unref(group->questions);
}

static void question_clear(void *data)
{
    Question *question = data;

    g_free(question->id);
    localized_clear(&question->clause);
    localized_clear(&question->ask);
    localized_clear(&question->help);
    localized_clear(&question->evidence);
    localized_clear(&question->unit);
    localized_clear(&question->note);
    g_clear_pointer(&question->options, g_array_unref);
    g_array_unref(question->groups);
    g_strfreev(question->answered_by);
}

static void requirement_clear(void *data)
{
    Requirement *requirement = data;

    g_free(requirement->id);
    localized_clear(&requirement->clause);
    localized_clear(&requirement->title);
    localized_clear(&requirement->note);
    g_strfreev(requirement->profiles);
    g_clear_pointer(&requirement->falls_with, g_array_unref);
}

static void contradiction_clear(void *data)
{
    Contradiction *contradiction = data;

    g_free(contradiction->id);
    localized_clear(&contradiction->title);
    localized_clear(&contradiction->note);
}

static void profile_clear(void *data)
{
    Profile *profile = data;

    g_free(profile->id);
    localized_clear(&profile->title);
    localized_clear(&profile->note);
    g_array_unref(profile->weights);
    g_array_unref(profile->skips);
}

static void action_clear(void *data)
{
    Action *action = data;

    g_free(action->id);
    localized_clear(&action->title);
    localized_clear(&action->note);
    g_ptr_array_unref(action->raises);
    g_strfreev(action->after);
}

static void case_clear(void *data)
{
    g_free(((Case *)data)->id);
}

static void inheritance_clear(void *data)
{
    g_free(((Inheritance *)data)->older);
}

static void same_as_clear(void *data)
{
    SameAs *same_as = data;

    g_free(same_as->edition);
    g_array_unref(same_as->questions);
    localized_clear(&same_as->note);
}

static GArray *array_new(guint size, GDestroyNotify clear)
{
    GArray *array = g_array_new(FALSE, TRUE, size);

    g_array_set_clear_func(array, clear);
    return array;
}

Rubric *rubric_new(Ini *ini)
{
    Rubric *rubric = g_new0(Rubric, 1);

    rubric->ini = ini;
    rubric->levels = array_new(sizeof(Level), level_clear);
    rubric->dimensions = array_new(sizeof(Dimension), dimension_clear);
    rubric->scales = array_new(sizeof(Scale), scale_clear);
    rubric->groups = array_new(sizeof(Group), group_clear);
    rubric->questions = array_new(sizeof(Question), question_clear);
    rubric->requirements = array_new(sizeof(Requirement), requirement_clear);
    rubric->contradictions = array_new(sizeof(Contradiction), contradiction_clear);
    rubric->profiles = array_new(sizeof(Profile), profile_clear);
    rubric->actions = array_new(sizeof(Action), action_clear);
    rubric->cases = array_new(sizeof(Case), case_clear);
    rubric->same_as = array_new(sizeof(SameAs), same_as_clear);
    rubric->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return rubric;
}

void rubric_free(Rubric *rubric)
{
    if (!rubric)
        return;
    g_free(rubric->id);
    g_free(rubric->edition);
    g_free(rubric->base);
    localized_clear(&rubric->title);
    localized_clear(&rubric->document);
    localized_clear(&rubric->note);
    localized_clear(&rubric->currency);
    g_array_unref(rubric->levels);
    g_array_unref(rubric->dimensions);
    g_array_unref(rubric->scales);
    g_array_unref(rubric->groups);
    g_array_unref(rubric->questions);
    g_array_unref(rubric->requirements);
    g_array_unref(rubric->contradictions);
    g_array_unref(rubric->profiles);
    g_array_unref(rubric->actions);
    g_array_unref(rubric->cases);
    g_array_unref(rubric->same_as);
    g_hash_table_unref(rubric->names);
    if (rubric->doubts)
        g_hash_table_unref(rubric->doubts->names);
    g_free(rubric->doubts);
    ini_free(rubric->ini);
    g_free(rubric);
}

GArray *inheritances_new(void)
{
    return array_new(sizeof(Inheritance), inheritance_clear);
}

/* ---- finding ---- */

NameKind rubric_find(const Rubric *rubric, const char *id, int *index)
{
    const guint found = GPOINTER_TO_UINT(g_hash_table_lookup(rubric->names, id));

    if (found == 0)
        return NAME_NONE;
    if (index)
        *index = (int)(found & 0xffffff);
    return (NameKind)(found >> 24);
}

gboolean rubric_is_doubtful(const Rubric *rubric, const char *id, NameKind kind)
{
    const Doubts *doubts = rubric->doubts;

    if (!doubts)
        return FALSE;
    return g_hash_table_contains(doubts->names, id) ||
           (doubts->any_name && rubric_find(rubric, id, NULL) == NAME_NONE) ||
           (kind == NAME_LEVEL && doubts->levels) || (kind == NAME_DIMENSION && doubts->dimensions);
}

int question_option(const Question *question, const char *id)
{
    for (guint i = 0; question->options && i < question->options->len; i++)
        if (g_str_equal(QUESTION_OPTION(question, i)->id, id))
            return (int)i;
    return NOWHERE;
}

gboolean question_takes(const Question *question, const char *rubric, const char *edition)
{
    for (char **at = question->answered_by; at && *at; at++) {
        g_auto(GStrv) parts = g_strsplit(*at, "@", 2);

        if (g_str_equal(parts[0], rubric) && (!parts[1] || edition_compare(parts[1], edition) == 0))
            return TRUE;
    }
    return FALSE;
}

guint rubric_depth(const Rubric *rubric, int dimension)
{
    guint depth = 0;

    for (int at = RUBRIC_DIMENSION(rubric, dimension)->parent; at != NOWHERE;
         at = RUBRIC_DIMENSION(rubric, at)->parent)
        depth++;
    return depth;
}

int rubric_profile(const Rubric *rubric, const char *id)
{
    for (guint i = 0; i < rubric->profiles->len; i++)
        if (g_str_equal(RUBRIC_PROFILE(rubric, i)->id, id))
            return (int)i;
    return NOWHERE;
}

guint rubric_of_origin(const Rubric *rubric, Origin origin)
{
    guint count = 0;

    for (guint i = 0; i < rubric->requirements->len; i++)
        count += RUBRIC_REQUIREMENT(rubric, i)->origin == origin;
    return count;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **rubric_languages(const Rubric *rubric)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const char **languages;
    guint n;

    for (guint i = 0; i < rubric->ini->sections->len; i++) {
        const IniSection *section = g_ptr_array_index(rubric->ini->sections, i);

        for (guint j = 0; j < section->entries->len; j++) {
            const IniEntry *entry = g_ptr_array_index(section->entries, j);

            if (entry->language)
                g_hash_table_add(seen, entry->language);
        }
    }
    languages = (const char **)g_hash_table_get_keys_as_array(seen, &n);
    qsort(languages, n, sizeof *languages, compare_texts);
    return languages;
}

Rational question_best(const Question *question, Numbers *numbers)
{
    Rational best = RATIONAL_ZERO;

    for (guint i = 0; question->options && i < question->options->len; i++) {
        const Rational score = QUESTION_OPTION(question, i)->score;

        if (question->type != QUESTION_MULTI)
            best = i == 0 || rational_compare(score, best) > 0 ? score : best;
        else if (rational_sign(score) > 0)
            best = rational_add(numbers, best, score);
    }
    return question->has_worst ? RATIONAL_ONE : best;
}

/* ---- words ---- */

const char *question_type_name(QuestionType type)
{
    static const char *const names[] = {
        [QUESTION_YESNO] = "yesno",   [QUESTION_CHOICE] = "choice",   [QUESTION_MULTI] = "multi",
        [QUESTION_NUMBER] = "number", [QUESTION_PERCENT] = "percent", [QUESTION_DATE] = "date",
        [QUESTION_TEXT] = "text",     [QUESTION_USCC] = "uscc",
    };

    return names[type];
}

const char *requirement_kind_name(RequirementKind kind)
{
    static const char *const names[] = {
        [KIND_ELIGIBILITY] = "eligibility", [KIND_GATE] = "gate",     [KIND_COVERAGE] = "coverage",
        [KIND_OUTCOME] = "outcome",         [KIND_ADVICE] = "advice",
    };

    return names[kind];
}

const char *origin_name(Origin origin)
{
    return origin == ORIGIN_OFFICIAL ? "official" : "house";
}
