/* encoding.h - what the bytes of a file are: UTF-8 text, or what else and how to mend that. Other
 * encodings are named, not decoded; decoding them belongs here. */
#pragma once

#include <glib.h>

#include "base/finding.h"

/* The text inside `bytes`, without byte order mark, its size in `size`; NULL with an error in
 * `findings` if it is not UTF-8 text with something in it. Borrowed from `bytes`; not ended by NUL,
 * and free of NUL. */
const char *encoding_text(const char *file, GBytes *bytes, gsize *size, Findings *findings);
