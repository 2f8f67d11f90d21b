/* paragraph.h - text broken into lines: Chinese between any two characters save before closing and
 * after opening punctuation, English at blanks, and never between the parts of a standard's number
 * or a number and its unit. The only user of libunistring. */
#pragma once

#include <glib.h>

#include "report/font.h"

typedef struct {
    const char *text; /* inside the text broken, without blanks at either end */
    gsize length;     /* bytes */
    double width;     /* in the unit of the size */
} Line;

/* For each byte of valid UTF-8, whether a line may end before it: 'm' must, 'y' may, 'n' may not.
 * The first byte is 'n'. Free with g_free(). */
char *paragraph_breaks(const char *text);

/* Lines of at most `width`; a piece wider than that is cut between characters. A text without
 * characters gives one empty line. The result is an array of Line that points into `text`; free
 * with g_array_unref(). */
GArray *paragraph_lines(Font *font, const char *text, double size, double width);
