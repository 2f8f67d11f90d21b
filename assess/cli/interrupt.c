#include "cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/say.h"
#include "cli/tty.h"

struct Interrupt {
    sigset_t signals;
    pthread_t watcher;
    gint stop; /* atomic */
};

/* Wait for the first signal, and let the next one through: it finds this thread. */
static void *watch(void *data)
{
    Interrupt *interrupt = data;
    int before;

    while (sigwaitinfo(&interrupt->signals, NULL) < 0)
        continue;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    g_atomic_int_set(&interrupt->stop, 1);
    if (tty_is_terminal(STDERR_FILENO))
        fputs("\r\033[K", stderr); /* a line of progress may stand there */
    say_result("interrupted: finishing what is begun; once more stops at once");
    pthread_sigmask(SIG_UNBLOCK, &interrupt->signals, NULL);
    pthread_setcancelstate(before, NULL);
    for (;;)
        pause();
    return NULL;
}

Interrupt *interrupt_new(void)
{
    Interrupt *interrupt = g_new0(Interrupt, 1);

    sigemptyset(&interrupt->signals);
    sigaddset(&interrupt->signals, SIGINT);
    sigaddset(&interrupt->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &interrupt->signals, NULL);
    if (pthread_create(&interrupt->watcher, NULL, watch, interrupt) == 0)
        return interrupt;
    pthread_sigmask(SIG_UNBLOCK, &interrupt->signals, NULL);
    g_free(interrupt);
    return NULL;
}

void interrupt_free(Interrupt *interrupt)
{
    if (!interrupt)
        return;
    pthread_cancel(interrupt->watcher);
    pthread_join(interrupt->watcher, NULL);
    pthread_sigmask(SIG_UNBLOCK, &interrupt->signals, NULL);
    g_free(interrupt);
}

const gint *interrupt_stop(const Interrupt *interrupt)
{
    return interrupt ? &interrupt->stop : NULL;
}
