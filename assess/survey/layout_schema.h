/* layout_schema.h - what a layout file may hold: its sections, their keys and what a value must be,
 * in tables. Layouts are read by them, and the reference page is made from them. */
#pragma once

#include "survey/layout.h"

typedef enum {
    LAYOUT_TEXT,     /* may be translated; a Localized */
    LAYOUT_STRING,   /* a char * */
    LAYOUT_NAME,     /* of a layout; a char * */
    LAYOUT_LIST,     /* texts, folded; a char ** */
    LAYOUT_MARKS,    /* what stands between options; a char ** of folded texts */
    LAYOUT_PATTERNS, /* a GPtrArray of LayoutPattern * */
    LAYOUT_YESNO,    /* a gboolean */
    LAYOUT_WORD,     /* one of `words`; a guint */
    LAYOUT_COUNT     /* from `least` to `most`; a guint */
} LayoutType;

typedef struct {
    const char *name; /* NULL ends a table */
    LayoutType type;
    gsize offset;             /* of the value in what the section is kept in */
    const char *const *words; /* of a word, in the order of its enum; ends with NULL */
    guint least, most;        /* of a count */
    gboolean is_required;
    const char *help;
} LayoutKey;

typedef struct {
    const char *kind; /* NULL ends the table */
    gsize array;      /* of a section with a name: offset of the GArray in Layout; 0: it has none */
    gsize size;       /* of the array's elements, whose first member is the name */
    const LayoutKey *keys;
    const char *help;
} LayoutSection;

const LayoutSection *layout_sections(void);
const LayoutSection *layout_section(const char *kind);
const char *layout_nearest_section(const char *kind);
const LayoutKey *layout_key(const LayoutSection *section, const char *key);
const char *layout_nearest_key(const LayoutSection *section, const char *key);
/* What a value of the key must be, for messages: "yes or no". Free with g_free(). */
char *layout_expected(const LayoutKey *key);
/* The text that an item of LAYOUT_MARKS names: "comma" is ",". Borrowed. */
const char *layout_mark(const char *item);
