/* text.h - what we do with people's words: fold for comparison, find the nearest known word,
 * make them safe to show, measure them on a terminal. All text is UTF-8. */
#pragma once

#include <glib.h>

/* g_utf8_get_char(), without a call for the commonest: ASCII, and Chinese in three bytes. */
static inline gunichar text_character(const char *text)
{
    const guchar *at = (const guchar *)text;

    if (at[0] < 0x80)
        return at[0];
    if ((at[0] & 0xf0) == 0xe0)
        return (gunichar)(at[0] & 0x0f) << 12 | (gunichar)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
    return g_utf8_get_char(text);
}

/* NFKC, case folded, trimmed, runs of white space as one blank: two texts that fold alike are
 * the same answer. Free with g_free(). */
char *text_fold(const char *text);

/* The text composed (NFC). Valid UTF-8. Free with g_free(). */
char *text_composed(const char *text);

/* The candidate that a person most likely meant by `word`, or NULL if none is near (edit
 * distance at most a third of its length, at least one, both folded). Borrowed from `candidates`,
 * a NULL-terminated list. */
const char *text_nearest(const char *word, const char *const *candidates);

/* The text without control characters, bidirectional marks, zero-width and other invisible
 * characters; line breaks and tabs become blanks. For every sink that shows a user's words. Free
 * with g_free(). */
char *text_visible(const char *text);

/* The same for sinks that shape text: with the joiners and variation selectors that choose the form
 * of the character before them. Free with g_free(). */
char *text_written(const char *text);
enum { TEXT_INVISIBLE_LIMIT = 64 };
/* Append what text_written() leaves out of valid UTF-8, each character once, until there are
 * TEXT_INVISIBLE_LIMIT bytes: enough to tell. */
void text_add_invisible(const char *text, GString *found);

/* A quoted, visible excerpt of at most `limit` characters, cut with "..." at the end. Free with
 * g_free(). */
char *text_quote(const char *text, guint limit);

/* Columns on a terminal: wide characters take two, combining ones none. */
guint text_columns(const char *text);
/* The text cut or padded with blanks to exactly `columns`; cut text ends in "…". Free with
 * g_free(). */
char *text_fit(const char *text, guint columns);
/* The text broken into lines of at most `columns`: at blanks, and between any two wide
 * characters except before closing or after opening punctuation; a longer word is cut. A line
 * break ends a line; there is at least one line. Free with g_ptr_array_unref(); elements are
 * char *. */
GPtrArray *text_wrap(const char *text, guint columns);

/* Whether a spreadsheet may run a cell that holds this text: it begins with = + - @, one of these
 * in full width, a tab or a carriage return. Valid UTF-8. */
gboolean text_runs(const char *text);
/* Whether the text is a number with a sign, however people write it, "-5", "-.5", "-1,5", "+1e5",
 * "-1 234", "-5%": it begins as a formula does, and cannot be one. */
gboolean text_is_signed_number(const char *text);

/* Whether the text is an id of the rubric format: [a-z][a-z0-9_]*, at most 64. */
gboolean text_is_id(const char *text);
/* A file name made of a company's or rubric's name: safe on every system, readable, at most 80
 * bytes, never empty. Where more than dots and
 * blanks at its end had to go, a short hash keeps two names apart. Free
 * with g_free(). */
char *text_file_name(const char *name);
