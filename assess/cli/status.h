/* status.h - what the program says by its exit status. */
#pragma once

typedef enum {
    EXIT_DONE = 0,
    EXIT_NOT_REACHED = 1,  /* --require is not reached; a report is not what it was made of */
    EXIT_USAGE = 2,        /* wrong usage */
    EXIT_REFUSED = 3,      /* a rubric, answers or a report are refused */
    EXIT_UNDETERMINED = 4, /* blanks decide whether --require is reached */
    EXIT_IO = 5            /* could not read or write */
} ExitStatus;

/* Where several apply: the first of usage, read or write, refused, not reached, undetermined. */
ExitStatus status_worse(ExitStatus a, ExitStatus b);
