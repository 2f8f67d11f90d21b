/* ini.h - an INI file with positions. iniparser loads the values; our own scan of the lines finds
 * what iniparser does not tell: line numbers, duplicates, values cut at `;` or `#`, over-long
 * lines, a missing closing quote. Sections are "[kind name]"; keys are "key", "key[lang]" and their
 * continuations "key.2", "key[lang].2". A value in double quotes may hold `;` and `#`; in it `\n`
 * is a line break and `''` a double quote. Single quotes do not quote: a value that begins with one
 * is refused, because iniparser would strip it. A comment after an unquoted value, a closing quote
 * or a section's head begins with `;` or `#`; after a value a blank stands before it. A line that
 * ends in a backslash is refused: long values go on in key.2. A byte order mark at the start is
 * skipped. Section and key names are told apart exactly; two that differ in letter case only are
 * refused as equal. Read only after ini_load(). */
#pragma once

#include <glib.h>

#include "base/finding.h"

enum {
    INI_LINE_LIMIT = 1000,             /* bytes of a line; iniparser's own buffer ends at 1,022 */
    INI_NAME_LIMIT = 200,              /* bytes of a section's head or of a key */
    INI_PARTS_LIMIT = 999,             /* pieces of a value: key, key.2, ..., key.999 */
    INI_SIZE_LIMIT = 16 * 1024 * 1024, /* bytes of a file */
    INI_FAULTS_LIMIT = 200             /* faults of one text; the rest of it is not read then */
};

typedef struct {
    char *key;      /* without language and continuation number */
    char *language; /* "zh"; NULL if none */
    char *value;    /* continuations joined: see ini_list() for lists */
    GArray *parts;  /* of IniPart: where the pieces of `value` stand */
    const char *file;
    guint line, column; /* of the key */
    gboolean is_broken; /* a line of it has a fault, told already: `value` is a guess */
} IniEntry;

typedef struct {
    char *kind; /* "question" of [question maturity] */
    char *name; /* "maturity"; NULL if none */
    const char *file;
    guint line, column; /* of the opening bracket */
    guint name_column;  /* of the name; of the kind if there is none */
    gboolean is_broken; /* the head has a fault, told already: kind and name are a guess */
    gboolean
        is_mixed; /* seems to hold the keys of a second one whose head is missing, told already */
    gboolean is_torn; /* a line of it could not be read at all, told already: keys may be missing */
    GPtrArray *entries; /* of IniEntry *, in the order of the file */
} IniSection;

typedef struct {
    char *path;          /* as given; "-" is standard input */
    GBytes *bytes;       /* the file's */
    char *sha256;        /* of them */
    GPtrArray *sections; /* of IniSection *, in the order of the file */
    GPtrArray *lines;    /* of char *: the source, for excerpts */
    GPtrArray *bases;    /* of Ini *: files merged into this one, kept for their lines */
    GHashTable *index;   /* "kind name" in lower case -> IniSection *, see ini_section() */
    gboolean is_cut;     /* not read to its end, told already */
    gboolean is_mended;  /* bytes that are no UTF-8 were replaced, told already */
    gboolean has_mixed;  /* a section is mixed */
    gboolean has_stray;  /* keys before the first section, told already */
} Ini;

/* Read a file. NULL with `error` only if it could not be read; faults of the text go to `findings`,
 * all of them, and the rest is still returned. Free with ini_free(). */
Ini *ini_load(const char *path, Findings *findings, GError **error);
/* The same, with nothing read of sections of a kind but their heads. */
Ini *ini_load_without(const char *path, const char *kind, Findings *findings, GError **error);
/* From memory; `path` names the text in findings. */
Ini *ini_parse(const char *path, GBytes *bytes, Findings *findings);
/* Put `base` under `over`: sections of `over` add to those of `base`, its keys replace. Takes
 * `base`. */
void ini_merge(Ini *over, Ini *base);
/* The hash of its file, then of those merged into it, with commas between them: what it all says is
 * the same where this is. Free with g_free(). */
char *ini_hashes(const Ini *ini);
void ini_free(Ini *ini);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ini, ini_free)

/* The section of this kind and name (NULL: without a name), or NULL. */
const IniSection *ini_section(const Ini *ini, const char *kind, const char *name);
/* The entry without language, or NULL. */
const IniEntry *ini_entry(const IniSection *section, const char *key);
/* Its value, or NULL. */
const char *ini_value(const IniSection *section, const char *key);

/* Place of byte `offset` of an entry's value, with the excerpt of its line; valid as long as the
 * file. */
Place ini_place(const Ini *ini, const IniEntry *entry, gsize offset);
/* Place of an entry's key, of a section's head. */
Place ini_key_place(const Ini *ini, const IniEntry *entry);
Place ini_section_place(const Ini *ini, const IniSection *section);
/* Place of the name in a section's head, `name` characters wide; of the kind if there is no name.
 */
Place ini_name_place(const Ini *ini, const IniSection *section);

/* The items of a comma-separated value, trimmed, joined over continuations. Empty items are kept,
 * so that a reader can complain. `offsets` (may be NULL) gets the byte offset of each item in the
 * value. Free with g_strfreev(). */
char **ini_list(const IniEntry *entry, GArray **offsets);

typedef struct {
    gsize offset;  /* in the value: where this piece begins */
    guint line;    /* where it stands */
    guint column;  /* characters from 1: of the first character of the text, after a quote */
    guint comment; /* characters from 1: of the `;` or `#` that ends an unquoted text; 0 if none
                      does */
    gboolean quoted;
} IniPart;
