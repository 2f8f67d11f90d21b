/* template_schema.h - what a template file may hold: its sections, their keys and what a value must
 * be, in tables. The checker reads templates by them, and the reference page is made from them.
 * Words are no part of it: which there are is said by the template below all others. */
#pragma once

#include <glib.h>

typedef enum {
    TEMPLATE_TEXT,   /* may be translated, and hold places to be filled: "{company}" */
    TEMPLATE_STRING, /* the same in all languages */
    TEMPLATE_NAME,   /* of a template */
    TEMPLATE_BLOCKS,
    TEMPLATE_YESNO,
    TEMPLATE_SIZE,   /* of a page */
    TEMPLATE_POINTS, /* from `least` to `most` */
    TEMPLATE_COLOUR,
    TEMPLATE_STYLE,
    TEMPLATE_IMAGE /* path of a PNG file, from the template's folder */
} TemplateType;

typedef struct {
    const char *name; /* NULL ends a table */
    TemplateType type;
    const char *places; /* of a text: names, with a blank before and after each; NULL for none */
    double least, most;
    const char *help;
} TemplateKey;

typedef enum {
    TEMPLATE_KEYS,    /* one section of that kind, with the keys of its table */
    TEMPLATE_WORDS,   /* one section: words by the names that the template below has */
    TEMPLATE_COHORT,  /* the same of the template of cohorts; need not be there */
    TEMPLATE_FIGURES, /* sections with a name: figures by the columns of [references] */
    TEMPLATE_MESSAGES /* sections with a name that the template below has: messages */
} TemplateForm;

typedef struct {
    const char *kind; /* NULL ends the table */
    TemplateForm form;
    const TemplateKey *keys; /* NULL but for TEMPLATE_KEYS */
    const char *help;
} TemplateSection;

/* All sections; the one of a kind, NULL if there is none; the nearest kind that there is, or NULL.
 */
const TemplateSection *template_sections(void);
const TemplateSection *template_section(const char *kind);
const char *template_nearest_section(const char *kind);
/* A key of a section with keys, NULL if it has none of that name; the nearest that it has, or NULL.
 */
const TemplateKey *template_key(const TemplateSection *section, const char *key);
const char *template_nearest_key(const TemplateSection *section, const char *key);
/* What a value of the key must be, for messages: "yes or no". Free with g_free(). */
char *template_expected(const TemplateKey *key);
