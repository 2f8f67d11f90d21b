#include "cli/tty.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { NARROWEST = 40 };

gboolean tty_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

gboolean tty_has_colour(int fd)
{
    const char *no_colour = g_getenv("NO_COLOR");

    if (no_colour && *no_colour != '\0')
        return FALSE;
    return tty_is_terminal(fd) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

guint tty_columns(int fd)
{
    struct winsize size = { 0 };

    if (!tty_is_terminal(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return TTY_COLUMNS;
    return CLAMP(size.ws_col, NARROWEST, TTY_COLUMNS);
}
