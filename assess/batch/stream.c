#include "batch/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "intake/encoding_utf8.h"
#include "intake/shape.h"

enum {
    PIECE = 256 * 1024, /* bytes asked for at a time */
    WAIT = 100          /* milliseconds between two looks at `stop` */
};

struct Stream {
    char *name; /* for messages */
    int fd;
    const gint *stop;
    gboolean is_file, is_at_end;
    guint64 size, taken;
    gint64 changed;
    GByteArray *head; /* looked at or decoded, and not yet read; NULL before */
    gsize head_read;
    GByteArray *view; /* the head without bytes that are no text; NULL if it has none */
    gsize bad;        /* the first of them in the head; its size if there is none */
    gboolean bad_is_nul;
    guint8 bad_byte;
    Decoding *decoding;  /* NULL: bytes are given as they are */
    GByteArray *piece;   /* to be decoded; NULL of UTF-8, which is checked where it is read to */
    gsize mark;          /* bytes of the byte order mark */
    gboolean is_decoded; /* to the end, or to a fault */
    gboolean is_tolerant;
    gboolean has_fault;
    DecodingFault fault;
    EncodingFound found;
    gboolean is_stopped;
};

Stream *stream_open(const char *path, const gint *stop, GError **error)
{
    gboolean is_stdin = strcmp(path, "-") == 0;
    g_autoptr(Stream) stream = g_new0(Stream, 1);
    struct stat found;

    stream->name = g_strdup(is_stdin ? "standard input" : path);
    stream->stop = stop;
    stream->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (stream->fd < 0 || fstat(stream->fd, &found) != 0) {
        file_fault(error, FILE_IO_ERROR_READ, stream->name, errno);
        return NULL;
    }
    if (S_ISDIR(found.st_mode)) {
        file_fault(error, FILE_IO_ERROR_READ, stream->name, EISDIR);
        return NULL;
    }
    stream->is_file = S_ISREG(found.st_mode);
    if (stream->is_file) {
        stream->size = (guint64)found.st_size;
        stream->changed = (gint64)found.st_mtim.tv_sec * 1000000000 + (gint64)found.st_mtim.tv_nsec;
        posix_fadvise(stream->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return g_steal_pointer(&stream);
}

void stream_free(Stream *stream)
{
    if (!stream)
        return;
    if (stream->fd > STDIN_FILENO)
        close(stream->fd);
    if (stream->head)
        g_byte_array_unref(stream->head);
    if (stream->piece)
        g_byte_array_unref(stream->piece);
    if (stream->view)
        g_byte_array_unref(stream->view);
    decoding_free(stream->decoding);
    g_free(stream->name);
    g_free(stream);
}

/* FALSE if the wait was stopped. */
static gboolean wait_for_bytes(const Stream *stream)
{
    struct pollfd wanted = { .fd = stream->fd, .events = POLLIN };

    if (stream->is_file)
        return TRUE;
    while (!stream->stop || !g_atomic_int_get(stream->stop)) {
        int n = poll(&wanted, 1, WAIT);

        if (n > 0 || (n < 0 && errno != EINTR))
            return TRUE;
    }
    return FALSE;
}

/* As many bytes as there are, up to `size`; -1 with `error`. */
static gssize take(Stream *stream, void *to, gsize size, GError **error)
{
    gsize done = 0;

    while (done < size && !stream->is_at_end) {
        gssize n;

        stream->is_stopped = !wait_for_bytes(stream);
        n = stream->is_stopped ? 0 : read(stream->fd, (char *)to + done, MIN(size - done, PIECE));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            file_fault(error, FILE_IO_ERROR_READ, stream->name, errno);
            return -1;
        }
        stream->is_at_end = n == 0;
        done += (gsize)n;
        stream->taken += (guint64)n;
    }
    return (gssize)done;
}

/* ---- text ---- */

/* The text of the next bytes of the source; it ends before a byte that does not decode. */
static void decode(Stream *stream, const void *bytes, gsize size, const char **text, gsize *n)
{
    stream->has_fault = !decoding_push(stream->decoding, bytes, size, text, n, &stream->fault);
    if (stream->is_at_end && !stream->has_fault && stream->is_tolerant)
        decoding_end_tolerant(stream->decoding, text, n);
    else if (stream->is_at_end && !stream->has_fault)
        stream->has_fault = !decoding_end(stream->decoding, &stream->fault);
    stream->is_at_end |= stream->has_fault;
    stream->is_decoded = stream->is_at_end;
}

/* Decode pieces of the source into the head, which was read, until there is text in it. */
static gboolean refill(Stream *stream, GError **error)
{
    while (!stream->head && !stream->is_decoded) {
        const char *text;
        gsize size;
        gssize n = take(stream, stream->piece->data, PIECE, error);

        if (n < 0)
            return FALSE;
        decode(stream, stream->piece->data, (gsize)n, &text, &size);
        if (size == 0)
            continue;
        stream->head = g_byte_array_sized_new((guint)size);
        g_byte_array_append(stream->head, (const guint8 *)text, (guint)size);
        stream->head_read = 0;
    }
    return TRUE;
}

/* Up to `size` bytes of the head. */
static gsize take_head(Stream *stream, char *to, gsize size)
{
    gsize left = stream->head ? stream->head->len - stream->head_read : 0;
    gsize ready = MIN(left, size);

    if (!stream->head)
        return 0;
    memcpy(to, stream->head->data + stream->head_read, ready);
    stream->head_read += ready;
    if (ready == left)
        g_clear_pointer(&stream->head, g_byte_array_unref);
    return ready;
}

/* As take(), of what follows the head. */
static gssize take_text(Stream *stream, char *to, gsize size, GError **error)
{
    gsize done = 0;

    if (!stream->piece) {
        gssize n = take(stream, to, size, error);
        const char *text;

        if (n >= 0 && stream->decoding && !stream->is_decoded) {
            decode(stream, to, (gsize)n, &text, &done);
            n = (gssize)done;
        }
        return n;
    }
    while (done < size) {
        if (!refill(stream, error))
            return -1;
        if (!stream->head)
            break;
        done += take_head(stream, to + done, size - done);
    }
    return (gssize)done;
}

static gboolean refuse_shape(const Stream *stream, const char *text, gsize size, Findings *findings)
{
    const Shape *shape = shape_of_bytes(text, size);
    g_autofree char *name = g_path_get_basename(stream->name);
    const Place place = { .file = name };

    if (shape)
        finding_hint(findings_add(findings, SEVERITY_ERROR, &place, "%s", shape->message), "%s",
                     shape->hint);
    return shape != NULL;
}

/* Whether the encoding is known well enough for a byte that is none of it to be the fault of the
 * byte. */
static gboolean is_sure(const EncodingFound *found)
{
    if (found->reason == ENCODING_LETTERS)
        return g_ascii_strncasecmp(found->name, "windows", strlen("windows")) != 0;
    return found->reason != ENCODING_GUESS;
}

/* Begin to decode. FALSE with what is missing for it. */
static gboolean start(Stream *stream, const char *wanted, EncodingFound *found, char **problem)
{
    const char *bytes = (const char *)stream->head->data;
    gboolean is_whole = stream->is_at_end;

    if (!encoding_find(bytes, stream->head->len, is_whole, wanted, found, problem))
        return FALSE;
    stream->decoding = decoding_new(found, problem);
    if (!stream->decoding)
        return FALSE;
    stream->is_tolerant =
        stream->is_tolerant && is_sure(found) && decoding_tolerate(stream->decoding);
    stream->mark = found->mark;
    if (strcmp(found->name, "UTF-8") != 0) {
        stream->piece = g_byte_array_sized_new(PIECE);
        g_byte_array_set_size(stream->piece, PIECE);
    }
    return TRUE;
}

/* Of a head, the bytes before a character that may be cut at its end. */
static gsize whole_characters(const GByteArray *head, gboolean is_whole)
{
    gsize size = head->len;

    if (is_whole)
        return size;
    while (size > 0 && head->len - size < 3 && (head->data[size - 1] & 0xc0) == 0x80)
        size--;
    return size > 0 && head->data[size - 1] >= 0xc0 ? size - 1 : size;
}

/* What is looked at is text in any case. */
static void make_view(Stream *stream)
{
    const GByteArray *head = stream->head;
    gsize size = whole_characters(head, stream->is_at_end), at = 0;
    Utf8State state = { 0 };
    gboolean is_nul;

    stream->bad = encoding_utf8_check(&state, (const char *)head->data, size);
    if (stream->bad == size && state.left == 0) {
        stream->bad = head->len;
        return;
    }
    stream->view = g_byte_array_sized_new(head->len);
    g_byte_array_append(stream->view, head->data, head->len);
    stream->bad = encoding_utf8_mend((char *)stream->view->data, size, &at, &stream->bad_is_nul);
    stream->bad_byte = head->data[stream->bad];
    while (at < size)
        encoding_utf8_mend((char *)stream->view->data, size, &at, &is_nul);
}

gboolean stream_decode(Stream *stream, const char *wanted, EncodingFound *found, Findings *findings,
                       GError **error)
{
    g_autofree char *problem = NULL;
    g_autoptr(GByteArray) bytes = NULL;
    g_autofree char *name = g_path_get_basename(stream->name);
    const Place place = { .file = name };
    gboolean is_whole;
    gsize size;
    const char *text = stream_head(stream, &size, &is_whole, error);

    if (!text || refuse_shape(stream, text, size, findings))
        return FALSE;
    if (!start(stream, wanted, found, &problem)) {
        findings_add(findings, SEVERITY_ERROR, &place, "%s", problem);
        return FALSE;
    }
    stream->found = *found;
    bytes = g_steal_pointer(&stream->head);
    decode(stream, bytes->data, bytes->len, &text, &size);
    stream->head = g_byte_array_sized_new((guint)size);
    g_byte_array_append(stream->head, (const guint8 *)text, (guint)size);
    if (refuse_shape(stream, text, size, findings))
        return FALSE;
    if (stream->is_tolerant)
        make_view(stream);
    encoding_tell(found, name, findings);
    return TRUE;
}

void stream_tolerate(Stream *stream)
{
    stream->is_tolerant = TRUE;
}

gboolean stream_is_tolerant(const Stream *stream)
{
    return stream->is_tolerant && stream->decoding;
}

gboolean stream_tell_head(const Stream *stream, gsize offset, Findings *findings)
{
    const GByteArray *view = stream->view;
    g_autofree char *name = g_path_get_basename(stream->name);
    LineCount lines = { 0 };
    DecodingFault fault = { .is_nul = stream->bad_is_nul };
    Place place = { .file = name };

    if (!view || stream->bad >= offset)
        return FALSE;
    encoding_count_lines(&lines, (const char *)view->data, stream->bad);
    fault.line = lines.ends + 1;
    if (stream->piece && !fault.is_nul) { /* which byte it was is not known any more */
        place.line = (guint)fault.line;
        findings_add(findings, SEVERITY_ERROR, &place, "line %u holds bytes that are not %s",
                     place.line, stream->found.name);
        return TRUE;
    }
    fault.byte = stream->bad_byte;
    fault.offset = stream->found.mark + stream->bad;
    decoding_tell(&fault, &stream->found, name, findings);
    return TRUE;
}

const DecodingFault *stream_fault(const Stream *stream)
{
    return stream->has_fault ? &stream->fault : NULL;
}

char *stream_fault_text(const Stream *stream)
{
    g_autoptr(Findings) findings = findings_new();
    const Finding *finding;

    if (!stream->has_fault)
        return NULL;
    decoding_tell(&stream->fault, &stream->found, stream->name, findings);
    finding = findings_at(findings, 0);
    return g_strjoin("; ", finding->message, finding->hint, NULL);
}

gboolean stream_is_stopped(const Stream *stream)
{
    return stream->is_stopped;
}

/* ---- reading ---- */

const char *stream_head(Stream *stream, gsize *size, gboolean *is_whole, GError **error)
{
    gssize n;

    if (!stream->head) {
        stream->head = g_byte_array_sized_new(STREAM_HEAD);
        g_byte_array_set_size(stream->head, STREAM_HEAD);
        n = take(stream, stream->head->data, STREAM_HEAD, error);
        g_byte_array_set_size(stream->head, n < 0 ? 0 : (guint)n);
        if (n < 0)
            return NULL;
    }
    *size = stream->head->len;
    *is_whole = stream->is_at_end;
    return (const char *)(stream->view ? stream->view : stream->head)->data;
}

gssize stream_read(Stream *stream, char *to, gsize size, GError **error)
{
    gsize ready = take_head(stream, to, size);
    gssize more = ready < size ? take_text(stream, to + ready, size - ready, error) : 0;

    return more < 0 ? -1 : (gssize)ready + more;
}

guint64 stream_taken(const Stream *stream)
{
    guint64 waiting = stream->head ? stream->head->len - stream->head_read : 0;

    return stream->taken - MIN(stream->taken, waiting); /* decoded, it may be longer */
}

guint64 stream_size(const Stream *stream)
{
    return stream->size;
}

gint64 stream_changed(const Stream *stream)
{
    return stream->changed;
}
