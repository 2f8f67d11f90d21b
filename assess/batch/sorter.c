#define _GNU_SOURCE /* qsort_r() */

#include "batch/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/scratch.h"

enum {
    DIGIT = 11, /* bits of a number sorted by at once */
    DIGITS = 1 << DIGIT,
    LEAST_OF_RUN = 4 * 1024 /* bytes of a run read at once while merging, at least */
};

/* The first number of a row, and which one it is. */
typedef struct {
    guint64 key;
    guint32 row;
} Slot;

typedef struct {
    guint64 offset, left; /* rows in the file that are not read yet */
    guint64 *rows;
    gsize n, at; /* in memory */
} Run;

struct Sorter {
    guint words;
    char *folder;
    gsize most; /* rows in memory */
    guint64 *rows;
    gsize n;
    int fd; /* -1: no run was written */
    guint64 written;
    GArray *runs; /* of Run */
};

Sorter *sorter_new(guint words, const char *folder, gsize memory)
{
    Sorter *sorter = g_new0(Sorter, 1);

    g_assert(words > 0 && words <= SORTER_WORDS);
    sorter->words = words;
    sorter->folder = g_strdup(folder);
    sorter->most = MAX((memory ? memory : SORTER_MEMORY) / (words * sizeof(guint64)), 2);
    sorter->rows = g_new(guint64, sorter->most * words);
    sorter->fd = -1;
    sorter->runs = g_array_new(FALSE, TRUE, sizeof(Run));
    return sorter;
}

void sorter_free(Sorter *sorter)
{
    if (!sorter)
        return;
    for (guint i = 0; i < sorter->runs->len; i++)
        g_free(g_array_index(sorter->runs, Run, i).rows);
    g_array_unref(sorter->runs);
    if (sorter->fd >= 0)
        close(sorter->fd);
    g_free(sorter->rows);
    g_free(sorter->folder);
    g_free(sorter);
}

static int compare_rows(const guint64 *a, const guint64 *b, guint words)
{
    for (guint i = 0; i < words; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* ---- in memory ---- */

/* One pass of a radix sort, by the digit at `shift`. FALSE if all have the same one: nothing is
 * done. */
static gboolean sort_by_digit(const Slot *from, Slot *to, gsize n, guint shift)
{
    gsize counts[DIGITS] = { 0 }, sum = 0;

    for (gsize i = 0; i < n; i++)
        counts[from[i].key >> shift & (DIGITS - 1)]++;
    if (counts[from[0].key >> shift & (DIGITS - 1)] == n)
        return FALSE;
    for (guint i = 0; i < DIGITS; i++) {
        gsize count = counts[i];

        counts[i] = sum;
        sum += count;
    }
    for (gsize i = 0; i < n; i++)
        to[counts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
    return TRUE;
}

typedef struct {
    const guint64 *rows;
    guint words;
} Order;

static int compare_slots(const void *a, const void *b, void *data)
{
    const Order *order = data;

    return compare_rows(order->rows + (gsize)((const Slot *)a)->row * order->words,
                        order->rows + (gsize)((const Slot *)b)->row * order->words, order->words);
}

/* Sort those with an equal first number by the others. */
static void sort_ties(const Sorter *sorter, Slot *slots)
{
    Order order = { sorter->rows, sorter->words };

    for (gsize from = 0, to; from < sorter->n; from = to) {
        for (to = from + 1; to < sorter->n && slots[to].key == slots[from].key; to++)
            ;
        if (to - from > 1)
            qsort_r(slots + from, to - from, sizeof(Slot), compare_slots, &order);
    }
}

/* The order of the rows in memory. Free with g_free(). */
static Slot *sort_rows(const Sorter *sorter)
{
    Slot *slots = g_new(Slot, sorter->n + 1);
    g_autofree Slot *other = g_new(Slot, sorter->n + 1);
    Slot *to = other;

    for (gsize i = 0; i < sorter->n; i++)
        slots[i] = (Slot){ sorter->rows[i * sorter->words], (guint32)i };
    for (guint shift = 0; shift < 64 && sorter->n > 1; shift += DIGIT) {
        if (sort_by_digit(slots, to, sorter->n, shift)) {
            Slot *swapped = slots;

            slots = to;
            to = swapped;
        }
    }
    sort_ties(sorter, slots);
    other = to;
    return slots;
}

/* ---- runs ---- */

static gboolean write_run(Sorter *sorter, GError **error)
{
    const gsize row = sorter->words * sizeof(guint64);
    g_autofree Slot *slots = sort_rows(sorter);
    g_autofree guint64 *sorted = g_new(guint64, sorter->n * sorter->words);
    Run run = { .offset = sorter->written, .left = sorter->n };

    for (gsize i = 0; i < sorter->n; i++)
        memcpy(sorted + i * sorter->words, sorter->rows + (gsize)slots[i].row * sorter->words, row);
    if (sorter->fd < 0)
        sorter->fd = scratch_open(sorter->folder);
    if (sorter->fd < 0 ||
        !scratch_write(sorter->fd, sorted, sorter->n * row, sorter->written * row))
        return file_fault(error, FILE_IO_ERROR_WRITE, sorter->folder, errno);
    sorter->written += sorter->n;
    sorter->n = 0;
    g_array_append_val(sorter->runs, run);
    return TRUE;
}

gboolean sorter_add(Sorter *sorter, const guint64 *row, GError **error)
{
    if (sorter->n == sorter->most && !write_run(sorter, error))
        return FALSE;
    memcpy(sorter->rows + sorter->n * sorter->words, row, sorter->words * sizeof(guint64));
    sorter->n++;
    return TRUE;
}

/* ---- merging ---- */

static gboolean read_run(const Sorter *sorter, Run *run, gsize most, GError **error)
{
    const gsize row = sorter->words * sizeof(guint64);

    run->n = (gsize)MIN(run->left, most);
    run->at = 0;
    if (!scratch_read(sorter->fd, run->rows, run->n * row, run->offset * row))
        return file_fault(error, FILE_IO_ERROR_READ, sorter->folder, errno);
    run->offset += run->n;
    run->left -= run->n;
    return TRUE;
}

static const guint64 *first_of(const Sorter *sorter, const Run *run)
{
    return run->rows + run->at * sorter->words;
}

/* Let the heap hold again below `at`, the runs with the smallest rows on top. */
static void sift(const Sorter *sorter, Run **heap, guint n, guint at)
{
    for (;;) {
        guint least = at;

        for (guint child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
            if (compare_rows(first_of(sorter, heap[child]), first_of(sorter, heap[least]),
                             sorter->words) < 0)
                least = child;
        if (least == at)
            return;
        Run *run = heap[at];
        heap[at] = heap[least];
        heap[least] = run;
        at = least;
    }
}

static gboolean merge_runs(Sorter *sorter, SorterVisitor visit, gpointer data, GError **error)
{
    const gsize row = sorter->words * sizeof(guint64);
    const gsize most = MAX(sorter->most / sorter->runs->len, MAX(LEAST_OF_RUN / row, 1));
    g_autofree Run **heap = g_new(Run *, sorter->runs->len);
    guint n = sorter->runs->len;

    g_clear_pointer(&sorter->rows, g_free);
    for (guint i = 0; i < n; i++) {
        heap[i] = &g_array_index(sorter->runs, Run, i);
        heap[i]->rows = g_new(guint64, most * sorter->words);
        if (!read_run(sorter, heap[i], most, error))
            return FALSE;
    }
    for (guint i = n; i-- > 0;)
        sift(sorter, heap, n, i);
    while (n > 0) {
        if (!visit(first_of(sorter, heap[0]), data))
            return TRUE;
        if (++heap[0]->at == heap[0]->n) {
            if (heap[0]->left == 0)
                heap[0] = heap[--n];
            else if (!read_run(sorter, heap[0], most, error))
                return FALSE;
        }
        sift(sorter, heap, n, 0);
    }
    return TRUE;
}

gboolean sorter_each(Sorter *sorter, SorterVisitor visit, gpointer data, GError **error)
{
    g_autofree Slot *slots = NULL;

    if (sorter->runs->len > 0)
        return (sorter->n == 0 || write_run(sorter, error)) &&
               merge_runs(sorter, visit, data, error);
    slots = sort_rows(sorter);
    for (gsize i = 0; i < sorter->n; i++)
        if (!visit(sorter->rows + (gsize)slots[i].row * sorter->words, data))
            break;
    return TRUE;
}
