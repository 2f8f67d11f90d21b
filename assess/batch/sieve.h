/* sieve.h - which of very many keys may occur more than once, in bounded memory. None that does is
 * missed; a few that do not are let through where memory is scarce. */
#pragma once

#include <glib.h>

typedef struct Sieve Sieve;

/* For about `n` keys: 4 bytes a key, 16 MiB at most. Free with sieve_free(). */
Sieve *sieve_new(guint64 n);
void sieve_free(Sieve *sieve);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sieve, sieve_free)

void sieve_add(Sieve *sieve, const guint64 key[2]);
/* When all are added: whether the key was added more than once, as far as can be told. */
gboolean sieve_holds(const Sieve *sieve, const guint64 key[2]);
