/* tty.h - what kind of place our words go to. */
#pragma once

#include <glib.h>

enum { TTY_COLUMNS = 80 }; /* the width we write for, and the widest we use */

/* Whether colour is wanted on this file descriptor: a terminal, not "dumb", and NO_COLOR not set.
 */
gboolean tty_has_colour(int fd);
gboolean tty_is_terminal(int fd);
/* Columns to write in: the terminal's, at most TTY_COLUMNS and at least 40; TTY_COLUMNS elsewhere.
 */
guint tty_columns(int fd);
