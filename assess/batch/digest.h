/* digest.h - 128 bits of a text, by SipHash-2-4 with a fixed key: equal texts have equal ones,
 * others never by chance. The same on every machine. */
#pragma once

#include <glib.h>

/* `kind` keeps texts of different kinds apart. Never both 0. */
void digest_of(guint8 kind, const char *text, gsize length, guint64 digest[2]);
