/* layout_pattern.h - how a tool names a column: text with places such as "{question}[{option}]".
 * Immutable. */
#pragma once

#include "survey/layout.h"

typedef enum {
    PLACE_NONE,
    PLACE_QUESTION, /* id or wording */
    PLACE_OPTION,   /* id or title of one of its options */
    PLACE_POSITION, /* digits: which of its options, from 1 */
    PLACE_NUMBER,   /* digits */
    PLACE_ANY       /* any text */
} LayoutPlace;

/* The pattern of a text. NULL with `problem` (free with g_free()) and its byte `offset` if it is
 * none. Free with layout_pattern_free(). */
LayoutPattern *layout_pattern_new(const char *source, char **problem, gsize *offset);
void layout_pattern_free(LayoutPattern *pattern);
gboolean layout_pattern_has(const LayoutPattern *pattern, LayoutPlace place);

/* What the texts in a name mean; NOWHERE for nothing. */
typedef struct {
    int (*question)(const char *text, gpointer data);
    /* `question` is NOWHERE where the pattern has none before: then it is set, too. `position` is
     * from 1 and `text` NULL, or 0. */
    int (*option)(int *question, const char *text, guint position, gpointer data);
    gpointer data;
} LayoutLookup;

/* Whether a folded name is of this pattern, and of what; `question` and `option` are NOWHERE where
 * it has none. */
gboolean layout_pattern_match(const LayoutPattern *pattern, const char *name,
                              const LayoutLookup *lookup, int *question, int *option);

/* Whether `text` matches `mask`, in which `*` is any text. */
gboolean layout_mask_match(const char *mask, const char *text);
