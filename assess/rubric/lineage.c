#include "rubric/lineage.h"

#include <string.h>

#include "rubric/edition.h"

struct Lineage {
    const Rubric *rubric;
    RubricLocator locate;
    gpointer data;
    guint depth;          /* editions between this rubric and the newest */
    GPtrArray *ancestors; /* of Ancestor *; NULL until asked for */
    GPtrArray *rubrics;   /* of Rubric *: those read here */
    GPtrArray *behind;    /* of Lineage *: of those */
};

static void ancestor_free(gpointer data)
{
    Ancestor *ancestor = data;

    g_free(ancestor->edition);
    g_free(ancestor->reference);
    g_free(ancestor->older);
    g_free(ancestor);
}

static void behind_free(gpointer data)
{
    lineage_free(data);
}

Lineage *lineage_new(const Rubric *rubric, RubricLocator locate, gpointer data)
{
    Lineage *lineage = g_new0(Lineage, 1);

    lineage->rubric = rubric;
    lineage->locate = locate;
    lineage->data = data;
    return lineage;
}

void lineage_free(Lineage *lineage)
{
    if (!lineage)
        return;
    g_clear_pointer(&lineage->ancestors, g_ptr_array_unref);
    g_clear_pointer(&lineage->behind, g_ptr_array_unref);
    g_clear_pointer(&lineage->rubrics, g_ptr_array_unref);
    g_free(lineage);
}

/* ---- what can carry at all ---- */

static gboolean has_one_option(const Question *question)
{
    return question->type == QUESTION_YESNO || question->type == QUESTION_CHOICE;
}

static char *no_common_option(const Question *older, const Question *newer)
{
    for (guint i = 0; i < older->options->len; i++)
        if (question_option(newer, QUESTION_OPTION(older, i)->id) != NOWHERE)
            return NULL;
    return g_strdup("none of its options was there");
}

/* What was not asked was not denied: a multi with new options has no answer yet. */
static char *new_option(const Question *older, const Question *newer)
{
    for (guint i = 0; i < newer->options->len; i++) {
        const char *id = QUESTION_OPTION(newer, i)->id;

        if (question_option(older, id) == NOWHERE)
            return g_strdup_printf("its option \"%s\" is new", id);
    }
    return NULL;
}

char *inheritance_misfit(const Question *older, const Question *newer)
{
    const char *unit = localized_or(&newer->unit, NULL, ""),
               *older_unit = localized_or(&older->unit, NULL, "");

    if (has_one_option(older) && has_one_option(newer))
        return no_common_option(older, newer);
    if (older->type != newer->type)
        return g_strdup_printf("it is of type %s, and was of type %s",
                               question_type_name(newer->type), question_type_name(older->type));
    if (older->type == QUESTION_MULTI)
        return new_option(older, newer);
    if (older->type == QUESTION_NUMBER && strcmp(unit, older_unit) != 0)
        return g_strdup_printf("its unit is \"%s\", and was \"%s\"", unit, older_unit);
    return NULL;
}

/* ---- reading what is older ---- */

/* Read "id@edition" if it can be found; the rubric is the lineage's. */
static const Rubric *read_reference(Lineage *lineage, const char *reference)
{
    g_autofree char *path = lineage->locate ? lineage->locate(reference, lineage->data) : NULL;
    g_autoptr(Findings) findings = findings_new();
    Rubric *rubric = NULL;

    if (path && g_file_test(path, G_FILE_TEST_EXISTS))
        rubric = rubric_load(path, lineage->locate, lineage->data, findings, NULL);
    if (rubric)
        g_ptr_array_add(lineage->rubrics, rubric);
    return rubric;
}

static void find_rubric(Lineage *lineage, Ancestor *ancestor)
{
    const char *base = lineage->rubric->base;

    ancestor->reference = g_strconcat(lineage->rubric->id, "@", ancestor->edition, NULL);
    ancestor->rubric = read_reference(lineage, ancestor->reference);
    if (!ancestor->rubric && base) {
        g_autofree char *id = g_strndup(base, strcspn(base, "@"));
        g_autofree char *reference = g_strconcat(id, "@", ancestor->edition, NULL);

        ancestor->rubric = read_reference(lineage, reference);
    }
    if (ancestor->rubric) {
        g_free(ancestor->reference);
        ancestor->reference =
            g_strconcat(ancestor->rubric->id, "@", ancestor->rubric->edition, NULL);
    }
}

/* Who is assessed is asked by every edition: a field needs no line to carry over. */
static void carry_fields(const Lineage *lineage, Ancestor *ancestor)
{
    const Rubric *newer = lineage->rubric, *older = ancestor->rubric;
    int index;

    for (guint i = newer->n_questions; older && i < newer->questions->len; i++) {
        const char *id = RUBRIC_QUESTION(newer, i)->id;

        if (!ancestor->older[i] && rubric_find(older, id, &index) == NAME_QUESTION &&
            RUBRIC_QUESTION(older, index)->is_field)
            ancestor->older[i] = id;
    }
}

/* Leave out what no answer would fit. */
static void drop_misfits(const Lineage *lineage, Ancestor *ancestor)
{
    for (guint i = 0; ancestor->rubric && i < lineage->rubric->questions->len; i++) {
        g_autofree char *misfit = NULL;
        int index;

        if (ancestor->older[i] &&
            rubric_find(ancestor->rubric, ancestor->older[i], &index) == NAME_QUESTION)
            misfit = inheritance_misfit(RUBRIC_QUESTION(ancestor->rubric, index),
                                        RUBRIC_QUESTION(lineage->rubric, i));
        if (misfit)
            ancestor->older[i] = NULL;
    }
}

static Ancestor *ancestor_new(const Lineage *lineage, const char *edition)
{
    Ancestor *ancestor = g_new0(Ancestor, 1);

    ancestor->edition = g_strdup(edition);
    ancestor->older = g_new0(const char *, lineage->rubric->questions->len + 1);
    return ancestor;
}

static const Ancestor *find(const GPtrArray *ancestors, const char *edition)
{
    for (guint i = 0; i < ancestors->len; i++) {
        const Ancestor *ancestor = g_ptr_array_index(ancestors, i);

        if (edition_compare(ancestor->edition, edition) == 0)
            return ancestor;
    }
    return NULL;
}

static void add_listed(Lineage *lineage, const SameAs *same_as)
{
    Ancestor *ancestor = ancestor_new(lineage, same_as->edition);

    for (guint i = 0; i < same_as->questions->len; i++) {
        const Inheritance *one = &g_array_index(same_as->questions, Inheritance, i);

        ancestor->older[one->question] = one->older;
    }
    find_rubric(lineage, ancestor);
    carry_fields(lineage, ancestor);
    drop_misfits(lineage, ancestor);
    g_ptr_array_add(lineage->ancestors, ancestor);
}

/* An edition that only the one between knows: what carries to that one and on from it. */
static void add_through(Lineage *lineage, const Ancestor *between, const Ancestor *behind)
{
    Ancestor *ancestor = ancestor_new(lineage, behind->edition);

    for (guint i = 0; i < lineage->rubric->questions->len; i++) {
        int index;

        if (between->older[i] &&
            rubric_find(between->rubric, between->older[i], &index) == NAME_QUESTION)
            ancestor->older[i] = behind->older[index];
    }
    ancestor->reference = g_strdup(behind->reference);
    ancestor->rubric = behind->rubric;
    drop_misfits(lineage, ancestor);
    g_ptr_array_add(lineage->ancestors, ancestor);
}

/* What lies behind an edition that was read. Editions fall on every step, so that this ends. */
static void go_behind(Lineage *lineage, const Ancestor *between)
{
    const GPtrArray *further;
    Lineage *behind;

    if (!between->rubric || lineage->depth + 1 >= LINEAGE_DEPTH)
        return;
    behind = lineage_new(between->rubric, lineage->locate, lineage->data);
    behind->depth = lineage->depth + 1;
    g_ptr_array_add(lineage->behind, behind);
    further = lineage_ancestors(behind);
    for (guint i = 0; i < further->len && lineage->ancestors->len < LINEAGE_LIMIT; i++) {
        const Ancestor *ancestor = g_ptr_array_index(further, i);

        if (!find(lineage->ancestors, ancestor->edition) &&
            edition_compare(ancestor->edition, between->edition) < 0)
            add_through(lineage, between, ancestor);
    }
}

static int newest_first(gconstpointer a, gconstpointer b)
{
    const Ancestor *first = *(const Ancestor *const *)a, *second = *(const Ancestor *const *)b;

    return edition_compare(second->edition, first->edition);
}

const GPtrArray *lineage_ancestors(Lineage *lineage)
{
    guint listed;

    if (lineage->ancestors)
        return lineage->ancestors;
    lineage->ancestors = g_ptr_array_new_with_free_func(ancestor_free);
    lineage->rubrics = g_ptr_array_new_with_free_func((GDestroyNotify)rubric_free);
    lineage->behind = g_ptr_array_new_with_free_func(behind_free);
    for (guint i = 0; i < lineage->rubric->same_as->len && i < LINEAGE_LIMIT; i++) {
        const SameAs *same_as = &g_array_index(lineage->rubric->same_as, SameAs, i);

        if (!find(lineage->ancestors, same_as->edition))
            add_listed(lineage, same_as);
    }
    g_ptr_array_sort(lineage->ancestors, newest_first);
    listed = lineage->ancestors->len;
    for (guint i = 0; i < listed; i++)
        go_behind(lineage, g_ptr_array_index(lineage->ancestors, i));
    g_ptr_array_sort(lineage->ancestors, newest_first);
    return lineage->ancestors;
}

const Ancestor *lineage_find(Lineage *lineage, const char *edition)
{
    return find(lineage_ancestors(lineage), edition);
}

int ancestor_heir(const Ancestor *ancestor, const Rubric *newer, const char *older, guint from)
{
    for (guint i = from; i < newer->questions->len; i++)
        if (ancestor->older[i] && strcmp(ancestor->older[i], older) == 0)
            return (int)i;
    return NOWHERE;
}
