#include "cohort/passage.h"

Passage *passage_writer(void)
{
    Passage *passage = g_new0(Passage, 1);

    passage->out = g_variant_builder_new(G_VARIANT_TYPE_VARDICT);
    passage->path = g_string_new(NULL);
    return passage;
}

static void unref_object(gpointer object)
{
    if (object)
        g_variant_unref(object);
}

Passage *passage_reader(GVariant *tree)
{
    Passage *passage = g_new0(Passage, 1);

    passage->in = g_ptr_array_new_with_free_func(unref_object);
    passage->path = g_string_new(NULL);
    g_ptr_array_add(passage->in, g_variant_ref(tree));
    return passage;
}

void passage_free(Passage *passage)
{
    if (!passage)
        return;
    g_clear_pointer(&passage->out, g_variant_builder_unref);
    g_clear_pointer(&passage->in, g_ptr_array_unref);
    g_string_free(passage->path, TRUE);
    g_free(passage->fault);
    g_free(passage);
}

GVariant *passage_end(Passage *passage)
{
    return g_variant_ref_sink(g_variant_builder_end(passage->out));
}

gboolean passage_writes(const Passage *passage)
{
    return passage->out != NULL;
}

void passage_complain(Passage *passage, const char *key, const char *what)
{
    if (!passage->fault)
        passage->fault = g_strdup_printf("has at \"%s%s\" %s", passage->path->str, key, what);
}

/* The object that is open; NULL for one that is not there. */
static GVariant *inner(const Passage *passage)
{
    return passage->in->pdata[passage->in->len - 1];
}

static GVariant *member(const Passage *passage, const char *key)
{
    GVariant *object = inner(passage);

    return object ? g_variant_lookup_value(object, key, NULL) : NULL;
}

void passage_open(Passage *passage, const char *key)
{
    GVariant *object;

    if (passage->out) {
        g_variant_builder_open(passage->out, G_VARIANT_TYPE("{sv}"));
        g_variant_builder_add(passage->out, "s", key);
        g_variant_builder_open(passage->out, G_VARIANT_TYPE_VARIANT);
        g_variant_builder_open(passage->out, G_VARIANT_TYPE_VARDICT);
        return;
    }
    object = member(passage, key);
    if (object && !g_variant_is_of_type(object, G_VARIANT_TYPE_VARDICT)) {
        passage_complain(passage, key, "no object");
        g_clear_pointer(&object, g_variant_unref);
    }
    g_ptr_array_add(passage->in, object);
    g_string_append_printf(passage->path, "%s.", key);
}

void passage_close(Passage *passage)
{
    gsize at;

    if (passage->out) {
        g_variant_builder_close(passage->out);
        g_variant_builder_close(passage->out);
        g_variant_builder_close(passage->out);
        return;
    }
    g_ptr_array_set_size(passage->in, (int)passage->in->len - 1);
    for (at = passage->path->len - 1; at > 0 && passage->path->str[at - 1] != '.'; at--)
        ;
    g_string_truncate(passage->path, at);
}

GPtrArray *passage_names(const Passage *passage)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GVariant *object = inner(passage);

    for (gsize i = 0; object && i < g_variant_n_children(object); i++) {
        g_autoptr(GVariant) entry = g_variant_get_child_value(object, i);
        g_autoptr(GVariant) key = g_variant_get_child_value(entry, 0);

        g_ptr_array_add(names, g_variant_dup_string(key, NULL));
    }
    return names;
}

gboolean passage_has(const Passage *passage, const char *key)
{
    g_autoptr(GVariant) value = member(passage, key);

    return value != NULL;
}

static void put(Passage *passage, const char *key, GVariant *value)
{
    g_variant_builder_add(passage->out, "{sv}", key, value);
}

static GVariant *null(void)
{
    return g_variant_new_maybe(G_VARIANT_TYPE_VARIANT, NULL);
}

static gboolean is_null(GVariant *value)
{
    return g_variant_classify(value) == G_VARIANT_CLASS_MAYBE;
}

void passage_number(Passage *passage, const char *key, gint64 *number)
{
    g_autoptr(GVariant) value = NULL;

    if (passage->out) {
        put(passage, key, *number == PASSAGE_NULL ? null() : g_variant_new_int64(*number));
        return;
    }
    value = member(passage, key);
    *number = 0;
    if (!value)
        return;
    if (is_null(value))
        *number = PASSAGE_NULL;
    else if (g_variant_is_of_type(value, G_VARIANT_TYPE_INT64) && g_variant_get_int64(value) >= 0)
        *number = g_variant_get_int64(value);
    else
        passage_complain(passage, key, "no whole number, 0 or more");
}

void passage_text(Passage *passage, const char *key, char **text)
{
    g_autoptr(GVariant) value = NULL;

    if (passage->out) {
        put(passage, key, *text ? g_variant_new_string(*text) : null());
        return;
    }
    value = member(passage, key);
    *text = NULL;
    if (!value || is_null(value))
        return;
    if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
        *text = g_variant_dup_string(value, NULL);
    else
        passage_complain(passage, key, "no text");
}

void passage_flag(Passage *passage, const char *key, gboolean *flag)
{
    g_autoptr(GVariant) value = NULL;

    if (passage->out) {
        put(passage, key, g_variant_new_boolean(*flag));
        return;
    }
    value = member(passage, key);
    *flag = FALSE;
    if (!value)
        return;
    if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
        *flag = g_variant_get_boolean(value);
    else
        passage_complain(passage, key, "neither true nor false");
}
