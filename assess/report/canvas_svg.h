/* canvas_svg.h - the SVG back of a canvas: figures as parts of an HTML page. Colours are classes
 * that name the tones of the theme (`f-accent` fills, `s-accent` strokes), so that the page's style
 * decides how they look in light and dark. Text stays text, as wide as the font of the measure made
 * it, whatever font the reader has. */
#pragma once

#include "report/block.h"

/* How a figure stands in its page. */
typedef struct {
    const char *id;          /* of the element; its title and description get "-t" and "-d" added */
    const char *kind;        /* its class */
    const char *title, *alt; /* alt NULL: no words of its own, readers pass it by */
    double width;            /* points to draw it at */
} SvgFrame;

/* Append an <svg> element with the figure drawn into it. The font only measures. */
void svg_figure(GString *out, const Figure *figure, Font *font, const Theme *theme,
                const SvgFrame *frame);
/* Append an element without size that holds a mark of each kind, for svg_mark() to show. */
void svg_symbols(GString *out, Font *font, const Theme *theme);
/* Append an <svg> element of the class "mark", hidden from those who hear the text beside it.
 * Nothing for MARK_NONE. */
void svg_mark(GString *out, Mark mark, Font *font, const Theme *theme);
