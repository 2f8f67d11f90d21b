#include "survey/survey_columns.h"

#include "survey/survey.h"

static SurveyColumn *column_at(const GArray *all, guint index)
{
    return &g_array_index(all, SurveyColumn, index);
}

static void bind_in_order(GArray *all, const Binder *binder, const GArray *columns)
{
    guint first = g_array_index(columns, guint, 0);
    g_autoptr(GArray) questions = binder_namesakes(binder, column_at(all, first)->name);

    for (guint i = 0; columns->len == questions->len && i < columns->len; i++) {
        SurveyColumn *column = column_at(all, g_array_index(columns, guint, i));

        column->binding = (Binding){ .kind = BINDING_QUESTION,
                                     .index = g_array_index(questions, int, i),
                                     .option = NOWHERE,
                                     .by = BOUND_BY_ORDER };
    }
}

static void add_namesake(const GArray *all, const Binder *binder, guint index,
                         GHashTable *columns_of)
{
    g_autoptr(GArray) questions = binder_namesakes(binder, column_at(all, index)->name);
    gpointer key;
    GArray *columns;

    if (questions->len == 0)
        return;
    key = GINT_TO_POINTER(g_array_index(questions, int, 0) + 1);
    columns = g_hash_table_lookup(columns_of, key);
    if (!columns) {
        columns = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(columns_of, key, columns);
    }
    g_array_append_val(columns, index);
}

/* Questions asked in the same words have columns of the same name, numbers aside: they are bound in
 * their order, if there are as many. */
static void bind_namesakes(GArray *all, const Binder *binder)
{
    g_autoptr(GHashTable) columns_of = /* by the first question and 1: of guint */
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);

    GHashTableIter iter;
    gpointer key, columns;

    for (guint i = 0; i < all->len; i++)
        if (column_at(all, i)->binding.kind == BINDING_NOTHING)
            add_namesake(all, binder, i, columns_of);
    g_hash_table_iter_init(&iter, columns_of);
    while (g_hash_table_iter_next(&iter, &key, &columns))
        bind_in_order(all, binder, columns);
}

/* What a column is by an alias it is only if no other column is it. */
static void yield_alias(GArray *all, guint index)
{
    Binding *binding = &column_at(all, index)->binding;

    for (guint i = 0; i < all->len; i++) {
        const Binding *other = &column_at(all, i)->binding;

        if (i == index || other->kind != binding->kind || other->index != binding->index ||
            (other->by == BOUND_BY_ALIAS && i > index))
            continue;
        *binding = (Binding){ .kind = BINDING_NOTHING, .index = NOWHERE, .option = NOWHERE };
        return;
    }
}

void survey_columns_settle(GArray *columns, const Binder *binder)
{
    bind_namesakes(columns, binder);
    for (guint i = columns->len; i-- > 0;)
        if (column_at(columns, i)->binding.by == BOUND_BY_ALIAS)
            yield_alias(columns, i);
}
