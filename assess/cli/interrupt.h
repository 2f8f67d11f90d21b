/* interrupt.h - SIGINT and SIGTERM held back while files are being written: the first one asks the
 * run to end in order, the next one ends the program at once. One at a time in a program. */
#pragma once

#include <glib.h>

typedef struct Interrupt Interrupt;

/* Hold the signals back from now on, in this thread and those it starts. Free with
 * interrupt_free(), after which they end the program again. NULL if the system gives no thread:
 * then they do all the time. */
Interrupt *interrupt_new(void);
void interrupt_free(Interrupt *interrupt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Interrupt, interrupt_free)

/* Set, to be read atomically, once a signal came. Borrowed; NULL of NULL. */
const gint *interrupt_stop(const Interrupt *interrupt);
