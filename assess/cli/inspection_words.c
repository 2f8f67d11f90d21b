#include "cli/inspection_words.h"

#include <string.h>

#include "base/text.h"

const char *inspection_is(const Inspection *inspection)
{
    if (inspection->shape)
        return inspection->shape->id;
    if (inspection->is_sheet)
        return inspection->is_form ? "form" : "sheet";
    if (inspection->survey && survey_is_long(inspection->survey))
        return "long";
    return inspection->is_text ? "table" : "text";
}

char *inspection_column_name(const Inspection *inspection, guint column)
{
    const char *name = inspection->names[column];
    Personal personal = personal_text(name, strlen(name));

    return personal == PERSONAL_NOT ? g_strdup(name)
                                    : g_strdup_printf("(%s)", personal_name(personal));
}

const Binding *inspection_binding(const Inspection *inspection, guint column)
{
    return inspection->survey ? &survey_column(inspection->survey, column)->binding : NULL;
}

const char *inspection_kind(const Binding *binding)
{
    static const char *const KINDS[] = {
        [BINDING_NOTHING] = NULL,    [BINDING_UNNAMED] = NULL,
        [BINDING_META] = "meta",     [BINDING_IGNORED] = "ignored",
        [BINDING_OTHER] = "other",   [BINDING_QUESTION] = "question",
        [BINDING_OPTION] = "option", [BINDING_EVIDENCE] = "evidence",
        [BINDING_WAIVER] = "waiver",
    };

    return binding ? KINDS[binding->kind] : NULL;
}

const char *inspection_bound_by(const Binding *binding)
{
    static const char *const WORDS[] = {
        [BOUND_BY_NOTHING] = NULL,      [BOUND_BY_ID] = "id",
        [BOUND_BY_WORDING] = "wording", [BOUND_BY_PATTERN] = "pattern",
        [BOUND_BY_HEADER] = "header",   [BOUND_BY_ORDER] = "order",
        [BOUND_BY_ALIAS] = "alias",     [BOUND_BY_MAP] = "map",
    };

    return binding ? WORDS[binding->by] : NULL;
}

static const Rubric *rubric_of(const Inspection *inspection)
{
    return vocabulary_rubric(survey_vocabulary(inspection->survey));
}

const char *inspection_answers(const Inspection *inspection, guint column)
{
    const Binding *binding = inspection_binding(inspection, column);

    if (!binding || binding->kind < BINDING_OTHER || binding->index < 0)
        return NULL;
    return binding->kind == BINDING_WAIVER
               ? RUBRIC_REQUIREMENT(rubric_of(inspection), binding->index)->id
               : RUBRIC_QUESTION(rubric_of(inspection), binding->index)->id;
}

const char *inspection_option(const Inspection *inspection, guint column)
{
    const Binding *binding = inspection_binding(inspection, column);

    if (!binding || binding->kind != BINDING_OPTION)
        return NULL;
    return QUESTION_OPTION(RUBRIC_QUESTION(rubric_of(inspection), binding->index), binding->option)
        ->id;
}

guint inspection_n_bound(const Inspection *inspection)
{
    guint n = 0;

    for (guint i = 0; i < inspection_n_columns(inspection); i++)
        n += inspection->survey && inspection_binding(inspection, i)->kind >= BINDING_QUESTION;
    return n;
}

/* Whether a column of that question has an answer in it. */
static gboolean has_answers(const Inspection *inspection, guint question)
{
    for (guint i = 0; i < inspection_n_columns(inspection); i++) {
        const Binding *binding = inspection_binding(inspection, i);

        if ((binding->kind == BINDING_QUESTION || binding->kind == BINDING_OPTION) &&
            binding->index == (int)question && contents_column(inspection->contents, i)->filled > 0)
            return TRUE;
    }
    return FALSE;
}

GPtrArray *inspection_unanswered(const Inspection *inspection, const Rubric *rubric,
                                 gboolean is_wide)
{
    GPtrArray *ids = g_ptr_array_new();

    for (guint i = 0; i < rubric->questions->len; i++)
        if (is_wide ? !has_answers(inspection, i) : !survey_has(inspection->survey, (int)i))
            g_ptr_array_add(ids, RUBRIC_QUESTION(rubric, i)->id);
    return ids;
}
