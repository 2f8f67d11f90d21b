#include "batch/delivery.h"

#include <string.h>

#include "base/file.h"
#include "batch/batch.h"
#include "batch/chunk.h"
#include "batch/conveyor.h"
#include "batch/courier.h"
#include "batch/roll.h"
#include "batch/writer.h"
#include "report/csv.h"

enum {
    SPARE_PARCELS = 3, /* beyond one a worker */
    COMPANIES = 16,    /* in a parcel */
    HASH_PIECE = 1024 * 1024
};

/* Columns of the index, those that results.csv has, and the file behind them. */
static const char *const INDEX[] = { "record", "company", "uscc", "level", "level_possible" };

struct Delivery {
    const DeliveryOrder *order;
    Stream *stream;
    Survey *survey;
    ChunkReader *reader;
    Roll *roll;
    int index[G_N_ELEMENTS(INDEX)]; /* columns of the roll */
    int level;                      /* column of the level held */
    Writer *json_file, *index_file; /* NULL if not wanted */
    Chunk chunk;
    ChunkPlace place;
    guint64 documents; /* given a number so far */
    GError *read_error, *work_error;
    DeliveryCount count;
};

/* ---- opening ---- */

/* The hash that the sources of answers tell. Free with g_free(). */
static char *hash_of(const char *path, const gint *stop, GError **error)
{
    g_autoptr(Stream) stream = stream_open(path, stop, error);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *piece = g_malloc(HASH_PIECE);
    gssize n = stream ? 1 : -1;

    while (n > 0) {
        n = stream_read(stream, piece, HASH_PIECE, error);
        g_checksum_update(checksum, (const guchar *)piece, MAX(n, 0));
    }
    return n < 0 ? NULL : g_strdup(g_checksum_get_string(checksum));
}

static gboolean changed(const DeliveryOrder *order, GError **error)
{
    g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ,
                "\"%s\" is not what it was: the survey was changed during the run", order->name);
    return FALSE;
}

/* The mapping is read anew with the survey. */
static gboolean has_same_map(const Delivery *delivery, GError **error)
{
    const DeliveryOrder *order = delivery->order;

    if (g_strcmp0(survey_map_hash(delivery->survey), order->map_hash) == 0)
        return TRUE;
    g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "\"%s\" was changed during the run",
                order->survey.map);
    return FALSE;
}

/* As it was opened for grading, so that what is found in it was told before. */
static gboolean open_survey(Delivery *delivery, GError **error)
{
    const DeliveryOrder *order = delivery->order;
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *sha256 = hash_of(order->input, order->stop, error);
    SurveyOptions options = order->survey;
    EncodingFound found;
    const char *head;
    gsize size;
    gboolean is_whole;

    delivery->stream = sha256 ? stream_open(order->input, order->stop, error) : NULL;
    if (!delivery->stream)
        return FALSE;
    stream_tolerate(delivery->stream);
    if (!stream_decode(delivery->stream, options.encoding, &found, findings, error))
        return error && *error ? FALSE : changed(order, error);
    options.encoding = found.name;
    options.sha256 = sha256;
    head = stream_head(delivery->stream, &size, &is_whole, error);
    delivery->survey = survey_open(order->vocabulary, order->layouts, &options, order->name, head,
                                   size, is_whole, findings);
    return delivery->survey ? has_same_map(delivery, error) : changed(order, error);
}

/* Go to the first record below the header. */
static gboolean skip_header(Delivery *delivery, GError **error)
{
    gsize offset = survey_data_offset(delivery->survey);
    g_autofree char *header = g_malloc(offset + 1);

    if (stream_read(delivery->stream, header, offset, error) < 0)
        return FALSE;
    delivery->reader = chunk_reader_new(delivery->stream, survey_delimiter(delivery->survey),
                                        offset, survey_data_line(delivery->survey) - 1);
    return TRUE;
}

static gboolean open_roll(Delivery *delivery, GError **error)
{
    g_autofree char *path = g_build_filename(delivery->order->folder, BATCH_RESULTS, NULL);

    delivery->roll = roll_open(path, error);
    if (!delivery->roll)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(INDEX); i++)
        delivery->index[i] = roll_column(delivery->roll, INDEX[i]);
    delivery->level = roll_column(delivery->roll, "level");
    return TRUE;
}

Delivery *delivery_open(const DeliveryOrder *order, GError **error)
{
    g_autoptr(Delivery) delivery = g_new0(Delivery, 1);

    delivery->order = order;
    delivery->place = CHUNK_BEGIN;
    if (!open_survey(delivery, error) || !skip_header(delivery, error) ||
        !open_roll(delivery, error))
        return NULL;
    delivery->count.size = stream_size(delivery->stream);
    return g_steal_pointer(&delivery);
}

void delivery_free(Delivery *delivery)
{
    if (!delivery)
        return;
    writer_free(delivery->json_file);
    writer_free(delivery->index_file);
    roll_free(delivery->roll);
    chunk_reader_free(delivery->reader);
    chunk_clear(&delivery->chunk);
    survey_free(delivery->survey);
    stream_free(delivery->stream);
    g_clear_error(&delivery->read_error);
    g_clear_error(&delivery->work_error);
    g_free(delivery);
}

const DeliveryCount *delivery_count(const Delivery *delivery)
{
    return &delivery->count;
}

/* ---- files ---- */

static void append_index_header(const Delivery *delivery, GString *out)
{
    for (guint i = 0; i < G_N_ELEMENTS(INDEX); i++)
        if (delivery->index[i] != ROLL_NO_COLUMN)
            g_string_append_printf(out, "%s,", INDEX[i]);
    g_string_append(out, "file\r\n");
}

static gboolean open_files(Delivery *delivery, GError **error)
{
    const DeliveryOrder *order = delivery->order;
    g_autofree char *json = g_build_filename(order->folder, DELIVERY_JSON, NULL);
    g_autofree char *index =
        g_build_filename(order->folder, DOCUMENTS_FOLDER, DOCUMENTS_INDEX, NULL);
    g_autoptr(GString) header = g_string_new(order->has_mark ? CSV_MARK : "");

    if (order->wants_json) {
        delivery->json_file = writer_open(json, FALSE, 0, error);
        if (!delivery->json_file)
            return FALSE;
    }
    if (!order->printer)
        return TRUE;
    delivery->index_file = writer_open(index, FALSE, 0, error);
    append_index_header(delivery, header);
    return delivery->index_file && writer_append(delivery->index_file, header->str, header->len);
}

static gboolean take_error(const Writer *writer, GError **error)
{
    if (!writer || !writer_error(writer))
        return FALSE;
    g_propagate_error(error, g_error_copy(writer_error(writer)));
    return TRUE;
}

/* ---- who gets what ---- */

/* The level of a row, by its id. */
static int level_of(const Delivery *delivery, const char *id, const char **name)
{
    const Rubric *rubric = delivery->order->plan->rubric;

    for (guint i = 0; i < rubric->levels->len; i++) {
        *name = RUBRIC_LEVEL(rubric, i)->id;
        if (strcmp(*name, id) == 0)
            return (int)i;
    }
    *name = "none";
    return -1;
}

/* The next row of the roll of whom something is wanted. NULL at the end, or with `error`. */
static const char *const *next_row(Delivery *delivery, ParcelEntry *entry, GError **error)
{
    const DeliveryOrder *order = delivery->order;
    const char *const *cells;

    while ((cells = roll_next(delivery->roll, error)) != NULL) {
        gboolean has_document =
            level_of(delivery, cells[delivery->level], &entry->level) >= order->least &&
            order->printer;

        if (!has_document && !order->wants_json)
            continue;
        entry->record = roll_record(cells);
        entry->document = has_document ? ++delivery->documents : 0;
        return cells;
    }
    return NULL;
}

/* Have the chunk with that record. FALSE with `error`. */
static gboolean find_chunk(Delivery *delivery, guint64 record, GError **error)
{
    Chunk *chunk = &delivery->chunk;

    while (record >= chunk->first_record + chunk->n_records) {
        g_autoptr(GError) fault = NULL;

        if (!chunk_reader_next(delivery->reader, chunk, &fault)) {
            if (!fault)
                return changed(delivery->order, error);
            g_propagate_error(error, g_steal_pointer(&fault));
            return FALSE;
        }
        delivery->place = CHUNK_BEGIN;
    }
    return TRUE;
}

/* Copy the record's bytes into the parcel. */
static void pack_text(Delivery *delivery, Parcel *parcel, ParcelEntry *entry)
{
    const Chunk *chunk = &delivery->chunk;
    gsize begin;

    entry->line = chunk_line(chunk, entry->record, &delivery->place);
    begin = delivery->place.offset;
    chunk_line(chunk, entry->record + 1, &delivery->place);
    entry->text = parcel->text->len;
    entry->size = delivery->place.offset - begin;
    g_string_append_len(parcel->text, chunk->text + begin, (gssize)entry->size);
}

static void pack_head(const Delivery *delivery, Parcel *parcel, ParcelEntry *entry,
                      const char *const *cells)
{
    entry->head = parcel->heads->len;
    for (guint i = 0; entry->document && i < G_N_ELEMENTS(INDEX); i++) {
        if (delivery->index[i] == ROLL_NO_COLUMN)
            continue;
        csv_cell(parcel->heads, cells[delivery->index[i]]);
        g_string_append_c(parcel->heads, ',');
    }
    entry->head_size = parcel->heads->len - entry->head;
}

/* ---- the conveyor ---- */

static gboolean fill_parcel(gpointer item, gpointer data)
{
    Delivery *delivery = data;
    const DeliveryOrder *order = delivery->order;
    Parcel *parcel = item;
    const char *const *cells;
    ParcelEntry entry = { 0 };

    parcel_clear(parcel);
    if (order->stop && g_atomic_int_get(order->stop))
        return FALSE;
    while (parcel->entries->len < COMPANIES && !delivery->read_error &&
           (cells = next_row(delivery, &entry, &delivery->read_error)) != NULL) {
        if (!find_chunk(delivery, entry.record, &delivery->read_error) ||
            (entry.document &&
             !documents_prepare(order->documents, entry.document, &delivery->read_error)))
            break;
        pack_text(delivery, parcel, &entry);
        pack_head(delivery, parcel, &entry, cells);
        g_array_append_val(parcel->entries, entry);
    }
    parcel->taken = delivery->chunk.source;
    return parcel->entries->len > 0;
}

static void work_on_parcel(gpointer item, gpointer worker)
{
    courier_work(worker, item);
}

static void note(Delivery *delivery, const Parcel *parcel)
{
    DeliveryCount *count = &delivery->count;

    count->companies += parcel->companies;
    count->documents += parcel->documents;
    count->taken = parcel->taken;
    if (count->substituted == 0)
        count->first_substituted = parcel->first_substituted;
    count->substituted += parcel->substituted;
}

static gboolean empty_parcel(gpointer item, gpointer data)
{
    Delivery *delivery = data;
    Parcel *parcel = item;
    gboolean is_written = TRUE;

    note(delivery, parcel);
    if (delivery->json_file)
        is_written = writer_append(delivery->json_file, parcel->json->str, parcel->json->len);
    if (delivery->index_file)
        is_written = writer_append(delivery->index_file, parcel->index->str, parcel->index->len) &&
                     is_written;
    if (parcel->error)
        delivery->work_error = g_steal_pointer(&parcel->error);
    if (delivery->order->tell)
        delivery->order->tell(delivery->order->data);
    return is_written && !delivery->work_error;
}

static void tell(gpointer data)
{
    const Delivery *delivery = data;

    if (delivery->order->tell)
        delivery->order->tell(delivery->order->data);
}

static void free_courier(gpointer courier)
{
    courier_free(courier);
}

static void free_parcel(gpointer parcel)
{
    parcel_free(parcel);
}

/* FALSE if the system gives no threads. */
static gboolean run_conveyor(Delivery *delivery)
{
    const guint n_workers = CLAMP(delivery->order->jobs, 1, CONVEYOR_WORKERS);
    g_autoptr(GPtrArray) parcels = g_ptr_array_new_with_free_func(free_parcel);
    g_autoptr(GPtrArray) couriers = g_ptr_array_new_with_free_func(free_courier);
    Conveyor conveyor = { .n_items = n_workers + SPARE_PARCELS,
                          .n_workers = n_workers,
                          .fill = fill_parcel,
                          .work = work_on_parcel,
                          .empty = empty_parcel,
                          .idle = tell,
                          .data = delivery };

    for (guint i = 0; i < conveyor.n_items; i++)
        g_ptr_array_add(parcels, parcel_new());
    for (guint i = 0; i < n_workers; i++)
        g_ptr_array_add(couriers, courier_new(delivery->order, delivery->survey));
    conveyor.items = parcels->pdata;
    conveyor.workers = couriers->pdata;
    return conveyor_run(&conveyor);
}

static gboolean finish(Delivery *delivery, GError **error)
{
    if (delivery->json_file)
        writer_sync(delivery->json_file);
    if (take_error(delivery->json_file, error) || take_error(delivery->index_file, error))
        return FALSE;
    return !delivery->order->printer || documents_sync(delivery->order->documents, error);
}

gboolean delivery_run(Delivery *delivery, GError **error)
{
    if (!open_files(delivery, error))
        return FALSE;
    if (!run_conveyor(delivery)) {
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "the system gives no threads");
        return FALSE;
    }
    delivery->count.is_stopped = delivery->order->stop && g_atomic_int_get(delivery->order->stop);
    if (delivery->work_error) {
        g_propagate_error(error, g_steal_pointer(&delivery->work_error));
        return FALSE;
    }
    if (delivery->read_error) {
        g_propagate_error(error, g_steal_pointer(&delivery->read_error));
        return FALSE;
    }
    return finish(delivery, error);
}
