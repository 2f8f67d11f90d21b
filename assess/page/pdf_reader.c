#include "page/pdf_reader.h"

#include <qpdf/qpdf-c.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/module.h"

/* The library's functions by name, as its header declares them. */
#define FUNCTIONS(X)                 \
    X(qpdf_init)                     \
    X(qpdf_cleanup)                  \
    X(qpdf_silence_errors)           \
    X(qpdf_set_suppress_warnings)    \
    X(qpdf_set_attempt_recovery)     \
    X(qpdf_read_memory)              \
    X(qpdf_has_error)                \
    X(qpdf_more_warnings)            \
    X(qpdf_get_error)                \
    X(qpdf_get_error_message_detail) \
    X(qpdf_get_root)                 \
    X(qpdf_oh_is_dictionary)         \
    X(qpdf_oh_is_array)              \
    X(qpdf_oh_is_stream)             \
    X(qpdf_oh_is_string)             \
    X(qpdf_oh_is_integer)            \
    X(qpdf_oh_is_null)               \
    X(qpdf_oh_is_name_and_equals)    \
    X(qpdf_oh_get_key)               \
    X(qpdf_oh_get_dict)              \
    X(qpdf_oh_get_array_n_items)     \
    X(qpdf_oh_get_array_item)        \
    X(qpdf_oh_get_utf8_value)        \
    X(qpdf_oh_get_int_value)         \
    X(qpdf_oh_get_stream_data)

#define MEMBER(name) __typeof__(&name) name;
#define SYMBOL(name) { #name, offsetof(Qpdf, name) },

static const char LIBRARY[] = "libqpdf.so.29";

typedef struct {
    void *handle;
    FUNCTIONS(MEMBER)
} Qpdf;

static const ModuleSymbol SYMBOLS[] = { FUNCTIONS(SYMBOL) };

/* A PDF being read. */
typedef struct {
    Qpdf lib;
    qpdf_data pdf;
    gsize left; /* bytes that further attachments may have */
    GError **error;
} Reader;

/* FALSE, for the caller to return. */
static gboolean refuse(Reader *reader, const char *what)
{
    g_set_error_literal(reader->error, PDF_READER_ERROR, PDF_READER_ERROR_DAMAGED, what);
    return FALSE;
}

/* The library stays loaded: C++ does not like to be unloaded. */
static gboolean open_library(Reader *reader)
{
    Qpdf *lib = &reader->lib;
    g_autofree char *problem = NULL;

    lib->handle = module_open(LIBRARY, "reading a PDF needs libqpdf (Debian package libqpdf29)",
                              SYMBOLS, G_N_ELEMENTS(SYMBOLS), lib, &problem);
    if (!lib->handle)
        g_set_error_literal(reader->error, PDF_READER_ERROR, PDF_READER_ERROR_LIBRARY, problem);
    return lib->handle != NULL;
}

/* ---- memory ---- */

/* Bytes of address space in use; 0 if nobody says. */
static rlim_t space_in_use(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;

    if (file && fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* A few bytes can be packed so that they unpack to gigabytes: the library then gets an error where
 * it asks for memory, which it tells. `before` is what to set again. */
static void limit_memory(struct rlimit *before)
{
    rlim_t used = space_in_use();
    struct rlimit limit;

    getrlimit(RLIMIT_AS, before);
    limit = *before;
    if (used > 0 && (limit.rlim_cur == RLIM_INFINITY ||
                     limit.rlim_cur > used + (rlim_t)PDF_READER_MEMORY_LIMIT))
        limit.rlim_cur = used + (rlim_t)PDF_READER_MEMORY_LIMIT;
    setrlimit(RLIMIT_AS, &limit);
}

/* ---- attachments ---- */

static qpdf_oh key(Reader *reader, qpdf_oh dictionary, const char *name)
{
    return reader->lib.qpdf_oh_get_key(reader->pdf, dictionary, name);
}

static gboolean is_dictionary(Reader *reader, qpdf_oh object)
{
    return reader->lib.qpdf_oh_is_dictionary(reader->pdf, object);
}

/* The bytes of a stream as we write them: packed by deflate, or not at all, of the size said. */
static GBytes *unpack(Reader *reader, qpdf_oh stream, gsize size)
{
    const Qpdf *lib = &reader->lib;
    qpdf_oh filter = key(reader, lib->qpdf_oh_get_dict(reader->pdf, stream), "/Filter");
    gboolean is_plain = lib->qpdf_oh_is_null(reader->pdf, filter);
    unsigned char *raw = NULL;
    size_t length = 0;
    g_autofree char *plain = g_try_malloc(size + 1);
    gboolean is_good;

    if (!plain)
        return NULL;
    if (!is_plain && !lib->qpdf_oh_is_name_and_equals(reader->pdf, filter, "/FlateDecode"))
        return NULL;
    if (lib->qpdf_oh_get_stream_data(reader->pdf, stream, qpdf_dl_none, NULL, &raw, &length) &
        QPDF_ERRORS)
        return NULL;
    is_good = is_plain ? length == size : deflate_unpack(raw, length, FALSE, plain, size);
    if (is_good && is_plain)
        memcpy(plain, raw, size);
    free(raw);
    return is_good ? g_bytes_new_take(g_steal_pointer(&plain), size) : NULL;
}

/* FALSE with an error. */
static gboolean add_file(Reader *reader, qpdf_oh name, qpdf_oh specification, GPtrArray *files)
{
    const Qpdf *lib = &reader->lib;
    qpdf_oh stream, size;
    const char *text;
    GBytes *bytes;
    long long length;

    if (!lib->qpdf_oh_is_string(reader->pdf, name) || !is_dictionary(reader, specification) ||
        !is_dictionary(reader, key(reader, specification, "/EF")))
        return refuse(reader, "has an attachment without a name or a file");
    stream = key(reader, key(reader, specification, "/EF"), "/F");
    if (!lib->qpdf_oh_is_stream(reader->pdf, stream) ||
        !is_dictionary(reader, key(reader, lib->qpdf_oh_get_dict(reader->pdf, stream), "/Params")))
        return refuse(reader, "has an attachment without a name or a file");
    size = key(reader, key(reader, lib->qpdf_oh_get_dict(reader->pdf, stream), "/Params"), "/Size");
    length = lib->qpdf_oh_is_integer(reader->pdf, size)
                 ? lib->qpdf_oh_get_int_value(reader->pdf, size)
                 : -1;
    if (length < 0)
        return refuse(reader, "has an attachment that does not say its size");
    if ((guint64)length > reader->left)
        return refuse(reader, "has attachments of more than 32 MiB");
    reader->left -= (gsize)length;
    text = lib->qpdf_oh_get_utf8_value(reader->pdf, name);
    if (strlen(text) > PDF_READER_NAME_LIMIT || !g_utf8_validate(text, -1, NULL))
        return refuse(reader, "has an attachment with a name that is none");
    bytes = unpack(reader, stream, (gsize)length);
    if (!bytes)
        return refuse(reader, "has an attachment that cannot be unpacked");
    g_ptr_array_add(files, attachment_new(text, NULL, bytes));
    return TRUE;
}

static GPtrArray *take_files(Reader *reader)
{
    const Qpdf *lib = &reader->lib;
    qpdf_oh at = lib->qpdf_get_root(reader->pdf);
    static const char *const WAY[] = { "/Names", "/EmbeddedFiles", "/Names" };
    g_autoptr(GPtrArray) files = attachments_new();
    int n;

    for (guint i = 0; i < G_N_ELEMENTS(WAY) && is_dictionary(reader, at); i++)
        at = key(reader, at, WAY[i]);
    n = lib->qpdf_oh_is_array(reader->pdf, at) ? lib->qpdf_oh_get_array_n_items(reader->pdf, at)
                                               : 0;
    if (n == 0 && lib->qpdf_more_warnings(reader->pdf)) {
        refuse(reader, "is damaged: parts of it cannot be read");
        return NULL;
    }
    if (n == 0) {
        g_set_error_literal(reader->error, PDF_READER_ERROR, PDF_READER_ERROR_NOTHING,
                            "has nothing attached");
        return NULL;
    }
    if (n % 2 != 0 || n / 2 > PDF_READER_FILES_LIMIT) {
        refuse(reader, "has a list of attachments that is none, or more than 200 of them");
        return NULL;
    }
    for (int i = 0; i < n; i += 2)
        if (!add_file(reader, lib->qpdf_oh_get_array_item(reader->pdf, at, i),
                      lib->qpdf_oh_get_array_item(reader->pdf, at, i + 1), files))
            return NULL;
    return g_steal_pointer(&files);
}

/* The library's own words about the first fault. */
static void tell_damage(Reader *reader)
{
    const char *detail = NULL;

    if (reader->lib.qpdf_has_error(reader->pdf))
        detail = reader->lib.qpdf_get_error_message_detail(reader->pdf,
                                                           reader->lib.qpdf_get_error(reader->pdf));
    g_set_error(reader->error, PDF_READER_ERROR, PDF_READER_ERROR_DAMAGED,
                "is damaged, or no PDF%s%s", detail && *detail ? ": " : "", detail ? detail : "");
}

GPtrArray *pdf_reader_attachments(GBytes *pdf, GError **error)
{
    gsize size;
    const char *data = g_bytes_get_data(pdf, &size);
    Reader reader = { .left = PDF_READER_LIMIT, .error = error };
    GPtrArray *files = NULL;
    struct rlimit before;

    if (size > PDF_READER_LIMIT || size == 0) {
        refuse(&reader, size ? "is larger than 32 MiB, which no report is" : "is empty");
        return NULL;
    }
    if (!open_library(&reader))
        return NULL;
    limit_memory(&before);
    reader.pdf = reader.lib.qpdf_init();
    reader.lib.qpdf_silence_errors(reader.pdf);
    reader.lib.qpdf_set_suppress_warnings(reader.pdf, QPDF_TRUE);
    reader.lib.qpdf_set_attempt_recovery(reader.pdf, QPDF_FALSE);
    if (reader.lib.qpdf_read_memory(reader.pdf, "report", data, size, NULL) & QPDF_ERRORS)
        tell_damage(&reader);
    else
        files = take_files(&reader);
    if (files && reader.lib.qpdf_has_error(reader.pdf)) {
        g_clear_pointer(&files, g_ptr_array_unref);
        tell_damage(&reader);
    }
    reader.lib.qpdf_cleanup(&reader.pdf);
    setrlimit(RLIMIT_AS, &before);
    return files;
}
