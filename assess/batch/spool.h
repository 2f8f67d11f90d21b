/* spool.h - whole numbers set aside in order, in bounded memory: what is too many for it goes to a
 * file without a name. */
#pragma once

#include <glib.h>

enum { SPOOL_NUMBERS = 32 * 1024 /* held in memory, and as many while they are read */ };

typedef struct Spool Spool;

/* The file is made in `folder`, which is borrowed, when it is needed. Free with spool_free(). */
Spool *spool_new(const char *folder);
void spool_free(Spool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_free)

/* FALSE and FILE_IO_ERROR_WRITE. */
gboolean spool_add(Spool *spool, guint64 number, GError **error);
/* How many there are. */
guint64 spool_count(const Spool *spool);
/* The one at that place, from 0; quick if places are asked for in order. FALSE and
 * FILE_IO_ERROR_READ. */
gboolean spool_get(Spool *spool, guint64 place, guint64 *number, GError **error);
/* Forget all of them. */
void spool_clear(Spool *spool);
