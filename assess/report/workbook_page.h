/* workbook_page.h - one sheet of a results workbook being filled: a head of captions, rows below
 * it, and at the end filters, colours and print set-up over all of them. */
#pragma once

#include "page/xlsx.h"
#include "report/story.h"

/* A caption of the template's section "[workbook]", else of "[words]", and a width in characters.
 */
typedef struct {
    const char *caption;
    double width;
} PageColumn;

typedef struct {
    Xlsx *xlsx;
    const Story *story;
    guint row, column; /* where the next cell goes */
    XlsxLook head, text, plain, strong, open;
} Page;

/* A sheet with no head, named by a caption. */
void page_open(Page *page, Xlsx *xlsx, const Story *story, const char *caption);
/* Borrowed. */
const char *page_caption(const Page *page, const char *key);

/* A row of captions as a head; the next cell begins the row after it. */
void page_head(Page *page, const PageColumn *columns, guint n);

/* Each fills one cell of the row and goes to the next; page_own() takes its text. */
void page_text(Page *page, const char *text);
void page_own(Page *page, char *text);
void page_count(Page *page, guint count);
/* Both ends of a score, or two blank cells. */
void page_score(Page *page, const Points *points);
void page_blank(Page *page, const XlsxLook *look);
/* Go to the first cell of the next row. */
void page_next(Page *page);

/* Colour statuses, levels' states and answers' states in column `column`, rows `first` to the last
 * one written. */
void page_colour(const Page *page, guint column, guint first);
/* Freeze the head in row 0, filter all rows below it. */
void page_filter(const Page *page, guint columns);
void page_print(const Page *page, gboolean has_head);
