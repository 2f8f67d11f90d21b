/* theme.h - how a report looks: the page, the styles of text and the colours that a template gives,
 * read once. Immutable after theme_load(). */
#pragma once

#include <glib.h>

#include "page/canvas.h"
#include "report/wording.h"

#define THEME_ERROR (g_quark_from_static_string("theme-error"))

typedef enum { THEME_ERROR_VALUE } ThemeError;

/* Styles of text: what a text is for, not how large it is. */
typedef enum {
    ROLE_BODY,
    ROLE_STRONG,
    ROLE_LEAD,   /* the sentence that opens a section */
    ROLE_SMALL,  /* details under a table's text */
    ROLE_NOTE,   /* remarks of the rubric, sources */
    ROLE_LABEL,  /* heads of tables, captions of figures */
    ROLE_FIGURE, /* large numbers */
    ROLE_CELL,   /* text in tables */
    ROLE_CELL_STRONG,
    ROLE_TAG, /* words beside marks */
    ROLE_HEADING,
    ROLE_SUBHEADING,
    ROLE_RUNNING, /* head and foot of the page */
    ROLE_COVER_TITLE,
    ROLE_COVER_NAME,
    ROLE_COVER_TEXT,
    ROLE_COVER_VERDICT,
    ROLES
} Role;

typedef enum {
    TONE_INK,
    TONE_MUTED,
    TONE_HAIRLINE,
    TONE_PANEL, /* a light ground */
    TONE_ACCENT,
    TONE_ACCENT_SOFT,
    TONE_PAPER,
    TONE_MET,
    TONE_WAIVED,
    TONE_UNMET,
    TONE_UNKNOWN,
    TONE_NOT_APPLICABLE,
    TONE_OFFICIAL,
    TONE_HOUSE,
    TONES
} Tone;

/* Points. */
typedef struct {
    double width, height, left, right, top, bottom;
    double gap; /* between blocks */
} PageSize;

typedef struct {
    PageSize page;
    TextStyle styles[ROLES];
    Colour tones[TONES];
} Theme;

/* Values as templates write them; FALSE if they are not what they should be. Of a page width and
 * height are set. `tones` gives a style its colour; NULL: only look. */
gboolean theme_read_size(const char *text, PageSize *page);
gboolean theme_read_points(const char *text, double least, double most, double *points);
gboolean theme_read_colour(const char *text, Colour *colour);
gboolean theme_read_style(const char *text, const Colour *tones, TextStyle *style);

/* Read the sections "[page]", "[type]" and "[colours]". NULL and THEME_ERROR_VALUE naming the key
 * whose value is missing or not what it should be. Free with g_free(). */
Theme *theme_load(const Wording *wording, GError **error);
/* The name of a tone in templates: "ink", "accent_soft". */
const char *theme_tone_name(Tone tone);
