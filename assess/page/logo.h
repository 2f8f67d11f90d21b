/* logo.h - a picture that a template brings: a PNG file, read whole and laid on white, so that a
 * format only has to put its dots down. Immutable. */
#pragma once

#include <glib.h>

enum {
    LOGO_BYTES_LIMIT = 1024 * 1024, /* of the file */
    LOGO_DOTS_LIMIT = 2000          /* across and down */
};

typedef struct {
    GBytes *png; /* the file as it is */
    guint width, height;
    guint8 *dots; /* red, green, blue; row by row from the top */
} Logo;

/* NULL with `fault`, which says what is wrong after the file's name ("is not a PNG file"); free it
 * with g_free(). 8 bits a colour, not interlaced. Free with logo_free(). */
Logo *logo_load(const char *path, char **fault);
void logo_free(Logo *logo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Logo, logo_free)
