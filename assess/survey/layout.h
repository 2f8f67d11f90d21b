/* layout.h - how a survey tool writes its exports, as a file of templates/surveys says it: how one
 * is known, its header rows, its own columns, how it writes choices, blanks and numbers, which rows
 * are no answers of a company. Immutable once loaded, so threads may share it. */
#pragma once

#include "base/finding.h"
#include "base/localized.h"

enum {
    LAYOUT_HEADER_LIMIT = 3, /* rows of a header */
    LAYOUT_DROPS_LIMIT = 24, /* kinds of rows that are left out */
    LAYOUTS_LIMIT = 256
};

/* A row of the export's beginning that gives the tool away. What is set has to hold. */
typedef struct {
    char *id;
    guint row;    /* from 1; 0: any of the header's rows */
    char **cells; /* folded, `*` stands for any text; all of them stand in the row */
    guint least;  /* so many of them are enough; 0: all */
    char *first;  /* its first cell */
    char *begins; /* all its cells that are not blank, two or more, begin so */
    char **only;  /* all its cells that are not blank, two or more, are of these */
    char **gaps;  /* with `only`: ... but these may stand there, too */
} LayoutSign;

typedef enum { META_OTHER, META_WHEN, META_RESPONDENT } LayoutMetaRole;

/* Columns of the tool itself. */
typedef struct {
    char *id;
    char **names; /* folded, `*` stands for any text */
    gboolean is_private;
    guint role; /* a LayoutMetaRole */
} LayoutMeta;

/* What people call a field of rubrics, beside its id and wordings there. */
typedef struct {
    char *id;                /* of the field */
    char **names, **endings; /* folded */
} LayoutField;

/* Rows that are no answers. What is set of blank, filled, is, has and below: one of them is enough.
 */
typedef struct {
    char *id;
    Localized title; /* why, "the answer is partial" */
    char **columns;  /* as the names of LayoutMeta; the first that there is */
    gboolean blank, filled;
    char **is, **has; /* folded: the cell as a whole, a part of it */
    gboolean has_below;
    guint below;
} LayoutDrop;

/* Texts and places of a column's name: see layout_pattern.h. */
typedef struct LayoutPattern LayoutPattern;

typedef enum { DECIMAL_POINT, DECIMAL_COMMA, DECIMAL_EITHER } LayoutDecimal;
typedef enum { DATES_YEAR_FIRST, DATES_DAY_FIRST, DATES_MONTH_FIRST } LayoutDates;
typedef enum { UNTICKED_BLANK, UNTICKED_NONE } LayoutUnticked;

typedef struct {
    char *id, *path;
    char *sha256; /* of its file and those below it, see ini_hashes(); NULL: of no file */
    Localized title, note;
    char *base;
    gboolean named_only; /* never found by its signs */
    char *numbered;      /* the layout for exports of the same tool with numbers for yes and no */
    guint format;
    /* the header */
    guint header_rows; /* 0: find out */
    gboolean fill;     /* a blank cell of the first row belongs to the cell before it */
    char **answer_words;
    /* names of columns: of LayoutPattern * */
    GPtrArray *answer, *option, *other, *evidence;
    GPtrArray *more_answer, *more_option, *more_other; /* looked at first */
    /* choices */
    gboolean letters, numbers, coded, free_text;
    char **code_begins;
    char **separators, **ticks, **no_ticks, **otherwise;
    char *opens, *closes;
    guint all_unticked; /* a LayoutUnticked */
    /* blanks, words and numbers */
    gboolean strict; /* as in an answer sheet, nothing more */
    char **blank, **not_shown, **yes, **no;
    guint decimal, dates;
    /* one answer a row */
    char **respondent, **question, **reply;
    GArray *signs, *metas, *drops, *fields;
} Layout;

typedef struct Layouts Layouts;

/* None yet. Free with layouts_free(). */
Layouts *layouts_new(void);
void layouts_free(Layouts *layouts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Layouts, layouts_free)

/* The path of the layout that another one names as its base, or NULL. Free with g_free(). */
typedef char *(*LayoutLocator)(const char *id, gpointer data);

/* Read and check a file; its name without ".ini" is the layout's id. Of two with one id the first
 * stands. FALSE if it could not be read (`error`) or if there are errors in `findings`. */
gboolean layouts_load(Layouts *layouts, const char *path, LayoutLocator locate, gpointer data,
                      Findings *findings, GError **error);
guint layouts_count(const Layouts *layouts);
/* In the order in which they were loaded. */
const Layout *layouts_at(const Layouts *layouts, guint index);
/* The layout of this id, or NULL; the id that was probably meant, or NULL. */
const Layout *layouts_find(const Layouts *layouts, const char *id);
const char *layouts_nearest(const Layouts *layouts, const char *id);
/* What a table is read by where no layouts are there: names of columns as they are, cells as in a
 * sheet. */
const Layout *layout_plain(void);

/* Whether a folded text is one of the folded `names`, in which `*` stands for any text; NULL has
 * none. */
gboolean layout_names(char *const *names, const char *folded);
