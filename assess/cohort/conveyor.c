#include "cohort/conveyor.h"

#include <pthread.h>
#include <time.h>

enum { IDLE_NANOSECONDS = 100 * 1000 * 1000 };

/* Items are numbered in the order they are filled; number n is in place n % n_items. */
typedef struct {
    const Conveyor *plan;
    pthread_mutex_t lock;
    pthread_cond_t emptied, filled, worked;
    guint64 n_filled, n_taken, n_emptied;
    gboolean *is_worked; /* by place */
    gboolean is_last, is_stopped;
} Belt;

typedef struct {
    Belt *belt;
    gpointer worker;
} Hand;

static gpointer item_at(const Belt *belt, guint64 number)
{
    return belt->plan->items[number % belt->plan->n_items];
}

static void *fill_items(void *data)
{
    Belt *belt = data;
    gboolean more = TRUE;

    while (more) {
        gboolean has_room;

        pthread_mutex_lock(&belt->lock);
        while (!belt->is_stopped && belt->n_filled - belt->n_emptied >= belt->plan->n_items)
            pthread_cond_wait(&belt->emptied, &belt->lock);
        has_room = !belt->is_stopped;
        pthread_mutex_unlock(&belt->lock);
        more = has_room && belt->plan->fill(item_at(belt, belt->n_filled), belt->plan->data);
        pthread_mutex_lock(&belt->lock);
        if (more)
            belt->n_filled++;
        belt->is_last = !more;
        pthread_cond_broadcast(&belt->filled);
        pthread_cond_signal(&belt->worked);
        pthread_mutex_unlock(&belt->lock);
    }
    return NULL;
}

static void *work_on_items(void *data)
{
    const Hand *hand = data;
    Belt *belt = hand->belt;

    pthread_mutex_lock(&belt->lock);
    for (;;) {
        guint64 number;

        while (!belt->is_stopped && !belt->is_last && belt->n_taken == belt->n_filled)
            pthread_cond_wait(&belt->filled, &belt->lock);
        if (belt->is_stopped || belt->n_taken == belt->n_filled)
            break;
        number = belt->n_taken++;
        pthread_mutex_unlock(&belt->lock);
        belt->plan->work(item_at(belt, number), hand->worker);
        pthread_mutex_lock(&belt->lock);
        belt->is_worked[number % belt->plan->n_items] = TRUE;
        pthread_cond_signal(&belt->worked);
    }
    pthread_mutex_unlock(&belt->lock);
    return NULL;
}

/* Wait for the next item to be worked on; with the lock. FALSE: there is none. */
static gboolean await_next(Belt *belt)
{
    const guint place = (guint)(belt->n_emptied % belt->plan->n_items);

    while (!belt->is_worked[place]) {
        struct timespec until;

        if (belt->is_last && belt->n_emptied == belt->n_filled)
            return FALSE;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += IDLE_NANOSECONDS;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&belt->worked, &belt->lock, &until);
        if (!belt->plan->idle)
            continue;
        pthread_mutex_unlock(&belt->lock);
        belt->plan->idle(belt->plan->data);
        pthread_mutex_lock(&belt->lock);
    }
    belt->is_worked[place] = FALSE;
    return TRUE;
}

static void empty_items(Belt *belt)
{
    pthread_mutex_lock(&belt->lock);
    while (await_next(belt)) {
        gboolean more;

        pthread_mutex_unlock(&belt->lock);
        more = belt->plan->empty(item_at(belt, belt->n_emptied), belt->plan->data);
        pthread_mutex_lock(&belt->lock);
        belt->n_emptied++;
        pthread_cond_signal(&belt->emptied);
        if (more)
            continue;
        belt->is_stopped = TRUE;
        pthread_cond_broadcast(&belt->filled);
        break;
    }
    pthread_mutex_unlock(&belt->lock);
}

/* Stop everybody where a thread could not be started. */
static void stop(Belt *belt)
{
    pthread_mutex_lock(&belt->lock);
    belt->is_stopped = TRUE;
    pthread_cond_broadcast(&belt->filled);
    pthread_cond_broadcast(&belt->emptied);
    pthread_mutex_unlock(&belt->lock);
}

gboolean conveyor_run(const Conveyor *conveyor)
{
    Belt belt = { .plan = conveyor };
    pthread_t filler, threads[CONVEYOR_WORKERS];
    Hand hands[CONVEYOR_WORKERS];
    const guint wanted = MIN(conveyor->n_workers, CONVEYOR_WORKERS);
    guint started = 0;
    gboolean is_filled;

    pthread_mutex_init(&belt.lock, NULL);
    pthread_cond_init(&belt.emptied, NULL);
    pthread_cond_init(&belt.filled, NULL);
    pthread_cond_init(&belt.worked, NULL);
    belt.is_worked = g_new0(gboolean, conveyor->n_items);
    while (started < wanted) {
        hands[started] = (Hand){ &belt, conveyor->workers[started] };
        if (pthread_create(&threads[started], NULL, work_on_items, &hands[started]) != 0)
            break;
        started++;
    }
    is_filled = started > 0 && pthread_create(&filler, NULL, fill_items, &belt) == 0;
    if (is_filled) {
        empty_items(&belt);
        pthread_join(filler, NULL);
    } else {
        stop(&belt);
    }
    for (guint i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    g_free(belt.is_worked);
    pthread_cond_destroy(&belt.worked);
    pthread_cond_destroy(&belt.filled);
    pthread_cond_destroy(&belt.emptied);
    pthread_mutex_destroy(&belt.lock);
    return is_filled;
}
