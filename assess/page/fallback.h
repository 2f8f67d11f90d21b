/* fallback.h - further fonts, asked in their order for characters that the font of a report lacks.
 * They are looked for and opened when the first such character turns up, most reports need none; a
 * family that is not installed, or that has no TrueType outlines, is passed over. Shared by
 * threads. */
#pragma once

#include "page/face.h"

enum { FALLBACK_LIMIT = 4 /* fonts */ };

typedef struct Fallback Fallback;

/* `families`: names parted by commas, FALLBACK_LIMIT at most are taken; NULL: none. Free with
 * fallback_free(). */
Fallback *fallback_new(const char *families);
void fallback_free(Fallback *fallback);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fallback, fallback_free)

/* The font at a place below FALLBACK_LIMIT; NULL if there is none to use. Borrowed. */
const Face *fallback_face(Fallback *fallback, guint place);
