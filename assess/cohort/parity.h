/* parity.h - where the records of CSV text end, seen by counting quotes alone: a line end stands
 * between records if the number of quotes before it is even. True of every text that is strict CSV;
 * who parses it finds out. Fast: 64 bytes at a step. */
#pragma once

#include <glib.h>

/* What was seen before the next byte. All zero but `is_between` at the beginning of a text. */
typedef struct {
    gboolean in_quotes;
    gboolean is_between;   /* the byte before ended a record or a blank line, or there is none */
    gboolean after_return; /* the byte before is a carriage return */
    guint64 records;       /* ended so far; blank lines are none */
    guint64 lines;         /* ended so far, those in quotes too; CRLF is one end */
    guint64 lines_at_end;  /* the same up to the last record end */
} Parity;

#define PARITY_BEGIN ((Parity){ .is_between = TRUE })

/* Go on over `size` bytes. Result: the offset behind the last line end outside quotes among them, 0
 * if there is none. */
gsize parity_scan(Parity *parity, const char *text, gsize size);
