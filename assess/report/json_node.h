/* json_node.h - the fence around jansson: nodes of JSON as all who write or read them do it. */
#pragma once

#include <glib.h>
#include <jansson.h>

enum {
    JSON_REAL_DIGITS = 15,             /* that a double gives back unchanged */
    JSON_READ_LIMIT = 16 * 1024 * 1024 /* bytes of a text that is read */
};

/* Put a value, which is taken, into an object; keys are in UTF-8. */
void json_node_set(json_t *object, const char *key, json_t *value);
/* On one line or indented, ending in a line break. Free with g_free(). */
char *json_node_text(const json_t *node, gboolean indented);
/* NULL if the text is no JSON, names a member twice, or is larger than JSON_READ_LIMIT. Free with
 * json_decref(). */
json_t *json_node_read(GBytes *text);
