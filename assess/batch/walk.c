#include "batch/walk.h"

#include "base/file.h"
#include "batch/conveyor.h"

enum { SPARE_STEPS = 3 /* beyond one a worker: read ahead, and waiting to be taken */ };

typedef struct {
    Chunk chunk;
    Load *load;
} Step;

typedef struct {
    const Walk *walk;
    const WalkText *text;
    ChunkReader *reader;
    GError *error; /* of reading, until the workers went home */
} Walker;

Stream *walk_open(const WalkText *text, GError **error)
{
    g_autoptr(Stream) stream = stream_open(text->path, text->stop, error);
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *before = g_malloc(text->offset + 1);
    EncodingFound found;

    if (!stream)
        return NULL;
    stream_tolerate(stream);
    if (!stream_decode(stream, text->encoding, &found, findings, error)) {
        if (error && !*error)
            g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "\"%s\" is not what it was",
                        text->path);
        return NULL;
    }
    if (stream_read(stream, before, text->offset, error) < 0)
        return NULL;
    return g_steal_pointer(&stream);
}

static gboolean fill_step(gpointer item, gpointer data)
{
    Walker *walker = data;
    const Walk *walk = walker->walk;
    const gint *stop = walker->text->stop;
    Step *step = item;

    WalkWish wish;

    do {
        if (stop && g_atomic_int_get(stop))
            return FALSE;
        if (!chunk_reader_next(walker->reader, &step->chunk, &walker->error))
            return FALSE;
        wish = walk->wants ? walk->wants(&step->chunk, step->load, walk->data) : WALK_TAKE;
    } while (wish == WALK_SKIP);
    return wish == WALK_TAKE;
}

/* A marker with the walk that it works for. */
typedef struct {
    const Walk *walk;
    Marker *marker;
} Hand;

static void work_step(gpointer item, gpointer worker)
{
    const Hand *hand = worker;
    Step *step = item;

    hand->walk->work(hand->marker, &step->chunk, step->load);
}

static gboolean empty_step(gpointer item, gpointer data)
{
    const Walker *walker = data;
    const Step *step = item;

    return walker->walk->take(&step->chunk, step->load, walker->walk->data);
}

static void idle(gpointer data)
{
    const Walker *walker = data;

    if (walker->walk->idle)
        walker->walk->idle(walker->walk->data);
}

static gboolean run(Walker *walker, Step *steps, guint n_steps, Hand *hands, guint n_hands)
{
    g_autofree gpointer *items = g_new(gpointer, n_steps);
    g_autofree gpointer *workers = g_new(gpointer, n_hands);
    const Conveyor conveyor = { .items = items,
                                .n_items = n_steps,
                                .workers = workers,
                                .n_workers = n_hands,
                                .fill = fill_step,
                                .work = work_step,
                                .empty = empty_step,
                                .idle = idle,
                                .data = walker };

    for (guint i = 0; i < n_steps; i++)
        items[i] = &steps[i];
    for (guint i = 0; i < n_hands; i++)
        workers[i] = &hands[i];
    return conveyor_run(&conveyor);
}

gboolean walk_run(const Walk *walk, const WalkText *text, Stream *stream, GError **error)
{
    const guint n_hands = CLAMP(walk->jobs, 1, CONVEYOR_WORKERS), n_steps = n_hands + SPARE_STEPS;
    g_autofree Step *steps = g_new0(Step, n_steps);
    g_autofree Hand *hands = g_new0(Hand, n_hands);
    g_autoptr(ChunkReader) reader =
        chunk_reader_new(stream, text->delimiter, text->offset, text->lines);
    Walker walker = { .walk = walk, .text = text, .reader = reader };
    gboolean is_run, is_faulty;

    for (guint i = 0; i < n_steps; i++)
        steps[i].load = load_new();
    for (guint i = 0; i < n_hands; i++) {
        hands[i] = (Hand){ walk, marker_new(walk->plan) };
        g_ptr_array_add(walk->markers, hands[i].marker);
    }
    is_run = run(&walker, steps, n_steps, hands, n_hands);
    is_faulty = walker.error != NULL;
    if (!is_run)
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "the system gives no threads");
    else if (walker.error)
        g_propagate_error(error, g_steal_pointer(&walker.error));
    else
        walk->end(chunk_reader_is_done(reader), walk->data);
    for (guint i = 0; i < n_hands; i++)
        marker_free(hands[i].marker);
    g_ptr_array_set_size(walk->markers, 0);
    for (guint i = 0; i < n_steps; i++) {
        load_free(steps[i].load);
        chunk_clear(&steps[i].chunk);
    }
    return is_run && !is_faulty;
}
