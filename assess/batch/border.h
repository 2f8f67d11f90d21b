/* border.h - where the records of CSV text end: at line ends outside quoted cells. A quote opens a
 * cell where the cell begins, right behind a delimiter or a line end; elsewhere outside quotes it
 * is text (5" pipe), as csv.h reads it. True of every text that csv.h reads; what it refuses, it
 * refuses in the record that ends before or with the first border that is another. Fast: 64 bytes
 * at a step. */
#pragma once

#include <glib.h>

/* What was seen before the next byte. */
typedef struct {
    char delimiter;
    gboolean in_quotes;
    gboolean after_quote;  /* the byte before closed a quoted cell: a quote now belongs to it */
    gboolean at_cell;      /* the byte before is a delimiter or line end, or there is none */
    gboolean is_between;   /* the byte before ended a record or a blank line, or there is none */
    gboolean after_return; /* the byte before is a carriage return */
    guint64 records;       /* ended so far; blank lines are none */
    guint64 lines;         /* ended so far, those in quotes too; CRLF is one end */
    guint64 lines_at_end;  /* the same up to the last record end */
} Border;

/* At the beginning of a text, or of a record, before which so many records and lines stand. */
Border border_begin(char delimiter, guint64 records, guint64 lines);

/* Go on over `size` bytes. Result: the offset behind the last line end outside quotes among them, 0
 * if there is none. */
gsize border_scan(Border *border, const char *text, gsize size);

/* Bytes of the record that a text begins with, its line end included. The line ends in it are added
 * to `lines`. */
gsize border_record(const char *text, gsize size, char delimiter, guint64 *lines);

/* Bytes of the line end that a text begins with; 0 if there is none. */
gsize border_line_end(const char *text, gsize size);
