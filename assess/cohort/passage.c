#include "cohort/passage.h"

#include "report/json_node.h"

struct Passage {
    gboolean writes;
    json_t *top;
    GPtrArray *open; /* of json_t *: the objects that are open, the last the inner one; NULL for one
                        that is not there */
    GString *path;   /* their names, for the fault */
    char *fault;
};

static Passage *passage_new(json_t *top, gboolean writes)
{
    Passage *passage = g_new0(Passage, 1);

    passage->writes = writes;
    passage->top = top;
    passage->open = g_ptr_array_new();
    passage->path = g_string_new(NULL);
    g_ptr_array_add(passage->open, top);
    return passage;
}

Passage *passage_writer(void)
{
    return passage_new(json_object(), TRUE);
}

Passage *passage_reader(GBytes *text)
{
    json_t *top = json_node_read(text);

    if (json_is_object(top))
        return passage_new(top, FALSE);
    json_decref(top);
    return NULL;
}

void passage_free(Passage *passage)
{
    if (!passage)
        return;
    json_decref(passage->top);
    g_ptr_array_unref(passage->open);
    g_string_free(passage->path, TRUE);
    g_free(passage->fault);
    g_free(passage);
}

char *passage_end(const Passage *passage)
{
    return json_node_text(passage->top, TRUE);
}

gboolean passage_writes(const Passage *passage)
{
    return passage->writes;
}

void passage_complain(Passage *passage, const char *key, const char *what)
{
    if (!passage->fault)
        passage->fault = g_strdup_printf("has at \"%s%s\" %s", passage->path->str, key, what);
}

const char *passage_fault(const Passage *passage)
{
    return passage->fault;
}

/* The object that is open. */
static json_t *inner(const Passage *passage)
{
    return passage->open->pdata[passage->open->len - 1];
}

static void put(const Passage *passage, const char *key, json_t *value)
{
    json_node_set(inner(passage), key, value);
}

void passage_open(Passage *passage, const char *key)
{
    json_t *object;

    if (passage->writes) {
        object = json_object();
        put(passage, key, object);
    } else {
        object = json_object_get(inner(passage), key);
        if (object && !json_is_object(object)) {
            passage_complain(passage, key, "no object");
            object = NULL;
        }
        g_string_append_printf(passage->path, "%s.", key);
    }
    g_ptr_array_add(passage->open, object);
}

void passage_close(Passage *passage)
{
    gsize at;

    g_ptr_array_set_size(passage->open, (int)passage->open->len - 1);
    if (passage->writes)
        return;
    for (at = passage->path->len - 1; at > 0 && passage->path->str[at - 1] != '.'; at--)
        ;
    g_string_truncate(passage->path, at);
}

GPtrArray *passage_names(const Passage *passage)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *key;
    json_t *value;

    json_object_foreach(inner(passage), key, value)
    {
        g_ptr_array_add(names, g_strdup(key));
    }
    return names;
}

gboolean passage_has(const Passage *passage, const char *key)
{
    return json_object_get(inner(passage), key) != NULL;
}

void passage_number(Passage *passage, const char *key, gint64 *number)
{
    const json_t *value;

    if (passage->writes) {
        put(passage, key, *number == PASSAGE_NULL ? json_null() : json_integer(*number));
        return;
    }
    value = json_object_get(inner(passage), key);
    *number = 0;
    if (!value)
        return;
    if (json_is_null(value))
        *number = PASSAGE_NULL;
    else if (json_is_integer(value) && json_integer_value(value) >= 0)
        *number = json_integer_value(value);
    else
        passage_complain(passage, key, "no whole number, 0 or more");
}

void passage_text(Passage *passage, const char *key, char **text)
{
    const json_t *value;

    if (passage->writes) {
        put(passage, key, *text ? json_string(*text) : json_null());
        return;
    }
    value = json_object_get(inner(passage), key);
    *text = NULL;
    if (!value || json_is_null(value))
        return;
    if (json_is_string(value))
        *text = g_strdup(json_string_value(value));
    else
        passage_complain(passage, key, "no text");
}

void passage_flag(Passage *passage, const char *key, gboolean *flag)
{
    const json_t *value;

    if (passage->writes) {
        put(passage, key, json_boolean(*flag));
        return;
    }
    value = json_object_get(inner(passage), key);
    *flag = FALSE;
    if (!value)
        return;
    if (json_is_boolean(value))
        *flag = json_is_true(value);
    else
        passage_complain(passage, key, "neither true nor false");
}
