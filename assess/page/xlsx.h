/* xlsx.h - a workbook being written: sheets, cells with a look, drop-downs, filters, print set-up.
 * The only user of libxlsxwriter. It knows neither rubrics nor assessments. Text is never run as a
 * formula, whatever it begins with; the same calls give the same bytes. Rows and columns count from
 * 0. Texts are shown without control characters; one that is longer than a cell takes is cut and
 * counted. Belongs to one thread. */
#pragma once

#include <glib.h>

#include "base/finding.h"
#include "page/canvas.h"

#define XLSX_ERROR (g_quark_from_static_string("xlsx-error"))

typedef enum { XLSX_ERROR_WRITE, XLSX_ERROR_LIBRARY } XlsxError;

enum {
    XLSX_TEXT_LIMIT = 32767, /* UTF-16 units of one cell, as Excel counts characters */
    XLSX_HINT_LIMIT = 255,   /* characters of a message at a cell */
    XLSX_TITLE_LIMIT = 32,   /* of its title */
    XLSX_NAME_LIMIT = 31,    /* of a sheet's name */
    XLSX_DIGITS = 15         /* significant decimal digits that a cell's number keeps */
};

typedef struct Xlsx Xlsx;

/* How a cell looks; all zero is the plain one. Colours: 0 is none. */
typedef struct {
    gboolean bold, wrap, centred, ruled;
    gboolean open;    /* may be filled in on a protected sheet */
    gboolean typed;   /* what is typed stays as typed: no number, date or formula is made of it */
    double size;      /* points; 0: the usual one */
    Colour ink, fill; /* 0xRRGGBB */
    const char *numbers; /* a number format; NULL for the general one */
} XlsxLook;

typedef struct {
    guint row, column, last_row, last_column;
} XlsxRange;

/* What may be typed into cells. */
typedef enum {
    XLSX_ANYTHING,
    XLSX_LIST, /* `source` is a range: "=options!$A$1:$A$3" */
    XLSX_DAY,
    XLSX_FORMULA /* `source` is true for what may be typed, seen from the first cell */
} XlsxRuleKind;

typedef struct {
    XlsxRuleKind kind;
    const char *source;
    gboolean lenient;                   /* something else is taken after a question */
    const char *title, *hint, *refusal; /* shown at the cell: always; when it does not fit; NULL: no
                                           such message; cut to what fits */
} XlsxRule;

typedef struct {
    const char *title, *subject, *author, *keywords; /* NULL for none */
    gint32 date; /* of its making, as GDate counts days: never the clock */
} XlsxInfo;

/* Empty. NULL and XLSX_ERROR_LIBRARY if the library that writes workbooks is not installed. Free
 * with xlsx_free(). */
Xlsx *xlsx_new(GError **error);
/* The same for more rows than memory should hold: written to `path`, with temporary files in
 * `folder`. Rows are filled in order, and only the last one can be written to. xlsx_write() ends
 * it. */
Xlsx *xlsx_new_long(const char *path, const char *folder, GError **error);
enum { XLSX_ROWS = 1048576 /* of a sheet, at most */ };
void xlsx_free(Xlsx *xlsx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Xlsx, xlsx_free)

/* Append a sheet and choose it for the calls below. A name that a workbook cannot have, or has
 * already, is changed. */
void xlsx_sheet(Xlsx *xlsx, const char *name);
/* Let the sheet be hidden; let it be the one that a reader sees first. */
void xlsx_hide(Xlsx *xlsx);
void xlsx_open_here(Xlsx *xlsx);

/* NULL or empty texts give a blank cell of that look. */
void xlsx_text(Xlsx *xlsx, guint row, guint column, const char *text, const XlsxLook *look);
/* A decimal text as a number of as many places, but at least `places`, divided by 100 and shown in
 * percent if `percent`; as text where a number would lose digits. */
void xlsx_decimal(Xlsx *xlsx, guint row, guint column, const char *decimal, guint places,
                  gboolean percent, const XlsxLook *look);
void xlsx_count(Xlsx *xlsx, guint row, guint column, guint count, const XlsxLook *look);
/* A day as a date, as text before 1 March 1900, where spreadsheets differ. */
void xlsx_day(Xlsx *xlsx, guint row, guint column, gint32 day, const XlsxLook *look);

/* Width in characters. */
void xlsx_width(Xlsx *xlsx, guint column, double width);
/* Rows above `row` and columns before `column` stay in sight. */
void xlsx_freeze(Xlsx *xlsx, guint row, guint column);
void xlsx_filter(Xlsx *xlsx, XlsxRange range);
void xlsx_rule(Xlsx *xlsx, XlsxRange range, const XlsxRule *rule);
/* Cells that hold just this word get the look's colours. */
void xlsx_colour_word(Xlsx *xlsx, XlsxRange range, const char *word, const XlsxLook *look);
/* Only open cells can be changed until the reader lifts it; there is no password. */
void xlsx_protect(Xlsx *xlsx);
/* A4 across, as wide as the page, the first `rows` rows on every page, a foot with the page. */
void xlsx_print(Xlsx *xlsx, guint rows, const char *foot);

/* Tell in a finding how many texts were cut, and where the first one stands. */
void xlsx_tell_cut(const Xlsx *xlsx, Findings *findings);

/* The file; of a long one into its place. NULL or FALSE and XLSX_ERROR_WRITE if it could not be
 * written whole. Nothing else may be called after it. Free the bytes with g_bytes_unref(). */
gboolean xlsx_write(Xlsx *xlsx, const XlsxInfo *info, GError **error);
GBytes *xlsx_finish(Xlsx *xlsx, const XlsxInfo *info, GError **error);
