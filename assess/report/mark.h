/* mark.h - signs for states, each of a shape of its own so that no reader needs the colours: a tick
 * in a disc, a cross in a square, a question mark's ring, a half-filled disc, a dash; and pips,
 * filled as far as an ordered answer goes. */
#pragma once

#include <glib.h>

#include "report/theme.h"
#include "rules/evaluate.h"

typedef enum {
    MARK_NONE,
    MARK_MET,
    MARK_WAIVED,
    MARK_UNMET,
    MARK_UNKNOWN,
    MARK_NOT_APPLICABLE,
    MARK_PIPS,
    MARK_ERROR,
    MARK_WARNING,
    MARK_TO_DO, /* a box to be ticked, and one that is */
    MARK_DONE   /* the last */
} MarkKind;

typedef struct {
    MarkKind kind;
    guint filled, total; /* of pips */
} Mark;

#define NO_MARK ((Mark){ MARK_NONE, 0, 0 })

Mark mark_of(Status status);
/* The colour that a mark has, and words beside it. */
Colour mark_colour(const Theme *theme, Mark mark);
/* Width of a mark of this height. */
double mark_width(Mark mark, double size);
/* Draw with the left end at x and the middle at y. */
void mark_draw(Canvas *canvas, const Theme *theme, Mark mark, double x, double y, double size);
