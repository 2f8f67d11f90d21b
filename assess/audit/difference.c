#include "audit/difference.h"

#include <string.h>

#include "base/text.h"

const char *change_name(ChangeKind kind)
{
    static const char *const NAMES[] = {
        "added",     "removed",       "renamed",         "reworded",
        "type",      "options_added", "options_removed", "options_reordered",
        "moved",     "origin",        "waivable",        "not_waivable",
        "binds",     "advice",        "tightened",       "loosened",
        "condition",
    };

    return NAMES[kind];
}

/* ---- pairs ---- */

/* An index of the older rubric, for an index of the newer one that is the same thing. */
static int *pairs_new(guint n)
{
    int *pairs = g_new(int, n);

    for (guint i = 0; i < n; i++)
        pairs[i] = NOWHERE;
    return pairs;
}

static gboolean is_taken(const int *pairs, guint n, int older)
{
    for (guint i = 0; i < n; i++)
        if (pairs[i] == older)
            return TRUE;
    return FALSE;
}

static gboolean reads_alike(const Localized *a, const Localized *b)
{
    g_autofree char *first = text_fold(localized_or(a, NULL, ""));
    g_autofree char *second = text_fold(localized_or(b, NULL, ""));

    return *first != '\0' && strcmp(first, second) == 0;
}

/* What the newer rubric itself says. */
static void pair_by_word(const Rubric *older, guint n, const Ancestor *ancestor, int *pairs)
{
    for (guint i = 0; ancestor && i < n; i++) {
        int from = NOWHERE;

        if (ancestor->older[i] && rubric_find(older, ancestor->older[i], &from) == NAME_QUESTION)
            pairs[i] = from;
    }
}

static void pair_questions(const Rubric *older, const Rubric *newer, const Ancestor *ancestor,
                           int *pairs)
{
    guint n = newer->questions->len;

    pair_by_word(older, n, ancestor, pairs);
    for (guint i = 0; i < n; i++) {
        int from = NOWHERE;

        if (pairs[i] == NOWHERE &&
            rubric_find(older, RUBRIC_QUESTION(newer, i)->id, &from) == NAME_QUESTION &&
            !is_taken(pairs, n, from))
            pairs[i] = from;
    }
    for (guint i = 0; i < n; i++) {
        const Question *to = RUBRIC_QUESTION(newer, i);

        for (int k = 0; k < (int)older->questions->len && pairs[i] == NOWHERE; k++) {
            const Question *from = RUBRIC_QUESTION(older, k);

            if (from->type == to->type && from->is_field == to->is_field &&
                reads_alike(&from->ask, &to->ask) && !is_taken(pairs, n, k))
                pairs[i] = k;
        }
    }
}

static gboolean is_same_level(const Rubric *older, int a, const Rubric *newer, int b)
{
    return strcmp(RUBRIC_LEVEL(older, a)->id, RUBRIC_LEVEL(newer, b)->id) == 0;
}

static void pair_requirements(const Rubric *older, const Rubric *newer, int *pairs)
{
    guint n = newer->requirements->len;

    for (guint i = 0; i < n; i++) {
        int from = NOWHERE;

        if (rubric_find(older, RUBRIC_REQUIREMENT(newer, i)->id, &from) == NAME_REQUIREMENT)
            pairs[i] = from;
    }
    for (guint i = 0; i < n; i++) {
        const Requirement *to = RUBRIC_REQUIREMENT(newer, i);

        for (int k = 0; k < (int)older->requirements->len && pairs[i] == NOWHERE; k++) {
            const Requirement *from = RUBRIC_REQUIREMENT(older, k);

            if (is_same_level(older, from->level, newer, to->level) &&
                reads_alike(&from->title, &to->title) && !is_taken(pairs, n, k))
                pairs[i] = k;
        }
    }
}

/* ---- changes ---- */

static void clear_change(gpointer data)
{
    Change *change = data;

    g_free(change->from);
    g_free(change->to);
    g_clear_pointer(&change->parts, g_array_unref);
}

static void add(Difference *difference, ChangeKind kind, NameKind of, int older, int newer,
                const char *from, const char *to)
{
    Change change = { kind, of, older, newer, g_strdup(from), g_strdup(to), NULL };

    g_array_append_val(difference->changes, change);
}

/* Another id, another text. */
static void compare_names(Difference *difference, NameKind of, int older, int newer, const char *id,
                          const char *other_id, const Localized *text, const Localized *other_text)
{
    if (strcmp(id, other_id) != 0)
        add(difference, CHANGE_RENAMED, of, older, newer, id, other_id);
    if (g_strcmp0(localized_in(text, NULL), localized_in(other_text, NULL)) != 0)
        add(difference, CHANGE_REWORDED, of, older, newer, localized_in(text, NULL),
            localized_in(other_text, NULL));
}

/* Levels or dimensions: by id, else by title. */
static int like_of(const Rubric *rubric, NameKind of, const char *id, const Localized *title)
{
    guint n = of == NAME_LEVEL ? rubric->levels->len : rubric->dimensions->len;
    int index = NOWHERE;

    if (rubric_find(rubric, id, &index) == of)
        return index;
    for (int i = 0; i < (int)n; i++)
        if (reads_alike(title, of == NAME_LEVEL ? &RUBRIC_LEVEL(rubric, i)->title
                                                : &RUBRIC_DIMENSION(rubric, i)->title))
            return i;
    return NOWHERE;
}

static void compare_levels(Difference *difference)
{
    const Rubric *older = difference->older, *newer = difference->newer;

    for (int i = 0; i < (int)newer->levels->len; i++) {
        const Level *to = RUBRIC_LEVEL(newer, i);
        int from = like_of(older, NAME_LEVEL, to->id, &to->title);

        if (from == NOWHERE)
            add(difference, CHANGE_ADDED, NAME_LEVEL, NOWHERE, i, NULL, NULL);
        else
            compare_names(difference, NAME_LEVEL, from, i, RUBRIC_LEVEL(older, from)->id, to->id,
                          &RUBRIC_LEVEL(older, from)->title, &to->title);
    }
    for (int i = 0; i < (int)older->levels->len; i++)
        if (like_of(newer, NAME_LEVEL, RUBRIC_LEVEL(older, i)->id,
                    &RUBRIC_LEVEL(older, i)->title) == NOWHERE)
            add(difference, CHANGE_REMOVED, NAME_LEVEL, i, NOWHERE, NULL, NULL);
}

static void compare_dimensions(Difference *difference)
{
    const Rubric *older = difference->older, *newer = difference->newer;

    for (int i = 0; i < (int)newer->dimensions->len; i++) {
        const Dimension *to = RUBRIC_DIMENSION(newer, i);
        int from = like_of(older, NAME_DIMENSION, to->id, &to->title);

        if (from == NOWHERE)
            add(difference, CHANGE_ADDED, NAME_DIMENSION, NOWHERE, i, NULL, NULL);
        else
            compare_names(difference, NAME_DIMENSION, from, i, RUBRIC_DIMENSION(older, from)->id,
                          to->id, &RUBRIC_DIMENSION(older, from)->title, &to->title);
    }
    for (int i = 0; i < (int)older->dimensions->len; i++) {
        const Dimension *from = RUBRIC_DIMENSION(older, i);

        if (like_of(newer, NAME_DIMENSION, from->id, &from->title) == NOWHERE)
            add(difference, CHANGE_REMOVED, NAME_DIMENSION, i, NOWHERE, NULL, NULL);
    }
}

/* ---- questions ---- */

/* Ids of the options of `of` that `other` has, or has not; NULL if there is none. */
static char *options_of(const Question *of, const Question *other, gboolean shared)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (guint i = 0; of->options && i < of->options->len; i++) {
        const char *id = QUESTION_OPTION(of, i)->id;
        gboolean there = other->options && question_option(other, id) != NOWHERE;

        if (there == shared)
            g_ptr_array_add(ids, (gpointer)id);
    }
    if (ids->len == 0)
        return NULL;
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(", ", (char **)ids->pdata);
}

static void compare_options(Difference *difference, int older, int newer, const Question *from,
                            const Question *to)
{
    g_autofree char *added = options_of(to, from, FALSE);
    g_autofree char *removed = options_of(from, to, FALSE);
    g_autofree char *before = options_of(from, to, TRUE);
    g_autofree char *after = options_of(to, from, TRUE);

    if (added)
        add(difference, CHANGE_OPTIONS_ADDED, NAME_QUESTION, older, newer, NULL, added);
    if (removed)
        add(difference, CHANGE_OPTIONS_REMOVED, NAME_QUESTION, older, newer, removed, NULL);
    if (g_strcmp0(before, after) != 0)
        add(difference, CHANGE_OPTIONS_REORDERED, NAME_QUESTION, older, newer, before, after);
}

static void compare_question(Difference *difference, int older, int newer)
{
    const Question *from = RUBRIC_QUESTION(difference->older, older);
    const Question *to = RUBRIC_QUESTION(difference->newer, newer);

    compare_names(difference, NAME_QUESTION, older, newer, from->id, to->id, &from->ask, &to->ask);
    if (from->type != to->type)
        add(difference, CHANGE_TYPE, NAME_QUESTION, older, newer, question_type_name(from->type),
            question_type_name(to->type));
    else
        compare_options(difference, older, newer, from, to);
}

static void compare_questions(Difference *difference)
{
    guint n = difference->newer->questions->len;
    const int *pairs = difference->pairing.questions;

    for (int i = 0; i < (int)n; i++) {
        if (pairs[i] == NOWHERE)
            add(difference, CHANGE_ADDED, NAME_QUESTION, NOWHERE, i, NULL, NULL);
        else
            compare_question(difference, pairs[i], i);
    }
    for (int i = 0; i < (int)difference->older->questions->len; i++)
        if (!is_taken(pairs, n, i))
            add(difference, CHANGE_REMOVED, NAME_QUESTION, i, NOWHERE, NULL, NULL);
}

/* ---- requirements ---- */

static void compare_condition(Difference *difference, int older, int newer)
{
    static const ChangeKind KINDS[] = {
        [STRICTNESS_TIGHTER] = CHANGE_TIGHTENED,
        [STRICTNESS_LOOSER] = CHANGE_LOOSENED,
        [STRICTNESS_CHANGED] = CHANGE_CONDITION,
    };
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(PartChange));
    Strictness found = strictness_of(&difference->pairing, older, newer, parts);

    if (found == STRICTNESS_EQUAL)
        return;
    add(difference, KINDS[found], NAME_REQUIREMENT, older, newer,
        RUBRIC_REQUIREMENT(difference->older, older)->needs->value,
        RUBRIC_REQUIREMENT(difference->newer, newer)->needs->value);
    DIFFERENCE_CHANGE(difference, difference->changes->len - 1)->parts = g_steal_pointer(&parts);
}

static void compare_standing(Difference *difference, int older, int newer, const Requirement *from,
                             const Requirement *to)
{
    const char *before = RUBRIC_LEVEL(difference->older, from->level)->id;
    const char *after = RUBRIC_LEVEL(difference->newer, to->level)->id;

    if (like_of(difference->older, NAME_LEVEL, after,
                &RUBRIC_LEVEL(difference->newer, to->level)->title) != from->level)
        add(difference, CHANGE_MOVED, NAME_REQUIREMENT, older, newer, before, after);
    if (from->origin != to->origin)
        add(difference, CHANGE_ORIGIN, NAME_REQUIREMENT, older, newer, origin_name(from->origin),
            origin_name(to->origin));
    if (from->waivable != to->waivable)
        add(difference, to->waivable ? CHANGE_WAIVABLE : CHANGE_NOT_WAIVABLE, NAME_REQUIREMENT,
            older, newer, NULL, NULL);
    if ((from->kind == KIND_ADVICE) != (to->kind == KIND_ADVICE))
        add(difference, to->kind == KIND_ADVICE ? CHANGE_ADVICE : CHANGE_BINDS, NAME_REQUIREMENT,
            older, newer, NULL, NULL);
}

static void compare_requirements(Difference *difference)
{
    guint n = difference->newer->requirements->len;
    const int *pairs = difference->pairing.requirements;

    for (int i = 0; i < (int)n; i++) {
        const Requirement *to = RUBRIC_REQUIREMENT(difference->newer, i), *from;

        if (pairs[i] == NOWHERE) {
            add(difference, CHANGE_ADDED, NAME_REQUIREMENT, NOWHERE, i, NULL, to->needs->value);
            continue;
        }
        from = RUBRIC_REQUIREMENT(difference->older, pairs[i]);
        compare_names(difference, NAME_REQUIREMENT, pairs[i], i, from->id, to->id, &from->title,
                      &to->title);
        compare_standing(difference, pairs[i], i, from, to);
        compare_condition(difference, pairs[i], i);
    }
    for (int i = 0; i < (int)difference->older->requirements->len; i++)
        if (!is_taken(pairs, n, i))
            add(difference, CHANGE_REMOVED, NAME_REQUIREMENT, i, NOWHERE,
                RUBRIC_REQUIREMENT(difference->older, i)->needs->value, NULL);
}

/* ---- the whole ---- */

Difference *difference_new(const Plan *older, const Plan *newer, const Ancestor *ancestor)
{
    Difference *difference = g_new0(Difference, 1);

    difference->older = older->rubric;
    difference->newer = newer->rubric;
    difference->changes = g_array_new(FALSE, FALSE, sizeof(Change));
    g_array_set_clear_func(difference->changes, clear_change);
    difference->pairing = (Pairing){ older, newer, pairs_new(newer->rubric->questions->len),
                                     pairs_new(newer->rubric->requirements->len) };
    pair_questions(older->rubric, newer->rubric, ancestor, difference->pairing.questions);
    pair_requirements(older->rubric, newer->rubric, difference->pairing.requirements);
    compare_levels(difference);
    compare_dimensions(difference);
    compare_questions(difference);
    compare_requirements(difference);
    return difference;
}

void difference_free(Difference *difference)
{
    if (!difference)
        return;
    g_array_unref(difference->changes);
    g_free(difference->pairing.questions);
    g_free(difference->pairing.requirements);
    g_free(difference);
}

gboolean difference_is_unchanged(const Difference *difference, int newer_requirement)
{
    for (guint i = 0; i < difference->changes->len; i++) {
        const Change *change = DIFFERENCE_CHANGE(difference, i);

        if (change->of == NAME_REQUIREMENT && change->newer == newer_requirement)
            return FALSE;
    }
    return TRUE;
}
