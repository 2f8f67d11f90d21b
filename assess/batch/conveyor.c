#include "batch/conveyor.h"

#include <pthread.h>
#include <time.h>

enum { IDLE_NANOSECONDS = 100 * 1000 * 1000 };

/* Items are numbered in the order they are filled; number n is in place n % n_items. */
typedef struct {
    const Conveyor *plan;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* there may be something to do */
    pthread_cond_t ended;   /* a worker went home */
    guint64 n_filled, n_emptied;
    gboolean *is_worked; /* by place */
    gboolean is_filling, is_emptying, is_last, is_stopped;
    guint n_working; /* workers that did not go home */
} Belt;

typedef struct {
    Belt *belt;
    gpointer worker;
} Hand;

static guint place_of(const Belt *belt, guint64 number)
{
    return (guint)(number % belt->plan->n_items);
}

/* ---- what there is to do; with the lock, which is let go of meanwhile ---- */

static gboolean can_empty(const Belt *belt)
{
    return !belt->is_emptying && belt->n_emptied < belt->n_filled &&
           belt->is_worked[place_of(belt, belt->n_emptied)];
}

static gboolean can_fill(const Belt *belt)
{
    return !belt->is_filling && !belt->is_last &&
           belt->n_filled - belt->n_emptied < belt->plan->n_items;
}

static void empty_item(Belt *belt)
{
    const guint place = place_of(belt, belt->n_emptied);
    gboolean more;

    belt->is_emptying = TRUE;
    pthread_mutex_unlock(&belt->lock);
    more = belt->plan->empty(belt->plan->items[place], belt->plan->data);
    pthread_mutex_lock(&belt->lock);
    belt->is_emptying = FALSE;
    belt->is_worked[place] = FALSE;
    belt->n_emptied++;
    belt->is_stopped = belt->is_stopped || !more;
    pthread_cond_broadcast(&belt->changed);
}

static void fill_and_work(Belt *belt, gpointer worker)
{
    const guint place = place_of(belt, belt->n_filled);
    gpointer item = belt->plan->items[place];
    gboolean more;

    belt->is_filling = TRUE;
    pthread_mutex_unlock(&belt->lock);
    more = belt->plan->fill(item, belt->plan->data);
    pthread_mutex_lock(&belt->lock);
    belt->is_filling = FALSE;
    belt->is_last = !more;
    belt->n_filled += more ? 1 : 0;
    pthread_cond_broadcast(&belt->changed);
    if (!more)
        return;
    pthread_mutex_unlock(&belt->lock);
    belt->plan->work(item, worker);
    pthread_mutex_lock(&belt->lock);
    belt->is_worked[place] = TRUE;
    pthread_cond_broadcast(&belt->changed);
}

static void *serve(void *data)
{
    const Hand *hand = data;
    Belt *belt = hand->belt;

    pthread_mutex_lock(&belt->lock);
    while (!belt->is_stopped && !(belt->is_last && belt->n_emptied == belt->n_filled)) {
        if (can_empty(belt))
            empty_item(belt);
        else if (can_fill(belt))
            fill_and_work(belt, hand->worker);
        else
            pthread_cond_wait(&belt->changed, &belt->lock);
    }
    belt->n_working--;
    pthread_cond_signal(&belt->ended);
    pthread_mutex_unlock(&belt->lock);
    return NULL;
}

/* ---- the calling thread ---- */

/* Until all workers went home. */
static void watch(Belt *belt)
{
    pthread_mutex_lock(&belt->lock);
    while (belt->n_working > 0) {
        struct timespec until;

        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += IDLE_NANOSECONDS;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&belt->ended, &belt->lock, &until);
        if (!belt->plan->idle || belt->is_emptying || belt->n_working == 0)
            continue;
        belt->is_emptying = TRUE;
        pthread_mutex_unlock(&belt->lock);
        belt->plan->idle(belt->plan->data);
        pthread_mutex_lock(&belt->lock);
        belt->is_emptying = FALSE;
        pthread_cond_broadcast(&belt->changed);
    }
    pthread_mutex_unlock(&belt->lock);
}

gboolean conveyor_run(const Conveyor *conveyor)
{
    Belt belt = { .plan = conveyor };
    pthread_t threads[CONVEYOR_WORKERS];
    Hand hands[CONVEYOR_WORKERS];
    const guint wanted = MIN(conveyor->n_workers, CONVEYOR_WORKERS);
    guint started = 0;

    pthread_mutex_init(&belt.lock, NULL);
    pthread_cond_init(&belt.changed, NULL);
    pthread_cond_init(&belt.ended, NULL);
    belt.is_worked = g_new0(gboolean, conveyor->n_items);
    pthread_mutex_lock(&belt.lock);
    while (started < wanted) {
        hands[started] = (Hand){ &belt, conveyor->workers[started] };
        if (pthread_create(&threads[started], NULL, serve, &hands[started]) != 0)
            break;
        started++;
    }
    belt.n_working = started;
    pthread_mutex_unlock(&belt.lock);
    watch(&belt);
    for (guint i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    g_free(belt.is_worked);
    pthread_cond_destroy(&belt.ended);
    pthread_cond_destroy(&belt.changed);
    pthread_mutex_destroy(&belt.lock);
    return started > 0;
}
