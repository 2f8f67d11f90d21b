/* encoding.h - in what encoding a file is written, and how that was found: by its byte order mark,
 * by the places of its zero bytes, by being UTF-8 strictly, else by what its bytes decode to. A
 * guess is told. Finding needs the beginning of a file only; decoding.h decodes and is strict. */
#pragma once

#include <glib.h>

#include "base/finding.h"

typedef enum {
    ENCODING_NAMED,   /* by the person */
    ENCODING_MARK,    /* a byte order mark */
    ENCODING_ZEROS,   /* the places of zero bytes: UTF-16 */
    ENCODING_ASCII,   /* nothing beyond ASCII so far, which is UTF-8 */
    ENCODING_VALID,   /* UTF-8, strictly */
    ENCODING_LETTERS, /* decodes strictly to what people write, and nothing speaks against it */
    ENCODING_GUESS,   /* the same, but other encodings would do, too, or seem likelier */
    ENCODING_NONE     /* none fits; most of it is UTF-8, or nothing is better */
} EncodingReason;

typedef struct {
    const char *name; /* "UTF-8", "GB18030"; what iconv knows; static or interned */
    EncodingReason reason;
    gsize mark;       /* bytes of the byte order mark */
    const char *also; /* of a guess: what else it may be; NULL */
} EncodingFound;

/* Find the encoding of what begins with `head`. `is_whole`: there is nothing behind it. `wanted`, a
 * result of encoding_name(), overrides what would be found; NULL: find it. FALSE with `problem`
 * (free with g_free()) if a library that finding needs is not there. */
gboolean encoding_find(const char *head, gsize size, gboolean is_whole, const char *wanted,
                       EncodingFound *found, char **problem);
/* Tell of a guess a warning, of another encoding than UTF-8 a note. */
void encoding_tell(const EncodingFound *found, const char *file, Findings *findings);

/* How it was found, as an id: "mark". Static. */
const char *encoding_reason_id(EncodingReason reason);
/* Our name of the encoding that a person calls `name` ("gbk" is GB18030), any that iconv knows;
 * NULL if it knows none. */
const char *encoding_name(const char *name);
/* The names that are found, NULL-terminated. */
const char *const *encoding_names(void);
