/* paragraph.h - text broken into lines where parting.h lets it part: the last good place that fits;
 * in a piece wider than the line the best there is. The last line of a paragraph is no single
 * character or short word, beside punctuation, if the line before can spare one. */
#pragma once

#include <glib.h>

#include "page/font.h"

typedef struct {
    const char *text; /* inside the text broken, without blanks at either end */
    gsize length;     /* bytes */
    double width;     /* in the unit of the size */
} Line;

/* How many lines, and the lines: of at most `width`, or of one character where that is wider. A
 * text without characters gives one empty line. The result is an array of Line that points into
 * `text`, valid UTF-8; free with g_array_unref(). */
guint paragraph_count(Font *font, const char *text, double size, double width);
GArray *paragraph_lines(Font *font, const char *text, double size, double width);
