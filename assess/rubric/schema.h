/* schema.h - the sections and keys that a rubric file may have: what kind of value each takes, and
 * what it says. The tables check a file, propose what a misspelt word may have meant, and are the
 * source of the format's reference. */
#pragma once

#include <glib.h>

typedef enum {
    VALUE_TEXT,      /* translated; stands in double quotes if it has `;` or `#` */
    VALUE_STRING,    /* a text without translations */
    VALUE_CONDITION, /* compiled by rules/ */
    VALUE_ID,        /* one id */
    VALUE_IDS,       /* ids, comma-separated */
    VALUE_NUMBER,    /* a decimal */
    VALUE_NUMBERS,   /* decimals, comma-separated */
    VALUE_POSITIVE,  /* a decimal, 0 or more */
    VALUE_RATIO,     /* 0 to 1, or 0% to 100% */
    VALUE_YESNO,     /* yes or no */
    VALUE_WORD,      /* one of `words` */
    VALUE_DATE,      /* ISO 8601 */
    VALUE_EDITION,   /* 2025, 2025.1, 2025-04 */
    VALUE_REFERENCE, /* id@edition */
    VALUE_RUBRICS,   /* id or id@edition, comma-separated */
    VALUE_FORMAT,    /* the version of the format */
    VALUE_RAISES,    /* question:option or question:number, comma-separated */
    VALUE_ANSWER     /* an answer to a question, read when the case is run */
} ValueType;

typedef struct {
    const char
        *name; /* "title"; "title." for title.OPTION; "weight " for weight NAME; "" for any id */
    ValueType type;
    gboolean is_required;
    const char *help;         /* one line, lower case */
    const char *const *words; /* of VALUE_WORD, NULL-terminated */
} SchemaKey;

typedef enum { SECTION_PLAIN, SECTION_ID, SECTION_EDITION } SectionName;

typedef struct {
    const char *kind;
    SectionName name;      /* whether "[kind]" is followed by nothing, an id or an edition */
    const SchemaKey *keys; /* ends with a NULL name */
    const char *help;
} SchemaSection;

/* All kinds of sections; ends with a NULL kind. */
const SchemaSection *schema_sections(void);
/* The section of this kind, or NULL. */
const SchemaSection *schema_section(const char *kind);
/* The key that `key` is an instance of, or NULL. */
const SchemaKey *schema_key(const SchemaSection *section, const char *key);
/* The kind or key that was most likely meant, or NULL. */
const char *schema_nearest_section(const char *kind);
const char *schema_nearest_key(const SchemaSection *section, const char *key);
/* Whether a section's name of this kind may not be used as an id: it has a meaning in conditions or
 * cases. */
gboolean schema_is_reserved(const char *id);
/* The same for options, which have fewer such words. */
gboolean schema_is_reserved_option(const char *id);
/* "one of a, b, c": what a key takes, for messages. Free with g_free(). */
char *schema_expected(const SchemaKey *key);
