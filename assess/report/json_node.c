#include "report/json_node.h"

#include <stdlib.h>

void json_node_set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck(object, key, value);
}

char *json_node_text(const json_t *node, gboolean indented)
{
    char *text = json_dumps(node, JSON_REAL_PRECISION(JSON_REAL_DIGITS) |
                                      (indented ? JSON_INDENT(2) : JSON_COMPACT));
    char *result = g_strconcat(text, "\n", NULL);

    free(text);
    return result;
}

json_t *json_node_read(GBytes *text)
{
    gsize size;
    const char *at = g_bytes_get_data(text, &size);

    return size > 0 && size <= JSON_READ_LIMIT ? json_loadb(at, size, JSON_REJECT_DUPLICATES, NULL)
                                               : NULL;
}
