/* header.h - the first records of a survey: which tool wrote it, how many rows its header has, and
 * what stands over each column. */
#pragma once

#include "intake/csv.h"
#include "survey/binding.h"

enum { HEADER_RECORDS = 24 /* records that are looked at */ };

/* One record of the beginning. */
typedef struct {
    char **cells;
    char **folded; /* the same as they are compared; NULL below LAYOUT_HEADER_LIMIT */
    guint n_cells;
    guint line;
    gsize offset;
} HeaderRecord;

typedef struct {
    GArray *records; /* of HeaderRecord: what stands before the header is left out */
    const Layout *layout;
    char *why;          /* how it was known, for people */
    guint sign_row;     /* the row, from 1, with the sign that it was known by; 0: none */
    guint rows;         /* of the header */
    guint n_columns;    /* the most that a row of it has; empty ones at the end left out */
    gboolean is_filled; /* blank cells of the first row belong to the cell before them */
    guint skipped;      /* records before the header */
    guint *sources;     /* by column: where the text of the first row stands that counts for it */
    gboolean marked[LAYOUT_HEADER_LIMIT]; /* rows of the header with marks for machines alone */
} Header;

/* What the beginning of a text is. `layout`: the one to take, NULL: find out among `layouts` (may
 * be NULL). NULL if there is not one record. `is_csv` (may be NULL) tells whether all that was
 * looked at is. Free with header_free(). */
Header *header_read(const Vocabulary *vocabulary, const Layouts *layouts, const Layout *layout,
                    const CsvText *text, Findings *findings);
void header_free(Header *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Header, header_free)

/* The text over a column in a row of the header, filled in from the left where that is so; "" for
 * none. Borrowed. */
const char *header_cell(const Header *header, guint row, guint column);
/* Whether the first text over a column stands over another one, too. */
gboolean header_is_shared(const Header *header, guint column);
/* All texts over a column, joined by " / ", the same one once. Free with g_free(). */
char *header_name(const Header *header, guint column);
/* The first record below the header; NULL if there is none. */
const HeaderRecord *header_first_record(const Header *header);
/* Whether its first rows bear a sign of the layout, or it has none; the layout whose signs they
 * bear, or NULL. */
gboolean header_bears(const Header *header, const Layout *layout);
const Layout *header_signed_by(const Header *header, const Layouts *layouts);
