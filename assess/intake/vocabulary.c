#include "intake/vocabulary.h"

#include <string.h>

#include "base/text.h"

/* Folded names of one kind of thing. */
typedef struct {
    GHashTable *indices; /* name -> index + 1; AMBIGUOUS_ENTRY */
    GPtrArray *names;    /* the keys in the rubric's order, ended by NULL: borrowed */
} Names;

#define AMBIGUOUS_ENTRY (-1)
#define SIDE_BY_SIDE " / " /* between the titles of one option in several languages */

enum { LANGUAGES_LIMIT = 4 /* titles side by side in one answer */ };

struct Vocabulary {
    const Rubric *rubric;
    Names *questions;
    GPtrArray *options; /* of Names *, by question; NULL where it has no options */
    GPtrArray *owned;   /* of Names *: questions on one scale share theirs */
};

static Names *names_new(void)
{
    Names *names = g_new0(Names, 1);

    names->indices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names->names = g_ptr_array_new();
    return names;
}

static void names_free(gpointer data)
{
    Names *names = data;

    if (!names)
        return;
    g_hash_table_unref(names->indices);
    g_ptr_array_unref(names->names);
    g_free(names);
}

static void add_id(Names *names, const char *id, int index)
{
    char *key = g_strdup(id);

    g_hash_table_insert(names->indices, key, GINT_TO_POINTER(index + 1));
    g_ptr_array_add(names->names, key);
}

/* A title, unless it is the id of something: ids win. */
static void add_title(Names *names, const char *title, int index, GHashTable *ids)
{
    g_autofree char *key = title ? text_fold(title) : NULL;
    int known;

    if (!key || *key == '\0' || g_hash_table_contains(ids, key))
        return;
    known = GPOINTER_TO_INT(g_hash_table_lookup(names->indices, key));
    if (known == index + 1)
        return;
    if (known != 0) {
        g_hash_table_insert(names->indices, g_steal_pointer(&key),
                            GINT_TO_POINTER(AMBIGUOUS_ENTRY));
        return;
    }
    g_ptr_array_add(names->names, key);
    g_hash_table_insert(names->indices, g_steal_pointer(&key), GINT_TO_POINTER(index + 1));
}

/* In the order of `languages`, so that the order of names does not hang on a hash. */
static void add_titles(Names *names, const Localized *title, const char *const *languages,
                       int index, GHashTable *ids)
{
    add_title(names, title->plain, index, ids);
    for (guint i = 0; title->translated && languages[i]; i++)
        add_title(names, localized_in(title, languages[i]), index, ids);
}

static Names *option_names(const Question *question, const char *const *languages)
{
    Names *names = names_new();
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < question->options->len; i++) {
        add_id(names, QUESTION_OPTION(question, i)->id, (int)i);
        g_hash_table_add(ids, QUESTION_OPTION(question, i)->id);
    }
    for (guint i = 0; i < question->options->len; i++)
        add_titles(names, &QUESTION_OPTION(question, i)->title, languages, (int)i, ids);
    g_ptr_array_add(names->names, NULL);
    return names;
}

static Names *question_names(const Rubric *rubric, const char *const *languages)
{
    Names *names = names_new();
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < rubric->questions->len; i++) {
        add_id(names, RUBRIC_QUESTION(rubric, i)->id, (int)i);
        g_hash_table_add(ids, RUBRIC_QUESTION(rubric, i)->id);
    }
    for (guint i = 0; i < rubric->questions->len; i++)
        add_titles(names, &RUBRIC_QUESTION(rubric, i)->ask, languages, (int)i, ids);
    g_ptr_array_add(names->names, NULL);
    return names;
}

static gboolean is_same_text(const Localized *a, const Localized *b, const char *const *languages)
{
    if (g_strcmp0(a->plain, b->plain) != 0)
        return FALSE;
    for (guint i = 0; languages[i]; i++)
        if (g_strcmp0(localized_in(a, languages[i]), localized_in(b, languages[i])) != 0)
            return FALSE;
    return TRUE;
}

static gboolean has_same_options(const Question *a, const Question *b, const char *const *languages)
{
    if (!a->options || !b->options || a->options->len != b->options->len)
        return FALSE;
    for (guint i = 0; i < a->options->len; i++) {
        const Option *one = QUESTION_OPTION(a, i), *other = QUESTION_OPTION(b, i);

        if (strcmp(one->id, other->id) != 0 || !is_same_text(&one->title, &other->title, languages))
            return FALSE;
    }
    return TRUE;
}

/* The names of question `index`: those of the question before it if that has the same options, as
 * scenes and clauses on one scale have. */
static Names *share_options(const Vocabulary *vocabulary, guint index, const char *const *languages)
{
    const Question *question = RUBRIC_QUESTION(vocabulary->rubric, index);
    Names *names;

    if (!question->options)
        return NULL;
    if (index > 0 &&
        has_same_options(question, RUBRIC_QUESTION(vocabulary->rubric, index - 1), languages))
        return g_ptr_array_index(vocabulary->options, index - 1);
    names = option_names(question, languages);
    g_ptr_array_add(vocabulary->owned, names);
    return names;
}

Vocabulary *vocabulary_new(const Rubric *rubric)
{
    Vocabulary *vocabulary = g_new0(Vocabulary, 1);
    g_autofree const char **languages = rubric_languages(rubric);

    vocabulary->rubric = rubric;
    vocabulary->questions = question_names(rubric, languages);
    vocabulary->options = g_ptr_array_new();
    vocabulary->owned = g_ptr_array_new_with_free_func(names_free);
    for (guint i = 0; i < rubric->questions->len; i++)
        g_ptr_array_add(vocabulary->options, share_options(vocabulary, i, languages));
    return vocabulary;
}

void vocabulary_free(Vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    names_free(vocabulary->questions);
    g_ptr_array_unref(vocabulary->options);
    g_ptr_array_unref(vocabulary->owned);
    g_free(vocabulary);
}

const Rubric *vocabulary_rubric(const Vocabulary *vocabulary)
{
    return vocabulary->rubric;
}

static int lookup(const Names *names, const char *name)
{
    /* most cells are ids as they stand: no need to fold those */
    int found = GPOINTER_TO_INT(g_hash_table_lookup(names->indices, name));

    if (found == 0) {
        g_autofree char *folded = text_fold(name);

        found = GPOINTER_TO_INT(g_hash_table_lookup(names->indices, folded));
    }
    if (found == AMBIGUOUS_ENTRY)
        return VOCABULARY_AMBIGUOUS;
    return found == 0 ? NOWHERE : found - 1;
}

/* Index of the thing whose name is nearest, or NOWHERE. */
static int lookup_near(const Names *names, const char *name)
{
    g_autofree char *folded = text_fold(name);
    const char *near = text_nearest(folded, (const char *const *)names->names->pdata);
    int found = near ? lookup(names, near) : NOWHERE;

    return MAX(found, NOWHERE);
}

int vocabulary_question(const Vocabulary *vocabulary, const char *name)
{
    return lookup(vocabulary->questions, name);
}

static int option_of(const Names *options, const char *name, guint parts)
{
    int option = lookup(options, name);
    const char *stroke = name;

    if (option != NOWHERE || parts == 0)
        return option;
    while ((stroke = strstr(stroke, SIDE_BY_SIDE))) {
        g_autofree char *first = g_strndup(name, (gsize)(stroke - name));

        stroke += strlen(SIDE_BY_SIDE);
        option = lookup(options, first);
        if (option != NOWHERE && option_of(options, stroke, parts - 1) == option)
            return option;
    }
    return NOWHERE;
}

/* A form in two languages shows titles side by side, and people copy them so. */
int vocabulary_option(const Vocabulary *vocabulary, int question, const char *name)
{
    const Names *options = g_ptr_array_index(vocabulary->options, (guint)question);

    return option_of(options, name, strstr(name, SIDE_BY_SIDE) ? LANGUAGES_LIMIT - 1 : 0);
}

gboolean vocabulary_reads_alike(const Vocabulary *vocabulary, int question, int other)
{
    const Question *a = RUBRIC_QUESTION(vocabulary->rubric, question);
    const Question *b = RUBRIC_QUESTION(vocabulary->rubric, other);

    return a->options && a->type == b->type && a->na == b->na && a->is_field == b->is_field &&
           g_ptr_array_index(vocabulary->options, (guint)question) ==
               g_ptr_array_index(vocabulary->options, (guint)other);
}

int vocabulary_requirement(const Vocabulary *vocabulary, const char *name)
{
    g_autofree char *folded = text_fold(name);
    int index;

    return rubric_find(vocabulary->rubric, folded, &index) == NAME_REQUIREMENT ? index : NOWHERE;
}

const char *vocabulary_near_question(const Vocabulary *vocabulary, const char *name)
{
    int index = lookup_near(vocabulary->questions, name);

    return index == NOWHERE ? NULL : RUBRIC_QUESTION(vocabulary->rubric, index)->id;
}

const char *vocabulary_near_option(const Vocabulary *vocabulary, int question, const char *name)
{
    int index = lookup_near(g_ptr_array_index(vocabulary->options, (guint)question), name);

    return index == NOWHERE
               ? NULL
               : QUESTION_OPTION(RUBRIC_QUESTION(vocabulary->rubric, question), index)->id;
}

const char *vocabulary_near_requirement(const Vocabulary *vocabulary, const char *name)
{
    const Rubric *rubric = vocabulary->rubric;
    g_autofree char *folded = text_fold(name);
    g_autofree const char **ids = g_new0(const char *, rubric->requirements->len + 1);

    for (guint i = 0; i < rubric->requirements->len; i++)
        ids[i] = RUBRIC_REQUIREMENT(rubric, i)->id;
    return text_nearest(folded, ids);
}
