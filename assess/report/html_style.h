/* html_style.h - the style sheet of the HTML report: a template's colours as variables, for light
 * and, made from them, for dark; then what is the same for every template. */
#pragma once

#include "report/theme.h"

/* With rules for the filters of `levels` levels. Free with g_free(). */
char *html_style(const Theme *theme, guint levels);
/* The tones as a dark page shows them: grounds from the ink, the rest lightened until it reads well
 * on them. */
void html_dark_tones(const Theme *theme, Colour tones[TONES]);
/* How far the luminances of two colours are apart, 1 to 21, as WCAG 2 defines contrast. */
double html_contrast(Colour a, Colour b);
