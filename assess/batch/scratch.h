/* scratch.h - a file without a name, gone when it is closed: for what does not fit into memory. */
#pragma once

#include <glib.h>

/* -1 with `errno` if it cannot be made in the folder. */
int scratch_open(const char *folder);
/* All of it, from byte `offset` on. FALSE with `errno`; EIO where the file ends before. */
gboolean scratch_write(int fd, const void *data, gsize size, guint64 offset);
gboolean scratch_read(int fd, void *data, gsize size, guint64 offset);
